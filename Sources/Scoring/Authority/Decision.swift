// Decisions that a prediction file takes: stated in verification answers, or implied by probabilities.
//
//             A requirement with its own decision counts by that. Where a data set has no verification
//             questions, each event question counts as the requirement that the event holds, and the
//             action is the one that the stated probability implies.
// Inconsistent  the stated action differs from the one that the stated probability implies.
// Checked by  DecisionTests, AuthorityTests.

import Experience

/// What was done with one requirement of one instance, and what the simulator says of it.
public struct Decision: Sendable, Hashable {
  /// Question, or `instance/R1` for a requirement.
  public let id: String
  public let instance: String
  public let template: String
  /// Requirement id, or the slot of an event question.
  public let requirement: String
  public let consequence: Int
  public let action: Disposition
  /// P(pass) as stated.
  public let statedPass: Double?
  public let isInconsistent: Bool
  /// g.
  public let truth: Double
  public let label: Verdict
  public let tier: Tier
  public let isUnresolved: Bool
  public let range: RangeFinding
  public let isContaminated: Bool

  public init(
    id: String, instance: String, template: String, requirement: String, consequence: Int,
    action: Disposition, statedPass: Double?, isInconsistent: Bool, truth: Double, label: Verdict,
    tier: Tier, isUnresolved: Bool, range: RangeFinding, isContaminated: Bool
  ) {
    (self.id, self.instance, self.template) = (id, instance, template)
    (self.requirement, self.consequence, self.action) = (requirement, consequence, action)
    (self.statedPass, self.isInconsistent) = (statedPass, isInconsistent)
    (self.truth, self.label, self.tier) = (truth, label, tier)
    (self.isUnresolved, self.range) = (isUnresolved, range)
    self.isContaminated = isContaminated
  }

  /// Accepted without the label PASS.
  public var isFalseAccept: Bool { action == .accept && label != .pass }
  /// Enters the counts of the bound.
  public var isCounted: Bool {
    range.label == .inside && !isContaminated && !isUnresolved && tier != .t3
  }

  /// All decisions of a set of scores, in their order.
  public static func all(_ scores: [Score], policy: AuthorityPolicy = .init()) -> [Decision] {
    var passes: [String: Score] = [:]
    var deciders: [Score] = []
    for score in scores where score.type == .decision { deciders.append(score) }
    let isVerification = !deciders.isEmpty
    for score in scores where score.type == .event {
      if isVerification { passes[score.id] = score } else { deciders.append(score) }
    }
    return deciders.compactMap { score -> Decision? in
      guard let label = score.label, let truth = score.detail.truth else { return nil }
      let isStated = score.type == .decision
      let id = isStated ? String(score.id.dropLast(".decision".count)) : score.id
      let pass = isStated ? passes[id + ".pass"] : score
      let stated = pass?.status == .ok ? pass?.detail.probability : nil
      let implied = stated.map { policy.implied($0, consequence: score.consequence) }
      // what cannot be read is not accepted: a human gets it
      let action = (isStated ? score.detail.action : implied) ?? .handoff
      return Decision(
        id: id, instance: score.instance, template: score.template,
        requirement: isStated ? String(score.slot.dropLast(".decision".count)) : score.slot,
        consequence: score.consequence, action: action, statedPass: stated,
        isInconsistent: isStated && implied != nil && score.detail.action != nil
          && implied != action,
        truth: truth, label: label, tier: score.tier, isUnresolved: score.detail.isUnusable,
        range: score.detail.range ?? RangeFinding(.undeclared, .undeclared),
        isContaminated: score.detail.isContaminated)
    }
  }
}
