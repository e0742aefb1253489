// The same solid in another attitude, and the same brick on a lattice with its axes exchanged.
//
// Source      a rotation is no strain; space has no direction but that of gravity
// Checked by  BK09, BK10

import Foundation
import Fracture
import LinearAlgebra

enum TurnProbe {
  /// Strain energy of a solid turned by 1 rad about (1, 2, −1) from rest in one go, over f_t²V/(2E), and
  /// the largest error of a rotation, in rad.
  static func rigid() throws -> (energy: Double, lean: Double) {
    let material = try BrickProbe.material()
    var solid = try Solid(
      lattice: Lattice(counts: SIMD3(3, 3, 2), edges: SIMD3(repeating: 0.02)), material: material)
    let axis = SIMD3(1.0, 2, -1) / 6.0.squareRoot()
    func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
      SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
    }
    // Rodrigues
    solid.place { x in
      let along = (axis * x).sum() * axis
      return along + cos(1) * (x - along) + sin(1) * cross(axis, x) + SIMD3(1, -2, 3)
    }
    let count = solid.lattice.elementCount
    let volume = solid.lattice.cellVolume * Double(count)
    let scale = material.strength * material.strength / (2 * material.young) * volume
    let half = SIMD4(cos(0.5), sin(0.5) * axis.x, sin(0.5) * axis.y, sin(0.5) * axis.z)
    let lean = (0..<count).map { element in
      // the sine of half the angle between both rotations
      let found = solid.turn(of: element)
      let sign: Double = (found * half).sum() < 0 ? -1 : 1
      let way = found - sign * half
      return 2 * (way * way).sum().squareRoot()
    }
    return (solid.totalStrainEnergy / scale, lean.max() ?? .nan)
  }

  /// A bar of 30 × 40 × 100 mm dropped on its end for 0.15 ms; `quarter`: built on a lattice that was
  /// turned by 90° about this axis (0, 1, 2) first.
  static func dropped(quarter: Int?) throws -> BrickTest {
    var counts = SIMD3(3, 4, 10)
    var turn = SIMD4(1.0, 0, 0, 0)
    if let quarter {
      let (a, b) = ((quarter + 1) % 3, (quarter + 2) % 3)
      (counts[a], counts[b]) = (counts[b], counts[a])
      let root = 0.5.squareRoot()
      turn = SIMD4(root, 0, 0, 0)
      turn[quarter + 1] = root
    }
    var setup = try BrickSetup(
      lattice: Lattice(counts: counts, edges: SIMD3(repeating: 0.01)),
      material: BrickProbe.material(),
      loading: .fall(
        floor: Pad(stiffness: 2e12), turn: turn, velocity: SIMD3(0.2, 0, -2.5),
        spin: SIMD3(0, 15, 0)))
    setup.gravity = 9.80665
    var test = try BrickTest(setup: setup)
    test.run(until: 0.15e-3)
    return test
  }
}
