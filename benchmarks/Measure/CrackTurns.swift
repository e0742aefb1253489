// What a crack costs that does not run along the grid: strength and work over turns of the grid.
//
// A bar of boxes, turned in the grid by an angle, is pulled apart at its middle, where its strength is least:
// its halves move away from each other, and it breaks at both ends of the zone between them. Two laws: each
// face has its own strength and energy (plain), or the shares |n·n_p| of them (projected, see
// CohesiveFaces+Insertion). Strength is the speed at which the work of softening reaches one crack's, over
// that of the plain law along the grid; work is that at 1.2 and 1.4 m/s, when both cracks are through, over
// G_F times two true sections. Without a grid neither would know the angle; beside the two cracks lie faces
// that opened and closed again, so work is above 1.
// Two minutes on one core.

import Foundation
import Fracture
import LinearAlgebra

struct CrackTurns {
  private let angles = [0.0, 10, 20, 30, 45]
  private let length = 0.16
  private let width = 0.032

  private func material() throws -> BrittleMaterial {
    try BrittleMaterial(
      young: 10e9, poisson: 0.2, density: 1800, strength: 3e6, fractureEnergy: 50)
  }

  /// A bar with edges of `h` (m), pulled apart at ± `speed` (m/s), after the waves have gone twice.
  private func pulled(angle: Double, h: Double, speed: Double, isProjected: Bool) throws
    -> BrickTest
  {
    let (c, s) = (cos(angle * Double.pi / 180), sin(angle * Double.pi / 180))
    let half = SIMD2(
      (0.5 * (length * c + width * s) / h).rounded(.up) * h,
      (0.5 * (length * s + width * c) / h).rounded(.up) * h)
    let counts = SIMD3(2 * Int((half.x / h).rounded()), 3, 2 * Int((half.y / h).rounded()))
    let lattice = try Lattice(counts: counts, edges: SIMD3(repeating: h)) { cell in
      let x = (Double(cell.x) + 0.5 - 0.5 * Double(counts.x)) * h
      let z = (Double(cell.z) + 0.5 - 0.5 * Double(counts.z)) * h
      return abs(c * x + s * z) < length / 2 && abs(c * z - s * x) < width / 2
    }
    var setup = try BrickSetup(
      lattice: lattice, material: try material(),
      loading: .free(turn: SIMD4(1, 0, 0, 0), velocity: .zero, spin: .zero))
    setup.gravity = 0
    setup.isProjected = isProjected
    setup.fieldScalesFractureEnergy = false
    let wave = 2 * Double.pi / length
    setup.field = try StrengthField(
      waveVectors: [SIMD3(wave * c, 0, wave * s)], phases: [Double.pi], weibullModulus: 1.5)
    var test = try BrickTest(setup: setup)
    test.addVelocity { x in
      let v = speed * max(-1, min(1, (c * x.x + s * x.z) / 0.01))
      return SIMD3(v * c, 0, v * s)
    }
    test.run(until: 0.25e-3)
    return test
  }

  /// Speed at one crack's work, in m/s; work over two cracks'; open faces over two sections.
  private func row(angle: Double, h: Double, isProjected: Bool) throws
    -> (speed: Double, work: Double, faces: Double)
  {
    let section = width * 3 * h
    var points: [(speed: Double, work: Double)] = []
    for speed in [0.5, 0.6, 0.7, 0.8, 0.9] {
      let test = try pulled(angle: angle, h: h, speed: speed, isProjected: isProjected)
      points.append((speed, test.fractureWork / (50 * section)))
    }
    let high = points.firstIndex { $0.work >= 1 } ?? points.count - 1
    let (a, b) = (points[max(0, high - 1)], points[high])
    let speed = a.speed + (b.speed - a.speed) * (1 - a.work) / max(b.work - a.work, 1e-12)
    var (work, faces) = (0.0, 0.0)
    for speed in [1.2, 1.4] {
      let test = try pulled(angle: angle, h: h, speed: speed, isProjected: isProjected)
      work += 0.25 * test.fractureWork / (50 * section)
      faces += 0.25 * test.crackArea / section
    }
    return (speed, work, faces)
  }

  func run() throws {
    BLAS.useOneThread()
    print(Machine.line, terminator: "\n\n")
    var table = TextTable(["edge mm", "angle", "law", "strength", "work", "faces over section"])
    var spreads: [String] = []
    for h in [0.004, 0.0025] {
      let first = try row(angle: 0, h: h, isProjected: false)
      for isProjected in [false, true] {
        let name = isProjected ? "projected" : "plain"
        let rows = try angles.map { try row(angle: $0, h: h, isProjected: isProjected) }
        for (angle, row) in zip(angles, rows) {
          table.add([
            figures(1e3 * h), figures(angle), name, figures(row.speed / first.speed, 3),
            figures(row.work, 3), figures(row.faces, 3),
          ])
        }
        func spread(_ values: [Double]) -> String {
          "\(figures(values.min() ?? 0, 3)) to \(figures(values.max() ?? 0, 3))"
        }
        spreads.append(
          "\(figures(1e3 * h)) mm, \(name): strength \(spread(rows.map { $0.speed / first.speed })), work \(spread(rows.map(\.work)))"
        )
      }
    }
    table.print()
    print("\nover the angles\n  \(spreads.joined(separator: "\n  "))")
  }
}
