// How unlike everything experienced a point is.
//
// Equation    DI(x) = min_i ‖x − x_i‖/d̄, with d̄ the mean over i of the mean distance of x_i to the
//             others; the threshold is the upper whisker of the leave-one-out DI of the x_i.
// Source      Meyer & Pebesma 2021, Methods Ecol. Evol. 12, 1620, doi 10.1111/2041-210X.13650.
// Deviation   coordinates are scaled by the caller, with floors, so that a descriptor that never
//             varied does not divide by zero.
// Validity    2 points or more, not all equal. Cost n² distances once, then n a query.
// Checked by  ExperienceRangeTests (`range.aoa`, `range.ledger`).

/// Scaled experiences and the spread that they have among themselves.
public struct DissimilarityIndex: Sendable {
  /// Coordinates of all points, one point after the other.
  private let coordinates: [Double]
  public let dimensions: Int
  public let count: Int
  /// d̄, the unit of DI.
  public let meanDistance: Double
  /// Leave-one-out DI of each point.
  public let own: [Double]
  /// Largest DI that counts as inside.
  public let threshold: Double
  /// Transfer to another template: each template left out as a whole; `nil` for a single one.
  public let thresholdOfTransfer: Double?

  /// - Parameters:
  ///   - points: scaled, all of one length.
  ///   - groups: template of each point, for transfer; empty: not asked.
  public init(_ points: [[Double]], groups: [Int] = []) {
    precondition(points.count > 1, "a distance needs two points")
    let (count, dimensions) = (points.count, points[0].count)
    let coordinates = points.flatMap { $0 }
    var sums = Array(repeating: 0.0, count: count)
    var nearest = Array(repeating: Double.infinity, count: count)
    let isGrouped = groups.count == count && Set(groups).count > 1
    var nearestOther = Array(repeating: Double.infinity, count: isGrouped ? count : 0)
    coordinates.withUnsafeBufferPointer { x in
      for i in 0..<count {
        for j in (i + 1)..<max(i + 1, count) {
          var square = 0.0
          for k in 0..<dimensions {
            let difference = x[i * dimensions + k] - x[j * dimensions + k]
            square += difference * difference
          }
          let distance = square.squareRoot()
          sums[i] += distance
          sums[j] += distance
          nearest[i] = min(nearest[i], distance)
          nearest[j] = min(nearest[j], distance)
          if isGrouped, groups[i] != groups[j] {
            nearestOther[i] = min(nearestOther[i], distance)
            nearestOther[j] = min(nearestOther[j], distance)
          }
        }
      }
    }
    let mean = sums.reduce(0) { $0 + $1 / Double(count - 1) } / Double(count)
    (self.coordinates, self.dimensions, self.count) = (coordinates, dimensions, count)
    meanDistance = mean
    let own = nearest.map { $0 / mean }
    self.own = own
    threshold = TukeyFence.upper(own)
    thresholdOfTransfer = isGrouped ? TukeyFence.upper(nearestOther.map { $0 / mean }) : nil
  }

  /// Where a scaled point lies.
  public struct Place: Sendable, Hashable {
    public let di: Double
    /// Indices of the nearest points, nearest first, and their DI.
    public let nearest: [Int]
    public let distances: [Double]
    /// Share of each descriptor in the squared distance to the nearest point.
    public let shares: [Double]
  }

  public func place(of point: [Double], neighbours: Int = 3) -> Place {
    var best: [(distance: Double, index: Int)] = []
    coordinates.withUnsafeBufferPointer { x in
      for i in 0..<count {
        var square = 0.0
        for k in 0..<dimensions {
          let difference = x[i * dimensions + k] - point[k]
          square += difference * difference
        }
        if best.count == neighbours, square >= best[neighbours - 1].distance { continue }
        // earlier points win ties, so the order of the ledger decides and nothing else
        let place = best.firstIndex { square < $0.distance } ?? best.count
        best.insert((square, i), at: place)
        if best.count > neighbours { best.removeLast() }
      }
    }
    let first = best[0]
    let shares = (0..<dimensions).map { k -> Double in
      let difference = coordinates[first.index * dimensions + k] - point[k]
      return first.distance > 0 ? difference * difference / first.distance : 0
    }
    let distances = best.map { $0.distance.squareRoot() / meanDistance }
    return Place(
      di: distances[0], nearest: best.map(\.index), distances: distances, shares: shares)
  }
}
