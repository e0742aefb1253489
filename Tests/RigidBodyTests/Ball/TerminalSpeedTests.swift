import Foundation
import RigidBody
import Testing

@Suite("Terminal speeds")
struct TerminalSpeedTests {
  // dry air at 20 C and 101325 Pa (International Standard Atmosphere, Sutherland's viscosity)
  let density = 1.2041062774092224
  let viscosity = 1.8134058821488238e-05

  func speeds(mass: Double, diameter: Double, law: SphereDrag = .morrison) -> [TerminalSpeed] {
    let force = TerminalSpeed.drivingForce(
      mass: mass, diameter: diameter, fluidDensity: density, gravity: 9.80665, buoyancy: false)
    return TerminalSpeed.all(
      law: law, drivingForce: force, diameter: diameter, fluidDensity: density,
      viscosity: viscosity)
  }

  // Fails if the balance has a wrong factor or the root is not resolved. Roots of m g = drag by
  // mpmath 1.3 with 30 digits; smooth spheres with the mass and size of balls (ITTF 2.03, ITF
  // appendix I, FIBA, USBC). The law is good to 5e-15, its slope makes at most 10 of it.
  @Test(
    "meets 18 digits",
    arguments: [
      (0.0027, 0.04, 9.4010485980838037, true), (0.0577, 0.067, 24.957775390822173, true),
      (0.61, 0.243, 44.143112602627675, true), (7.2575, 0.2159, 121.89395066852299, false),
    ])
  func balls(mass: Double, diameter: Double, expected: Double, inside: Bool) {
    let found = speeds(mass: mass, diameter: diameter)
    #expect(found.count == 1)
    #expect(found.allSatisfy { abs($0.speed - expected) < 5e-14 * expected })
    #expect(found.allSatisfy { $0.isInsideLaw == inside && $0.isStable })
  }

  // Fails if the scan stops at the first root, or calls the falling branch stable. Cd Re^2 of
  // Morrison 2010 has a maximum 1.897e10 near Re = 2.4e5 and a minimum 1.29e10 near 3.6e5.
  @Test("finds three in the drag crisis")
  func crisis() {
    let target = 1.6e10
    let force = target * Double.pi / 8 * viscosity * viscosity / density
    let found = TerminalSpeed.all(
      law: .morrison, drivingForce: force, diameter: 0.2, fluidDensity: density,
      viscosity: viscosity)
    #expect(found.map(\.isStable) == [true, false, true])
    #expect(found.map(\.speed) == found.map(\.speed).sorted())
    for root in found {
      // d ln(Cd Re^2) / d ln Re is below 2 here
      let balance = SphereDrag.morrison.coefficient(root.reynolds) * pow(root.reynolds, 2)
      #expect(abs(balance / target - 1) < 2e-14)
    }
  }

  // Fails if a pair of roots between two samples is lost: targets that creep up to the maximum.
  @Test("finds a pair that has almost merged")
  func merging() {
    // the maximum itself, by golden sections on the law
    func height(_ re: Double) -> Double { SphereDrag.morrison.coefficientTimesReynolds(re) * re }
    var (low, high) = (2e5, 2.8e5)
    for _ in 0..<100 {
      let (a, b) = (low + 0.382 * (high - low), high - 0.382 * (high - low))
      if height(a) > height(b) { high = b } else { low = a }
    }
    for gap in [1e-3, 1e-6, 1e-9] {
      let force = height(low) * (1 - gap) * Double.pi / 8 * viscosity * viscosity / density
      let found = TerminalSpeed.all(
        law: .morrison, drivingForce: force, diameter: 0.2, fluidDensity: density,
        viscosity: viscosity)
      #expect(found.count == 3)
    }
  }

  // Fails if buoyancy has the wrong sign, or a rising sphere has no terminal speed.
  @Test("meets Stokes in glycerin, falling and rising")
  func stokes() {
    // steel, 3 mm, in glycerin: v = 2/9 a^2 (rho_s - rho_f) g / eta
    let (diameter, fluid, viscosity) = (0.003, 1261.0, 1.412)
    for solid in [7800.0, 200] {
      let mass = solid * Double.pi / 6 * pow(diameter, 3)
      let force = TerminalSpeed.drivingForce(
        mass: mass, diameter: diameter, fluidDensity: fluid, gravity: 9.80665, buoyancy: true)
      let found = TerminalSpeed.all(
        law: .stokes, drivingForce: force, diameter: diameter, fluidDensity: fluid,
        viscosity: viscosity)
      let expected =
        2 / 9 * pow(diameter / 2, 2) * abs(solid - fluid) * 9.80665 / viscosity
      #expect(found.count == 1)
      #expect(found.allSatisfy { abs($0.speed - expected) < 1e-14 * expected })
      #expect((force > 0) == (solid > fluid))
    }
  }

  // Fails if no force or no drag gives an invented speed, or the square root is wrong.
  @Test("has closed answers without a viscous term")
  func trivial() {
    #expect(speeds(mass: 1, diameter: 0.1, law: .none).isEmpty)
    #expect(speeds(mass: 0, diameter: 0.1).isEmpty)
    let found = speeds(mass: 1, diameter: 0.1, law: .constant(0.5))
    let expected = (8 * 9.80665 / (density * 0.5 * Double.pi * 0.01)).squareRoot()
    #expect(found.count == 1)
    #expect(found.allSatisfy { abs($0.speed - expected) < 1e-15 * 4 * expected })
  }
}
