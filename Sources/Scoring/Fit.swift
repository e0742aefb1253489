// How a valid answer lies against the truth, for calibration. Nothing here enters a loss.
//
//             covered: at least half of the members inside the central interval; PIT = mean_j F(y_j);
//             below: share of members below each quantile, one half at the quantile itself.
// Checked by  CalibrationTests.

import Experience

struct Fit {
  var probability: Double?
  var truth: Double?
  var covered50: Bool?
  var covered90: Bool?
  var pit: Double?
  /// Width of the central 90 % interval, in the loss's coordinate.
  var width90: Double?
  var below: [Double] = []

  init(_ forecast: Forecast, _ law: TruthLaw, _ rule: QuestionRule) {
    switch (forecast, law) {
    case (.probability(let p), .event(let g, _)): (probability, truth) = (p, g)
    case (_, .scalar(let ensemble)):
      let members = ensemble.members
      let levels = rule.levels
      func isCovered(_ share: Double) -> Bool? {
        forecast.interval(share, levels: levels).map { interval in
          2 * members.reduce(0) { $0 + (interval.contains($1) ? 1 : 0) } >= members.count
        }
      }
      (covered50, covered90) = (isCovered(0.5), isCovered(0.9))
      // two ends say nothing between and beyond them
      guard rule.rule != .interval else { return }
      width90 = forecast.interval(0.9, levels: levels).map { $0.upperBound - $0.lowerBound }
      var sum = 0.0
      for y in members {
        guard let probability = forecast.probability(upTo: y, levels: levels) else { return }
        sum += probability
      }
      pit = sum / Double(members.count)
      guard case .quantiles(let values) = forecast else { return }
      below = values.map { value in
        members.reduce(0.0) { $0 + ($1 < value ? 1 : $1 == value ? 0.5 : 0) }
          / Double(members.count)
      }
    default: break
    }
  }
}
