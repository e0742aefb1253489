// Reference cases of flows in boxes (F2, F4, F12) and of the second set of equations (F16, F19, F20).

import Experience
import Fluid
import Foundation

extension SyrupPourCases {
  private static func need(_ value: Double?) throws -> Double {
    guard let value else { throw RunFailure(code: "R201", "the flow has no solution") }
    return value
  }

  static let boxes: [VerificationCase] = [
    VerificationCase(
      "F2", "square duct", source: "series 1/12 (1 − 192/π⁵ Σ tanh((2n − 1)π/2)/(2n − 1)⁵)"
    ) {
      let rates = try [64, 128].map { try RectangularDuct(width: 1, height: 1, cells: $0).flowRate }
      return [
        VerificationRow(
          "Qμ/(Ga⁴), refined", "1", expected: 0.0351443,
          got: (4 * rates[1] - rates[0]) / 3, within: .relative(1e-5))
      ]
    },
    VerificationCase(
      "F4", "Taylor–Green vortices", source: "u = sin x cos y e^(−2νt), v = −cos x sin y e^(−2νt)"
    ) {
      let (viscosity, time) = (0.05, 1.0)
      let decay = exp(-2 * viscosity * time)
      let errors = try [32, 64].map { n -> Double in
        let side = try BoxSide(length: 2 * Double.pi, cells: n, closing: .periodic)
        var flow = try BoxFlow(x: side, y: side, viscosity: viscosity)
        flow.start { x, y in (sin(x) * cos(y), -cos(x) * sin(y)) }
        try flow.advance(by: time, steps: 2 * n)
        let h = side.spacing
        var error = 0.0
        for face in 0..<n {
          for row in 0..<n {
            let exact = sin(Double(face) * h) * cos((Double(row) + 0.5) * h) * decay
            error = max(error, abs(flow.velocityX(face: face, row: row) - exact))
          }
        }
        return error
      }
      return [
        VerificationRow(
          "order of the velocity", "1", expected: 2, got: log2(errors[0] / errors[1]),
          within: .range(1.9...2.1))
      ]
    },
    VerificationCase(
      "F12", "lid-driven cavity",
      source:
        "an independent program at 128² and 256², extrapolated; Botella & Peyret 1998 at Re 1000",
      isSlow: true
    ) {
      // u at heights on the middle line, v at a place on the other
      let expected: [(re: Double, u: [(Double, Double)], v: (Double, Double))] = [
        (100, [(0.5, -0.20915), (0.8516, 0.23655)], (0.5, 0.05754)),
        (
          1000, [(0.5, -0.0620561), (0.1719, -0.3885691), (0.9531, 0.4723329)], (0.9063, -0.5264392)
        ),
      ]
      var rows: [VerificationRow] = []
      for item in expected {
        let flows = try [64, 128].map { try LidDrivenCavity(reynolds: item.re, cells: $0) }
        func refined(_ read: (LidDrivenCavity) -> Double) -> Double {
          (4 * read(flows[1]) - read(flows[0])) / 3
        }
        for (height, speed) in item.u {
          rows.append(
            VerificationRow(
              "u at y = \(JSON.text(of: height)), Re \(JSON.text(of: item.re))", "1",
              expected: speed, got: refined { $0.horizontalSpeed(atHeight: height) },
              within: .absolute(1e-3)))
        }
        rows.append(
          VerificationRow(
            "v at x = \(JSON.text(of: item.v.0)), Re \(JSON.text(of: item.re))", "1",
            expected: item.v.1, got: refined { $0.verticalSpeed(atPosition: item.v.0) },
            within: .absolute(1e-3)))
      }
      return rows
    },
  ]

  static let models: [VerificationCase] = [
    VerificationCase(
      "F15b", "thread without inertia", source: "Trouton 1906: U = g (z + z₀)²/(6ν)"
    ) {
      // force-free far limit: U(0) and U(H) of one parabola
      let (viscosity, gravity, shift, height) = (0.01, 9.81, 0.02, 0.1)
      func exact(_ z: Double) -> Double { gravity * (z + shift) * (z + shift) / (6 * viscosity) }
      let thread = try ViscousThread(
        viscosity: viscosity, inflow: 1e-5, nozzleSpeed: exact(0), height: height,
        gravity: gravity, cells: 400, end: .speed(exact(height)), hasInertia: false)
      return [
        VerificationRow(
          "speed half way", "m/s", expected: exact(0.5 * height), got: thread.speeds[200],
          within: .relative(1e-4))
      ]
    },
    VerificationCase(
      "F16", "falling jet against the thread equation", source: "U U' = g + 3ν U (U'/U)'",
      isSlow: true
    ) {
      let (viscosity, rate, length) = (5.0 / 1400, 10e-6, 0.08)
      var rows: [VerificationRow] = []
      let h = 0.25e-3
      let grid = MeridianGrid(
        nr: Int((0.008 / h).rounded()), nz: Int((length / h).rounded()), hr: h, hz: h)
      var setup = MeridianSetup(
        grid: grid, density: 1400, law: .newtonian(5), gravity: 9.81,
        nozzle: Nozzle(radius: 0.004, rate: rate, volume: 1))
      setup.hasFloor = false
      var flow = MeridianFlow(setup: setup)
      while flow.time < 1 { try flow.step(until: 1) }
      func speed(_ fall: Double) throws -> Double {
        let a = try need(flow.surface.radius(atHeight: length - fall))
        return rate / (Double.pi * a * a)
      }
      // from where the profile of the pipe is forgotten
      let first = 0.02
      let thread = try ViscousThread(
        viscosity: viscosity, inflow: rate, nozzleSpeed: try speed(first), height: length - first,
        gravity: 9.81, cells: 600)
      for share in [0.25, 0.5, 0.75] {
        let place = Int((share * 600).rounded())
        rows.append(
          VerificationRow(
            "speed \(JSON.text(of: Quantum.round((first + share * (length - first)) * 1e3, places: 1))) mm below the nozzle",
            "m/s", expected: thread.speeds[place],
            got: try speed(first + share * (length - first)), within: .relative(0.02)))
      }
      return rows
    },
    VerificationCase(
      "F18b", "puddle under a steady stream against lubrication",
      source: "h_t = (g/3ν)(1/r)(r h³ h_r)_r", isSlow: true
    ) {
      let (rate, viscosity) = (1e-6, 5.0 / 1400)
      var pool = try Lubrication(
        gravity: 9.81, viscosity: viscosity, radius: 0.08, cells: 400, inflow: rate)
      try pool.advance(by: 20, steps: 300, grading: 2)
      let first = pool.frontRadius
      try pool.advance(by: 10, steps: 150)
      let slope = (pool.frontRadius * pool.frontRadius - first * first) / 10
      let exact = 0.7150160 * 0.7150160 * pow(9.81 * rate * rate * rate / (3 * viscosity), 0.25)
      return [
        VerificationRow(
          "slope of r², 20 to 30 s", "m^2/s", expected: exact, got: slope, within: .relative(0.01))
      ]
    },
  ]
}
