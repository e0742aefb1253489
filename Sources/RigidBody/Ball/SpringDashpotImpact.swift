// Restitution of a linear spring and dashpot.
//
// Equation        m x'' + c x' + k x = 0, x(0) = 0, x'(0) = v; z = c / (2 sqrt(k m))
//                 with tension, to x = 0:   e = exp(-pi z / sqrt(1 - z^2)), 0 for z >= 1
//                 no tension, to F = 0:     e = exp(-2 z acos(z) / sqrt(1 - z^2)), z < 1,
//                                           the same with acosh(z) / sqrt(z^2 - 1) for z > 1
// Discretisation  none
// Source          Schwager & Poeschel 2007, Granular Matter 9, 465. Their angle
//                 pi - atan2(2 z sqrt(1 - z^2), 1 - 2 z^2) is 2 acos(z)
// Deviation       gravity and other forces during the contact are left out
// Validity        z >= 0; e does not depend on speed, mass or stiffness apart from z
// Checked by      SpringDashpotImpactTests: values from elsewhere, the motion itself, inverse

import Foundation

/// Impact on a linear spring with a parallel dashpot.
public struct SpringDashpotImpact: Sendable, Hashable {
  /// Damping ratio c / (2 sqrt(k m)), at least 0.
  public let dampingRatio: Double

  /// An impact with the damping ratio c / (2 sqrt(k m)), at least 0.
  public init(dampingRatio: Double) {
    self.dampingRatio = dampingRatio
  }

  /// Coefficient of restitution of surfaces that do not pull: contact ends when the force is 0.
  public var restitution: Double {
    exp(-2 * dampingRatio * Self.angleOverSine(dampingRatio))
  }

  /// Coefficient of restitution if the dashpot may pull until the spring has its length again.
  public var restitutionWithTension: Double {
    guard dampingRatio < 1 else { return 0 }
    return exp(-Double.pi * dampingRatio / Self.sine(dampingRatio))
  }

  /// Duration of contact without tension, in s; `frequency` is sqrt(k / m) in rad/s.
  public func duration(frequency: Double) -> Double {
    2 * Self.angleOverSine(dampingRatio) / frequency
  }

  /// Damping ratio that gives a coefficient of restitution in 0...1, without tension.
  public static func dampingRatio(restitution e: Double) -> Double {
    guard !e.isNaN else { return e }
    guard e < 1 else { return 0 }
    guard e > 0 else { return .infinity }

    // the logarithm 2 z acos(z) / sqrt(1 - z^2) grows with z: double, then bisect
    let target = -0.5 * log(e)
    var (low, high) = (0.0, 1.0)
    while high * angleOverSine(high) < target { (low, high) = (high, 2 * high) }
    while true {
      let middle = 0.5 * (low + high)
      guard low < middle, middle < high else { return middle }
      if middle * angleOverSine(middle) < target { low = middle } else { high = middle }
    }
  }

  private static func sine(_ z: Double) -> Double { ((1 - z) * (1 + z)).squareRoot() }

  // acos(z) / sqrt(1 - z^2) and its continuation beyond z = 1, from half angles: no cancellation
  private static func angleOverSine(_ z: Double) -> Double {
    let half = (0.5 * abs(1 - z)).squareRoot()
    guard half > 0 else { return 1 }
    return z < 1 ? 2 * asin(half) / sine(z) : 2 * asinh(half) / ((z - 1) * (z + 1)).squareRoot()
  }
}
