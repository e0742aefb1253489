// Verification report in the form that engineers keep: one row a requirement and instance.
//
// Source      form after NASA/SP-2016-6105 Rev 2, appendix D (verification matrix). Method is always
//             analysis, here by simulation.
// Human       the fields of the human checkpoint are left empty, and never filled by software.
// Closed      only by `accept alone`; everything else stays open until a person closes it.
// Checked by  VerificationTests.

import Experience
import Foundation

/// A requirement of one instance with its evidence, its verdict and who may decide.
public struct VerificationRow: Sendable {
  public let id: String
  /// `name@version`.
  public let template: String
  public let text: String
  public let source: String
  public let criterion: String
  public let consequence: Int
  /// SHA-256 of the scene, the truth record and the prediction.
  public let scene: String
  public let truth: String
  public let prediction: String
  /// Of the outcome, in `unit`; events have none.
  public let value: Double?
  public let halfWidth: Double?
  public let unit: String
  /// Positive where the requirement holds, in `unit`.
  public let margin: Double
  public let marginHalfWidth: Double
  /// Margin of safety, capability over demand minus 1, where both are positive.
  public let safety: Double?
  public let probability: Double
  public let label: Verdict
  public let tier: Tier
  public let basis: String
  public let range: String
  public let action: Disposition
  public let statedPass: Double?
  public let isInconsistent: Bool
  public let verdict: AuthorityVerdict
  public let reason: String
  /// What a human must look at.
  public let lookAt: [String]

  public var isClosed: Bool { verdict == .acceptAlone }
  public var closeOut: String { isClosed ? "closed: accepted alone" : "open: \(reason)" }

  /// Rows in the order of the decisions.
  static func rows<Evidence: ScoreEvidence>(
    _ decisions: ArraySlice<Decision>, table: AuthorityTable, of sheet: ScoreSheet,
    from evidence: Evidence
  ) throws(Evidence.Problem) -> [VerificationRow] {
    // the hash of an instance's truth, and of its whole answer, stands in several rows
    var hashes: [String: String] = [:]
    func hash(_ key: String, _ text: @autoclosure () -> String) -> String {
      if let known = hashes[key] { return known }
      let value = Hashes.sha256(text())
      hashes[key] = value
      return value
    }
    var rows: [VerificationRow] = []
    rows.reserveCapacity(decisions.count)
    for decision in decisions {
      guard let question = try evidence.question(decision.row, of: sheet),
        let criterion = question.event, let record = try evidence.record(decision.instance)
      else { continue }
      // the whole answer of a verification question, or that of the event
      var answer = try evidence.prediction(question.id)
      if answer == nil { answer = try evidence.prediction("\(decision.instance)/verification") }
      rows.append(
        VerificationRow(
          decision, question, criterion, record, answer, table: table,
          truth: hash("t" + decision.instance, record.json.canonical),
          prediction: answer.map { answer in hash("p" + answer.id, answer.json.canonical) } ?? ""
        ))
    }
    return rows
  }

  private init(
    _ decision: Decision, _ question: Question, _ criterion: Criterion, _ record: TruthRecord,
    _ answer: Prediction?, table: AuthorityTable, truth: String, prediction: String
  ) {
    let requirement = question.requirements.first
    let outcome = record[outcome: criterion.outcome]
    let judged = RequirementJudge.judge(
      Requirement(
        id: decision.requirement, text: requirement?.text ?? "", criterion: criterion,
        consequence: decision.consequence), outcome: outcome)
    let scalar = outcome?.scalar
    let unit = scalar.flatMap { try? Unit.parse($0.unit) } ?? .one
    let value = scalar.map { unit.toSI($0.value) }
    let spread =
      scalar.map {
        Ensemble($0.members).standardDeviation * unit.factor + $0.halfWidth * unit.factor
      } ?? 0
    (id, template, text) = (decision.id, decision.template, requirement?.text ?? "")
    (source, self.criterion) = (requirement?.source ?? "", criterion.source)
    (consequence, scene) = (decision.consequence, record.sceneHash)
    (self.truth, self.prediction, self.value) = (truth, prediction, value)
    halfWidth = scalar.map { $0.halfWidth * unit.factor }
    (self.unit, margin, marginHalfWidth) = (judged.unit, judged.margin, judged.marginHalfWidth)
    safety = value.flatMap { VerificationRow.safety($0, criterion) }
    (probability, label, tier) = (decision.truth, decision.label, decision.tier)
    (basis, range, action) = (outcome?.basis ?? "", decision.range.sentence, decision.action)
    (statedPass, isInconsistent) = (decision.statedPass, decision.isInconsistent)
    (verdict, reason) = table.verdict(on: decision)
    lookAt = VerificationRow.lookAt(
      decision, verdict, reason, judged, spread: spread, answer: answer)
  }

  /// Capability over demand minus 1.
  private static func safety(_ value: Double, _ criterion: Criterion) -> Double? {
    guard value > 0, criterion.limit > 0 else { return nil }
    return criterion.comparison.isUpperLimit
      ? criterion.limit / value - 1 : value / criterion.limit - 1
  }

  private static func lookAt(
    _ decision: Decision, _ verdict: AuthorityVerdict, _ reason: String,
    _ judged: RequirementOutcome, spread: Double, answer: Prediction?
  ) -> [String] {
    guard verdict != .acceptAlone else { return [] }
    var list = [reason]
    if decision.label == .marginal {
      list.append("MARGINAL: the simulator gives \(Wording.percent(decision.truth)) that it holds")
    } else if abs(judged.margin) < 2 * spread {
      list.append(
        "the margin \(Wording.quantity(judged.margin, judged.unit)) is within twice its spread")
    }
    if decision.range.label == .edge || decision.range.label == .out {
      list.append(decision.range.sentence)
    }
    let entry = (answer?.answer?["requirements"]?.array ?? []).first {
      $0["req"]?.text == decision.requirement
    }
    for (step, share) in (entry?["p-fault"] ?? entry?["p_fault_by_step"])?.object?.pairs ?? [] {
      if let p = share.number, p >= 0.1 { list.append("\(step): P(fault) \(Wording.percent(p))") }
    }
    if decision.isInconsistent {
      list.append("the decision contradicts the stated probability")
    }
    return list
  }
}
