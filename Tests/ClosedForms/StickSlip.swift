// A block on dry friction, pulled through a spring at constant speed.
//
// Equation        sticks until k V t = mu_s m g; slips as a free oscillator about mu_k m g + k V t:
//                 with D = (mu_s - mu_k) m g / k, w = sqrt(k/m): slip time (2/w)(pi - atan(D w/V)),
//                 stick time 2 D / V, force mu_k m g +- k sqrt(D^2 + (V/w)^2)
// Source          classical: Persson 2000, Sliding Friction, ch. 8; derived here
// Validity        force through the plane of contact, no damping, sticks again in each period

import Foundation

/// Exact stick-slip of a block on a spring.
public struct StickSlip: Sendable {
  /// In kg.
  public let mass: Double
  /// In N/m.
  public let stiffness: Double
  /// Speed of the pulled end, in m/s.
  public let speed: Double
  public let staticFriction: Double
  public let kineticFriction: Double
  /// In m/s^2.
  public let gravity: Double

  /// All above 0, in SI; static friction above kinetic friction.
  public init(
    mass: Double, stiffness: Double, speed: Double, staticFriction: Double,
    kineticFriction: Double, gravity: Double
  ) {
    (self.mass, self.stiffness, self.speed) = (mass, stiffness, speed)
    (self.staticFriction, self.kineticFriction) = (staticFriction, kineticFriction)
    self.gravity = gravity
  }

  private var frequency: Double { (stiffness / mass).squareRoot() }
  /// Stretch between static and kinetic friction, in m.
  private var excess: Double {
    (staticFriction - kineticFriction) * mass * gravity / stiffness
  }
  private var amplitude: Double {
    let turn = speed / frequency
    return (excess * excess + turn * turn).squareRoot()
  }

  /// From the unstretched spring to the first slip, in s.
  public var firstSlip: Double { staticFriction * mass * gravity / (stiffness * speed) }
  /// In s.
  public var slipTime: Double {
    2 / frequency * (Double.pi - atan(excess * frequency / speed))
  }
  /// In s.
  public var period: Double { slipTime + 2 * excess / speed }
  /// In N, inside the slip.
  public var largestForce: Double { kineticFriction * mass * gravity + stiffness * amplitude }
  /// In N, inside the slip.
  public var smallestForce: Double { kineticFriction * mass * gravity - stiffness * amplitude }
  /// Of the block, in m/s.
  public var largestSpeed: Double { speed + frequency * amplitude }
}
