// Slumps and streams: ledger, rest, landing, overflow, and that nothing depends on units or the window.

import Foundation
import Testing

@testable import Fluid

@Suite("Meridian flow")
struct MeridianFlowTests {
  func slump(_ h: Double, width: Double = 0.08) -> MeridianFlow {
    let grid = MeridianGrid(
      nr: Int((width / h).rounded()), nz: Int((0.024 / h).rounded()), hr: h, hz: h)
    return MeridianFlow(
      setup: MeridianSetup(grid: grid, density: 1400, law: .newtonian(5), gravity: 9.81),
      surface: LiquidSurface(points: [
        MeridianPoint(0, 0.02), MeridianPoint(0.02, 0.02), MeridianPoint(0.02, 0),
      ]))
  }

  @Test("a slump keeps its volume and its energy balance, and is near an independent program")
  func slumps() throws {
    var flow = slump(0.5e-3)
    while flow.time < 5 { try flow.step(until: 5) }
    #expect(abs(flow.volume / flow.emitted - 1) < 1e-12)
    #expect(flow.audit.energy < 1e-10)
    #expect(flow.audit.overlap < 0.01)
    // heights of columns, ⅛ mm, which cannot roll over: 47.874 mm; 1.2 % on this grid, of order 1
    #expect(abs(flow.surface.radius(atThickness: 0.5e-3) / 0.047874 - 1) < 0.015)
  }

  @Test("the size of the plate changes nothing")
  func window() throws {
    var (small, large) = (slump(2e-3), slump(2e-3, width: 0.3))
    while small.time < 1 { try small.step(until: 1) }
    while large.time < 1 { try large.step(until: 1) }
    #expect(small.surface == large.surface)
  }

  @Test("liquid in a cup stays at rest")
  func rest() throws {
    let grid = MeridianGrid(nr: 10, nz: 10, hr: 3e-3, hz: 3e-3)
    var flow = MeridianFlow(
      setup: MeridianSetup(
        grid: grid, density: 1400, law: .newtonian(5), gravity: 9.81, rim: 10),
      surface: LiquidSurface(points: [
        MeridianPoint(0, 0.02), MeridianPoint(0.03, 0.02), MeridianPoint(0.03, 0),
      ]))
    for _ in 0..<50 { try flow.step(until: flow.time + 0.01) }
    for point in flow.surface.points {
      let u = flow.field.velocity(point)
      #expect((u.x * u.x + u.y * u.y).squareRoot() < 1e-8 * (9.81 * 0.02).squareRoot())
    }
    #expect(abs(flow.surface.top - 0.02) < 1e-10)
  }

  func cup(volume: Double) -> MeridianFlow {
    let grid = MeridianGrid(nr: 10, nz: 14, hr: 2e-3, hz: 2e-3)
    return MeridianFlow(
      setup: MeridianSetup(
        grid: grid, density: 1400, law: .newtonian(5), gravity: 9.81,
        nozzle: Nozzle(radius: 4e-3, rate: 10e-6, volume: volume), rim: 8))
  }

  @Test("a stream lands, fills the cup and is cut off; the ledger closes")
  func fills() throws {
    // the cup holds 20.1 mL
    var flow = cup(volume: 12e-6)
    while flow.time < 3 { try flow.step(until: 3) }
    let landing = try #require(flow.landing)
    // between free fall from twice the mean speed and the mean speed itself
    #expect(landing > 0.04 && landing < 0.028 / 0.199)
    #expect(abs((flow.cutoff ?? 0) - 1.2) < 1e-9)
    #expect(flow.overflow == nil)
    #expect(abs(2 * Double.pi * flow.volume / 12e-6 - 1) < 1e-12)
    #expect(abs(flow.emitted - flow.removed - flow.volume) < 1e-12 * flow.emitted)
  }

  @Test("too much runs over")
  func overflows() throws {
    var flow = cup(volume: 26e-6)
    while flow.time < 4 { try flow.step(until: 4) }
    let overflow = try #require(flow.overflow)
    // the cup is full after 2.01 s; it runs over when liquid has risen above the rim
    #expect(overflow > 1.8 && overflow < 2.4)
    #expect(flow.removed > 0)
    #expect(abs(flow.emitted - flow.removed - flow.volume) < 1e-12 * flow.emitted)
  }

  @Test("creeping flow scales: twice the viscosity takes twice the time")
  func scaling() throws {
    func radius(_ viscosity: Double, _ end: Double) throws -> Double {
      let grid = MeridianGrid(nr: 30, nz: 12, hr: 2e-3, hz: 2e-3)
      var flow = MeridianFlow(
        setup: MeridianSetup(
          grid: grid, density: 1400, law: .newtonian(viscosity), gravity: 9.81),
        surface: LiquidSurface(points: [
          MeridianPoint(0, 0.02), MeridianPoint(0.02, 0.02), MeridianPoint(0.02, 0),
        ]))
      while flow.time < end { try flow.step(until: end) }
      return flow.surface.rmsRadius
    }
    let (thin, thick) = (try radius(500, 10), try radius(1000, 20))
    #expect(abs(thin / thick - 1) < 1e-3)
  }

  // A stepFactor used to shrink every later step once more, so that a run never ended.
  @Test("half the step takes twice the steps, and changes little")
  func halfStep() throws {
    func slump(_ factor: Double) throws -> MeridianFlow {
      var setup = MeridianSetup(
        grid: MeridianGrid(nr: 40, nz: 12, hr: 2e-3, hz: 2e-3), density: 1400, law: .newtonian(5),
        gravity: 9.81)
      setup.stepFactor = factor
      var flow = MeridianFlow(
        setup: setup,
        surface: LiquidSurface(points: [
          MeridianPoint(0, 0.02), MeridianPoint(0.02, 0.02), MeridianPoint(0.02, 0),
        ]))
      while flow.time < 0.5 {
        try flow.step(until: 0.5)
        try #require(flow.audit.steps < 2000)
      }
      return flow
    }
    let (whole, half) = (try slump(1), try slump(0.5))
    let ratio = Double(half.audit.steps) / Double(whole.audit.steps)
    #expect(ratio > 1.5 && ratio < 2.5)
    #expect(abs(half.surface.rmsRadius / whole.surface.rmsRadius - 1) < 5e-3)
  }
}
