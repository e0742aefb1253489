// The coupled solve in three dimensions against closed forms, listed values and the axisymmetric limit.

import Foundation
import Testing

@testable import Fluid

@Suite("Stress system")
struct StressSystemTests {
  static let gravity = 9.81
  static let down = SIMD3(0, 0, -9.81)

  static func box(_ n: Int, _ h: Double, sides: VolumeEnd = .still) throws -> VolumeGrid {
    try VolumeGrid(
      cells: SIMD3(n, n, n), h: h, low: [sides, sides, .still], high: [sides, sides, .still])
  }

  /// Half an ellipsoid, 20.48 mm wide and 14.08 mm high, on the floor of a box of 64 mm.
  static func mound(_ n: Int, viscosity: Double, step: Double) throws -> VolumeProblem {
    let weights = VolumeWeights(grid: try box(n, 0.064 / Double(n)), samples: 4) { point in
      let x = (point.x - 0.032) / 0.02048
      let y = (point.y - 0.032) / 0.02048
      let z = point.z / 0.01408
      return x * x + y * y + z * z <= 1
    }
    return VolumeProblem(
      weights: weights, density: 1400, viscosity: viscosity, step: step, gravity: down)
  }

  // Fails if pressure and weights disagree anywhere: liquid would then creep in the box.
  @Test("liquid in a box stays at rest, and the floor carries it")
  func hydrostatic() throws {
    let grid = try VolumeGrid(
      cells: SIMD3(6, 5, 8), h: 2e-3, low: [.slip, .still, .still], high: [.slip, .still, .open])
    let depth = 0.0097
    let weights = VolumeWeights(grid: grid, samples: 10) { $0.z < depth }
    var problem = VolumeProblem(
      weights: weights, density: 1400, viscosity: 5, step: 0.01, gravity: Self.down)
    var system = StressSystem()
    system.divergenceTolerance = 1e-12
    for _ in 0..<20 {
      system.solve(problem)
      system.spread(into: &problem.before)
    }
    #expect(StressSystem.largest(system.velocity) < 1e-8 * (Self.gravity * depth).squareRoot())
    let weight = 1400 * Self.gravity * system.audit.volume
    #expect(abs(system.audit.floorForce / weight - 1) < 1e-5)
  }

  /// Errors of plane flow between walls at z = 0 and z = 1, over the largest speed.
  func channel(_ n: Int, lid: Double, push: Double, _ exact: (Double) -> Double) throws -> Double {
    let grid = try VolumeGrid(
      cells: SIMD3(2, 1, n), h: 1 / Double(n), low: [.periodic, .periodic, .still],
      high: [.periodic, .periodic, .wall(SIMD3(lid, 0, 0))])
    var weights = VolumeWeights(grid: grid)
    for index in weights.halves.indices { weights.halves[index] = 1 }
    // what is not steady shrinks to a hundredth in each step
    var problem = VolumeProblem(
      weights: weights, density: 1, viscosity: 1, step: 10, gravity: SIMD3(push, 0, 0))
    var system = StressSystem()
    system.tolerance = 1e-9
    for _ in 0..<6 {
      let isDone = system.solve(problem)
      try #require(isDone)
      system.spread(into: &problem.before)
    }
    var worst = 0.0
    for k in 0..<n {
      let index = try #require(system.active(grid.slot(0, 0, k)))
      worst = max(worst, abs(system.velocity[index].x - exact((Double(k) + 0.5) / Double(n))))
    }
    return worst
  }

  @Test("a sliding lid drags a linear profile")
  func couette() throws {
    #expect(try channel(9, lid: 1, push: 0) { $0 } < 1e-8)
  }

  // Fails with the wall's strain over a whole cell (order 1), or half of it counted.
  @Test("plane Poiseuille flow has order 2")
  func poiseuille() throws {
    let errors = try [8, 16, 32].map { n in
      try channel(n, lid: 0, push: 8) { 4 * $0 * (1 - $0) }
    }
    #expect(abs(log2(errors[0] / errors[1]) - 2) < 0.1)
    #expect(abs(log2(errors[1] / errors[2]) - 2) < 0.1)
    #expect(errors[2] < 2e-3)
  }

  // A free surface between cells, on a plate tilted by 30°: q = ρ g sin(a) d³/(3μ).
  @Test("a film on a tilted plate", arguments: [16.0, 16.25, 16.5])
  func film(_ depth: Double) throws {
    let grid = try VolumeGrid(
      cells: SIMD3(1, 1, 20), h: 1 / depth, low: [.periodic, .periodic, .still],
      high: [.periodic, .periodic, .open])
    let weights = VolumeWeights(grid: grid, samples: 16) { $0.z < 1 }
    let tilt = Double.pi / 6
    // what is not steady shrinks to a twenty-fifth in each step
    var problem = VolumeProblem(
      weights: weights, density: 1, viscosity: 1, step: 10,
      gravity: SIMD3(sin(tilt), 0, -cos(tilt)))
    var system = StressSystem()
    for _ in 0..<4 {
      let isDone = system.solve(problem)
      try #require(isDone)
      system.spread(into: &problem.before)
    }
    var flux = 0.0
    for k in 0..<20 {
      guard let index = system.active(grid.slot(0, 0, k)) else { continue }
      flux += system.faceWeight[index].x * system.velocity[index].x * grid.h
    }
    #expect(abs(flux / (sin(tilt) / 3) - 1) < 0.02)
  }

  // Plates at a distance of 1, driven by G: q = 2n/(2n + 1)·(G/k)^(1/n)·(1/2)^(2 + 1/n).
  @Test("plane flow of a power-law liquid", arguments: [0.5, 0.8])
  func powerLaw(_ index: Double) throws {
    let n = 32
    let grid = try VolumeGrid(
      cells: SIMD3(1, 1, n), h: 1 / Double(n), low: [.periodic, .periodic, .still],
      high: [.periodic, .periodic, .still])
    var weights = VolumeWeights(grid: grid)
    for place in weights.halves.indices { weights.halves[place] = 1 }
    var problem = VolumeProblem(
      weights: weights, density: 1, viscosity: 1, step: 1e3, gravity: SIMD3(4, 0, 0))
    var system = StressSystem()
    let law = ViscosityLaw.power(consistency: 1, index: index, least: 1e-4, most: 1e4)
    let change = system.solve(&problem, law)
    #expect(try #require(change) < 1e-4)
    var flux = 0.0
    for k in 0..<n {
      flux += grid.h * system.velocity[try #require(system.active(grid.slot(0, 0, k)))].x
    }
    let exact =
      2 * index / (2 * index + 1) * pow(4, 1 / index) * pow(0.5, 2 + 1 / index)
    #expect(abs(flux / exact - 1) < 0.01)
  }

  /// Volume at faces that are not on the floor.
  func aboveFloor(_ problem: VolumeProblem) -> Double {
    let grid = problem.grid
    var floor = 0.0
    for i in 0..<grid.cells.x {
      for j in 0..<grid.cells.y { floor += problem.weights.mean(2 * i, 2 * j, -1) }
    }
    return problem.weights.volume - floor * grid.h * grid.h * grid.h
  }

  // Method note of this project, a program of its own (sparse matrices): 19.267 and 18.113 W/m³. Its
  // volume is that of the faces above the floor, which the floor's half cells lack; ours is that of the
  // liquid. Fails for faces taken as 0, strain over a whole cell, a wrong factor of shear.
  @Test("frozen mound: an independent program", arguments: [(32, 19.2672), (48, 18.113)])
  func mound(_ n: Int, _ listed: Double) throws {
    let problem = try Self.mound(n, viscosity: 50, step: 0.02)
    var system = StressSystem()
    let isDone = system.solve(problem)
    try #require(isDone)
    let power = system.gravityPowerDensity(problem) * problem.weights.volume
    #expect(abs(power / aboveFloor(problem) / listed - 1) < 0.002)
    #expect(system.audit.energyError < 1e-4)
    #expect(system.audit.divergence < 1e-6)
  }

  // 16.54 to 16.57 W/m³: the same mound by the axisymmetric stream function, up to 512 cells.
  @Test("frozen mound: the axisymmetric limit")
  func moundLimit() throws {
    let powers = try [16, 32, 64].map { n in
      let problem = try Self.mound(n, viscosity: 50, step: 0.02)
      var system = StressSystem()
      let isDone = system.solve(problem)
      try #require(isDone)
      return system.gravityPowerDensity(problem)
    }
    let order = log2((powers[0] - powers[1]) / (powers[1] - powers[2]))
    #expect(order > 1.5 && order < 2.5)
    let limit = powers[2] - (powers[1] - powers[2]) / (pow(2, order) - 1)
    #expect(abs(limit / 16.555 - 1) < 0.01)
  }

  /// rms speed (m/s) of the mound in 32³ cells, from rest, geometry frozen.
  func speed(_ viscosity: Double, _ step: Double, _ splitting: Splitting) throws -> Double {
    var problem = try Self.mound(32, viscosity: viscosity, step: step)
    var system = SplitSystem(splitting)
    for _ in 0..<Int(((step < 1e-3 ? 0.032 : 0.064) / step).rounded()) {
      let isDone = system.advance(&problem)
      try #require(isDone)
    }
    return system.audit.rmsSpeed
  }

  // Listed by a program of its own with direct solves. Fails if a split step keeps a tension that it
  // should not have, or if the coupled solve splits anything.
  @Test(
    "what splitting costs",
    arguments: [
      (5.0, 4e-3, 1.329, 1.132), (5, 1e-3, 1.169, 1.082), (50, 4e-3, 1.603, 1.186),
    ])
  func splitting(
    _ viscosity: Double, _ step: Double, _ viscousFirst: Double, _ pressureFirst: Double
  ) throws {
    let coupled = try speed(viscosity, step, .coupled)
    let one = try speed(viscosity, step, .decoupled)
    let two = try speed(viscosity, step, .decoupledTwice)
    #expect(abs(one / coupled - viscousFirst) < 0.03)
    #expect(abs(two / coupled - pressureFirst) < 0.03)
  }

  @Test("the coupled flow does not depend on the step, and goes as 1/μ")
  func stepIndependent() throws {
    let speeds = try [4e-3, 1e-3, 0.25e-3].map { try speed(5, $0, .coupled) }
    #expect(abs(speeds[1] / speeds[0] - 1) < 5e-3)
    #expect(abs(speeds[2] / speeds[0] - 1) < 5e-3)
    #expect(abs(try speed(50, 1e-3, .coupled) / speeds[1] - 0.1) < 5e-4)
  }

  // The blocks of the preconditioner have a handedness, so both solves are driven to rounding.
  @Test("a scene turned by a right angle flows the same, turned")
  func turned() throws {
    func flow(_ isTurned: Bool) throws -> (VolumeGrid, StressSystem) {
      let cells = isTurned ? SIMD3(10, 14, 9) : SIMD3(14, 10, 9)
      let grid = try VolumeGrid(
        cells: cells, h: 2e-3, low: [.still, .still, .still], high: [.still, .still, .open])
      // (x, y) of the first scene is (10h − y, x) of the second, turned about z
      let weights = VolumeWeights(grid: grid, samples: 4) { point in
        let (x, y) = isTurned ? (point.y, 0.02 - point.x) : (point.x, point.y)
        let (a, b, c) = ((x - 0.011) / 0.008, (y - 0.007) / 0.0065, point.z / 0.011)
        return a * a + b * b + c * c <= 1
      }
      let problem = VolumeProblem(
        weights: weights, density: 1400, viscosity: 5, step: 0.01,
        gravity: isTurned ? SIMD3(0, 3, -9) : SIMD3(3, 0, -9))
      var system = StressSystem()
      (system.tolerance, system.divergenceTolerance) = (1e-12, 1e-12)
      let isDone = system.solve(problem)
      try #require(isDone)
      return (grid, system)
    }
    let (plainGrid, plain) = try flow(false)
    let (turnedGrid, turned) = try flow(true)
    let fastest = StressSystem.largest(plain.velocity)
    var worst = 0.0
    for i in 0..<14 {
      for j in 0..<10 {
        for k in 0..<9 {
          guard let a = plain.active(plainGrid.slot(i, j, k)) else { continue }
          let u = plain.velocity[a]
          if plain.faceWeight[a].x > 0 {
            let b = try #require(turned.active(turnedGrid.slot(9 - j, i, k)))
            worst = max(worst, abs(u.x - turned.velocity[b].y))
          }
          if plain.faceWeight[a].y > 0 {
            let b = try #require(turned.active(turnedGrid.slot(10 - j, i, k)))
            worst = max(worst, abs(u.y + turned.velocity[b].x))
          }
          if plain.faceWeight[a].z > 0 {
            let b = try #require(turned.active(turnedGrid.slot(9 - j, i, k)))
            worst = max(worst, abs(u.z - turned.velocity[b].z))
          }
        }
      }
    }
    #expect(worst < 1e-9 * fastest)
  }
}
