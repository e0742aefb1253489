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
    var sum = 0.0
    for y in truth.members { sum += loss(quantiles, levels: levels, outcome: y) }
    return sum / Double(truth.members.count)
  }

  /// S(G, G): the loss of the truth's own quantiles.
  public static func ownLoss(_ truth: Ensemble, levels: [Double]) -> Double {
    truth.members.count > 1
      ? loss(levels.map(truth.quantile), levels: levels, truth: truth) : 0
  }
}
