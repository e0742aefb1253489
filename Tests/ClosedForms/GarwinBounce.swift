// Bounce of a sphere that grips, in a plane.
//
// Equation        with s = v - a w, kappa = I / (m a^2):
//                 v' = ((1 - kappa e_t) v + kappa (1 + e_t) a w) / (1 + kappa)
//                 w' = ((kappa - e_t) w + (1 + e_t) v / a) / (1 + kappa)
// Source          Garwin 1969, Am. J. Phys. 37, 88; Cross 2002, Am. J. Phys. 70, 1093
// Validity        no slip limit; spin positive in the sense of rolling along +v

/// Exact change of tangential velocity and spin where the surface grips.
public struct GarwinBounce: Sendable {
  /// Inertia factor I / (m a^2).
  public let inertiaFactor: Double
  /// Tangential restitution, -1 to 1.
  public let grip: Double

  /// Inertia factor above 0; tangential restitution from -1 to 1.
  public init(inertiaFactor: Double, grip: Double) {
    self.inertiaFactor = inertiaFactor
    self.grip = grip
  }

  /// Velocity and surface speed a w, both in m/s, after a bounce on the floor.
  public func floor(
    velocity v: Double, surfaceSpeed w: Double
  ) -> (velocity: Double, surfaceSpeed: Double) {
    let k = inertiaFactor
    return (
      ((1 - k * grip) * v + k * (1 + grip) * w) / (1 + k),
      ((k - grip) * w + (1 + grip) * v) / (1 + k)
    )
  }

  /// The same on the underside of a table, where the contact moves with v + a w.
  public func underside(
    velocity v: Double, surfaceSpeed w: Double
  ) -> (velocity: Double, surfaceSpeed: Double) {
    let mirrored = floor(velocity: v, surfaceSpeed: -w)
    return (mirrored.velocity, -mirrored.surfaceSpeed)
  }
}
