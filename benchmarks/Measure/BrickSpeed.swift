// How fast a brick is stepped: element-steps a second without contact and cracks, on one core and on two.
//
//   goal: 14 million element-steps a second on a core where dgemm of 24×24 by 512 columns does 42 GFLOP/s,
//   and in proportion on others. The solver itself has no such product in a step any more; dgemm is only
//   the measure of the core.
// `wave`: a brick that swings along its length, one CSV row; benchmarks/peers/brick_speed.py has the other.
// Two cores: two bricks, one each, as the samples of an ensemble run.

import Foundation
import Fracture
import LinearAlgebra

struct BrickSpeed {
  /// For each mesh.
  let seconds: Double

  private func brick(
    _ cells: SIMD3<Int>, spin: SIMD3<Double>, part: Double = 1
  ) throws -> BrickTest {
    let material = try BrittleMaterial(
      young: 10e9, poisson: 0.2, density: 1800, strength: 3e6, fractureEnergy: 50)
    var setup = try BrickSetup(
      size: SIMD3(0.24, 0.12, 0.06), cells: cells, material: material,
      loading: .free(turn: SIMD4(1, 0, 0, 0), velocity: .zero, spin: spin))
    setup.gravity = 0
    setup.cracks = .nowhere
    setup.stepFactor = part
    return try BrickTest(setup: setup)
  }

  /// GFLOP/s of the product of 512 columns of 24 with a 24×24 matrix: best of a few calls.
  private func product() -> Double {
    let (rows, lead) = (512, 520)
    let left = [SIMD4<Double>](repeating: SIMD4(1, 2, 3, 4), count: 24 * lead / 4)
    var result = left
    let right = [Double](repeating: 0.5, count: 576)
    var best = Double.infinity
    for _ in 0..<20 {
      let time = Machine.seconds {
        for _ in 0..<10 {
          BLAS.multiply(
            left, right, into: &result, rows: rows, inner: 24, columns: 24, lead: lead)
        }
      }
      best = min(best, time / 10)
    }
    return 2e-9 * 576 * Double(rows) / best
  }

  /// Runs two tests at a time, each for a number of steps: seconds until both are there, and half of
  /// the processor seconds, which is the same where no other program runs.
  private func pair(_ test: BrickTest, steps: Int) -> (wall: Double, own: Double) {
    var wall = 0.0
    let own = Machine.processorSeconds {
      wall = Machine.seconds {
        DispatchQueue.concurrentPerform(iterations: 2) { _ in
          var own = test
          own.runSteps(steps)
        }
      }
    }
    return (wall, 0.5 * own)
  }

  func print() throws {
    BLAS.useOneThread()
    Swift.print(Machine.line)
    Swift.print(
      "OpenBLAS kernel \(BLAS.kernel); a brick that spins freely, cracks off; best of many\n")
    var table = TextTable([
      "elements", "us a step", "M element-steps/s", "dgemm GFLOP/s", "goal M/s", "of goal",
      "two bricks M/s", "by processor time", "over one",
    ])
    for depth in [6, 8, 10, 12] {
      var test = try brick(SIMD3(4 * depth, 2 * depth, depth), spin: SIMD3(3, 5, 7))
      var (one, two, own, rate) = (Double.infinity, Double.infinity, Double.infinity, 0.0)
      let steps = 40_000 / test.elementCount
      let start = Date()
      while Date().timeIntervalSince(start) < seconds {
        rate = max(rate, product())
        for _ in 0..<10 { one = min(one, Machine.seconds { test.runSteps(steps) } / Double(steps)) }
        for _ in 0..<10 {
          let (wall, processor) = pair(test, steps: 5 * steps)
          two = min(two, wall / Double(5 * steps))
          own = min(own, processor / Double(5 * steps))
        }
      }
      let pace = 1e-6 * Double(test.elementCount) / one
      let both = 2e-6 * Double(test.elementCount) / two
      let alone = 2e-6 * Double(test.elementCount) / own
      let goal = 14 * rate / 42
      table.add([
        "\(test.elementCount)", figures(1e6 * one), figures(pace), figures(rate), figures(goal),
        figures(pace / goal), figures(both), figures(alone), figures(alone / pace),
      ])
    }
    table.print()
    Swift.print(
      "\ntwo bricks by wall time need both cores to be free: compare with the load in the first line"
    )
  }

  /// One row of CSV: 0.5 ms of the first vibration along the length, from 0.1 m/s·sin(πx/L).
  func wave(depth: Int) throws {
    BLAS.useOneThread()
    let (cells, span) = (SIMD3(4 * depth, 2 * depth, depth), 5e-4)
    // whole steps to the end
    let longest = try brick(cells, spin: .zero).step
    let count = (span / longest).rounded(.up)
    var test = try brick(cells, spin: .zero, part: span / (count * longest))
    test.addVelocity { place in SIMD3(0.1 * sin(Double.pi * place.x / 0.24), 0, 0) }
    var wall = 0.0
    let own = Machine.processorSeconds { wall = Machine.seconds { test.runSteps(Int(count)) } }
    // part of the first mode in the displacements, by mass
    var (sum, norm) = (0.0, 0.0)
    for node in 0..<test.solid.nodeCount {
      let place = test.setup.lattice.reference(node: node).x
      let shape = sin(Double.pi * place / 0.24)
      sum += test.solid.mass[node] * shape * (test.solid.position[node].x - place)
      norm += test.solid.mass[node] * shape * shape
    }
    Swift.print(
      "plumbline,1,\(test.elementCount),\(test.steps),\(test.step),\(wall),\(own),"
        + "\(1e6 * sum / norm)")
  }
}
