import LinearAlgebra
import Testing

@testable import Fracture

@Suite("Contact through a pad")
struct PadContactTests {
  func block() throws -> Solid {
    try Solid(
      lattice: Lattice(counts: SIMD3(40, 40, 1), edges: SIMD3(0.001, 0.001, 0.01)),
      material: Samples.material(), centre: SIMD3(0, 0, 0.005))
  }

  // Fails if areas do not add up to the surface, or a gap is not that of the shape.
  @Test("a ball pushes as a bed of springs, πRεδ²")
  func ball() throws {
    var solid = try block()
    let pad = try Pad(stiffness: 1e11)
    var contact = try PadContact.vertical(
      .ball(x: 0, y: 0, radius: 0.1), side: -1, pad: pad, on: solid.lattice)
    let depth = 4e-4
    contact.addForces(to: &solid, tip: 0.01 - depth)
    // volume of the cap of a sphere, and the corner sum is of second order in h/a = 1/9
    let exact = 1e11 * Double.pi * depth * depth * (0.1 - depth / 3)
    #expect(abs(contact.force.z / exact - 1) < 0.005)
    #expect(abs(contact.force.x) < 1e-9 * exact)
    #expect(abs(contact.penetration - depth) < 1e-15)
    var sum = SIMD4<Double>.zero
    for f in solid.force { sum += f }
    #expect(abs(sum.z + contact.force.z) < 1e-12 * exact)
  }

  // Fails if the force is not the gradient of the stored energy.
  @Test("stores the work of the tool")
  func energy() throws {
    var solid = try block()
    var contact = try PadContact.vertical(
      .line(x: 0.0003, radius: 0.1, width: nil), side: -1, pad: Pad(stiffness: 1e11),
      on: solid.lattice)
    func stored(_ tip: Double) -> Double {
      contact.addForces(to: &solid, tip: tip)
      return contact.stored
    }
    let tip = 0.0098
    let slope = (stored(tip - 1e-8) - stored(tip + 1e-8)) / 2e-8
    _ = stored(tip)
    #expect(abs(contact.force.z / slope - 1) < 1e-6)
  }

  // Fails if a strip takes whole cells or loses a half one.
  @Test("a strip has the area of its width, wherever it lies", arguments: [0, 0.0004, -0.0173])
  func strip(x: Double) throws {
    let solid = try block()
    let contact = try PadContact.vertical(
      .line(x: x, radius: .infinity, width: 0.0053), side: 1, pad: Pad(stiffness: 1e11),
      on: solid.lattice)
    #expect(abs(contact.totalArea - 0.0053 * 0.04) < 1e-15)
  }

  // Fails if the cap does not hold, or unloading gives the crush back.
  @Test("crushes at its cap, and books the work")
  func cap() throws {
    var solid = try block()
    let pad = try Pad(stiffness: 1e11, cap: 2e7)
    var contact = try PadContact.vertical(.plane, side: -1, pad: pad, on: solid.lattice)
    let area = 0.04 * 0.04
    #expect(abs(contact.totalArea - area) < 1e-15)
    // elastic to 0.2 mm, then 0.3 mm at 20 MPa
    contact.addForces(to: &solid, tip: 0.01 - 2e-4)
    #expect(contact.crushed < 1e-12)
    contact.keep()
    contact.addForces(to: &solid, tip: 0.01 - 5e-4)
    #expect(abs(contact.force.z / (2e7 * area) - 1) < 1e-9)
    #expect(abs(contact.crushed / (2e7 * 3e-4 * area) - 1) < 1e-9)
    #expect(abs(contact.stored / (0.5 * 2e7 * 2e-4 * area) - 1) < 1e-9)
    // once more at the same place: nothing is crushed twice
    contact.addForces(to: &solid, tip: 0.01 - 5e-4)
    #expect(abs(contact.crushed / (2e7 * 3e-4 * area) - 1) < 1e-9)
    contact.keep()
    contact.addForces(to: &solid, tip: 0.01 - 2.9e-4)
    #expect(contact.force.z == 0 && contact.stored == 0)
  }

  // Fails if friction pushes along the motion, or heat is not what the block has lost.
  @Test("a sliding block slows by μ·g, and the loss is heat")
  func friction() throws {
    BLAS.useOneThread()
    let pad = try Pad(stiffness: 1e9, friction: 0.3)
    var setup = try BrickSetup(
      size: SIMD3(0.04, 0.04, 0.02), cells: SIMD3(2, 2, 2), material: Samples.material(),
      loading: .fall(floor: pad, turn: SIMD4(1, 0, 0, 0), velocity: SIMD3(0.1, 0, 0), spin: .zero))
    setup.cracks = .nowhere
    var test = try BrickTest(setup: setup)
    test.run(until: 0.02)
    let piece = test.pieces().pieces[0]
    // the block hops on its springs: the mean pressure is the weight to a few per cent of a period
    #expect(abs(piece.velocity.x - (0.1 - 0.3 * 9.80665 * 0.02)) < 0.003)
    let lost = 0.5 * piece.mass * (0.01 - piece.velocity.x * piece.velocity.x)
    #expect(abs(test.ledger.slip / lost - 1) < 0.02)
    #expect(test.worstResidual < 1e-3)
  }

  // Fails if heat is the end force times the slip: the error is then of first order, 10 % here.
  @Test("the heat of a slip is the work of the trapezoid, up to the last release")
  func slipHeat() throws {
    var solid = try block()
    let pad = try Pad(stiffness: 1e11, friction: 0.5)
    var contact = try PadContact.vertical(.plane, side: -1, pad: pad, on: solid.lattice)
    var (work, before, energy) = (0.0, SIMD4<Double>.zero, 0.0)
    // pressed, pulled along in ten steps while the pressure falls, let go
    for step in 0...10 {
      let tip = 0.01 - 1e-5 * Double(10 - step) * (step == 10 ? -1 : 1)
      for node in solid.force.indices { solid.force[node] = .zero }
      if step > 0 {
        for node in solid.position.indices { solid.position[node].x += 2e-5 }
      }
      contact.addForces(to: &solid, tip: tip)
      var sum = SIMD4<Double>.zero
      for f in solid.force { sum += f }
      if step > 0 { work -= 0.5 * (before.x + sum.x) * 2e-5 }
      before = sum
      energy = contact.heat
    }
    #expect(contact.stored == 0)
    #expect(work > 0)
    // places of 10 mm are rounded to 1e-13 of a way
    #expect(abs(energy / work - 1) < 1e-11)
  }

  @Test("refuses tools that miss, and flat lines without a width")
  func refuses() throws {
    let solid = try block()
    let pad = try Pad(stiffness: 1e11)
    for shape in [
      ToolShape.ball(x: 1, y: 0, radius: 0.01), .line(x: 0, radius: .infinity, width: nil),
      .line(x: 0, radius: 0, width: 1), .line(x: 0, radius: 1, width: 0),
      .ball(x: 0, y: 0, radius: -1),
    ] {
      #expect(throws: InvalidFracture.self) {
        try PadContact.vertical(shape, side: -1, pad: pad, on: solid.lattice)
      }
    }
  }
}
