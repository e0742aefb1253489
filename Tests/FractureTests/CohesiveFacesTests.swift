import LinearAlgebra
import Testing

@testable import Fracture

@Suite("Faces that open")
struct CohesiveFacesTests {
  /// Two blocks of 2 × 2 × 2 elements that fly apart at ± `speed` (m/s).
  func parting(speed: Double, isProjected: Bool = false, stepFactor: Double = 1) throws -> BrickTest
  {
    BLAS.useOneThread()
    var setup = try BrickSetup(
      lattice: Lattice(counts: SIMD3(4, 2, 2), edges: SIMD3(repeating: 0.005)),
      material: Samples.material(),
      loading: .free(turn: SIMD4(1, 0, 0, 0), velocity: .zero, spin: .zero))
    setup.gravity = 0
    setup.isProjected = isProjected
    setup.stepFactor = stepFactor
    setup.cracks = .plane(axis: 0, at: 0)
    var test = try BrickTest(setup: setup)
    for node in 0..<test.solid.nodeCount {
      let x = setup.lattice.reference(node: node).x
      test.solid.velocity[node].x += x > 1e-9 ? speed : x < -1e-9 ? -speed : 0
    }
    return test
  }

  // Fails if a traction acts on one side only, an area is a quarter off, or the opening does not end.
  @Test("two blocks part, and lose G_F times the area", arguments: [false, true])
  func parts(isProjected: Bool) throws {
    var test = try parting(speed: 4, isProjected: isProjected)
    test.run(until: 1e-4)
    let area = 1e-4
    #expect(test.openFaces == 4)
    #expect(abs(test.crackArea - area) < 1e-15)
    #expect(abs(test.projectedCrackArea - area) < 1e-3 * area)
    #expect(test.pieces().count == 2)
    // overshoot of the strength between two checks makes σ_c larger, G_F stays
    #expect(abs((test.ledger.fracture + test.ledger.cohesive) / (50 * area) - 1) < 1e-3)
    // what the body gave differs from the law by an error of the step
    let excess = abs(test.fractureWork / (50 * area) - 1)
    var finer = try parting(speed: 4, isProjected: isProjected, stepFactor: 0.25)
    finer.run(until: 1e-4)
    #expect(excess < 0.02)
    #expect(abs(finer.fractureWork / (50 * area) - 1) < 0.5 * excess)
    var momentum = SIMD4<Double>.zero
    var scale = 0.0
    for node in 0..<test.solid.nodeCount {
      momentum += test.solid.mass[node] * test.solid.velocity[node]
      scale += test.solid.mass[node] * abs(test.solid.velocity[node].x)
    }
    #expect(abs(momentum.x) < 1e-12 * scale)
    #expect(test.pieces().pieces[0].velocity.x < 0)
    #expect(test.limit.cause == .face)
  }

  // Fails if a crack below its strength opens, or ω starts anywhere but at 0.
  @Test("a slow pull opens nothing, a middling one part of the way")
  func holds() throws {
    var slow = try parting(speed: 0.2)
    slow.run(until: 1e-4)
    #expect(slow.openFaces == 0)
    #expect(slow.firstOpening == nil)
    var middling = try parting(speed: 0.75)
    middling.run(until: 3e-5)
    #expect(middling.openFaces == 4)
    #expect(middling.meanOpenArea > 0 && middling.crackArea == 0)
    #expect(middling.pieces().count == 1)
  }

  // Fails if the share of a face is not |n·n_p|, or its square: the steps then cost 1.41 or 0.71.
  @Test("a crack in steps at 45° costs G_F per area of its plane")
  func staircase() throws {
    BLAS.useOneThread()
    let (h, length, width) = (0.004, 0.2, 0.032)
    let root = 0.5.squareRoot()
    // a bar along (1, 0, 1), a little weaker in the middle, pulled apart there
    let lattice = try Lattice(counts: SIMD3(42, 3, 42), edges: SIMD3(repeating: h)) { cell in
      let (x, z) = ((Double(cell.x) - 20.5) * h, (Double(cell.z) - 20.5) * h)
      return abs(x + z) * root < length / 2 && abs(x - z) * root < width / 2
    }
    var setup = try BrickSetup(
      lattice: lattice, material: Samples.material(),
      loading: .free(turn: SIMD4(1, 0, 0, 0), velocity: .zero, spin: .zero))
    setup.gravity = 0
    setup.isProjected = true
    setup.fieldScalesFractureEnergy = false
    let wave = 2 * Double.pi / length * root
    setup.field = try StrengthField(
      waveVectors: [SIMD3(wave, 0, wave)], phases: [Double.pi], weibullModulus: 4)
    var test = try BrickTest(setup: setup)
    for node in 0..<test.solid.nodeCount {
      let x = lattice.reference(node: node)
      let v = 0.9 * max(-1, min(1, (x.x + x.z) * root / 0.01))
      test.solid.velocity[node] += SIMD4(v * root, 0, v * root, 0)
    }
    test.run(until: 0.25e-3)
    // the narrowest section of this bar of boxes runs over ten faces a layer
    let planes = Double(test.pieces().count - 1)
    let area = planes * 10 * h * root * 3 * h
    #expect(planes >= 1)
    #expect(abs(test.crackArea / test.projectedCrackArea - 2.0.squareRoot()) < 0.02)
    #expect(abs(test.projectedCrackArea / area - 1) < 0.02)
    // faces beside the crack that opened and closed again hold the rest
    #expect(abs(test.fractureWork / (50 * area) - 1) < 0.1)
  }
}
