// The reference brick of the cases, and elastic set-ups around it.
//
// Equation    Timoshenko: w = PS³/(48EI) + PS/(4kGA), k = 10(1 + ν)/(12 + 11ν)
// Source      Timoshenko 1921; Cowper 1966, J. Appl. Mech. 33, 335
// Checked by  BK03

import Fracture
import LinearAlgebra

enum BrickProbe {
  /// E = 10 GPa, ρ = 1800 kg/m³, f_t = 3 MPa, G_F = 50 N/m.
  static func material(poisson: Double = 0.2) throws -> BrittleMaterial {
    BLAS.useOneThread()
    return try BrittleMaterial(
      young: 10e9, poisson: poisson, density: 1800, strength: 3e6, fractureEnergy: 50)
  }

  /// Sag of a bar under a line load over that of Timoshenko's beam.
  static func sag(depth: Int, slenderness: Int, width: Int) throws -> Double {
    let d = 0.06
    let lattice = try Lattice(
      counts: SIMD3((slenderness + 1) * depth, width, depth),
      edges: SIMD3(repeating: d / Double(depth)))
    let element = try HexElement(material: material(), edges: lattice.edges)
    let span = Double(slenderness) * d
    var springs: [GroundSpring] = []
    var loads = [Double](repeating: 0, count: 3 * lattice.nodeCount)
    var (middle, ends): ([Int], [Int]) = ([], [])
    for node in 0..<lattice.nodeCount {
      let x = lattice.reference(node: node)
      let part = abs(abs(x.y) - 0.5 * lattice.size.y) < 1e-9 ? 0.5 : 1
      let isEnd = abs(abs(x.x) - 0.5 * span) < 1e-9
      if abs(x.z + 0.5 * d) < 1e-9, isEnd {
        springs.append(GroundSpring(node: node, axis: 2, stiffness: 1e15))
      }
      if abs(x.x) < 1e-9, abs(x.z - 0.5 * d) < 1e-9 {
        loads[3 * node + 2] = -1000 * part / Double(width)
      }
      // half way up, where neither load nor support dents the brick
      if abs(x.z) < 1e-9 {
        if isEnd { ends.append(node) }
        if abs(x.x) < 1e-9 { middle.append(node) }
      }
      for axis in 0..<2 { springs.append(GroundSpring(node: node, axis: axis, stiffness: 1e-3)) }
    }
    let u = try ElasticReference(lattice: lattice, element: element, springs: springs)
      .displacements(under: loads)
    func mean(_ nodes: [Int]) -> Double {
      nodes.reduce(0) { $0 + u[3 * $1 + 2] } / Double(nodes.count)
    }
    let area = lattice.size.y * d
    let shear = 10 * (1 + 0.2) / (12 + 11 * 0.2)
    let exact =
      1000 * span * span * span / (48 * 10e9 * area * d * d / 12)
      + 1000 * span / (4 * shear * 10e9 / 2.4 * area)
    return (mean(ends) - mean(middle)) / exact
  }

  /// 240 × 120 × 60 mm over 180 mm; tools as lines of nodes with 0.5·E·h a node.
  static func brick(
    depth: Int, _ loading: (Nose, Supports) -> Loading
  ) throws -> BrickSetup {
    let edge = 0.06 / Double(depth)
    let pad = try Pad(stiffness: 0.5 * 10e9 / edge)
    let nose = Nose(shape: .line(x: 0, radius: .infinity, width: edge), pad: pad)
    return try BrickSetup(
      size: SIMD3(0.24, 0.12, 0.06), cells: SIMD3(4 * depth, 2 * depth, depth),
      material: material(), loading: loading(nose, Supports(span: 0.18, width: edge, pad: pad)))
  }

  /// A strike with 2 kg in which only the middle plane may crack, up to the time `end` (s).
  static func struck(
    depth: Int, height: Double, until end: Double = 0.7e-3
  ) throws -> BrickTest {
    var setup = try brick(depth: depth) { nose, supports in
      .strike(
        nose: nose, supports: supports, mass: 2, speed: (2 * 9.80665 * height).squareRoot())
    }
    setup.gravity = 0
    setup.cracks = .plane(axis: 0, at: 0)
    var test = try BrickTest(setup: setup)
    test.run(until: end)
    return test
  }

  /// Modulus of rupture over strength in slow bending.
  static func rupture(depth: Int) throws -> Double {
    let setup = try brick(depth: depth) { nose, supports in
      .bend(nose: nose, supports: supports, speed: 0.02, ramp: 3e-4)
    }
    var test = try BrickTest(setup: setup)
    // until the force has fallen for good
    while test.time < 0.01, test.toolForce > 0.5 * test.peak.force || test.time < 1e-3 {
      test.runSteps(32)
    }
    return (test.modulusOfRupture(test.peak.force) ?? .nan) / setup.material.strength
  }

  /// A bar 240 mm long and one element thick that meets a wall at 0.7071 m/s.
  static func wall() throws -> (stress: Double, duration: Double, speed: Double) {
    let (length, edge, speed) = (0.24, 0.0025, 0.7071)
    let material = try material(poisson: 0)
    var setup = try BrickSetup(
      lattice: Lattice(counts: SIMD3(1, 1, 96), edges: SIMD3(repeating: edge)), material: material,
      loading: .fall(
        floor: try Pad(stiffness: 4 * 10e9 / edge), turn: SIMD4(1, 0, 0, 0),
        velocity: SIMD3(0, 0, -speed), spin: .zero))
    setup.gravity = 0
    setup.cracks = .nowhere
    setup.sampleInterval = 1
    var test = try BrickTest(setup: setup)
    let transit = length / material.barSpeed
    test.run(until: 3 * transit)
    let plateau = test.history.filter { $0.time > 0.5 * transit && $0.time < 1.5 * transit }
    let mean = plateau.reduce(0) { $0 + $1.force } / Double(max(1, plateau.count))
    let end = test.history.last { $0.force > 0.5 * mean }?.time ?? .nan
    return (mean / (edge * edge), end, test.pieces().pieces[0].velocity.z)
  }
}
