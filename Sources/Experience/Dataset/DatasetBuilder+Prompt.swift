// The words of a question about one outcome: the scene, what the outcome is, what to reply.
//
// Checked by  GenerateTests.

extension DatasetBuilder {
  func prompt(_ description: String, _ slot: Slot) -> String {
    if slot.type == .verification {
      return
        "\(description) A tolerance x ± d is uniform on [x - d, x + d]. \(verificationAsk(slot))"
    }
    let definition = plan.scene.outcomes.first {
      $0.name == (slot.event?.outcome ?? slot.name)
    }
    let isEvent = definition?.isEvent ?? false
    let meaning =
      definition.map {
        "\($0.name) is \(isEvent ? "the event that" : "the") \($0.about)"
      } ?? slot.name
    let ask: String
    switch slot.rule {
    case .brier:
      let happens = !(slot.event?.comparison.isUpperLimit ?? false)
      let question =
        isEvent
        ? "`\(definition?.name ?? "")` \(happens ? "happens" : "does not happen")"
        : slot.event?.source ?? slot.name
      ask =
        "How probable is it that \(question)? Reply with one JSON object such as {\"p\": 0.5}."
    case .wis:
      let levels = slot.levels.map { JSON.text(of: $0) }.joined(separator: ", ")
      ask =
        "What is the \(slot.name)? Give its quantiles \(levels) with a unit. Reply with one JSON object such as {\"quantiles\": {\"\(JSON.text(of: slot.levels.first ?? 0.5))\": 1, …}, \"unit\": \"\(slot.quantity.unit)\"}."
    case .interval:
      let share = JSON.text(
        of: Quantum.threeFigures(100 * ((slot.levels.last ?? 1) - (slot.levels.first ?? 0))))
      ask =
        "What is the \(slot.name)? Give the ends of the central interval that holds it with a probability of \(share) %, with a unit. Reply with one JSON object such as {\"low\": 1, \"high\": 2, \"unit\": \"\(slot.quantity.unit)\"}."
    case .verification, .decision, .rps, .pairs, .energy: ask = verificationAsk(slot)
    case .crps:
      ask =
        "What is the \(slot.name)? Give a value, a value with sd, or a list of values, with a unit. Reply with one JSON object such as {\"value\": 1, \"sd\": 0.1, \"unit\": \"\(slot.quantity.unit)\"}."
    }
    return "\(description) Here \(meaning). A tolerance x ± d is uniform on [x - d, x + d]. \(ask)"
  }
}
