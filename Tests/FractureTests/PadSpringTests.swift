import Foundation
import LinearAlgebra
import Testing

@testable import Fracture

@Suite("A pad that begins and ends within a step")
struct PadSpringTests {
  /// A mass that meets a bed at 1 m/s from `start` (m) over it, by leapfrog with steps of `turn` of the
  /// radian of its swing: speed after it, and time of contact over a half swing.
  func bounce(start: Double, turn: Double) throws -> (speed: Double, time: Double) {
    let (mass, stiffness) = (2.0, 8e6)
    let pad = try Pad(stiffness: stiffness)
    let rate = (stiffness / mass).squareRoot()
    let step = turn / rate
    let lead = PadLead(last: step, next: step, gravity: 0, speed: 0)
    var spring = PadSpring(gap: -start)
    var (place, speed, count) = (start, -1.0, 0.0)
    for _ in 0..<Int(8 / turn) {
      let last = spring
      let ahead = lead.way(
        SIMD4(0, 0, speed, 0), acceleration: .zero, SIMD3(0, 0, 1), yield: 1 / mass)
      _ = spring.move(to: -place, from: last, pad: pad, lead: ahead)
      if spring.pressure > 0 { count += 1 }
      speed += step * spring.pressure / mass
      place += step * speed
    }
    return (speed, count * step * rate / Double.pi)
  }

  // Fails if the spring begins at the surface and ends there: at steps of half a radian the mass then
  // leaves with up to 3 % more or less energy, by where the surface lies within a step.
  @Test("gives a mass its speed back, wherever the surface lies within a step")
  func bounces() throws {
    for turn in [0.5, 0.1] {
      for part in [0.01, 0.2, 0.4, 0.6, 0.8, 0.99] {
        let start = (3 + part) * turn / 2000
        let (speed, time) = try bounce(start: start, turn: turn)
        #expect(abs(speed - 1) < 1e-12)
        // half a swing, to a step
        #expect(abs(time - 1) < turn / Double.pi)
      }
    }
  }

  // Fails if a cap is not booked by the trapezoid from the shifted start of the spring.
  @Test("crushing takes what the mass has lost")
  func crushes() throws {
    let pad = try Pad(stiffness: 8e6, cap: 2000)
    let (mass, step) = (2.0, 1e-4)
    let lead = PadLead(last: step, next: step, gravity: 0, speed: 0)
    var spring = PadSpring(gap: -1e-4)
    var (place, speed, crushed) = (1e-4, -1.0, 0.0)
    for _ in 0..<200 {
      let last = spring
      let ahead = lead.way(
        SIMD4(0, 0, speed, 0), acceleration: .zero, SIMD3(0, 0, 1), yield: 1 / mass)
      let crush = spring.move(to: -place, from: last, pad: pad, lead: ahead)
      crushed += 0.5 * (last.pressure + spring.pressure) * crush
      speed += step * spring.pressure / mass
      place += step * speed
    }
    #expect(spring.pressure == 0 && crushed > 0.5)
    #expect(abs(0.5 * mass * speed * speed + crushed - 0.5 * mass) < 1e-12)
    // what is left of the energy is that of the spring at its cap
    #expect(abs(0.5 * mass * speed * speed / (0.5 * 2000 * 2000 / 8e6) - 1) < 0.05)
  }

  /// The reference brick, flat at 1.4 m/s.
  func flat(_ stiffness: Double, factor: Double = 1, isWeak: Bool = true) throws -> BrickTest {
    BLAS.useOneThread()
    var setup = try BrickSetup(
      size: SIMD3(0.24, 0.12, 0.06), cells: SIMD3(24, 12, 6), material: Samples.material(),
      loading: .fall(
        floor: Pad(stiffness: stiffness), turn: SIMD4(1, 0, 0, 0), velocity: SIMD3(0, 0, -1.4),
        spin: .zero))
    setup.stepFactor = factor
    if !isWeak { setup.cracks = .nowhere }
    var test = try BrickTest(setup: setup)
    test.run(until: 0.2e-3)
    return test
  }

  // Fails if all corners, which touch and let go at once, begin or end their springs within a step:
  // 9e-4, 1.1e-2 and 1.5e-2 of the input.
  @Test("accounts for the energy of a flat fall", arguments: [1e11, 1e12, 1e13])
  func ledger(stiffness: Double) throws {
    #expect(try flat(stiffness, isWeak: false).worstResidual < 1e-6)
    #expect(try flat(stiffness).worstResidual < 2e-4)
  }

  // Fails if the early touch costs more than it should: its error is of first order in the step.
  @Test("a quarter of the step moves the rebound by less than 2 %")
  func quarter() throws {
    func momentum(_ factor: Double) throws -> Double {
      let piece = try flat(1e12, factor: factor, isWeak: false).pieces().pieces[0]
      return piece.mass * piece.velocity.z
    }
    #expect(try abs(momentum(1) / momentum(0.25) - 1) < 0.02)
  }
}
