// A verification question in its parts: for each requirement the probability that it holds, its
// margin, and the decision. Each part is a question of its own, with its own slot and rule.
//
//             instance/R1.pass      event, rule brier
//             instance/R1.margin    scalar, rule wis; not for events, which have no size
//             instance/R1.decision  accept, reject or handoff, by the published costs
// Handoff     of a requirement is a decision and costs C_H; its probability and margin may then be
//             left out and count as abstained. Handoff of the whole answer is that of every part.
// Checked by  VerificationTests.

public enum VerificationParts {
  /// Name of a part's slot.
  public static func slot(_ requirement: String, _ part: String) -> String {
    "\(requirement).\(part)"
  }

  private static let probability = AnswerQuantity(
    name: "event", unit: "1", dimension: Array(repeating: 0, count: 7), support: 0...1)

  /// The parts of a slot; of any other slot, itself.
  public static func slots(of slot: Slot) -> [Slot] {
    guard slot.type == .verification else { return [slot] }
    return slot.requirements.flatMap { requirement -> [Slot] in
      let criterion = requirement.criterion
      var list = [
        Slot(
          name: self.slot(requirement.id, "pass"), type: .event, rule: .brier, levels: [],
          quantity: probability, event: criterion, physics101: requirement.physics101,
          physics101RelativeSD: slot.physics101RelativeSD, requirements: [requirement])
      ]
      if let margin = requirement.margin {
        list.append(
          Slot(
            name: self.slot(requirement.id, "margin"), type: .scalar, rule: .wis,
            levels: requirement.levels, quantity: margin, physics101: requirement.physics101,
            physics101RelativeSD: slot.physics101RelativeSD, requirements: [requirement]))
      }
      list.append(
        Slot(
          name: self.slot(requirement.id, "decision"), type: .decision, rule: .decision, levels: [],
          quantity: probability, event: criterion, physics101: requirement.physics101,
          physics101RelativeSD: slot.physics101RelativeSD, requirements: [requirement]))
      return list
    }
  }

  /// The parts of a question; of any other question, itself.
  public static func questions(of question: Question) -> [Question] {
    guard question.type == .verification else { return [question] }
    let whole = Slot(
      name: question.slot, type: .verification, rule: .verification, levels: [],
      quantity: question.quantity, requirements: question.requirements)
    return slots(of: whole).map { slot in
      var part = question
      (part.id, part.slot) = ("\(question.instance)/\(slot.name)", slot.name)
      (part.type, part.rule, part.levels) = (slot.type, slot.rule, slot.levels)
      (part.quantity, part.event, part.requirements) = (
        slot.quantity, slot.event, slot.requirements
      )
      part.consequence = slot.requirements.first?.consequence ?? question.consequence
      return part
    }
  }

  /// The parts of a truth: margins as outcomes of their own.
  public static func truth(_ record: TruthRecord, _ requirements: [AskedRequirement]) -> TruthRecord
  {
    var record = record
    for requirement in requirements where requirement.margin != nil {
      guard let outcome = record[outcome: requirement.criterion.outcome]?.scalar,
        let unit = try? Unit.parse(outcome.unit)
      else { continue }
      let criterion = requirement.criterion
      func margin(_ value: Double) -> Double { requirement.margin(of: unit.toSI(value)) }
      record.outcomes.append(
        (
          slot(requirement.id, "margin"),
          .scalar(
            ScalarOutcome(
              value: margin(outcome.value), unit: criterion.unit,
              halfWidth: outcome.halfWidth * unit.factor, order: outcome.order,
              status: outcome.status, members: outcome.members.map(margin),
              occurs: outcome.occurs, tier: outcome.tier, basis: outcome.basis))
        ))
    }
    return record
  }

  /// The parts of an answer. Parts that it does not hold have no prediction, and are missing.
  public static func predictions(
    of prediction: Prediction, for question: Question
  ) -> [Prediction] {
    guard question.type == .verification else { return [prediction] }
    var list: [Prediction] = []
    func add(_ requirement: AskedRequirement, _ part: String, _ answer: JSON) {
      var copy = prediction
      copy.id = "\(question.instance)/\(slot(requirement.id, part))"
      copy.answer = answer
      list.append(copy)
    }
    func handOff(_ requirement: AskedRequirement, _ reason: JSON) {
      let answer = JSON.object([("handoff", .bool(true)), ("reason", reason)])
      add(requirement, "pass", answer)
      if requirement.margin != nil { add(requirement, "margin", answer) }
    }
    let whole = prediction.answer
    for requirement in question.requirements {
      if whole?["handoff"]?.bool == true, let reason = whole?["reason"], reason.text != nil {
        handOff(requirement, reason)
        add(requirement, "decision", .object([("disposition", .text("handoff"))]))
        continue
      }
      let entries = (whole?["requirements"]?.array ?? []).filter {
        $0["req"]?.text == requirement.id
      }
      // a requirement that is answered twice is not answered
      guard entries.count == 1, let entry = entries.first else { continue }
      func field(_ name: String) -> JSON? { entry[name] ?? entry[name.replacing("-", with: "_")] }
      let disposition = field("disposition")
      if let disposition {
        add(requirement, "decision", .object([("disposition", disposition)]))
      }
      if disposition?.text == "handoff", field("p-pass") == nil {
        handOff(requirement, .text("low-confidence"))
        continue
      }
      if let p = field("p-pass") { add(requirement, "pass", .object([("p", p)])) }
      if requirement.margin != nil, let margin = field("margin") {
        add(requirement, "margin", margin)
      }
    }
    return list
  }

  /// What reading a verification answer gave: its parts read one by one.
  static func read(_ prediction: Prediction, for question: Question) -> Answer.Reading {
    var reading = Answer.Reading(answer: .verification)
    let parts = Dictionary(
      predictions(of: prediction, for: question).map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
    for part in questions(of: question) {
      guard let answer = parts[part.id] else {
        reading.problems.append(
          AnswerProblem(
            reason: .missing, message: "no usable answer for \(part.slot)", key: "answer",
            label: "expected \(part.slot)",
            help:
              "one entry {\"req\": …, \"p-pass\": …, \"margin\": {…}, \"disposition\": …} a requirement"
          ))
        continue
      }
      let found = Answer.read(answer, for: part)
      reading.problems += found.problems
      reading.unknownKeys += found.unknownKeys
    }
    if !reading.problems.isEmpty { reading.answer = nil }
    return reading
  }
}
