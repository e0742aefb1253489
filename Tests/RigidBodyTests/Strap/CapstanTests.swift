import Foundation
import RigidBody
import Testing

@Suite("Capstan")
struct CapstanTests {
  // Euler's law as an integral: dT = μT dφ by the midpoint rule in n parts, error (μφ)³/(24n²)
  // relative. Fails if the exponent lacks the wrap or the friction.
  @Test("friction of the elements adds up to the ratio", arguments: [0.5, 3.0, 12.0])
  func quadrature(wrap: Double) {
    let (friction, parts) = (0.3, 20_000)
    var tension = 10.0
    for _ in 0..<parts {
      let step = friction * wrap / Double(parts)
      tension *= 1 + step / (1 - 0.5 * step)
    }
    let capstan = Capstan(friction: friction, wrap: wrap)
    let allowed = pow(friction * wrap, 3) / (10 * Double(parts * parts)) + 1e-11
    #expect(abs(capstan.held(against: 10).upperBound / tension - 1) < allowed)
    #expect(abs(capstan.heat(first: 10, distance: 2) / (2 * (tension - 10)) - 1) < 1e-6)
  }

  // Fails if a strap runs inside the bounds, sticks outside, or one end differs from the other.
  @Test("sticks inside its bounds and runs outside")
  func bounds() {
    let capstan = Capstan(friction: 0.4, wrap: Double.pi)
    let held = capstan.held(against: 5)
    for (second, state) in [
      (held.upperBound * (1 + 1e-12), Capstan.State.runsToSecond),
      (held.upperBound * (1 - 1e-12), .sticks), (5, .sticks),
      (held.lowerBound * (1 + 1e-12), .sticks),
      (held.lowerBound * (1 - 1e-12), .runsToFirst),
    ] {
      #expect(capstan.state(first: 5, second: second) == state, "\(second)")
      let mirrored: Capstan.State =
        state == .sticks ? .sticks : state == .runsToFirst ? .runsToSecond : .runsToFirst
      #expect(capstan.state(first: second, second: 5) == mirrored)
    }
    #expect(Capstan(friction: 0, wrap: 9).state(first: 1, second: 1 + 1e-12) == .runsToSecond)
  }

  // Energy: the loads' power is kinetic energy and the heat at the rail. Fails if the acceleration
  // uses the ratio for the wrong end, or both ends have the same acceleration.
  @Test("loads over a rail keep the balance of energy", arguments: [(1.0, 4.0), (4.0, 1.0)])
  func loads(first: Double, second: Double) {
    let (capstan, g) = (Capstan(friction: 0.2, wrap: Double.pi), 10.0)
    let a = capstan.acceleration(first: first, second: second, gravity: g)
    #expect(a.sign == (second > first ? .plus : .minus) && a != 0)
    let slack = second > first ? first * (g + a) : second * (g - a)
    let power = (second - first) * g * a - (first + second) * a * a
    #expect(abs(power / capstan.heat(first: slack, distance: abs(a)) - 1) < 1e-13)
    #expect(capstan.acceleration(first: 1, second: 1.2, gravity: g) == 0)
  }
}
