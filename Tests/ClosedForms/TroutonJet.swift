// Slender falling thread without inertia.
//
// Equation        (ln U)'' = −g/(3νU): U = g/(6νk²) cos²(k(z − z₀)), g/(6νk²) sinh²(k(z + z₀)),
//                 g (z + z₀)²/(6ν). Without viscosity: U² = U₀² + 2gz
// Source          Trouton 1906, Proc. R. Soc. A 77, 426; checked by substitution
// Validity        slender, no surface tension

import Foundation

/// Exact speeds of a thread without inertia.
public struct TroutonJet: Sendable {
  /// In m/s².
  public let gravity: Double
  /// Kinematic, in m²/s.
  public let viscosity: Double

  public init(gravity: Double, viscosity: Double) {
    (self.gravity, self.viscosity) = (gravity, viscosity)
  }

  /// No tension at z = `end`; k in rad/m.
  public func hanging(wavenumber k: Double, end: Double, at z: Double) -> Double {
    gravity / (6 * viscosity * k * k) * pow(cos(k * (z - end)), 2)
  }

  /// Pulled at the end.
  public func pulled(wavenumber k: Double, origin: Double, at z: Double) -> Double {
    gravity / (6 * viscosity * k * k) * pow(sinh(k * (z + origin)), 2)
  }

  /// Neither pulled nor held: tension from the weight that hangs below, without end.
  public func endless(origin: Double, at z: Double) -> Double {
    gravity / (6 * viscosity) * pow(z + origin, 2)
  }
}
