// What became of one line of a trace.
//
// Checked by  WorkedTraceTests.

import Experience

/// Verdict on a line.
public enum ClaimVerdict: String, Sendable, Hashable, CaseIterable {
  case right
  case wrong
  /// Wrong: its anchor occurs in at most 5 % of members.
  case eventAbsent = "event-absent"
  /// Shares between 5 and 95 %, a channel that the truth does not resolve, or an anchor that occurs
  /// in less than half of the members.
  case unresolved
  /// True of at least 95 % of the calibration instances as well.
  case vacuous
  /// The answer slot itself, or what a line before has stated.
  case restates
  case unverifiable
  case unparseable
  /// Repeats the scene.
  case given
  /// A `because:` line whose law gives the stated value and fits the members, or does not.
  case holds
  case fails
  /// An `answer:` line.
  case answer

  public var isWrong: Bool { self == .wrong || self == .eventAbsent }
  public var isCounted: Bool { self == .right || isWrong }
}

/// Why a claim is wrong.
public enum ClaimCause: String, Sendable, Hashable, CaseIterable {
  /// A `given:` that contradicts the scene by more than 0.1 %.
  case scene
  /// The expression with the stated inputs gives another value than stated, or another dimension.
  case arithmetic
  /// The relation does not hold in this scene.
  case law
  /// The relation holds, an earlier input was wrong.
  case inherited
  /// A value without working, or with working that the record cannot follow.
  case value
}

/// A line with its verdict; numbers in SI.
public struct ClaimCheck: Sendable, Hashable {
  /// From 1.
  public let line: Int
  public var verdict: ClaimVerdict
  /// As written, and where.
  public var name: String?
  public var anchor: TraceAnchor?
  public var stated: Double?
  /// Median of the members.
  public var simulated: Double?
  public var tolerance: Double?
  /// SI unit of the three.
  public var unit: String?
  /// ε = |stated − simulated|/tolerance; of an inequality none.
  public var distance: Double?
  public var cause: ClaimCause?
  /// The line's expression, or its law, with the stated inputs.
  public var recomputed: Double?
  /// Median over the members of |expression with simulated inputs − simulated value|, in tolerances.
  public var lawResidual: Double?

  public init(line: Int, _ verdict: ClaimVerdict) { (self.line, self.verdict) = (line, verdict) }

  public var json: JSON {
    func number(_ value: Double?) -> JSON? {
      value.flatMap { $0.isFinite ? .number($0) : nil }
    }
    return .object([
      ("line", .number(Double(line))), ("verdict", .text(verdict.rawValue)),
      ("stated", number(stated)), ("simulated", number(simulated)),
      ("tolerance", number(tolerance)), ("unit", unit.map { .text($0) }),
      ("distance", number(distance)), ("cause", cause.map { .text($0.rawValue) }),
    ])
  }
}
