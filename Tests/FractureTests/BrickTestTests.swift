import Foundation
import LinearAlgebra
import Testing

@testable import Fracture

@Suite("Test on one brick")
struct BrickTestTests {
  /// 0.7 ms after a strike from 24 mm on six elements a depth: a crack has run through.
  static let struck = Result { () throws -> BrickTest in
    BLAS.useOneThread()
    var setup = try Samples.strike(depth: 6, height: 0.024)
    setup.cracks = .plane(axis: 0, at: 0)
    var test = try BrickTest(setup: setup)
    test.run(until: 0.7e-3)
    return test
  }

  // Fails if a work is missing or counted twice, or energies belong to different times.
  @Test("accounts for all energy of a strike to 1e-4 of the input")
  func ledger() throws {
    let test = try Self.struck.get()
    #expect(test.worstResidual < 1e-4)
    #expect(test.ledger.fracture > 0.3)
    // the input itself, from the drop
    #expect(abs(test.ledger.input - 2 * 9.81 * 0.024) < 1e-12)
  }

  // Fails if slipped crack points make energy as they turn (2.5e-3 and more), the pad books its losses to
  // first order only (4e-4), or softening takes what its law says and not the work of the step (1.0e-3 at
  // 70°).
  @Test(
    "accounts for all energy of a fall on an edge to 5e-4 of the input",
    arguments: [(45.0, 1.98), (10, 1.98), (70, 1.4)])
  func fall(angle: Double, speed: Double) throws {
    BLAS.useOneThread()
    let half = 0.5 * angle * Double.pi / 180
    var setup = try BrickSetup(
      size: SIMD3(0.24, 0.12, 0.06), cells: SIMD3(24, 12, 6), material: Samples.material(),
      loading: .fall(
        floor: Pad(stiffness: 1e12, cap: 12.9 * 3e6, friction: 0.6),
        turn: SIMD4(cos(half), 0, sin(half), 0), velocity: SIMD3(0, 0, -speed), spin: .zero))
    setup.gravity = 9.81
    var test = try BrickTest(setup: setup)
    test.run(until: 0.6e-3)
    #expect(test.openFaces > 400)
    #expect(test.worstResidual < 5e-4)
  }

  // Fails if the pre-stretch is booked as work of fracture (2 % more), or a point softens twice.
  @Test("spends G_F on each area that has lost all strength, within 2 %")
  func workOfFracture() throws {
    let test = try Self.struck.get()
    let work = test.fractureWork(axis: 0, at: 0)
    let open = test.separatedArea(axis: 0, at: 0)
    // eleven twelfths: the last half element is closed under the nose
    #expect(abs(open / (0.12 * 0.06) - 11.0 / 12) < 1e-9)
    #expect(abs(work / (50 * open) - 1) < 0.02)
    #expect(abs(work - test.fractureWork) < 1e-12)
  }

  // Fails if a corner is lost or counted twice, or a moment is not about the centre of its piece.
  @Test("hands mass, momentum, angular momentum and energy on to pieces, to 1e-12")
  func conservation() throws {
    let test = try Self.struck.get()
    let pieces = test.pieces(cut: 0.5).pieces
    #expect(pieces.count == 2)
    var (mass, momentum, moment) = (0.0, SIMD3<Double>.zero, SIMD3<Double>.zero)
    var (energy, scale) = (0.0, 0.0)
    for piece in pieces {
      mass += piece.mass
      momentum += piece.mass * piece.velocity
      moment += piece.angularMomentum + piece.mass * cross(piece.centre, piece.velocity)
      #expect(piece.vibration >= 0)
      // rigid body with the true inertia, less what it gained, plus what it cannot hold
      energy += 0.5 * piece.mass * (piece.velocity * piece.velocity).sum()
      energy += 0.5 * (piece.spin * piece.angularMomentum).sum() - piece.lumping + piece.vibration
    }
    var (m, p, l, e) = (0.0, SIMD3<Double>.zero, SIMD3<Double>.zero, 0.0)
    for node in 0..<test.solid.nodeCount {
      let (w, u) = (test.solid.mass[node], test.solid.velocity[node])
      let v = SIMD3(u.x, u.y, u.z)
      let q = test.solid.position[node]
      let x = SIMD3(q.x, q.y, q.z) - 0.5 * test.step * v
      m += w
      p += w * v
      l += w * cross(x, v)
      e += 0.5 * w * (v * v).sum()
      scale += w * (v * v).sum().squareRoot()
    }
    #expect(abs(mass / m - 1) < 1e-12)
    #expect(abs(m - 0.24 * 0.12 * 0.06 * 1800) < 1e-12)
    #expect((momentum - p).indices.allSatisfy { abs((momentum - p)[$0]) < 1e-12 * scale })
    #expect((moment - l).indices.allSatisfy { abs((moment - l)[$0]) < 1e-12 * scale })
    #expect(abs(energy / e - 1) < 1e-12)
    // halves: true inertia about y against (l² + d²)/12
    let half = try #require(pieces.first)
    #expect(abs(half.mass / (0.5 * m) - 1) < 1e-12)
    #expect(abs(half.inertia[1] / (half.mass * (0.12 * 0.12 + 0.06 * 0.06) / 12) - 1) < 1e-3)
  }

  // Fails if anything depends on memory, hashing or the order of a set.
  @Test("gives the same bits twice")
  func sameBits() throws {
    BLAS.useOneThread()
    func run() throws -> [SIMD4<Double>] {
      var test = try BrickTest(setup: Samples.strike(depth: 4, height: 0.03))
      test.run(until: 0.4e-3)
      return test.solid.position
    }
    let (first, second) = (try run(), try run())
    #expect(first == second)
    #expect(first.count > 9 * 17 * 5)
  }

  // Fails if an axis is treated differently: a stress row, a face corner, a partition.
  @Test("a brick turned by 90° gives the same answer, to 1e-9")
  func quarterTurn() throws {
    BLAS.useOneThread()
    let pad = try Pad(stiffness: 2e12)
    let root = 0.5.squareRoot()
    // the same bar built along x and along y, dropped on its end
    func run(_ counts: SIMD3<Int>, _ turn: SIMD4<Double>) throws -> BrickTest {
      let h = 0.01
      var setup = try BrickSetup(
        lattice: Lattice(counts: counts, edges: SIMD3(repeating: h)), material: Samples.material(),
        loading: .fall(floor: pad, turn: turn, velocity: SIMD3(0.2, 0, -2.5), spin: SIMD3(0, 15, 0))
      )
      setup.gravity = 9.80665
      var test = try BrickTest(setup: setup)
      test.run(until: 0.15e-3)
      return test
    }
    let first = try run(SIMD3(3, 4, 10), SIMD4(1, 0, 0, 0))
    // x → z: turned about −y, the old z axis is the new x axis
    let second = try run(SIMD3(10, 4, 3), SIMD4(root, 0, -root, 0))
    let third = try run(SIMD3(3, 10, 4), SIMD4(root, root, 0, 0))
    for other in [second, third] {
      #expect(other.steps == first.steps)
      #expect(abs(other.peak.force / first.peak.force - 1) < 1e-9)
      #expect(abs(other.ledger.strain / first.ledger.strain - 1) < 1e-9)
      #expect(other.openFaces == first.openFaces)
      #expect(abs(other.ledger.fracture - first.ledger.fracture) <= 1e-9 * first.ledger.fracture)
    }
    #expect(first.openFaces > 0)
  }

  // Fails if mass, modulus or the contact is wrong by a per cent.
  @Test("a bar against a wall: ρ·c₀·v for 2l/c₀")
  func wall() throws {
    BLAS.useOneThread()
    let (length, edge, speed) = (0.24, 0.0025, 0.7071)
    let material = try Samples.material(poisson: 0)
    // stiff against an element: the bar meets a wall, not a pad
    let pad = try Pad(stiffness: 4 * 10e9 / edge)
    var setup = try BrickSetup(
      lattice: Lattice(counts: SIMD3(1, 1, 96), edges: SIMD3(repeating: edge)), material: material,
      loading: .fall(
        floor: pad, turn: SIMD4(1, 0, 0, 0), velocity: SIMD3(0, 0, -speed), spin: .zero))
    setup.gravity = 0
    setup.cracks = .nowhere
    setup.sampleInterval = 1
    var test = try BrickTest(setup: setup)
    let transit = length / material.barSpeed
    test.run(until: 3 * transit)
    let plateau = test.history.filter { $0.time > 0.5 * transit && $0.time < 1.5 * transit }
    let mean = plateau.reduce(0) { $0 + $1.force } / Double(plateau.count) / (edge * edge)
    #expect(abs(mean / (1800 * material.barSpeed * speed) - 1) < 0.01)
    #expect(abs(mean / 3e6 - 1) < 0.01)
    // duration at half the plateau, by interpolation
    let half = 0.5 * mean * edge * edge
    let last = try #require(test.history.lastIndex { $0.force > half })
    #expect(abs(test.history[last].time / (2 * transit) - 1) < 0.02)
    // momentum is reversed
    let u = test.pieces().pieces[0].velocity.z
    #expect(abs(u / speed - 1) < 0.01)
  }

  // Fails if the strength, the energy or the contact of a crack is off by a few per cent: the floor of
  // energy, G_F·b·d/(m·g), is 18.3 mm.
  @Test(
    "one plane alone opens half of the section between 19.5 and 21.5 mm",
    arguments: [(0.0195, 0.0, 0.5), (0.0215, 0.5, 0.93)])
  func singlePlane(height: Double, low: Double, high: Double) throws {
    BLAS.useOneThread()
    var setup = try Samples.strike(depth: 6, height: height)
    setup.cracks = .plane(axis: 0, at: 0)
    var test = try BrickTest(setup: setup)
    test.run(until: 1.2e-3)
    let part = test.separatedArea(axis: 0, at: 0) / (0.12 * 0.06)
    #expect(part >= low && part < high)
  }

  // Fails if bending is too stiff, or the crack takes too much or too little before the peak.
  @Test("bends to 1.435 times its strength, inside the scatter of measured bricks")
  func modulusOfRupture() throws {
    BLAS.useOneThread()
    let pad = try Pad(stiffness: 0.5 * 10e9 / 0.01)
    var setup = try BrickSetup(
      size: SIMD3(0.24, 0.12, 0.06), cells: SIMD3(24, 12, 6), material: Samples.material(),
      loading: .bend(
        nose: Nose(shape: .line(x: 0, radius: .infinity, width: 0.01), pad: pad),
        supports: Supports(span: 0.18, width: 0.01, pad: pad), speed: 0.02, ramp: 3e-4))
    setup.gravity = 0
    var test = try BrickTest(setup: setup)
    while test.time < 6e-3, test.toolForce > 0.5 * test.peak.force || test.peak.force < 1000 {
      test.runSteps(100)
    }
    let ratio = try #require(test.modulusOfRupture(test.peak.force)) / 3e6
    // an independent program of ours gave 1.435; Gooch et al. 2023 measured 1.29, variation 14.7 %
    #expect(abs(ratio / 1.435 - 1) < 0.01)
    #expect(abs(ratio / 1.29 - 1) < 0.147)
    #expect(test.worstResidual < 1e-4)
  }

  // Fails if the ledger keeps the energy from before the push, or velocities are half a step off.
  @Test("a brick that is set swinging along its length has the frequency of a bar, and its energy")
  func swing() throws {
    BLAS.useOneThread()
    let (length, speed) = (0.24, 0.1)
    var setup = try BrickSetup(
      lattice: Lattice(counts: SIMD3(48, 1, 1), edges: SIMD3(repeating: 0.005)),
      material: Samples.material(poisson: 0),
      loading: .free(turn: SIMD4(1, 0, 0, 0), velocity: .zero, spin: .zero))
    setup.gravity = 0
    setup.cracks = .nowhere
    var test = try BrickTest(setup: setup)
    test.addVelocity { SIMD3(speed * sin(Double.pi * $0.x / length), 0, 0) }
    // mean of sin² is ½; the corner masses integrate it exactly on a grid
    let mass = 0.24 * 0.005 * 0.005 * 1800
    #expect(abs(test.ledger.input / (0.25 * mass * speed * speed) - 1) < 1e-12)
    // a quarter of a period of 2L/c₀: all at rest, the end at v/ω
    test.run(until: 0.5 * length / setup.material.barSpeed)
    let corner = setup.lattice.nodeCount - 1
    let end = test.solid.position[corner].x - setup.lattice.reference(node: corner).x
    let exact = speed * length / (Double.pi * setup.material.barSpeed)
    // sin(ωt) is flat here: what is left is the frequency of the mesh, of order (πh/L)²/24 = 2e-4
    #expect(abs(end / exact - 1) < 1e-3)
    #expect(test.worstResidual < 1e-5)
  }

  @Test("refuses bad input")
  func refuses() throws {
    let material = try Samples.material()
    let pad = try Pad(stiffness: 1e11)
    let nose = Nose(shape: .line(x: 0, radius: 0.01, width: nil), pad: pad)
    func brick(_ size: SIMD3<Double>, _ cells: SIMD3<Int>, span: Double) throws {
      _ = try BrickSetup(
        size: size, cells: cells, material: material,
        loading: .bend(
          nose: nose, supports: Supports(span: span, width: 0.01, pad: pad), speed: 0.02, ramp: 3e-4
        ))
    }
    let size = SIMD3(0.24, 0.12, 0.06)
    try brick(size, SIMD3(8, 4, 2), span: 0.18)
    #expect(throws: InvalidFracture.self) { try brick(size, SIMD3(8, 4, 1), span: 0.18) }
    #expect(throws: InvalidFracture.self) { try brick(size, SIMD3(8, 4, 2), span: 0.25) }
    #expect(throws: InvalidFracture.self) { try brick(size, SIMD3(8, 4, 2), span: 0) }
    #expect(throws: InvalidFracture.self) { try brick(SIMD3(0, 1, 1), SIMD3(8, 4, 2), span: 0.1) }
    #expect(throws: InvalidFracture.self) { try Pad(stiffness: 0) }
    let changes: [(inout BrickSetup) -> Void] = [
      { $0.checkInterval = 0 }, { $0.sampleInterval = 0 }, { $0.stepFactor = 0 },
      { $0.stepFactor = 1.1 }, { $0.gravity = .nan }, { $0.crackFriction = -1 },
      { $0.stiffnessFactor = 0 }, { $0.cutOpening = 0 }, { $0.settleDamping = .infinity },
    ]
    for change in changes {
      var setup = try Samples.strike(depth: 2, height: 0.02)
      change(&setup)
      #expect(throws: InvalidFracture.self) { try BrickTest(setup: setup) }
    }
    #expect(throws: InvalidFracture.self) { try Pad(stiffness: 1, cap: 0) }
  }

  @Test("says which edge resolves the crack")
  func largestEdge() throws {
    let setup = try Samples.strike(depth: 6, height: 0.02)
    #expect(abs(setup.material.cohesiveLength - 10e9 * 50 / 9e12) < 1e-15)
    #expect(abs(setup.largestEdge - 0.01) < 1e-15)
    #expect(setup.isResolved)
    #expect(try !Samples.strike(depth: 5, height: 0.02).isResolved)
    let weak = try Samples.material(fractureEnergy: 20)
    #expect(abs(weak.largestEdge(depth: 0.06) - 10e9 * 20 / 9e12 / 5) < 1e-15)
  }
}
