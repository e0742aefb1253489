import ClosedForms
import Foundation
import RigidBody
import Testing

@Suite("Spring and dashpot")
struct SpringDashpotImpactTests {
  // Fails if the two ends of contact are mixed up. Values of Schwager & Poeschel 2007 for a
  // damping ratio of 0.1, by mpmath with 30 digits.
  @Test("meets 18 digits")
  func values() {
    let impact = SpringDashpotImpact(dampingRatio: 0.1)
    #expect(abs(impact.restitutionWithTension - 0.729247614287670914) < 4e-16)
    #expect(abs(impact.restitution - 0.744079397721779689) < 4e-16)
  }

  // Fails if the angle is on the wrong branch (damping ratio above 0.71), or time is not scaled.
  @Test("is the motion at its end", arguments: [0.0, 1e-6, 0.1, 0.5, 0.7, 0.75, 0.99])
  func motion(ratio: Double) {
    let motion = SpringDashpot(dampingRatio: ratio, frequency: 300)
    let impact = SpringDashpotImpact(dampingRatio: ratio)
    // the motion loses up to 1 / sqrt(1 - z^2) = 7 roundings
    let end = motion.velocity(speed: 2, time: motion.timeOfNoForce)
    #expect(abs(end + 2 * impact.restitution) < 2e-14)
    let tension = motion.velocity(speed: 2, time: motion.timeOfNoOverlap)
    #expect(abs(tension + 2 * impact.restitutionWithTension) < 2e-14)
    #expect(abs(impact.duration(frequency: 300) - motion.timeOfNoForce) < 1e-14 * 0.01)
  }

  // Fails if critical damping divides 0 by 0, or the branches above and below do not meet:
  // e = exp(-2) there, with the slope -2 (1 - 1/3) e.
  @Test("passes critical damping smoothly")
  func critical() {
    func e(_ z: Double) -> Double { SpringDashpotImpact(dampingRatio: z).restitution }
    #expect(e(1) == exp(-2))
    for offset in [1e-15, 1e-9, 1e-6] {
      for side in [-offset, offset] {
        #expect(abs(e(1 + side) - exp(-2) * (1 - 4 / 3 * side)) < 1e-16 + offset * offset)
      }
    }
    // strong damping: acosh(z) / z -> ln(2 z) / z and e -> (2 z)^-2
    #expect(abs(e(1e4) * 4e8 - 1) < 2e-7)
    #expect(SpringDashpotImpact(dampingRatio: 1).restitutionWithTension == 0)
  }

  // Fails if the inverse is that of the other end of contact.
  @Test("is inverted", arguments: [0.99, 0.744079397721779689, 0.5, 0.1353, 0.01])
  func inverse(e: Double) {
    let ratio = SpringDashpotImpact.dampingRatio(restitution: e)
    #expect(abs(SpringDashpotImpact(dampingRatio: ratio).restitution - e) < 1e-15)
  }
}
