// Where a predicted number may lie: its median and its central 90 % and 50 %.
//
// Checked by GhostTests.

import Experience

struct Spread: Sendable, Hashable {
  var median: Double
  var outer: ClosedRange<Double>?
  var inner: ClosedRange<Double>?

  /// Nil for answers that are no numbers.
  init?(of answer: Answer, levels: [Double]) {
    switch answer {
    case .point(let value): median = value
    case .normal(let mean, let sd):
      median = mean
      // quantiles 0.95 and 0.75 of the normal law
      outer = (mean - 1.644854 * sd)...(mean + 1.644854 * sd)
      inner = (mean - 0.674490 * sd)...(mean + 0.674490 * sd)
    case .ensemble(let members):
      guard !members.isEmpty else { return nil }
      let sorted = members.sorted()
      let places = (0..<sorted.count).map { (Double($0) + 0.5) / Double(sorted.count) }
      self = Spread(levels: places, values: sorted)
    case .quantiles(let values):
      guard !values.isEmpty else { return nil }
      let isNamed = levels.count == values.count
      let places =
        isNamed ? levels : (0..<values.count).map { (Double($0) + 0.5) / Double(values.count) }
      self = Spread(levels: places, values: values)
    case .probability, .probabilities, .pairs, .paths, .bands, .handoff, .disposition,
      .verification:
      return nil
    }
  }

  /// Interpolated between levels, constant beyond them.
  private init(levels: [Double], values: [Double]) {
    func value(at level: Double) -> Double {
      guard let next = levels.firstIndex(where: { $0 >= level }) else {
        return values[values.count - 1]
      }
      guard next > 0 else { return values[0] }
      let part = (level - levels[next - 1]) / (levels[next] - levels[next - 1])
      return values[next - 1] + part * (values[next] - values[next - 1])
    }
    median = value(at: 0.5)
    if values.count > 1 {
      let (low, high) = (value(at: 0.05), value(at: 0.95))
      outer = min(low, high)...max(low, high)
      let (lower, upper) = (value(at: 0.25), value(at: 0.75))
      inner = min(lower, upper)...max(lower, upper)
    }
  }

  func mapped(_ map: (Double) -> Double) -> Spread {
    var copy = self
    copy.median = map(median)
    copy.outer = outer.map { map($0.lowerBound)...map($0.upperBound) }
    copy.inner = inner.map { map($0.lowerBound)...map($0.upperBound) }
    return copy
  }
}
