import Testing

@testable import Fracture

@Suite("Nodes that come apart")
struct SolidSplitTests {
  /// Nodes of 2 × 2 × 2 elements after the faces that `isOpen` names have opened, everywhere.
  func nodes(_ isOpen: (Lattice, Int) -> Bool) throws -> Solid {
    let lattice = try Lattice(counts: SIMD3(2, 2, 2), edges: SIMD3(repeating: 0.1))
    var solid = try Solid(lattice: lattice, material: Samples.material())
    let open = (0..<lattice.faceCount).map { isOpen(lattice, $0) }
    let table = CornerPartition()
    for i in 0...2 {
      for j in 0...2 {
        for k in 0...2 { solid.split(at: SIMD3(i, j, k), isOpen: open, partition: table) }
      }
    }
    return solid
  }

  // Fails if a set is left without a node, a mass is not moved, or the last group keeps old copies.
  @Test("gives each set its own node and all of the mass")
  func counts() throws {
    let whole = try nodes { _, _ in false }
    #expect(whole.nodeCount == 27)
    let halves = try nodes { $0.faceAxis[$1] == 0 }
    #expect(halves.nodeCount == 2 * 18)
    let all = try nodes { _, _ in true }
    #expect(all.nodeCount == 64)
    // one face of four: its inner edges stay, its two outer edges share the corner of the cube
    let one = try nodes { $1 == 0 && $0.faceCount == 12 }
    #expect(one.nodeCount == 28)
    for solid in [whole, halves, all, one] {
      #expect(abs(solid.mass.reduce(0, +) - 1800 * 0.008) < 1e-12)
      for element in 0..<8 {
        #expect(Set((0..<8).map { solid.node(element, $0) }).count == 8)
      }
    }
    #expect(all.mass.allSatisfy { abs($0 - 1800 * 0.001 / 8) < 1e-15 })
  }
}
