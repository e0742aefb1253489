// Vertical motion with drag proportional to the speed.
//
// Equation        v' = g - v / tau, s' = v, down; tau = m / (6 pi eta a) for a sphere
//                 v = g tau + (u - g tau) exp(-t/tau), s = g tau t - (u - g tau) tau (exp(-t/tau) - 1)
// Source          Stokes 1851
// Validity        creeping flow without added mass or history; g is the driving acceleration,
//                 with buoyancy taken off by the caller

import Foundation

/// Exact fall with a linear drag force.
public struct LinearDragFall: Sendable {
  /// Driving acceleration downwards, in m/s^2, above 0.
  public let gravity: Double
  /// Relaxation time tau, in s, above 0.
  public let relaxationTime: Double

  /// `gravity` in m/s^2 and `relaxationTime` in s, above 0.
  public init(gravity: Double, relaxationTime: Double) {
    self.gravity = gravity
    self.relaxationTime = relaxationTime
  }

  /// Terminal speed g tau, in m/s.
  public var terminalSpeed: Double { gravity * relaxationTime }

  /// Velocity upwards, in m/s, at `time` in s after a start with `velocity` upwards.
  public func velocity(velocity: Double = 0, time: Double) -> Double {
    let x = time / relaxationTime
    return velocity * exp(-x) + terminalSpeed * expm1(-x)
  }

  /// Height, in m, at `time` in s after a start at `height` with `velocity` upwards.
  public func height(from height: Double, velocity: Double = 0, time: Double) -> Double {
    let x = time / relaxationTime
    return height - velocity * relaxationTime * expm1(-x)
      - terminalSpeed * relaxationTime * remainder(x)
  }

  /// Time to z = 0, in s, from `height` >= 0 with `velocity` upwards.
  public func fallTime(height h: Double, velocity: Double = 0) -> Double {
    // the height falls after the top only, so the bracket begins there
    let top = velocity > 0 ? relaxationTime * log1p(velocity / terminalSpeed) : 0
    var (low, high) = (top, top + relaxationTime)
    while height(from: h, velocity: velocity, time: high) > 0 {
      (low, high) = (high, high + 2 * (high - low))
    }
    while true {
      let middle = 0.5 * (low + high)
      guard low < middle, middle < high else { return middle }
      let isAbove = height(from: h, velocity: velocity, time: middle) > 0
      if isAbove { low = middle } else { high = middle }
    }
  }

  // x - 1 + exp(-x); the series avoids the cancellation at small x
  private func remainder(_ x: Double) -> Double {
    guard abs(x) < 1 else { return x + expm1(-x) }
    var sum = 0.0
    for n in stride(from: 20.0, through: 3, by: -1) { sum = -(1 + sum) * x / n }
    return 0.5 * x * x * (1 + sum)
  }
}
