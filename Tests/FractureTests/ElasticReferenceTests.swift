import LinearAlgebra
import Testing

@testable import Fracture

@Suite("Static elastic brick")
struct ElasticReferenceTests {
  /// Sag of the middle line of a bar on two lines of nodes under a line load in the middle, over the sag of a
  /// Timoshenko beam; and the mean stress at the lower fibre over that of the beam formula.
  func bend(depth: Int, slenderness: Int, width: Int) throws -> (sag: Double, stress: Double) {
    BLAS.useOneThread()
    let d = 0.06
    let h = d / Double(depth)
    let material = try Samples.material()
    let cells = (slenderness + 1) * depth
    let lattice = try Lattice(
      counts: SIMD3(cells, width, depth), edges: SIMD3(repeating: h))
    let element = try HexElement(material: material, edges: lattice.edges)
    let span = Double(slenderness) * d
    var springs: [GroundSpring] = []
    var loads = [Double](repeating: 0, count: 3 * lattice.nodeCount)
    var middle: [Int] = []
    var ends: [Int] = []
    for node in 0..<lattice.nodeCount {
      let x = lattice.reference(node: node)
      let part = abs(abs(x.y) - 0.5 * lattice.size.y) < 1e-9 ? 0.5 : 1
      if abs(x.z + 0.5 * d) < 1e-9, abs(abs(x.x) - 0.5 * span) < 1e-9 {
        springs.append(GroundSpring(node: node, axis: 2, stiffness: 1e15))
      }
      // half way up, where neither load nor support dents the brick
      let isMiddle = abs(x.z) < 1e-9
      if isMiddle, abs(abs(x.x) - 0.5 * span) < 1e-9 { ends.append(node) }
      if abs(x.x) < 1e-9, abs(x.z - 0.5 * d) < 1e-9 {
        loads[3 * node + 2] = -1000 * part / Double(width)
      }
      if abs(x.x) < 1e-9, isMiddle { middle.append(node) }
      // weak springs against the free rigid motions
      for axis in 0..<2 { springs.append(GroundSpring(node: node, axis: axis, stiffness: 1e-3)) }
    }
    let reference = try ElasticReference(lattice: lattice, element: element, springs: springs)
    let u = reference.displacements(under: loads)
    func mean(_ nodes: [Int]) -> Double {
      nodes.reduce(0) { $0 + u[3 * $1 + 2] } / Double(nodes.count)
    }
    let sag = mean(ends) - mean(middle)
    let b = lattice.size.y
    let inertia = b * d * d * d / 12
    let shear = 10 * (1 + 0.2) / (12 + 11 * 0.2)
    let exact =
      1000 * span * span * span / (48 * 10e9 * inertia)
      + 1000 * span / (4 * shear * 10e9 / 2.4 * b * d)

    var stress = 0.0
    var count = 0.0
    for number in 0..<lattice.elementCount {
      for corner in 0..<8 {
        let x = lattice.reference(node: Int(lattice.corners[8 * number + corner]))
        guard abs(x.x) < 1e-9, abs(x.z + 0.5 * d) < 1e-9 else { continue }
        count += 1
        for column in 0..<24 {
          let node = Int(lattice.corners[8 * number + column / 3])
          stress +=
            element.cornerStress[48 * column + 6 * corner] * u[3 * node + column % 3]
        }
      }
    }
    return (sag / exact, stress / count / (1.5 * 1000 * span / (b * d * d)))
  }

  // Fails without the incompatible modes: the plain box gives 0.889, 0.968, 0.984, 0.990.
  @Test(
    "meets the Timoshenko beam at span/depth 10",
    arguments: [(2, 0.992), (4, 0.996), (6, 0.997), (8, 0.997)])
  func slender(depth: Int, ratio: Double) throws {
    let found = try bend(depth: depth, slenderness: 10, width: depth).sag
    #expect(abs(found - ratio) < 0.002)
    if depth == 8 { #expect(abs(found - 1) < 0.005) }
  }

  @Test("short brick: measured parts of both beam formulas")
  func short() throws {
    let found = try bend(depth: 8, slenderness: 3, width: 16)
    #expect(abs(found.sag - 0.948) < 0.002)
    #expect(abs(found.stress - 0.92) < 0.01)
  }

  @Test("refuses springs that leave a motion free")
  func refuses() throws {
    let lattice = try Lattice(counts: SIMD3(2, 2, 2), edges: SIMD3(repeating: 0.01))
    let element = try HexElement(material: Samples.material(), edges: lattice.edges)
    #expect(throws: InvalidFracture.self) {
      try ElasticReference(lattice: lattice, element: element, springs: [])
    }
  }
}
