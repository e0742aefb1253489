// Viscous flow in three dimensions: what a coupled solve costs, and a slump.
//
//   solves: a mound (radius 0.32, height 0.22 of the box) under a jet (radius 0.06, down to the mound), from
//   rest, cold, by the stop of the library: velocities of two stops a factor of 10 apart within 1e-5.
//   κ = μΔt/(ρh²) is set by the viscosity.
//   slump: 25 mL of syrup (20 mm wide and high, 5 Pa·s, 1400 kg/m³) on a plate of 100 mm, 2 s of motion.
// One thread.

import Fluid
import Foundation

struct VolumeFlowTable {
  private let down = SIMD3(0, 0, -9.81)

  private func solves() throws {
    var table = TextTable([
      "kappa", "cells", "iterations", "s", "velocity change", "divergence", "energy",
    ])
    let (n, side, step) = (64, 0.064, 1e-3)
    let h = side / Double(n)
    let still = [VolumeEnd.still, .still, .still]
    let grid = try VolumeGrid(cells: SIMD3(n, n, n), h: h, low: still, high: still)
    let weights = VolumeWeights(grid: grid, samples: 4) { point in
      let (x, y) = (point.x / side - 0.5, point.y / side - 0.5)
      let (r, z) = ((x * x + y * y).squareRoot(), point.z / side)
      return (r / 0.32) * (r / 0.32) + (z / 0.22) * (z / 0.22) <= 1 || (r <= 0.06 && z <= 0.9)
    }
    for kappa in [3.6, 36, 360] {
      let problem = VolumeProblem(
        weights: weights, density: 1400, viscosity: kappa * 1400 * h * h / step, step: step,
        gravity: down)
      var system = StressSystem()
      let seconds = Machine.seconds { system.solve(problem) }
      let audit = system.audit
      table.add([
        figures(kappa), "\(audit.cells)", "\(audit.iterations)", figures(seconds),
        figures(audit.velocityChange, 2), figures(audit.divergence, 2),
        figures(audit.energyError, 2),
      ])
    }
    table.print()
  }

  private func slump() throws {
    var table = TextTable([
      "box", "steps", "iterations", "particles", "s", "rms radius mm", "radius at 0.5 mm",
      "removed mL", "grid volume", "energy",
    ])
    for n in [32, 64] {
      let h = 0.1 / Double(n)
      let grid = try VolumeGrid(
        cells: SIMD3(n, n, n), h: h, low: [.open, .open, .still], high: [.open, .open, .open])
      let setup = VolumeSetup(grid: grid, density: 1400, law: .newtonian(5), gravity: down)
      var flow = try VolumeFlow(setup: setup) { point in
        let (x, y) = (point.x - 0.05, point.y - 0.05)
        return x * x + y * y <= 0.02 * 0.02 && point.z <= 0.02
      }
      let seconds = try Machine.seconds { while flow.time < 2 { try flow.step(until: 2) } }
      table.add([
        "\(n)³", "\(flow.audit.steps)", "\(flow.audit.iterations)", "\(flow.particles.count)",
        figures(seconds), figures(1e3 * flow.particles.rmsRadius(about: 0.05, 0.05), 4),
        figures(1e3 * flow.radius(atThickness: 0.5e-3, x: 0.05, y: 0.05), 4),
        figures(1e6 * flow.removed), figures(flow.weights.volume / flow.volume, 4),
        figures(flow.audit.energy, 2),
      ])
    }
    table.print()
  }

  func run() throws {
    print(Machine.line)
    print("\nOne coupled solve in a box of 64³ cells")
    try solves()
    print("\nA slump of 2 s")
    try slump()
  }
}
