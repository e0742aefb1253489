import ClosedForms
import Fluid
import Foundation
import LinearAlgebra
import Testing

@Suite("Lubrication")
struct LubricationTests {
  // syrup: 5 Pa·s, 1400 kg/m³, 50 mL
  static let gravity = 9.81
  static let viscosity = 5.0 / 1400
  static let volume = 5e-5
  let law = HuppertSpread(gravity: gravity, viscosity: viscosity)

  // Fails if the mobility is not g/(3ν) or the metric of the rings is wrong. From the similar profile
  // at 0.5 s to 60 s, 1.8 times the radius; exponents 1/8 and −1/4 from the last doubling of time.
  @Test("Huppert's law of a volume")
  func volume() throws {
    BLAS.useOneThread()
    var pool = try Lubrication(
      gravity: Self.gravity, viscosity: Self.viscosity, radius: 0.1, cells: 200)
    try pool.start { self.law.height(volume: Self.volume, time: 0.5, at: $0) }
    let start = pool.volume
    #expect(abs(start / Self.volume - 1) <= 1e-4)
    try pool.advance(by: 29.5, steps: 100, grading: 3)
    let (front, apex) = (pool.frontRadius, pool.apex)
    try pool.advance(by: 30, steps: 100)
    #expect(abs(pool.volume / start - 1) <= 1e-13)

    let exact = law.radius(volume: Self.volume, time: 60)
    #expect(abs(pool.frontRadius / exact - 1) <= 1e-3)
    #expect(abs(pool.rootMeanSquareRadius * (7.0 / 3).squareRoot() / exact - 1) <= 1e-4)
    #expect(abs(pool.apex / law.apex(volume: Self.volume, time: 60) - 1) <= 1e-4)
    #expect(abs(log2(pool.frontRadius / front) * 8 - 1) <= 0.01)
    #expect(abs(log2(pool.apex / apex) * -4 - 1) <= 0.001)
    let middle = try #require(pool.radius(atHeight: 0.5 * pool.apex))
    #expect(abs(middle / (exact * (7.0 / 8).squareRoot()) - 1) <= 1e-3)
  }

  // Fails if space or time has order 1. A cylinder forgets its shape: the slope of r⁸ over time, which
  // has no virtual origin, tends to Huppert's. Between 10 s and 60 s the memory is below 1e-6.
  @Test("a cylinder spreads at Huppert's rate, order 2")
  func cylinder() throws {
    BLAS.useOneThread()
    var errors: [Double] = []
    for cells in [100, 200, 400] {
      var pool = try Lubrication(
        gravity: Self.gravity, viscosity: Self.viscosity, radius: 0.1, cells: cells)
      let height = Self.volume / (.pi * 0.03 * 0.03)
      try pool.start { $0 < 0.03 ? height : 0 }
      try pool.advance(by: 10, steps: cells, grading: 8)
      let before = pow(pool.rootMeanSquareRadius, 8)
      try pool.advance(by: 50, steps: cells)
      let slope = (pow(pool.rootMeanSquareRadius, 8) - before) / 50
      let exact = pow(law.radius(volume: Self.volume, time: 1), 8) * pow(3.0 / 7, 4)
      errors.append(abs(slope / exact - 1))
    }
    for k in 0...1 {
      let order = log2(errors[k] / errors[k + 1])
      #expect(abs(order - 2) < 0.15, "order \(order), errors \(errors)")
    }
    #expect(errors[2] < 1e-4)
  }

  // Fails if the inflow is spread over the wrong area or booked twice. Self-similar from the start.
  @Test("Huppert's law of a constant inflow")
  func inflow() throws {
    BLAS.useOneThread()
    var errors: [Double] = []
    for cells in [100, 400] {
      var pool = try Lubrication(
        gravity: Self.gravity, viscosity: Self.viscosity, radius: 0.1, cells: cells, inflow: 1e-6)
      try pool.advance(by: 30, steps: cells, grading: 2)
      #expect(abs(pool.volume / 3e-5 - 1) <= 1e-12)
      let front = pool.frontRadius
      errors.append(abs(front / law.radius(inflow: 1e-6, time: 30) - 1))
      try pool.advance(by: 30, steps: cells)
      #expect(abs(log2(pool.frontRadius / front) - 0.5) <= 0.002)
    }
    #expect(errors[0] <= 0.01)
    #expect(errors[1] <= 1e-3)
  }

  // Fails if one of these is solved, or if a pool may flow over the edge in silence.
  @Test("refuses")
  func refuses() throws {
    let positive = "a finite number above 0"
    #expect(throws: InvalidFlow("viscosity", -1, expected: positive)) {
      try Lubrication(gravity: 9.81, viscosity: -1, radius: 1, cells: 50)
    }
    #expect(throws: InvalidFlow("gravity", 0, expected: positive)) {
      try Lubrication(gravity: 0, viscosity: 1, radius: 1, cells: 50)
    }
    #expect(throws: InvalidFlow("inflow", -1, expected: "a finite number, 0 or above")) {
      try Lubrication(gravity: 9.81, viscosity: 1, radius: 1, cells: 50, inflow: -1)
    }
    #expect(throws: InvalidFlow("cells", 2, expected: "a number from 8 to 100000")) {
      try Lubrication(gravity: 9.81, viscosity: 1, radius: 1, cells: 2)
    }
    var pool = try Lubrication(gravity: 9.81, viscosity: 1e-3, radius: 0.1, cells: 50)
    #expect(throws: InvalidFlow("height", -1, expected: "a finite number, 0 or above")) {
      try pool.start { _ in -1 }
    }
    try pool.start { $0 < 0.05 ? 0.02 : 0 }
    let refusal = try #require(throws: InvalidFlow.self) {
      try pool.advance(by: 1e3, steps: 200, grading: 8)
    }
    #expect(refusal.quantity == "radius")
    #expect(throws: InvalidFlow.self) { try pool.advance(by: 1, steps: 0) }
  }
}
