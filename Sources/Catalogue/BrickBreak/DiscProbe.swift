// A disc of voxels split between two jaws.
//
// Equation    σ = 2P/(πtD)·(sin 2α/α − 1) in the middle of a disc pressed evenly over arcs of 2α
// Source      Hondros 1959, Aust. J. Appl. Sci. 10, 243, from memory
// Deviation   flat jaws on the steps of the grid, as wide as the chord; area of the disc 1.3 % too large
// Validity    cracks in the loaded diameter only. The disc is larger than its cohesive zone: with
//             D/l_ch = 5.4 the peak lies 3 % over the formula, with 1.1 8 %; halves carry on beyond it
// Checked by  BK15; half the speed 1.025, 2α = 15° 1.024, elements of 3 mm (D/l_ch = 2.7) 1.056

import Foundation
import Fracture

struct DiscProbe {
  /// Largest force before the first fall by 5 %, over that of the formula.
  private(set) var peak = 0.0
  /// Largest distance from the middle at which the first faces open, over the radius.
  private(set) var firstCrack = Double.nan

  /// `fractureEnergy` in J/m².
  init(fractureEnergy: Double) throws {
    let (diameter, cells, thick, half) = (0.06, 30, 2, 10 * Double.pi / 180)
    let edge = diameter / Double(cells)
    let strength = 3e6
    let material = try BrittleMaterial(
      young: 10e9, poisson: 0.2, density: 1800, strength: strength,
      fractureEnergy: fractureEnergy)
    let lattice = try Lattice(
      counts: SIMD3(cells, thick, cells), edges: SIMD3(repeating: edge)
    ) { cell in
      let (x, z) = (2 * cell.x + 1 - cells, 2 * cell.z + 1 - cells)
      return x * x + z * z < cells * cells
    }
    let width = diameter * sin(half)
    let pad = try Pad(stiffness: 2e12)
    let nose = Nose(shape: .line(x: 0, radius: .infinity, width: width), pad: pad)
    // two strips side by side: one jaw
    let jaw = Supports(span: 0.5 * width, width: 0.5 * width, pad: pad)
    var setup = try BrickSetup(
      lattice: lattice, material: material,
      loading: .bend(nose: nose, supports: jaw, speed: 0.02, ramp: 3e-4))
    setup.gravity = 0
    setup.cracks = .plane(axis: 0, at: 0)
    var test = try BrickTest(setup: setup)
    while test.time < 0.01 {
      test.runSteps(20)
      guard test.openFaces > 0 else { continue }
      if firstCrack.isNaN {
        let places = test.cracks.faces.map { abs(lattice.centre(face: Int($0)).z) }
        firstCrack = (places.max() ?? .nan) / (0.5 * diameter)
      }
      if test.toolForce < 0.95 * test.peak.force { break }
    }
    let load = Double.pi * diameter * Double(thick) * edge * strength / 2
    peak = test.peak.force * (sin(2 * half) / half - 1) / load
  }
}
