// A number rounded to some decimals as text, without zeros behind the last figure that says something.
//
// Method      n = |x|·10^d, rounded; its figures are those of `%.*f` unless |x|·10^d, which one rounding
//             moves by less than 10⁻⁴ below 2^40, is nearer than that to a half. Such a number, a larger one
//             and one that rounds to 0 are left to the C library.
// Checked by  WordingTests (against the C library).

import Experience

enum RoundedText {
  /// `nil`: the C library must print it.
  static func trimmed(_ value: Double, decimals: Int) -> String? {
    guard decimals >= 0, decimals <= 15 else { return nil }
    let scaled = abs(value) * PowersOfTen.exact[decimals]
    guard scaled < 0x1p40 else { return nil }
    let floor = scaled.rounded(.down)
    let rest = scaled - floor
    guard abs(rest - 0.5) > 1e-3 else { return nil }
    var figures = UInt64(floor) + (rest > 0.5 ? 1 : 0)
    guard figures > 0 else { return nil }
    var decimals = decimals
    while decimals > 0, figures % 10 == 0 {
      figures /= 10
      decimals -= 1
    }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { buffer in
      var (place, written) = (40, 0)
      while figures > 0 || written <= decimals {
        if written == decimals, decimals > 0 {
          place -= 1
          buffer[place] = UInt8(ascii: ".")
        }
        place -= 1
        buffer[place] = 48 + UInt8(figures % 10)
        figures /= 10
        written += 1
      }
      if value < 0 {
        place -= 1
        buffer[place] = UInt8(ascii: "-")
      }
      return String(decoding: buffer[place...], as: UTF8.self)
    }
  }
}
