// The one grammar of numbers in scenes and predictions: [+-]? digits [. digits] [e [+-] digits].
//
// Dot only, no thousands mark, no base 60 (`1:30`), no words; the value must be finite.

public enum NumberGrammar {
  /// Why a text is no number.
  public enum Failure: Error, Sendable, Hashable {
    case unparseable
    case nonfinite
  }

  /// Length in bytes of the longest number at the start of `bytes`; 0 if there is none.
  public static func prefixLength(_ bytes: ArraySlice<UInt8>) -> Int {
    var index = bytes.startIndex
    func digits() -> Int {
      let start = index
      while index < bytes.endIndex, bytes[index] >= 48, bytes[index] <= 57 { index += 1 }
      return index - start
    }
    if index < bytes.endIndex, bytes[index] == 43 || bytes[index] == 45 { index += 1 }
    guard digits() > 0 else { return 0 }
    if index < bytes.endIndex, bytes[index] == UInt8(ascii: ".") {
      let point = index
      index += 1
      if digits() == 0 { index = point }
    }
    if index < bytes.endIndex, bytes[index] | 0x20 == UInt8(ascii: "e") {
      let mark = index
      index += 1
      if index < bytes.endIndex, bytes[index] == 43 || bytes[index] == 45 { index += 1 }
      if digits() == 0 { index = mark }
    }
    return index - bytes.startIndex
  }

  /// Digits with at most one point between them, 15 at most: one division of two exact doubles rounds
  /// as the library's reader does. `nil`: another form.
  private static func plain(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { bytes in
      guard !bytes.isEmpty, bytes.count <= 16 else { return nil }
      var mantissa: UInt64 = 0
      var (digits, point) = (0, -1)
      for byte in bytes {
        if byte == UInt8(ascii: ".") {
          guard point < 0, digits > 0 else { return nil }
          point = digits
        } else {
          guard byte >= 48, byte <= 57 else { return nil }
          mantissa = mantissa * 10 + UInt64(byte - 48)
          digits += 1
        }
      }
      guard digits <= 15, digits > 0, point < digits else { return nil }
      return point < 0 ? Double(mantissa) : Double(mantissa) / PowersOfTen.exact[digits - point]
    }
  }

  /// Reads a text that is one number and nothing else.
  public static func parse(_ text: String) throws(Failure) -> Double {
    if let value = plain(text) { return value }
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { throw .unparseable }
    guard prefixLength(bytes[...]) == bytes.count else {
      let word = text.lowercased().drop { $0 == "+" || $0 == "-" || $0 == "." }
      throw ["nan", "inf", "infinity"].contains(String(word)) ? .nonfinite : .unparseable
    }
    guard let value = Double(text), value.isFinite else { throw .nonfinite }
    return value
  }
}
