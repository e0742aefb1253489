// One sentence for a failure, from its fields and fixed templates.
//
// Checked by  FailureTests.

import Experience

enum FailureWording {
  static func sentence(
    _ reason: FailureReason, _ score: Score, _ law: SlotTruth, _ question: Question
  ) -> String {
    switch reason.by {
    case .trace: claim(reason)
    case .ablation: ablation(reason)
    case .unexplained: unexplained(reason, score, law, question)
    }
  }

  /// "At contact#1 (0.452 s) ", "At end ", or nothing.
  private static func place(_ reason: FailureReason) -> String {
    guard let event = reason.event else { return "" }
    let time = reason.time.map { " (\(Wording.number($0)) s)" } ?? ""
    return "At \(event)\(time) "
  }

  private static func distance(_ reason: FailureReason) -> String {
    guard let count = reason.inTolerances, count.isFinite else { return "" }
    return ", \(Wording.number(abs(count))) tolerances \(count < 0 ? "lower" : "higher")"
  }

  private static func claim(_ reason: FailureReason) -> String {
    let line = reason.line ?? 0
    let cause = reason.cause.map { " (\(words($0)))" } ?? ""
    guard let name = reason.quantity, let stated = reason.stated else {
      return "Line \(line) of the working does not hold in the simulation\(cause)."
    }
    let unit = reason.unit ?? "1"
    guard let simulated = reason.simulated else {
      let event = reason.event ?? "the event"
      return "Line \(line) of the working states \(name) at \(event), which does not happen."
    }
    return "\(place(reason))\(name) was \(Wording.quantity(simulated, unit)); line \(line) of the "
      + "working states \(Wording.quantity(stated, unit))\(distance(reason))\(cause)."
  }

  private static func words(_ cause: ClaimCause) -> String {
    switch cause {
    case .scene: "the scene says otherwise"
    case .arithmetic: "its own inputs give another value"
    case .law: "the relation does not hold here"
    case .inherited: "an earlier input was wrong"
    case .value: "no relation was given that the record can follow"
    }
  }

  private static func ablation(_ reason: FailureReason) -> String {
    let model = (reason.alternative ?? "").replacing("-", with: " ")
    let (name, unit) = (reason.quantity ?? "the outcome", reason.unit ?? "1")
    guard let stated = reason.stated, let simulated = reason.simulated else {
      return "The answer fits a run with `\(model)`."
    }
    return "\(place(reason))\(name) was \(Wording.quantity(simulated, unit)); the answer fits a "
      + "run with `\(model)`, where it is \(Wording.quantity(stated, unit))\(distance(reason))."
  }

  private static func unexplained(
    _ reason: FailureReason, _ score: Score, _ law: SlotTruth, _ question: Question
  ) -> String {
    if case .scalar = law.law {
    } else if case .event = law.law {
    } else {
      return "No stored reason fits: of \(question.slot) the "
        + "\(Wording.truth(law, QuestionRule(question), question)), the answer was \(score.answer)."
    }
    let unit = question.type == .event ? "1" : question.quantity.unit
    let truth = Wording.quantity(law.value, unit)
    let time = reason.time.map { " (\(Wording.number($0)) s)" } ?? ""
    let last = reason.event.map { "; the last event before it is \($0)\(time)" }
    let far =
      reason.descriptors.isEmpty
      ? "" : "; farthest from experience: \(reason.descriptors.joined(separator: ", "))"
    let verb = question.type == .event ? "has the probability" : "is"
    return "No stored reason fits: \(question.slot) \(verb) \(truth), the answer was "
      + "\(score.answer)\(working(score, question))\(last ?? "")\(far)."
  }

  /// What right steps lead to, where the answer is another.
  private static func working(_ score: Score, _ question: Question) -> String {
    guard let coherence = score.trace?.coherence, !coherence.isCoherent else { return "" }
    let symbol = question.type == .event ? "1" : question.quantity.unit
    let value = (try? Unit.parse(symbol))?.fromSI(coherence.answer) ?? coherence.answer
    return ", its own working gives \(Wording.quantity(value, symbol))"
  }
}
