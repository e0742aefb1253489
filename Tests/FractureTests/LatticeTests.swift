import Testing

@testable import Fracture

@Suite("Lattice")
struct LatticeTests {
  @Test("counts elements, nodes and faces of a box")
  func box() throws {
    let lattice = try Lattice(counts: SIMD3(4, 3, 2), edges: SIMD3(0.01, 0.02, 0.03))
    #expect(lattice.elementCount == 24)
    #expect(lattice.nodeCount == 5 * 4 * 3)
    #expect(lattice.faceCount == 3 * 3 * 2 + 4 * 2 * 2 + 4 * 3 * 1)
    #expect(
      lattice.faceArea(axis: 1) == 0.01 * 0.03 || abs(lattice.faceArea(axis: 1) - 3e-4) < 1e-18)
    // a face lies between its two elements, along its axis
    for face in 0..<lattice.faceCount {
      let (low, high) = (Int(lattice.faceLow[face]), Int(lattice.faceHigh[face]))
      let way = lattice.centre(element: high) - lattice.centre(element: low)
      for axis in 0..<3 {
        let exact = axis == Int(lattice.faceAxis[face]) ? lattice.edges[axis] : 0
        #expect(abs(way[axis] - exact) < 1e-15)
      }
    }
  }

  // Fails if empty cells keep nodes or faces.
  @Test("a disc of boxes has the cells inside it, and no free nodes")
  func disc() throws {
    let lattice = try Lattice(counts: SIMD3(20, 1, 20), edges: SIMD3(repeating: 0.1)) { cell in
      let (x, z) = (Double(cell.x) - 9.5, Double(cell.z) - 9.5)
      return x * x + z * z < 100
    }
    #expect(abs(Double(lattice.elementCount) / (Double.pi * 100) - 1) < 0.03)
    #expect(Set(lattice.corners).count == lattice.nodeCount)
    #expect(lattice.element(at: SIMD3(0, 0, 0)) == nil)
    #expect(lattice.element(at: SIMD3(10, 0, 0)) != nil)
    #expect(lattice.element(at: SIMD3(10, 0, 20)) == nil)
  }

  @Test("refuses nothing")
  func refuses() {
    #expect(throws: InvalidFracture.self) {
      try Lattice(counts: SIMD3(0, 1, 1), edges: SIMD3(repeating: 1))
    }
    #expect(throws: InvalidFracture.self) {
      try Lattice(counts: SIMD3(1, 1, 1), edges: SIMD3(1, 1, -1))
    }
    #expect(throws: InvalidFracture.self) {
      try Lattice(counts: SIMD3(2, 2, 2), edges: SIMD3(repeating: 1)) { _ in false }
    }
  }
}
