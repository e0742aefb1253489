// A ball that slides until it rolls, and one that rolls down an incline.
//
// Equation        v' = -mu g s, a w' = mu g s / kappa, s = sign(v - a w), until v = a w:
//                 t = |v - a w| / (mu g (1 + 1/kappa)), v = (v0 + kappa a w0) / (1 + kappa)
//                 incline: a = g sin / (1 + kappa) if tan <= mu (1 + 1/kappa)
// Source          Coriolis 1835, Theorie mathematique des effets du jeu de billard; textbook
// Validity        rigid ball and plane, Coulomb friction, no rolling resistance, one direction

import Foundation

/// Exact sliding and rolling of a round body in one direction.
public struct RollingBall: Sendable {
  /// Acceleration of gravity, in m/s^2.
  public let gravity: Double
  /// Coefficient of friction.
  public let friction: Double
  /// Inertia factor I / (m a^2): 2/5 for a solid sphere, 2/3 for a thin shell.
  public let inertiaFactor: Double

  /// Gravity in m/s^2, coefficient of friction and inertia factor, above 0.
  public init(gravity: Double, friction: Double, inertiaFactor: Double) {
    self.gravity = gravity
    self.friction = friction
    self.inertiaFactor = inertiaFactor
  }

  /// Time of sliding on level ground, in s; a solid sphere without spin: 2 v / (7 mu g).
  ///
  /// `surfaceSpeed` is a w in m/s, positive in the sense of rolling along +v.
  public func slidingTime(velocity: Double, surfaceSpeed: Double = 0) -> Double {
    abs(velocity - surfaceSpeed) / (friction * gravity * (1 + 1 / inertiaFactor))
  }

  /// Velocity of rolling on level ground, in m/s; a solid sphere without spin: 5/7 v.
  public func rollingVelocity(velocity: Double, surfaceSpeed: Double = 0) -> Double {
    (velocity + inertiaFactor * surfaceSpeed) / (1 + inertiaFactor)
  }

  /// Distance on level ground until rolling begins, in m, with the sign of the mean velocity.
  public func slidingDistance(velocity: Double, surfaceSpeed: Double = 0) -> Double {
    0.5 * slidingTime(velocity: velocity, surfaceSpeed: surfaceSpeed)
      * (velocity + rollingVelocity(velocity: velocity, surfaceSpeed: surfaceSpeed))
  }

  /// Steepest incline, in rad, on which the body rolls from rest without sliding.
  public var steepestRollingAngle: Double { atan(friction * (1 + 1 / inertiaFactor)) }

  /// Acceleration from rest down an incline of `angle` rad, in m/s^2; sliding if it is steep.
  public func acceleration(angle: Double) -> Double {
    angle <= steepestRollingAngle
      ? gravity * sin(angle) / (1 + inertiaFactor)
      : gravity * (sin(angle) - friction * cos(angle))
  }
}
