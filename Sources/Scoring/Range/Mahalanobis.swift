// Distance from the centre of all experiences, a diagnostic.
//
// Equation    D² = (x − m)ᵀ S⁻¹ (x − m) with the sample covariance S, against χ² of as many degrees as
//             there are descriptors; S is solved by Cholesky.
// Limits      it accepts points in a gap between experiences; the dissimilarity index decides.
// Checked by  ExperienceRangeTests (`range.mahalanobis`).

public struct Mahalanobis: Sendable {
  private let mean: [Double]
  /// Lower triangle of the Cholesky factor, rows one after the other.
  private let factor: [[Double]]

  /// `nil` where the covariance is singular: fewer points than descriptors, or one that never varies.
  public init?(_ points: [[Double]]) {
    guard points.count > 1, let size = points.first?.count, size > 0 else { return nil }
    let count = Double(points.count)
    let mean = (0..<size).map { k in points.reduce(0) { $0 + $1[k] } / count }
    var factor = Array(repeating: Array(repeating: 0.0, count: size), count: size)
    for i in 0..<size {
      for j in 0...i {
        var sum = 0.0
        for point in points { sum += (point[i] - mean[i]) * (point[j] - mean[j]) }
        sum /= count - 1
        for k in 0..<j { sum -= factor[i][k] * factor[j][k] }
        if i == j {
          guard sum > 1e-12 else { return nil }
          factor[i][i] = sum.squareRoot()
        } else {
          factor[i][j] = sum / factor[j][j]
        }
      }
    }
    (self.mean, self.factor) = (mean, factor)
  }

  /// D² of a point.
  public func square(_ point: [Double]) -> Double {
    var (sum, solved) = (0.0, [Double]())
    for i in 0..<mean.count {
      var value = point[i] - mean[i]
      for k in 0..<i { value -= factor[i][k] * solved[k] }
      value /= factor[i][i]
      solved.append(value)
      sum += value * value
    }
    return sum
  }
}
