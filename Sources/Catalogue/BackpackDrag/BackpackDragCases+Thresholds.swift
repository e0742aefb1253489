// Reference cases that are thresholds: halved in the parameter.

import Experience
import Foundation
import RigidBody

extension BackpackDragCases {
  /// Least force in N that moves the 8 kg pack at an angle in degrees.
  private static func leastForce(
    _ degrees: Double, floor: String, azimuth: Double = 0
  ) throws -> Threshold {
    try Threshold(from: 1, to: 120, relative: 1e-11) { force in
      try starts(
        scene(
          floor: floor,
          pull:
            "{ force: { magnitude: \(text(force)) N, angle: \(text(degrees)) deg, azimuth: \(text(azimuth)) deg, height: 0.05 m } }"
        ))
    }
  }

  static let thresholds: [VerificationCase] = [
    VerificationCase(
      "BP02", "pack at rest on a 20 degree ramp", source: "displacement 0; slides above atan(mu)"
    ) {
      func ramp(_ degrees: Double) -> String {
        scene(
          floor: "{ tilt: \(text(degrees)) deg, friction: 0.4 }", pull: "{ push: {} }",
          duration: "10 s")
      }
      func displacement(_ degrees: Double) throws -> Double {
        let world = try setUp(ramp(degrees))
        let log = try EngineProbe.log(world.setup, world.start, duration: 10)
        return (log.end.state.poses[0].position - world.start.poses[0].position).length
      }
      let critical = 21.80140948635181
      let threshold = try Threshold(from: 20, to: 23, relative: 1e-11) { try starts(ramp($0)) }
      /// Beyond the critical angle: g·(sin α − μ cos α) = g·sin β·√(1 + μ²), without cancellation.
      func speed(_ excess: Double, _ name: String) throws -> VerificationRow {
        let angle = critical * (1 + excess)
        let beyond = (angle - critical) * Double.pi / 180
        let slope = try setUp(ramp(angle))
        return try EngineProbe(slope.setup, slope.start, duration: 1).row(
          "speed after 1 s at \(name) of it", "m/s",
          expected: g * sin(beyond) * (1 + 0.4 * 0.4).squareRoot(), within: .relative(1e-6)
        ) { $0.end.state.twists[0].velocity.x }
      }
      return [
        VerificationRow(
          "displacement after 10 s", "m", expected: 0, got: try displacement(20),
          within: .absolute(1e-12)),
        VerificationRow(
          "displacement at 1 - 1e-9 of the critical angle", "m", expected: 0,
          got: try displacement(critical * (1 - 1e-9)), within: .absolute(1e-12)),
        threshold.row("critical angle", "deg", expected: critical, within: .relative(1e-9)),
        try speed(1e-6, "1 + 1e-6"), try speed(1e-9, "1 + 1e-9"),
      ]
    },
    VerificationCase(
      "BP04", "strap pull at an angle: threshold force and optimum angle",
      source: "F = mu m g/(cos + mu sin); least at atan(mu): mu m g/sqrt(1 + mu²)",
      isSlow: true
    ) {
      let floor = "{ friction: 0.45 }"
      // the force is symmetric about its optimum: both sides agree there, which two secants find
      func difference(_ degrees: Double) throws -> Double {
        try leastForce(degrees + 30, floor: floor).value
          - leastForce(degrees - 30, floor: floor).value
      }
      var (old, new) = (23.0, 26.0)
      var (atOld, atNew) = (try difference(old), try difference(new))
      for _ in 0..<5 where abs(new - old) > 1e-9 && atNew != atOld {
        let next = new - atNew * (new - old) / (atNew - atOld)
        (old, atOld, new) = (new, atNew, next)
        atNew = try difference(new)
      }
      let optimum = (value: new, band: abs(new - old))
      func row(_ degrees: Double, _ expected: Double) throws -> VerificationRow {
        try leastForce(degrees, floor: floor).row(
          "F at \(text(degrees)) degrees", "N", expected: expected, within: .relative(1e-8))
      }
      return [
        try row(0, 35.30394), try row(45, 34.43262810565931), try row(60, 39.680213990759555),
        VerificationRow(
          "optimum angle", "deg", expected: 24.22774531795417, got: optimum.value,
          band: optimum.band, within: .relative(1e-8)),
        try leastForce(optimum.value, floor: floor).row(
          "minimum force", "N", expected: 32.19442210341164, within: .relative(1e-8)),
      ]
    },
    VerificationCase(
      "BP07", "tip or slide: where a sliding pack begins to tip",
      source: "centre of pressure mu(y - x tan theta) reaches b/2; y = b/(2 mu) for a level pull"
    ) {
      let (mass, b, mu) = (8.0, 0.3, 0.5)
      /// Height in m at which the pack begins to turn.
      func height(_ degrees: Double) throws -> Threshold {
        let angle = degrees * Double.pi / 180
        let force = mu * mass * g / (cos(angle) + mu * sin(angle))
        return try Threshold(from: 0.2, to: 0.58, relative: 1e-9) { y in
          let world = try setUp(
            scene(
              pack: "{ size: \"[\(b), 0.3, 0.6] m\", mass: 8 kg }", floor: "{ friction: \(mu) }",
              pull:
                "{ force: { magnitude: \(text(force)) N, angle: \(text(degrees)) deg, height: \(text(y)) m } }"
            ))
          var start = world.start
          start.twists[0].velocity.x = 1
          let log = try EngineProbe.log(world.setup, start, duration: 0.01)
          return log.end.state.twists[0].spin.y > 1e-10
        }
      }
      /// x_N/(b/2) of a pull at 0.35 m from the height at which it is 1.
      func ratio(_ degrees: Double, _ expected: Double) throws -> VerificationRow {
        let shift = 0.5 * b * tan(degrees * Double.pi / 180)
        let found = try height(degrees)
        let value = (0.35 - shift) / (found.value - shift)
        return VerificationRow(
          "x_N/(b/2) at \(text(degrees)) degrees", "1", expected: expected, got: value,
          band: abs(value) * found.halfWidth / abs(found.value - shift), within: .relative(1e-6))
      }
      return [
        try height(0).row(
          "horizontal-pull tipping height", "m", expected: 0.3, within: .relative(1e-6)),
        try ratio(0, 1.1666666666666667), try ratio(30, 0.8779915320718539),
        try ratio(60, 0.3006412628822283),
      ]
    },
    VerificationCase(
      "BP20", "force that pulls the middle box out of a stack of five",
      source: "F = mu g m(2 n_above + 1); upper boxes restrained horizontally",
      isSlow: true
    ) {
      let threshold = try Threshold(from: 10, to: 60, relative: 1e-9) { force in
        let (setup, start) = stack(force: force)
        let log = try EngineProbe.log(setup, start, duration: 1e-3)
        return log.events.contains { $0.kind == .slip }
      }
      return [
        threshold.row(
          "threshold force", "N", expected: 34.323274999999995, within: .relative(1e-6))
      ]
    },
    VerificationCase(
      "BP23", "drag up and down a 15 degree ramp with the strap at 30 degrees",
      source: "up mg(sin + mu cos)/(cos th + mu sin th), down mg(mu cos - sin)/(cos th + mu sin th)"
    ) {
      let floor = "{ tilt: 15 deg, friction: 0.4 }"
      let up = try leastForce(30, floor: floor, azimuth: 180)
      let down = try leastForce(30, floor: floor)
      let run = try VerificationRun(
        scene(
          floor: floor,
          pull:
            "{ force: { magnitude: 50 N, angle: 30 deg, azimuth: 180 deg, height: 0.05 m } }",
          duration: "2 s"))
      let (work, distance) = (run.value("work"), run.value("distance"))
      // work a metre is proportional to the force
      let perMetre = work.value / distance.value * up.value / 50
      let band =
        perMetre
        * (work.band / work.value + distance.band / distance.value + up.halfWidth / up.value)
      return [
        up.row("F up", "N", expected: 47.48214343068414, within: .relative(1e-8)),
        down.row("F down", "N", expected: 9.38702442666649, within: .relative(1e-8)),
        VerificationRow(
          "work per metre along the ramp, up", "J/m", expected: 41.120742437108866, got: perMetre,
          band: band, within: .relative(1e-8)),
      ]
    },
  ]

  /// Five boxes of 2 kg on each other, the third pulled, the upper two held sideways.
  private static func stack(force: Double) -> (WorldSetup, WorldState) {
    let half = Vector3(x: 0.2, y: 0.2, z: 0.1)
    let law = ContactLaw(staticFriction: 0.35)
    var bodies = [Body(name: "floor", shape: .plane, motion: .fixed)]
    var (pairs, joints) = ([ContactPair](), [Joint]())
    var poses = [Pose(position: .zero)]
    for number in 1...5 {
      bodies.append(
        Body(
          name: "box \(number)", shape: .box(half: half), mass: 2,
          inertia: Vector3(x: 1.0 / 30, y: 1.0 / 30, z: 4.0 / 75)))
      pairs.append(ContactPair(a: number, b: number - 1, law: law))
      poses.append(Pose(position: Vector3(x: 0, y: 0, z: 0.1 + 0.2 * Double(number - 1))))
      guard number > 3, let pose = poses.last else { continue }
      joints.append(
        Joint(
          name: "guide \(number)", kind: .slider, a: number, b: -1, anchorA: .zero,
          anchorB: pose.position))
    }
    let setup = WorldSetup(
      bodies: bodies, pairs: pairs, joints: joints,
      loads: [AppliedLoad(body: 3, force: Vector3(x: force, y: 0, z: 0))])
    return (
      setup, WorldState(poses: poses, twists: Array(repeating: .zero, count: bodies.count))
    )
  }
}
