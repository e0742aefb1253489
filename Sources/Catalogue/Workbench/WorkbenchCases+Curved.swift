// Reference cases of rolling in and on curved surfaces.

import Experience
import Foundation
import RigidBody

extension WorkbenchCases {
  static let curved: [VerificationCase] = [
    VerificationCase(
      "RB06", "loop-the-loop: least release height of a rolling sphere",
      source: "2.7(R - r) without slip; friction 1e4, because at the top any less slips first"
    ) {
      let threshold = try Bracket(from: 1.25, to: 1.35, width: 1e-9) { height in
        let speed = (10.0 / 7 * g * height).squareRoot()
        let setup = WorldSetup(
          bodies: [
            ball("ball", mass: 0.1, radius: 0.02),
            Body(name: "loop", shape: .pipe(radius: 0.5), motion: .fixed),
          ], pairs: [ContactPair(a: 0, b: 1, law: ContactLaw(staticFriction: 1e4))])
        // the pipe lies along y
        let start = WorldState(
          poses: [
            Pose(position: Vector3(x: 0, y: 0, z: -0.48)),
            Pose(position: .zero, orientation: Quaternion(rotationVector: 0.5 * Double.pi * x)),
          ],
          twists: [Twist(velocity: speed * x, spin: (speed / 0.02) * y), .zero])
        let log = try WorkbenchProbe.log(setup, start, duration: 0.7, level: 1)
        return !log.events.contains { $0.kind == .liftOff }
      }
      return [threshold.row("release height", "m", expected: 1.296, within: .relative(1e-6))]
    },
    VerificationCase(
      "RB07", "small sphere leaves a large fixed one",
      source: "rolling cos = 10/17 (no slip), frictionless cos = 2/3; DOP853 with slip at mu 1, 10"
    ) {
      func row(
        _ label: String, friction: Double, rolls: Bool, expected: Double,
        within tolerance: VerificationRow.Tolerance
      ) throws -> VerificationRow {
        // as if it had started at the very top
        let (angle, reach) = (radians(10), 0.52)
        let height = 2 * g * reach * (1 - cos(angle))
        let speed = (rolls ? 5.0 / 7 * height : height).squareRoot()
        let setup = WorldSetup(
          bodies: [
            ball("ball", mass: 0.1, radius: 0.02),
            Body(name: "dome", shape: .sphere(radius: 0.5), motion: .fixed),
          ], pairs: [ContactPair(a: 0, b: 1, law: ContactLaw(staticFriction: friction))])
        let start = WorldState(
          poses: [
            Pose(position: reach * Vector3(x: sin(angle), y: 0, z: cos(angle))),
            Pose(position: .zero),
          ],
          twists: [
            Twist(
              velocity: speed * Vector3(x: cos(angle), y: 0, z: -sin(angle)),
              spin: (rolls ? speed / 0.02 : 0) * y), .zero,
          ])
        return try WorkbenchProbe(setup, start, duration: 1).row(
          label, "deg", expected: expected, within: tolerance
        ) { log in
          guard let leaves = log.events.first(where: { $0.kind == .liftOff }) else { return .nan }
          let place = leaves.after.state.poses[0].position
          return degrees(atan2(place.x, place.z))
        }
      }
      return [
        try row(
          "departure angle rolling, mu 1e6", friction: 1e6, rolls: true,
          expected: 53.96812092752944, within: .relative(1e-6)),
        // given to three decimals
        try row(
          "departure angle, mu 10", friction: 10, rolls: true, expected: 53.900,
          within: .absolute(6e-4)),
        try row(
          "departure angle, mu 1", friction: 1, rolls: true, expected: 53.321,
          within: .absolute(6e-4)),
        try row(
          "departure angle frictionless", friction: 0, rolls: false, expected: 48.18968510422141,
          within: .relative(1e-9)),
      ]
    },
    VerificationCase(
      "RB09", "ball that rolls round in a vertical pipe comes up again",
      source: "z'' = -(2/7)W² z - (5/7)g; Gualtieri et al. 2006, Am. J. Phys. 74, 497"
    ) {
      let run = try VerificationRun(
        scene(
          """
          bodies:
            - { name: wall, shape: { pipe: { radius: 100 mm } } }
            - { name: ball, shape: { sphere: { radius: 20 mm } }, mass: 45 g, position: "[80, 0, 0] mm", velocity: "[0, 0.64, 0] m/s", spin: "[0, 0, -32] rad/s" }
          contacts:
            - { between: [ball, wall], restitution: 0, friction: 10 }
          measure:
            - { name: lowest, of: ball, quantity: position, component: z, at: minimum }
            - { name: return-time, of: ball, quantity: period, component: z }
          duration: 2 s
          """))
      let period = run.value("return-time")
      let frequency = 2 * Double.pi / period.value
      return [
        row(
          "max drop", "m", expected: 0.7661445312499999, of: run.value("lowest"), factor: -1,
          within: .relative(1e-7)),
        VerificationRow(
          "vertical frequency", "rad/s", expected: 4.27617987059879, got: frequency,
          band: frequency * period.band / period.value, within: .relative(1e-7)),
      ]
    },
  ]
}
