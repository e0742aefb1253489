// Viscosities at rates where they are known.

import Foundation
import Testing

@testable import Fluid

@Suite("Viscosity laws")
struct ViscosityLawTests {
  @Test("power law between its limits")
  func power() {
    let law = ViscosityLaw.power(consistency: 10, index: 0.5, least: 1, most: 50)
    #expect(abs(law.viscosity(rate: 4) - 5) < 1e-14)
    #expect(law.viscosity(rate: 0) == 50)
    #expect(law.viscosity(rate: 1e6) == 1)
    #expect(
      ViscosityLaw.power(consistency: 10, index: 1.5, least: 1, most: 50).viscosity(rate: 0) == 1)
  }

  @Test("Carreau's ends")
  func carreau() {
    let law = ViscosityLaw.carreau(zero: 20, infinite: 0.1, time: 2, index: 0.4)
    #expect(law.viscosity(rate: 0) == 20)
    #expect(abs(law.viscosity(rate: 1e12) - 0.1) < 1e-3)
    #expect(abs(law.viscosity(rate: 0.5) - (0.1 + 19.9 * pow(2, -0.3))) < 1e-12)
  }

  @Test("stress of a yield-stress liquid is the yield stress plus the power law")
  func herschelBulkley() {
    let law = ViscosityLaw.herschelBulkley(
      consistency: 10, index: 0.5, yield: 20, regularisation: 100)
    #expect(abs(law.viscosity(rate: 4) * 4 - (20 + 20)) < 1e-10)
    // nearly at rest it is finite
    #expect(law.viscosity(rate: 0).isFinite)
    #expect(law.viscosity(rate: 0) == law.viscosity(rate: 1e-6))
  }
}
