// Reads JSON text. Accepts what RFC 8259 accepts, and the number words NaN, Infinity and -Infinity.
//
// Limits      64 levels of nesting; a duplicate key is an error, because two values for one fact
//             cannot both be meant.
// Checked by  JSONTests.

/// Why a text is no JSON, with the byte offset of the place.
public struct JSONError: Error, Sendable, Hashable {
  public let offset: Int
  public let message: String
}

extension JSON {
  /// Reads one value; only blanks may follow it.
  public static func parse(_ text: String) throws(JSONError) -> JSON {
    var parser = JSONParser(bytes: Array(text.utf8))
    let value = try parser.value(depth: 0)
    parser.skipBlanks()
    guard parser.position == parser.bytes.count else {
      throw parser.error("text after the end of the value")
    }
    return value
  }

  /// Reads the first object that stands in a reply; what comes after it does not count.
  public static func firstObject(in text: String) throws(JSONError) -> JSON {
    var parser = JSONParser(bytes: Array(text.utf8))
    guard let brace = parser.bytes.firstIndex(of: UInt8(ascii: "{")) else {
      throw JSONError(offset: 0, message: "no JSON object")
    }
    parser.position = brace
    return try parser.value(depth: 0)
  }
}

struct JSONParser {
  static let depthLimit = 64

  private(set) var bytes: [UInt8]
  var position = 0
  /// Values of the outermost object that earlier texts had as well; `nil`: none are kept.
  var memory: JSONMemory?

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Goes on with another text, and with what is remembered of the last ones.
  mutating func restart(_ bytes: [UInt8]) { (self.bytes, position) = (bytes, 0) }

  func error(_ message: String) -> JSONError { JSONError(offset: position, message: message) }

  mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0a, 0x0d: position += 1
      default: return
      }
    }
  }

  mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard depth < JSONParser.depthLimit else {
      throw error("nested deeper than \(JSONParser.depthLimit) levels")
    }
    skipBlanks()
    guard position < bytes.count else { throw error("the text ends where a value should stand") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return .object(try object(depth: depth))
    case UInt8(ascii: "["): return .array(try array(depth: depth))
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N"): return try word("NaN", .number(.nan))
    case UInt8(ascii: "I"): return try word("Infinity", .number(.infinity))
    default: return .number(try number())
    }
  }

  mutating func word(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
    let end = position + word.utf8.count
    guard end <= bytes.count, bytes[position..<end].elementsEqual(word.utf8) else {
      throw error("not a JSON value")
    }
    position = end
    return value
  }

  /// The value of a field of the outermost object, from memory if it stands there byte by byte.
  private mutating func remembered(_ key: String) throws(JSONError) -> JSON {
    skipBlanks()
    if let known = memory?.value(of: key, at: position, in: bytes) {
      position += known.length
      return known.value
    }
    let start = position
    let value = try value(depth: 1)
    memory?.keep(value, of: key, bytes[start..<position])
    return value
  }

  private mutating func array(depth: Int) throws(JSONError) -> [JSON] {
    position += 1
    var values: [JSON] = []
    skipBlanks()
    if position < bytes.count, bytes[position] == UInt8(ascii: "]") {
      position += 1
      return values
    }
    while true {
      values.append(try value(depth: depth + 1))
      skipBlanks()
      guard position < bytes.count else { throw error("the list is not closed") }
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "]") { return values }
      guard byte == UInt8(ascii: ",") else {
        position -= 1
        throw error("expected `,` or `]` in the list")
      }
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
    position += 1
    var object = JSONObject()
    skipBlanks()
    if position < bytes.count, bytes[position] == UInt8(ascii: "}") {
      position += 1
      return object
    }
    while true {
      skipBlanks()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw error("expected a key in quotation marks")
      }
      let place = position
      let key = try string()
      guard !object.contains(key) else {
        throw JSONError(offset: place, message: "the key `\(key)` stands twice in one object")
      }
      skipBlanks()
      guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else {
        throw error("expected `:` after the key `\(key)`")
      }
      position += 1
      object.append(
        key, depth == 0 && memory != nil ? try remembered(key) : try value(depth: depth + 1))
      skipBlanks()
      guard position < bytes.count else { throw error("the object is not closed") }
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "}") { return object }
      guard byte == UInt8(ascii: ",") else {
        position -= 1
        throw error("expected `,` or `}` in the object")
      }
    }
  }

  private mutating func string() throws(JSONError) -> String {
    position += 1
    // most texts have no escape and are taken as they stand
    let first = run()
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
      position += 1
      return try text(first, in: bytes)
    }
    var content = Array(bytes[first])
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return try text(content.indices, in: content)
      case UInt8(ascii: "\\"):
        position += 1
        try escape(into: &content)
      case 0..<0x20: throw error("a control character inside a text")
      default: content.append(contentsOf: bytes[run()])
      }
    }
    throw error("the text is not closed")
  }

  /// Passes the bytes up to the next quotation mark, escape or control character.
  private mutating func run() -> Range<Int> {
    let start = position
    var index = position
    bytes.withUnsafeBufferPointer { bytes in
      while index < bytes.count, bytes[index] >= 0x20, bytes[index] != UInt8(ascii: "\""),
        bytes[index] != UInt8(ascii: "\\")
      {
        index += 1
      }
    }
    position = index
    return start..<index
  }

  private func text(_ range: Range<Int>, in bytes: [UInt8]) throws(JSONError) -> String {
    let text = bytes.withUnsafeBufferPointer {
      String(validating: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self)
    }
    guard let text else { throw error("the text is not UTF-8") }
    return text
  }

  private mutating func escape(into content: inout [UInt8]) throws(JSONError) {
    guard position < bytes.count else { throw error("the text is not closed") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0c)
    case UInt8(ascii: "n"): content.append(0x0a)
    case UInt8(ascii: "r"): content.append(0x0d)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if code >= 0xd800, code < 0xdc00, position + 1 < bytes.count,
        bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        let low = try hexadecimal()
        guard low >= 0xdc00, low < 0xe000 else { throw error("half a surrogate pair") }
        code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw error("half a surrogate pair") }
      content.append(contentsOf: String(Character(scalar)).utf8)
    default: throw error("unknown escape in a text")
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    // Swift's reader of numbers would take a sign too
    guard position + 4 <= bytes.count,
      bytes[position] != UInt8(ascii: "+"), bytes[position] != UInt8(ascii: "-"),
      let code = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw error("four hexadecimal digits must follow \\u") }
    position += 4
    return code
  }
}
