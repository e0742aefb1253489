// Beta, binomial and Student laws, as far as intervals of shares and of means need them.
//
// Equation    I_x(a, b) by the continued fraction of Abramowitz & Stegun 26.5.8, evaluated by the
//             modified Lentz method; for x > (a + 1)/(a + b + 2) as 1 − I_{1−x}(b, a).
//             Inverses by bisection to the last bit, which is slow (microseconds) and safe.
// Source      Abramowitz & Stegun 1964, Handbook of Mathematical Functions, 26.5; Lentz 1976,
//             Appl. Opt. 15, 668; Clopper & Pearson 1934, Biometrika 26, 404; Brown, Cai & DasGupta
//             2001, Statist. Sci. 16, 101 (Jeffreys).
// Validity    0 < a, b < 1e7: about 1e-12 absolute for parameters below 1e5.
// Checked by  BetaTests.

import Foundation

public enum Beta {
  /// Regularised incomplete beta function, for x in [0, 1] and positive a, b.
  public static func probability(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - probability(1 - x, b, a) }
    let front = exp(a * log(x) + b * log1p(-x) - logBeta(a, b)) / a
    return front * fraction(x, a, b)
  }

  static func logBeta(_ a: Double, _ b: Double) -> Double {
    Foundation.lgamma(a) + Foundation.lgamma(b) - Foundation.lgamma(a + b)
  }

  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    var c = 1.0
    var d = 1 / guarded(1 - (a + b) * x / (a + 1), tiny)
    var result = d
    for m in 1...100_000 {
      let m = Double(m)
      // even and odd coefficient of the fraction
      for coefficient in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        d = 1 / guarded(1 + coefficient * d, tiny)
        c = guarded(1 + coefficient / c, tiny)
        result *= c * d
      }
      if abs(c * d - 1) < 1e-16 { break }
    }
    return result
  }

  private static func guarded(_ value: Double, _ tiny: Double) -> Double {
    abs(value) < tiny ? tiny : value
  }

  /// The x with I_x(a, b) = u.
  public static func quantile(_ u: Double, _ a: Double, _ b: Double) -> Double {
    if u <= 0 { return 0 }
    if u >= 1 { return 1 }
    var (low, high) = (0.0, 1.0)
    while true {
      let middle = 0.5 * (low + high)
      if middle <= low || middle >= high { return middle }
      if probability(middle, a, b) < u { low = middle } else { high = middle }
    }
  }
}

/// A share that was counted.
public enum Share {
  /// Clopper–Pearson interval of k hits in n, at a confidence such as 0.95.
  public static func interval(_ k: Int, of n: Int, confidence: Double = 0.95) -> ClosedRange<Double>
  {
    let tail = 0.5 * (1 - confidence)
    let low = k == 0 ? 0 : Beta.quantile(tail, Double(k), Double(n - k + 1))
    let high = k >= n ? 1 : Beta.quantile(1 - tail, Double(k + 1), Double(n - k))
    return low...high
  }

  /// Jeffreys interval of k hits in n: quantiles of Beta(k + 1/2, n − k + 1/2), open towards 0 and 1
  /// where nothing, or everything, was hit.
  public static func jeffreys(_ k: Int, of n: Int, confidence: Double = 0.95) -> ClosedRange<Double>
  {
    let tail = 0.5 * (1 - confidence)
    let (a, b) = (Double(k) + 0.5, Double(n - k) + 0.5)
    return (k <= 0 ? 0 : Beta.quantile(tail, a, b))...(k >= n ? 1 : Beta.quantile(1 - tail, a, b))
  }

  /// Exact one-sided upper bound, BetaInv(confidence; k + 1, n − k); 1 for n = 0 and for k = n.
  public static func upperBound(_ k: Int, of n: Int, confidence: Double = 0.95) -> Double {
    k >= n ? 1 : Beta.quantile(confidence, Double(k + 1), Double(n - k))
  }

  /// Exact two-sided p of k in n against `share`: all outcomes no more likely than the observed.
  public static func significance(_ k: Int, of n: Int, share: Double) -> Double {
    func logProbability(_ j: Int) -> Double {
      Foundation.lgamma(Double(n + 1)) - Foundation.lgamma(Double(j + 1))
        - Foundation.lgamma(Double(n - j + 1)) + Double(j) * log(share)
        + Double(n - j) * log1p(-share)
    }
    // a hair of slack, so that the mirror image of the observed count belongs to its side
    let observed = logProbability(k) + 1e-9
    var sum = 0.0
    for j in 0...n {
      let value = logProbability(j)
      if value <= observed { sum += exp(value) }
    }
    return min(1, sum)
  }
}

/// Student's t law.
public enum StudentT {
  /// P(T ≤ t) with `degrees` of freedom.
  public static func probability(_ t: Double, degrees: Double) -> Double {
    let tail = 0.5 * Beta.probability(degrees / (degrees + t * t), 0.5 * degrees, 0.5)
    return t > 0 ? 1 - tail : tail
  }

  /// The t with P(T ≤ t) = u, for u in (0, 1).
  public static func quantile(_ u: Double, degrees: Double) -> Double {
    if u < 0.5 { return -quantile(1 - u, degrees: degrees) }
    let x = Beta.quantile(2 * (1 - u), 0.5 * degrees, 0.5)
    return x > 0 ? (degrees * (1 - x) / x).squareRoot() : .infinity
  }
}
