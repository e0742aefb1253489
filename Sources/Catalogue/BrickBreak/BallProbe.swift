// A ball that meets a block on a smooth base, with no cracks.
//
// Discretisation  contact radius 4.5 elements, block 44 × 44 × 18 elements; the ball touches between nodes.
//                 Force and duration move by ± 1 % with the place of the ball on the grid, with 3 or 5.5
//                 elements a radius, and with a wider block
// Source          see LayerContact
// Validity        the impact lasts twenty times as long as a wave needs through the block and back
// Checked by      BK13

import Fracture

/// Over the values of `LayerContact`.
struct BallProbe {
  let force: Double
  let duration: Double
  /// Duration on a half-space over δ/v: 2.94.
  let halfSpaceConstant: Double

  init() throws {
    let (edge, half, deep) = (1e-3, 22, 18)
    let material = try BrickProbe.material()
    let modulus = material.young / (1 - material.poisson * material.poisson)
    let bed = 8 * material.young / edge
    let contact = 4.5 * edge
    let radius = 40 * contact
    let depth = Double(deep) * edge
    // on a half-space: δ = a²/R, F = 4/3·E*·a³/R, ½mv² = 2/5·F·δ, duration 2.94·δ/v
    let way = contact * contact / radius
    let speed = 2.94 * way * material.barSpeed / (40 * depth)
    let mass = 0.8 * way * 4 / 3 * modulus * contact * contact * contact / radius / (speed * speed)

    let lattice = try Lattice(
      counts: SIMD3(2 * half, 2 * half, deep), edges: SIMD3(repeating: edge))
    let nose = Nose(
      shape: .ball(x: 0.5 * edge, y: 0.5 * edge, radius: radius), pad: try Pad(stiffness: bed))
    let base = Supports(
      span: 0.5 * lattice.size.x, width: 0.5 * lattice.size.x, pad: try .glue(stiffness: bed))
    var setup = try BrickSetup(
      lattice: lattice, material: material,
      loading: .strike(nose: nose, supports: base, mass: mass, speed: speed))
    setup.gravity = 0
    setup.cracks = .nowhere
    setup.sampleInterval = 1
    var test = try BrickTest(setup: setup)
    let end = 60 * depth / material.barSpeed
    while test.time < end, test.toolVelocity < 0 || test.toolForce > 0 { test.runSteps(50) }

    let exact = LayerContact(modulus: modulus, radius: radius, depth: depth, bed: bed)
      .impact(mass: mass, speed: speed)
    force = test.peak.force / exact.force
    duration = (test.history.last { $0.force > 0 }?.time ?? .nan) / exact.duration
    let plain = LayerContact(modulus: modulus, radius: radius, depth: 1e6, bed: 1e30)
      .impact(mass: mass, speed: speed)
    halfSpaceConstant = plain.duration * speed / plain.approach
  }
}
