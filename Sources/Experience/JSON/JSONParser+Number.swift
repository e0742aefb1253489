// Numbers of JSON texts.
//
// Method      digits are gathered in a 64-bit integer m and a power of ten e. If m ≤ 2^53 and |e| ≤ 22,
//             both m and 10^|e| are doubles and one multiplication or division rounds correctly.
//             Anything else is left to the library's reader.
// Source      Clinger 1990, How to read floating point numbers accurately, PLDI '90, 92.
// Checked by  JSONTests (against the library's reader).

extension JSONParser {
  /// Digits from `index` on, which moves behind them.
  private func digits(
    _ index: inout Int, into mantissa: inout UInt64, count: inout Int
  ) {
    while index < bytes.count, bytes[index] >= 48, bytes[index] <= 57 {
      // 19 digits always fit; more of them are not used
      if count < 19 { mantissa = mantissa * 10 + UInt64(bytes[index] - 48) }
      count += 1
      index += 1
    }
  }

  mutating func number() throws(JSONError) -> Double {
    let start = position
    var index = position
    let isNegative = index < bytes.count && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    if isNegative, index < bytes.count, bytes[index] == UInt8(ascii: "I") {
      position = index
      _ = try word("Infinity", .null)
      return -.infinity
    }
    let firstDigit = index
    var mantissa: UInt64 = 0
    var (count, power, decimals) = (0, 0, 0)
    digits(&index, into: &mantissa, count: &count)
    guard index > firstDigit, index == firstDigit + 1 || bytes[firstDigit] != 48 else {
      throw error("not a JSON value")
    }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      let fraction = index
      digits(&index, into: &mantissa, count: &count)
      decimals = index - fraction
      guard decimals > 0 else { throw error("a digit must follow the decimal point") }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      let isDown = index < bytes.count && bytes[index] == 45
      if index < bytes.count, bytes[index] == 43 || bytes[index] == 45 { index += 1 }
      let exponent = index
      var (value, places): (UInt64, Int) = (0, 0)
      digits(&index, into: &value, count: &places)
      guard index > exponent else { throw error("a digit must follow the exponent sign") }
      let size = Int(min(value, 100_000))
      power = isDown ? -size : size
    }
    position = index
    let shift = power - decimals
    if count <= 19, mantissa <= 1 << 53, abs(shift) <= 22 {
      let whole = Double(mantissa)
      let scale = PowersOfTen.exact[abs(shift)]
      let value = shift < 0 ? whole / scale : whole * scale
      return isNegative ? -value : value
    }
    // an overflow reads as infinity here, and the reader of the field refuses it by name
    guard let value = Double(String(decoding: bytes[start..<index], as: UTF8.self)) else {
      throw error("not a number")
    }
    return value
  }
}
