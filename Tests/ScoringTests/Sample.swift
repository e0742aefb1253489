import Experience
import Foundation
import Scoring

/// Small data sets and random laws that the tests of this folder share.
enum Sample {
  static let speed = AnswerQuantity(
    name: "impact speed", unit: "m/s", dimension: [1, 0, -1, 0, 0, 0, 0], support: 0...15)
  static let levels = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// A drop from `height` m: truth speed √(2gh) spread by `spread` m/s over `members` values.
  static func record(
    _ index: Int, height: Double, members: Int = 1, spread: Double = 0,
    template: String = "ball-drop@1.0.0"
  ) -> TruthRecord {
    let speed = (2 * 9.80665 * height).squareRoot()
    let values = (0..<members).map { member in
      members == 1
        ? speed : speed + spread * NormalLaw.quantile((Double(member) + 0.5) / Double(members))
    }
    let base = template.replacing("@", with: "/")
    return TruthRecord(
      id: "\(base)/\(String(format: "%06d", index))", template: template, sceneName: "drop",
      experience: "ball-drop", sceneHash: "", seed: 0,
      outcomes: [
        (
          "impact-speed",
          .scalar(
            ScalarOutcome(
              value: speed, unit: "m/s", halfWidth: 1e-9, order: 4, status: .converged,
              members: values, tier: .t0, basis: "closed form"))
        )
      ])
  }

  static let fast = Criterion(
    outcome: "impact-speed", comparison: .greater, limit: 5, unit: "m/s",
    source: "impact-speed > 5 m/s")

  static func template(
    rule: Rule = .wis, id: String = "ball-drop@1.0.0", physics101: String? = "sqrt(2*g*h)"
  ) -> Template {
    Template(
      id: id, experience: "ball-drop", mechanisms: ["gravity"],
      bindings: [Binding(symbol: "h", path: "start.height")],
      slots: [
        Slot(
          name: "impact-speed", type: .scalar, rule: rule, levels: rule == .wis ? levels : [],
          quantity: speed, physics101: physics101),
        Slot(
          name: "fast", type: .event, rule: .brier, levels: [],
          quantity: AnswerQuantity(
            name: "event", unit: "1", dimension: [0, 0, 0, 0, 0, 0, 0], support: 0...1),
          event: fast, physics101: physics101),
      ], parameters: .object([]), members: 1, canary: "canary")
  }

  static func questions(_ template: Template, _ record: TruthRecord, height: Double) -> [Question] {
    template.slots.map { slot in
      Question(
        id: "\(record.id ?? "")/\(slot.name)", instance: record.id ?? "", template: template.id,
        slot: slot.name, type: slot.type, rule: slot.rule, levels: slot.levels, prompt: "",
        scene: .object([
          ("start", .object([("height", .text("\(height) m ± 5 mm"))]))
        ]), quantity: slot.quantity, event: slot.event, consequence: 2, split: "public",
        canary: "canary")
    }
  }

  /// Heights from 0.2 to 4 m, uniform in the logarithm, by a low-discrepancy sequence.
  static func height(_ index: Int, shift: Double = 0) -> Double {
    let u = (Double(index) * 0.618_033_988_749_894_9 + shift).truncatingRemainder(dividingBy: 1)
    return 0.2 * pow(20, u)
  }

  struct Set {
    var template: Template
    var questions: [Question] = []
    var truths: [TruthRecord] = []
    var calibration: [TruthRecord] = []

    func scorer() throws -> Scorer {
      try Scorer(
        templates: [template], questions: questions, truths: truths, calibration: calibration)
    }

    /// The same answer to every question of a kind.
    func constant(scalar: JSON, event: JSON) -> [Prediction] {
      questions.map {
        Prediction(id: $0.id, model: "constant", answer: $0.type == .event ? event : scalar)
      }
    }
  }

  static func set(
    rule: Rule = .wis, tests: Int = 100, calibration: Int = 1000, members: Int = 8,
    spread: Double = 0.2
  ) -> Set {
    var set = Set(template: template(rule: rule))
    for index in 0..<tests {
      let height = height(index, shift: 0.37)
      let truth = record(index, height: height, members: members, spread: spread)
      set.truths.append(truth)
      set.questions += questions(set.template, truth, height: height)
    }
    set.calibration = (0..<calibration).map {
      record(100_000 + $0, height: height($0), members: members, spread: spread)
    }
    return set
  }

  /// Members of a random law: 2 to 20 values in [0, 10], with ties.
  static func ensemble(_ random: inout SplitMix64) -> Ensemble {
    let count = Int.random(in: 2...20, using: &random)
    return Ensemble(
      (0..<count).map { _ in Double(Int.random(in: 0...1000, using: &random)) / 100 })
  }
}
