// Elastic impact of a sphere on a plane, after Hertz.
//
// Equation        m x'' = -K x^1.5: largest x = (5 m v^2 / (4 K))^0.4, F = K x^1.5,
//                 t = C x / v, C = (4/5) sqrt(pi) G(2/5) / G(9/10)
// Source          Hertz 1882; Landau & Lifshitz, Theory of Elasticity, section 9
// Validity        elastic, quasi-static

import Foundation

/// Exact peak values of an elastic impact with F = K x^1.5.
public struct Hertz: Sendable {
  /// Contact stiffness K = 4/3 E* sqrt(R), in N/m^1.5.
  public let stiffness: Double
  /// Mass, in kg.
  public let mass: Double

  /// K in N/m^1.5 and mass in kg, above 0.
  public init(stiffness: Double, mass: Double) {
    self.stiffness = stiffness
    self.mass = mass
  }

  /// Dimensionless contact time, from the gamma function.
  public static var durationConstant: Double {
    0.8 * Double.pi.squareRoot() * tgamma(0.4) / tgamma(0.9)
  }

  /// Largest approach, in m, at `speed` in m/s.
  public func approach(speed: Double) -> Double {
    pow(1.25 * mass * speed * speed / stiffness, 0.4)
  }

  /// Contact time, in s.
  public func contactTime(speed: Double) -> Double {
    Self.durationConstant * approach(speed: speed) / speed
  }

  /// Largest force, in N.
  public func peakForce(speed: Double) -> Double { stiffness * pow(approach(speed: speed), 1.5) }
}
