// What knowing nothing costs, and what an answer costs that cannot be read: a tenth more.
//
// Equation    S(INVALID, G) = 1.1·S(F_max, G); F_max is ½ for an event and uniform on the support
//             [0, L] for a scalar, whose CRPS is (y³ + (L − y)³)/(3·L²); under `wis` its quantiles.
// Why 1.1     a broken answer always costs more than the valid "I know nothing", even where the
//             truth itself is even. So no model gains by writing NaN.
// Checked by  MaximumEntropyTests.

import Experience

public enum MaximumEntropy {
  public static let surcharge = 1.1

  /// S(½, g).
  public static func brier(truth g: Double) -> Double { Brier.loss(0.5, truth: g) }

  /// Mean CRPS of the uniform law on the support.
  public static func crps(truth: Ensemble, on scale: OutcomeScale) -> Double {
    let width = scale.high - scale.low
    guard width > 0 else { return 0 }
    var sum = 0.0
    for member in truth.members {
      let (y, rest) = (member - scale.low, scale.high - member)
      sum += (y * y * y + rest * rest * rest) / (3 * width * width)
    }
    return sum / Double(truth.members.count)
  }

  /// Mean WIS of the uniform law's quantiles.
  public static func wis(truth: Ensemble, levels: [Double], on scale: OutcomeScale) -> Double {
    WIS.loss(
      levels.map { scale.low + $0 * (scale.high - scale.low) }, levels: levels, truth: truth)
  }
}
