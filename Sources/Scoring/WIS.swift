// Weighted interval score of quantiles, in the pinball form.
//
// Equation    WIS(q, y) = (2/n)·Σ_i (τ_i − 1[y < q_i])·(y − q_i); for symmetric levels the same as
//             (½·|y − m| + Σ_k (α_k/2)·IS_k)/(K + ½).
// Excess      the truth's own quantiles are of type 1, which minimise the mean pinball loss over its
//             members; there is no fair term.
// Translation a point gives equal quantiles, a normal law μ + s·Φ⁻¹(τ), an ensemble its type 1
//             quantiles: changing the form cannot change the rule.
// Source      Bracher, Ray, Gneiting & Reich 2021, PLoS Comput. Biol. 17, e1008618.
// Checked by  ScalarRuleTests (interval form as an independent oracle).

import Experience

public enum WIS {
  /// Against one outcome; `quantiles` at `levels`, all in the loss's coordinate.
  public static func loss(_ quantiles: [Double], levels: [Double], outcome y: Double) -> Double {
    var sum = 0.0
    for (level, quantile) in zip(levels, quantiles) {
      sum += (level - (y < quantile ? 1 : 0)) * (y - quantile)
    }
    return 2 * sum / Double(levels.count)
  }

  /// Mean over the members of a truth.
  public static func loss(_ quantiles: [Double], levels: [Double], truth: Ensemble) -> Double {
    let count = Double(levels.count)
    let terms = zip(levels, quantiles).map { (below: $0 - 1, above: $0, quantile: $1) }
    var sum = 0.0
    var place = 0
    // four members side by side, each in the order of `loss`, so that no bit differs
    while place + 4 <= truth.members.count {
      let y = SIMD4(
        truth.members[place], truth.members[place + 1], truth.members[place + 2],
        truth.members[place + 3])
      var parts = SIMD4<Double>.zero
      for term in terms {
        let weight = SIMD4(repeating: term.above)
          .replacing(with: term.below, where: y .< term.quantile)
        parts += weight * (y - term.quantile)
      }
      let losses = 2 * parts / count
      for lane in 0..<4 { sum += losses[lane] }
      place += 4
    }
    for y in truth.members[place...] { sum += loss(quantiles, levels: levels, outcome: y) }
    return sum / Double(truth.members.count)
  }

  /// S(G, G): the loss of the truth's own quantiles.
  public static func ownLoss(_ truth: Ensemble, levels: [Double]) -> Double {
    truth.members.count > 1
      ? loss(levels.map(truth.quantile), levels: levels, truth: truth) : 0
  }
}
