import Foundation
import RigidBody
import Testing

@Suite("Restitution")
struct RestitutionTests {
  // Fails if a law is given the wrong parameter or ignores the speed.
  @Test("meets each law's own relation", arguments: [1e-6, 0.3, 5.0])
  func laws(speed: Double) {
    #expect(Restitution.constant(0.7).coefficient(approachSpeed: speed) == 0.7)

    // d (1 + e) = ln[(1 + d) / (1 - e d)]: both sides are good to some ulp of 1
    let d = 2 * speed
    let e = Restitution.huntCrossley(damping: 2).coefficient(approachSpeed: speed)
    #expect(abs(d * (1 + e) - (log1p(d) - log1p(-e * d))) < 1e-15 * max(1, d / (1 - e * d)) * 8)

    // Schwager & Poeschel 2007, damping ratio 0.1, mpmath
    let spring = Restitution.springDashpot(dampingRatio: 0.1)
    #expect(abs(spring.coefficient(approachSpeed: speed) - 0.744079397721779689) < 4e-16)
  }

  // Fails if stiffness and dissipation are exchanged; 1 m/s, mpmath with 30 digits.
  @Test("passes both parameters of the viscoelastic sphere")
  func viscoelastic() {
    let law = Restitution.viscoelastic(stiffness: 1e9, dissipation: 2e-5)
    #expect(abs(law.coefficient(approachSpeed: 1) - 0.873876050850889439) < 1e-9)
    #expect(law.coefficient(approachSpeed: 0) == 1)
  }

  // Fails if a law is said to be constant and is not.
  @Test("knows whether speed matters")
  func dependence() {
    let laws: [Restitution] = [
      .constant(0.5), .springDashpot(dampingRatio: 0.2), .huntCrossley(damping: 0.3),
      .viscoelastic(stiffness: 1e9, dissipation: 1e-5),
    ]
    #expect(laws.map(\.isIndependentOfSpeed) == [true, true, false, false])
    for law in laws {
      let same = law.coefficient(approachSpeed: 0.1) == law.coefficient(approachSpeed: 1)
      #expect(same == law.isIndependentOfSpeed)
    }
  }
}
