// Reads one question of a plan that is written as a mapping.
//
// Checked by  DerivationTests.

struct QuestionReader {
  let spec: SceneSection
  let scene: Scene
  /// Of the list of questions, where an item has no place of its own.
  let mark: SourceMark?
  var reader: TableReader

  mutating func read(_ variations: [Variation]) -> PlannedQuestion? {
    if let event = spec.text("event") { return eventQuestion(event) }
    if spec["classes"] != nil { return category() }
    if let outcome = spec.text("ordered") { return ordered(outcome) }
    if spec["order"] != nil { return ordering() }
    if spec["series"] != nil { return series() }
    if let path = spec.text("reverse") { return reverse(path, variations) }
    return Plan.outcomeQuestion(spec.text("outcome") ?? "", spec, scene, mark, &reader)
  }

  private func place(_ key: String) -> SourceMark? { spec.entry(key)?.mark ?? mark }

  private mutating func eventQuestion(_ text: String) -> PlannedQuestion? {
    guard let criterion = criterion(text, at: place("event")) else { return nil }
    return PlannedQuestion(
      slot: PlannedQuestion.slot(of: criterion, scene.outcomes), type: .event,
      outcome: criterion.outcome, event: criterion, rule: .brier, levels: [])
  }

  private mutating func criterion(_ text: String, at mark: SourceMark?) -> Criterion? {
    do { return try Criterion.parse(text, outcomes: scene.outcomes) } catch {
      reader.report("018", error.message, at: mark, help: error.help)
      return nil
    }
  }

  /// Texts of a list; `nil` after a report.
  private mutating func texts(_ key: String, atLeast count: Int, atMost limit: Int) -> [String]? {
    let list = (spec.list(key) ?? []).compactMap { value -> String? in
      if case .text(let text) = value { text } else { nil }
    }
    guard list.count >= count, list.count <= limit, Set(list).count == list.count else {
      reader.report(
        "018", "`\(key)` needs \(count) to \(limit) different entries, found \(list.count)",
        at: place(key))
      return nil
    }
    return list
  }

  private mutating func category() -> PlannedQuestion? {
    guard let texts = texts("classes", atLeast: 1, atMost: Derivation.classLimit - 1) else {
      return nil
    }
    let criteria = texts.compactMap { criterion($0, at: place("classes")) }
    guard criteria.count == texts.count else { return nil }
    let labels =
      criteria.map { PlannedQuestion.slot(of: $0, scene.outcomes) }
      + [spec.text("otherwise") ?? "none-of-these"]
    return derived(
      .classes(criteria: criteria, labels: labels, isOrdered: false), .category, .brier,
      name: "first-of-" + labels.dropLast().joined(separator: "-"))
  }

  private mutating func ordered(_ outcome: String) -> PlannedQuestion? {
    guard let definition = scene.outcomes.first(where: { $0.name == outcome }) else {
      Plan.unknown(outcome, scene, place("ordered"), &reader)
      return nil
    }
    guard !definition.isEvent else {
      reader.report(
        "018", "`\(outcome)` is an event, which has no classes", at: place("ordered"),
        help: "ask `{ event: \(outcome) }`")
      return nil
    }
    guard let texts = texts("limits", atLeast: 1, atMost: Derivation.classLimit - 1) else {
      return nil
    }
    let criteria = texts.compactMap { criterion("\(outcome) < \($0)", at: place("limits")) }
    guard criteria.count == texts.count else { return nil }
    guard zip(criteria, criteria.dropFirst()).allSatisfy({ $0.limit < $1.limit }) else {
      reader.report("016", "limits must ascend", at: place("limits"))
      return nil
    }
    let labels =
      ["below \(texts[0])"] + zip(texts, texts.dropFirst()).map { "\($0) to \($1)" }
      + ["\(texts[texts.count - 1]) or more"]
    return derived(
      .classes(criteria: criteria, labels: labels, isOrdered: true), .ordered, .rps,
      name: "\(outcome)-class")
  }

  /// Outcomes of one dimension.
  private mutating func items(_ key: String, atMost limit: Int) -> [String]? {
    guard let items = texts(key, atLeast: 2, atMost: limit) else { return nil }
    var definitions: [OutcomeDefinition] = []
    for item in items {
      guard let definition = scene.outcomes.first(where: { $0.name == item }) else {
        Plan.unknown(item, scene, place(key), &reader)
        return nil
      }
      definitions.append(definition)
    }
    let first = definitions[0]
    if let other = definitions.first(where: {
      $0.isEvent || !$0.dimension.isSame(as: first.dimension)
    }) {
      reader.report(
        "018", "`\(first.name)` and `\(other.name)` cannot be compared", at: place(key),
        label: other.isEvent
          ? "`\(other.name)` is an event" : "one is in \(first.unit), the other in \(other.unit)")
      return nil
    }
    return items
  }

  private mutating func ordering() -> PlannedQuestion? {
    guard let items = items("order", atMost: Derivation.seriesLimit) else { return nil }
    return derived(
      .ordering(items: items), .ordering, .pairs, name: "order-of-\(items[0])")
  }

  private mutating func series() -> PlannedQuestion? {
    guard let items = items("series", atMost: Derivation.seriesLimit) else { return nil }
    var times: [Double] = []
    for value in spec.list("at") ?? [] {
      if case .quantity(let quantity, _) = value { times.append(quantity.nominal) }
    }
    guard times.isEmpty || times.count == items.count else {
      reader.report(
        "018", "`at` has \(times.count) instants for \(items.count) outcomes", at: place("at"))
      return nil
    }
    let rule = spec.text("rule").flatMap(Rule.init) ?? .wis
    guard rule != .interval else {
      reader.report("018", "a series is asked by wis, crps or energy", at: place("rule"))
      return nil
    }
    return derived(
      .series(items: items, times: times), .series, rule, name: "series-of-\(items[0])",
      levels: rule == .wis ? Plan.levels(spec, &reader) : [])
  }

  private mutating func reverse(_ path: String, _ variations: [Variation]) -> PlannedQuestion? {
    guard let outcome = spec.text("from") else {
      reader.report(
        "004", "`reverse` lacks `from`: the outcome that is told", at: place("reverse"))
      return nil
    }
    guard let definition = scene.outcomes.first(where: { $0.name == outcome }) else {
      Plan.unknown(outcome, scene, place("from"), &reader)
      return nil
    }
    guard !definition.isEvent, !definition.isCount else {
      reader.report(
        "018", "`\(outcome)` cannot be asked backwards", at: place("from"),
        label: "it has no continuous values")
      return nil
    }
    guard let variation = variations.first(where: { $0.path == path }) else {
      reader.report(
        "003", "`\(path)` is not varied by this plan", at: place("reverse"),
        label: "not under `vary`",
        help: "varied: \(variations.map(\.path).joined(separator: ", "))")
      return nil
    }
    guard variation.choices.isEmpty, variation.tolerance == 0 else {
      reader.report(
        "016", "`\(path)` is asked for and can have neither a tolerance nor a list of values",
        at: place("reverse"))
      return nil
    }
    let rule = spec.text("rule").flatMap(Rule.init) ?? .wis
    guard rule == .wis || rule == .crps else {
      reader.report("018", "a question backwards is asked by wis or crps", at: place("rule"))
      return nil
    }
    let unit = variation.unit
    return derived(
      .reversal(
        Reversal(
          path: path, outcome: outcome, unit: definition.unit,
          range: unit.toSI(variation.low)...unit.toSI(variation.high))), .scalar, rule,
      name: "\(path)-for-\(outcome)", levels: rule == .wis ? Plan.levels(spec, &reader) : [])
  }

  private mutating func derived(
    _ derivation: Derivation, _ type: QuestionType, _ rule: Rule, name: String,
    levels: [Double] = []
  ) -> PlannedQuestion? {
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789._-")
    let slot = spec.text("name") ?? name.replacing(" ", with: "-")
    guard !slot.isEmpty, slot.count <= 100, slot.allSatisfy(allowed.contains) else {
      reader.report(
        "025", "`\(slot)` is not a name for a question", at: place("name"),
        label: "lower-case letters, digits, . _ -", help: "add `name:` to the question")
      return nil
    }
    guard !scene.outcomes.contains(where: { $0.name == slot }) else {
      reader.report(
        "013", "`\(slot)` is the name of an outcome", at: place("name"),
        help: "give the question another `name:`")
      return nil
    }
    return PlannedQuestion(
      slot: slot, type: type, rule: rule, levels: levels, derivation: derivation,
      digits: spec.integer("digits") ?? 3)
  }
}
