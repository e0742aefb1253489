// One direction of a box of fluid: its length, its cells, and what closes it.

/// A direction of the box. Lengths in m, speeds in m/s.
public struct BoxSide: Sendable, Hashable {
  /// Walls at both ends with the speeds at which they slide along themselves, or periodic.
  public enum Closing: Sendable, Hashable {
    case periodic
    case walls(lowSpeed: Double, highSpeed: Double)
  }

  public let length: Double
  public let cells: Int
  public let closing: Closing

  /// - Throws: `InvalidFlow` unless length > 0, speeds are finite and 4 ≤ cells ≤ 4096.
  public init(length: Double, cells: Int, closing: Closing) throws(InvalidFlow) {
    try requirePositive("length", length)
    guard (4...4096).contains(cells) else {
      throw InvalidFlow("cells", Double(cells), expected: "a number from 4 to 4096")
    }
    if case .walls(let low, let high) = closing {
      guard low.isFinite, high.isFinite else {
        throw InvalidFlow(
          "speed of a wall", low.isFinite ? high : low, expected: "a finite number")
      }
    }
    (self.length, self.cells, self.closing) = (length, cells, closing)
  }

  /// Edge of a cell, in m.
  public var spacing: Double { length / Double(cells) }

  /// Speeds of the walls, nil if periodic.
  var walls: (low: Double, high: Double)? {
    if case .walls(let low, let high) = closing { return (low, high) }
    return nil
  }

  /// First face that carries an unknown of the velocity through it, and how many do.
  var faces: (first: Int, count: Int) { walls == nil ? (0, cells) : (1, cells - 1) }
}
