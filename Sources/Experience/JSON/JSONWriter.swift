// Writes JSON: one line, fields in order; or the canonical form of RFC 8785 for hashes.
//
// Source      RFC 8785 (JSON Canonicalization Scheme): sorted keys by UTF-16 code units, numbers as
//             ECMAScript prints them, minimal escapes, no blanks.
// Checked by  JSONTests (examples of RFC 8785 appendix B, round trips).

extension JSON {
  /// One line without blanks, fields in the order of the object.
  public var line: String { text(sorted: false) }

  /// The canonical text of RFC 8785.
  public var canonical: String { text(sorted: true) }

  private func text(sorted: Bool) -> String {
    var out: [UInt8] = []
    write(to: &out, sorted: sorted)
    return String(decoding: out, as: UTF8.self)
  }

  /// Appends the line in UTF-8.
  public func write(to out: inout [UInt8]) { write(to: &out, sorted: false) }

  private func write(to out: inout [UInt8], sorted: Bool) {
    switch self {
    case .null: out.append(contentsOf: "null".utf8)
    case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let value): JSON.write(value, to: &out)
    case .text(let value): JSON.write(value, to: &out)
    case .array(let values):
      out.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        value.write(to: &out, sorted: sorted)
      }
      out.append(UInt8(ascii: "]"))
    case .object(let object):
      out.append(UInt8(ascii: "{"))
      var isFirst = true
      func field(_ key: String, _ value: JSON) {
        if !isFirst { out.append(UInt8(ascii: ",")) }
        isFirst = false
        JSON.write(key, to: &out)
        out.append(UInt8(ascii: ":"))
        value.write(to: &out, sorted: sorted)
      }
      if sorted { object.forEachSorted(field) } else { object.forEach(field) }
      out.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ value: Double, to out: inout [UInt8]) {
    guard value.isFinite, value != 0 else { return out.append(contentsOf: text(of: value).utf8) }
    let start = out.count
    out.append(contentsOf: value.description.utf8)
    // without an exponent Swift's layout is ECMAScript's, but for whole numbers
    if out[start...].contains(UInt8(ascii: "e")) {
      out.removeLast(out.count - start)
      out.append(contentsOf: text(of: value).utf8)
    } else if out[out.count - 1] == UInt8(ascii: "0"), out[out.count - 2] == UInt8(ascii: ".") {
      out.removeLast(2)
    }
  }

  /// Shortest decimal that reads back to the same double, in ECMAScript's layout.
  /// Not-a-number and infinities have no JSON form and become `null`.
  public static func text(of value: Double) -> String {
    guard value.isFinite else { return "null" }
    if value == 0 { return "0" }
    if value < 0 { return "-" + text(of: -value) }

    // Swift prints the shortest digits too, only its layout differs
    var digits: [UInt8] = []
    var pointAfter = 0
    var exponent = 0
    var seenPoint = false
    var bytes = value.description.utf8[...]
    while let byte = bytes.popFirst() {
      if byte == UInt8(ascii: ".") {
        seenPoint = true
      } else if byte == UInt8(ascii: "e") {
        exponent = Int(String(bytes) ?? "0") ?? 0
        break
      } else {
        digits.append(byte)
        if !seenPoint { pointAfter += 1 }
      }
    }
    pointAfter += exponent
    while digits.first == UInt8(ascii: "0") {
      digits.removeFirst()
      pointAfter -= 1
    }
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }

    let figures = String(decoding: digits, as: UTF8.self)
    let count = digits.count
    if count <= pointAfter, pointAfter <= 21 {
      return figures + String(repeating: "0", count: pointAfter - count)
    }
    if pointAfter > 0, pointAfter <= 21 {
      return figures.prefix(pointAfter) + "." + figures.dropFirst(pointAfter)
    }
    if pointAfter > -6, pointAfter <= 0 {
      return "0." + String(repeating: "0", count: -pointAfter) + figures
    }
    let power = pointAfter - 1
    let mantissa = count == 1 ? figures : figures.prefix(1) + "." + figures.dropFirst(1)
    return mantissa + "e" + (power < 0 ? "-" : "+") + String(abs(power))
  }

  private static func write(_ text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      for (index, byte) in bytes.enumerated() {
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
          continue
        }
        out.append(contentsOf: bytes[start..<index])
        start = index + 1
        out.append(contentsOf: escape(byte).utf8)
      }
      out.append(contentsOf: bytes[start...])
    }
    out.append(UInt8(ascii: "\""))
  }

  private static func escape(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "\""): return "\\\""
    case UInt8(ascii: "\\"): return "\\\\"
    case 0x08: return "\\b"
    case 0x0c: return "\\f"
    case 0x0a: return "\\n"
    case 0x0d: return "\\r"
    case 0x09: return "\\t"
    default:
      let hex = String(byte, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    }
  }
}
