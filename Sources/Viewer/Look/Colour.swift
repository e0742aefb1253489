// A colour as screens and files take it.

import Foundation

/// Red, green, blue and opacity in sRGB, each from 0 to 1.
public struct Colour: Sendable, Hashable {
  public var red: Double
  public var green: Double
  public var blue: Double
  public var alpha: Double

  public init(_ red: Double, _ green: Double, _ blue: Double, alpha: Double = 1) {
    (self.red, self.green, self.blue, self.alpha) = (red, green, blue, alpha)
  }

  /// From 0xRRGGBB.
  public init(hex: UInt32, alpha: Double = 1) {
    self.init(
      Double(hex >> 16 & 255) / 255, Double(hex >> 8 & 255) / 255, Double(hex & 255) / 255,
      alpha: alpha)
  }

  public func opacity(_ alpha: Double) -> Colour { Colour(red, green, blue, alpha: alpha) }

  /// Between this colour (0) and another (1).
  public func mixed(with other: Colour, _ part: Double) -> Colour {
    let t = min(1, max(0, part))
    return Colour(
      red + t * (other.red - red), green + t * (other.green - green),
      blue + t * (other.blue - blue), alpha: alpha + t * (other.alpha - alpha))
  }

  private static func byte(_ x: Double) -> UInt32 { UInt32(min(1, max(0, x)) * 255 + 0.5) }

  /// 0xAABBGGRR.
  var packed: UInt32 {
    let rgb = Colour.byte(red) | Colour.byte(green) << 8 | Colour.byte(blue) << 16
    return rgb | Colour.byte(alpha) << 24
  }

  /// `#rrggbb`.
  public var hex: String {
    let digits = Array("0123456789abcdef")
    return "#"
      + [red, green, blue].map(Colour.byte).map {
        "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])"
      }.joined()
  }

  var floats: SIMD4<Float> {
    SIMD4(Float(red), Float(green), Float(blue), Float(alpha))
  }

  /// Red, green, blue as amounts of light, and opacity.
  var linear: [Double] {
    func light(_ x: Double) -> Double { x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4) }
    return [light(red), light(green), light(blue), alpha]
  }

  /// Relative luminance of WCAG 2.1, from 0 to 1.
  public var luminance: Double {
    let light = linear
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]
  }

  /// Contrast ratio of WCAG 2.1, from 1 to 21.
  public func contrast(to other: Colour) -> Double {
    let (a, b) = (luminance, other.luminance)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }
}
