// A body of equal boxes on a grid.
//
// Equation        none
// Discretisation  cells, nodes and faces numbered with x slowest and z fastest, so that the stiffness
//                 is a band as narrow as the cross-section allows
// Source          none
// Deviation       none
// Validity        up to 2³¹ numbers of each kind
// Checked by      LatticeTests: counts, faces, a voxel disc

/// Elements, their corners and the faces between them, before anything breaks.
public struct Lattice: Sendable {
  /// Cells along x, y, z.
  public let counts: SIMD3<Int>
  /// Edges of a cell, in m.
  public let edges: SIMD3<Double>
  /// Number of elements, that is of occupied cells.
  public let elementCount: Int
  /// Number of nodes that an element uses.
  public let nodeCount: Int
  /// Node of corner c of element e at 8e + c.
  public let corners: [Int32]
  /// Place of each element in the grid.
  public let cells: [SIMD3<Int32>]
  /// Grid place of each node.
  public let nodePlaces: [SIMD3<Int32>]
  /// Element below a face along its axis.
  public let faceLow: [Int32]
  /// Element above a face.
  public let faceHigh: [Int32]
  /// 0, 1, 2 for a face across x, y, z.
  public let faceAxis: [UInt8]
  /// Face on the upper side of element e along an axis at 3e + axis; −1 at the boundary.
  let faceAbove: [Int32]
  /// Element of a cell, −1 where the cell is empty.
  private let elements: [Int32]

  /// - Throws: `InvalidFracture` for counts below 1, edges not above 0, or nothing occupied.
  public init(
    counts: SIMD3<Int>, edges: SIMD3<Double>,
    occupied: (SIMD3<Int>) -> Bool = { _ in true }
  ) throws(InvalidFracture) {
    for axis in 0..<3 {
      guard counts[axis] >= 1, counts[axis] <= 4096 else {
        throw InvalidFracture("counts", Double(counts[axis]), expected: "1 to 4096 cells")
      }
      try requirePositive("edge", edges[axis])
    }
    (self.counts, self.edges) = (counts, edges)
    var elements = [Int32](repeating: -1, count: counts.x * counts.y * counts.z)
    var cells: [SIMD3<Int32>] = []
    for i in 0..<counts.x {
      for j in 0..<counts.y {
        for k in 0..<counts.z where occupied(SIMD3(i, j, k)) {
          elements[(i * counts.y + j) * counts.z + k] = Int32(cells.count)
          cells.append(SIMD3(Int32(i), Int32(j), Int32(k)))
        }
      }
    }
    guard !cells.isEmpty else {
      throw InvalidFracture("occupied", 0, expected: "at least one occupied cell")
    }

    // nodes in the order of the grid, without those that no element uses
    let (ny, nz) = (counts.y + 1, counts.z + 1)
    var used = [Int32](repeating: -1, count: (counts.x + 1) * ny * nz)
    func slot(_ cell: SIMD3<Int32>, _ corner: Int) -> Int {
      let i = Int(cell.x) + (corner & 1)
      let j = Int(cell.y) + (corner >> 1 & 1)
      let k = Int(cell.z) + (corner >> 2)
      return (i * ny + j) * nz + k
    }
    for cell in cells { for corner in 0..<8 { used[slot(cell, corner)] = 0 } }
    var places: [SIMD3<Int32>] = []
    for index in used.indices where used[index] == 0 {
      used[index] = Int32(places.count)
      places.append(
        SIMD3(Int32(index / (ny * nz)), Int32(index / nz % ny), Int32(index % nz)))
    }
    corners = cells.flatMap { cell in (0..<8).map { used[slot(cell, $0)] } }

    var (low, high, axes): ([Int32], [Int32], [UInt8]) = ([], [], [])
    var above = [Int32](repeating: -1, count: 3 * cells.count)
    for (element, cell) in cells.enumerated() {
      for axis in 0..<3 where Int(cell[axis]) + 1 < counts[axis] {
        var next = cell
        next[axis] += 1
        let other = elements[(Int(next.x) * counts.y + Int(next.y)) * counts.z + Int(next.z)]
        guard other >= 0 else { continue }
        above[3 * element + axis] = Int32(low.count)
        low.append(Int32(element))
        high.append(other)
        axes.append(UInt8(axis))
      }
    }
    (self.elements, self.cells, nodePlaces) = (elements, cells, places)
    (faceLow, faceHigh, faceAxis, faceAbove) = (low, high, axes, above)
    (elementCount, nodeCount) = (cells.count, places.count)
  }

  public var faceCount: Int { faceLow.count }
  /// Outer size of the grid, in m.
  public var size: SIMD3<Double> {
    SIMD3(Double(counts.x), Double(counts.y), Double(counts.z)) * edges
  }
  /// Volume of one element, in m³.
  public var cellVolume: Double { edges.x * edges.y * edges.z }
  /// Area of a face across `axis`, in m².
  public func faceArea(axis: Int) -> Double { cellVolume / edges[axis] }

  /// Reference position of a node, in m from the middle of the grid.
  public func reference(node: Int) -> SIMD3<Double> { place(nodePlaces[node], offset: 0) }
  /// Reference position of the centre of an element, in m from the middle of the grid.
  public func centre(element: Int) -> SIMD3<Double> { place(cells[element], offset: 0.5) }
  /// Centre of a face, in m from the middle of the grid.
  public func centre(face: Int) -> SIMD3<Double> {
    0.5 * (centre(element: Int(faceLow[face])) + centre(element: Int(faceHigh[face])))
  }

  private func place(_ p: SIMD3<Int32>, offset: Double) -> SIMD3<Double> {
    let cells = SIMD3(Double(p.x), Double(p.y), Double(p.z)) + offset
    return cells * edges - 0.5 * size
  }

  /// Element of a cell, nil outside and where the cell is empty.
  public func element(at cell: SIMD3<Int>) -> Int? {
    for axis in 0..<3 where cell[axis] < 0 || cell[axis] >= counts[axis] { return nil }
    let index = elements[(cell.x * counts.y + cell.y) * counts.z + cell.z]
    return index < 0 ? nil : Int(index)
  }

  /// Grid places of the four corners of a face.
  func corners(of face: Int) -> [SIMD3<Int>] {
    let cell = cells[Int(faceLow[face])]
    return Self.faceCorners[Int(faceAxis[face])].map { corner in
      SIMD3(Int(cell.x) + (corner & 1), Int(cell.y) + (corner >> 1 & 1), Int(cell.z) + corner >> 2)
    }
  }

  /// The corners of the lower element that touch a face across each axis, in one order; the upper
  /// element has the same corners without the bit of the axis.
  static let faceCorners: [[Int]] = (0..<3).map { axis in
    (0..<8).filter { $0 & (1 << axis) != 0 }
  }

  /// Number `place` (0 … 3) of `faceCorners` for an axis.
  @inline(__always)
  static func faceCorner(_ axis: Int, _ place: Int) -> Int {
    let (a, b) = axis == 0 ? (2, 4) : axis == 1 ? (1, 4) : (1, 2)
    return (1 << axis) + (place & 1 == 0 ? 0 : a) + (place & 2 == 0 ? 0 : b)
  }
}
