// Reference cases with straps: stick-slip, start-up, capstan and chain.

import Experience
import Foundation
import RigidBody

extension BackpackDragCases {
  static let straps: [VerificationCase] = [
    VerificationCase(
      "BP08", "stick-slip of a spring-pulled pack",
      source:
        "D = (mu_s - mu_k)mg/k; T = 2D/V + (2/w)(pi - atan(Dw/V)); mu_k m g ± k sqrt(D² + (V/w)²)",
      isSlow: true
    ) {
      let text = scene(
        floor: "{ friction: { static: 0.5, kinetic: 0.35 } }",
        pull: "{ strap: { speed: 0.05 m/s, stiffness: 400 N/m, height: 0.05 m } }",
        duration: "9 s")
      // what is asked of the period and of the peak, not of every outcome
      let run = try VerificationRun(text, accuracy: 1e-6)
      // the hand starts 0.05 m farther away, so that the tension passes no lower value than in a slip
      let world = try setUp(text)
      var start = world.start
      start.poses[2].position.x += 0.05
      let probe = try EngineProbe(
        world.setup, start, duration: 6,
        watches: [Watch(name: "tension") { $0.jointForces[0].length }])
      /// The second slip and the stick after it.
      func cycle(_ log: RunLog) -> (slip: WorldEvent, stick: WorldEvent, next: WorldEvent)? {
        let slips = log.events.filter { $0.kind == .slip }
        guard slips.count > 2,
          let stick = log.events.first(where: { $0.kind == .stick && $0.time > slips[1].time })
        else { return nil }
        return (slips[1], stick, slips[2])
      }
      func tension(_ sample: WorldSample?) -> Double { sample?.jointForces[0].length ?? .nan }
      func row(
        _ name: String, _ unit: String, _ expected: Double, _ value: (RunLog) -> Double
      ) -> VerificationRow {
        probe.row(name, unit, expected: expected, within: .relative(1e-5), value)
      }
      return [
        run.row(
          "period", "stick-slip-period", expected: 1.6878019149666452, within: .relative(1e-5)),
        row("stick time", "s", 1.176798) { cycle($0).map { $0.next.time - $0.stick.time } ?? .nan },
        row("slip time", "s", 0.5110039149666452) {
          cycle($0).map { $0.stick.time - $0.slip.time } ?? .nan
        },
        run.row(
          "slip distance", "slip-per-cycle", expected: 0.08439009574833227, within: .relative(1e-5)),
        row("spring force at slip start", "N", 39.2266) { tension(cycle($0)?.slip.before) },
        row("spring force at re-stick", "N", 15.69064) { tension(cycle($0)?.stick.after) },
        run.row(
          "largest spring force", "peak-pull", expected: 39.5617333713768, within: .relative(1e-5)),
        row("least spring force", "N", 15.355506628623191) { $0.extremes[0].minimum },
      ]
    },
    VerificationCase(
      "BP09", "Stribeck friction: critical drive speed for steady sliding",
      source: "stable iff d mu/du > 0; law: Armstrong-Hélouvry et al. 1994, Automatica 30, 1083",
      isSlow: true
    ) {
      let upper = try Threshold(from: 0.05, to: 0.15, relative: 1e-6) { try !swings(at: $0) }
      let lower = try Threshold(from: 5e-4, to: 5e-3, relative: 1e-6) { try swings(at: $0) }
      let (setup, start) = sliding(at: upper.value, swing: 0)
      let log = try EngineProbe.log(setup, start, duration: 1e-3)
      let force = log.end.contactForces[0]
      return [
        upper.row("critical speed", "m/s", expected: 0.10133631103613297, within: .relative(1e-4)),
        VerificationRow(
          "mu at minimum", "1", expected: 0.372734294976073, got: -force.x / force.z,
          within: .relative(1e-6)),
        lower.row(
          "lower root (unstable above)", "m/s", expected: 0.001668523681303602,
          within: .relative(1e-4)),
      ]
    },
    VerificationCase(
      "BP11", "capstan: strap over a rail", source: "Euler-Eytelwein: T1 exp(mu phi)"
    ) {
      [
        (0.25, 16.019776512823565), (0.5, 25.663323952081353), (1, 65.86061962694725),
        (3, 2856.7842110112133),
      ]
      .map { (turns: Double, expected: Double) in
        let capstan = Capstan(friction: 0.3, wrap: 2 * Double.pi * turns)
        // halved in the pull of the second end
        let threshold = Threshold(from: 10, to: 1e4, relative: 1e-12) {
          capstan.state(first: 10, second: $0) == .runsToSecond
        }
        return threshold.row(
          "T2 at \(text(turns)) turns", "N", expected: expected, within: .relative(1e-9))
      }
    },
    VerificationCase(
      "BP27", "chain sliding off a table",
      source: "mu = 0: sqrt(L/g) acosh(L/x0), v² = g(L² - x0²)/L"
    ) {
      func row(
        _ name: String, _ unit: String, _ friction: Double, _ expected: Double,
        _ value: (SlidingChain.Exit) -> Double
      ) -> VerificationRow {
        let chain = SlidingChain(length: 1, friction: friction, gravity: g)
        let values = (0..<3).map { level in
          chain.exit(overhang: 0.1, level: level).map(value) ?? .nan
        }
        let result = Refinement.assess(
          coarse: values[0], middle: values[1], fine: values[2], floor: 1e-14 * abs(values[2]),
          designOrder: 6, allowed: .infinity)
        return VerificationRow(
          name, unit, expected: expected, got: result.value, band: result.halfWidth,
          within: .relative(1e-5))
      }
      return [
        row("time, mu = 0", "s", 0, 0.9558257220896148) { $0.time },
        row("time, mu = 0.1", "s", 0.1, 1.6131666652847751) { $0.time },
        row("exit speed, mu = 0", "m/s", 0, 3.115859993645414) { $0.speed },
      ]
    },
    VerificationCase(
      "BP30", "pull-start overshoot with an elastic strap",
      source: "t = mu_s m g/(kV); V + sqrt(V² + (Dw)²), D = (mu_s - mu_k)mg/k"
    ) {
      let text = scene(
        floor: "{ friction: { static: 0.5, kinetic: 0.4 } }",
        pull: "{ strap: { speed: 0.5 m/s, stiffness: 800 N/m, height: 0.05 m } }",
        duration: "0.45 s"
      )
      let world = try setUp(text)
      let probe = try EngineProbe(
        world.setup, world.start, duration: 0.45,
        watches: [Watch(name: "speed") { $0.state.twists[0].velocity.x }])
      let run = try VerificationRun(text, accuracy: 1e-6)
      return [
        run.row("time of first slip", "slip-time", expected: 0.0980665, within: .relative(1e-5)),
        probe.row(
          "max pack speed", "m/s", expected: 1.009526288254345, within: .relative(1e-5)
        ) { $0.extremes[0].maximum },
      ]
    },
  ]

  // MARK: Stability of steady sliding

  private static let swingStiffness = 400.0

  /// An 8 kg pack in steady sliding on an undamped strap at speed `v`, faster by the part `swing`.
  private static func sliding(at v: Double, swing: Double) -> (WorldSetup, WorldState) {
    let law = ContactLaw(
      staticFriction: 0.5, kineticFriction: 0.35, stribeckSpeed: 0.05, viscousFriction: 0.2)
    let mu = 0.35 + 0.15 * exp(-(v / 0.05) * (v / 0.05)) + 0.2 * v
    let setup = WorldSetup(
      bodies: [
        Body(
          name: "pack", shape: .box(half: Vector3(x: 0.2, y: 0.15, z: 0.05)), mass: 8,
          inertia: Vector3(x: 0.2, y: 0.2, z: 0.2)),
        Body(name: "floor", shape: .plane, motion: .fixed),
        Body(
          name: "hand", shape: .sphere(radius: 0.05),
          motion: .steady(velocity: Vector3(x: v, y: 0, z: 0), spin: .zero)),
      ],
      pairs: [ContactPair(a: 0, b: 1, law: law)],
      joints: [
        Joint(
          name: "strap", kind: .strap(stiffness: swingStiffness, damping: 0, length: 1), a: 0, b: 2,
          anchorA: .zero, anchorB: .zero)
      ])
    let distance = 1 + mu * 8 * g / swingStiffness
    let start = WorldState(
      poses: [
        Pose(position: Vector3(x: 0, y: 0, z: 0.05)), Pose(position: .zero),
        Pose(position: Vector3(x: distance, y: 0, z: 0.05)),
      ],
      twists: [
        Twist(velocity: Vector3(x: v * (1 + swing), y: 0, z: 0)), .zero,
        Twist(velocity: Vector3(x: v, y: 0, z: 0)),
      ])
    return (setup, start)
  }

  /// Whether a small swing about steady sliding grows over eight periods.
  private static func swings(at v: Double) throws -> Bool {
    let (setup, start) = sliding(at: v, swing: 1e-3)
    let rate = (swingStiffness / 8).squareRoot()
    let log = try EngineProbe.log(setup, start, duration: 8 * 2 * Double.pi / rate)
    /// Amplitude of the speed, from speed and stretch.
    func amplitude(_ sample: WorldSample) -> Double {
      let (a, b) = (sample.state.poses, start.poses)
      let stretch =
        a[2].position.x - a[0].position.x - (b[2].position.x - b[0].position.x)
      return hypot(sample.state.twists[0].velocity.x - v, rate * stretch)
    }
    return amplitude(log.end) > amplitude(log.start)
  }
}
