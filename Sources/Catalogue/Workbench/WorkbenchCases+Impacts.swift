// Reference cases of impacts: two balls, a shaken table, a tilted rod, friction, a ladder of rods.

import Experience
import Foundation
import RigidBody

extension WorkbenchCases {
  static let impacts: [VerificationCase] = [
    VerificationCase(
      "BD26", "tennis ball on a basketball, impacts one after the other",
      source: "two-body impact after the floor: ((1 + e12) m1 (e1 v) + …)/(m1 + m2); h = w²/2g"
    ) {
      func drop(_ floor: String, _ balls: String) throws -> VerificationRun {
        try VerificationRun(
          scene(
            """
            bodies:
              - { name: floor, shape: plane }
              - { name: lower, shape: { sphere: { radius: 120 mm } }, mass: 0.6 kg, position: "[0, 0, 1.12] m" }
              - { name: upper, shape: { sphere: { radius: 33.5 mm } }, mass: 58 g, position: "[0, 0, 1.2735] m" }
            contacts:
              - { between: [lower, floor], restitution: \(floor), friction: 0.5 }
              - { between: [upper, lower], restitution: \(balls), friction: 0.5 }
            measure:
              - { name: launch, event: contact, between: [lower, floor], of: upper, quantity: velocity, component: z }
              - { name: apex, event: apex, of: upper, quantity: position, component: z }
            duration: 2 s
            """))
      }
      let (real, elastic) = (try drop("0.77", "0.75"), try drop("1", "1"))
      // the upper ball rests 0.2735 m up when the lower one touches the floor
      return [
        real.row(
          "upper ball speed", "launch", expected: 8.080004569829203, within: .relative(1e-9)),
        row(
          "upper ball height", "m", expected: 3.32868379357175, of: real.value("apex"),
          shift: -0.2735, within: .relative(1e-9)),
        row(
          "elastic height ratio", "1", expected: 7.008813665801312, of: elastic.value("apex"),
          shift: -0.2735, within: .relative(1e-9)),
      ]
    },
    VerificationCase(
      "BD27", "ball on a vibrating table: window of one bounce a period, e = 0.8, 30 Hz",
      source:
        "pi(1-e)/(1+e); sqrt(pi²((1-e)/(1+e))² + (2(1+e²)/(1+e)²)²); Luck & Mehta 1993 (from memory)"
    ) {
      // a ball that meets the table at its fastest gains from one bounce to the next, or loses
      let lower = try Bracket(from: 0.3, to: 0.4, width: 1e-11) { gamma in
        let table = ShakenTable(gamma: gamma)
        return try table.bounce(ShakenTable.State(phase: 0, speed: table.flightSpeed)).speed
          > table.flightSpeed
      }
      let upper = try Bracket(from: 1, to: 1.2, width: 1e-10) { gamma in
        try ShakenTable(gamma: gamma).smallestEigenvalue() < -1
      }
      let eigenvalue = try ShakenTable(gamma: 1.070836468247907).smallestEigenvalue()
      let period = try VerificationRun(
        scene(
          """
          bodies:
            - { name: table, shape: plane }
            - { name: ball, shape: { sphere: { radius: 5 mm } }, mass: 4 g, position: "[0, 0, 5] mm", velocity: "[0, 0, 0.16344416666666667] m/s" }
          contacts:
            - { between: [ball, table], restitution: 0.8, friction: 0 }
          motions:
            - { body: table, along: [0, 0, 1], amplitude: 193.20415830452563 um, frequency: 30 Hz, phase: 60.088250567171286 deg }
          measure:
            - { name: bounce-30, event: contact, between: [ball, table], nth: 30, quantity: time }
          duration: 1.2 s
          """))
      let omega = 60 * Double.pi
      return [
        lower.row("lower Gamma", "1", expected: 0.34906585039886584, within: .relative(1e-9)),
        upper.row("upper Gamma", "1", expected: 1.070836468247907, within: .relative(1e-6)),
        VerificationRow(
          "eigenvalue at the upper Gamma", "1", expected: -1, got: eigenvalue,
          within: .absolute(1e-6)),
        lower.row(
          "amplitude at the lower Gamma", "m", expected: 9.634424831309477e-05,
          within: .relative(1e-9), factor: g / (omega * omega)),
        period.row(
          "bounce 30 at Gamma 0.7", "bounce-30", expected: 1, within: .relative(1e-9)),
      ]
    },
    VerificationCase(
      "BD28", "rod at 30 degrees dropped at 3 m/s on a smooth floor",
      source: "w = 6(1+e)v cos a/(L(1+3cos² a)), v_cm = -v + (1+e)v/(1+3cos² a)"
    ) {
      func drop(_ e: String) throws -> VerificationRun {
        func speed(_ name: String, at point: String) -> String {
          "- { name: \(name), event: contact, between: [rod, floor], of: rod, point: \"[0, 0, \(point)] m\", quantity: velocity, component: z }"
        }
        return try VerificationRun(
          scene(
            gravity: "\"[0, 0, 0] m/s^2\"",
            """
            bodies:
              - { name: floor, shape: plane }
              - name: rod
                shape: { capsule: { radius: 5 mm, length: 1 m } }
                mass: 1 kg
                inertia: "[0.08333333333333333, 0.08333333333333333, 1e-5] kg.m^2"
                position: "[0, 0, 0.5549999999999999] m"
                attitude: "[0, 60, 0] deg"
                velocity: "[0, 0, -3] m/s"
            contacts:
              - { between: [rod, floor], restitution: \(e), friction: 0 }
            measure:
              - { name: spin, event: contact, between: [rod, floor], of: rod, quantity: spin, component: y }
              \(speed("centre", at: "0"))
              \(speed("far", at: "0.5"))
              \(speed("near", at: "-0.5"))
            duration: 0.2 s
            """))
      }
      func rows(_ e: String, _ expected: [Double]) throws -> [VerificationRow] {
        let run = try drop(e)
        return zip(["spin", "centre", "far", "near"], expected).map { name, value in
          // the near end stops at e = 0
          run.row(
            "\(name), e = \(e)", name, expected: value,
            within: value == 0 ? .absolute(1e-11) : .relative(1e-11))
        }
      }
      return try rows("0", [4.796448390190737, -2.0769230769230766, -4.153846153846153, 0])
        + rows("0.5", [7.1946725852861055, -1.6153846153846154, -4.730769230769231, 1.5])
    },
    VerificationCase(
      "RB37", "oblique impact of two equal spheres with friction",
      source: "along (1+e)v cos a/2; across v sin a/7 where friction suffices; e = 0.9, mu = 0.1"
    ) {
      let run = try VerificationRun(
        scene(
          gravity: "\"[0, 0, 0] m/s^2\"",
          """
          bodies:
            - { name: target, shape: { sphere: { radius: 50 mm } }, mass: 0.2 kg }
            - { name: cue, shape: { sphere: { radius: 50 mm } }, mass: 0.2 kg, position: "[-273.20508075688775, -100, 0] mm", velocity: "[1.7320508075688774, 1, 0] m/s" }
          contacts:
            - { between: [cue, target], restitution: 0.9, friction: 0.1 }
          measure:
            - { name: along, event: contact, between: [cue, target], of: target, quantity: velocity, component: x }
            - { name: across, event: contact, between: [cue, target], of: target, quantity: velocity, component: y }
          duration: 0.5 s
          """))
      let (along, across) = (run.value("along"), run.value("across"))
      let angle = degrees(atan2(across.value, along.value))
      return [
        run.row(
          "target speed along the normal", "along", expected: 1.6454482671904336,
          within: .relative(1e-9)),
        run.row(
          "target speed across it", "across", expected: 0.14285714285714285,
          within: .relative(1e-9)),
        VerificationRow(
          "throw angle", "deg", expected: 4.961953867421814, got: angle,
          band: angle * (along.band / along.value + across.band / across.value),
          within: .relative(1e-9)),
      ]
    },
    VerificationCase(
      "RB38", "ladder of rods and ropes that strikes a table falls faster",
      source: "Grewal, Johnson & Ruina 2011, Am. J. Phys. 79, 723: sign of the lead"
    ) {
      let ladder = RopeLadder(rungs: 4)
      let log = try WorkbenchProbe.log(ladder.setup, ladder.start, duration: ladder.duration)
      let fallen = ladder.top(log.start) - 0.5 * g * log.end.state.time * log.end.state.time
      return [row("its top is ahead of free fall", fallen - ladder.top(log.end) > 1e-6)]
    },
  ]
}

/// One bounce after the other on a table that shakes at 30 Hz, e = 0.8.
private struct ShakenTable {
  struct State {
    /// Of the table at the bounce, in rad.
    var phase: Double
    /// Upwards after the bounce, in m/s.
    var speed: Double
  }

  /// Largest acceleration of the table over g.
  let gamma: Double
  private let omega = 60 * Double.pi

  /// Take-off speed of a flight that lasts one period, in m/s.
  var flightSpeed: Double { WorkbenchCases.g / 60 }

  /// The bounce after a bounce.
  func bounce(_ state: State) throws -> State {
    var table = WorkbenchCases.floor
    table.motion = .sinusoid(
      direction: WorkbenchCases.z, amplitude: gamma * WorkbenchCases.g / (omega * omega),
      frequency: 30, phase: state.phase)
    let setup = WorldSetup(
      bodies: [WorkbenchCases.ball("ball", mass: 4e-3, radius: 5e-3), table],
      pairs: [ContactPair(a: 0, b: 1, law: ContactLaw(restitution: 0.8))])
    let start = WorldState(
      poses: [Pose(position: Vector3(x: 0, y: 0, z: 5e-3)), Pose(position: .zero)],
      twists: [Twist(velocity: Vector3(x: 0, y: 0, z: state.speed)), .zero])
    let log = try WorkbenchProbe.log(setup, start, duration: 0.05, level: 1)
    guard let hit = log.events.first(where: { $0.kind == .contact }) else {
      return State(phase: .nan, speed: .nan)
    }
    return State(
      phase: state.phase + omega * (hit.time - 1.0 / 30),
      speed: hit.after.state.twists[0].velocity.z)
  }

  /// Of the bounce map at its fixed point, by central differences.
  func smallestEigenvalue() throws -> Double {
    // the table has to make up for what the bounce takes: cos(phase) = lower Gamma / Gamma
    let fixed = State(phase: acos(Double.pi / (9 * gamma)), speed: flightSpeed)
    let (dp, dv) = (1e-5, 1e-5 * flightSpeed)
    func slope(_ low: State, _ high: State, _ step: Double) throws -> (Double, Double) {
      let (a, b) = (try bounce(low), try bounce(high))
      return ((b.phase - a.phase) / (2 * step), (b.speed - a.speed) / (2 * step))
    }
    let byPhase = try slope(
      State(phase: fixed.phase - dp, speed: fixed.speed),
      State(phase: fixed.phase + dp, speed: fixed.speed), dp)
    let bySpeed = try slope(
      State(phase: fixed.phase, speed: fixed.speed - dv),
      State(phase: fixed.phase, speed: fixed.speed + dv), dv)
    let (trace, determinant) = (
      byPhase.0 + bySpeed.1, byPhase.0 * bySpeed.1 - byPhase.1 * bySpeed.0
    )
    // complex in the middle of the window
    let root = 0.25 * trace * trace - determinant
    return root < 0 ? 0.5 * trace : 0.5 * trace - root.squareRoot()
  }
}

/// Rungs that hang on each other by two ropes, each tilted against the next, above a table.
private struct RopeLadder {
  let setup: WorldSetup
  let start: WorldState
  let duration = 0.35
  private let rungs: Int

  init(rungs: Int) {
    self.rungs = rungs
    let (half, rise, tilt) = (0.25, 0.3, 0.3)
    var bodies: [Body] = []
    var poses: [Pose] = []
    var joints: [Joint] = []
    for number in 0..<rungs {
      let sign = number.isMultiple(of: 2) ? 1.0 : -1.0
      bodies.append(
        Body(
          name: "rung \(number)", shape: .capsule(radius: 5e-3, halfLength: half), mass: 0.2,
          inertia: Vector3(x: 0.2 * half * half / 3, y: 0.2 * half * half / 3, z: 1e-6)))
      poses.append(
        Pose(
          position: Vector3(x: 0, y: 0, z: 0.2 + rise * Double(number)),
          orientation: Quaternion(
            rotationVector: Vector3(x: 0, y: 0.5 * Double.pi + sign * tilt, z: 0))))
    }
    for number in 1..<rungs {
      for end in [half, -half] {
        let anchor = Vector3(x: 0, y: 0, z: end)
        let line = poses[number].world(anchor) - poses[number - 1].world(anchor)
        joints.append(
          Joint(
            name: "rope \(joints.count)", kind: .rope(length: line.length), a: number,
            b: number - 1, anchorA: anchor, anchorB: anchor))
      }
    }
    let pairs = (0..<rungs).map {
      ContactPair(a: $0, b: rungs, law: ContactLaw(staticFriction: 0.3))
    }
    setup = WorldSetup(bodies: bodies + [WorkbenchCases.floor], pairs: pairs, joints: joints)
    start = WorldState(
      poses: poses + [Pose(position: .zero)],
      twists: Array(repeating: .zero, count: rungs + 1))
  }

  /// Height of the uppermost rung, in m.
  func top(_ sample: WorldSample) -> Double { sample.state.poses[rungs - 1].position.z }
}
