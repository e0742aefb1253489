// Reference cases of rolling on planes, in a groove, on a turning table; Euler's disc.

import Experience
import Foundation
import RigidBody

extension WorkbenchCases {
  /// Gravity on a slope of an angle in rad whose surface is level in its own axes; +x is downhill.
  static func slope(_ angle: Double) -> String {
    "\"[\(text(g * sin(angle))), 0, \(text(-g * cos(angle)))] m/s^2\""
  }

  static let rolling: [VerificationCase] = [
    VerificationCase(
      "RB01", "ball, shell, disc and hoop roll 2 m down 20 degrees",
      source: "t = sqrt(2s(1+k)/(g sin a)), k = 2/5, 2/3, 1/2, 1"
    ) {
      let racers = [
        ("sphere", "sphere: { radius: 50 mm }", 0.4, 1.2921348305175446),
        ("shell", "sphere: { radius: 50 mm }", 2.0 / 3, 1.4098346830799007),
        ("disk", "cylinder: { radius: 50 mm, length: 40 mm }", 0.5, 1.3374866168502413),
        ("hoop", "cylinder: { radius: 50 mm, length: 40 mm }", 1, 1.5443965165520173),
      ]
      return try racers.map { name, shape, k, expected in
        let moment = k * 0.05 * 0.05
        let across =
          shape.hasPrefix("sphere") ? moment : 0.5 * moment + 0.04 * 0.04 / 12
        let run = try VerificationRun(
          scene(
            gravity: slope(radians(20)),
            """
            bodies:
              - { name: ramp, shape: plane }
              - { name: finish, shape: plane, position: "[2.05, 0, 0] m", attitude: "[0, -90, 0] deg" }
              - name: racer
                shape: { \(shape) }
                mass: 1 kg
                inertia: "[\(text(across)), \(text(across)), \(text(moment))] kg.m^2"
                position: "[0, 0, 50] mm"
                attitude: "[90, 0, 0] deg"
            contacts:
              - { default: true, restitution: 0, friction: 0.5 }
            measure:
              - { name: arrival, event: contact, between: [racer, finish], quantity: time }
            duration: 1.7 s
            """))
        return run.row("time \(name)", "arrival", expected: expected, within: .relative(1e-9))
      }
    },
    VerificationCase(
      "RB02", "sphere slips on a steep slope, mu = 0.1",
      source: "slips above atan(7 mu/2); a = g(sin - mu cos), spin rate 5 mu g cos/(2R)"
    ) {
      func ramp(_ angle: Double) -> String {
        scene(
          gravity: slope(angle),
          """
          bodies:
            - { name: ramp, shape: plane }
            - { name: ball, shape: { sphere: { radius: 50 mm } }, mass: 1 kg, position: "[0, 0, 50] mm" }
          contacts:
            - { between: [ball, ramp], restitution: 0, friction: 0.1 }
          measure:
            - { name: speed, of: ball, quantity: velocity, component: x, at: 1 s }
            - { name: spin, of: ball, quantity: spin, component: y, at: 1 s }
          duration: 1 s
          """)
      }
      let threshold = try Bracket(from: radians(15), to: radians(25), width: 1e-11) { angle in
        let world = try WorkbenchProbe.world(ramp(angle))
        return try WorkbenchProbe.log(world.setup, world.start, duration: 1e-3)
          .events.contains { $0.kind == .slip }
      }
      let steep = try VerificationRun(ramp(radians(45)))
      return [
        threshold.row(
          "threshold angle", "deg", expected: 19.290046219188735, within: .relative(1e-9),
          factor: degrees(1)),
        steep.row("speed after 1 s", "speed", expected: 6.24091384415075, within: .relative(1e-9)),
        steep.row("spin after 1 s", "spin", expected: 34.671743578615285, within: .relative(1e-9)),
      ]
    },
    VerificationCase(
      "RB05", "ball with backspin comes back",
      source: "v = (5 v0 - 2 R w)/7 from t = 2(v0 + R w)/(7 mu g) on"
    ) {
      let run = try VerificationRun(
        scene(
          """
          bodies:
            - { name: floor, shape: plane }
            - { name: ball, shape: { sphere: { radius: 30 mm } }, mass: 0.1 kg, position: "[0, 0, 30] mm", velocity: "[2, 0, 0] m/s", spin: "[0, -250, 0] rad/s" }
          contacts:
            - { between: [ball, floor], restitution: 0, friction: 0.2 }
          measure:
            - { name: rolls-after, event: stick, between: [ball, floor], quantity: time }
            - { name: final-speed, of: ball, quantity: velocity, component: x, at: 2 s }
          duration: 2 s
          """))
      return [
        run.row(
          "final velocity", "final-speed", expected: -0.7142857142857143, within: .relative(1e-9)),
        run.row("time", "rolls-after", expected: 1.3839005747557598, within: .relative(1e-9)),
      ]
    },
    VerificationCase(
      "RB08", "ball on a turntable goes round at 2/7 of its speed",
      source: "dv/dt = (2/7) W × v; Earnshaw 1844, Burns 1981, Am. J. Phys. 49, 56 (from memory)"
    ) {
      let run = try VerificationRun(
        scene(
          """
          bodies:
            - { name: table, shape: plane }
            - { name: ball, shape: { sphere: { radius: 50 mm } }, mass: 0.2 kg, position: "[0, 0, 50] mm", velocity: "[0.2, 0, 0] m/s", spin: "[0, 4, 0] rad/s" }
          contacts:
            - { between: [ball, table], restitution: 0, friction: 0.5 }
          motions:
            - { body: table, spin: "[0, 0, 3] rad/s" }
          measure:
            - { name: round-trip, of: ball, quantity: period, component: x }
            - { name: diameter, of: ball, quantity: distance, at: maximum }
          duration: 12 s
          """))
      let period = run.value("round-trip")
      let frequency = 2 * Double.pi / period.value
      return [
        VerificationRow(
          "orbit angular frequency", "rad/s", expected: 0.8571428571428571, got: frequency,
          band: frequency * period.band / period.value, within: .relative(1e-8)),
        run.row("period", "round-trip", expected: 7.330382858376184, within: .relative(1e-8)),
        row(
          "circle radius", "m", expected: 0.23333333333333336, of: run.value("diameter"),
          factor: 0.5, within: .relative(1e-8)),
      ]
    },
    VerificationCase(
      "RB10", "sphere rolls down a right-angled groove at 20 degrees",
      source: "a = g sin 20°/(1 + (2/5)/sin² 45°)"
    ) {
      let run = try VerificationRun(
        scene(
          gravity: slope(radians(20)),
          """
          bodies:
            - { name: left, shape: plane, attitude: "[-45, 0, 0] deg" }
            - { name: right, shape: plane, attitude: "[45, 0, 0] deg" }
            - { name: ball, shape: { sphere: { radius: 20 mm } }, mass: 0.1 kg, position: "[0, 0, 28.284271247461902] mm" }
          contacts:
            - { default: true, restitution: 0, friction: 0.5 }
          measure:
            - { name: speed, of: ball, quantity: velocity, component: x, at: 1 s }
          duration: 1 s
          """))
      return [
        run.row(
          "speed after 1 s", "speed", expected: 1.8633732436359272, within: .relative(1e-9))
      ]
    },
    VerificationCase(
      "RB12", "Euler's disc: precession at an inclination (Moffatt's air drag is not modelled)",
      source: "steady rolling with the centre at rest: W = sqrt(4g/(a sin alpha))"
    ) {
      func rows(_ alpha: Double, _ expected: Double, level: Int) throws -> [VerificationRow] {
        // a disc that turns too fast rises
        let steady = try Bracket(from: 0.8 * expected, to: 1.2 * expected, width: 1e-9 * expected) {
          let (setup, start) = disc(inclination: alpha, precession: $0)
          return try WorkbenchProbe.log(setup, start, duration: 1e-6)
            .start.accelerations[0].velocity.z > 0
        }
        let (setup, start) = disc(inclination: alpha, precession: steady.value)
        let turns = WorkbenchProbe.axisTurns(of: 0)
        let probe = try WorkbenchProbe(
          setup, start, duration: 60 / expected, crossings: [turns], from: level)
        return [
          steady.row(
            "steady precession at \(text(alpha)) rad", "rad/s", expected: expected,
            within: .relative(1e-6)),
          probe.row(
            "precession over nine turns", "rad/s", expected: expected, within: .relative(1e-3)
          ) { log in
            let times = log.crossings[0].filter(\.isRising).map(\.time)
            guard let first = times.first, let last = times.last, times.count > 1 else {
              return .nan
            }
            return 2 * Double.pi * Double(times.count - 1) / (last - first)
          },
        ]
      }
      return try rows(0.1, 102.36152144384265, level: 3) + rows(0.01, 323.42852392986464, level: 4)
    },
  ]

  /// A thin disc that rolls on its rim with its centre at rest.
  private static func disc(
    inclination alpha: Double, precession: Double
  ) -> (WorldSetup, WorldState) {
    let (mass, radius, half) = (0.4, 0.0375, 1e-7)
    let across = 0.25 * mass * radius * radius
    let setup = WorldSetup(
      bodies: [
        Body(
          name: "disc", shape: .cylinder(radius: radius, halfLength: half), mass: mass,
          inertia: Vector3(x: across, y: across, z: 2 * across)), floor,
      ], pairs: [ContactPair(a: 0, b: 1, law: ContactLaw(staticFriction: 1))])
    // towards the lowest point of the rim, along the disc
    let down = Vector3(x: cos(alpha), y: 0, z: -sin(alpha))
    let arm = radius * down - half * Vector3(x: sin(alpha), y: 0, z: cos(alpha))
    let spin = -(precession * sin(alpha)) * down
    let pose = Pose(
      position: Vector3(x: 0, y: 0, z: -arm.z),
      orientation: Quaternion(rotationVector: alpha * y))
    return (
      setup,
      WorldState(
        poses: [pose, Pose(position: .zero)],
        twists: [Twist(velocity: -(spin.cross(arm)), spin: spin), .zero])
    )
  }
}

extension WorkbenchProbe {
  /// Changes its sign twice in each turn of the axis of a body about the vertical.
  static func axisTurns(of body: Int) -> Watch {
    Watch(name: "axis") { sample in
      sample.state.poses[body].orientation.rotate(Vector3(x: 0, y: 0, z: 1)).y
    }
  }
}
