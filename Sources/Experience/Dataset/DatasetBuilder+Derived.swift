// Questions about more than one outcome, and questions backwards: their slots and their truth.
//
// Backwards   the scene of such a question shows the hidden input as its range; descriptors that depend on
//             it are left out, so that they do not tell the answer.
// Checked by  DerivationTests (of the program: BackwardsTests).

extension Plan {
  /// What the runner derives from the members.
  var derived: [TruthRunner.Derived] {
    questions.compactMap { question in
      switch question.derivation {
      case .classes?, .ordering?, .series?: question.derivation.map { (question.slot, $0) }
      case .reversal?, nil: nil
      }
    }
  }
}

extension DatasetBuilder {
  /// Questions backwards with the varied input that they hide.
  var reversals: [(slot: String, reversal: Reversal, variation: Variation)] {
    plan.questions.compactMap { question in
      guard case .reversal(let reversal)? = question.derivation,
        let variation = plan.variations.first(where: { $0.path == reversal.path })
      else { return nil }
      return (question.slot, reversal, variation)
    }
  }

  /// The scene as the questions show it.
  func hidden(_ scene: Scene) throws(DiagnosticList) -> Scene {
    guard let (_, reversal, variation) = reversals.first else { return scene }
    let range = Law.uniform(low: reversal.range.lowerBound, high: reversal.range.upperBound)
    return try replacing(variation, by: range, in: scene)
  }

  /// Descriptors that a question may show: those that the hidden input does not move.
  func shownDescriptors(
    _ scene: Scene, _ shown: Scene
  ) throws(DiagnosticList) -> [NamedNumber] {
    guard let (_, reversal, variation) = reversals.first else {
      return shown.experiment.descriptors
    }
    let low = try replacing(variation, by: .exact(reversal.range.lowerBound), in: scene)
    let high = try replacing(variation, by: .exact(reversal.range.upperBound), in: scene)
    let others = Set(high.experiment.descriptors)
    return low.experiment.descriptors.filter(others.contains)
  }

  private func replacing(
    _ variation: Variation, by law: Law, in scene: Scene
  ) throws(DiagnosticList) -> Scene {
    var kind = variation.kind
    kind.plausible = nil
    let quantity = Quantity(
      law: law, unit: variation.unit, source: Quantity.text(of: law, unit: kind.unit))
    return try scene.replacing(
      [(variation.path, .quantity(quantity, kind))], name: scene.name, materials: materials)
  }

  /// The record with the answers to questions backwards, and what these questions tell.
  func reversed(
    _ scene: Scene, _ account: TruthRunner.Account, _ runner: TruthRunner
  ) throws(RunFailure) -> (truth: TruthRecord, stated: [String: Double]) {
    var truth = account.record
    var stated: [String: Double] = [:]
    for (slot, reversal, variation) in reversals {
      let digits = plan.questions.first { $0.slot == slot }?.digits ?? 3
      guard
        let found = try runner.reversed(
          scene, reversal, account, unit: variation.kind.unit, digits: digits)
      else { continue }
      stated[slot] = found.value
      truth.outcomes.append((slot, .scalar(found.outcome)))
    }
    return (truth, stated)
  }

  func derivedSlot(
    _ question: PlannedQuestion, _ derivation: Derivation, _ basis: [Built]
  ) -> Slot {
    let forms = derivation.outcomes.compactMap { plan.scene.firstCourse[$0] }
    var slot = Slot(
      name: question.slot, type: question.type, rule: question.rule, levels: question.levels,
      quantity: AnswerQuantity(
        name: question.slot.replacing("-", with: " "), unit: "1",
        dimension: Array(repeating: 0, count: 7), support: 0...1), derivation: derivation,
      partForms: forms.count == derivation.outcomes.count ? forms : [])
    switch derivation {
    case .classes, .ordering: break
    case .series(let items, _):
      let definition = plan.scene.outcomes.first { $0.name == items[0] }
      var (low, high) = (Double.infinity, -Double.infinity)
      for item in basis {
        guard case .series(let series)? = item.truth[outcome: question.slot] else { continue }
        for value in series.paths.joined() { (low, high) = (min(low, value), max(high, value)) }
      }
      slot.quantity.unit = definition?.unit ?? "1"
      slot.quantity.dimension = definition?.dimension.exponents ?? slot.quantity.dimension
      slot.quantity.support = support(low, high, minimum: definition?.minimum)
    case .reversal(let reversal):
      slot.partForms = []
      slot.physics101 = plan.scene.firstCourse[reversal.outcome]
      guard let kind = plan.variations.first(where: { $0.path == reversal.path })?.kind else {
        break
      }
      slot.quantity = AnswerQuantity(
        name: reversal.path, unit: kind.unit, dimension: kind.dimension.exponents,
        support: reversal.range)
    }
    return slot
  }

  /// The words of such a question.
  func derivedPrompt(_ description: String, _ slot: Slot, _ derivation: Derivation) -> String {
    func meaning(_ name: String) -> String {
      plan.scene.outcomes.first { $0.name == name }.map { definition in
        "\(name) is \(definition.isEvent ? "the event that" : "the") \(definition.about)"
      } ?? name
    }
    var seen: Set<String> = []
    let meanings = derivation.outcomes.filter { seen.insert($0).inserted }.map(meaning)
      .joined(separator: "; ")
    let unit = slot.quantity.unit
    let ask: String
    switch derivation {
    case .classes(let criteria, let labels, let isOrdered):
      let rules = zip(labels, criteria).map { label, criterion -> String in
        let definition = plan.scene.outcomes.first { $0.name == criterion.outcome }
        let happens = criterion.comparison.isUpperLimit ? "does not happen" : "happens"
        return definition?.isEvent == true
          ? "`\(label)`: `\(criterion.outcome)` \(happens)" : "`\(label)`: \(criterion.source)"
      }
      let last = labels[labels.count - 1]
      ask =
        (isOrdered ? "In which class does it fall? " : "Which of these is the first that holds? ")
        + rules.joined(separator: "; ")
        + "; `\(last)`: none of them. Give the probability of each class. Reply with one JSON object such as {\"probs\": {\(labels.map { "\"\($0)\": \(JSON.text(of: Quantum.threeFigures(1 / Double(labels.count))))" }.joined(separator: ", "))}}, with probabilities that sum to 1."
    case .ordering(let items):
      let pairs = Derivation.pairs(of: items.count).map {
        "\"\(Derivation.name(items[$0.first], items[$0.second]))\": 0.5"
      }
      ask =
        "Which of these is smaller? Give for each pair the probability that the first is smaller than the second. Reply with one JSON object, {\"pairs\": {\(pairs.joined(separator: ", "))}}, or {\"order\": [...]} with all names, the smallest first."
    case .series(let items, let times):
      let instants =
        times.isEmpty
        ? "" : " (at \(times.map { JSON.text(of: $0) }.joined(separator: ", ")) s)"
      let levels = slot.levels.map { JSON.text(of: $0) }.joined(separator: ", ")
      let reply =
        slot.rule == .wis
        ? "Give the quantiles \(levels) of each, with a unit. Reply with one JSON object such as {\"quantiles\": {\"\(JSON.text(of: slot.levels.first ?? 0.5))\": [\(items.map { _ in "1" }.joined(separator: ", "))], …}, \"unit\": \"\(unit)\"}."
        : "Give the values, or several equally likely paths of values, with a unit. Reply with one JSON object such as {\"values\": [\(items.map { _ in "1" }.joined(separator: ", "))], \"unit\": \"\(unit)\"} or {\"paths\": [[…], …], \"unit\": \"\(unit)\"}."
      ask =
        "What are \(items.map { "`\($0)`" }.joined(separator: ", "))\(instants), in this order? \(reply)"
    case .reversal(let reversal):
      let value = reversal.value.map { JSON.text(of: $0) } ?? ""
      let symbol = reversal.unit == "1" ? "" : " \(reversal.unit)"
      let (low, high) = (reversal.range.lowerBound, reversal.range.upperBound)
      let levels = slot.levels.map { JSON.text(of: $0) }.joined(separator: ", ")
      let reply =
        slot.rule == .wis
        ? "Give its quantiles \(levels) with a unit. Reply with one JSON object such as {\"quantiles\": {\"\(JSON.text(of: slot.levels.first ?? 0.5))\": 1, …}, \"unit\": \"\(unit)\"}."
        : "Give a value, a value with sd, or a list of values, with a unit. Reply with one JSON object such as {\"value\": 1, \"sd\": 0.1, \"unit\": \"\(unit)\"}."
      ask =
        "`\(reversal.path)` is not known; it lies between \(JSON.text(of: low)) and \(JSON.text(of: high)) \(unit). At which value of it is \(reversal.outcome) exactly \(value)\(symbol), for the other values as their tolerances let them be? \(reply)"
    }
    return "\(description) Here \(meanings). A tolerance x ± d is uniform on [x - d, x + d]. \(ask)"
  }
}
