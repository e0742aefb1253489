// Numbers as people read them: as many digits as the band allows, a true minus, the unit.
//
// Checked by PictureTests.

import Foundation

public enum ValueText {
  /// A number with at most `digits` significant digits and no trailing zeros.
  public static func number(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return value.isNaN ? "no number" : value < 0 ? "−∞" : "∞" }
    if value == 0 { return "0" }
    let size = abs(value)
    if size >= 1e6 || size < 1e-4 {
      let parts = String(format: "%.\(max(0, digits - 1))e", value).split(separator: "e")
      let exponent = parts.last.flatMap { Int($0) } ?? 0
      var mantissa = String(parts[0])
      if mantissa.contains(".") {
        while mantissa.last == "0" { mantissa.removeLast() }
        if mantissa.last == "." { mantissa.removeLast() }
      }
      return minus("\(mantissa)e\(exponent)")
    }
    let place = Int(floor(log10(size)))
    var text = String(format: "%.\(max(0, digits - 1 - place))f", value)
    if text.contains(".") {
      while text.last == "0" { text.removeLast() }
      if text.last == "." { text.removeLast() }
    }
    return minus(text)
  }

  /// With its unit; "1" is no unit.
  public static func quantity(_ value: Double, _ unit: String, digits: Int = 3) -> String {
    let text = number(value, digits: digits)
    return unit == "1" || unit.isEmpty ? text : "\(text) \(unit)"
  }

  /// With sign, for differences.
  public static func difference(_ value: Double, _ unit: String, digits: Int = 2) -> String {
    let text = quantity(value, unit, digits: digits)
    return value > 0 ? "+" + text : text
  }

  /// Value and half-width of its band, both to the first two digits of the band, at most seven
  /// digits of the value.
  public static func banded(_ value: Double, _ band: Double, _ unit: String) -> String {
    guard value.isFinite, band.isFinite, band > 0 else { return quantity(value, unit, digits: 5) }
    let size = max(abs(value), band)
    let wanted = Int(floor(log10(size))) - Int(floor(log10(band))) + 1
    let shown = quantity(value, "1", digits: min(7, max(1, wanted)))
    let suffix = unit == "1" || unit.isEmpty ? "" : " \(unit)"
    return "\(shown) ± \(number(band, digits: 1))\(suffix)"
  }

  /// A time in s with steps of a millisecond.
  public static func time(_ seconds: Double) -> String {
    minus(String(format: "%.3f s", seconds == 0 ? 0 : seconds))
  }

  /// 1, 2 or 5 times a power of ten: the largest that is not above the limit.
  public static func roundStep(below limit: Double) -> Double {
    guard limit > 0, limit.isFinite else { return 1 }
    let power = pow(10, floor(log10(limit)))
    for factor in [5.0, 2.0] where factor * power <= limit * (1 + 1e-12) { return factor * power }
    return power
  }

  /// A length in the unit that gives the fewest digits.
  public static func length(_ metres: Double) -> String {
    let size = abs(metres)
    if size >= 1000 { return quantity(metres / 1000, "km") }
    if size >= 1 || size == 0 { return quantity(metres, "m") }
    if size >= 0.01 { return quantity(metres * 100, "cm") }
    if size >= 1e-3 { return quantity(metres * 1e3, "mm") }
    return quantity(metres * 1e6, "µm")
  }

  private static func minus(_ text: String) -> String {
    text.replacingOccurrences(of: "-", with: "−")
  }
}
