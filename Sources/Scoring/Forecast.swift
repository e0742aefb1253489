// An answer as a law in the loss's coordinate: clipped, on the published scale, in the form in
// which its rule reads it.
//
// Checked by  ForecastTests, ScalarRuleTests.

import Experience
import Foundation

public enum Forecast: Sendable, Hashable {
  case probability(Double)
  case empirical(EmpiricalLaw)
  case normal(mean: Double, sd: Double)
  /// At the question's levels.
  case quantiles([Double])
  /// What is done with a requirement.
  case action(Disposition)
  /// Of classes, or of the pairs of an order.
  case probabilities([Double])
  /// One law for each item of a series.
  case series([Forecast])
  /// Paths of a series, equally likely.
  case paths([[Double]])
}

extension Forecast {
  /// Ends of the central interval that holds `share` of the law; `nil` where the form has none.
  func interval(_ share: Double, levels: [Double]) -> ClosedRange<Double>? {
    let (lower, upper) = (0.5 * (1 - share), 0.5 * (1 + share))
    switch self {
    case .probability, .action, .probabilities, .series, .paths: return nil
    case .empirical(let law): return law.quantile(lower)...law.quantile(upper)
    case .normal(let mean, let sd):
      let half = sd * NormalLaw.quantile(upper)
      return (mean - half)...(mean + half)
    case .quantiles(let values):
      guard let low = levels.firstIndex(where: { abs($0 - lower) < 1e-9 }),
        let high = levels.firstIndex(where: { abs($0 - upper) < 1e-9 })
      else { return nil }
      return values[low]...values[high]
    }
  }

  /// F(y), with half of an atom at y. Between quantiles it is interpolated, in the tails it is the
  /// middle of the level that is left.
  func probability(upTo y: Double, levels: [Double]) -> Double? {
    switch self {
    case .probability, .action, .probabilities, .series, .paths: return nil
    case .empirical(let law): return law.probability(upTo: y)
    case .normal(let mean, let sd): return NormalLaw.probability((y - mean) / sd)
    case .quantiles(let values):
      guard let first = values.firstIndex(where: { $0 >= y }) else {
        return 0.5 * (1 + (levels.last ?? 1))
      }
      if values[first] == y {
        let last = values.lastIndex { $0 == y } ?? first
        return 0.5 * (levels[first] + levels[last])
      }
      guard first > 0 else { return 0.5 * levels[0] }
      let share = (y - values[first - 1]) / (values[first] - values[first - 1])
      return levels[first - 1] + share * (levels[first] - levels[first - 1])
    }
  }

  /// The middle of the law, for words.
  func median(levels: [Double]) -> Double? {
    switch self {
    case .probability(let p): return p
    case .action, .probabilities, .series, .paths: return nil
    case .empirical(let law): return law.quantile(0.5)
    case .normal(let mean, _): return mean
    case .quantiles(let values):
      let index = levels.firstIndex { abs($0 - 0.5) < 1e-9 } ?? values.count / 2
      return index < values.count ? values[index] : nil
    }
  }
}
