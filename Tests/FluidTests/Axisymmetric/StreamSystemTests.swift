// The discrete stream function against closed forms: order, energy, start-up.

import ClosedForms
import Foundation
import Testing

@testable import Fluid

@Suite("Stream system")
struct StreamSystemTests {
  static func full(_ grid: MeridianGrid) -> LiquidWeights {
    var weights = LiquidWeights(grid: grid)
    for a in 0..<(2 * grid.nr) {
      for b in 0..<(2 * grid.nz) { weights.halves[a * 2 * grid.nz + b] = weights.full(a) }
    }
    return weights
  }

  /// Rows tied: plane flow along x between a floor and a lid at speed 1, height 1, in steps.
  func couette(_ n: Int, steps: Int, until end: Double) throws -> [Double] {
    let grid = MeridianGrid(nr: 2, nz: n, hr: 1 / Double(n), hz: 1 / Double(n), isPlane: true)
    var problem = StreamProblem(
      weights: StreamSystemTests.full(grid), density: 1, viscosity: 1,
      step: end / Double(steps), gravity: 0)
    (problem.left, problem.top, problem.side, problem.rim) = (.wall, .wall, .wall, n)
    problem.lidSpeed = 1
    for i in 0...2 {
      for j in 0...n { problem.nodes[grid.node(i, j)] = j == 0 ? .fixed(0) : .tied(j) }
    }
    var system = StreamSystem()
    var speeds = [Double](repeating: 0, count: n)
    for _ in 0..<steps {
      for i in 0...2 { for j in 0..<n { problem.rVelocity[i * n + j] = speeds[j] } }
      let isSolved = system.solve(problem)
      try #require(isSolved)
      speeds = (0..<n).map { j in
        -(system.psi[grid.node(1, j + 1)] - system.psi[grid.node(1, j)]) / grid.hz
      }
    }
    return speeds
  }

  func exactCouette(_ y: Double, _ t: Double) -> Double {
    var sum = y
    for n in 1...60 {
      let k = Double(n) * Double.pi
      sum += 2 / k * (n.isMultiple(of: 2) ? 1 : -1) * sin(k * y) * exp(-k * k * t)
    }
    return sum
  }

  @Test("Couette's start-up has order 1 in the step")
  func startUp() throws {
    let n = 256
    let errors = try [20, 40, 80].map { steps -> Double in
      let speeds = try couette(n, steps: steps, until: 0.1)
      let middle = 0.5 * (speeds[n / 2 - 1] + speeds[n / 2])
      return middle - exactCouette(0.5, 0.1)
    }
    #expect(abs(log2(errors[0] / errors[1]) - 1) < 0.1)
    #expect(abs(log2(errors[1] / errors[2]) - 1) < 0.1)
  }

  @Test("steady Couette flow is exact")
  func steady() throws {
    let speeds = try couette(8, steps: 1, until: 1e12)
    for (j, speed) in speeds.enumerated() {
      #expect(abs(speed - (Double(j) + 0.5) / 8) < 1e-11)
    }
  }

  @Test("a frozen mound: power and dissipation balance, and gravity does what the surface loses")
  func mound() throws {
    let grid = MeridianGrid(nr: 24, nz: 16, hr: 1e-3, hz: 1e-3)
    let surface = LiquidSurface(
      points: [MeridianPoint(0, 0.0121), MeridianPoint(0.0133, 0.0084), MeridianPoint(0.0171, 0)])
    var weights = LiquidWeights(grid: grid)
    surface.fill(&weights)
    var problem = StreamProblem(
      weights: weights, density: 1400, viscosity: 5, step: 0.01, gravity: -9.81)
    problem.fixBottom()
    var system = StreamSystem()
    let isSolved = system.solve(problem)
    try #require(isSolved)
    let audit = system.audit
    let rest =
      audit.gravityPower + audit.inletPower - audit.dissipation - audit.kineticRate
      - audit.eulerLoss
    #expect(abs(rest) < 1e-12 * audit.gravityPower)
    #expect(audit.gravityPower > 0)
    #expect(audit.refinement < 1e-10)
  }

  @Test("the answer scales with units")
  func units() throws {
    func power(_ length: Double) throws -> Double {
      let grid = MeridianGrid(nr: 12, nz: 8, hr: 2 * length, hz: 2 * length)
      let surface = LiquidSurface(
        points: [
          MeridianPoint(0, 12 * length), MeridianPoint(13 * length, 8 * length),
          MeridianPoint(17 * length, 0),
        ])
      var weights = LiquidWeights(grid: grid)
      surface.fill(&weights)
      var problem = StreamProblem(
        weights: weights, density: 1, viscosity: 1, step: .infinity, gravity: -1)
      problem.fixBottom()
      var system = StreamSystem()
      let isSolved = system.solve(problem)
      try #require(isSolved)
      return system.audit.gravityPower
    }
    // power goes as (ρg)² L⁵/μ per radian
    let (one, thousand) = (try power(1), try power(1e-3))
    #expect(abs(thousand * 1e15 / one - 1) < 1e-9)
  }

  @Test("a power-law liquid in a pipe", arguments: [0.4, 0.7, 1.3])
  func powerLaw(_ index: Double) throws {
    let (radius, gradient, k, n) = (0.01, 10_000.0, 5.0, 32)
    let grid = MeridianGrid(
      nr: n, nz: 1, hr: radius / Double(n), hz: radius / Double(n))
    let law = ViscosityLaw.power(consistency: k, index: index, least: 1e-6, most: 1e6)
    var problem = StreamProblem(
      weights: StreamSystemTests.full(grid), density: 1, viscosity: law.viscosity(rate: 10),
      step: .infinity, gravity: gradient)
    (problem.top, problem.bottom, problem.side, problem.rim) = (.wall, .wall, .wall, 1)
    for i in 0...n {
      for j in 0...1 { problem.nodes[grid.node(i, j)] = i == 0 ? .fixed(0) : .tied(i) }
    }
    var system = StreamSystem()
    let change = system.solve(&problem, law)
    try #require(change != nil)
    let exact =
      radius * radius * radius * (index / (3 * index + 1))
      * pow(gradient * radius / (2 * k), 1 / index) / 2
    #expect(abs(system.psi[grid.node(n, 0)] / exact - 1) < 0.01)
  }

  @Test("a liquid of nothing is refused, and NaN too")
  func broken() {
    let grid = MeridianGrid(nr: 4, nz: 4, hr: 1, hz: 1)
    var system = StreamSystem()
    let isEmptySolved = system.solve(
      StreamProblem(
        weights: LiquidWeights(grid: grid), density: 1, viscosity: 1, step: 1, gravity: -1))
    #expect(isEmptySolved)
    #expect(system.audit.unknowns == 0)
    var problem = StreamProblem(
      weights: StreamSystemTests.full(grid), density: 1, viscosity: .nan, step: 1, gravity: -1)
    problem.fixBottom()
    let isSolved = system.solve(problem)
    #expect(!isSolved)
  }
}
