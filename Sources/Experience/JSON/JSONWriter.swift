// Writes JSON: one line, fields in order; or the canonical form of RFC 8785 for hashes.
//
// Source      RFC 8785 (JSON Canonicalization Scheme): sorted keys by UTF-16 code units, numbers as
//             ECMAScript prints them, minimal escapes, no blanks.
// Checked by  JSONTests (examples of RFC 8785 appendix B, round trips).

extension JSON {
  /// One line without blanks, fields in the order of the object.
  public var line: String {
    var out = ""
    write(to: &out, sorted: false)
    return out
  }

  /// The canonical text of RFC 8785.
  public var canonical: String {
    var out = ""
    write(to: &out, sorted: true)
    return out
  }

  private func write(to out: inout String, sorted: Bool) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .number(let value): out += JSON.text(of: value)
    case .text(let value): JSON.write(value, to: &out)
    case .array(let values):
      out += "["
      for (index, value) in values.enumerated() {
        if index > 0 { out += "," }
        value.write(to: &out, sorted: sorted)
      }
      out += "]"
    case .object(let object):
      out += "{"
      let keys =
        sorted
        ? object.keys.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) } : object.keys
      for (index, key) in keys.enumerated() {
        if index > 0 { out += "," }
        JSON.write(key, to: &out)
        out += ":"
        (object[key] ?? .null).write(to: &out, sorted: sorted)
      }
      out += "}"
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

  private static func write(_ text: String, to out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\u{8}": out += "\\b"
      case "\u{c}": out += "\\f"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
