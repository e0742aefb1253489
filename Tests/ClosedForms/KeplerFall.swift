// Radial fall towards a point mass.
//
// Equation        r'' = -GM / r^2, from rest at r0:
//                 t = sqrt(r0^3 / (2 GM)) (acos(sqrt x) + sqrt(x (1 - x))), x = r / r0
//                 v^2 = 2 GM (1/r - 1/r0)
// Source          Kepler's equation for a degenerate ellipse
// Validity        vacuum, spherical body that does not rotate

import Foundation

/// Exact radial fall from rest in an inverse-square field.
public struct KeplerFall: Sendable {
  /// Gravitational parameter GM, in m^3/s^2.
  public let gravitationalParameter: Double
  /// Radius of the surface, in m.
  public let surfaceRadius: Double

  /// GM in m^3/s^2 and the radius of the surface in m, above 0.
  public init(gravitationalParameter: Double, surfaceRadius: Double) {
    self.gravitationalParameter = gravitationalParameter
    self.surfaceRadius = surfaceRadius
  }

  /// Time from rest at `altitude` (m) to the surface, in s.
  public func fallTime(altitude: Double) -> Double {
    // 1 - x is taken from the altitude, which keeps low falls exact
    let start = surfaceRadius + altitude
    let fallen = altitude / start
    return (start * start * start / (2 * gravitationalParameter)).squareRoot()
      * (asin(fallen.squareRoot()) + (fallen * (surfaceRadius / start)).squareRoot())
  }

  /// Speed at the surface after a fall from rest at `altitude` (m), in m/s.
  public func impactSpeed(altitude: Double) -> Double {
    (2 * gravitationalParameter * altitude / (surfaceRadius * (surfaceRadius + altitude)))
      .squareRoot()
  }
}
