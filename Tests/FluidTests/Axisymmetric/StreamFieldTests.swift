// The interpolated velocity: divergence-free, no slip, order.

import Foundation
import Testing

@testable import Fluid

@Suite("Stream field")
struct StreamFieldTests {
  /// A cup full of liquid that a nozzle's flux stirs: open at the top.
  func stirred(_ n: Int) throws -> (StreamField, MeridianGrid) {
    let grid = MeridianGrid(nr: n, nz: n, hr: 1 / Double(n), hz: 1 / Double(n))
    var problem = StreamProblem(
      weights: StreamSystemTests.full(grid), density: 1, viscosity: 1, step: .infinity, gravity: 0)
    (problem.side, problem.rim) = (.wall, n)
    problem.fixBottom()
    problem.fixSide()
    problem.nozzle = 0.5
    for i in 0...n where Double(i) / Double(n) <= 0.5 + 1e-9 {
      let s = Double(i) / Double(n) / 0.5
      problem.nodes[grid.node(i, n)] = .fixed(-s * s * (2 - s * s))
    }
    var system = StreamSystem()
    let isSolved = system.solve(problem)
    try #require(isSolved)
    return (StreamField(system, problem), grid)
  }

  @Test("no flow through and along walls, none across the axis")
  func walls() throws {
    let (field, _) = try stirred(12)
    for s in [0.03, 0.21, 0.55, 0.87] {
      let floor = field.velocity(MeridianPoint(s, 0))
      #expect(abs(floor.x) < 1e-12 && abs(floor.y) < 1e-12)
      let side = field.velocity(MeridianPoint(1, s))
      #expect(abs(side.x) < 1e-12 && abs(side.y) < 1e-12)
      #expect(abs(field.velocity(MeridianPoint(1e-9, s)).x) < 1e-6)
    }
  }

  @Test("divergence-free between the samples")
  func divergence() throws {
    let (field, grid) = try stirred(12)
    let d = 1e-5 * grid.hr
    for (r, z) in [(0.31, 0.52), (0.111, 0.77), (0.62, 0.23)] {
      let (east, west) = (
        field.velocity(MeridianPoint(r + d, z)), field.velocity(MeridianPoint(r - d, z))
      )
      let (north, south) = (
        field.velocity(MeridianPoint(r, z + d)), field.velocity(MeridianPoint(r, z - d))
      )
      let divergence =
        ((r + d) * east.x - (r - d) * west.x) / (2 * d * r) + (north.y - south.y) / (2 * d)
      let scale = abs(east.x - west.x) / (2 * d) + abs(north.y - south.y) / (2 * d)
      #expect(abs(divergence) < 1e-6 * scale)
    }
  }

  @Test("second order")
  func order() throws {
    let point = MeridianPoint(0.37, 0.59)
    let values = try [10, 20, 40, 80].map { try stirred($0).0.velocity(point).y }
    let order = log2(abs(values[0] - values[1]) / abs(values[1] - values[2]))
    let next = log2(abs(values[1] - values[2]) / abs(values[2] - values[3]))
    #expect(max(order, next) > 1.7, "observed \(order), \(next)")
  }

  @Test("components at faces are those of the solve")
  func faces() throws {
    let (field, grid) = try stirred(8)
    let face = MeridianPoint(3 * grid.hr, 4.5 * grid.hz)
    #expect(abs(field.component(r: face) - field.rFace(3, 4)) < 1e-14)
    let level = MeridianPoint(3.5 * grid.hr, 4 * grid.hz)
    #expect(abs(field.component(z: level) - field.zFace(3, 4)) < 1e-14)
  }
}
