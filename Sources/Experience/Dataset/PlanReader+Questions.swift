// Reads what a plan asks: outcomes, events, classes, orders, series, requirements, and backwards.
//
// Checked by  PlanTests, DerivationTests.

extension Plan {
  static func questions(
    _ section: SceneSection, _ scene: Scene, _ variations: [Variation],
    _ reader: inout TableReader
  ) -> [PlannedQuestion] {
    let mark = section.entry("questions")?.mark
    var list: [PlannedQuestion] = []
    for value in section.list("questions") ?? [] {
      switch value {
      case .text(PlannedQuestion.verification)
      where !scene.outcomes.contains(where: { $0.name == PlannedQuestion.verification }):
        if scene.requirements.isEmpty {
          reader.report(
            "018", "`verification` asks for the scene's requirements, and it has none", at: mark,
            help: "add `requirements:` to the scene, or ask for an event")
        } else {
          list.append(
            PlannedQuestion(
              slot: PlannedQuestion.verification, type: .verification, rule: .verification,
              levels: defaultLevels))
        }
      case .text(let outcome):
        list += outcomeQuestion(outcome, nil, scene, mark, &reader).map { [$0] } ?? []
      case .section(let spec):
        var questions = QuestionReader(spec: spec, scene: scene, mark: mark, reader: reader)
        let question = questions.read(variations)
        reader = questions.reader
        if let question { list.append(question) }
      default: continue
      }
    }
    if Set(list.map(\.slot)).count < list.count {
      reader.report("013", "the same question stands twice", at: mark)
    }
    let backwards = list.filter { if case .reversal? = $0.derivation { true } else { false } }
    let inputs = Set(
      backwards.compactMap { question -> String? in
        if case .reversal(let reversal)? = question.derivation { reversal.path } else { nil }
      })
    if !backwards.isEmpty, backwards.count < list.count || inputs.count > 1 {
      reader.report(
        "026", "a question backwards stands with others that disclose its answer", at: mark,
        label:
          "the other questions tell the value of \(inputs.sorted().joined(separator: " and "))",
        help: "ask backwards for one input in a plan of its own")
    }
    if list.isEmpty, !reader.hasErrors {
      reader.report("004", "the plan asks nothing", at: mark)
    }
    return list
  }

  /// A question about one outcome; `spec` has its rule.
  static func outcomeQuestion(
    _ outcome: String, _ spec: SceneSection?, _ scene: Scene, _ mark: SourceMark?,
    _ reader: inout TableReader
  ) -> PlannedQuestion? {
    guard let definition = scene.outcomes.first(where: { $0.name == outcome }) else {
      unknown(outcome, scene, mark, &reader)
      return nil
    }
    if definition.isEvent {
      return PlannedQuestion(
        slot: outcome, type: .event, outcome: outcome,
        event: Criterion(event: outcome, happens: true, source: outcome), rule: .brier, levels: [])
    }
    let rule = spec?.text("rule").flatMap(Rule.init) ?? .wis
    switch rule {
    case .interval:
      let alpha = spec?.quantity("alpha")?.nominal ?? 0.1
      return PlannedQuestion(
        slot: outcome, type: .interval, outcome: outcome, rule: .interval,
        levels: [0.5 * alpha, 1 - 0.5 * alpha])
    case .energy:
      reader.report(
        "018", "the rule `energy` is for series", at: spec?.entry("rule")?.mark,
        label: "one outcome has no path", help: "use wis, crps or interval")
      return nil
    default:
      return PlannedQuestion(
        slot: outcome, type: .scalar, outcome: outcome, rule: rule,
        levels: rule == .wis ? levels(spec, &reader) : [])
    }
  }

  static func unknown(
    _ outcome: String, _ scene: Scene, _ mark: SourceMark?, _ reader: inout TableReader
  ) {
    let names = scene.outcomes.map(\.name)
    let suggestion = Spelling.nearest(to: outcome, among: names)
    reader.report(
      "010", "`\(outcome)` is not an outcome of \(scene.definition.name)", at: mark,
      label: suggestion.map { "did you mean `\($0)`?" } ?? "not known",
      help: "outcomes: \(names.joined(separator: ", "))")
  }

  static func levels(_ spec: SceneSection?, _ reader: inout TableReader) -> [Double] {
    let given = (spec?.list("levels") ?? []).compactMap { value -> Double? in
      if case .quantity(let quantity, _) = value { quantity.nominal } else { nil }
    }
    if zip(given, given.dropFirst()).contains(where: { $0 >= $1 }) {
      reader.report("016", "quantile levels must ascend", at: spec?.entry("levels")?.mark)
    }
    return given.isEmpty ? defaultLevels : given
  }
}
