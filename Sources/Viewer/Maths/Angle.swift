// The few functions of angles that pictures need.

import Foundation

/// Tangent of half an angle in rad.
func tan(half angle: Double) -> Double { tan(0.5 * angle) }

extension Double {
  /// From degrees to rad.
  public static func degrees(_ value: Double) -> Double { value * .pi / 180 }
}
