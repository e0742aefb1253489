// Vertical motion with drag proportional to the square of the speed.
//
// Equation        v' = -g (1 + v |v| / vt^2), z up
//                 up: t = (vt/g) atan(v/vt), rise = vt^2/(2g) ln(1 + v^2/vt^2)
//                 down from speed u over s: v^2 = vt^2 - (vt^2 - u^2) exp(-2 g s / vt^2),
//                 exp(g s / vt^2) = cosh(theta) + (u/vt) sinh(theta), theta = g t / vt
// Source          textbook; Timmerman & van der Weele 1999, Am. J. Phys. 67, 538
// Validity        constant coefficient, no wind, fixed plane z = 0 for bounces

import Foundation

/// Exact flight times, speeds and bounces with a constant drag coefficient.
public struct QuadraticDragFall: Sendable {
  /// Acceleration downwards without drag, in m/s^2, above 0.
  public let gravity: Double
  /// Speed at which drag balances gravity, in m/s, above 0.
  public let terminalSpeed: Double

  /// One impact of a bounce series and the flight after it.
  public struct Bounce: Sendable {
    /// Time of the impact, in s.
    public let time: Double
    /// Speed before the impact, in m/s.
    public let speed: Double
    /// Height of the next top, in m.
    public let reboundHeight: Double
    /// Time to the next impact, in s.
    public let flightTime: Double
  }

  /// `gravity` in m/s^2 and `terminalSpeed` in m/s, above 0.
  public init(gravity: Double, terminalSpeed: Double) {
    self.gravity = gravity
    self.terminalSpeed = terminalSpeed
  }

  /// A body of `mass` (kg), drag coefficient and frontal `area` (m^2) in a fluid (kg/m^3).
  public init(
    gravity: Double, mass: Double, dragCoefficient: Double, area: Double, fluidDensity: Double
  ) {
    let drag = 0.5 * fluidDensity * dragCoefficient * area
    self.init(gravity: gravity, terminalSpeed: (mass * gravity / drag).squareRoot())
  }

  /// Rise above the start, in m, of a throw upwards with `speed` in m/s.
  public func rise(speed: Double) -> Double {
    let w = speed / terminalSpeed
    return terminalSpeed * terminalSpeed / (2 * gravity) * log1p(w * w)
  }

  /// Time from a throw upwards with `speed` in m/s to the top, in s.
  public func timeUp(speed: Double) -> Double {
    terminalSpeed / gravity * atan(speed / terminalSpeed)
  }

  /// Time to fall `distance` (m), beginning with a speed downwards `speed` (m/s), in s.
  public func timeDown(distance: Double, speed: Double = 0) -> Double {
    let w = speed / terminalSpeed
    let x = gravity * distance / (terminalSpeed * terminalSpeed)
    let theta: Double
    if x < 1 {
      let root = (expm1(2 * x) + w * w).squareRoot()
      let rootLessW = x > 0 ? expm1(2 * x) / (root + w) : 0
      theta = log1p((expm1(x) + rootLessW) / (1 + w))
    } else {
      theta = x + log((1 + (1 - (1 - w * w) * exp(-2 * x)).squareRoot()) / (1 + w))
    }
    return terminalSpeed / gravity * theta
  }

  /// Speed after falling `distance` (m), beginning with a speed downwards `speed` (m/s), in m/s.
  public func speedDown(distance: Double, speed: Double = 0) -> Double {
    let w = speed / terminalSpeed
    let x = gravity * distance / (terminalSpeed * terminalSpeed)
    return terminalSpeed * (w * w * exp(-2 * x) - expm1(-2 * x)).squareRoot()
  }

  /// Time to z = 0 from `height` (m) with `velocity` (m/s) upwards, in s.
  public func fallTime(height: Double, velocity: Double = 0) -> Double {
    guard velocity > 0 else { return timeDown(distance: height, speed: -velocity) }
    return timeUp(speed: velocity) + timeDown(distance: height + rise(speed: velocity))
  }

  /// Speed at z = 0 from `height` (m) with `velocity` (m/s) upwards, in m/s.
  public func impactSpeed(height: Double, velocity: Double = 0) -> Double {
    guard velocity > 0 else { return speedDown(distance: height, speed: -velocity) }
    return speedDown(distance: height + rise(speed: velocity))
  }

  /// Height (m) and velocity upwards (m/s) at `time` (s), from `height` with `velocity` upwards;
  /// a start downwards is slower than the terminal speed.
  public func state(
    height: Double, velocity: Double = 0, time: Double
  ) -> (height: Double, velocity: Double) {
    let (vt, rate) = (terminalSpeed, gravity / terminalSpeed)
    let length = vt * vt / gravity

    // upwards: v = vt tan(phi - rate t)
    let phi = atan(max(0, velocity) / vt)
    if velocity > 0, rate * time < phi {
      let angle = phi - rate * time
      return (height + length * log(cos(angle) / cos(phi)), vt * tan(angle))
    }

    // downwards from the top, or from the given speed
    let top = velocity > 0 ? height + rise(speed: velocity) : height
    let theta = rate * time - phi
    let start = atanh(max(0, -velocity) / vt)
    return (
      top - length * (logCosh(theta + start) - logCosh(start)), -vt * tanh(theta + start)
    )
  }

  /// The first `count` impacts on z = 0 with a constant restitution.
  public func bounces(
    height: Double, velocity: Double = 0, restitution: Double, count: Int
  ) -> [Bounce] {
    var time = fallTime(height: height, velocity: velocity)
    var speed = impactSpeed(height: height, velocity: velocity)
    return (0..<count).map { _ in
      let up = restitution * speed
      let top = rise(speed: up)
      let flight = timeUp(speed: up) + timeDown(distance: top)
      defer {
        time += flight
        speed = speedDown(distance: top)
      }
      return Bounce(time: time, speed: speed, reboundHeight: top, flightTime: flight)
    }
  }

  // ln cosh without overflow, and without cancellation near 0
  private func logCosh(_ x: Double) -> Double {
    let s = sinh(0.5 * min(abs(x), 1))
    return abs(x) < 1 ? log1p(2 * s * s) : abs(x) + log1p(exp(-2 * abs(x))) - log(2)
  }
}
