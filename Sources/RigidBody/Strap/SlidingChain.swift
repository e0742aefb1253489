// A chain, or a heavy strap, that slides off a table over its edge.
//
// Equation    x'' = (g/L)·((1 + μ)·x − μ·L): weight of the hanging part x against the friction of the
//             part that still lies, both accelerating the whole chain; until x = L
// Discretisation  RungeKutta6 in time, 8·2^level steps a time constant √(L/((1 + μ)g)); the last step is
//             shortened until it ends at x = L, by the Illinois method on re-stepped states. Order 6.
// Source      balance of momentum of the whole chain (textbook); edge as a smooth guide
// Deviation   links, bending and the horizontal pull on the edge are left out
// Validity    0 < x₀ < L, starts from rest; it starts only if x₀ > μ·L/(1 + μ)
// Checked by  SlidingChainTests: closed form with hyperbolic functions, order 6, energy; case BP27

import Foundation

/// A uniform chain that lies straight on a table and hangs over its edge.
public struct SlidingChain: Sendable, Hashable {
  /// In m, above 0.
  public let length: Double
  /// Between chain and table, at least 0.
  public let friction: Double
  /// In m/s².
  public let gravity: Double

  public init(length: Double, friction: Double, gravity: Double) {
    (self.length, self.friction, self.gravity) = (length, friction, gravity)
  }

  /// How the last link leaves the table.
  public struct Exit: Sendable, Hashable {
    /// In s.
    public var time: Double
    /// In m/s.
    public var speed: Double
    /// Heat of friction per mass of the chain, in J/kg.
    public var heat: Double
  }

  /// Overhang in m beyond which the chain starts by itself.
  public var leastOverhang: Double { friction * length / (1 + friction) }

  /// Lets go of a chain with an overhang in m; nil if friction holds it.
  public func exit(overhang: Double, level: Int) -> Exit? {
    guard overhang > leastOverhang, overhang < length else { return nil }
    let (g, l, mu) = (gravity, length, friction)
    // x, v, heat per mass
    let rate: (Double, Octet) -> Octet = { _, y in
      var out = Octet(repeating: 0)
      out[0] = y[1]
      out[1] = g / l * ((1 + mu) * y[0] - mu * l)
      out[2] = mu * g / l * (l - y[0]) * y[1]
      return out
    }
    let h = (l / ((1 + mu) * g)).squareRoot() * exp2(-3 - Double(level))
    var state = Octet(repeating: 0)
    state[0] = overhang
    // counted, so that the time carries one rounding
    var steps = 0
    while true {
      let next = RungeKutta6.step(state, from: 0, by: h, rate)
      if next[0] >= l { break }
      state = next
      steps += 1
    }
    let part = lastStep(state, h, rate)
    let end = RungeKutta6.step(state, from: 0, by: part, rate)
    return Exit(time: Double(steps) * h + part, speed: end[1], heat: end[2])
  }

  /// The part of a step after which x = L.
  private func lastStep(
    _ state: Octet, _ h: Double, _ rate: (Double, Octet) -> Octet
  ) -> Double {
    func excess(_ part: Double) -> Double {
      RungeKutta6.step(state, from: 0, by: part, rate)[0] - length
    }
    var (low, high, atLow, atHigh) = (0.0, h, state[0] - length, excess(h))
    var side = 0
    for _ in 0..<100 where high - low > 2 * high.ulp {
      var probe = low - atLow * (high - low) / (atHigh - atLow)
      if !(probe > low && probe < high) { probe = 0.5 * (low + high) }
      if !(probe > low && probe < high) { break }
      let value = excess(probe)
      if value >= 0 {
        (high, atHigh) = (probe, value)
        if side == 1 { atLow *= 0.5 }
        side = 1
      } else {
        (low, atLow) = (probe, value)
        if side == -1 { atHigh *= 0.5 }
        side = -1
      }
    }
    return high
  }
}
