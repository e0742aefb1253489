import ClosedForms
import Foundation
import RigidBody
import Testing

@Suite("Impact after Hertz")
struct HertzImpactTests {
  // steel ball of 25.4 mm on a steel block, E = 210 GPa, nu = 0.3, 7800 kg/m^3
  let modulus = HertzImpact.effectiveModulus(
    young1: 2.1e11, poisson1: 0.3, young2: 2.1e11, poisson2: 0.3)
  let radius = 0.0127
  var mass: Double { 7800 * 4 / 3 * Double.pi * radius * radius * radius }
  var impact: HertzImpact {
    HertzImpact(effectiveModulus: modulus, effectiveRadius: radius, effectiveMass: mass)
  }

  // Fails if a constant is wrong. Drop from 1 m: Johnson 1985, section 11.4, by mpmath with 30
  // digits; the power and some ten products are good to 2e-15.
  @Test("meets a steel ball from 1 m")
  func steel() {
    let v = (2 * 9.80665).squareRoot()
    #expect(abs(impact.maximumApproach(approachSpeed: v) / 9.7819766568278478739e-05 - 1) < 2e-15)
    #expect(abs(impact.contactTime(approachSpeed: v) / 6.5010297769906889102e-05 - 1) < 2e-15)
    #expect(abs(impact.peakForce(approachSpeed: v) / 16773.683224840696269 - 1) < 2e-15)
  }

  // Fails if duration or force do not belong to F = K x^1.5; the gamma function is good to 4 ulp.
  @Test("meets the gamma function and the balance of energy", arguments: [1e-3, 0.1, 5])
  func closedForm(speed: Double) {
    let hertz = Hertz(stiffness: 4 / 3 * modulus * radius.squareRoot(), mass: mass)
    #expect(abs(HertzImpact.durationConstant / Hertz.durationConstant - 1) < 2e-15)
    let force = impact.peakForce(approachSpeed: speed)
    #expect(abs(force / hertz.peakForce(speed: speed) - 1) < 2e-15)
    let time = impact.contactTime(approachSpeed: speed)
    #expect(abs(time / hertz.contactTime(speed: speed) - 1) < 4e-15)

    // elastic energy is 2/5 F x; the 2.5th power of x multiplies its rounding
    let energy = 0.4 * force * impact.maximumApproach(approachSpeed: speed)
    #expect(abs(energy / (0.5 * mass * speed * speed) - 1) < 5e-15)
  }

  // Fails if the power of strength in the yield speed is wrong: rho v^2 / Y = 26 (Y/E*)^4
  // (Johnson 1985, chapter 11), and steel of 1 GPa yields at some 0.14 m/s.
  @Test("knows where it ends")
  func validity() {
    let speed = impact.yieldSpeed(yieldStress: 1e9, density: 7800)
    let ratio = 7800 * speed * speed / 1e9 / pow(1e9 / modulus, 4)
    #expect(abs(ratio - 26) < 26e-15)
    #expect(abs(speed - 0.14) < 0.005)
    let passages = impact.wavePassages(approachSpeed: 4.43, waveSpeed: 5190, diameter: 0.0254)
    #expect(abs(passages - 6.5) < 0.2)
  }
}
