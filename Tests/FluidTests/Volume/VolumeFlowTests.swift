// Free-surface runs in three dimensions: against the axisymmetric flow, and what must never change.

import Foundation
import Testing

@testable import Fluid

@Suite("Volume flow")
struct VolumeFlowTests {
  /// 25 mL of syrup, 20 mm wide and high, in the middle of a plate of 96 mm.
  func slump(_ h: Double) throws -> VolumeFlow {
    let n = Int((0.096 / h).rounded())
    let grid = try VolumeGrid(
      cells: SIMD3(n, n, Int((0.024 / h).rounded())), h: h, low: [.open, .open, .still],
      high: [.open, .open, .open])
    let setup = VolumeSetup(
      grid: grid, density: 1400, law: .newtonian(5), gravity: SIMD3(0, 0, -9.81))
    return try VolumeFlow(setup: setup) { point in
      let (x, y) = (point.x - 0.048, point.y - 0.048)
      return x * x + y * y <= 0.02 * 0.02 && point.z <= 0.02
    }
  }

  func axisymmetric(until end: Double) throws -> LiquidSurface {
    let grid = MeridianGrid(nr: 96, nz: 48, hr: 0.5e-3, hz: 0.5e-3)
    var flow = MeridianFlow(
      setup: MeridianSetup(grid: grid, density: 1400, law: .newtonian(5), gravity: 9.81),
      surface: LiquidSurface(points: [
        MeridianPoint(0, 0.02), MeridianPoint(0.02, 0.02), MeridianPoint(0.02, 0),
      ]))
    while flow.time < end { try flow.step(until: end) }
    return flow.surface
  }

  // The axisymmetric program tracks a surface and solves for a stream function: nothing is shared. Both
  // are of order 1 at the front. At 4, 2 and 1.4 mm the rms radius after 1 s is 1.9, 1.2 and 1.0 % below
  // that of the other at ½ mm, which is itself half a per cent above its own limit. The front is seen
  // through half cells and slips by a cell within one cell, once it has rolled over (before, both fronts
  // depend on their grids: 24.4 and 25.1 mm after 0.1 s for 1 and ½ mm of the axisymmetric one). Fails if
  // liquid glides on a film of air or particles leave voids (limits 1 % above), if drier faces carry
  // particles ahead, and for a wall without its factor 2.
  @Test(
    "a slump, against the axisymmetric flow",
    arguments: [(2e-3, 1.0, 0.015), (4e-3 / 3, 0.1, 0.01)])
  func slumps(_ h: Double, _ end: Double, _ allowed: Double) throws {
    var flow = try slump(h)
    let start = flow.volume
    while flow.time < end { try flow.step(until: end) }
    let surface = try axisymmetric(until: end)
    let rms = flow.particles.rmsRadius(about: 0.048, 0.048)
    #expect(rms < surface.rmsRadius && rms > (1 - allowed) * surface.rmsRadius)
    let apex = try #require(surface.height(atRadius: 0))
    #expect(abs(flow.depth(x: 0.048, y: 0.048) / apex - 1) < 0.02)
    let front = flow.radius(atThickness: 0.5e-3, x: 0.048, y: 0.048)
    if end > 0.5 { #expect(abs(front - surface.radius(atThickness: 0.5e-3)) < h) }
    // promises of every run
    #expect(abs(flow.emitted - flow.removed - flow.volume) < 1e-12 * start)
    #expect(flow.removed == 0)
    #expect(flow.audit.energy < 1e-4)
    #expect(flow.audit.divergence < 1e-6)
    #expect(flow.audit.velocityChange < 1e-5)
    #expect(abs(flow.weights.volume / flow.volume - 1) < 1e-9)
  }

  @Test("the same bits twice, and the front at the same distance on all four sides")
  func repeatable() throws {
    func run() throws -> VolumeFlow {
      var flow = try slump(4e-3)
      while flow.time < 0.2 { try flow.step(until: 0.2) }
      return flow
    }
    let (one, two) = (try run(), try run())
    #expect(one.particles == two.particles)
    var fronts = [0.0, 0, 0, 0]
    for place in one.particles.positions {
      let (x, y) = (place.x - 0.048, place.y - 0.048)
      fronts = [max(fronts[0], x), max(fronts[1], -x), max(fronts[2], y), max(fronts[3], -y)]
    }
    // solves end at 1e-5 of the velocity
    for front in fronts { #expect(abs(front / fronts[0] - 1) < 1e-4) }
  }

  @Test("liquid that fills a box to a level stays at rest")
  func rest() throws {
    let grid = try VolumeGrid(
      cells: SIMD3(5, 5, 8), h: 2e-3, low: [.still, .still, .still], high: [.still, .still, .open])
    let setup = VolumeSetup(
      grid: grid, density: 1400, law: .newtonian(5), gravity: SIMD3(0, 0, -9.81))
    var flow = try VolumeFlow(setup: setup) { $0.z < 0.01 }
    for _ in 0..<20 { try flow.step(until: flow.time + 0.01) }
    // velocities end at the divergence that a solve leaves, 1e-6 of the speed that gravity gives in a step
    let speed = flow.particles.velocities.map { ($0 * $0).sum().squareRoot() }.max() ?? 0
    #expect(speed < 1e-6 * (9.81 * 0.01).squareRoot())
    #expect(abs(flow.depth(x: 0.005, y: 0.005) - 0.01) < 1e-6)
  }

  @Test("a pour keeps its ledger, and what runs off the edge is booked")
  func pours() throws {
    let grid = try VolumeGrid(
      cells: SIMD3(10, 10, 8), h: 2e-3, low: [.open, .open, .still], high: [.open, .open, .open])
    let setup = VolumeSetup(
      grid: grid, density: 1400, law: .newtonian(5), gravity: SIMD3(0, 0, -9.81),
      inlet: VolumeInlet(x: 0.01, y: 0.01, radius: 3e-3, rate: 10e-6, volume: 4e-6))
    var flow = try VolumeFlow(setup: setup)
    while flow.time < 1.2 { try flow.step(until: 1.2) }
    #expect(!flow.isPouring)
    #expect(flow.removed > 0)
    #expect(abs(flow.emitted - flow.removed - flow.volume) < 1e-12 * flow.emitted)
    #expect(abs(flow.emitted / 4e-6 - 1) < 1e-12)
    #expect(flow.waiting == 0)
  }

  // A steady stream that falls out of the box, against the axisymmetric one. Fails for a rim of slow faces
  // beyond the hole (a sixth too thick), a neck under the hole that is not full (7 % too thin), and if the
  // step matters.
  @Test("a falling stream, against the axisymmetric one")
  func stream() throws {
    let (height, fall) = (0.024, 0.016)
    let flat = MeridianGrid(nr: 18, nz: 24, hr: 1e-3, hz: 1e-3)
    var other = MeridianSetup(
      grid: flat, density: 1400, law: .newtonian(5), gravity: 9.81,
      nozzle: Nozzle(radius: 0.006, rate: 10e-6, volume: 1))
    other.hasFloor = false
    var axisymmetric = MeridianFlow(setup: other)
    while axisymmetric.time < 0.6 { try axisymmetric.step(until: 0.6) }
    let radius = try #require(axisymmetric.surface.radius(atHeight: height - fall))
    func area(_ factor: Double) throws -> Double {
      let grid = try VolumeGrid(
        cells: SIMD3(12, 12, 12), h: 2e-3, low: [.open, .open, .open], high: [.open, .open, .open])
      var setup = VolumeSetup(
        grid: grid, density: 1400, law: .newtonian(5), gravity: SIMD3(0, 0, -9.81),
        inlet: VolumeInlet(x: 0.0121, y: 0.012, radius: 0.006, rate: 10e-6, volume: 1))
      setup.stepFactor = factor
      var flow = try VolumeFlow(setup: setup)
      while flow.time < 0.6 { try flow.step(until: 0.6) }
      // the mean of four layers: particles come in crowds
      let layers = flow.weights.layers.filter { abs($0.height - (height - fall)) < 2e-3 }
      return layers.reduce(0) { $0 + $1.area } / Double(layers.count)
    }
    let (whole, half) = (try area(1), try area(0.5))
    let exact = Double.pi * radius * radius
    #expect(whole / exact > 0.95 && whole / exact < 1.15, "\(whole / exact)")
    #expect(abs(half / whole - 1) < 0.04, "\(half / whole)")
  }

  // Fails if transfers brake: nothing but gravity acts on a drop in the air.
  @Test("a drop falls freely")
  func falls() throws {
    let grid = try VolumeGrid(
      cells: SIMD3(8, 8, 24), h: 2e-3, low: [.open, .open, .still], high: [.open, .open, .open])
    let setup = VolumeSetup(
      grid: grid, density: 1400, law: .newtonian(5), gravity: SIMD3(0, 0, -9.81))
    var flow = try VolumeFlow(setup: setup) { point in
      let d = point - SIMD3(0.0081, 0.0083, 0.04)
      return (d * d).sum() < 0.004 * 0.004
    }
    while flow.time < 0.06 { try flow.step(until: 0.06) }
    var worst = 0.0
    for velocity in flow.particles.velocities {
      let rest = velocity + SIMD3(0, 0, 9.81 * 0.06)
      worst = max(worst, abs(rest.x), abs(rest.y), abs(rest.z))
    }
    #expect(worst < 1e-3 * 9.81 * 0.06)
  }

  @Test("what no liquid can be is refused")
  func refuses() throws {
    #expect(throws: InvalidFlow.self) {
      try VolumeGrid(
        cells: SIMD3(4, 4, 4), h: .nan, low: [.open, .open, .open], high: [.open, .open, .open])
    }
    #expect(throws: InvalidFlow.self) {
      try VolumeGrid(
        cells: SIMD3(4, 4, 4), h: 1, low: [.periodic, .open, .open], high: [.open, .open, .open])
    }
    let closed = try VolumeGrid(
      cells: SIMD3(4, 4, 4), h: 1, low: [.still, .still, .still], high: [.still, .still, .still])
    #expect(throws: InvalidFlow.self) {
      try VolumeFlow(
        setup: VolumeSetup(
          grid: closed, density: -1, law: .newtonian(5), gravity: SIMD3(0, 0, -9.81)))
    }
    #expect(throws: InvalidFlow.self) {
      try VolumeFlow(
        setup: VolumeSetup(
          grid: closed, density: 1, law: .newtonian(5), gravity: SIMD3(0, 0, -9.81),
          inlet: VolumeInlet(x: 2, y: 2, radius: 1, rate: 1, volume: 1)))
    }
  }
}
