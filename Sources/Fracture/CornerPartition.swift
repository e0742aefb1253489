// Which of the eight corners at a grid node still hang together.
//
// Equation        two corners share a node if a path of closed faces joins them
// Discretisation  none: all 4096 masks of the twelve faces are solved at start (union of sets)
// Source          none
// Deviation       none
// Validity        a missing neighbour counts as open and absent
// Checked by      CornerPartitionTests: flood fill of every mask, mirror images

/// The partition of eight corners for each mask of open faces.
///
/// Octant o of a node is the cell on its upper side of x, y, z where bit 0, 1, 2 of o is set. Face
/// 4·axis + r joins the octants `pairs[4·axis + r]`.
public struct CornerPartition: Sendable {
  /// The octants that each of the twelve faces joins, the lower one first.
  public static let pairs: [(low: Int, high: Int)] = (0..<3).flatMap { axis in
    (0..<8).filter { $0 & (1 << axis) == 0 }.map { (low: $0, high: $0 | 1 << axis) }
  }

  /// Eight labels a mask; the label of a set is its lowest octant.
  private let labels: [UInt8]

  public init() {
    var table = [UInt8](repeating: 0, count: 4096 * 8)
    for mask in 0..<4096 {
      var label = (0..<8).map { UInt8($0) }
      // twelve joins at most; each pass lowers labels, so it ends
      var isChanging = true
      while isChanging {
        isChanging = false
        for (face, pair) in Self.pairs.enumerated() where mask & (1 << face) == 0 {
          let lowest = min(label[pair.low], label[pair.high])
          if label[pair.low] != lowest || label[pair.high] != lowest {
            label[pair.low] = lowest
            label[pair.high] = lowest
            isChanging = true
          }
        }
      }
      for octant in 0..<8 { table[mask * 8 + octant] = label[octant] }
    }
    labels = table
  }

  /// Lowest octant of the set that holds `octant`, for a mask of open faces below 4096.
  public func label(mask: Int, octant: Int) -> Int { Int(labels[mask * 8 + octant]) }
}
