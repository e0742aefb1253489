// A series under a rule: a weighted mean over its items, or the energy score of its paths.
//
// Equation    d = Σ_k w_k·d_k/Σ_k w_k with the loss of one scalar in each item (wis, crps); under `energy`
//             each item is divided by its published spread over climatology.
// Climatology item by item all members of all instances; as paths one member an instance, at most 256.
// Checked by  SeriesScoreTests.

import Experience

extension QuestionRule {
  static let climatologyPaths = 256

  /// The answer to a series as its rule reads it.
  func series(_ answer: Answer) -> Forecast? {
    switch answer {
    case .bands(let bands) where rule == .wis:
      guard let count = bands.first?.count else { return nil }
      return .series((0..<count).map { k in .quantiles(bands.map { scale.coordinate($0[k]) }) })
    case .paths(let paths):
      let paths = paths.map { $0.map(scale.coordinate) }
      if rule == .energy { return .paths(paths) }
      guard let count = paths.first?.count else { return nil }
      return .series((0..<count).map { k in law(paths.map { $0[k] }) })
    default: return nil
    }
  }

  /// Climatology of a series: what all instances did.
  func pooled(_ truths: [[[Double]]]) -> Forecast {
    if rule == .energy {
      let step = max(1, truths.count / QuestionRule.climatologyPaths)
      return .paths(
        stride(from: 0, to: truths.count, by: step).prefix(QuestionRule.climatologyPaths).map {
          truths[$0][$0 % truths[$0].count]
        })
    }
    let count = truths.first?.first?.count ?? 0
    return .series(
      (0..<count).map { k in
        let mixed = EmpiricalLaw(mixing: truths.map { $0.map { $0[k] } })
        return rule == .wis ? .quantiles(levels.map(mixed.quantile)) : .empirical(mixed)
      })
  }

  private func law(_ column: [Double]) -> Forecast {
    let ensemble = Ensemble(column)
    return rule == .wis
      ? .quantiles(levels.map(ensemble.quantile)) : .empirical(EmpiricalLaw(column))
  }

  /// Weighted mean over the items of what `loss` gives for each.
  func overItems(_ paths: [[Double]], _ loss: (Int, Ensemble) -> Double) -> Double {
    let count = paths[0].count
    var (sum, total) = (0.0, 0.0)
    for k in 0..<count {
      let weight = k < weights.count ? weights[k] : 1
      guard weight > 0 else { continue }
      sum += weight * loss(k, Ensemble(paths.map { $0[k] }))
      total += weight
    }
    return total > 0 ? sum / total : 0
  }

  /// What the components of a path are divided by.
  func spreads(_ count: Int) -> [Double] {
    (0..<count).map { k in k < scales.count && scales[k] > 0 ? scales[k] : 1 }
  }

  /// Paths of somebody who knows the support and nothing else.
  func ignorantPaths(_ count: Int) -> [[Double]] {
    let random = CounterRandom(seed: StableHash.fnv1a("maximum entropy"))
    return (0..<UInt64(64)).map { index in
      (0..<count).map { k in
        scale.low + (scale.high - scale.low) * random.uniform(stream: UInt64(k), index: index)
      }
    }
  }
}
