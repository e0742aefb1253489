import Foundation
import Testing

@testable import RigidBody

@Suite("Contact sweeps")
struct ContactSweepTests {
  // Fails if the root in λ, an eigenvector or the border of stick is wrong: one contact alone is
  // solved exactly by one sweep, so the certificate is rounding. 300 random contacts of a body whose
  // W couples all three rows.
  @Test("one contact alone is solved exactly", arguments: [0, 0.05, 0.5, 2, 50])
  func alone(friction: Double) {
    for seed in 1...300 {
      var random = ContactLawTests.Random(seed: seed)
      var scene = BoxScene()
      let half = Vector3(x: 0.3, y: 0.5, z: 0.8)
      scene.add(
        .init(
          mass: 2, centre: .zero, half: half, free: random.vector(), spin: random.vector()))
      let line = random.vector()
      scene.contact(
        0, -1, at: random.vector(), normal: (1 / line.length) * line, friction: friction)
      var solver = ContactSolver()
      // no Newton step: the problem is only taken over
      _ = solver.solve(scene.problem, maximumOuter: 0)
      solver.sweep(1)

      // |r_T| = μ·r_N to 1e-12 of r_N is asked of the root
      #expect(solver.evaluate() <= 1e-11 * max(1, friction))
    }
  }
}
