// Gauss and Legendre's rule with 8 points.
//
// Equation        ∫₋₁¹ f = Σ w_k f(x_k),  P₈(x_k) = 0,  w_k = 2/((1 − x_k²)P₈'(x_k)²)
// Discretisation  exact for polynomials up to degree 15; roots by Newton's method to rounding
// Source          Abramowitz & Stegun 1964, 25.4.29
// Deviation       none
// Validity        smooth integrands
// Checked by      ContactPatchFrictionTests

import Foundation

/// Nodes and weights on [−1, 1], computed once.
enum GaussLegendre8 {
  static let nodes: [Double] = rule.map(\.node)
  static let weights: [Double] = rule.map(\.weight)

  private static let rule: [(node: Double, weight: Double)] = (0..<8).map { i in
    var x = -cos(Double.pi * (Double(i) + 0.75) / 8.5)
    var slope = 1.0
    for _ in 0..<10 {
      var (p, q) = (1.0, 0.0)
      for k in 1...8 {
        (p, q) = ((Double(2 * k - 1) * x * p - Double(k - 1) * q) / Double(k), p)
      }
      slope = 8 * (x * p - q) / (x * x - 1)
      x -= p / slope
    }
    return (x, 2 / ((1 - x * x) * slope * slope))
  }
}
