// Reference cases of mechanisms: coupled four-bars, a falling chimney, pulley and yo-yo.

import Experience
import Foundation
import RigidBody

extension WorkbenchCases {
  static let machines: [VerificationCase] = [
    VerificationCase(
      "RB15", "IFToMM A02: two four-bars through the places where all links are in line",
      source: "3 th'' = -3.5 g cos th on the parallelogram branch, g = 9.81"
    ) {
      let world = try WorkbenchProbe.world(fourBars)
      let turns = WorkbenchProbe.axisX(of: 0)
      let probe = try WorkbenchProbe(
        world.setup, world.start, duration: 10, crossings: [turns])
      func pin(_ log: RunLog) -> Vector3 {
        log.end.state.poses[0].world(Vector3(x: 0, y: 0, z: 0.5))
      }
      return [
        probe.row("B0 x(10 s)", "m", expected: 0.3284581114833527, within: .absolute(1e-6)) {
          pin($0).x
        },
        probe.row("B0 y(10 s)", "m", expected: 0.9445185381985838, within: .absolute(1e-6)) {
          pin($0).z
        },
        probe.row(
          "revolution period", "s", expected: 1.9425149226099407, within: .relative(1e-6)
        ) { log in
          let times = log.crossings[0].filter(\.isRising).map(\.time)
          guard let first = times.first, let last = times.last, times.count > 1 else { return .nan }
          return (last - first) / Double(times.count - 1)
        },
      ]
    },
    VerificationCase(
      "RB26", "falling chimney: acceleration of its tip",
      source: "1.5 g sin(theta), theta from the vertical; its vertical part exceeds g beyond 54.74°"
    ) {
      let expected = [
        (30.0, 7.354987499999999), (60, 12.739212039033998), (90, 14.709975),
      ]
      let chimney = Body(
        name: "chimney", shape: .capsule(radius: 0.01, halfLength: 0.5), mass: 1,
        inertia: Vector3(x: 1.0 / 12, y: 1.0 / 12, z: 1e-4))
      let setup = WorldSetup(
        bodies: [chimney],
        joints: [
          Joint(
            name: "foot", kind: .hinge, a: 0, b: -1, anchorA: -0.5 * z, anchorB: .zero, axisA: y,
            axisB: y)
        ])
      let lean = Quaternion(rotationVector: radians(10) * y)
      let start = WorldState(
        poses: [Pose(position: lean.rotate(0.5 * z), orientation: lean)], twists: [.zero])
      @Sendable func angle(_ sample: WorldSample) -> Double {
        let place = sample.state.poses[0].position
        return atan2(place.x, place.z)
      }
      // tangential acceleration of the tip, 1 m from the foot
      @Sendable func tip(_ sample: WorldSample) -> Double { sample.accelerations[0].spin.y }
      let gravity = g
      let watches =
        expected.map { degrees, _ in
          Watch(name: "\(degrees)") { angle($0) - degrees * Double.pi / 180 }
        } + [Watch(name: "as fast as g") { tip($0) * sin(angle($0)) - gravity }]
      let probe = try WorkbenchProbe(setup, start, duration: 1.5, crossings: watches)
      var rows = expected.enumerated().map { index, item in
        probe.row(
          "tip accel \(text(item.0))", "m/s^2", expected: item.1, within: .relative(1e-9)
        ) { $0.crossings[index].first.map { tip($0.sample) } ?? .nan }
      }
      rows.append(
        probe.row(
          "angle beyond which vertical > g", "deg", expected: 54.735610317245346,
          within: .relative(1e-9)
        ) { $0.crossings[3].first.map { degrees(angle($0.sample)) } ?? .nan })
      return rows
    },
    VerificationCase(
      "RB35", "Atwood's machine with a massive pulley; yo-yo with an axle of R/4",
      source: "(m2 - m1)g/(m1 + m2 + M/2); g/(1 + k²/r²)"
    ) {
      let atwood = try VerificationRun(
        scene(
          """
          bodies:
            - { name: pulley, shape: { cylinder: { radius: 100 mm, length: 20 mm } }, mass: 1 kg, attitude: "[90, 0, 0] deg" }
            - { name: light, shape: { sphere: { radius: 50 mm } }, mass: 2 kg, position: "[-0.1, 0, -1] m" }
            - { name: heavy, shape: { sphere: { radius: 50 mm } }, mass: 3 kg, position: "[0.1, 0, -1] m" }
          joints:
            - { name: axle, kind: hinge, between: [world, pulley], at: "[0, 0, 0] m", axis: [0, 1, 0] }
            - { name: right, kind: gear, between: [pulley, heavy], axis: [0, 1, 0], axis-b: [0, 0, 1], radius-a: 100 mm }
            - { name: left, kind: gear, between: [pulley, light], axis: [0, 1, 0], axis-b: [0, 0, -1], radius-a: 100 mm }
          measure:
            - { name: heavy-speed, of: heavy, quantity: velocity, component: z, at: 1 s }
          duration: 1 s
          """))
      // half of the mass turns, all of it falls: the thread ties the turn of the disc to the fall of
      // the carriage that bears it
      let yoyo = try VerificationRun(
        scene(
          """
          bodies:
            - { name: carriage, shape: { sphere: { radius: 5 mm } }, mass: 0.5 kg }
            - { name: disc, shape: { cylinder: { radius: 100 mm, length: 20 mm } }, mass: 0.5 kg, inertia: "[0.0026, 0.0026, 0.005] kg.m^2", attitude: "[90, 0, 0] deg" }
          joints:
            - { name: guide, kind: slider, between: [world, carriage], at: "[0, 0, 0] m", axis: [0, 0, 1] }
            - { name: axle, kind: hinge, between: [carriage, disc], at: "[0, 0, 0] m", axis: [0, 1, 0] }
            - { name: thread, kind: gear, between: [disc, carriage], axis: [0, 1, 0], axis-b: [0, 0, 1], radius-a: 25 mm }
          measure:
            - { name: speed, of: disc, quantity: velocity, component: z, at: 1 s }
          duration: 1 s
          """))
      return [
        row(
          "Atwood speed after 1 s", "m/s", expected: 1.7830272727272727,
          of: atwood.value("heavy-speed"), factor: -1, within: .relative(1e-9)),
        row(
          "yo-yo speed after 1 s", "m/s", expected: 1.0896277777777776, of: yoyo.value("speed"),
          factor: -1, within: .relative(1e-9)),
      ]
    },
  ]

  /// Five uniform rods of 1 m and 1 kg; the beams hang on ball joints, so that no motion is forbidden
  /// twice.
  private static var fourBars: String {
    func rod(_ name: String, _ place: String, _ rest: String) -> String {
      """
        - name: \(name)
          shape: { cylinder: { radius: 10 mm, length: 1 m } }
          mass: 1 kg
          inertia: "[0.08333333333333333, 0.08333333333333333, 1e-4] kg.m^2"
          position: "[\(place)] m"
          \(rest)
      """
    }
    let link = "velocity: \"[0.5, 0, 0] m/s\"\n    spin: \"[0, 1, 0] rad/s\""
    let beam = "velocity: \"[1, 0, 0] m/s\"\n    attitude: \"[0, 90, 0] deg\""
    return scene(
      gravity: "9.81 m/s^2",
      """
      bodies:
      \(rod("link-0", "0, 0, 0.5", link))
      \(rod("link-1", "1, 0, 0.5", link))
      \(rod("link-2", "2, 0, 0.5", link))
      \(rod("beam-0", "0.5, 0, 1", beam))
      \(rod("beam-1", "1.5, 0, 1", beam))
      joints:
        - { name: a0, kind: hinge, between: [world, link-0], at: "[0, 0, 0] m", axis: [0, 1, 0] }
        - { name: a1, kind: hinge, between: [world, link-1], at: "[1, 0, 0] m", axis: [0, 1, 0] }
        - { name: a2, kind: hinge, between: [world, link-2], at: "[2, 0, 0] m", axis: [0, 1, 0] }
        - { name: b0, kind: ball, between: [link-0, beam-0], at: "[0, 0, 1] m" }
        - { name: b1-left, kind: ball, between: [link-1, beam-0], at: "[1, 0, 1] m" }
        - { name: b1-right, kind: ball, between: [link-1, beam-1], at: "[1, 0, 1] m" }
        - { name: b2, kind: ball, between: [link-2, beam-1], at: "[2, 0, 1] m" }
      measure:
        - { name: turned, joint: a0, quantity: joint-angle, at: 10 s }
      duration: 10 s
      """)
  }
}

extension WorkbenchProbe {
  /// Changes its sign twice in each turn of a body about y.
  static func axisX(of body: Int) -> Watch {
    Watch(name: "axis") { sample in
      sample.state.poses[body].orientation.rotate(Vector3(x: 0, y: 0, z: 1)).x
    }
  }
}
