// The project's own policy: how much risk a verdict may carry, and what decisions cost.
//
// It is taken from no standard, and printed with every verdict. Consequence 1 (negligible) to 5
// (catastrophic); costs are relative to rejecting what would have held.
// Checked by  AuthorityTests, DecisionTests.

import Experience

public struct AuthorityPolicy: Sendable, Hashable {
  /// Largest share of false accepts, by consequence; none for 5: never alone.
  public var largestRate: [Int: Double] = [1: 0.20, 2: 0.10, 3: 0.05, 4: 0.01]
  /// C_FA, of accepting what fails, by consequence.
  public var falseAccept: [Int: Double] = [1: 1, 2: 3, 3: 10, 4: 30, 5: 100]
  /// C_FR, of rejecting what holds.
  public var falseReject = 1.0
  /// C_H, of asking a human.
  public var handoff = 0.25
  /// Of the exact bound, for one attempt.
  public var confidence = 0.95

  public init() {}

  /// C_FA of a consequence outside the table is that of the nearest one in it.
  public func falseAcceptCost(_ consequence: Int) -> Double {
    falseAccept[min(5, max(1, consequence))] ?? 100
  }

  /// Confidence with `attempts` on the same sealed split: 1 − 0.05/r (Bonferroni).
  public func confidence(attempts: Int) -> Double {
    1 - (1 - confidence) / Double(max(1, attempts))
  }

  public var json: JSON {
    func table(_ values: [Int: Double]) -> JSON {
      .object(values.keys.sorted().map { (String($0), .number(values[$0] ?? 0)) })
    }
    return .object([
      ("p-max", table(largestRate)), ("c-fa", table(falseAccept)), ("c-fr", .number(falseReject)),
      ("c-h", .number(handoff)),
      ("gamma", .object([("1-3", .number(0.05)), ("4-5", .number(0.01))])),
      ("confidence", .number(confidence)), ("require-trace-from", .null),
    ])
  }
}
