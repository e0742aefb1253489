// Elastic impact of spheres.
//
// Equation        F = 4/3 E* sqrt(R) x^1.5;  largest x = (15 m v^2 / (16 E* sqrt(R)))^0.4
//                 t = C x / v,  C = 2 int_0^1 du / sqrt(1 - u^2.5) = 0.8 B(2/5, 1/2)
// Discretisation  none
// Source          Hertz 1882; Johnson 1985, Contact Mechanics, section 11.4
// Deviation       none
// Validity        smooth, elastic, v far below the wave speed; yield starts at
//                 rho v^2 / Y = 26 (Y / E*)^4 (Johnson 1985, chapter 11, from memory): 0.14 m/s
//                 for hard steel, so a ball that is dropped from 1 m is an idealisation
// Checked by      HertzImpactTests: values from elsewhere, balance of energy

import Foundation

/// Force and duration of an elastic impact of two spheres, or of a sphere on a plane.
public struct HertzImpact: Sendable, Hashable {
  /// Effective modulus E*, in Pa: 1/E* = (1 - nu1^2)/E1 + (1 - nu2^2)/E2.
  public let effectiveModulus: Double
  /// Effective radius, in m: 1/R = 1/R1 + 1/R2; the radius of the sphere on a plane.
  public let effectiveRadius: Double
  /// Effective mass, in kg: 1/m = 1/m1 + 1/m2; the mass of the sphere on a fixed plane.
  public let effectiveMass: Double

  /// Dimensionless contact time, 2 int du / sqrt(1 - u^2.5).
  public static let durationConstant = 2.9432751843247047

  /// Effective quantities in Pa, m and kg, all above 0.
  public init(effectiveModulus: Double, effectiveRadius: Double, effectiveMass: Double) {
    self.effectiveModulus = effectiveModulus
    self.effectiveRadius = effectiveRadius
    self.effectiveMass = effectiveMass
  }

  /// E* of two materials, in Pa, from Young's moduli in Pa and Poisson's ratios.
  public static func effectiveModulus(
    young1: Double, poisson1: Double, young2: Double, poisson2: Double
  ) -> Double {
    1 / ((1 - poisson1 * poisson1) / young1 + (1 - poisson2 * poisson2) / young2)
  }

  /// Largest approach of the two centres, in m; `approachSpeed` in m/s, at least 0.
  public func maximumApproach(approachSpeed v: Double) -> Double {
    pow(15 * effectiveMass * v * v / (16 * effectiveModulus * effectiveRadius.squareRoot()), 0.4)
  }

  /// Time from first touch to separation, in s; grows without bound as the speed goes to 0.
  public func contactTime(approachSpeed v: Double) -> Double {
    Self.durationConstant * maximumApproach(approachSpeed: v) / v
  }

  /// Largest force between the bodies, in N.
  public func peakForce(approachSpeed v: Double) -> Double {
    let approach = maximumApproach(approachSpeed: v)
    let stiffness = 4 / 3 * effectiveModulus * effectiveRadius.squareRoot()
    return stiffness * approach * approach.squareRoot()
  }

  /// Speed in m/s above which a sphere yields; `yieldStress` in Pa, `density` in kg/m^3.
  public func yieldSpeed(yieldStress: Double, density: Double) -> Double {
    let strain = yieldStress / effectiveModulus
    return strain * strain * (26 * yieldStress / density).squareRoot()
  }

  /// Contact time in units of the time in which a wave crosses the sphere and comes back.
  ///
  /// `waveSpeed` in m/s, `diameter` of the sphere in m. The contact is quasi-static if this is
  /// well above 1.
  public func wavePassages(approachSpeed: Double, waveSpeed: Double, diameter: Double) -> Double {
    contactTime(approachSpeed: approachSpeed) * waveSpeed / (2 * diameter)
  }
}
