// The fields of a JSON object: two lists, because most objects have a dozen fields or fewer.
//
// Cost        a field is found by comparing keys; objects of more than `linearLimit` fields have an
//             index by key as well.
// Checked by  JSONTests.

/// The fields of a JSON object in the order in which they were written.
public struct JSONObject: Sendable, Hashable {
  private static let linearLimit = 16

  public private(set) var keys: [String] = []
  /// In the order of the keys.
  private var values: [JSON] = []
  /// Place of each key; empty up to `linearLimit` fields.
  private var places: [String: Int] = [:]

  public init() {}

  /// Builds an object from pairs; a `nil` value leaves its key out.
  public init(_ pairs: [(String, JSON?)]) {
    keys.reserveCapacity(pairs.count)
    values.reserveCapacity(pairs.count)
    for (key, value) in pairs { if let value { self[key] = value } }
  }

  private func place(of key: String) -> Int? {
    places.isEmpty ? keys.firstIndex(of: key) : places[key]
  }

  func contains(_ key: String) -> Bool { place(of: key) != nil }

  /// Adds a field whose key is not there yet.
  mutating func append(_ key: String, _ value: JSON) {
    keys.append(key)
    values.append(value)
    if !places.isEmpty {
      places[key] = keys.count - 1
    } else if keys.count > JSONObject.linearLimit {
      index()
    }
  }

  private mutating func index() {
    places.removeAll()
    guard keys.count > JSONObject.linearLimit else { return }
    for (place, key) in keys.enumerated() { places[key] = place }
  }

  /// The value of a field; assigning `nil` removes it, assigning to a new key appends it.
  public subscript(key: String) -> JSON? {
    get { place(of: key).map { values[$0] } }
    set {
      let place = place(of: key)
      if let newValue {
        if let place { values[place] = newValue } else { append(key, newValue) }
      } else if let place {
        keys.remove(at: place)
        values.remove(at: place)
        index()
      }
    }
  }

  /// Fields as pairs, in order.
  public var pairs: [(key: String, value: JSON)] { zip(keys, values).map { ($0, $1) } }
  public var isEmpty: Bool { keys.isEmpty }

  /// Calls a closure with each field, in order.
  func forEach(_ body: (String, JSON) -> Void) {
    for place in keys.indices { body(keys[place], values[place]) }
  }

  /// Calls a closure with each field, keys in the order of their UTF-16 code units.
  func forEachSorted(_ body: (String, JSON) -> Void) {
    let isPlain = keys.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
    // of ASCII texts Swift's order is that of the code units, and much faster
    let order =
      isPlain
      ? keys.indices.sorted { keys[$0] < keys[$1] }
      : keys.indices.sorted { keys[$0].utf16.lexicographicallyPrecedes(keys[$1].utf16) }
    for place in order { body(keys[place], values[place]) }
  }
}
