// What the scene discloses under a name that a trace may use.
//
// Names       the template's symbols (`h`), the symbols of the claim laws for the experience, the path
//             with `_` (`start_height`), and its last word where only one path ends so (`height`).
//             `g` is standard gravity unless the scene has its own. A bound symbol wins over a path.
// Checked by  TraceTruthTests.

import Experience

/// A number of the scene in SI.
public struct TraceParameter: Sendable, Hashable {
  public let nominal: Double
  public let unit: Unit
  /// One value a member, where the record holds them; else the nominal value stands for all.
  public let members: [Double]?

  public init(nominal: Double, unit: Unit, members: [Double]? = nil) {
    (self.nominal, self.unit, self.members) = (nominal, unit, members)
  }

  var dimensioned: DimensionedValue { DimensionedValue(nominal, unit.dimension) }

  static let gravity = TraceParameter(
    nominal: Physics101.standardGravity,
    unit: Unit(symbol: "m/s^2", factor: 1, dimension: .acceleration))

  /// Every quantity of a disclosed scene by all its names.
  static func table(
    of scene: JSON, experience: String, bindings: [Binding]
  ) -> [String: TraceParameter] {
    var byPath: [(path: [String], parameter: TraceParameter)] = []
    collect(scene, path: [], into: &byPath)
    var table = ["g": gravity]
    // the last word alone, where it is unambiguous
    var ends: [String: Int] = [:]
    for (path, _) in byPath { ends[path.last ?? "", default: 0] += 1 }
    for (path, parameter) in byPath {
      if let end = path.last, ends[end] == 1 { table[TraceVocabulary.name(end)] = parameter }
    }
    for (path, parameter) in byPath {
      table[TraceVocabulary.name(path.joined(separator: "_"))] = parameter
    }
    let byName = Dictionary(
      byPath.map { ($0.path.joined(separator: "."), $0.parameter) },
      uniquingKeysWith: { first, _ in first })
    for (symbol, path) in TraceVocabulary.parameters[experience] ?? [:] {
      if let parameter = byName[path] { table[symbol] = parameter }
    }
    for binding in bindings {
      if let parameter = byName[binding.path] { table[binding.symbol] = parameter }
    }
    return table
  }

  private static func collect(
    _ json: JSON, path: [String], into list: inout [(path: [String], parameter: TraceParameter)]
  ) {
    if let parameter = read(json) {
      list.append((path, parameter))
    } else if let object = json.object, path.count < 16 {
      for (key, value) in object.pairs { collect(value, path: path + [key], into: &list) }
    }
  }

  private static func read(_ json: JSON) -> TraceParameter? {
    guard let law = DisclosedLaw.read(json), let unit = unit(json) else { return nil }
    return law.nominal.isFinite ? TraceParameter(nominal: law.nominal, unit: unit) : nil
  }

  private static func unit(_ json: JSON) -> Unit? {
    switch json {
    case .number: return .one
    case .text(let text):
      if let quantity = try? Quantity.parse(text) { return quantity.unit }
      guard text.hasPrefix("["), let end = text.firstIndex(of: "]") else { return nil }
      return try? Unit.parse(String(text[text.index(after: end)...].drop { $0 == " " }))
    case .array(let items): return items.first.flatMap(unit)
    case .object: return (json["value"] ?? json["low"] ?? json["one-of"]).flatMap(unit)
    default: return nil
    }
  }
}
