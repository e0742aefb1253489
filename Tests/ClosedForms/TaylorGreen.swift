// Decaying vortices that are carried along: an exact solution of the Navier–Stokes equations.
//
// Equation        u = U + A sin ξ cos η e, v = V − A cos ξ sin η e, ξ = k(x − Ut), η = k(y − Vt),
//                 e = exp(−2νk²t); p = (A²/4)(cos 2ξ + cos 2η) e²
// Source          Taylor & Green 1937, Proc. R. Soc. A 158, 499; carried along by Galileo's rule
// Validity        plane, periodic with 2π/k

import Foundation

/// Exact velocity of travelling Taylor–Green vortices with k = 1 rad/m.
public struct TaylorGreen: Sendable {
  /// In m²/s.
  public let viscosity: Double
  /// Of the vortices at time zero, in m/s.
  public let amplitude: Double
  /// Of the frame in which they decay, in m/s.
  public let drift: (x: Double, y: Double)

  public init(viscosity: Double, amplitude: Double, drift: (x: Double, y: Double)) {
    (self.viscosity, self.amplitude, self.drift) = (viscosity, amplitude, drift)
  }

  /// At a place in m and a time in s.
  public func velocity(_ x: Double, _ y: Double, time: Double) -> (x: Double, y: Double) {
    let decay = amplitude * exp(-2 * viscosity * time)
    let (a, b) = (x - drift.x * time, y - drift.y * time)
    return (drift.x + decay * sin(a) * cos(b), drift.y - decay * cos(a) * sin(b))
  }
}
