// Vertical motion in a vacuum under uniform gravity, and bouncing with a constant restitution.
//
// Equation        z = h + u t - g t^2 / 2;  after each impact u = -e v
// Source          Galilei 1638; bounce series as in any textbook of mechanics
// Validity        point above a fixed plane z = 0, g > 0, h >= 0, 0 <= e <= 1

import Foundation

/// Exact fall, impact and bounce times in a vacuum.
public struct VacuumFall: Sendable {
  /// Acceleration downwards, in m/s^2, above 0.
  public let gravity: Double

  /// `gravity` in m/s^2, above 0.
  public init(gravity: Double) { self.gravity = gravity }

  /// Time to fall to z = 0, in s, from `height` in m with `velocity` in m/s upwards.
  public func fallTime(height: Double, velocity: Double = 0) -> Double {
    let speed = impactSpeed(height: height, velocity: velocity)
    // the root without cancellation; a start at rest on the plane takes no time
    if velocity > 0 { return (velocity + speed) / gravity }
    return height > 0 ? 2 * height / (speed - velocity) : 0
  }

  /// Speed at z = 0, in m/s.
  public func impactSpeed(height: Double, velocity: Double = 0) -> Double {
    (velocity * velocity + 2 * gravity * height).squareRoot()
  }

  /// Times of the first `count` impacts, in s.
  public func impactTimes(
    height: Double, velocity: Double = 0, restitution: Double, count: Int
  ) -> [Double] {
    let first = fallTime(height: height, velocity: velocity)
    let speed = impactSpeed(height: height, velocity: velocity)
    // the flight after impact i lasts 2 e^i v / g, i = 1, 2, ...
    var time = first
    return (0..<count).map { i in
      if i > 0 { time += 2 * pow(restitution, Double(i)) * speed / gravity }
      return time
    }
  }

  /// Heights of the tops after the first `count` impacts, in m.
  public func reboundHeights(
    height: Double, velocity: Double = 0, restitution: Double, count: Int
  ) -> [Double] {
    let start = height + velocity * velocity / (2 * gravity)
    return (0..<count).map { start * pow(restitution, Double(2 * $0 + 2)) }
  }

  /// Time at which infinitely many impacts are over, in s; infinite for a restitution of 1.
  public func restTime(height: Double, velocity: Double = 0, restitution: Double) -> Double {
    let speed = impactSpeed(height: height, velocity: velocity)
    return fallTime(height: height, velocity: velocity)
      + 2 * restitution * speed / (gravity * (1 - restitution))
  }
}
