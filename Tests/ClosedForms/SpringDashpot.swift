// Free motion of a mass on a spring and a dashpot, below critical damping.
//
// Equation        x'' + 2 z w x' + w^2 x = 0, x(0) = 0, x'(0) = v:
//                 x = (v/q) exp(-z w t) sin(q t), q = w sqrt(1 - z^2)
// Source          textbook; ends of contact: Schwager & Poeschel 2007, Granular Matter 9, 465
// Validity        0 <= z < 1, no other force

import Foundation

/// Exact motion in a linear contact.
public struct SpringDashpot: Sendable {
  /// Damping ratio z, from 0 to below 1.
  public let dampingRatio: Double
  /// Frequency w = sqrt(k/m), in rad/s.
  public let frequency: Double

  /// `dampingRatio` from 0 to below 1, `frequency` in rad/s.
  public init(dampingRatio: Double, frequency: Double) {
    self.dampingRatio = dampingRatio
    self.frequency = frequency
  }

  private var damped: Double { frequency * (1 - dampingRatio * dampingRatio).squareRoot() }

  /// Overlap in m, `time` s after first touch at `speed` in m/s.
  public func position(speed: Double, time: Double) -> Double {
    speed / damped * exp(-dampingRatio * frequency * time) * sin(damped * time)
  }

  /// Rate of the overlap, in m/s.
  public func velocity(speed: Double, time: Double) -> Double {
    let decay = exp(-dampingRatio * frequency * time)
    let lag = dampingRatio * frequency / damped
    return speed * decay * (cos(damped * time) - lag * sin(damped * time))
  }

  /// Time at which the force falls to 0, in s.
  public var timeOfNoForce: Double {
    let z = dampingRatio
    let root = (1 - z * z).squareRoot()
    return (Double.pi - atan2(2 * z * root, 1 - 2 * z * z)) / damped
  }

  /// Time at which the overlap returns to 0, in s.
  public var timeOfNoOverlap: Double { Double.pi / damped }
}
