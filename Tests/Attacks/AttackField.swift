// A data set with a closed form, on which strategies that do not look at the scene are tried.
//
//             Drops from heights that are log-uniform in [0.2 m, 4 m]: speed √(2gh) under both scalar
//             rules and on a logarithmic scale, the event that it exceeds 5 m/s, and a requirement on
//             it with probability, margin and decision. 1,000 calibration instances, as published.
// Used by     AttackTests, `Measure attacks`.

import Experience
import Foundation
import Scoring

/// Questions, truths, and what anybody may know about the kind of scene.
public struct AttackField: Sendable {
  public let template: Template
  public let questions: [Question]
  public let truths: [TruthRecord]
  public let calibration: [TruthRecord]
  /// Speeds of the calibration instances, sorted: public, so attacks may use them.
  public let known: [Double]

  static let name = "attack-field@1.0.0"
  static let levels = [0.05, 0.25, 0.5, 0.75, 0.95]
  static let limit = 5.0
  /// Scores of one instance: eleven slots, of which the verification has three parts.
  public static let parts = 13

  static func quantity(isLogarithmic: Bool) -> AnswerQuantity {
    AnswerQuantity(
      name: "impact speed", unit: "m/s", dimension: [1, 0, -1, 0, 0, 0, 0],
      isLogarithmic: isLogarithmic, reference: 1, support: isLogarithmic ? 0.4...15 : 0...15)
  }

  static let probability = AnswerQuantity(
    name: "event", unit: "1", dimension: [0, 0, 0, 0, 0, 0, 0], support: 0...1)

  /// - Parameter seed: of the test instances; another one is another sample of scenes.
  public init(instances: Int = 200, seed: UInt64 = 7) {
    let requirement = AskedRequirement(
      id: "R1", text: "The ball shall arrive slowly.",
      criterion: Criterion(
        outcome: "wis", comparison: .lessOrEqual, limit: AttackField.limit, unit: "m/s",
        source: "wis <= 5 m/s"), consequence: 3,
      margin: AnswerQuantity(
        name: "margin of R1", unit: "m/s", dimension: [1, 0, -1, 0, 0, 0, 0], support: -10...8),
      levels: AttackField.levels)
    let event = Criterion(
      outcome: "wis", comparison: .greater, limit: AttackField.limit, unit: "m/s",
      source: "wis > 5 m/s")
    let linear = AttackField.quantity(isLogarithmic: false)
    let slots =
      [
        Slot(
          name: "wis", type: .scalar, rule: .wis, levels: AttackField.levels, quantity: linear),
        Slot(name: "crps", type: .scalar, rule: .crps, levels: [], quantity: linear),
        Slot(
          name: "log", type: .scalar, rule: .crps, levels: [],
          quantity: AttackField.quantity(isLogarithmic: true)),
        Slot(
          name: "event", type: .event, rule: .brier, levels: [],
          quantity: AttackField.probability, event: event),
        Slot(
          name: "verification", type: .verification, rule: .verification, levels: [],
          quantity: AttackField.probability, requirements: [requirement]),
      ] + AttackField.derivedSlots(event)
    template = Template(
      id: AttackField.name, experience: "ball-drop", mechanisms: ["gravity"], bindings: [],
      slots: slots, parameters: .object([]), members: 16, canary: "canary")
    var random = SplitMix64(seed: seed)
    func number() -> Double { Double(random.next() >> 11) * 0x1p-53 }
    let truths = (0..<instances).map { AttackField.record($0, u: number()) }
    // a low-discrepancy sequence, as the design of a plan is
    calibration = (0..<1000).map {
      AttackField.record(
        100_000 + $0, u: (Double($0) * 0.618_033_988_749_894_9).truncatingRemainder(dividingBy: 1))
    }
    self.truths = truths
    known = calibration.compactMap { $0[outcome: "wis"]?.scalar?.value }.sorted()
    questions = truths.flatMap { truth in
      slots.map { slot in
        Question(
          id: "\(truth.id ?? "")/\(slot.name)", instance: truth.id ?? "",
          template: AttackField.name,
          slot: slot.name, type: slot.type, rule: slot.rule, levels: slot.levels, prompt: "",
          scene: .object([]), quantity: slot.quantity, event: slot.event, consequence: 3,
          split: "public", canary: "canary", requirements: slot.requirements,
          derivation: slot.derivation)
      }
    }
  }

  private static func record(_ index: Int, u: Double) -> TruthRecord {
    let speed = (2 * 9.80665 * 0.2 * pow(20, u)).squareRoot()
    let members = (0..<16).map { member in
      speed * (1 + 0.03 * NormalLaw.quantile((Double(member) + 0.5) / 16))
    }
    let outcome = Outcome.scalar(
      ScalarOutcome(
        value: speed, unit: "m/s", halfWidth: 1e-9, order: 4, status: .converged,
        members: members, tier: .t0, basis: "closed form"))
    return TruthRecord(
      id: "attack-field/1.0.0/\(String(format: "%06d", index))", template: name, sceneName: "drop",
      experience: "ball-drop", sceneHash: "", seed: 0,
      outcomes: ["wis", "crps", "log", "interval"].map { ($0, outcome) } + derived(members))
  }

  public func scorer() throws(ScoringProblem) -> Scorer {
    try Scorer(
      templates: [template], questions: questions, truths: truths, calibration: calibration)
  }

  /// Share of the calibration instances that meet the requirement.
  var base: Double {
    Double(known.count { $0 <= AttackField.limit }) / Double(known.count)
  }

  func quantile(_ level: Double) -> Double {
    known[min(known.count - 1, Int(level * Double(known.count)))]
  }

  /// The honest answer, for contrast: the truth's own law.
  public func honest() -> [Prediction] {
    let byID = Dictionary(
      truths.map { ($0.id ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    return questions.map { question in
      let members = byID[question.instance]?[outcome: "wis"]?.scalar?.members ?? []
      let share = Double(members.count { $0 <= AttackField.limit }) / Double(members.count)
      let law = Ensemble(members)
      let answer: JSON
      if Attack.isDerived(question) {
        return Prediction(
          id: question.id, model: "honest",
          answer: AttackField.honest(question, members: members, share: share))
      }
      switch question.rule {
      case .wis: answer = Attack.quantiles(AttackField.levels.map(law.quantile))
      case .crps: answer = .object([("values", .numbers(members)), ("unit", .text("m/s"))])
      case .brier: answer = .object([("p", .number(1 - share))])
      case .verification, .decision, .rps, .interval, .pairs, .energy:
        let margins = Ensemble(members.map { AttackField.limit - $0 })
        answer = Attack.verification(
          p: .number(share), margin: Attack.quantiles(AttackField.levels.map(margins.quantile)),
          disposition: AuthorityPolicy().implied(share, consequence: 3).rawValue)
      }
      return Prediction(id: question.id, model: "honest", answer: answer)
    }
  }
}
