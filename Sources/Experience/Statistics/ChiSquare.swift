// The χ² law.
//
// Equation    P(χ² ≤ x) = P(degrees/2, x/2), the regularised incomplete gamma function by its series;
//             the inverse by bisection to the last bit
// Source      Abramowitz & Stegun 1964, 6.5.29 and 26.4
// Validity    the series converges for any x; slow beyond some thousand degrees
// Checked by  ExperienceRangeTests (`range.mahalanobis`).

import Foundation

public enum ChiSquare {
  /// The x with P(χ² ≤ x) = u, for `degrees` of freedom.
  public static func quantile(_ u: Double, degrees: Int) -> Double {
    var (low, high) = (0.0, 10.0 * Double(degrees) + 1000 * u)
    while true {
      let middle = 0.5 * (low + high)
      if middle <= low || middle >= high { return middle }
      if probability(middle, degrees: degrees) < u { low = middle } else { high = middle }
    }
  }

  /// P(χ² ≤ x).
  public static func probability(_ x: Double, degrees: Int) -> Double {
    if x <= 0 { return 0 }
    let (a, z) = (0.5 * Double(degrees), 0.5 * x)
    var (term, sum, n) = (1 / a, 1 / a, a)
    while term > 1e-17 * sum {
      n += 1
      term *= z / n
      sum += term
    }
    return min(1, sum * exp(a * log(z) - z - lgamma(a)))
  }
}
