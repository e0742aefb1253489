// Static equilibrium of an uncracked brick, directly.
//
// Equation        (K + springs)·u = loads
// Discretisation  the band of the lattice, x slowest; small displacement
// Source          LAPACK dpbtrf (BandCholesky)
// Deviation       none
// Validity        no cracks; springs hold every rigid motion
// Checked by      ElasticReferenceTests: Timoshenko beam, its table, weight on supports

import LinearAlgebra

/// A spring between the ground and one displacement.
public struct GroundSpring: Sendable, Hashable {
  public var node: Int
  /// 0, 1, 2 for x, y, z.
  public var axis: Int
  /// In N/m.
  public var stiffness: Double

  public init(node: Int, axis: Int, stiffness: Double) {
    (self.node, self.axis, self.stiffness) = (node, axis, stiffness)
  }
}

/// Factor of the stiffness of a lattice on springs.
public struct ElasticReference: Sendable {
  private var matrix: BandCholesky
  public let degrees: Int
  public let halfBand: Int

  /// - Throws: `InvalidFracture` if the springs leave a rigid motion free.
  public init(
    lattice: Lattice, element: HexElement, springs: [GroundSpring]
  ) throws(InvalidFracture) {
    degrees = 3 * lattice.nodeCount
    var widest = 0
    for first in stride(from: 0, to: lattice.corners.count, by: 8) {
      let nodes = lattice.corners[first..<(first + 8)]
      widest = max(widest, Int((nodes.max() ?? 0) - (nodes.min() ?? 0)))
    }
    halfBand = 3 * widest + 2
    matrix = BandCholesky()
    matrix.reset(size: degrees, halfBand: halfBand)
    for number in 0..<lattice.elementCount {
      for column in 0..<24 {
        let j = 3 * Int(lattice.corners[8 * number + column / 3]) + column % 3
        for row in 0..<24 {
          let i = 3 * Int(lattice.corners[8 * number + row / 3]) + row % 3
          if i >= j { matrix[i, j] += element.stiffness[column * 24 + row] }
        }
      }
    }
    for spring in springs {
      let i = 3 * spring.node + spring.axis
      matrix[i, i] += spring.stiffness
    }
    // a free motion shows as a pivot that is only rounding of its diagonal element
    let diagonal = (0..<degrees).map { matrix[$0, $0] }
    let isFactored = matrix.factor()
    guard isFactored,
      (0..<degrees).allSatisfy({ matrix[$0, $0] * matrix[$0, $0] > 1e-11 * diagonal[$0] })
    else {
      throw InvalidFracture(
        "springs", Double(springs.count), expected: "enough to hold every rigid motion")
    }
  }

  /// Displacements (m; x, y, z of each node) under nodal loads (N).
  public func displacements(under loads: [Double]) -> [Double] {
    var result = loads
    matrix.solve(&result)
    return result
  }

  /// Moves a solid at rest into its equilibrium under gravity (m/s²) on supports.
  static func settle(
    _ solid: inout Solid, on supports: [PadContact], gravity: Double
  ) throws(InvalidFracture) {
    var springs: [GroundSpring] = []
    for support in supports {
      for (node, stiffness) in support.springs(solid) {
        springs.append(GroundSpring(node: node, axis: 2, stiffness: stiffness))
        // nothing pushes sideways: weak springs only make the matrix definite
        for axis in 0..<2 {
          springs.append(GroundSpring(node: node, axis: axis, stiffness: 1e-3 * stiffness))
        }
      }
    }
    let reference = try ElasticReference(
      lattice: solid.lattice, element: solid.element, springs: springs)
    var loads = [Double](repeating: 0, count: reference.degrees)
    for node in 0..<solid.lattice.nodeCount { loads[3 * node + 2] = -gravity * solid.mass[node] }
    let moves = reference.displacements(under: loads)
    for node in 0..<solid.lattice.nodeCount {
      solid.position[node] += SIMD4(moves[3 * node], moves[3 * node + 1], moves[3 * node + 2], 0)
    }
  }
}
