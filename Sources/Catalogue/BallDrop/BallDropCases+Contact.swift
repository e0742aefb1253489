// Reference cases of the ball drop: restitution, spin and grip, and those that wait.

import Experience
import Foundation
import RigidBody

extension BallDropCases {
  static let contact: [VerificationCase] = [
    VerificationCase(
      "BD13", "ITF rebound test of a tennis ball: restitution with and without air",
      source: "ITF Rules of Tennis, App. I: 135 to 147 cm from 254 cm; C_D 0.55 assumed"
    ) {
      func rebound(_ e: Double, air: Bool) throws -> VerificationRun {
        try VerificationRun(
          scene(
            ball: "{ diameter: 67 mm, mass: 57.7 g }",
            drag: air ? "{ coefficient: 0.55 }" : "none", air: air ? "standard" : "none",
            start: "{ height: 2.54 m }", floor: "{ restitution: \(JSON.text(of: e)) }"))
      }
      let range = VerificationRow.Tolerance.range((1.35 - 1e-9)...(1.47 + 1e-9))
      return [
        try rebound(0.7581800568503496, air: true)
          .row("lower e with drag", "rebound-height", expected: 1.35, within: .relative(1e-9)),
        try rebound(0.7921298496326753, air: true)
          .row("upper e with drag", "rebound-height", expected: 1.47, within: .relative(1e-9)),
        try rebound(0.7290377651343763, air: false)
          .row("lower e in a vacuum", "rebound-height", expected: 1.35, within: .relative(1e-12)),
        try rebound(0.7607497338023294, air: false)
          .row("upper e in a vacuum", "rebound-height", expected: 1.47, within: .relative(1e-12)),
        try rebound(0.745, air: false)
          .row("e 0.745 in a vacuum", "rebound-height", expected: 1.4097635, within: range),
        try rebound(0.745, air: true).row(
          "e 0.745 with drag (outside the rule)", "rebound-height", expected: 1.3046782209342125,
          within: .relative(1e-9)),
      ]
    },
    VerificationCase(
      "BD15", "FIBA basketball: dropped by its bottom, rebound by its top",
      source: "FIBA rule text: 1.8 m (bottom) to 1.2-1.4 m (top), circumference 0.749-0.78 m"
    ) {
      let diameter = 0.765 / Double.pi
      func top(_ e: Double) throws -> (Double, Double) {
        let run = try VerificationRun(
          scene(
            ball: "{ diameter: \(JSON.text(of: diameter)) m, mass: 610 g, fill: shell }",
            start: "{ height: 1.8 m }", floor: "{ restitution: \(JSON.text(of: e)) }"))
        let (height, band) = run.value("rebound-height")
        return (height + diameter, band)
      }
      let (low, high) = (try top(0.7289615662286699), try top(0.8015585294597436))
      return [
        VerificationRow(
          "diameter", "m", expected: 0.24350706293059987, got: diameter, within: .relative(1e-12)),
        VerificationRow(
          "top at lower e", "m", expected: 1.2, got: low.0, band: low.1, within: .relative(1e-12)),
        VerificationRow(
          "top at upper e", "m", expected: 1.4, got: high.0, band: high.1, within: .relative(1e-12)),
      ]
    },
    VerificationCase(
      "BD16", "glass marble, e = 0.92 from the sound of its bounces",
      source: "Pebralia 2022, Int. J. Appl. Sci. Smart Technol. 4, 35: e = 0.93, 0.92, 0.92"
    ) {
      try series(
        height: "0.3 m", e: "0.92", flights: [1: 0.4551275344774083, 5: 0.3260501616017726], 1e-12)
    },
    VerificationCase(
      "BD17", "recorded bounce series from 57.5 cm, e = 0.86",
      source: "Hill, Learning Scientific Programming with Python, P6.5; T_n = 2eⁿ sqrt(2h/g)"
    ) {
      try series(
        height: "0.575 m", e: "0.86",
        flights: [
          1: 0.5890023523845205, 2: 0.5065420230506876, 3: 0.43562613982359133,
          5: 0.32218909301352816,
        ], 1e-12)
    },
    VerificationCase(
      "BD18", "restitution of a viscoelastic sphere that does not pull",
      source:
        "ẍ + k(x^1.5 + 1.5A sqrt(x) ẋ) = 0, k = 1e9, A = 2e-5 s; Ramírez et al. 1999, Phys. Rev. E 60, 4465"
    ) {
      let sphere = ViscoelasticImpact(stiffness: 1e9, dissipation: 2e-5)
      // the third speed is that of a fall from 1 m
      let cases = [
        (0.1, 0.9177654713833798), (1, 0.8738760508563908),
        ((2 * g).squareRoot(), 0.8352816087669153),
      ]
      return cases.map { speed, expected in
        VerificationRow(
          "e at \(Float(speed)) m/s", "1", expected: expected,
          got: sphere.coefficient(approachSpeed: speed), within: .relative(1e-7))
      }
    },
    VerificationCase(
      "BD19", "Hertz impact of a 25.4 mm steel ball from 1 m",
      source: "Hertz 1882; Johnson 1985, §11.4; elastic idealisation"
    ) {
      let modulus = 210e9 / (2 * (1 - 0.3 * 0.3))
      let mass = 7800 * Double.pi / 6 * pow(0.0254, 3)
      let hertz = HertzImpact(
        effectiveModulus: modulus, effectiveRadius: 0.0127, effectiveMass: mass)
      let speed = (2 * g).squareRoot()
      return [
        VerificationRow(
          "largest approach", "m", expected: 9.781976656827841e-05,
          got: hertz.maximumApproach(approachSpeed: speed), within: .relative(1e-9)),
        VerificationRow(
          "contact time", "s", expected: 6.501029776989601e-05,
          got: hertz.contactTime(approachSpeed: speed), within: .relative(1e-9)),
        VerificationRow(
          "peak force", "N", expected: 16773.68322484068,
          got: hertz.peakForce(approachSpeed: speed), within: .relative(1e-9)),
      ]
    },
    VerificationCase(
      "BD20", "linear spring and dashpot, damping ratio 0.1",
      source: "Schwager & Pöschel 2007, Granular Matter 9, 465 (from memory)"
    ) {
      let contact = SpringDashpotImpact(dampingRatio: 0.1)
      let run = try VerificationRun(
        scene(
          start: "{ height: 1 m }",
          floor: "{ restitution: { law: spring-dashpot, damping-ratio: 0.1 } }"))
      return [
        VerificationRow(
          "e with tension", "1", expected: 0.7292476142876709, got: contact.restitutionWithTension,
          within: .relative(1e-9)),
        VerificationRow(
          "e without tension", "1", expected: 0.7440793977217797, got: contact.restitution,
          within: .relative(1e-9)),
        run.row(
          "rebound from 1 m", "rebound-height", expected: 0.7440793977217797 * 0.7440793977217797,
          within: .relative(1e-9)),
      ]
    },
    VerificationCase(
      "BD22", "superball with backspin, e = 1, grip = 1", source: "Garwin 1969, Am. J. Phys. 37, 88"
    ) {
      let run = try VerificationRun(
        scene(
          ball: "{ diameter: 50 mm, mass: 65 g }",
          start: "{ height: 0 m, velocity: \"[1, 0, -4] m/s\", spin: \"[0, -100, 0] rad/s\" }",
          floor: "{ restitution: 1, friction: 10, grip: 1 }", duration: "0.1 s"))
      let outcome = SphereImpact(mass: 0.065, radius: 0.025, inertiaFactor: 0.4).outcome(
        velocity: Vector3(x: 1, y: 0, z: -4), spin: Vector3(x: 0, y: -100, z: 0), restitution: 1,
        friction: .isotropic(10), grip: 1)
      return [
        VerificationRow(
          "vx after", "m/s", expected: -1, got: outcome.velocity.x, within: .relative(1e-14)),
        run.row("spin after", "rebound-spin", expected: 100, within: .relative(1e-12)),
        run.row("energy lost", "energy-lost", expected: 0, within: .absolute(1e-14)),
      ]
    },
    VerificationCase(
      "BD23", "superball thrown under a table, three bounces", source: "Garwin 1969: -333/343"
    ) {
      let ball = SphereImpact(mass: 1, radius: 1, inertiaFactor: 0.4)
      var velocity = Vector3(x: 1, y: 0, z: -1)
      var spin = Vector3.zero
      for surface in ["floor", "underside", "floor"] {
        // the underside is a floor in the mirror z → −z, where spins about x and y change sign
        let mirror = surface == "floor" ? 1.0 : -1.0
        let outcome = ball.outcome(
          velocity: Vector3(x: velocity.x, y: velocity.y, z: -abs(velocity.z)),
          spin: Vector3(x: mirror * spin.x, y: mirror * spin.y, z: spin.z), restitution: 1,
          friction: .isotropic(100), grip: 1)
        velocity = outcome.velocity
        spin = Vector3(x: mirror * outcome.spin.x, y: mirror * outcome.spin.y, z: outcome.spin.z)
      }
      return [
        VerificationRow(
          "vx after three bounces", "1", expected: -0.9708454810495627, got: velocity.x,
          within: .relative(1e-14)),
        VerificationRow(
          "spin after three bounces", "1", expected: -0.37900874635568516, got: spin.y,
          within: .relative(1e-14)),
      ]
    },
  ]

  private static func series(
    height: String, e: String, flights: [Int: Double], _ tolerance: Double
  ) throws -> [VerificationRow] {
    let run = try VerificationRun(
      scene(start: "{ height: \(height) }", floor: "{ restitution: \(e) }"))
    return flights.sorted { $0.key < $1.key }.map { number, expected in
      run.interval(
        "flight \(number)", from: "contact#\(number)", to: "contact#\(number + 1)",
        expected: expected, within: .relative(tolerance))
    }
  }
}
