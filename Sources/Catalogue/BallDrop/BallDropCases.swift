// Reference cases of the ball drop, BD01 to BD34: flight and fluid loads.
//
// Expected values are closed forms or high-precision integrations by other programs (mpmath, SciPy
// DOP853 checked with Radau); none comes from our own integrator. Tolerances are those that the
// method should reach, not the loosest that would pass.

import Experience
import Foundation
import RigidBody

public enum BallDropCases {
  public static var all: [VerificationCase] { flight + fluid + contact + slow }

  static let g = 9.80665
  static let airDensity = BallDropCompiler.standardAir.density

  /// A scene of a 40 mm, 2.7 g ball unless the arguments say otherwise; no buoyancy, no added mass.
  static func scene(
    ball: String = "{ diameter: 40 mm, mass: 2.7 g }", drag: String = "none", air: String = "none",
    gravity: String = "9.80665 m/s^2", start: String, floor: String = "{ restitution: 0 }",
    rotation: String? = nil, duration: String = "1000 s"
  ) -> String {
    """
    plumbline: 1
    experience: ball-drop
    environment:
      gravity: \(gravity)
      air: \(air)
      buoyancy: false
      added-mass: false
      rotation: "\(rotation ?? "[0, 0, 0] rad/s")"
    ball: \(ball)
    drag: \(drag)
    start: \(start)
    floor: \(floor)
    duration: \(duration)
    """
  }

  /// Drag coefficient that gives a 40 mm, 2.7 g ball the terminal speed `vt` (m/s) in standard air.
  static func coefficient(terminalSpeed vt: Double) -> String {
    let area = Double.pi / 4 * 0.04 * 0.04
    return JSON.text(of: 2 * 0.0027 * g / (airDensity * area * vt * vt))
  }

  static let flight: [VerificationCase] = [
    VerificationCase(
      "BD01", "vacuum drop from 1 m", source: "t = sqrt(2h/g), v = sqrt(2gh) (Galileo)"
    ) {
      let run = try VerificationRun(scene(start: "{ height: 1 m }"))
      return [
        run.row("fall time", "fall-time", expected: 0.45160075575178754, within: .relative(1e-12)),
        run.row(
          "impact speed", "impact-speed", expected: 4.428690551393267, within: .relative(1e-12)),
      ]
    },
    VerificationCase(
      "BD08", "thrown up at 20 m/s, terminal speed 9 m/s",
      source: "v0/sqrt(1 + v0²/vt²); vt²/(2g) ln(1 + v0²/vt²); vt/g atan(v0/vt)"
    ) {
      let run = try VerificationRun(
        scene(
          drag: "{ coefficient: \(coefficient(terminalSpeed: 9)) }", air: "standard",
          start: "{ height: 0 m, velocity: \"[0, 0, 20] m/s\" }"))
      let flight = BallFlight(
        mass: 0.0027, diameter: 0.04, gravity: Vector3(x: 0, y: 0, z: -g),
        drag: .constant(Double(coefficient(terminalSpeed: 9)) ?? 0), fluidDensity: airDensity,
        viscosity: 1.8e-5, hasBuoyancy: false, hasAddedMass: false)
      let start = BallState(gap: 0, velocity: Vector3(x: 0, y: 0, z: 20))
      let apex = BallPiece(flight: flight, level: 4).rise(start)
      let before = BallPiece(flight: flight, level: 3).rise(start)
      let (height, time) = (apex?.gap ?? .nan, apex?.time ?? .nan)
      return [
        run.row(
          "return speed", "impact-speed", expected: 8.207293546575958, within: .relative(1e-9)),
        run.row(
          "time up and down", "fall-time", expected: 1.0535179297678212 + 1.412241729797625,
          within: .relative(1e-9)),
        VerificationRow(
          "apex height", "m", expected: 7.356990784319779, got: height,
          band: abs(height - (before?.gap ?? .nan)), within: .relative(1e-9)),
        VerificationRow(
          "time up", "s", expected: 1.0535179297678212, got: time,
          band: abs(time - (before?.time ?? .nan)), within: .relative(1e-9)),
      ]
    },
    VerificationCase(
      "BD30", "eastward deflection in the mine of Schlebusch",
      source: "Benzenberg 1804: 11.4 mm measured; vacuum theory omega g cos(latitude) t³/3"
    ) {
      let run = try VerificationRun(
        scene(
          gravity: "9.811 m/s^2", start: "{ height: 85.1079228 m }",
          floor: "{ restitution: 0, friction: 0 }",
          rotation: "[0, 4.5477405030064004e-05, 5.700262931702369e-05] rad/s"))
      return [
        run.row(
          "deflection, theory", "first-range", expected: 0.010747755124724345,
          within: .relative(1e-4)),
        run.row(
          "deflection, measured", "first-range", expected: 0.011414348, within: .absolute(1.5e-3)),
      ]
    },
    VerificationCase(
      "BD32", "radial fall from 400 km",
      source: "Kepler: sqrt(r0³/2GM) (acos sqrt x + sqrt(x(1-x)))"
    ) {
      let run = try VerificationRun(
        scene(
          gravity: "{ parameter: 398600441800000 m^3/s^2, radius: 6371 km }",
          start: "{ height: 400 km }"), accuracy: 1e-13)
      return [
        run.row("fall time", "fall-time", expected: 300.3257728516772, within: .relative(1e-12)),
        run.row(
          "impact speed", "impact-speed", expected: 2718.840132808384, within: .relative(1e-12)),
      ]
    },
    VerificationCase(
      "BD33", "table-tennis ball, five flights with drag, e = 0.93",
      source: "pieces vt/g atan(v/vt) and vt/g acosh(exp(gh/vt²)); setting of Nagurka 2003"
    ) {
      let run = try VerificationRun(
        scene(
          drag: "{ coefficient: 0.445 }", air: "standard", start: "{ height: 1 m }",
          floor: "{ restitution: 0.93 }"))
      let flights = [
        0.7560246287107686, 0.6517248722173282, 0.5723145108168403, 0.5089551970829295,
        0.45672968125369995,
      ]
      var rows = [
        run.row("first impact", "fall-time", expected: 0.4610418640368969, within: .relative(1e-9))
      ]
      for (index, expected) in flights.enumerated() {
        rows.append(
          run.interval(
            "flight \(index + 1)", from: "contact#\(index + 1)", to: "contact#\(index + 2)",
            expected: expected, within: .relative(1e-9)))
      }
      return rows
    },
    VerificationCase(
      "BD34", "thrown at 30 m/s and 45°, terminal speed 23 m/s",
      source: "DOP853 at 1e-12, checked with Radau (relative difference 1.4e-12)"
    ) {
      let side = JSON.text(of: 30 * 0.5.squareRoot())
      let run = try VerificationRun(
        scene(
          drag: "{ coefficient: \(coefficient(terminalSpeed: 23)) }", air: "standard",
          start: "{ height: 0 m, velocity: \"[\(side), 0, \(side)] m/s\" }",
          floor: "{ restitution: 0, friction: 0 }"))
      return [
        run.row("range", "first-range", expected: 43.1073120094354, within: .relative(1e-9)),
        run.row("flight time", "fall-time", expected: 3.409972201120237, within: .relative(1e-9)),
      ]
    },
  ]

  static let fluid: [VerificationCase] = [
    VerificationCase(
      "BD05", "steel ball of 10 mm from 50 m, Clift-Gauvin drag",
      source: "Clift & Gauvin 1971; numerical integration of m dv/dt = mg - ½ρAC_D v²"
    ) {
      let run = try VerificationRun(
        scene(
          ball: "{ diameter: 10 mm, density: 7800 kg/m^3 }", drag: "{ law: clift-gauvin }",
          air: "standard", start: "{ height: 50 m }"))
      return [
        run.row("fall time", "fall-time", expected: 3.3257520937797187, within: .relative(1e-8)),
        run.row(
          "impact speed", "impact-speed", expected: 27.71483168316094, within: .relative(1e-8)),
      ]
    },
    VerificationCase(
      "BD06", "bowling ball from 100 m and 300 m through the drag crisis",
      source: "Morrison 2010; USBC ball"
    ) {
      func drop(_ height: String) throws -> VerificationRun {
        try VerificationRun(
          scene(
            ball: "{ diameter: 215.9 mm, mass: 7.2575 kg }", drag: "{ law: morrison }",
            air: "standard", start: "{ height: \(height) }"))
      }
      let (low, high) = (try drop("100 m"), try drop("300 m"))
      return [
        low.row(
          "fall time, 100 m", "fall-time", expected: 4.553264243992298, within: .relative(1e-8)),
        low.row(
          "impact speed, 100 m", "impact-speed", expected: 43.59433990473375,
          within: .relative(1e-8)),
        high.row(
          "fall time, 300 m", "fall-time", expected: 7.9700875643988205, within: .relative(1e-8)),
        high.row(
          "impact speed, 300 m", "impact-speed", expected: 72.4742826741688, within: .relative(1e-8)
        ),
      ]
    },
    VerificationCase(
      "BD07", "terminal speeds of sports balls as smooth spheres",
      source: "root of mg = ½ρAC_D(Re)v², C_D of Morrison 2010; balls: ITTF, ITF, FIBA"
    ) {
      func first(_ mass: Double, _ diameter: Double) -> Double {
        let viscosity = BallDropCompiler.standardAir.viscosity
        return TerminalSpeed.all(
          law: .morrison, drivingForce: mass * g, diameter: diameter, fluidDensity: airDensity,
          viscosity: viscosity
        ).first?.speed ?? .nan
      }
      return [
        VerificationRow(
          "table tennis", "m/s", expected: 9.4010485980838, got: first(0.0027, 0.04),
          within: .relative(1e-8)),
        VerificationRow(
          "tennis", "m/s", expected: 24.957775390822167, got: first(0.0577, 0.067),
          within: .relative(1e-8)),
        VerificationRow(
          "basketball", "m/s", expected: 44.14311260262767, got: first(0.61, 0.243),
          within: .relative(1e-8)),
      ]
    },
    VerificationCase(
      "BD10", "steel ball of 3 mm in glycerin, with and without a tube",
      source: "Stokes; Faxén's wall factor (formula from memory of the literature)"
    ) {
      let pull = (7800 - 1261) * Double.pi / 6 * pow(0.003, 3) * g
      let speed =
        TerminalSpeed.all(
          law: .stokes, drivingForce: pull, diameter: 0.003, fluidDensity: 1261, viscosity: 1.412
        ).first?.speed ?? .nan
      let fall = try VerificationRun(
        """
        plumbline: 1
        experience: ball-drop
        environment: { air: { density: 1261 kg/m^3, viscosity: 1.412 Pa.s } }
        ball: { diameter: 3 mm, density: 7800 kg/m^3 }
        drag: { law: stokes }
        start: { height: 100 mm }
        floor: { restitution: 0 }
        """)
      return [
        VerificationRow(
          "terminal speed", "m/s", expected: 0.02270739530807365, got: speed,
          within: .relative(1e-6)),
        fall.row(
          "speed after 100 mm", "impact-speed", expected: 0.02270739530807365,
          within: .relative(1e-6)),
        VerificationRow(
          "Reynolds number", "1", expected: 0.060837164624959375,
          got: 1261 * speed * 0.003 / 1.412, within: .relative(1e-6)),
        VerificationRow(
          "in a 50 mm tube", "m/s", expected: 0.01985104797651325,
          got: speed * (try TubeWall.speedFactor(diameterRatio: 0.003 / 0.05)),
          within: .relative(1e-6)),
      ]
    },
    VerificationCase(
      "BD11", "start-up of a steel ball of 3 mm in glycerin, with history",
      source: "Boussinesq 1885, Basset 1888; Laplace inversion (Talbot) and partial fractions"
    ) {
      let speeds = [
        ("2 ms", 0.007823243580482466), ("5 ms", 0.012619338739295766),
        ("20 ms", 0.01822122820507717),
      ]
      return try speeds.map { duration, expected in
        // from rest the speed grows, so that the largest one is the last
        let run = try VerificationRun(
          """
          plumbline: 1
          experience: ball-drop
          environment:
            air: { density: 1261 kg/m^3, viscosity: 1.412 Pa.s }
            history: true
          ball: { diameter: 3 mm, density: 7800 kg/m^3 }
          drag: { law: stokes }
          start: { height: 100 mm }
          floor: { restitution: 0 }
          duration: \(duration)
          """, accuracy: 1e-6)
        return run.row(
          "speed after \(duration)", "max-speed", expected: expected, within: .relative(1e-6))
      }
    },
  ]
}
