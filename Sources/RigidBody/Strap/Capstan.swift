// A strap over a rail: how much more one end may pull than the other before it runs.
//
// Equation    dT = μ·T·dφ along the wrap, so exp(−μφ) ≤ T₂/T₁ ≤ exp(μφ); inside it sticks, on the
//             bound it runs towards the stronger end
// Discretisation  none: closed form
// Source      Euler 1769 and Eytelwein 1808 (classical; derivation here: balance of an element)
// Deviation   none
// Validity    a strap without mass and bending stiffness on a fixed round rail, Coulomb friction
// Checked by  CapstanTests: quadrature of dT = μT dφ, loads over a rail; reference case BP11

import Foundation

/// Friction of a strap that is wrapped about a fixed rail.
public struct Capstan: Sendable, Hashable {
  /// Coefficient of friction, at least 0.
  public let friction: Double
  /// Angle of wrap in rad, at least 0; more than 2π for several turns.
  public let wrap: Double

  /// What the strap does.
  public enum State: Sendable, Hashable {
    case sticks
    /// Towards the end whose tension is named first or second.
    case runsToFirst
    case runsToSecond
  }

  public init(friction: Double, wrap: Double) { (self.friction, self.wrap) = (friction, wrap) }

  /// Largest ratio of both tensions that friction holds.
  public var ratio: Double { exp(friction * wrap) }

  /// Tensions of the second end, in N, between which the strap sticks, for a tension ≥ 0 of the first.
  public func held(against first: Double) -> ClosedRange<Double> {
    (first / ratio)...(first * ratio)
  }

  /// What happens under two tensions ≥ 0, in N.
  public func state(first: Double, second: Double) -> State {
    if second > first * ratio { return .runsToSecond }
    return first > second * ratio ? .runsToFirst : .sticks
  }

  /// Heat of friction in J when the strap runs by `distance` (m, at least 0) towards the second end
  /// that pulls with the least tension that makes it run.
  public func heat(first: Double, distance: Double) -> Double {
    first * expm1(friction * wrap) * distance
  }

  /// Acceleration in m/s² of two loads (kg) that hang on the ends, positive towards the second; 0 where
  /// the strap sticks.
  ///
  /// T₁ = m₁(g + a), T₂ = m₂(g − a), T₂ = T₁·e^{μφ} while it runs to the second.
  public func acceleration(first: Double, second: Double, gravity: Double) -> Double {
    switch state(first: first, second: second) {
    case .sticks: 0
    case .runsToSecond: gravity * (second - first * ratio) / (second + first * ratio)
    case .runsToFirst: -gravity * (first - second * ratio) / (first + second * ratio)
    }
  }
}
