// Slow rungs of the ball drop, run by `verify --full`: observed orders and long runs.

import Experience
import Foundation
import RigidBody

extension BallDropCases {
  static let slow: [VerificationCase] = [
    VerificationCase(
      "ORDER", "observed order of the flight against design order 6, by drag law",
      source: "Butcher 1964; differences to a run four and more levels finer", isSlow: true
    ) {
      // smooth laws are asymptotic at once, graded meshes of laws with fractional powers later
      let laws: [(SphereDrag, level: Int, allowed: Double)] = [
        (.constant(0.5), 1, 0.1), (.schillerNaumann, 1, 0.25), (.cliftGauvin, 2, 0.25),
        (.morrison, 2, 0.25),
      ]
      return laws.map { drag, level, allowed in
        let reference = secondImpact(drag, level: 9)
        let coarse = abs(secondImpact(drag, level: level) - reference)
        let fine = abs(secondImpact(drag, level: level + 1) - reference)
        return VerificationRow(
          drag.name, "1", expected: 6, got: log2(coarse / fine), within: .absolute(allowed))
      }
    },
    VerificationCase(
      "SERIES", "a thousand bounces: rest of a ball with e = 0.99 in a vacuum",
      source: "t0(1 + e)/(1 - e)", isSlow: true
    ) {
      let run = try VerificationRun(
        scene(start: "{ height: 1 m }", floor: "{ restitution: 0.99 }"), accuracy: 1e-11)
      let rest = (2 / g).squareRoot() * 1.99 / 0.01
      return [run.row("rest time", "rest-time", expected: rest, within: .relative(1e-11))]
    },
    VerificationCase(
      "SETTLE", "a bead that sinks for a minute: a thousand relaxation times and more",
      source: "Stokes drag: h = vt·(t − τ·(1 − exp(−t/τ))), τ = m_eff/(3πηd)", isSlow: true
    ) {
      let (density, fluid, viscosity, d) = (7800.0, 1261.0, 1.412, 0.003)
      let run = try VerificationRun(
        """
        plumbline: 1
        experience: ball-drop
        environment: { air: { density: \(fluid) kg/m^3, viscosity: \(viscosity) Pa.s } }
        ball: { diameter: 3 mm, density: \(density) kg/m^3 }
        drag: { law: stokes }
        start: { height: 1.5 m }
        floor: { restitution: 0 }
        duration: 100 s
        """)
      let tau = (density + 0.5 * fluid) * d * d / (18 * viscosity)
      let terminal = (density - fluid) * g * d * d / (18 * viscosity)
      // exp(-t/τ) is far below rounding after a minute
      return [
        run.row("fall time", "fall-time", expected: 1.5 / terminal + tau, within: .relative(1e-9)),
        run.row("speed", "impact-speed", expected: terminal, within: .relative(1e-9)),
      ]
    },
  ]

  /// Time of the second impact of a table-tennis-like ball from 2 m, in s.
  private static func secondImpact(_ drag: SphereDrag, level: Int) -> Double {
    let flight = BallFlight(
      mass: 0.0027, diameter: 0.04, gravity: Vector3(x: 0, y: 0, z: -g), drag: drag,
      fluidDensity: airDensity, viscosity: BallDropCompiler.standardAir.viscosity,
      hasBuoyancy: true, hasAddedMass: true)
    let piece = BallPiece(flight: flight, level: level)
    guard var state = piece.fall(BallState(gap: 2, velocity: .zero)) else { return .nan }
    state.velocity.z *= -0.8
    return piece.rise(state).flatMap { piece.fall($0) }?.time ?? .nan
  }
}
