// A uniform staggered grid over a box.
//
// Discretisation  nx × ny × nz cells of edge h with a corner at (0, 0, 0). Cell (i, j, k) keeps its centre
//                 (pressure, normal stresses), its three lower faces (velocities) and the three edges that
//                 meet in its lower corner (shear stresses). A layer of cells beyond the upper ends keeps
//                 the upper faces; all of them, and one more layer, have a `slot` in dense arrays.
// Validity        cubes; a box of at most 1000 cells a side

/// What stands at an end of the box.
public enum VolumeEnd: Sendable, Hashable {
  /// Liquid sticks to it. The velocity (m/s) lies in the wall's plane.
  case wall(SIMD3<Double>)
  /// Liquid glides along it.
  case slip
  /// Liquid leaves through it free of stress.
  case open
  /// What leaves comes in at the opposite end, which is periodic too.
  case periodic

  /// A wall at rest.
  public static let still = VolumeEnd.wall(.zero)
}

public struct VolumeGrid: Sendable, Hashable {
  /// Cells along x, y and z.
  public let cells: SIMD3<Int>
  /// Edge of a cell, in m.
  public let h: Double
  /// Ends at x = 0, y = 0, z = 0, and opposite.
  public let low: [VolumeEnd]
  public let high: [VolumeEnd]

  /// - Throws: `InvalidFlow` unless 1 ≤ cells ≤ 1000, h > 0, and periodic ends come in pairs.
  public init(
    cells: SIMD3<Int>, h: Double, low: [VolumeEnd], high: [VolumeEnd]
  ) throws(InvalidFlow) {
    try requirePositive("cell edge", h)
    for axis in 0..<3 {
      guard (1...1000).contains(cells[axis]) else {
        throw InvalidFlow("cells", Double(cells[axis]), expected: "a number from 1 to 1000")
      }
    }
    guard low.count == 3, high.count == 3 else {
      throw InvalidFlow("ends", Double(low.count + high.count), expected: "three and three")
    }
    for axis in 0..<3 {
      guard (low[axis] == .periodic) == (high[axis] == .periodic) else {
        throw InvalidFlow("periodic ends of an axis", 1, expected: "0 or 2")
      }
      for end in [low[axis], high[axis]] {
        guard case .wall(let speed) = end else { continue }
        guard speed.x.isFinite, speed.y.isFinite, speed.z.isFinite, speed[axis] == 0 else {
          throw InvalidFlow(
            "speed of a wall", speed[axis], expected: "finite, and 0 across the wall")
        }
      }
    }
    (self.cells, self.h, self.low, self.high) = (cells, h, low, high)
  }

  /// Length of the box, in m.
  public var extent: SIMD3<Double> {
    h * SIMD3(Double(cells.x), Double(cells.y), Double(cells.z))
  }

  // MARK: Slots

  /// Distance of neighbours along an axis in dense arrays.
  @inlinable
  var strides: SIMD3<Int> { SIMD3((cells.y + 3) * (cells.z + 3), cells.z + 3, 1) }
  @inlinable
  var slotCount: Int { (cells.x + 3) * (cells.y + 3) * (cells.z + 3) }

  /// Place in dense arrays of what belongs to cell (i, j, k); each from −1 to cells + 1.
  @inlinable
  public func slot(_ i: Int, _ j: Int, _ k: Int) -> Int {
    ((i + 1) * (cells.y + 3) + j + 1) * (cells.z + 3) + k + 1
  }

  func isPeriodic(_ axis: Int) -> Bool { low[axis] == .periodic }

  /// Slots along an axis that hold something: the last one only upper faces.
  func last(_ axis: Int) -> Int { isPeriodic(axis) ? cells[axis] - 1 : cells[axis] }

  /// The end in whose plane a position (in cells) lies, if it does.
  func end(_ axis: Int, _ position: Int) -> VolumeEnd? {
    if isPeriodic(axis) { return nil }
    return position == 0 ? low[axis] : position == cells[axis] ? high[axis] : nil
  }
}
