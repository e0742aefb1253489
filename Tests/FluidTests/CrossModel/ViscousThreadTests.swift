import ClosedForms
import Fluid
import Foundation
import Testing

@Suite("Viscous thread")
struct ViscousThreadTests {
  // syrup, 50 mm
  let jet = TroutonJet(gravity: 9.81, viscosity: 5.0 / 1400)
  let height = 0.05

  func thread(_ cells: Int, _ end: ViscousThread.End, _ exact: (Double) -> Double) throws -> Double
  {
    let thread = try ViscousThread(
      viscosity: jet.viscosity, inflow: 1e-5, nozzleSpeed: exact(0), height: height,
      gravity: jet.gravity, cells: cells, end: end, hasInertia: false)
    return thread.speeds.indices.map { index in
      let exact = exact(height * Double(index) / Double(cells))
      return abs(thread.speeds[index] / exact - 1)
    }.max() ?? .infinity
  }

  func check(_ end: ViscousThread.End, _ exact: (Double) -> Double) throws {
    let errors = try [50, 100, 200].map { try thread($0, end, exact) }
    for k in 0...1 {
      let order = log2(errors[k] / errors[k + 1])
      #expect(abs(order - 2) < 0.05, "order \(order), errors \(errors)")
    }
    #expect(errors[2] <= 1e-5)
  }

  // Fails if Trouton's factor is not 3, or if the mirrored end has order 1.
  @Test("closed forms without inertia, order 2")
  func closed() throws {
    try check(.free) { jet.hanging(wavenumber: 20, end: height, at: $0) }
    let pulled = { jet.pulled(wavenumber: 20, origin: 0.02, at: $0) }
    try check(.speed(pulled(height)), pulled)
    let endless = { jet.endless(origin: 0.02, at: $0) }
    try check(.speed(endless(height)), endless)
  }

  // Fails if inertia has a wrong factor: with little viscosity the middle of the thread falls freely,
  // and what is left is proportional to the viscosity.
  @Test("free fall without viscosity")
  func fall() throws {
    let errors = try [1e-4, 1e-5, 1e-6].map { viscosity in
      let thread = try ViscousThread(
        viscosity: viscosity, inflow: 1e-6, nozzleSpeed: 0.5, height: 0.2, gravity: 9.81,
        cells: 1000 + Int(0.08 / viscosity))
      return 1 - pow(thread.speed(at: 0.1), 2) / (0.25 + 2 * 9.81 * 0.1)
    }
    for k in 0...1 { #expect(abs(errors[k] / errors[k + 1] - 10) < 0.5, "\(errors)") }
    #expect(errors[2] > 0 && errors[2] < 1e-4)
  }

  // Fails if inertia and viscosity do not belong to one equation. U' = g/U + 3ν (U'/U)' integrates to
  // U₁ − U₀ = g T − 3ν (ln U)'(0), T the time of the fall; both sides have order 2.
  @Test("momentum of the whole thread, order 2")
  func momentum() throws {
    let errors = try [100, 200, 400].map { cells in
      let thread = try ViscousThread(
        viscosity: jet.viscosity, inflow: 1e-5, nozzleSpeed: 0.2, height: height, gravity: 9.81,
        cells: cells)
      let (u, step) = (thread.speeds, height / Double(cells))
      // trapezoidal rule for T; one-sided slope of order 3 at the nozzle
      let inner = u[1..<cells].reduce(0.0) { $0 + 1 / $1 }
      let time = step * (inner + 0.5 / u[0] + 0.5 / u[cells])
      let w = (0...3).map { log(u[$0]) }
      let sum: Double = 18 * w[1] - 11 * w[0] - 9 * w[2] + 2 * w[3]
      let slope = sum / (6 * step)
      let gain = u[cells] - u[0] - 9.81 * time
      return abs(gain + 3 * jet.viscosity * slope)
    }
    for k in 0...1 {
      let order = log2(errors[k] / errors[k + 1])
      #expect(abs(order - 2) < 0.2, "order \(order), errors \(errors)")
    }
    #expect(errors[2] <= 1e-4)
  }

  // Speed, diameter and Reynolds number at impact, against another program's four digits: viscosity
  // (Pa·s at 1400 kg/m³), mL/s, nozzle mm, fall mm; U₁ m/s, D₁ mm, Re₁. Computed for this project.
  @Test(
    "state at impact",
    arguments: [
      [5, 10, 8, 20, 0.3321, 6.192, 0.576], [5, 10, 8, 50, 0.6758, 4.34, 0.821],
      [5, 1, 4, 30, 0.3178, 2.001, 0.178], [20, 2, 6, 50, 0.2585, 3.138, 0.057],
      [50, 4, 8, 80, 0.2775, 4.284, 0.033], [100, 10, 10, 100, 0.2993, 6.523, 0.027],
    ] as [[Double]])
  func impact(row: [Double]) throws {
    let (inflow, nozzle) = (row[1] * 1e-6, row[2] * 1e-3)
    let thread = try ViscousThread(
      viscosity: row[0] / 1400, inflow: inflow, nozzleSpeed: 4 * inflow / (.pi * nozzle * nozzle),
      height: row[3] * 1e-3, gravity: 9.81, cells: 400)
    #expect(abs(thread.impactSpeed - row[4]) <= 1e-4)
    #expect(abs(thread.impactDiameter * 1e3 - row[5]) <= 1e-3)
    #expect(abs(thread.impactReynolds - row[6]) <= 5.1e-4)
  }

  // Fails if one of these is solved.
  @Test("refuses")
  func refuses() throws {
    func make(
      viscosity: Double = 1e-3, inflow: Double = 1e-6, speed: Double = 0.1, height: Double = 0.1,
      gravity: Double = 9.81, cells: Int = 400, end: ViscousThread.End = .free
    ) throws {
      _ = try ViscousThread(
        viscosity: viscosity, inflow: inflow, nozzleSpeed: speed, height: height, gravity: gravity,
        cells: cells, end: end)
    }
    let positive = "a finite number above 0"
    #expect(throws: InvalidFlow("viscosity", -1, expected: positive)) { try make(viscosity: -1) }
    #expect(throws: InvalidFlow("inflow", 0, expected: positive)) { try make(inflow: 0) }
    #expect(throws: InvalidFlow("nozzleSpeed", -1, expected: positive)) { try make(speed: -1) }
    #expect(throws: InvalidFlow("height", 0, expected: positive)) { try make(height: 0) }
    #expect(throws: InvalidFlow.self) { try make(gravity: .nan) }
    #expect(throws: InvalidFlow("speed of the end", -2, expected: positive)) {
      try make(end: .speed(-2))
    }
    // the end layer of 3ν/U is 2 µm: says how many cells it needs
    let refusal = try #require(throws: InvalidFlow.self) { try make(viscosity: 1e-6, cells: 100) }
    #expect(refusal.quantity == "cells")
  }
}
