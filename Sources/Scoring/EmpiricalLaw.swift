// A law of finitely many values, prepared so that its CRPS costs O(log n) for each outcome.
//
// Equation    mean|X − y| = y·(2·P(y) − 1) + E X − 2·E[X; X ≤ y], from running sums of weights and
//             of weighted values, taken about a middle value so that large offsets do not cancel;
//             ½·E|X − X'| = Σ_k P_k·(1 − P_k)·(x_{k+1} − x_k).
// Checked by  ScalarRuleTests (against the sums over pairs, and the integral of (F − G)²).

/// Values with weights that sum to 1.
public struct EmpiricalLaw: Sendable, Hashable {
  /// Ascending.
  public let values: [Double]
  /// `below[k]`: weight of the first k values; one element more than `values`.
  private let below: [Double]
  /// Running sums of weight·(value − centre), same layout.
  private let moments: [Double]
  private let centre: Double
  /// ½·E|X − X'| over all pairs, a value with itself included: the ensemble *is* the law.
  public let halfMeanDifference: Double

  /// Values that are equally likely; not empty.
  public init(_ values: [Double]) {
    let count = Double(values.count)
    self.init(sorted: values.sorted(), below: (0...values.count).map { Double($0) / count })
  }

  /// Several laws mixed with equal weight, however many members each has.
  public init(mixing laws: [[Double]]) {
    let laws = laws.filter { !$0.isEmpty }
    if let size = laws.first?.count, laws.allSatisfy({ $0.count == size }) {
      self.init(laws.flatMap { $0 })
      return
    }
    let pairs = laws.flatMap { law in
      law.map { (value: $0, weight: 1 / (Double(law.count) * Double(laws.count))) }
    }.sorted { $0.value < $1.value }
    var below = [0.0]
    for pair in pairs { below.append(below[below.count - 1] + pair.weight) }
    self.init(sorted: pairs.map(\.value), below: below)
  }

  private init(sorted: [Double], below: [Double]) {
    precondition(!sorted.isEmpty, "a law needs a value")
    (values, self.below, centre) = (sorted, below, sorted[sorted.count / 2])
    var moments = [0.0]
    moments.reserveCapacity(sorted.count + 1)
    var sum = 0.0
    var difference = 0.0
    for index in sorted.indices {
      sum += (below[index + 1] - below[index]) * (sorted[index] - centre)
      moments.append(sum)
      if index > 0 {
        difference += below[index] * (1 - below[index]) * (sorted[index] - sorted[index - 1])
      }
    }
    (self.moments, halfMeanDifference) = (moments, difference)
  }

  /// Number of values that are not above `y`.
  private func rank(_ y: Double) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] <= y { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// E|X − y|.
  public func meanDistance(to y: Double) -> Double {
    let k = rank(y)
    let total = moments[values.count]
    return (y - centre) * (2 * below[k] - 1) + total - 2 * moments[k]
  }

  /// P(X < y) + ½·P(X = y).
  public func probability(upTo y: Double) -> Double {
    let upper = rank(y)
    var lower = upper
    while lower > 0, values[lower - 1] == y { lower -= 1 }
    return 0.5 * (below[lower] + below[upper])
  }

  /// Inverse distribution function (type 1).
  public func quantile(_ level: Double) -> Double {
    let target = level - 1e-12 / Double(values.count)
    var (low, high) = (1, values.count)
    while low < high {
      let middle = (low + high) / 2
      if below[middle] >= target { high = middle } else { low = middle + 1 }
    }
    return values[low - 1]
  }
}
