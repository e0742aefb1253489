// Two arms pulled apart along a crack between them: the double cantilever beam.
//
// Equation    C = δ/P = 2a³/(3EI), G = P²a²/(bEI) = G_F: P·a = √(G_F·b·E·I); a from the compliance holds
//             shear and the root, which make the arms longer by 0.64 of their depth (Williams 1989,
//             Compos. Sci. Technol. 35, 367, from memory). J = P·θ/b at any length of the cohesive zone,
//             θ the angle between the arms under the load
// Source      Paris & Paris 1988, Int. J. Fract. 38, R19, from memory
// Deviation   the load lies one element from the end
// Validity    a crack that moves slowly beside the swinging of the arms: means over 1 ms; ν = 0.2
// Checked by  BK14; finer (six elements an arm) 1.004 and -1.00, strength from 1 to 3 MPa 1.001 to 1.008

import Foundation
import Fracture

/// Means over a crack that runs from 72 to about 107 mm.
struct ArmsProbe {
  private(set) var load = 0.0
  private(set) var slope = 0.0
  private(set) var release = 0.0

  init() throws {
    let (arm, length, first, fine) = (0.02, 0.24, 0.06, 4)
    let edge = arm / Double(fine)
    let material = try BrickProbe.material()
    let lattice = try Lattice(
      counts: SIMD3(12 * fine, 1, 2 * fine), edges: SIMD3(repeating: edge))
    let stiffness = 2 * material.young / edge
    // one row of nodes, so that the arms may turn
    let grip = Nose(
      shape: .line(x: edge - 0.5 * length, radius: .infinity, width: edge),
      pad: try .glue(stiffness: stiffness))
    var setup = try BrickSetup(
      lattice: lattice, material: material,
      loading: .pull(upper: grip, lower: grip, speed: 0.02, ramp: 2e-3))
    setup.gravity = 0
    setup.cracks = .plane(axis: 2, at: 0)
    setup.notch = Notch(axis: 2, at: 0, along: 0, to: first - 0.5 * length)
    var test = try BrickTest(setup: setup)

    let inertia = edge * arm * arm * arm / 12
    let bending = material.young * inertia
    let force = (material.fractureEnergy * edge * bending).squareRoot()
    var (places, loads, releases): ([Double], [Double], [Double]) = ([], [], [])
    while test.time < 0.05 {
      // means over 1 ms: force, opening under the load, angle
      var sum = SIMD3<Double>.zero
      let end = test.time + 1e-3
      var count = 0.0
      while test.time < end {
        test.runSteps(20)
        let pull = test.toolForce
        sum += SIMD3(
          pull, test.travel - 2 * pull / (stiffness * edge * edge), pull * Self.angle(test, edge))
        count += 1
      }
      sum /= count
      let open = test.separatedArea(axis: 2, at: 0) / edge - edge
      guard open > first + 0.01 else { continue }
      places.append(cbrt(1.5 * bending * sum.y / sum.x))
      loads.append(sum.x)
      releases.append(sum.z / (edge * material.fractureEnergy))
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
    load = mean(zip(loads, places).map { $0 * $1 / force })
    release = mean(releases)
    let (x, y) = (places.map(log), loads.map(log))
    let (mx, my) = (mean(x), mean(y))
    slope =
      zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
      / x.reduce(0) { $0 + ($1 - mx) * ($1 - mx) }
  }

  /// Angle between both surfaces under the load (rad), from the nodes one element before and behind it.
  private static func angle(_ test: BrickTest, _ edge: Double) -> Double {
    let lattice = test.setup.lattice
    let top = lattice.counts.z - 1
    var sum = 0.0
    for element in 0..<lattice.elementCount where lattice.cells[element].x <= 1 {
      let cell = lattice.cells[element]
      guard cell.z == 0 || Int(cell.z) == top else { continue }
      let side = Int(cell.z) == top ? 1.0 : -1
      for corner in 0..<8 where (corner & 4 != 0) == (side > 0) {
        let row = Int(cell.x) + corner & 1
        guard row != 1 else { continue }
        let way = side * test.solid.position[test.solid.node(element, corner)].z
        sum += row == 0 ? way : -way
      }
    }
    // two corners across the width, two elements apart
    return sum / (2 * 2 * edge)
  }
}
