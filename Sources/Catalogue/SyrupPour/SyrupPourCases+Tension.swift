// Reference cases of surface tension (F22, F23).

import Experience
import Fluid
import Foundation

extension SyrupPourCases {
  static let tension: [VerificationCase] = [
    VerificationCase(
      "F22", "drop that surface tension rounds, and one that is round",
      source:
        "Reid 1960, Q. Appl. Math. 18, 86, two waves, 30 digits; without inertia τ = 19μR/(20γ) (Taylor 1932)"
    ) {
      let time = 19 * 5.0 * 0.01 / (20 * FluidProbe.tension)
      var oval = FluidProbe.drop(16, by: 0.01, viscosity: 5)
      let start = FluidProbe.stretch(oval)
      while oval.time < time { try oval.step(until: time) }
      var round = FluidProbe.drop(16, by: 0, viscosity: 5)
      while round.time < time { try round.step(until: time) }
      return [
        VerificationRow(
          "rate times τ", "1", expected: 1.00293507555,
          got: log(start / FluidProbe.stretch(oval)), within: .relative(2e-3)),
        VerificationRow(
          "stretch of the round one", "1", expected: 0, got: FluidProbe.stretch(round),
          within: .absolute(1e-5)),
        VerificationRow(
          "energy ledger", "1", expected: 0, got: max(oval.audit.energy, round.audit.energy),
          within: .absolute(1e-6)),
      ]
    },
    VerificationCase(
      "F23", "disc of liquid that becomes a cap",
      source: "V = πh(3a² + h²)/6 of a cap that stands on its foot a"
    ) {
      let (foot, height, n) = (0.003, 0.001, 8)
      let h = height / Double(n)
      var setup = MeridianSetup(
        grid: MeridianGrid(nr: 5 * n, nz: 3 * n, hr: h, hz: h), density: 1000,
        law: .newtonian(0.5), gravity: 0)
      setup.surfaceTension = FluidProbe.tension
      var flow = MeridianFlow(
        setup: setup,
        surface: LiquidSurface(points: [
          MeridianPoint(0, height), MeridianPoint(foot, height), MeridianPoint(foot, 0),
        ]))
      let before = flow.surface.area
      while flow.time < 0.6 { try flow.step(until: 0.6) }
      // h³ + 3a²h = 6V/π with V = πa²·height, by Cardano
      let half = 3 * foot * foot * height
      let root = (half * half + pow(foot, 6)).squareRoot()
      let cap = cbrt(root + half) - cbrt(root - half)
      return [
        VerificationRow(
          "height", "m", expected: cap, got: flow.surface.top, within: .relative(0.005)),
        VerificationRow(
          "work over γ times the lost area", "1", expected: 1,
          got: flow.audit.tensionWork / (FluidProbe.tension * (before - flow.surface.area)),
          within: .relative(0.05)),
      ]
    },
  ]
}
