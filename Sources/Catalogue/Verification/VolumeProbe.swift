// Set-ups of the three-dimensional solver that have a reference value, for the ladder.

import Experience
import Fluid
import Foundation

enum VolumeProbe {
  private static let still = [VolumeEnd.still, .still, .still]
  private static let down = SIMD3(0, 0, -9.81)

  /// Half an ellipsoid, 20.48 mm wide and 14.08 mm high, on the floor of a box of 64 mm.
  static func mound(
    _ n: Int, viscosity: Double, step: Double
  ) throws(InvalidFlow) -> VolumeProblem {
    let grid = try VolumeGrid(
      cells: SIMD3(n, n, n), h: 0.064 / Double(n), low: still, high: still)
    let weights = VolumeWeights(grid: grid, samples: 4) { point in
      let x = (point.x - 0.032) / 0.02048
      let y = (point.y - 0.032) / 0.02048
      let z = point.z / 0.01408
      return x * x + y * y + z * z <= 1
    }
    return VolumeProblem(
      weights: weights, density: 1400, viscosity: viscosity, step: step, gravity: down)
  }

  /// Power of gravity over the volume of the mound after one step of 20 ms from rest, W/m³.
  static func moundPower(_ n: Int) throws -> Double? {
    let problem = try mound(n, viscosity: 50, step: 0.02)
    var system = StressSystem()
    return system.solve(problem) ? system.gravityPowerDensity(problem) : nil
  }

  /// rms speed of the mound in 32³ cells after 64 ms, its shape frozen, m/s.
  static func moundSpeed(
    viscosity: Double, step: Double, _ splitting: Splitting
  ) throws -> Double? {
    var problem = try mound(32, viscosity: viscosity, step: step)
    var system = SplitSystem(splitting)
    for _ in 0..<Int((0.064 / step).rounded()) {
      guard system.advance(&problem) else { return nil }
    }
    return system.audit.rmsSpeed
  }

  /// Force on a ball in a cube that repeats itself, over Stokes' drag at the mean speed: creeping flow
  /// under a uniform push. `cells`: per edge of the cube; `radius`: over its edge.
  static func latticeDrag(_ cells: Int, radius: Double, offset: Double) throws -> Double? {
    let h = 1 / Double(cells)
    let ends = [VolumeEnd.periodic, .periodic, .periodic]
    let grid = try VolumeGrid(cells: SIMD3(cells, cells, cells), h: h, low: ends, high: ends)
    let room = try VolumeRoom(
      [.ball(centre: SIMD3(repeating: 0.5 + offset * h), radius: radius)], grid: grid)
    var weights = VolumeWeights(grid: grid, room: room)
    for place in weights.halves.indices { weights.halves[place] = room.share(place) }
    // what is not steady shrinks to two fifths in each step
    var problem = VolumeProblem(
      weights: weights, density: 1, viscosity: 1, step: 0.1, gravity: SIMD3(0, 0, -1))
    var system = StressSystem()
    system.tolerance = 1e-4
    system.divergenceTolerance = 1e-5
    var speed = 0.0
    for _ in 0..<10 {
      guard system.solve(problem) else { return nil }
      system.spread(into: &problem.before)
      speed = -problem.before.reduce(0) { $0 + $1.z } * h * h * h
    }
    return 1 / (6 * Double.pi * radius * speed)
  }

  /// Times √(2g/a)·t at which the front of water from a column of width a and height 2a has come to each
  /// of `places` (in a, ascending), with `n` cells in a; on a slippery floor between slippery walls.
  static func damBreak(_ n: Int, width a: Double, places: [Double]) throws -> [Double] {
    let (h, g) = (a / Double(n), 9.81)
    let grid = try VolumeGrid(
      cells: SIMD3(5 * n, 1, 5 * n / 2), h: h, low: [.slip, .slip, .slip],
      high: [.open, .slip, .open])
    var flow = try VolumeFlow(
      setup: VolumeSetup(
        grid: grid, density: 998, law: .newtonian(1e-3), gravity: SIMD3(0, 0, -g))
    ) { $0.x < a && $0.z < 2 * a }
    let size = 0.5 * h
    func front() -> Double {
      // the outermost half cell that is half full from the floor up
      for i in stride(from: 10 * n - 1, through: 0, by: -1) {
        let x = (Double(i) + 0.5) * size
        if flow.depth(x: x, y: 0.5 * h) > 0.5 * size { return x + 0.5 * size }
      }
      return 0
    }
    var times: [Double] = []
    var before = (time: 0.0, place: a)
    while times.count < places.count, flow.time < 1 {
      try flow.step(until: 1)
      let now = (time: flow.time, place: front())
      while times.count < places.count, now.place / a >= places[times.count] {
        let share = (places[times.count] * a - before.place) / (now.place - before.place)
        let time = before.time + min(max(share, 0), 1) * (now.time - before.time)
        times.append(time * (2 * g / a).squareRoot())
      }
      before = now
    }
    return times
  }
}
