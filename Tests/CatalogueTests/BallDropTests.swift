import Catalogue
import ClosedForms
import Experience
import Foundation
import RigidBody
import Testing

/// A ball-drop scene in a vacuum unless a line says otherwise.
private func scene(
  ball: String = "{ diameter: 50 mm, mass: 65 g }", drag: String = "none", air: String = "none",
  gravity: String = "10 m/s^2", start: String, floor: String, duration: String = "1000 s"
) -> String {
  """
  plumbline: 1
  experience: ball-drop
  environment: { gravity: \(gravity), air: \(air), buoyancy: false, added-mass: false }
  ball: \(ball)
  drag: \(drag)
  start: \(start)
  floor: \(floor)
  duration: \(duration)
  """
}

private func isNear(_ a: Double, _ b: Double, _ relative: Double) -> Bool {
  abs(a - b) <= relative * max(abs(a), abs(b))
}

@Suite("Ball drop: invariances")
struct BallDropInvarianceTests {
  // Nothing singles out a horizontal direction. Fails if x and y are mixed up in flight, impact,
  // sliding or rolling. 1e-12: a few thousand roundings.
  @Test("a throw along y is a throw along x, turned")
  func turned() throws {
    let floor = "{ restitution: 0.6, friction: 0.3, rolling-resistance: 1 mm }"
    func run(_ velocity: String, _ spin: String) throws -> VerificationRun {
      try VerificationRun(
        scene(
          drag: "sphere", air: "standard",
          start: "{ height: 1 m, velocity: \"[\(velocity)] m/s\", spin: \"[\(spin)] rad/s\" }",
          floor: floor))
    }
    let along = try run("3, 0, 2", "0, 20, 5")
    for other in [
      try run("0, 3, 2", "-20, 0, 5"), try run("-3, 0, 2", "0, -20, 5"),
      try run("1.8, 2.4, 2", "-16, 12, 5"),
    ] {
      for outcome in along.outcomes where outcome.name != "rebound-spin" {
        let (a, b) = (along.value(outcome.name).value, other.value(outcome.name).value)
        #expect(isNear(a, b, 1e-12), "\(outcome.name): \(a), \(b)")
      }
    }
  }

  // Fails if a unit is converted twice, or not at all. Conversions round once: 1e-12 leaves room for
  // what that does to a sum of bounces.
  @Test("other units give the same numbers")
  func units() throws {
    let metric = try VerificationRun(
      scene(
        ball: "{ diameter: 50 mm, mass: 65 g }", drag: "sphere", air: "standard",
        gravity: "9.80665 m/s^2",
        start: "{ height: 1.2192 m, velocity: \"[0.9144, 0, 0] m/s\", spin: \"[0, 10, 0] rad/s\" }",
        floor: "{ restitution: 0.6, friction: 0.3, rolling-resistance: 1 mm }"))
    let other = try VerificationRun(
      scene(
        ball: "{ diameter: 5 cm, mass: 6.5e-5 Mg }", drag: "sphere", air: "standard",
        gravity: "35.30394 km/(h.s)",
        start:
          "{ height: 4 ft, velocity: \"[3, 0, 0] ft/s\", spin: \"[0, 572957.7951308232, 0] deg/ks\" }",
        floor: "{ restitution: 60 %, friction: 30 %, rolling-resistance: 1e3 um }",
        duration: "16.666666666666668 min"))
    for outcome in metric.outcomes {
      let (a, b) = (metric.value(outcome.name).value, other.value(outcome.name).value)
      #expect(isNear(a, b, 1e-12), "\(outcome.name): \(a), \(b)")
    }
  }

  // A tilted floor is a level one under turned gravity. In a vacuum the first contact is the same
  // for every tilt: t = √(2h/g), v = √(2gh), range h·sin θ along the floor. Fails if the height is
  // taken along the normal, or the slope has the wrong sign.
  @Test("a tilted floor is a turned gravity", arguments: [5.0, 15, 40])
  func tilted(degrees: Double) throws {
    let angle = degrees * .pi / 180
    let (c, s) = (cos(angle), sin(angle))
    let floor = "restitution: 0.7, friction: 0.4"
    let tilt = try VerificationRun(
      scene(
        start: "{ height: 2 m }", floor: "{ \(floor), tilt: \(JSON.text(of: angle)) rad }",
        duration: "2 s"))
    let level = try VerificationRun(
      scene(
        gravity: "\"[\(JSON.text(of: 10 * s)), 0, \(JSON.text(of: -10 * c))] m/s^2\"",
        start: "{ height: \(JSON.text(of: 2 * c)) m }", floor: "{ \(floor) }", duration: "2 s"))
    for name in ["fall-time", "impact-speed", "rebound-spin", "second-impact-time", "first-range"] {
      #expect(isNear(tilt.value(name).value, level.value(name).value, 1e-13), "\(name)")
    }
    #expect(isNear(tilt.value("fall-time").value, 0.4.squareRoot(), 1e-14))
    #expect(isNear(tilt.value("impact-speed").value, 40.0.squareRoot(), 1e-14))
    #expect(isNear(tilt.value("first-range").value, 2 * s, 1e-14))

    // after the impact: normal speed e·v·cos θ, and heights are vertical again
    let rebound = pow(0.7 * 40.0.squareRoot() * c, 2) / (2 * 10 * c) / c
    #expect(isNear(tilt.value("rebound-height").value, rebound, 1e-13))
    let flight = 2 * 0.7 * 40.0.squareRoot() / 10
    #expect(isNear(tilt.value("second-impact-time").value, 0.4.squareRoot() + flight, 1e-14))
  }
}

@Suite("Ball drop: closed forms")
struct BallDropClosedFormTests {
  // Fails if the infinite series is cut off instead of closed, or a bounce is lost.
  // Rounding of n bounces that are followed: below 200·2^-53.
  @Test("comes to rest after t₀(1 + e)/(1 − e)", arguments: [0.1, 0.5, 0.8, 0.95, 0.99])
  func rest(e: Double) throws {
    let run = try VerificationRun(
      scene(start: "{ height: 1.25 m }", floor: "{ restitution: \(e) }"))
    let fall = VacuumFall(gravity: 10)
    let exact = 0.5 * (1 + e) / (1 - e)
    #expect(isNear(exact, fall.restTime(height: 1.25, restitution: e), 1e-14))
    let (time, band) = run.value("rest-time")
    #expect(isNear(time, exact, 1e-12))
    #expect(abs(time - exact) <= band, "the band must cover the error")
    #expect(run.value("rest-position").value == 0)

    // apexes higher than 1 mm: 1.25·e^(2n) > 1e-3
    let bounces = floor(log(1e-3 / 1.25) / (2 * log(e)))
    #expect(run.value("bounces").value == bounces)
    #expect(isNear(run.value("rebound-height").value, 1.25 * e * e, 1e-13))
    #expect(isNear(run.value("energy-lost").value, 0.065 * 10 * 1.25 * (1 - e * e), 1e-13))
    #expect(isNear(run.value("max-speed").value, 5, 1e-14))
  }

  // Fails if e is taken at another speed than that of the impact, or a law is not the one named.
  @Test("restitution follows the impact speed")
  func laws() throws {
    func e(_ law: String, height: Double, ball: String = "{ diameter: 50 mm, mass: 65 g }") throws
      -> Double
    {
      let run = try VerificationRun(
        scene(
          ball: ball, start: "{ height: \(JSON.text(of: height)) m }",
          floor: "{ restitution: { \(law) } }", duration: "2 s"))
      return run.value("rebound-speed").value / run.value("impact-speed").value
    }
    // from 20 h v² = 1: (x¨ + k(x^1.5 + 1.5A√x·x˙) = 0, integrated elsewhere for k = 1e9, A = 2e-5)
    let ball = "{ diameter: 500 mm, mass: 1 kg }"
    let viscoelastic = "law: viscoelastic, effective-modulus: 1.5 GPa, dissipation: 20 us"
    #expect(isNear(try e(viscoelastic, height: 0.05, ball: ball), 0.8738760508563908, 1e-7))
    #expect(isNear(try e(viscoelastic, height: 0.0005, ball: ball), 0.9177654713833798, 1e-7))

    // F = k·xⁿ(1 + c·ẋ), for every n: c·v(1 + e) = ln((1 + c·v)/(1 − c·e·v))
    for height in [0.05, 1.25] {
      let (cv, e) = (
        0.1 * (20 * height).squareRoot(),
        try e("law: hunt-crossley, damping: 0.1 s/m", height: height)
      )
      #expect(abs(cv * (1 + e) - log((1 + cv) / (1 - cv * e))) < 1e-14)
      #expect(e < 1 && e > 0.5)
    }
    let dashpot = SpringDashpot(dampingRatio: 0.2, frequency: 1)
    let expected = -dashpot.velocity(speed: 1, time: dashpot.timeOfNoForce)
    for height in [0.05, 1.25] {
      #expect(
        isNear(try e("law: spring-dashpot, damping-ratio: 0.2", height: height), expected, 1e-13))
    }
    #expect(isNear(try e("law: constant, value: 0.8", height: 1), 0.8, 1e-14))
  }

  // Fails if a shell gets the inertia of a solid ball (2/3 and 2/5).
  @Test(
    "a shell takes up less spin than a solid ball", arguments: [("solid", 0.4), ("shell", 2.0 / 3)])
  func fill(name: String, inertia: Double) throws {
    let run = try VerificationRun(
      scene(
        ball: "{ diameter: 50 mm, mass: 65 g, fill: \(name) }",
        start: "{ height: 1 m, velocity: \"[2, 0, 0] m/s\" }",
        floor: "{ restitution: 0.5, friction: 50 }", duration: "2 s"))
    let bounce = GarwinBounce(inertiaFactor: inertia, grip: 0).floor(velocity: 2, surfaceSpeed: 0)
    #expect(isNear(run.value("rebound-spin").value, bounce.surfaceSpeed / 0.025, 1e-14))
    let speed = hypot(bounce.velocity, 0.5 * 20.0.squareRoot())
    #expect(isNear(run.value("rebound-speed").value, speed, 1e-14))
  }

  // Slides, rolls, stops: RollingBall up to rolling, then a deceleration (b/a)·g/(1 + κ). Fails if
  // the rolling resistance acts as friction, or lacks the inertia. Quadrature of constants: 1e-13.
  @Test("slides, rolls and stops", arguments: [("solid", 0.4, 0.0), ("shell", 2.0 / 3, 40)])
  func rolling(name: String, inertia: Double, spin: Double) throws {
    let run = try VerificationRun(
      scene(
        ball: "{ diameter: 50 mm, mass: 65 g, fill: \(name) }",
        start: "{ height: 0 m, velocity: \"[2, 0, 0] m/s\", spin: \"[0, \(spin), 0] rad/s\" }",
        floor: "{ restitution: 0, friction: 0.2, rolling-resistance: 0.5 mm }"))
    let ball = RollingBall(gravity: 10, friction: 0.2, inertiaFactor: inertia)
    let surface = 0.025 * spin
    let rolling = ball.rollingVelocity(velocity: 2, surfaceSpeed: surface)
    let brake = 0.0005 / 0.025 * 10 / (1 + inertia)
    let time = ball.slidingTime(velocity: 2, surfaceSpeed: surface) + rolling / brake
    let distance =
      ball.slidingDistance(velocity: 2, surfaceSpeed: surface) + rolling * rolling / (2 * brake)
    #expect(isNear(run.value("rest-time").value, time, 1e-13))
    #expect(isNear(run.value("rest-position").value, distance, 1e-13))
  }

  // Fails if a ball that cannot stop is reported at rest.
  @Test(
    "says why it does not come to rest",
    arguments: [
      ("rolls", "{ restitution: 0, friction: 0.5 }", "rolls on"),
      ("frictionless", "{ restitution: 0.5, friction: 0 }", "slides on"),
      ("slope", "{ restitution: 0, friction: 0.5, tilt: 10 deg }", "rolls down"),
      ("elastic", "{ restitution: 1, friction: 0 }", "duration"),
    ])
  func endless(name: String, floor: String, reason: String) throws {
    let scene = try SceneFiles.scene(
      scene(
        start: "{ height: 0.1 m, velocity: \"[1, 0, 0] m/s\" }", floor: floor, duration: "5 s"))
    let truth = try TruthRunner().truth(of: scene)
    #expect(truth[outcome: "rest-time"] == nil && truth[outcome: "rest-position"] == nil)
    #expect(truth.notes.contains { $0.contains(reason) }, "\(truth.notes)")
  }
}

@Suite("Ball drop: numbers and trust")
struct BallDropTrustTests {
  // Fails if a stage, a mesh or the split of a fall loses an order. Quadratic drag with the terminal
  // speed at 2/3 of the vacuum's impact speed. Drag that strong makes coarse levels better than
  // order 6 (6.5, 6.4, 6.2, 6.1); levels 4 and 5, with errors of 1e-11 to 1e-13, are asymptotic.
  @Test(
    "converges at order 6 on a smooth drag law",
    arguments: ["fall-time", "second-impact-time", "rebound-height"])
  func order(name: String) throws {
    let terminal = 3.0
    let area = Double.pi / 4 * 0.05 * 0.05
    let coefficient = 2 * 0.065 * 10 / (1.2 * area * terminal * terminal)
    let scene = try SceneFiles.scene(
      scene(
        drag: "{ coefficient: \(JSON.text(of: coefficient)) }",
        air: "{ density: 1.2 kg/m^3, viscosity: 18 uPa.s }", start: "{ height: 1 m }",
        floor: "{ restitution: 0.9, friction: 0 }", duration: "5 s"))
    let fall = QuadraticDragFall(gravity: 10, terminalSpeed: terminal)
    let bounces = fall.bounces(height: 1, restitution: 0.9, count: 2)
    let exact = [
      "fall-time": bounces[0].time, "second-impact-time": bounces[1].time,
      "rebound-height": bounces[0].reboundHeight,
    ]
    let index = try #require(scene.definition.outcomeIndex(name))
    let inputs = scene.experiment.inputs.map(\.law.nominal)
    let errors = try (3..<6).map { level in
      abs(try scene.experiment.run(inputs, level: level).values[index] - (exact[name] ?? .nan))
    }
    let order = log2(errors[1] / errors[2])
    #expect(abs(order - 6) < 0.1, "\(errors)")

    // what is reported must cover the truth
    let nominal = try TruthRunner().nominal(scene.experiment, accuracy: 1e-9)
    let refinement = nominal.refinements[index]
    #expect(abs(refinement.value - (exact[name] ?? .nan)) <= refinement.halfWidth)
  }

  func truth(_ text: String) throws -> TruthRecord {
    try TruthRunner().truth(of: try SceneFiles.scene(text))
  }

  // Fails if a law is trusted outside the range that it was made for, or distrusted inside it.
  @Test("a drag law out of its range is tier T3")
  func tiers() throws {
    let air = "standard"
    let (start, floor) = ("{ height: 1 m }", "{ restitution: 0.5 }")
    let wrong = try truth(scene(drag: "{ law: stokes }", air: air, start: start, floor: floor))
    let scalar = try #require(wrong[outcome: "fall-time"]?.scalar)
    #expect(scalar.tier == .t3 && scalar.basis.contains("extrapolated"))
    let right = try truth(scene(drag: "sphere", air: air, start: start, floor: floor))
    #expect(right[outcome: "fall-time"]?.scalar?.tier == .t1)
    let vacuum = try truth(scene(start: start, floor: floor))
    #expect(vacuum[outcome: "rest-time"]?.scalar?.tier == .t0)
  }

  // Fails if a dry restitution is trusted in a liquid: the Stokes number of a 10 mm steel ball in
  // water at some 1 m/s is (ρ_p/ρ_f)·Re/9 ≈ 8000 and in glycerin 0.1.
  @Test("a dry restitution in a viscous liquid is tier T3")
  func liquid() throws {
    func tier(_ fluid: String, _ outcome: String) throws -> Tier? {
      try truth(
        scene(
          ball: "{ diameter: 10 mm, density: 7800 kg/m^3 }", drag: "sphere", air: fluid,
          start: "{ height: 0.2 m }", floor: "{ restitution: 0.9 }", duration: "20 s")
      )[outcome: outcome]?.scalar?.tier
    }
    let glycerin = "{ density: 1261 kg/m^3, viscosity: 1.412 Pa.s }"
    #expect(try tier(glycerin, "rebound-speed") == .t3)
    #expect(try tier(glycerin, "fall-time") == .t1)
    #expect(try tier("{ density: 998 kg/m^3, viscosity: 1 mPa.s }", "rebound-speed") == .t1)
  }

  // The table's pair of steel and oak holds up to some speed. Fails if it is trusted beyond.
  @Test("a restitution beyond its speeds is tier T3")
  func speeds() throws {
    let table = try SceneFiles.materials()
    let pair = try #require(table.pairs.first { $0["restitution"]?.speeds != nil })
    let fastest = try #require(pair["restitution"]?.speeds?.upperBound)
    func tier(_ height: Double) throws -> Tier? {
      try truth(
        scene(
          ball: "{ diameter: 20 mm, material: \(pair.first) }",
          start: "{ height: \(JSON.text(of: height)) m }", floor: "{ material: \(pair.second) }")
      )[outcome: "rebound-speed"]?.scalar?.tier
    }
    #expect(try tier(fastest * fastest / 20 * 1.1) == .t3)
    #expect(try tier(fastest * fastest / 20 * 0.9) == .t0)
  }

  // Fails if members are not drawn from the declared law: restitution 0.8 ± 0.05 is uniform, and
  // the rebound height e²h has the quantiles of a monotonic function of it.
  @Test("members follow the declared tolerance")
  func members() throws {
    let scene = try SceneFiles.scene(
      scene(start: "{ height: 1 m }", floor: "{ restitution: 0.8 ± 0.05 }") + "\nsamples: 1000\n")
    let truth = try TruthRunner(jobs: 2).truth(of: scene)
    let scalar = try #require(truth[outcome: "rebound-height"]?.scalar)
    #expect(isNear(scalar.value, 0.64, 1e-12) && scalar.members.count == 1000)
    let e = scalar.members.map { $0.squareRoot() }.sorted()
    #expect(e[0] >= 0.75 && e[999] <= 0.85)
    // Kolmogorov-Smirnov, as in RandomTests: 1.95/√n
    let distance = e.enumerated().map { abs(($1 - 0.75) / 0.1 - (Double($0) + 0.5) / 1000) }.max()
    #expect((distance ?? 1) < 1.95 / 1000.0.squareRoot())
    #expect(
      truth[outcome: "fall-time"]?.scalar?.members.allSatisfy {
        isNear($0, 0.2.squareRoot(), 1e-11)
      } == true)
  }
}
