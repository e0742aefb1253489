import Experience
import Foundation
import Testing

@Suite("Law")
struct LawTests {
  let laws: [Law] = [
    .exact(2), .tolerance(centre: 2, halfWidth: 0.5), .uniform(low: -1, high: 3),
    .normal(mean: 2, sd: 0.1), .oneOf([1, 2, 4]),
  ]

  // Fails if the inverse distribution function has a wrong end, centre or slope.
  @Test("quantiles follow the law")
  func quantiles() {
    #expect(laws.map { $0.quantile(0.5) } == [2, 2, 1, 2, 2])
    #expect(laws[1].quantile(0.25) == 1.75 && laws[2].quantile(0.75) == 2)
    #expect(abs(laws[3].quantile(0.975) - (2 + 0.1 * 1.959963984540054)) < 1e-15)
    // each of three values owns a third, ends included
    #expect([0.001, 0.333, 0.334, 0.666, 0.667, 1].map(laws[4].quantile) == [1, 1, 2, 2, 4, 4])
    #expect(laws.map(\.nominal) == [2, 2, 1, 2, 2])
    #expect(Law.oneOf([1, 2, 3, 4]).nominal == 2)
  }

  // Fails if a draw can leave the interval that the reader has checked.
  @Test("quantiles stay within the extremes")
  func extremes() {
    for law in laws {
      // 8 standard deviations are a probability of 6e-16
      for u in [1e-15, 1e-12, 0.3, 0.5, 1 - 1e-12, 1 - 1e-15] {
        let value = law.quantile(u)
        // centre + half-width·(2u − 1) rounds once more than centre + half-width
        let slack = 2 * law.extremes.upperBound.ulp
        #expect(
          value >= law.extremes.lowerBound - slack && value <= law.extremes.upperBound + slack)
      }
    }
    #expect(laws.map(\.isExact) == [true, false, false, false, false])
    #expect(Law.oneOf([7]).isExact && Law.normal(mean: 1, sd: 0).isExact)
    #expect(Law.tolerance(centre: 1, halfWidth: 0).isExact && Law.uniform(low: 1, high: 1).isExact)
  }

  // Fails if a negative factor leaves low above high, or an offset enters a width.
  @Test("scales with sign and offset")
  func scaled() {
    #expect(laws[1].scaled(by: -2, offset: 1) == .tolerance(centre: -3, halfWidth: 1))
    #expect(laws[2].scaled(by: -1) == .uniform(low: -3, high: 1))
    #expect(Law.normal(mean: 2, sd: 1).scaled(by: -3) == .normal(mean: -6, sd: 3))
    #expect(laws[4].scaled(by: 2) == .oneOf([2, 4, 8]))
    #expect(laws[0].scaled(by: 3, offset: 1) == .exact(7))
  }
}

@Suite("Normal law")
struct NormalLawTests {
  // Values to 16 digits from tables of the standard normal law. Fails if either function is off by
  // more than a few ulp.
  @Test(
    "meets tabulated values",
    arguments: [
      (0.975, 1.959963984540054), (0.995, 2.5758293035489004), (0.75, 0.6744897501960817),
      (1e-10, -6.361340902404056), (0.5, 0),
    ])
  func table(probability: Double, quantile: Double) {
    #expect(
      abs(NormalLaw.quantile(probability) - quantile) <= 8 * max(quantile.magnitude.ulp, 1e-16))
  }

  // Fails if Newton's steps are dropped (Acklam's start alone is good to 1e-9). A rounding of z
  // changes the probability by z²·2^-53 relative: 1e-14 at z = 9, so 1e-13 leaves room for erfc.
  @Test("the quantile inverts the probability to 1e-13")
  func inverse() {
    for exponent in 1...18 {
      for mantissa in [1.0, 2.42, 2.43, 5] {
        let u = mantissa * pow(10, -Double(exponent))
        #expect(abs(NormalLaw.probability(NormalLaw.quantile(u)) - u) <= 1e-13 * u)
        // above 1/2 a probability is a double of spacing 1.1e-16
        guard u > 1e-15 else { continue }
        #expect(abs(NormalLaw.probability(NormalLaw.quantile(1 - u)) - (1 - u)) <= 1e-13)
      }
    }
  }

  // Fails if the symmetry about 0 or the density's scale is lost.
  @Test("is symmetric, with the right density")
  func symmetry() {
    for u in [0x1p-20, 0.125, 0.25] { #expect(NormalLaw.quantile(u) == -NormalLaw.quantile(1 - u)) }
    let slope = (NormalLaw.probability(0.5001) - NormalLaw.probability(0.4999)) / 2e-4
    // central difference: h²/6·|φ''| < 2e-9·0.3, rounding 1e-16/2e-4
    #expect(abs(slope - NormalLaw.density(0.5)) < 1e-9)
  }
}
