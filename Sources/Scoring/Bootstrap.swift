// Uncertainty of a skill: which scenes were drawn.
//
// Method      20 clusters or more: paired cluster bootstrap, stratified by template, percentile
//             interval of type 7. Every replicate draws C_t clusters from stratum t, with index
//             ⌊C_t·(u ≫ 11)·2⁻⁵³⌋; one SplitMix64, replicate by replicate, strata by name: the same
//             bytes everywhere. The same clusters stand in numerator and denominator.
//             6 to 19: the percentile interval is too short; Student's t on the cluster differences,
//             and the exact sign-flip p = #{|mean(±D)| ≥ |mean D|}/2^C.
//             Below 6: nothing, because p cannot fall below 2/2^C.
// Source      Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapters 8 and 13;
//             quantiles: Hyndman & Fan 1996, Am. Stat. 50, 361.
// Checked by  BootstrapTests.

import Experience

public struct Bootstrap: Sendable {
  public static let replicates = 9999
  public static let minimumClusters = 20
  static let levels = (low: 0.025, high: 0.975)

  /// 95 % percentile intervals; no skill where a replicate's reference loss is not positive.
  public let skill: ClosedRange<Double>?
  public let delta: ClosedRange<Double>

  public init(_ table: ClusterTable, replicates: Int = Bootstrap.replicates, seed: UInt64) {
    self = Bootstrap.run([table], replicates: replicates, seed: seed)[0]
  }

  /// Intervals of several tables, in their order. Tables with equal strata share the same draws, as
  /// they would if each ran alone. Cost: one random number for each cluster, replicate and shape.
  public static func run(
    _ tables: [ClusterTable], replicates: Int, seed: UInt64
  ) -> [Bootstrap] {
    var results: [Bootstrap?] = Array(repeating: nil, count: tables.count)
    var places: [[Int]: [Int]] = [:]
    for (index, table) in tables.enumerated() {
      places[table.strata.map(\.count), default: []].append(index)
    }
    for (shape, indices) in places {
      let resampling = Resampling(shape: shape, tables: indices.map { tables[$0] })
      let means = resampling.means(replicates: replicates, seed: seed)
      for (place, index) in indices.enumerated() {
        results[index] = Bootstrap(means[place])
      }
    }
    return results.compactMap { $0 }
  }

  /// Weighted mean losses (model, reference) of every replicate.
  private init(_ means: [SIMD2<Double>]) {
    var skills = means.map { $0.y > 0 ? 1 - $0.x / $0.y : .nan }
    var deltas = means.map { $0.y - $0.x }
    skill = skills.allSatisfy(\.isFinite) ? Bootstrap.interval(&skills) : nil
    delta = Bootstrap.interval(&deltas)
  }

  private static func interval(_ values: inout [Double]) -> ClosedRange<Double> {
    values.sort()
    let low = quantile(values, levels.low)
    return low...max(low, quantile(values, levels.high))
  }

  /// Type 7: linear between the order statistics at (n − 1)·level.
  public static func quantile(_ sorted: [Double], _ level: Double) -> Double {
    let place = Double(sorted.count - 1) * level
    let index = min(Int(place), sorted.count - 1)
    let next = min(index + 1, sorted.count - 1)
    return sorted[index] + (place - Double(index)) * (sorted[next] - sorted[index])
  }
}

/// Interval and test for few clusters.
public struct SmallSample: Sendable {
  public static let minimumClusters = 6

  /// 95 % Student t interval of the weighted mean difference.
  public let interval: ClosedRange<Double>
  public let signFlip: Double

  /// At most 24 clusters, since all sign patterns are enumerated.
  public init(_ table: ClusterTable) {
    // differences scaled so that their plain mean is the weighted one
    var differences: [Double] = []
    for stratum in table.strata {
      let weight =
        Double(table.clusters) / (Double(table.strata.count) * Double(stratum.count))
      for cluster in stratum { differences.append(weight * (cluster.reference - cluster.model)) }
    }
    self.init(differences: differences)
  }

  public init(differences: [Double]) {
    let count = Double(differences.count)
    let mean = differences.reduce(0, +) / count
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / (count - 1) / count).squareRoot()
    let half = StudentT.quantile(0.975, degrees: count - 1) * error
    interval = (mean - half)...(mean + half)
    signFlip = SmallSample.signFlip(differences)
  }

  static func signFlip(_ differences: [Double]) -> Double {
    precondition(differences.count <= 24, "sign patterns of more than 24 clusters are too many")
    let observed = abs(differences.reduce(0, +))
    // rounding must not decide whether a pattern equals the observed one
    let limit = observed - 1e-12 * differences.reduce(0) { $0 + abs($1) }
    var hits = 0
    for pattern in 0..<(1 << differences.count) {
      var sum = 0.0
      for (index, value) in differences.enumerated() {
        sum += pattern >> index & 1 == 1 ? -value : value
      }
      if abs(sum) >= limit { hits += 1 }
    }
    return Double(hits) / Double(1 << differences.count)
  }
}
