// JSON as the records of this project need it: ordered fields, exact numbers, a canonical text.
//
// Why not Foundation's: predictions are written by models and contain NaN, Infinity and 1e400,
// which must be told apart from broken text (`nonfinite`, not `unparseable`); canonical hashes need
// RFC 8785 numbers; and an error must name its column. May touch: nothing but its input.

/// A JSON value. Numbers are doubles; NaN and infinities can be read, but never written.
public enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case array([JSON])
  case object(JSONObject)
}

extension JSON {
  public static func object(_ pairs: [(String, JSON?)]) -> JSON { .object(JSONObject(pairs)) }
  public static func numbers(_ values: [Double]) -> JSON { .array(values.map { .number($0) }) }
  public static func texts(_ values: [String]) -> JSON { .array(values.map { .text($0) }) }

  /// The field of an object, or `nil` when there is none or this is no object.
  public subscript(key: String) -> JSON? {
    if case .object(let object) = self { return object[key] }
    return nil
  }

  public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
  public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
  public var text: String? { if case .text(let value) = self { value } else { nil } }
  public var number: Double? { if case .number(let value) = self { value } else { nil } }
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// The numbers of an array, or `nil` if any element is something else.
  public var numbers: [Double]? {
    guard case .array(let values) = self else { return nil }
    var numbers: [Double] = []
    numbers.reserveCapacity(values.count)
    for value in values {
      guard case .number(let number) = value else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// The texts of an array, or `nil` if any element is something else.
  public var texts: [String]? {
    guard case .array(let values) = self else { return nil }
    var texts: [String] = []
    for value in values {
      guard case .text(let text) = value else { return nil }
      texts.append(text)
    }
    return texts
  }

  /// What this is, for messages: "an object", "a number", …
  public var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .text: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
