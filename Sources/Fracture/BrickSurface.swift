// The deformed surface of a brick, for a picture.

/// Quads of the outer skin and of the crack faces.
public struct BrickSurface: Sendable, Hashable {
  /// Four corners of each quad, in m, seen from outside against the clock.
  public internal(set) var corners: [SIMD3<Double>] = []
  /// Opening fraction ω of a crack face, −1 on the outer skin.
  public internal(set) var opening: [Double] = []
  /// The element that each quad belongs to.
  public internal(set) var element: [Int32] = []

  public var count: Int { element.count }
}

extension BrickTest {
  /// Outer quads, and both sides of each crack face with at least the opening `visible`.
  public func surface(visible: Double = 0) -> BrickSurface {
    let lattice = setup.lattice
    var result = BrickSurface()
    func add(_ element: Int, _ axis: Int, _ end: Int, _ opening: Double) {
      // round the face, reversed on the lower side, so that the normal points out
      let (a, b) = (1 << ((axis + 1) % 3), 1 << ((axis + 2) % 3))
      let base = end << axis
      let ring =
        end == 1
        ? [base, base | a, base | a | b, base | b] : [base, base | b, base | a | b, base | a]
      for corner in ring {
        let p = solid.position[solid.node(element, corner)]
        result.corners.append(SIMD3(p.x, p.y, p.z))
      }
      result.opening.append(opening)
      result.element.append(Int32(element))
    }
    for element in 0..<lattice.elementCount {
      let cell = lattice.cells[element]
      for axis in 0..<3 {
        for end in 0..<2 {
          var next = SIMD3(Int(cell.x), Int(cell.y), Int(cell.z))
          next[axis] += 2 * end - 1
          if lattice.element(at: next) == nil { add(element, axis, end, -1) }
        }
      }
    }
    for (index, face) in cracks.faces.enumerated() {
      let opening = cracks.opening(of: index, in: solid)
      guard opening >= visible else { continue }
      let axis = Int(lattice.faceAxis[Int(face)])
      add(Int(lattice.faceLow[Int(face)]), axis, 1, opening)
      add(Int(lattice.faceHigh[Int(face)]), axis, 0, opening)
    }
    return result
  }
}
