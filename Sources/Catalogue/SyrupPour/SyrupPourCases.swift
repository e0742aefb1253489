// Reference cases of liquids, F1 to F23.
//
// Expected values are closed forms, or numbers of an independent program (half-cell sampling, heights of
// columns for the surface) that was run for this project before this code; none comes from this solver.

import Experience
import Fluid
import Foundation

public enum SyrupPourCases {
  public static var all: [VerificationCase] {
    parallel + still + free + spread + tension + boxes + models + volume
  }

  private static let order = VerificationRow.Tolerance.range(1.9...2.1)

  static func need<T>(_ value: T?) throws -> T {
    guard let value else { throw RunFailure(code: "R201", "the flow has no solution") }
    return value
  }

  // MARK: Parallel flow

  static let parallel: [VerificationCase] = [
    VerificationCase("F3", "pipe flow", source: "Poiseuille: u = G(R² − r²)/(4μ), Q = πGR⁴/(8μ)") {
      let (radius, gradient, viscosity) = (0.01, 1000.0, 5.0)
      let pipes = try [8, 16, 32, 64].map { n in
        try need(
          FluidProbe.pipe(
            n, radius: radius, gradient: gradient, law: .newtonian(viscosity)
          ) { gradient / (4 * viscosity) * (radius * radius - $0 * $0) })
      }
      let exact = Double.pi * gradient * pow(radius, 4) / (8 * viscosity)
      return [
        VerificationRow(
          "error at 64 cells", "1", expected: 1.22e-4, got: pipes[3].error,
          within: .relative(0.01)),
        VerificationRow(
          "order of the profile", "1", expected: 2, got: log2(pipes[2].error / pipes[3].error),
          within: order),
        VerificationRow(
          "order of the flow rate", "1", expected: 2,
          got: log2((pipes[2].flow - exact) / (pipes[3].flow - exact)), within: order),
      ]
    },
    VerificationCase(
      "F5", "pipe flow of a power-law and of a Bingham liquid",
      source: "Q = πR³ n/(3n + 1) (GR/2K)^(1/n); Buckingham–Reiner"
    ) {
      let (radius, gradient) = (0.01, 10_000.0)
      let (k, index) = (5.0, 0.5)
      let power = try need(
        FluidProbe.pipe(
          32, radius: radius, gradient: gradient,
          law: .power(consistency: k, index: index, least: 1e-6, most: 1e6)
        ) { _ in 1 })
      let thin =
        Double.pi * pow(radius, 3) * (index / (3 * index + 1))
        * pow(gradient * radius / (2 * k), 1 / index)
      let (viscosity, yield) = (2.0, 20.0)
      let bingham = try need(
        FluidProbe.pipe(
          32, radius: radius, gradient: gradient,
          law: .herschelBulkley(
            consistency: viscosity, index: 1, yield: yield, regularisation: 100)
        ) { _ in 1 })
      let x = 2 * yield / (gradient * radius)
      let stiff =
        Double.pi * gradient * pow(radius, 4) / (8 * viscosity)
        * (1 - 4 * x / 3 + x * x * x * x / 3)
      return [
        VerificationRow(
          "power law, index 0.5", "m^3/s", expected: thin, got: power.flow, within: .relative(0.01)),
        VerificationRow(
          "Bingham, plug of 0.4 R", "m^3/s", expected: stiff, got: bingham.flow,
          within: .relative(0.01)),
      ]
    },
    VerificationCase("F6", "film on a vertical wall", source: "Nusselt: q = ρg h³/(3μ)") {
      let (thickness, viscosity, force) = (0.002, 5.0, 1400 * 9.81)
      let exact = force * pow(thickness, 3) / (3 * viscosity)
      func worst(_ n: Int) throws -> Double {
        try [0, 0.25, 0.5].map { offset in
          let flux = try need(
            FluidProbe.film(
              n, offset: offset, thickness: thickness, viscosity: viscosity, force: force))
          return abs(flux / exact - 1)
        }.max() ?? .nan
      }
      let errors = [try worst(8), try worst(16), try worst(32)]
      return [
        VerificationRow(
          "flux at 16 cells, worst of three offsets", "1", expected: 0, got: errors[1],
          within: .absolute(0.02)),
        VerificationRow(
          "order of the envelope", "1", expected: 2, got: log2(errors[1] / errors[2]),
          within: .range(0.9...4)),
      ]
    },
  ]

  // MARK: At rest, and frozen

  static let still: [VerificationCase] = [
    VerificationCase("F1", "liquid at rest in a cup", source: "hydrostatics: no flow") {
      let (radius, depth) = (0.03, 0.021)
      let grid = MeridianGrid(nr: 24, nz: 24, hr: radius / 24, hz: 0.03 / 24)
      var flow = MeridianFlow(
        setup: MeridianSetup(
          grid: grid, density: 1400, law: .newtonian(5), gravity: 9.81, rim: 24),
        surface: LiquidSurface(points: [
          MeridianPoint(0, depth), MeridianPoint(radius, depth), MeridianPoint(radius, 0),
        ]))
      for _ in 0..<200 { try flow.step(until: flow.time + 0.01) }
      let speed = flow.surface.points.map { point in
        let u = flow.field.velocity(point)
        return (u.x * u.x + u.y * u.y).squareRoot()
      }.max()
      return [
        VerificationRow(
          "speed over √(gH), 200 steps", "1", expected: 0,
          got: try need(speed) / (9.81 * depth).squareRoot(), within: .absolute(1e-8)),
        VerificationRow(
          "level", "m", expected: depth, got: flow.surface.top, within: .relative(1e-8)),
      ]
    },
    VerificationCase(
      "F10", "half an ellipsoid after one step from rest",
      source: "independent program with sampled volumes, 64 and 128 cells; limit 16.54 to 16.57"
    ) {
      let mounds = try [64, 128, 256].map { try need(FluidProbe.mound($0)) }
      return [
        VerificationRow(
          "power of gravity, 64 cells", "W/m^3", expected: 16.7417, got: mounds[0].power,
          within: .relative(5e-3)),
        VerificationRow(
          "power of gravity, 128 cells", "W/m^3", expected: 16.6226, got: mounds[1].power,
          within: .relative(5e-3)),
        VerificationRow(
          "limit by Richardson", "W/m^3", expected: 16.555,
          got: mounds[2].power + (mounds[2].power - mounds[1].power) / (exp2(1.5) - 1),
          within: .range(16.53...16.58)),
        VerificationRow(
          "energy balance", "1", expected: 0, got: residual(mounds[1].audit),
          within: .absolute(1e-10)),
      ]
    },
    VerificationCase(
      "F13", "ball in a closed cylinder",
      source: "Bohlin 1960 for d/D ≤ 0.4; converged values beyond"
    ) {
      try [(0.2, 1.680), (0.4, 3.592), (0.5, 5.949)].map { ratio, expected in
        VerificationRow(
          "drag over Stokes' drag, d/D = \(JSON.text(of: ratio))", "1", expected: expected,
          got: try need(FluidProbe.wallFactor(ratio, 64)), within: .relative(5e-3))
      }
    },
  ]

  private static func residual(_ audit: StreamAudit) -> Double {
    (audit.gravityPower + audit.inletPower - audit.dissipation - audit.kineticRate
      - audit.eulerLoss) / audit.gravityPower
  }

  // MARK: Free surfaces

  static let free: [VerificationCase] = [
    VerificationCase(
      "F9", "creeping wave in a round vessel",
      source: "g/(2νk) (sinh kH cosh kH − kH)/(cosh² kH + k²H²) for J₀(kr)"
    ) {
      let rates = try [0, 0.25, 0.5].map { try need(FluidProbe.wave(128, offset: $0)) }
      return [
        VerificationRow(
          "decay rate over the closed form at 128 cells, worst of three offsets", "1", expected: 1,
          got: rates.max { abs($0 - 1) < abs($1 - 1) } ?? .nan, within: .absolute(0.02))
      ]
    },
    VerificationCase(
      "F14", "steel ball that sinks to its steady speed", source: "Stokes' law with Bohlin's factor"
    ) {
      let run = try VerificationRun(
        """
        plumbline: 1
        experience: syrup-pour
        syrup: { density: 1400 kg/m^3, viscosity: 50 Pa.s }
        pour:
          settle: { ball: { diameter: 12 mm, density: 7800 kg/m^3 }, vessel: { diameter: 60 mm, height: 160 mm }, start: 30 mm }
        resolution: 2 mm
        duration: 60 s
        """, accuracy: 0.02)
      let l = 0.2
      let bohlin =
        1
        / (1 - 2.10444 * l + 2.08877 * pow(l, 3) - 0.94813 * pow(l, 5) - 1.372 * pow(l, 6)
          + 3.87 * pow(l, 8) - 4.19 * pow(l, 10))
      return [
        run.row(
          "steady speed", "settling-speed",
          expected: 2 * 0.006 * 0.006 * 6400 * 9.80665 / (9 * 50) / bohlin, within: .relative(0.02))
      ]
    },
  ]

  // MARK: Spreading

  static let spread: [VerificationCase] = [
    VerificationCase(
      "F17", "cylinder of 25 mL that slumps",
      source: "independent program with heights of columns, ⅛ mm; Huppert 1982 for the slope",
      isSlow: true
    ) {
      var radii: [(at5: Double, at10: Double, rms: Double, slope: Double)] = []
      var ledger = 0.0
      for h in [1e-3, 0.5e-3, 0.25e-3] {
        var flow = FluidProbe.slump(h)
        while flow.time < 5 { try flow.step(until: 5) }
        let (r5, rms5) = (flow.surface.radius(atThickness: 0.5e-3), flow.surface.rmsRadius)
        while flow.time < 10 { try flow.step(until: 10) }
        let rms = flow.surface.rmsRadius
        let huppert = pow(0.8939138, 8) * 9.81 * pow(2.5132741e-5, 3) / (3 * 5 / 1400.0)
        let slope = (pow(rms, 8) - pow(rms5, 8)) * pow(7.0 / 3, 4) / 5 / huppert
        radii.append((r5, flow.surface.radius(atThickness: 0.5e-3), rms, slope))
        ledger = max(ledger, abs(flow.emitted - flow.volume) / flow.emitted)
      }
      func row(
        _ label: String, _ expected: Double, _ tolerance: Double,
        _ value: ((at5: Double, at10: Double, rms: Double, slope: Double)) -> Double
      ) -> VerificationRow {
        return VerificationRow(
          label, label.hasPrefix("slope") ? "1" : "m", expected: expected, got: value(radii[2]),
          within: .relative(tolerance))
      }
      return [
        row("radius at 0.5 mm thickness, 5 s", 0.047874, 0.01) { $0.at5 },
        row("radius at 0.5 mm thickness, 10 s", 0.052367, 0.01) { $0.at10 },
        row("rms radius, 10 s", 0.034377, 0.005) { $0.rms },
        row("slope of r⁸ over Huppert's, 5 to 10 s", 0.9955, 0.05) { $0.slope },
        VerificationRow(
          "volume ledger", "1", expected: 0, got: ledger, within: .absolute(1e-12)),
      ]
    },
    VerificationCase(
      "F18", "puddle under a steady stream", source: "Huppert 1982: r² = 0.715² (gQ³/3ν)^¼ t",
      isSlow: true
    ) {
      let (rate, viscosity) = (1e-6, 5.0 / 1400)
      var slopes: [Double] = []
      for h in [1e-3, 0.5e-3, 0.25e-3] {
        let grid = MeridianGrid(
          nr: Int((0.07 / h).rounded()), nz: Int((0.006 / h).rounded()), hr: h, hz: h)
        var flow = MeridianFlow(
          setup: MeridianSetup(
            grid: grid, density: 1400, law: .newtonian(5), gravity: 9.81,
            nozzle: Nozzle(radius: 0.004, rate: rate, volume: 1)))
        while flow.time < 20 { try flow.step(until: 20) }
        let first = flow.surface.radius(atThickness: 0.5e-3)
        while flow.time < 30 { try flow.step(until: 30) }
        let second = flow.surface.radius(atThickness: 0.5e-3)
        slopes.append((second * second - first * first) / 10)
      }
      let exact = 0.7150160 * 0.7150160 * pow(9.81 * rate * rate * rate / (3 * viscosity), 0.25)
      let refinement = Refinement.assess(
        coarse: slopes[0], middle: slopes[1], fine: slopes[2], floor: 0, designOrder: 1,
        allowed: .infinity)
      return [
        VerificationRow(
          "slope of r², 20 to 30 s", "m^2/s", expected: exact, got: refinement.value,
          within: .relative(0.05))
      ]
    },
  ]
}
