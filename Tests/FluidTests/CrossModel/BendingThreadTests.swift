import Fluid
import Foundation
import LinearAlgebra
import Testing

// Laws and numbers of coiling: Ribe 2004, Proc. R. Soc. A 460, 3223; Maleki et al. 2004, Phys. Rev.
// Lett. 93, 214502. Only exponents are taken from them; with a₁ the radius where the rope is laid,
// viscous Ω ~ Q/(H a₁²), gravitational Ω ~ (g Q³/(ν a₁⁸))^(1/4).
@Suite("Bending thread")
struct BendingThreadTests {
  // Fails if the moment or the conditions on the plate have a wrong factor that depends on the scale:
  // a weightless slender rope has one number, whatever the height, the flow and the viscosity.
  @Test("viscous coiling does not know the viscosity")
  func viscous() throws {
    BLAS.useOneThread()
    let cases: [(viscosity: Double, inflow: Double, height: Double, gravity: Double)] = [
      (0.01, 1e-7, 0.1, 0), (1, 1e-7, 0.1, 0), (0.01, 3e-6, 0.1, 0), (0.01, 1e-7, 0.4, 0),
      (1, 1e-5, 0.1, 1e-4),
    ]
    let numbers = try cases.map { given in
      let rope = try BendingThread(
        viscosity: given.viscosity, inflow: given.inflow, nozzleDiameter: 2e-3,
        height: given.height, gravity: given.gravity, hasInertia: false)
      return rope.frequency * given.height * pow(rope.impactRadius, 2) / given.inflow
    }
    for number in numbers { #expect(abs(number / numbers[0] - 1) <= 1e-3, "\(numbers)") }
  }

  // Fails if weight enters with another power. The law is that of a coil much smaller than the fall;
  // what remains of the height is a logarithm, some per cent a decade.
  @Test("gravitational coiling: Q to 3/4, nu to -1/4, g to 1/4")
  func gravitational() throws {
    BLAS.useOneThread()
    func turn(_ viscosity: Double, _ inflow: Double, _ gravity: Double) throws -> Double {
      let rope = try BendingThread(
        viscosity: viscosity, inflow: inflow, nozzleDiameter: 2e-3, height: 0.1, gravity: gravity,
        hasInertia: false)
      // the coil is a tenth of the fall at most, and its weight is carried by bending
      #expect(rope.coilRadius < 0.01)
      return rope.frequency * pow(rope.impactRadius, 2)
    }
    let base = try turn(0.1, 1e-7, 9.81)
    let exponents = try [
      log10(turn(0.1, 1e-6, 9.81) / base), log10(turn(1, 1e-7, 9.81) / base),
      log10(turn(0.1, 1e-7, 98.1) / base),
    ]
    #expect(abs(exponents[0] - 0.75) <= 0.03, "\(exponents)")
    #expect(abs(exponents[1] + 0.25) <= 0.03, "\(exponents)")
    #expect(abs(exponents[2] - 0.25) <= 0.03, "\(exponents)")
  }

  // Fails if a term of the equations is missing or has a wrong sign: what gravity, the nozzle and the
  // kinetic energy feed is what stretching, bending and twisting dissipate, an integral that is used
  // nowhere. Without gravity, with a little and with much; without mass and with as much as changes the
  // frequency by a third (Re = U₀H/(3ν) from 0.03 to 0.3).
  @Test(
    "power balance and order 4",
    arguments: [
      (1.0, 0.0, false), (1, 4, false), (1, 60, false), (1, 500, false), (10, 0, true),
      (1, 60, true), (3, 500, true),
    ])
  func power(viscosity: Double, gravity: Double, hasInertia: Bool) throws {
    BLAS.useOneThread()
    let ropes = try [100, 200, 400].map {
      try BendingThread(
        viscosity: viscosity, inflow: .pi * 0.01, nozzleDiameter: 0.2, height: 1, gravity: gravity,
        cells: $0, hasInertia: hasInertia)
    }
    let defects = ropes.map { abs($0.powerDefect) }
    #expect(defects[2] <= 1e-7, "\(defects)")
    #expect(log2(defects[0] / defects[1]) > 3.5, "\(defects)")
    let changes = (0...1).map { abs(ropes[$0 + 1].frequency - ropes[$0].frequency) }
    let order = log2(changes[0] / changes[1])
    #expect(abs(order - 4) <= 0.5, "order \(order)")
    #expect(changes[1] <= 1e-5 * ropes[2].frequency)
  }

  // Fails if mass acts where it cannot: its effect must vanish as 1/ν.
  @Test("mass does not matter to a very viscous rope")
  func mass() throws {
    BLAS.useOneThread()
    let effects = try [1e2, 1e3].map { viscosity in
      let frequencies = try [false, true].map {
        try BendingThread(
          viscosity: viscosity, inflow: .pi * 0.01, nozzleDiameter: 0.2, height: 1, gravity: 0,
          hasInertia: $0
        ).frequency
      }
      return abs(frequencies[1] / frequencies[0] - 1)
    }
    // first order in the Reynolds number
    #expect(effects[0] < 0.05)
    #expect(abs(effects[0] / effects[1] - 10) < 1, "\(effects)")
  }

  // Fails if the rope is not laid at rest, or if weight stretches it otherwise than a straight thread.
  // The coil stands some of its own radii high: the thread ends by so much earlier, and is slower by a
  // fraction that goes to zero as R/H.
  @Test("is a thread above its coil")
  func thread() throws {
    BLAS.useOneThread()
    let (viscosity, inflow) = (0.05, 1e-7)
    var slower: [Double] = []
    for height in [0.1, 0.2] {
      let rope = try BendingThread(
        viscosity: viscosity, inflow: inflow, nozzleDiameter: 2e-3, height: height, gravity: 9.81,
        hasInertia: false)
      #expect(abs(rope.frequency * rope.coilRadius / rope.impactSpeed - 1) <= 1e-8)
      let last = try #require(rope.shape.last)
      #expect(abs(last.z + height) <= 1e-9 && abs(last.x - rope.coilRadius) <= 1e-12)
      #expect(abs(inflow / (.pi * rope.impactSpeed) - pow(rope.impactRadius, 2)) <= 1e-15)
      let straight = try ViscousThread(
        viscosity: viscosity, inflow: inflow, nozzleSpeed: inflow / (.pi * 1e-6), height: height,
        gravity: 9.81, cells: 1000, hasInertia: false)
      slower.append((1 - rope.impactSpeed / straight.impactSpeed) * height / rope.coilRadius)
    }
    #expect(slower[0] > 0 && slower[0] < 3, "\(slower)")
    #expect(abs(slower[1] / slower[0] - 1) <= 0.05, "\(slower)")
  }

  // Fails if a lost way is taken for a solution: water from a metre has no such coil.
  @Test("says where the way ends")
  func lost() throws {
    BLAS.useOneThread()
    let refusal = try #require(throws: InvalidFlow.self) {
      try BendingThread(
        viscosity: 3e-4, inflow: 1e-6, nozzleDiameter: 4e-3, height: 0.1, gravity: 9.81)
    }
    #expect(refusal.quantity == "viscosity")
  }

  // Fails if one of these is solved.
  @Test("refuses")
  func refuses() {
    func make(
      viscosity: Double = 1, inflow: Double = 1e-6, diameter: Double = 2e-3, height: Double = 0.1,
      gravity: Double = 9.81, cells: Int = 100
    ) throws {
      _ = try BendingThread(
        viscosity: viscosity, inflow: inflow, nozzleDiameter: diameter, height: height,
        gravity: gravity, cells: cells)
    }
    let positive = "a finite number above 0"
    #expect(throws: InvalidFlow("viscosity", -1, expected: positive)) { try make(viscosity: -1) }
    #expect(throws: InvalidFlow("inflow", 0, expected: positive)) { try make(inflow: 0) }
    #expect(throws: InvalidFlow("nozzleDiameter", -1, expected: positive)) {
      try make(diameter: -1)
    }
    #expect(throws: InvalidFlow("height", 0, expected: positive)) { try make(height: 0) }
    #expect(throws: InvalidFlow.self) { try make(gravity: -1) }
    #expect(throws: InvalidFlow.self) { try make(cells: 3) }
    #expect(throws: InvalidFlow.self) { try make(height: 1e-3) }
  }
}
