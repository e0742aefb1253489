// `outcome comparison quantity`, as in `rebound-height <= 0.5 m`; of an event its name alone, `moves`,
// or `not moves`.

extension Criterion {
  /// Why a text is no criterion: a message, and the characters that it is about.
  public struct Failure: Error, Sendable, Hashable {
    public let message: String
    public let offset: Int
    public let length: Int
    public let help: String?
  }

  /// Reads a criterion over the outcomes of an experience.
  public static func parse(
    _ text: String, outcomes: [OutcomeDefinition]
  ) throws(Failure) -> Criterion {
    if let event = try event(text, outcomes: outcomes) { return event }
    let form = "write it as `outcome <= quantity`, with <, <=, > or >="
    guard let start = text.firstIndex(where: { $0 == "<" || $0 == ">" }) else {
      throw Failure(
        message: "no comparison in `\(text)`", offset: 0, length: text.count, help: form)
    }
    let name = String(text[..<start].filter { $0 != " " })
    var rest = text[text.index(after: start)...]
    var sign = String(text[start])
    if rest.first == "=" {
      sign += "="
      rest.removeFirst()
    }
    guard let comparison = Comparison(rawValue: sign) else {
      throw Failure(message: "no comparison in `\(text)`", offset: 0, length: 1, help: form)
    }
    guard let definition = outcomes.first(where: { $0.name == name }) else {
      let suggestion = Spelling.nearest(to: name, among: outcomes.map(\.name))
      throw Failure(
        message: "`\(name)` is not an outcome of this experience", offset: 0,
        length: max(1, name.count),
        help: suggestion.map { "did you mean `\($0)`?" }
          ?? "outcomes: \(outcomes.map(\.name).joined(separator: ", "))")
    }
    let limitText = String(rest.drop { $0 == " " })
    let offset = text.count - limitText.count
    func failure(_ message: String, _ help: String?) -> Failure {
      Failure(message: message, offset: offset, length: max(1, limitText.count), help: help)
    }
    let quantity: Quantity
    do { quantity = try Quantity.parse(limitText) } catch {
      throw failure("`\(limitText)` is not a quantity", "write a number with a unit")
    }
    guard quantity.law.isExact else {
      throw failure("a limit has no tolerance", "put the margin into the limit itself")
    }
    if quantity.unit.symbol == "1",
      !definition.dimension.isDimensionless || definition.dimension.angle != 0
    {
      throw failure("the limit of `\(name)` lacks a unit", "expected \(definition.unit)")
    }
    guard quantity.unit.dimension.isSame(as: definition.dimension) else {
      throw failure(
        "the limit of `\(name)` has the wrong dimension",
        "has \(quantity.unit.dimension); expected \(definition.unit)")
    }
    return Criterion(
      outcome: name, comparison: comparison, limit: quantity.nominal, unit: definition.unit,
      source: text)
  }

  /// `moves` or `not moves`; nil for a text about another kind of outcome.
  private static func event(
    _ text: String, outcomes: [OutcomeDefinition]
  ) throws(Failure) -> Criterion? {
    var words = text.split(separator: " ")
    let happens = words.first != "not"
    if !happens { words.removeFirst() }
    guard let word = words.first, words.count == 1 || happens else {
      throw Failure(
        message: "`\(text)` names no event", offset: 0, length: max(1, text.count),
        help: "write `not moves` for an event `moves`")
    }
    let name = String(word.prefix { $0 != "<" && $0 != ">" && $0 != "=" })
    guard let definition = outcomes.first(where: { $0.name == name }) else {
      guard !happens || (words.count == 1 && name == word) else { return nil }
      let events = outcomes.filter(\.isEvent).map(\.name)
      // a scalar without its limit is the more frequent slip where there are no events
      guard !events.isEmpty || !happens else { return nil }
      throw Failure(
        message: "`\(name)` is not an event of this scene", offset: text.count - name.count,
        length: max(1, name.count),
        help: Spelling.nearest(to: name, among: events).map { "did you mean `\($0)`?" }
          ?? "events: \(events.joined(separator: ", "))")
    }
    if definition.isEvent {
      guard words.count == 1, name == word else {
        throw Failure(
          message: "`\(name)` is an event, which has no size", offset: 0, length: text.count,
          help: "write `\(name)` or `not \(name)`")
      }
      return Criterion(event: name, happens: happens, source: text)
    }
    guard happens else {
      throw Failure(
        message: "`\(name)` is a quantity, not an event", offset: 4, length: name.count,
        help: "write `\(name) <= quantity`, with <, <=, > or >=")
    }
    return nil
  }
}
