// Statistics of a law that is known by its members. Sums run in index order, in double.

import Foundation

/// Members of a law, each as likely.
public struct Ensemble: Sendable, Hashable {
  public let members: [Double]
  /// The members in ascending order.
  public let sorted: [Double]

  public init(_ members: [Double]) {
    self.members = members
    sorted = members.sorted()
  }

  public var mean: Double {
    // about the first member: equal members give exactly that number
    guard let first = members.first else { return .nan }
    return first + members.reduce(0) { $0 + ($1 - first) } / Double(members.count)
  }

  /// Sample standard deviation (n - 1); 0 for a single member.
  public var standardDeviation: Double {
    guard members.count > 1 else { return 0 }
    let mean = self.mean
    let sum = members.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (sum / Double(members.count - 1)).squareRoot()
  }

  /// Inverse distribution function (type 1): the member at rank max(1, ⌈τM − 1e-12⌉).
  public func quantile(_ level: Double) -> Double {
    guard !sorted.isEmpty else { return .nan }
    let rank = max(1, Int((level * Double(sorted.count) - 1e-12).rounded(.up)))
    return sorted[min(rank, sorted.count) - 1]
  }

  /// ½·mean|y − y'|: `fair` divides by M(M−1) pairs, otherwise by M².
  public func halfMeanDifference(fair: Bool) -> Double {
    let count = sorted.count
    guard count > 1 else { return 0 }
    // Σ_{i<j} (y_j − y_i) of sorted members, written without cancellation of large sums
    let middle = sorted[count / 2]
    var sum = 0.0
    for (index, value) in sorted.enumerated() {
      sum += Double(2 * index + 1 - count) * (value - middle)
    }
    let pairs = Double(count) * Double(fair ? count - 1 : count)
    return max(0, sum / pairs)
  }
}
