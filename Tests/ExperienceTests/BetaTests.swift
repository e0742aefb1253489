import Experience
import Foundation
import Testing

@Suite("Beta, binomial and Student laws")
struct BetaTests {
  // Worked example `authority.upper-bound` (SciPy 1.17.1): one-sided 95 % bounds of k in n.
  // Fails if the two-sided tail is used, or the continued fraction stops early.
  @Test("meets the worked upper bounds")
  func upperBound() {
    let cases = [(0, 59), (1, 93), (1, 59), (2, 200), (0, 22)]
    let expected = [
      0.04950760988822693, 0.049993978387988317, 0.0778979215188183, 0.031142599414083726,
      0.1273054316548387,
    ]
    for (index, (k, n)) in cases.enumerated() {
      #expect(abs(Share.upperBound(k, of: n) - expected[index]) < 1e-8)
    }
    #expect(Share.upperBound(0, of: 0) == 1)
    #expect(Share.upperBound(3, of: 3) == 1)
  }

  // Closed forms: 0 of n is [0, 1 − (α/2)^(1/n)], n of n its mirror image, and I_x(1, b) and
  // I_x(a, 1) are powers.
  @Test("meets closed forms")
  func closedForms() {
    let none = Share.interval(0, of: 10)
    #expect(none.lowerBound == 0)
    #expect(abs(none.upperBound - (1 - pow(0.025, 0.1))) < 1e-14)
    let all = Share.interval(10, of: 10)
    #expect(abs(all.lowerBound - pow(0.025, 0.1)) < 1e-14)
    #expect(all.upperBound == 1)
    for x in [0.01, 0.3, 0.8, 0.999] {
      #expect(abs(Beta.probability(x, 1, 7) - (1 - pow(1 - x, 7))) < 1e-14)
      #expect(abs(Beta.probability(x, 5, 1) - pow(x, 5)) < 1e-14)
    }
  }

  // The interval of k in n is defined by binomial tails: summed directly, both are α/2.
  @Test("leaves the same tail on both sides")
  func tails() {
    func binomial(_ j: Int, _ n: Int, _ p: Double) -> Double {
      exp(
        lgamma(Double(n + 1)) - lgamma(Double(j + 1)) - lgamma(Double(n - j + 1))
          + Double(j) * log(p) + Double(n - j) * log1p(-p))
    }
    let range = Share.interval(43, of: 50)
    let above = (43...50).reduce(0) { $0 + binomial($1, 50, range.lowerBound) }
    let below = (0...43).reduce(0) { $0 + binomial($1, 50, range.upperBound) }
    #expect(abs(above - 0.025) < 1e-12)
    #expect(abs(below - 0.025) < 1e-12)
  }

  // Two-sided exact p: 9 of 10 against ½ is 22/1024, by counting; 5 of 10 is 1.
  @Test("counts the outcomes that are no more likely")
  func significance() {
    #expect(abs(Share.significance(9, of: 10, share: 0.5) - 22.0 / 1024) < 1e-12)
    #expect(abs(Share.significance(5, of: 10, share: 0.5) - 1) < 1e-12)
  }

  // Student's t: closed forms for 1 and 2 degrees; 3.182446305284263 for 3 is what the worked
  // interval of `bootstrap.exact` implies.
  @Test("inverts Student's law")
  func student() {
    #expect(abs(StudentT.quantile(0.975, degrees: 1) - tan(0.475 * .pi)) < 1e-10)
    let two = 2 * 0.975 - 1
    #expect(
      abs(StudentT.quantile(0.975, degrees: 2) - two * (2 / (1 - two * two)).squareRoot()) < 1e-10)
    #expect(abs(StudentT.quantile(0.975, degrees: 3) - 3.182446305284263) < 1e-9)
    for t in [-3.0, -0.2, 0, 1.7] {
      let u = StudentT.probability(t, degrees: 7)
      #expect(abs(StudentT.quantile(u, degrees: 7) - t) < 1e-10)
    }
  }
}
