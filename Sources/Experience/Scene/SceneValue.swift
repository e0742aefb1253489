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

  /// The value at a path such as `start.height`.
  public func value(at path: String) -> SceneValue? {
    let keys = path.split(separator: ".").map(String.init)
    guard let last = keys.last else { return nil }
    var section = self
    for key in keys.dropLast() {
      guard let inner = section.section(key) else { return nil }
      section = inner
    }
    return section[last]
  }

  /// Replaces the value at a path whose enclosing sections exist.
  public mutating func replace(at path: String, by value: SceneValue) -> Bool {
    guard let dot = path.firstIndex(of: ".") else {
      guard self[path] != nil else { return false }
      set(path, value)
      return true
    }
    let key = String(path[..<dot])
    guard var inner = section(key) else { return false }
    guard inner.replace(at: String(path[path.index(after: dot)...]), by: value) else {
      return false
    }
    set(key, .section(inner))
    return true
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
