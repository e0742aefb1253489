// Which corners of a lattice may touch a shape, and with what area.
//
// Equation        a corner carries a quarter of its face; of it, the part inside the strip of a line
// Discretisation  outer faces only
// Source          none
// Deviation       none
// Validity        see PadContact
// Checked by      PadContactTests

extension PadContact {
  /// A line or ball over the upper surface (`side` −1) or under the lower one (+1).
  /// - Throws: `InvalidFracture` if nothing can be touched, or a flat line has no width.
  static func vertical(
    _ shape: ToolShape, side: Double, pad: Pad, on lattice: Lattice
  ) throws(InvalidFracture) -> PadContact {
    switch shape {
    case .plane: break
    case .line(_, let radius, let width):
      guard radius > 0 else { throw InvalidFracture("radius", radius, expected: "above 0") }
      if let width {
        try requirePositive("width", width)
      } else if radius == .infinity {
        throw InvalidFracture("radius", radius, expected: "a finite radius, or a width")
      }
    case .ball(_, _, let radius): try requirePositive("radius", radius)
    }
    let upper = side < 0
    var corners: [Int32] = []
    var areas: [Double] = []
    for element in 0..<lattice.elementCount {
      let cell = lattice.cells[element]
      let next = SIMD3(Int(cell.x), Int(cell.y), Int(cell.z) + (upper ? 1 : -1))
      guard lattice.element(at: next) == nil else { continue }
      for corner in 0..<8 where (corner & 4 != 0) == upper {
        let node = lattice.reference(node: Int(lattice.corners[8 * element + corner]))
        let area = share(shape, node, isUpperEnd: corner & 1 != 0, lattice.edges)
        if area > 0 {
          corners.append(Int32(8 * element + corner))
          areas.append(area)
        }
      }
    }
    guard !corners.isEmpty else {
      throw InvalidFracture("offset", 0, expected: "a tool over the surface")
    }
    return PadContact(shape: shape, side: side, pad: pad, corners: corners, areas: areas)
  }

  /// A plane under all outer corners; areas are projected with the pose `frame` at the start.
  static func floor(pad: Pad, under lattice: Lattice, frame: Rotation) -> PadContact {
    var corners: [Int32] = []
    var areas: [Double] = []
    for element in 0..<lattice.elementCount {
      var sums = [Double](repeating: 0, count: 8)
      for axis in 0..<3 {
        for end in 0..<2 {
          var next = SIMD3(
            Int(lattice.cells[element].x), Int(lattice.cells[element].y),
            Int(lattice.cells[element].z))
          next[axis] += end == 0 ? -1 : 1
          guard lattice.element(at: next) == nil else { continue }
          let part = 0.25 * lattice.faceArea(axis: axis) * abs(frame[axis].z)
          for corner in 0..<8 where corner >> axis & 1 == end { sums[corner] += part }
        }
      }
      for corner in 0..<8 where sums[corner] > 0 {
        corners.append(Int32(8 * element + corner))
        areas.append(sums[corner])
      }
    }
    return PadContact(shape: .plane, side: 1, pad: pad, corners: corners, areas: areas)
  }

  private static func share(
    _ shape: ToolShape, _ node: SIMD3<Double>, isUpperEnd: Bool, _ edges: SIMD3<Double>
  ) -> Double {
    let full = 0.25 * edges.x * edges.y
    switch shape {
    case .plane: return full
    case .line(let x, let radius, let width):
      guard let width else { return abs(node.x - x) < radius ? full : 0 }
      // the half cell of this corner, cut by the strip; a strip edge within rounding of it is outside
      let (low, high) =
        isUpperEnd ? (node.x - 0.5 * edges.x, node.x) : (node.x, node.x + 0.5 * edges.x)
      let part = min(high, x + 0.5 * width) - max(low, x - 0.5 * width)
      return part > 1e-9 * edges.x ? 0.5 * edges.y * part : 0
    case .ball(let x, let y, let radius):
      let (dx, dy) = (node.x - x, node.y - y)
      return dx * dx + dy * dy < radius * radius ? full : 0
    }
  }
}
