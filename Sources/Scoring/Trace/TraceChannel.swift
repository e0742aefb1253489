// One recorded quantity at one place in simulated time, over the members of a truth: what a claim is
// compared with.
//
// Tolerance   tol = max(ρ·|m|, 2·s_G, H, floor): m the median (type 1), s_G the sample standard
//             deviation of the members in which the anchor occurs, H the numerical half-width.
// Checked by  TraceTruthTests, WorkedTraceTests.

import Experience

/// Members of a quantity, all numbers in SI.
public struct TraceChannel: Sendable, Hashable {
  /// As traces write it, such as `impact_speed`.
  public let name: String
  public let aliases: [String]
  /// Names of anchors that mean it; empty: it is about the whole run.
  public let anchors: [String]
  /// SI unit of the record, for reports.
  public let unit: Unit
  /// One value a member, NaN where the anchor does not occur; `nil` where the record does not say
  /// which member is which.
  public let members: [Double]?
  /// Ascending, without those in which the anchor does not occur.
  let sorted: [Double]
  /// Share of members in which the anchor occurs.
  public let occurs: Double
  public let halfWidth: Double
  public let floor: Double
  public let isUnresolved: Bool
  /// Median and sample standard deviation.
  public let median: Double
  public let sd: Double

  /// - Parameters:
  ///   - values: in SI; NaN where the anchor does not occur.
  ///   - occurs: share, where the members without it were left out of `values` (then `values` has no
  ///     order that other channels share).
  public init(
    name: String, aliases: [String] = [], anchors: [String] = [], unit: Unit, values: [Double],
    occurs: Double? = nil, halfWidth: Double = 0, floor: Double = 0, isUnresolved: Bool = false
  ) {
    (self.name, self.aliases, self.anchors, self.unit) = (name, aliases, anchors, unit)
    (self.halfWidth, self.floor, self.isUnresolved) = (halfWidth, floor, isUnresolved)
    let present = values.filter { !$0.isNaN }
    let law = Ensemble(present)
    (sorted, median, sd) = (law.sorted, law.quantile(0.5), law.standardDeviation)
    self.occurs = occurs ?? (values.isEmpty ? 0 : Double(present.count) / Double(values.count))
    members = (occurs ?? 1) < 1 ? nil : values
  }

  /// tol of a claim, in SI; > 0 unless everything is exactly 0.
  public func tolerance(rho: Double) -> Double {
    max(rho * abs(median), 2 * sd, halfWidth, floor)
  }

  /// Share of all members that satisfy a comparison; a member without the anchor does not.
  func share(_ comparison: Criterion.Comparison, _ limit: Double) -> Double {
    guard !sorted.isEmpty else { return 0 }
    let below = rank { $0 < limit }
    let upTo = rank { $0 <= limit }
    let count =
      switch comparison {
      case .less: below
      case .lessOrEqual: upTo
      case .greater: sorted.count - upTo
      case .greaterOrEqual: sorted.count - below
      }
    return occurs * Double(count) / Double(sorted.count)
  }

  func share(from low: Double, to high: Double) -> Double {
    guard !sorted.isEmpty else { return 0 }
    return occurs * Double(rank { $0 <= high } - rank { $0 < low }) / Double(sorted.count)
  }

  /// Values at the start for which `holds`.
  private func rank(_ holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(sorted[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
