// Restitution of a contact whose damping grows with the overlap.
//
// Equation        F = k x^n (1 + c x'); exact for every n, k and mass: with d = c v_in,
//                 d (1 + e) = ln[(1 + d) / (1 - e d)]
// Discretisation  with d = exp(q) - 1 and e d = 1 - exp(-s) the relation is R(q) = R(-s),
//                 R(x) = exp(x) - 1 - x; bracketed, then bisected to neighbouring Doubles
// Source          force: Hunt & Crossley 1975, J. Appl. Mech. 42, 440; the relation follows from
//                 x'' = -F/m by separating x' dx' / (1 + c x')
// Deviation       the authors' estimate d = 1.5 (1 - e) is not used: 20 % low at e = 0.8
// Validity        one contact, no other force during it; e in [0, 1], d in [0, infinity]
// Checked by      HuntCrossley1975Tests: roots from elsewhere, an integration, both directions

import Foundation

/// Exact relation between damping and restitution of the force law of Hunt and Crossley.
public enum HuntCrossley1975 {
  /// Coefficient of restitution, 1 at `damping` 0 and falling to 0.
  ///
  /// `damping` is d = c v_in, dimensionless, at least 0, with c in s/m and v_in in m/s.
  public static func restitution(damping d: Double) -> Double {
    guard !d.isNaN else { return d }
    guard d > 0 else { return 1 }
    guard d.isFinite else { return 0 }

    // R(-s) grows with s from 0 to s - 1, and R(-s) < R(s), which gives both ends of the bracket
    let q = log1p(d)
    let loss = exponentialRemainder(q)
    let s = bisect(q, loss + 1) { exponentialRemainder(-$0) < loss }
    return min(1, -expm1(-s) / d)
  }

  /// Damping d = c v_in, dimensionless, that gives the coefficient of restitution e.
  ///
  /// e from 0, where the answer is infinite, to 1. Near 1 the relative error is 1e-16 / (1 - e).
  public static func damping(restitution e: Double) -> Double {
    guard !e.isNaN else { return e }
    guard e < 1 else { return 0 }
    guard e > 0 else { return .infinity }

    // for too small an s the incoming side is larger; at the right end the outgoing side is
    let highest = exponentialRemainder(log1p(1 / e)) + 1
    let s = bisect(0, highest) { s in
      exponentialRemainder(-s) < exponentialRemainder(log1p(-expm1(-s) / e))
    }
    return -expm1(-s) / e
  }

  // exp(x) - 1 - x; the series keeps all digits where the difference would lose them
  private static func exponentialRemainder(_ x: Double) -> Double {
    guard abs(x) < 1 else { return expm1(x) - x }
    var sum = 0.0
    for n in stride(from: 20.0, through: 3, by: -1) { sum = (sum + 1) * x / n }
    return 0.5 * x * x * (1 + sum)
  }

  private static func bisect(
    _ low: Double, _ high: Double, isTooSmall: (Double) -> Bool
  ) -> Double {
    var (low, high) = (low, high)
    while true {
      let middle = 0.5 * (low + high)
      guard low < middle, middle < high else { return middle }
      if isTooSmall(middle) { low = middle } else { high = middle }
    }
  }
}
