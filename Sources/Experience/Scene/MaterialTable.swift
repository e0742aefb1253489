// Materials and surface pairs, each number with source, tolerance and range.
//
// Read from the text of assets/materials.yaml, which travels inside the executable.

/// A property with where it comes from.
public struct SourcedQuantity: Sendable, Hashable {
  /// Centre, in SI.
  public let value: Double
  /// Half-width that a user should assume, in SI.
  public let tolerance: Double
  /// Plausible range, in SI.
  public let range: ClosedRange<Double>
  public let unit: String
  public let source: String
  /// Whether the number was compared with its source.
  public let isChecked: Bool
  /// Approach speeds for which it holds, in m/s.
  public let speeds: ClosedRange<Double>?
}

public struct Material: Sendable, Hashable {
  public let name: String
  public let about: String
  public let properties: [(name: String, value: SourcedQuantity)]

  public subscript(property: String) -> SourcedQuantity? {
    properties.first { $0.name == property }?.value
  }
  public static func == (a: Material, b: Material) -> Bool { a.name == b.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// Two surfaces that meet; their order does not matter.
public struct SurfacePair: Sendable {
  public let first: String
  public let second: String
  public let properties: [(name: String, value: SourcedQuantity)]

  public subscript(property: String) -> SourcedQuantity? {
    properties.first { $0.name == property }?.value
  }
}

public struct MaterialTable: Sendable {
  public let materials: [Material]
  public let fluids: [Material]
  public let pairs: [SurfacePair]

  public static let empty = MaterialTable(materials: [], fluids: [], pairs: [])

  init(materials: [Material], fluids: [Material], pairs: [SurfacePair]) {
    (self.materials, self.fluids, self.pairs) = (materials, fluids, pairs)
  }

  public func material(_ name: String) -> Material? { materials.first { $0.name == name } }

  public func pair(_ a: String, _ b: String) -> SurfacePair? {
    pairs.first { ($0.first == a && $0.second == b) || ($0.first == b && $0.second == a) }
  }

  private static let any = QuantityKind(.none, unit: "1")

  /// Reads the table's text.
  public static func parse(_ source: SourceText) throws(DiagnosticList) -> MaterialTable {
    let tree = try SourceNode.parse(source)
    var errors: [Diagnostic] = []
    func fields(_ node: SourceNode?) -> [(key: String, value: SourceNode)] {
      guard case .mapping(let pairs)? = node?.content else { return [] }
      return pairs.map { ($0.key.scalar ?? "", $0.value) }
    }
    func child(_ node: SourceNode, _ key: String) -> SourceNode? {
      fields(node).first { $0.key == key }?.value
    }
    func quantity(_ node: SourceNode?) -> Quantity? {
      guard let node, let text = node.scalar else { return nil }
      if let quantity = try? Quantity.parse(text) { return quantity }
      errors.append(source.diagnostic("S006", "`\(text)` is not a quantity", at: node.mark))
      return nil
    }
    func properties(_ node: SourceNode) -> [(name: String, value: SourcedQuantity)] {
      var list: [(name: String, value: SourcedQuantity)] = []
      for (key, value) in fields(node) {
        guard case .mapping = value.content else { continue }
        guard let centre = quantity(child(value, "value")), let low = quantity(child(value, "low")),
          let high = quantity(child(value, "high")), low.nominal <= high.nominal,
          let cited = child(value, "source")?.scalar
        else {
          errors.append(
            source.diagnostic(
              "S004", "`\(key)` needs value, low, high and source", at: value.mark))
          continue
        }
        var speeds: ClosedRange<Double>?
        if let speed = child(value, "speed"), let slow = quantity(child(speed, "low")),
          let fast = quantity(child(speed, "high")), slow.nominal <= fast.nominal
        {
          speeds = slow.nominal...fast.nominal
        }
        list.append(
          (
            key,
            SourcedQuantity(
              value: centre.nominal, tolerance: quantity(child(value, "tolerance"))?.nominal ?? 0,
              range: low.nominal...high.nominal, unit: centre.unit.symbol, source: cited,
              isChecked: child(value, "checked")?.scalar == "true", speeds: speeds)
          ))
      }
      return list
    }
    func materials(_ key: String) -> [Material] {
      fields(child(tree, key)).map { name, node in
        Material(
          name: name, about: child(node, "about")?.scalar ?? "", properties: properties(node))
      }
    }
    var pairs: [SurfacePair] = []
    if case .sequence(let nodes)? = child(tree, "pairs")?.content {
      for node in nodes {
        guard case .sequence(let names)? = child(node, "between")?.content, names.count == 2,
          let first = names[0].scalar, let second = names[1].scalar
        else {
          errors.append(source.diagnostic("S004", "a pair needs `between: [a, b]`", at: node.mark))
          continue
        }
        pairs.append(SurfacePair(first: first, second: second, properties: properties(node)))
      }
    }
    let table = MaterialTable(
      materials: materials("materials"), fluids: materials("fluids"), pairs: pairs)
    guard errors.isEmpty else { throw DiagnosticList(errors) }
    return table
  }
}
