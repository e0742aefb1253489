// Who may decide: the model alone, the model with a human checkpoint, or nobody on its word.
//
// Order       1 truth T3 or unresolved: not authorised; 2 range out or undeclared: checkpoint for
//             consequence 1 and 2, else not authorised; 3 consequence 5, or range edge: checkpoint;
//             3a evidence that is not from a sealed split: checkpoint, because its truth can be read;
//             4 U ≤ p_max and the model's own P(fail) ≤ C_H/C_FA: accept alone, else checkpoint.
// Deviation   3a makes explicit that only sealed splits count.
// Checked by  AuthorityTests (`authority.verdict`).

import Experience

public enum AuthorityVerdict: String, Sendable, Hashable, CaseIterable {
  case acceptAlone = "accept-alone"
  case checkpoint
  case notAuthorised = "not-authorised"

  public var words: String {
    switch self {
    case .acceptAlone: "accept alone"
    case .checkpoint: "checkpoint"
    case .notAuthorised: "not authorised"
    }
  }
}

/// What a verdict rests on.
public struct AuthorityEvidence: Sendable, Hashable {
  public var counts: FalseAccepts
  public var consequence: Int
  public var range: RangeFinding.Label
  /// The model's own P(fail); `nil` where it stated none.
  public var statedFailure: Double?
  public var tier: Tier
  public var isUnresolved: Bool
  public var attempts: Int
  public var isSealed: Bool
  /// Upper bound of `counts` and the size that would be enough, where they are known already: both
  /// are the same for all decisions of a class, and cost a millisecond.
  var bound: Double?
  var needed: Int?

  public init(
    counts: FalseAccepts, consequence: Int, range: RangeFinding.Label, statedFailure: Double?,
    tier: Tier, isUnresolved: Bool = false, attempts: Int = 1, isSealed: Bool = true
  ) {
    (self.counts, self.consequence, self.range) = (counts, consequence, range)
    (self.statedFailure, self.tier, self.isUnresolved) = (statedFailure, tier, isUnresolved)
    (self.attempts, self.isSealed) = (attempts, isSealed)
  }
}

extension AuthorityPolicy {
  /// The verdict, and the first test that decided it, as a sentence without full stop.
  public func verdict(
    _ evidence: AuthorityEvidence
  ) -> (verdict: AuthorityVerdict, reason: String) {
    if evidence.tier == .t3 {
      return (.notAuthorised, "the truth is of tier T3: neither verified nor validated")
    }
    if evidence.isUnresolved {
      return (.notAuthorised, "the simulator does not resolve this outcome")
    }
    if evidence.range == .out || evidence.range == .undeclared {
      let place =
        evidence.range == .out
        ? "outside the model's experience" : "the model's experience is undeclared"
      return evidence.consequence <= 2
        ? (.checkpoint, place)
        : (.notAuthorised, "\(place): a human writes the steps, and a physical test decides")
    }
    guard let limit = largestRate[evidence.consequence] else {
      return (.checkpoint, "consequence \(evidence.consequence) is never decided alone")
    }
    if evidence.range == .edge { return (.checkpoint, "at the edge of the model's experience") }
    guard evidence.isSealed else {
      return (.checkpoint, "the split is not sealed, so its truth can be read")
    }
    let confidence = confidence(attempts: evidence.attempts)
    let bound = evidence.bound ?? evidence.counts.upperBound(confidence: confidence)
    guard bound <= limit else {
      let needed =
        evidence.needed
        ?? FalseAccepts.needed(wrong: evidence.counts.wrong, rate: limit, confidence: confidence)
      return (
        .checkpoint,
        "\(evidence.counts.wrong) false accepts in \(evidence.counts.accepted) leave up to "
          + "\(Wording.percent(bound)); \(Wording.percent(limit)) needs \(needed) accepted instances"
      )
    }
    let tolerable = handoff / falseAcceptCost(evidence.consequence)
    guard let failure = evidence.statedFailure, failure <= tolerable else {
      return (
        .checkpoint, "the model itself does not put the failure below \(Wording.percent(tolerable))"
      )
    }
    return (.acceptAlone, "at most \(Wording.percent(bound)) false accepts")
  }
}
