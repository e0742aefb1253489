// A number of the disclosed scene with its tolerance, found by its path.
//
// Forms       "1 m ± 5 mm", 0.8, {"value", "sd"}, {"low", "high"}, {"one-of": [...]}, and vectors,
//             "[0, 0, -9.81] m/s^2" or a list, of which the length is taken, or with .x, .y, .z behind
//             the path one component. All in SI.
// Checked by  Physics101Tests.

import Experience

enum DisclosedLaw {
  /// - Throws: what stands at the path instead.
  static func law(at path: String, in scene: JSON) throws(ScoringProblem) -> Law {
    var value = scene
    for key in path.split(separator: ".") {
      guard let next = value[String(key)] ?? component(String(key), of: value) else {
        throw ScoringProblem("the scene does not disclose `\(path)`")
      }
      value = next
    }
    guard let law = read(value) else {
      throw ScoringProblem("`\(path)` of the scene is no quantity: \(value.line)")
    }
    return law
  }

  /// Component x, y or z of a vector, as a number in SI.
  private static func component(_ axis: String, of json: JSON) -> JSON? {
    guard let index = ["x", "y", "z"].firstIndex(of: axis) else { return nil }
    let parts: [Double]?
    switch json {
    case .text(let text): parts = components(text)
    case .array(let items): parts = items.compactMap { read($0)?.nominal }
    default: parts = nil
    }
    guard let parts, parts.count == 3 else { return nil }
    return .number(parts[index])
  }

  static func read(_ json: JSON) -> Law? {
    switch json {
    case .number(let value): return value.isFinite ? .exact(value) : nil
    case .text(let text): return vector(text) ?? (try? Quantity.parse(text))?.law
    case .array(let items):
      let parts = items.compactMap { read($0)?.nominal }
      return parts.count == items.count && !parts.isEmpty ? .exact(length(parts)) : nil
    case .object:
      if let centre = json["value"].flatMap(read)?.nominal {
        guard let sd = json["sd"] else { return json["value"].flatMap(read) }
        return spread(sd).map { .normal(mean: centre, sd: $0) }
      }
      if let low = json["low"].flatMap(read)?.nominal,
        let high = json["high"].flatMap(read)?.nominal
      {
        return .uniform(low: low, high: high)
      }
      if let choices = json["one-of"]?.array {
        let values = choices.compactMap { read($0)?.nominal }
        return values.count == choices.count && !values.isEmpty ? .oneOf(values) : nil
      }
      return nil
    default: return nil
    }
  }

  /// A standard deviation is a difference: the offset of degC does not enter.
  private static func spread(_ json: JSON) -> Double? {
    if let number = json.number { return number }
    guard let text = json.text, let quantity = try? Quantity.parse(text) else { return nil }
    return quantity.nominal - quantity.unit.offset
  }

  /// The length of `[a, b, c] unit`.
  private static func vector(_ text: String) -> Law? {
    components(text).flatMap { $0.isEmpty ? nil : .exact(length($0)) }
  }

  /// `[a, b, c] unit`.
  private static func components(_ text: String) -> [Double]? {
    guard text.hasPrefix("["), let end = text.firstIndex(of: "]") else { return nil }
    let unit = text[text.index(after: end)...].drop { $0 == " " }
    var parts: [Double] = []
    for item in text[text.index(after: text.startIndex)..<end].split(separator: ",") {
      guard let part = try? Quantity.parse("\(item) \(unit)") else { return nil }
      parts.append(part.nominal)
    }
    return parts
  }

  private static func length(_ parts: [Double]) -> Double {
    parts.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
