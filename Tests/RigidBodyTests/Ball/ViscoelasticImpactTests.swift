import Foundation
import RigidBody
import Testing

@Suite("Viscoelastic sphere")
struct ViscoelasticImpactTests {
  // e(d) at force = 0 by the Taylor integrator of mpmath 1.3 with 30 digits, tolerance 1e-24
  static let references: [(Double, Double)] = [
    (1e-6, 0.99999884655194043742), (0.01, 0.98854743964272943376),
    (0.1, 0.89285887550655333376), (0.4, 0.65411271795550635055),
    (0.8, 0.4597400814569563022), (2, 0.21164605460364281129), (6, 0.053374342551510966851),
    (16, 0.012078502545143927252), (50, 0.0019032826910892532198),
  ]

  // Fails if the motion ends at overlap 0 (4e-4 at the least), or a factor of the scaling is lost.
  // Some ten steps, each good to a few ulp of 1.
  @Test("integrates to 14 digits", arguments: references)
  func integrates(d: Double, e: Double) {
    #expect(abs(ViscoelasticImpact.integrated(dissipationNumber: d) - e) < 1e-14)
  }

  // Fails if the speed does not enter as v^0.2. k = 1e9 m^-0.5 s^-2, A = 20 us; 18 digits by the
  // same means at 0.1 and 1 m/s and after 1 m of free fall.
  @Test(
    "meets a ball at three speeds",
    arguments: [
      (0.1, 0.917765471377776504), (1, 0.873876050850889439),
      (4.4286905513932670796, 0.835281608761565933),
    ])
  func speeds(speed: Double, expected: Double) {
    let impact = ViscoelasticImpact(stiffness: 1e9, dissipation: 2e-5)
    let d = impact.dissipationNumber(approachSpeed: speed)
    #expect(abs(ViscoelasticImpact.integrated(dissipationNumber: d) - expected) < 1e-14)
    #expect(abs(impact.coefficient(approachSpeed: speed) - expected) < 1e-9)
  }

  // Fails if a node or a slope of the table is wrong, or its steps are too wide for 1e-9: the
  // cubic's largest error is halfway between nodes, which are at sqrt(d) = i / 96.
  @Test("has a table good to 1e-9, and monotone")
  func table() {
    var largest = 0.0
    for i in stride(from: 0.5, to: 288, by: 1) {
      let d = pow(i / 96, 2)
      let exact = ViscoelasticImpact.integrated(dissipationNumber: d)
      largest = max(largest, abs(ViscoelasticImpact.table.coefficient(d) - exact))
    }
    #expect(largest < 1e-9)

    var last = 1.0
    for i in 1...40_000 {
      let e = ViscoelasticImpact.table.coefficient(pow(Double(i) / 10_000, 2))
      #expect(e < last)
      last = e
    }
  }

  // Fails if e is not 1 - C1 d + C2 d^2 at small d (Ramirez et al. 1999; the next term is
  // 0.27 d^2.5), or if it is a function of more than d.
  @Test("has the series of weak dissipation", arguments: [1e-8, 1e-6, 1e-4])
  func series(d: Double) {
    let series = 1 - 1.1534488580952888 * d + 0.798266 * d * d
    let e = ViscoelasticImpact.integrated(dissipationNumber: d)
    #expect(abs(e - series) < 5e-16 + 0.4 * pow(d, 2.5) + 2e-6 * d * d)
  }

  // Fails if the limits trap, do not end, or leave 0...1. Overdamped: e falls as d^(-5/3).
  @Test("has limits")
  func limits() {
    func e(_ d: Double) -> Double { ViscoelasticImpact.integrated(dissipationNumber: d) }
    #expect(e(0) == 1 && e(.infinity) == 0)
    #expect(ViscoelasticImpact.table.coefficient(0) == 1)
    #expect(abs(log(e(1e6) / e(1e9)) / log(1e3) - 5 / 3) < 1e-3)
    #expect(abs(e(1e-300) - 1) < 4e-16)
  }

  // Fails if the stiffness lacks the factor 4/3.
  @Test("takes its stiffness from Hertz")
  func stiffness() {
    let k = ViscoelasticImpact.stiffness(
      effectiveModulus: 3e9, effectiveRadius: 0.04, effectiveMass: 0.5)
    #expect(abs(k - 1.6e9) < 1)
  }
}
