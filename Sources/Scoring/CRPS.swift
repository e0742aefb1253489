// Continuous ranked probability score: how far a forecast law is from an outcome, in its unit.
//
// Equation    CRPS(F, y) = E|X − y| − ½·E|X − X'| = ∫(F(x) − 1[x ≥ y])² dx;
//             normal law: s·(z·(2Φ(z) − 1) + 2φ(z) − 1/√π), z = (y − μ)/s; a point: |x − y|.
// Excess      d = mean_j CRPS(F, y_j) − ½·mean|y − y'| = ∫(F − G)². The truth's term divides by
//             M·(M − 1) pairs (fair: unbiased for the law behind the members).
// Source      Gneiting & Raftery 2007, J. Am. Stat. Assoc. 102, 359, equations 20 and 21;
//             Ferro 2014, Q. J. R. Meteorol. Soc. 140, 1917.
// Deviation   a normal law with more than 1e-6 outside the support, or on a logarithmic scale, is
//             replaced by its 999 quantiles at (i − ½)/999, which are then clipped one by one.
// Checked by  ScalarRuleTests.

import Experience
import Foundation

public enum CRPS {
  /// Against one outcome, both in the loss's coordinate.
  public static func loss(_ law: EmpiricalLaw, outcome y: Double) -> Double {
    max(0, law.meanDistance(to: y) - law.halfMeanDifference)
  }

  /// Normal law against one outcome; sd > 0.
  public static func loss(normalMean mean: Double, sd: Double, outcome y: Double) -> Double {
    let z = (y - mean) / sd
    // far out the law is a point to double precision, and z itself could overflow
    if abs(z) > 40 { return abs(y - mean) - sd / Double.pi.squareRoot() }
    return sd
      * (z * (2 * NormalLaw.probability(z) - 1) + 2 * NormalLaw.density(z)
        - 1 / Double.pi.squareRoot())
  }

  /// S(G, G) = ½·mean|y − y'|, fair for 2 members or more; 0 for a single one.
  public static func ownLoss(_ truth: Ensemble) -> Double { truth.halfMeanDifference(fair: true) }

  /// Share of a normal law that may lie outside the support before it is replaced.
  static let outsideLimit = 1e-6
  static let quantileCount = 999

  /// The quantiles that stand for a normal law, in the loss's coordinate.
  static func quantiles(mean: Double, sd: Double, on scale: OutcomeScale) -> EmpiricalLaw {
    EmpiricalLaw(
      standardQuantiles.map { z in scale.coordinate(mean + sd * z) })
  }

  private static let standardQuantiles: [Double] = (1...quantileCount).map {
    NormalLaw.quantile((Double($0) - 0.5) / Double(quantileCount))
  }

  /// Whether more of the law than the limit lies outside the support.
  static func isCut(mean: Double, sd: Double, by support: ClosedRange<Double>) -> Bool {
    let outside =
      NormalLaw.probability((support.lowerBound - mean) / sd)
      + NormalLaw.probability((mean - support.upperBound) / sd)
    return outside > outsideLimit
  }
}
