// Reference cases of pendulums and tops: joints and rotation in space.

import Experience
import Foundation
import RigidBody

extension WorkbenchCases {
  static let pendulums: [VerificationCase] = [
    VerificationCase(
      "RB13", "pendulum released at 5, 90, 150 and 179 degrees",
      source: "T = 4 sqrt(L/g) K(sin²(a/2)), complete elliptic integral"
    ) {
      let periods = [
        (5.0, 2.0073646894898), (90, 2.3682463462860097), (150, 3.535701938311401),
        (179, 7.827133388800145),
      ]
      return try periods.map { angle, expected in
        let place = "\(text(sin(radians(angle)))), 0, \(text(-cos(radians(angle))))"
        let run = try VerificationRun(
          scene(
            """
            bodies:
              - { name: bob, shape: { sphere: { radius: 20 mm } }, mass: 0.3 kg, position: "[\(place)] m" }
            joints:
              - { name: string, kind: rod, between: [world, bob], at: "[0, 0, 0] m" }
            measure:
              - { name: swing, of: bob, quantity: period }
            duration: \(text(1.1 * expected)) s
            """))
        return run.row(
          "T(\(text(angle)) deg)", "swing", expected: expected, within: .relative(1e-8))
      }
    },
    VerificationCase(
      "RB14", "IFToMM A01: simple pendulum for 10 s from the horizontal",
      source: "sin(th/2) = k sn(K - wt), g = 9.81; parameters of MBSbenchmarksInOpenSim"
    ) {
      let run = try VerificationRun(
        scene(
          gravity: "9.81 m/s^2",
          """
          bodies:
            - { name: bob, shape: { sphere: { radius: 20 mm } }, mass: 1 kg, position: "[-1, 0, 0] m" }
          joints:
            - { name: rod, kind: rod, between: [world, bob], at: "[0, 0, 0] m" }
          measure:
            - { name: x-10s, of: bob, quantity: position, component: x, at: 10 s }
            - { name: y-10s, of: bob, quantity: position, component: z, at: 10 s }
          duration: 10 s
          """))
      return [
        run.row("x(10 s)", "x-10s", expected: -0.275087462576117, within: .absolute(1e-8)),
        run.row("y(10 s)", "y-10s", expected: -0.961419205099125, within: .absolute(1e-8)),
      ]
    },
    VerificationCase(
      "RB17", "double pendulum of point masses from the horizontal",
      source: "DOP853 at 1e-13, checked with 80-bit extrapolation; g = 9.81"
    ) {
      let world = try WorkbenchProbe.world(
        scene(
          gravity: "9.81 m/s^2",
          """
          bodies:
            - { name: upper, shape: { sphere: { radius: 10 mm } }, mass: 1 kg, position: "[1, 0, 0] m" }
            - { name: lower, shape: { sphere: { radius: 10 mm } }, mass: 1 kg, position: "[2, 0, 0] m" }
          joints:
            - { name: upper-rod, kind: rod, between: [world, upper], at: "[0, 0, 0] m" }
            - { name: lower-rod, kind: rod, between: [upper, lower] }
          measure:
            - { name: x, of: lower, quantity: position, component: x }
          duration: 10 s
          """))
      let times: [Double] = [2, 5, 10]
      let probe = try WorkbenchProbe(
        world.setup, world.start, duration: 10, reportTimes: times, from: 1)
      let expected = [
        (-0.48297153425175443, -1.3240487123023625), (-0.6271867050665308, -1.301315550209812),
        (-0.5684746640159504, -0.5263937279324042),
      ]
      func angle(_ log: RunLog, _ index: Int, _ body: Int) -> Double {
        let poses = log.reports[index].state.poses
        let arm = body == 0 ? poses[0].position : poses[1].position - poses[0].position
        return atan2(arm.x, -arm.z)
      }
      return times.indices.flatMap { index in
        [
          probe.row(
            "theta1(\(text(times[index])))", "rad", expected: expected[index].0,
            within: .absolute(1e-6)
          ) { angle($0, index, 0) },
          probe.row(
            "theta2(\(text(times[index])))", "rad", expected: expected[index].1,
            within: .absolute(1e-6)
          ) { angle($0, index, 1) },
        ]
      }
    },
    VerificationCase(
      "RB20", "heavy top of Géradin and Cardona after 2 s",
      source: "DOP853 at 1e-12, checked with Radau; Brüls & Cardona 2010 (parameters from memory)"
    ) {
      let run = try VerificationRun(
        scene(
          gravity: "9.81 m/s^2",
          """
          bodies:
            - { name: top, shape: { sphere: { radius: 200 mm } }, mass: 15 kg, inertia: "[0.234375, 0.46875, 0.234375] kg.m^2", position: "[0, 1, 0] m", velocity: "[4.61538, 0, 0] m/s", spin: "[0, 150, -4.61538] rad/s" }
          joints:
            - { name: tip, kind: ball, between: [world, top], at: "[0, 0, 0] m" }
          measure:
            - { name: x-2s, of: top, quantity: position, component: x, at: 2 s }
            - { name: y-2s, of: top, quantity: position, component: y, at: 2 s }
            - { name: z-2s, of: top, quantity: position, component: z, at: 2 s }
          duration: 2 s
          """))
      let expected = [-0.15041682274023077, -0.7241655916285618, -0.673022269568365]
      return zip(["x", "y", "z"], expected).map { name, value in
        run.row("CM \(name)(2 s)", "\(name)-2s", expected: value, within: .absolute(1e-6))
      }
    },
    VerificationCase(
      "RB32", "Kapitza's pendulum: least frequency that holds it upright",
      source: "sqrt(2gl)/(2 pi A) averaged; trace of the linear period map = 2 (Floquet)"
    ) {
      let threshold = try Bracket(from: 30, to: 33, width: 1e-7) { frequency in
        try ShakenPendulum(frequency: frequency).trace() < 2
      }
      return [
        threshold.row(
          "frequency threshold (Floquet)", "Hz", expected: 31.538973498933967,
          within: .relative(1e-8)),
        // the averaged theory is the first order in A/l
        threshold.row(
          "frequency threshold (averaged theory)", "Hz", expected: 31.521760508672923,
          within: .relative(1e-3)),
      ]
    },
    VerificationCase(
      "RB33", "bead on a hoop of 0.3 m that turns at 5 and 8 rad/s",
      source: "acos(g/(R w²)) if w² > g/R, else 0"
    ) {
      func equilibrium(_ omega: Double, from low: Double, to high: Double) throws -> Bracket {
        // above its place of rest the bead slides back
        try Bracket(from: low, to: high, width: 1e-10) { angle in
          let (setup, start) = hoop(omega, angle: angle)
          let log = try WorkbenchProbe.log(setup, start, duration: 1e-6)
          return log.start.accelerations[0].spin.y > 0
        }
      }
      let (slow, fast) = (
        try equilibrium(5, from: -0.4, to: 1), try equilibrium(8, from: 0.5, to: 1.4)
      )
      let (setup, start) = hoop(8, angle: fast.value)
      let probe = try WorkbenchProbe(setup, start, duration: 5)
      return [
        slow.row(
          "theta at 5 rad/s", "deg", expected: 0, within: .absolute(1e-6), factor: degrees(1)),
        fast.row(
          "theta at 8 rad/s", "deg", expected: 59.28533244891726, within: .absolute(1e-6),
          factor: degrees(1)),
        probe.row(
          "theta at 8 rad/s after 5 s", "deg", expected: 59.28533244891726,
          within: .absolute(1e-6)
        ) {
          let place = $0.end.state.poses[0].position
          return degrees(atan2(place.x, -place.z))
        },
      ]
    },
  ]

  /// The hoop's own frame: the bead turns about a hinge across the plane of the hoop.
  private static func hoop(_ omega: Double, angle: Double) -> (WorldSetup, WorldState) {
    let arm = Vector3(x: 0, y: 0, z: 0.3)
    let setup = WorldSetup(
      bodies: [ball("bead", mass: 0.1, radius: 1e-3)],
      joints: [
        Joint(
          name: "hoop", kind: .hinge, a: 0, b: -1, anchorA: arm, anchorB: .zero, axisA: y, axisB: y)
      ], frameSpin: omega * z)
    let turn = Quaternion(rotationVector: -angle * y)
    return (
      setup,
      WorldState(poses: [Pose(position: -turn.rotate(arm), orientation: turn)], twists: [.zero])
    )
  }
}

/// A pendulum of 0.2 m on its head; its pivot shakes by 10 mm.
private struct ShakenPendulum {
  let frequency: Double

  /// Angle and rate after one period, per unit of a small angle or rate at its start.
  private func afterPeriod(angle: Double, rate: Double) throws -> (angle: Double, rate: Double) {
    let length = 0.2
    let pivot = Body(
      name: "pivot", shape: .sphere(radius: 5e-3),
      motion: .sinusoid(
        direction: WorkbenchCases.z, amplitude: 0.01, frequency: frequency, phase: 0.5 * Double.pi))
    let setup = WorldSetup(
      bodies: [WorkbenchCases.ball("bob", mass: 0.05, radius: 5e-3), pivot],
      joints: [
        Joint(
          name: "stick", kind: .rod(length: length), a: 0, b: 1, anchorA: .zero, anchorB: .zero)
      ])
    // the pivot rests for an instant: it is at its highest
    let start = WorldState(
      poses: [
        Pose(position: length * Vector3(x: sin(angle), y: 0, z: cos(angle))),
        Pose(position: .zero),
      ],
      twists: [
        Twist(velocity: (length * rate) * Vector3(x: cos(angle), y: 0, z: -sin(angle))), .zero,
      ])
    let end = try WorkbenchProbe.log(setup, start, duration: 1 / frequency, level: 1).end.state
    let arm = end.poses[0].position - end.poses[1].position
    let across = Vector3(x: arm.z, y: 0, z: -arm.x)
    let velocity = end.twists[0].velocity - end.twists[1].velocity
    return (atan2(arm.x, arm.z), velocity.dot(across) / (length * length))
  }

  /// Of the linear map over one period; beyond 2 a small deviation grows.
  func trace() throws -> Double {
    let (angle, rate) = (1e-6, 1e-6 * frequency)
    return try afterPeriod(angle: angle, rate: 0).angle / angle
      + afterPeriod(angle: 0, rate: rate).rate / rate
  }
}
