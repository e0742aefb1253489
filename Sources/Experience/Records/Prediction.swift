// An answer to a question, as it came: `prediction/1`.
//
// Checked by   PredictionReaderTests.

/// One line of a prediction file.
public struct Prediction: Sendable, Hashable {
  public var id: String
  public var model: String
  public var track: String
  /// From 1.
  public var attempt: Int
  /// As read; from the first JSON object of `raw` where `answer` is absent. `nil`: neither.
  public var answer: JSON?
  /// The line has a `raw` reply without any JSON object in it.
  public var isUnparseable: Bool
  /// Line of the file, from 1; 0 for a prediction that never was in a file.
  public var line: Int
  /// Claim lines of the working, as written; `nil` without one. Of a trace that is longer than
  /// `traceLimit` only one line more than that is kept, so that it can be refused.
  public var trace: [String]?

  /// Claim lines that a trace may have.
  public static let traceLimit = 40

  public init(
    id: String, model: String, track: String = "", attempt: Int = 1, answer: JSON?,
    isUnparseable: Bool = false, line: Int = 0, trace: [String]? = nil
  ) {
    (self.id, self.model, self.track, self.attempt) = (id, model, track, attempt)
    (self.answer, self.isUnparseable, self.line) = (answer, isUnparseable, line)
    self.trace = trace
  }

  /// The claim lines of the field `trace`: a list of texts, or one text with line feeds. What is no
  /// text becomes an empty line, which no grammar reads.
  static func claimLines(_ json: JSON?) -> [String]? {
    switch json {
    case nil, .null?: nil
    case .array(let items)?: items.prefix(traceLimit + 1).map { $0.text ?? "" }
    case .text(let text)?:
      text.split(separator: "\n", maxSplits: traceLimit, omittingEmptySubsequences: true)
        .map(String.init)
    default: [""]
    }
  }

  public var json: JSON {
    .object([
      ("schema", .text("prediction/1")), ("id", .text(id)),
      ("model", model.isEmpty ? nil : .text(model)),
      ("track", track.isEmpty ? nil : .text(track)),
      ("attempt", attempt == 1 ? nil : .number(Double(attempt))), ("answer", answer),
      ("trace", trace.map { .texts($0) }),
    ])
  }
}
