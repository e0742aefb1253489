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
  /// One finding, kept once for all that have it.
  private let findings: [RangeFinding]
  public var range: RangeFinding { findings[0] }
  public let isContaminated: Bool
  /// Place of its score.
  let row: Int

  public init(
    id: String, instance: String, template: String, requirement: String, consequence: Int,
    action: Disposition, statedPass: Double?, isInconsistent: Bool, truth: Double, label: Verdict,
    tier: Tier, isUnresolved: Bool, range: RangeFinding, isContaminated: Bool
  ) {
    (self.id, self.instance, self.template) = (id, instance, template)
    (self.requirement, self.consequence, self.action) = (requirement, consequence, action)
    (self.statedPass, self.isInconsistent) = (statedPass, isInconsistent)
    (self.truth, self.label, self.tier) = (truth, label, tier)
    (self.isUnresolved, findings) = (isUnresolved, [range])
    (self.isContaminated, row) = (isContaminated, 0)
  }

  private init(
    _ entry: ScoreSheet.Entry, _ kind: ScoreSheet.Kind, id: String, instance: String,
    requirement: String, action: Disposition, statedPass: Double?, isInconsistent: Bool,
    truth: Double, label: Verdict, findings: [RangeFinding], row: Int
  ) {
    (self.id, self.instance, template) = (id, instance, kind.template)
    (self.requirement, consequence, self.action) = (requirement, kind.consequence, action)
    (self.statedPass, self.isInconsistent) = (statedPass, isInconsistent)
    (self.truth, self.label, tier) = (truth, label, entry.tier)
    (isUnresolved, self.findings) = (entry.isUnusable, findings)
    (isContaminated, self.row) = (entry.isContaminated, row)
  }

  /// Accepted without the label PASS.
  public var isFalseAccept: Bool { action == .accept && label != .pass }
  /// Enters the counts of the bound.
  public var isCounted: Bool {
    range.label == .inside && !isContaminated && !isUnresolved && tier != .t3
  }

  private static let undeclared = [RangeFinding(.undeclared, .undeclared)]

  /// All decisions of a set of scores, in their order.
  public static func all(_ scores: [Score], policy: AuthorityPolicy = .init()) -> [Decision] {
    all(ScoreSheet(scores), policy: policy)
  }

  static func all(_ sheet: ScoreSheet, policy: AuthorityPolicy = .init()) -> [Decision] {
    func type(_ row: Int) -> QuestionType { sheet.kind(of: sheet.entry(row)).type }
    let isVerification = sheet.kinds.contains { $0.type == .decision }
    /// P(pass) that was answered to the question of a score.
    func stated(_ entry: ScoreSheet.Entry) -> Double? {
      entry.status == .ok ? ScoreSheet.number(entry.probability) : nil
    }
    var passes: [String: Double] = [:]
    if isVerification {
      // the last of equal ids counts, whether it states anything or not
      for row in sheet.indices where type(row) == .event {
        passes[sheet.id(row)] = stated(sheet.entry(row))
      }
    }
    let wanted: QuestionType = isVerification ? .decision : .event
    return sheet.indices.compactMap { row -> Decision? in
      let entry = sheet.entry(row)
      let kind = sheet.kind(of: entry)
      guard kind.type == wanted, let label = entry.label,
        let truth = ScoreSheet.number(entry.truth)
      else { return nil }
      let whole = sheet.id(row)
      let id = isVerification ? String(whole.dropLast(".decision".count)) : whole
      let stated = isVerification ? passes[id + ".pass"] : stated(entry)
      let implied = stated.map { policy.implied($0, consequence: kind.consequence) }
      // what cannot be read is not accepted: a human gets it
      let action = (isVerification ? entry.action : implied) ?? .handoff
      return Decision(
        entry, kind, id: id, instance: sheet.instances[Int(entry.instance)],
        requirement: isVerification
          ? String(kind.slot.dropLast(".decision".count)) : kind.slot,
        action: action, statedPass: stated,
        isInconsistent: isVerification && implied != nil && entry.action != nil
          && implied != action,
        truth: truth, label: label,
        findings: entry.finding < 0 ? undeclared : sheet.findings[Int(entry.finding)], row: row)
    }
  }
}
