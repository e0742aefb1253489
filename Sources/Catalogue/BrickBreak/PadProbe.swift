// Bricks and bars that fall flat on a bed of springs.
//
// Equation    p = ρ·c₀·v·(1 − exp(−t/τ)), τ = ρ·c₀/ε: a wave of stress p leaves the surface, whose speed
//             is then v − p/(ρ·c₀) = ṗ/ε
// Source      one-dimensional waves; exact for ν = 0 until 2l/c₀
// Checked by  BK11, BK12

import Foundation
import Fracture

enum PadProbe {
  /// The reference brick, flat at 1.4 m/s (a fall from 0.1 m), 0.2 ms after the touch.
  static func flat(stiffness: Double) throws -> BrickTest {
    let setup = try BrickSetup(
      size: SIMD3(0.24, 0.12, 0.06), cells: SIMD3(24, 12, 6), material: BrickProbe.material(),
      loading: .fall(
        floor: Pad(stiffness: stiffness), turn: SIMD4(1, 0, 0, 0), velocity: SIMD3(0, 0, -1.4),
        spin: .zero))
    var test = try BrickTest(setup: setup)
    test.run(until: 0.2e-3)
    return test
  }

  /// Impulse and mean pressure of a bar at 0.7 m/s over the exact ones, before the wave comes back.
  static func bed() throws -> (impulse: Double, pressure: Double) {
    let (length, edge, speed, stiffness) = (0.24, 0.0025, 0.7, 4e11)
    let material = try BrickProbe.material(poisson: 0)
    var setup = try BrickSetup(
      lattice: Lattice(counts: SIMD3(1, 1, 96), edges: SIMD3(repeating: edge)), material: material,
      loading: .fall(
        floor: Pad(stiffness: stiffness), turn: SIMD4(1, 0, 0, 0),
        velocity: SIMD3(0, 0, -speed), spin: .zero))
    setup.gravity = 0
    setup.cracks = .nowhere
    setup.sampleInterval = 1
    var test = try BrickTest(setup: setup)
    test.run(until: 1.9 * length / material.barSpeed)
    let wave = material.density * material.barSpeed
    let delay = wave / stiffness
    var (impulse, ratio, count) = (0.0, 0.0, 0.0)
    var last = ForceSample()
    for sample in test.history {
      impulse += 0.5 * (sample.force + last.force) * (sample.time - last.time)
      last = sample
      // once the first waves of the mesh are gone
      if sample.time > 2 * delay {
        ratio += sample.force / (edge * edge * wave * speed * (1 - exp(-sample.time / delay)))
        count += 1
      }
    }
    let exact = wave * speed * (last.time - delay * (1 - exp(-last.time / delay))) * edge * edge
    return (impulse / exact, ratio / count)
  }
}
