// What the typed reader has understood of a file: values in SI with the place they came from.

public indirect enum SceneValue: Sendable {
  case quantity(Quantity, QuantityKind)
  case vector([Quantity], QuantityKind)
  case direction([Double])
  case integer(Int)
  case flag(Bool)
  case text(String)
  case word(String)
  case section(SceneSection)
  case list([SceneValue])
}

/// A mapping that has been read.
public struct SceneSection: Sendable {
  public struct Entry: Sendable {
    public let key: String
    public var value: SceneValue
    /// Place of the value; absent for a default.
    public let mark: SourceMark?
    public var isDefault: Bool { mark == nil }
  }
  public private(set) var entries: [Entry] = []
  public let mark: SourceMark?

  public init(mark: SourceMark?) { self.mark = mark }

  public subscript(key: String) -> SceneValue? { entry(key)?.value }
  public func entry(_ key: String) -> Entry? { entries.first { $0.key == key } }

  public mutating func set(_ key: String, _ value: SceneValue, mark: SourceMark? = nil) {
    if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index] = Entry(key: key, value: value, mark: mark ?? entries[index].mark)
    } else {
      entries.append(Entry(key: key, value: value, mark: mark))
    }
  }

  public mutating func remove(_ key: String) { entries.removeAll { $0.key == key } }

  public func section(_ key: String) -> SceneSection? {
    if case .section(let section) = self[key] { section } else { nil }
  }
  public func quantity(_ key: String) -> Quantity? {
    if case .quantity(let quantity, _) = self[key] { quantity } else { nil }
  }
  public func vector(_ key: String) -> [Quantity]? {
    if case .vector(let quantities, _) = self[key] { quantities } else { nil }
  }
  public func integer(_ key: String) -> Int? {
    if case .integer(let value) = self[key] { value } else { nil }
  }
  public func flag(_ key: String) -> Bool? {
    if case .flag(let value) = self[key] { value } else { nil }
  }
  public func text(_ key: String) -> String? {
    switch self[key] {
    case .text(let text), .word(let text): text
    default: nil
    }
  }
  public func list(_ key: String) -> [SceneValue]? {
    if case .list(let values) = self[key] { values } else { nil }
  }

  /// The value at a path such as `start.height`, `bodies.bob.mass`, `contacts.0.friction.static` or
  /// `start.velocity.x`: items of lists by their name or number, components by their axis.
  public func value(at path: String) -> SceneValue? {
    SceneValue.section(self).value(at: path.split(separator: ".")[...])
  }

  /// Replaces the value at a path whose enclosing values exist.
  public mutating func replace(at path: String, by value: SceneValue) -> Bool {
    var whole = SceneValue.section(self)
    guard whole.replace(at: path.split(separator: ".")[...], by: value),
      case .section(let section) = whole
    else { return false }
    self = section
    return true
  }
}

extension SceneValue {
  private static let axes = ["x", "y", "z"]

  /// Position of an item of a list: of the one with that name, or with that number from 0.
  private static func index(of key: Substring, in list: [SceneValue]) -> Int? {
    let named = list.firstIndex { item in
      if case .section(let section) = item { section.text("name") == String(key) } else { false }
    }
    return named ?? Int(key).flatMap { list.indices.contains($0) ? $0 : nil }
  }

  fileprivate func value(at keys: ArraySlice<Substring>) -> SceneValue? {
    guard let key = keys.first else { return self }
    let rest = keys.dropFirst()
    switch self {
    case .section(let section): return section[String(key)]?.value(at: rest)
    case .list(let items):
      return SceneValue.index(of: key, in: items).flatMap { items[$0].value(at: rest) }
    case .vector(let components, let kind):
      guard rest.isEmpty, let axis = SceneValue.axes.firstIndex(of: String(key)) else { return nil }
      return .quantity(components[axis], kind)
    default: return nil
    }
  }

  fileprivate mutating func replace(at keys: ArraySlice<Substring>, by value: SceneValue) -> Bool {
    guard let key = keys.first else {
      self = value
      return true
    }
    let rest = keys.dropFirst()
    switch self {
    case .section(var section):
      guard var inner = section[String(key)], inner.replace(at: rest, by: value) else {
        return false
      }
      section.set(String(key), inner)
      self = .section(section)
    case .list(var items):
      guard let index = SceneValue.index(of: key, in: items),
        items[index].replace(at: rest, by: value)
      else { return false }
      self = .list(items)
    case .vector(var components, let kind):
      guard rest.isEmpty, let axis = SceneValue.axes.firstIndex(of: String(key)),
        case .quantity(let quantity, _) = value
      else { return false }
      components[axis] = quantity
      self = .vector(components, kind)
    default: return false
    }
    return true
  }

  /// Paths of all quantities inside.
  func paths(prefix: String) -> [String] {
    let dot = prefix.isEmpty ? "" : prefix + "."
    switch self {
    case .quantity: return [prefix]
    case .vector: return SceneValue.axes.map { dot + $0 }
    case .section(let section):
      return section.entries.flatMap { $0.value.paths(prefix: dot + $0.key) }
    case .list(let items):
      return items.enumerated().flatMap { number, item in
        var key = String(number)
        if case .section(let section) = item, let name = section.text("name") { key = name }
        return item.paths(prefix: dot + key)
      }
    default: return []
    }
  }
}

extension SceneValue {
  /// In SI, in a form that the reader takes back to the same law.
  public var json: JSON {
    switch self {
    case .quantity(let quantity, let kind): return Quantity.json(of: quantity.law, unit: kind.unit)
    case .vector(let components, let kind):
      if components.allSatisfy(\.law.isExact) {
        let numbers = components.map { JSON.text(of: $0.nominal) }.joined(separator: ", ")
        return .text("[\(numbers)]" + (kind.unit == "1" ? "" : " \(kind.unit)"))
      }
      return .array(components.map { Quantity.json(of: $0.law, unit: kind.unit) })
    case .direction(let numbers): return .numbers(numbers)
    case .integer(let value): return .number(Double(value))
    case .flag(let value): return .bool(value)
    case .text(let text), .word(let text): return .text(text)
    case .section(let section): return section.json
    case .list(let values): return .array(values.map(\.json))
    }
  }
}

extension SceneSection {
  public var json: JSON { .object(entries.map { ($0.key, $0.value.json) }) }
}
