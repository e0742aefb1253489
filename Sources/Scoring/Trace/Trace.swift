// A claim trace as it came: lines, each read or not.
//
// Limits      40 lines of 200 characters. A longer trace is not read at all: its words are no working,
//             and its length costs nothing. A line that cannot be read is `unparseable`, never fatal.
// Checked by  TraceParserTests, TraceScoreTests.

import Experience

/// The working that a prediction carries.
public struct Trace: Sendable, Hashable {
  public static let lineLimit = Prediction.traceLimit

  /// In order; `nil` where a line is not in the grammar.
  public let lines: [TraceLine?]
  /// More lines than a trace may have: nothing of it was read.
  public let isTooLong: Bool

  /// - Parameter source: the lines of the prediction.
  public init(_ source: [String]) {
    isTooLong = source.count > Trace.lineLimit
    lines = isTooLong ? [] : source.map(TraceParser.parse)
  }
}
