import LinearAlgebra
import Testing

@testable import Fracture

@Suite("Pulled apart")
struct PullTests {
  // Fails if a grip pulls one way only, acts on half of its area, or its work has the wrong sign.
  @Test("a bar between two glued planes is three springs in a row")
  func bar() throws {
    BLAS.useOneThread()
    let (edge, stiffness) = (0.01, 2e12)
    let grip = Nose(shape: .plane, pad: try .glue(stiffness: stiffness))
    var setup = try BrickSetup(
      lattice: Lattice(counts: SIMD3(2, 2, 10), edges: SIMD3(repeating: edge)),
      material: Samples.material(poisson: 0),
      loading: .pull(upper: grip, lower: grip, speed: 0.005, ramp: 1e-3))
    setup.gravity = 0
    setup.cracks = .nowhere
    var test = try BrickTest(setup: setup)
    test.run(until: 3e-3)
    let area = 4 * edge * edge
    let exact = test.travel / (10 * edge / (10e9 * area) + 2 / (stiffness * area))
    // what is left is the swinging after the ramp
    #expect(abs(test.toolForce / exact - 1) < 0.01)
    #expect(abs(test.ledger.work / (0.5 * exact * test.travel) - 1) < 0.01)
    #expect(test.worstResidual < 1e-4)
  }

  // Fails if a face of the notch keeps strength, or a corner of it is left joined.
  @Test("a notch right through makes two pieces, and half of one does not")
  func notch() throws {
    func pieces(_ end: Double) throws -> Int {
      var setup = try BrickSetup(
        lattice: Lattice(counts: SIMD3(4, 2, 4), edges: SIMD3(repeating: 0.01)),
        material: Samples.material(),
        loading: .free(turn: SIMD4(1, 0, 0, 0), velocity: .zero, spin: .zero))
      // no crack may start anywhere, the notch is there all the same
      setup.cracks = .nowhere
      setup.notch = Notch(axis: 2, at: 0, along: 0, to: end)
      var test = try BrickTest(setup: setup)
      #expect(test.limit.cause == .face)
      test.runSteps(10)
      #expect(abs(test.separatedArea(axis: 2, at: 0) - 0.02 * (end + 0.02)) < 1e-12)
      return test.pieces().count
    }
    #expect(try pieces(0.02) == 2)
    #expect(try pieces(0) == 1)
  }

  @Test("refuses a pull without speed, and glue without stiffness")
  func refuses() throws {
    let grip = Nose(shape: .plane, pad: try .glue(stiffness: 1e12))
    let lattice = try Lattice(counts: SIMD3(2, 2, 2), edges: SIMD3(repeating: 0.01))
    #expect(throws: InvalidFracture.self) {
      try BrickSetup(
        lattice: lattice, material: Samples.material(),
        loading: .pull(upper: grip, lower: grip, speed: 0, ramp: 0))
    }
    #expect(throws: InvalidFracture.self) { try Pad.glue(stiffness: 0) }
  }
}
