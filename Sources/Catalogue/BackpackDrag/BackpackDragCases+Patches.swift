// Reference case of a patch that spins on the floor.

import Experience
import Foundation
import RigidBody

extension BackpackDragCases {
  static let patches: [VerificationCase] = [
    VerificationCase(
      "BP17", "pure spin-down of a disc and of a square pack",
      source: "disc 3Rw/(4 mu g); square: torque mu m g a(sqrt 2 + asinh 1)/6, I = ma²/6"
    ) {
      let (mu, omega) = (0.3, 10.0)
      // flat, so that the pressure of a body that spins about its middle stays uniform
      func spinning(_ shape: Shape, about inertia: Vector3) throws -> EngineProbe {
        let setup = WorldSetup(
          bodies: [
            Body(name: "pack", shape: shape, mass: 8, inertia: inertia),
            Body(name: "floor", shape: .plane, motion: .fixed),
          ], pairs: [ContactPair(a: 0, b: 1, law: ContactLaw(staticFriction: mu))])
        let start = WorldState(
          poses: [Pose(position: Vector3(x: 0, y: 0, z: 0.02)), Pose(position: .zero)],
          twists: [Twist(spin: Vector3(x: 0, y: 0, z: omega)), .zero])
        return try EngineProbe(setup, start, duration: 2)
      }
      func stop(_ log: RunLog) -> Double {
        log.events.first { $0.kind == .stick }?.time ?? .nan
      }
      let (r, a, m) = (0.15, 0.3, 8.0)
      let disc = try spinning(
        .cylinder(radius: r, halfLength: 0.02),
        about: Vector3(x: 0.05, y: 0.05, z: 0.5 * m * r * r))
      let square = try spinning(
        .box(half: Vector3(x: 0.5 * a, y: 0.5 * a, z: 0.02)),
        about: Vector3(x: 0.07, y: 0.07, z: m * a * a / 6))
      return [
        disc.row(
          "disc stop time", "s", expected: 0.3823935798667231, within: .relative(1e-5), stop),
        square.row(
          "square mean radius / a", "1", expected: 0.38259785823210635, within: .relative(1e-5)
        ) { -$0.start.accelerations[0].spin.z * (m * a * a / 6) / (mu * m * g * a) },
        // corner contacts alone would stop it after 0.2403 s
        square.row(
          "square stop time", "s", expected: 0.4442071446722128, within: .relative(1e-5), stop),
      ]
    }
  ]
}
