// Verification questions of a plan: the requirements of its scene, asked of every instance.
//
// The limits are those of the scene; what varies is the scene around them, so a requirement holds in
// some instances, fails in others, and is MARGINAL where its tolerances straddle the limit.
// Checked by  GenerateTests (a plan with `verification`), VerificationTests (the parts).

extension DatasetBuilder {
  var asksVerification: Bool { plan.questions.contains { $0.rule == .verification } }

  func verificationSlot(_ question: PlannedQuestion, _ basis: [Built]) -> Slot {
    let requirements = plan.scene.requirements.map { requirement -> AskedRequirement in
      let criterion = requirement.criterion
      let definition = plan.scene.outcomes.first { $0.name == criterion.outcome }
      var margin: AnswerQuantity?
      if let definition, !definition.isEvent {
        let sign = criterion.comparison.isUpperLimit ? -1.0 : 1.0
        var (low, high) = (Double.infinity, -Double.infinity)
        for item in basis {
          for member in item.truth[outcome: criterion.outcome]?.scalar?.members ?? [] {
            let value = sign * (member - criterion.limit)
            (low, high) = (min(low, value), max(high, value))
          }
        }
        margin = AnswerQuantity(
          name: "margin of \(requirement.id)", unit: criterion.unit,
          dimension: definition.dimension.exponents, support: support(low, high, minimum: nil))
      }
      return AskedRequirement(
        id: requirement.id, text: requirement.text, criterion: criterion,
        consequence: requirement.consequence, margin: margin,
        levels: margin == nil ? [] : question.levels,
        physics101: definition?.isEvent == true ? nil : plan.scene.firstCourse[criterion.outcome])
    }
    return Slot(
      name: question.slot, type: .verification, rule: .verification, levels: [],
      quantity: AnswerQuantity(
        name: "requirements", unit: "1", dimension: Array(repeating: 0, count: 7), support: 0...1),
      requirements: requirements)
  }

  /// `nil` where a requirement's outcome does not occur: nothing could be said about its margin.
  func verificationQuestion(_ built: Built, _ slot: Slot, canary: String) -> Question? {
    for requirement in slot.requirements {
      switch built.truth[outcome: requirement.criterion.outcome] {
      case .scalar(let truth)?: guard truth.occurs == 1 else { return nil }
      case .event?: break
      case .classes?, .ordering?, .series?, nil: return nil
      }
    }
    return Question(
      id: "\(built.instance.id)/\(slot.name)", instance: built.instance.id,
      template: plan.template, slot: slot.name, type: slot.type, rule: slot.rule, levels: [],
      prompt: prompt(built.description, slot), scene: built.disclosed, quantity: slot.quantity,
      consequence: slot.requirements.map(\.consequence).max() ?? plan.consequence,
      split: built.instance.split, mechanisms: built.truth.mechanisms,
      descriptors: built.truth.descriptors, canary: canary, requirements: slot.requirements)
  }

  /// What is asked: probability, margin and disposition of each requirement.
  func verificationAsk(_ slot: Slot) -> String {
    let list = slot.requirements.map { requirement -> String in
      let definition = plan.scene.outcomes.first { $0.name == requirement.criterion.outcome }
      let meaning = definition.map { " (\($0.name): \($0.about))" } ?? ""
      let margin =
        requirement.margin.map {
          "; margin in \($0.unit), positive where it holds, quantiles "
            + requirement.levels.map { JSON.text(of: $0) }.joined(separator: ", ")
        } ?? "; no margin"
      return
        "\(requirement.id), consequence \(requirement.consequence): \(requirement.text) "
        + "[\(requirement.criterion.source)]\(meaning)\(margin)."
    }
    return """
      Verify these requirements by analysis. \(list.joined(separator: " ")) For each give the probability \
      p-pass that it holds, the margin to its limit, and a disposition: accept, reject or handoff (a \
      human decides). Accepting what fails costs 1, 3, 10, 30 or 100 for consequence 1 to 5; rejecting \
      what holds costs 1; a handoff costs 0.25. Reply with one JSON object such as \
      {"requirements": [{"req": "\(slot.requirements.first?.id ?? "R1")", "p-pass": 0.5, "margin": \
      {"quantiles": {"0.05": 1, …}, "unit": "…"}, "disposition": "handoff"}]}.
      """
  }
}
