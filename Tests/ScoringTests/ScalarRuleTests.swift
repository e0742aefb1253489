import Experience
import Foundation
import Scoring
import Testing

@Suite("Scalar rules")
struct ScalarRuleTests {
  static let wide = AnswerQuantity(
    name: "x", unit: "m", dimension: [1, 0, 0, 0, 0, 0, 0], support: -100...100)
  let crps = QuestionRule(rule: .crps, levels: [], quantity: ScalarRuleTests.wide)
  let wis = QuestionRule(rule: .wis, levels: Sample.levels, quantity: ScalarRuleTests.wide)

  /// ∫(F − G)² of two ensembles, by the steps of both.
  private func integral(_ f: Ensemble, _ g: Ensemble) -> Double {
    let places = (f.members + g.members).sorted()
    var sum = 0.0
    for (x, next) in zip(places, places.dropFirst()) {
      let a = Double(f.members.count { $0 <= x }) / Double(f.members.count)
      let b = Double(g.members.count { $0 <= x }) / Double(g.members.count)
      sum += (a - b) * (a - b) * (next - x)
    }
    return sum
  }

  // Worked example `scalar.gaussian`. Fails with a wrong constant in the closed form.
  @Test("meets the worked score of a normal law")
  func gaussian() {
    let loss = CRPS.loss(normalMean: 1.4, sd: 0.05, outcome: 1.43)
    #expect(abs(loss - 0.018657794046787753) < 1e-9)
    // far out the law is a point: the closed form must not overflow
    #expect(CRPS.loss(normalMean: 0, sd: 1e-300, outcome: 2) == 2)
  }

  // Worked example `scalar.log`: 3 Pa.s against 9 Pa.s, and a normal law in z. Fails if the loss is
  // taken before the logarithm.
  @Test("measures a logarithmic scale in decades")
  func logarithmic() throws {
    let quantity = AnswerQuantity(
      name: "viscosity", unit: "Pa.s", dimension: [-1, 1, -1, 0, 0, 0, 0], isLogarithmic: true,
      reference: 1, support: 0.01...100)
    let rule = QuestionRule(rule: .crps, levels: [], quantity: quantity)
    let truth = TruthLaw.scalar(Ensemble([rule.scale.coordinate(9)]))
    let point = try #require(rule.forecast(.point(3)))
    #expect(abs(rule.loss(point, truth) - 0.47712125471966244) < 1e-9)
    #expect(rule.scale.lossUnit == "decades")
    let z = log10(9.0)
    #expect(abs(CRPS.loss(normalMean: 0.4, sd: 0.2, outcome: z) - 0.4417397974812236) < 1e-9)
  }

  // Worked examples `quantiles.wis` and `quantiles.excess`. Fails if the median's own error is left
  // out of the sum, or if the truth's quantiles are interpolated.
  @Test("meets the worked weighted interval scores")
  func weightedInterval() {
    let values = [1.32, 1.37, 1.4, 1.43, 1.48]
    let truth = Ensemble([1.41, 1.43, 1.44, 1.45, 1.47])
    let levels = Sample.levels
    #expect(abs(WIS.loss(values, levels: levels, outcome: 1.43) - 0.0152) < 1e-9)
    #expect(abs(WIS.loss(values, levels: levels, truth: truth) - 0.0228) < 1e-9)
    #expect(levels.map(truth.quantile) == [1.41, 1.43, 1.44, 1.45, 1.47])
    let own = WIS.ownLoss(truth, levels: levels)
    #expect(abs(own - 0.0096) < 1e-9)
    #expect(abs(WIS.loss(values, levels: levels, truth: truth) - own - 0.0132) < 1e-9)
  }

  // Worked example `endtoend.scalar`: quantiles around √(2gh) for h = 1 m.
  @Test("meets the worked impact speed")
  func impactSpeed() {
    let loss = WIS.loss(
      [4.4, 4.42, 4.43, 4.44, 4.46], levels: Sample.levels, outcome: 4.428690551393267)
    #expect(abs(loss - 0.0034618897213466587) < 1e-9)
  }

  // Pair form against ∫(F − G)² on 1,000 random pairs of laws, without the fair term; d ≥ 0 there.
  // Fails if the running sums of `EmpiricalLaw` lose a tie or a weight.
  @Test("has the integral of the squared difference as its excess")
  func integralForm() throws {
    var random = SplitMix64(seed: 1)
    for _ in 0..<1000 {
      let (f, g) = (Sample.ensemble(&random), Sample.ensemble(&random))
      let forecast = try #require(crps.forecast(.ensemble(f.members)))
      let excess = crps.loss(forecast, .scalar(g)) - g.halfMeanDifference(fair: false)
      #expect(abs(excess - integral(f, g)) < 1e-12)
      #expect(excess > -1e-12)
    }
  }

  // Sums over all pairs, written out, against the O(log n) form. An offset of 1e6 must not cost
  // figures: with sums about 0 the error would be 1e-8.
  @Test("keeps its figures far from zero")
  func offset() {
    var random = SplitMix64(seed: 2)
    for _ in 0..<200 {
      let values = Sample.ensemble(&random).members.map { 1e6 + $0 }
      let law = EmpiricalLaw(values)
      let y = 1e6 + Double.random(in: 0...10, using: &random)
      let distance = values.reduce(0) { $0 + abs($1 - y) } / Double(values.count)
      let pairs = values.reduce(0) { sum, a in values.reduce(sum) { $0 + abs($1 - a) } }
      let half = 0.5 * pairs / Double(values.count * values.count)
      #expect(abs(CRPS.loss(law, outcome: y) - max(0, distance - half)) < 1e-11)
    }
  }

  // Instances with different numbers of members weigh the same. Fails if members are pooled.
  @Test("mixes laws with equal weight")
  func mixing() {
    let law = EmpiricalLaw(mixing: [[1], [2, 4]])
    // E|X − 3| = ½·2 + ¼·1 + ¼·1
    #expect(abs(law.meanDistance(to: 3) - 1.5) < 1e-15)
    #expect(law.quantile(0.5) == 1)
    #expect(law.quantile(0.51) == 2)
  }

  // Pinball form against the interval form of Bracher et al. 2021 on 1,000 random cases. Fails if
  // one of the two forgets the median or a width.
  @Test("is the weighted sum of interval scores")
  func intervalForm() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<1000 {
      let q = (0..<5).map { _ in Double.random(in: 0...10, using: &random) }.sorted()
      let y = Double.random(in: -2...12, using: &random)
      func interval(_ low: Double, _ high: Double, _ alpha: Double) -> Double {
        (high - low) + 2 / alpha * max(low - y, 0) + 2 / alpha * max(y - high, 0)
      }
      let sum =
        0.5 * abs(y - q[2]) + 0.05 * interval(q[0], q[4], 0.1) + 0.25 * interval(q[1], q[3], 0.5)
      #expect(abs(WIS.loss(q, levels: Sample.levels, outcome: y) - sum / 2.5) < 1e-12)
    }
  }

  // Propriety: no perturbation of F = G lowers S, for the ensemble, its quantiles and a probability.
  // Fails for any rule that rewards a shift, a spread or a squeeze, such as |median − y| alone.
  @Test("cannot be lowered by misreporting the truth")
  func propriety() throws {
    var random = SplitMix64(seed: 4)
    for _ in 0..<1000 {
      let g = Sample.ensemble(&random)
      let shift = Double.random(in: -1...1, using: &random)
      let stretch = Double.random(in: 0...2, using: &random)
      let moved = g.members.map { g.mean + stretch * ($0 - g.mean) + shift }
      let honest = try #require(crps.forecast(.ensemble(g.members)))
      let other = try #require(crps.forecast(.ensemble(moved)))
      #expect(crps.loss(other, .scalar(g)) > crps.loss(honest, .scalar(g)) - 1e-12)

      let own = Sample.levels.map(g.quantile)
      let bent = own.map { $0 + Double.random(in: -1...1, using: &random) }.sorted()
      #expect(
        wis.loss(.quantiles(bent), .scalar(g)) > wis.loss(.quantiles(own), .scalar(g)) - 1e-12)

      let (p, q) = (Double.random(in: 0...1, using: &random), g.members[0] / 10)
      #expect(Brier.loss(p, truth: q) >= Brier.loss(q, truth: q) - 1e-15)
    }
  }

  // Mean fair excess over re-drawn members is the excess against the law: here a normal truth with
  // a normal forecast, whose closed form is A(μ_p − μ_t, √(s_p² + s_t²)) − (s_p + s_t)/√π.
  // Fails with M² in the truth's denominator: off by s_t/(M·√π) = 0.07, more than 20 errors.
  @Test("is unbiased for the law behind the members")
  func unbiased() throws {
    var random = SplitMix64(seed: 5)
    let forecast = try #require(crps.forecast(.normal(mean: 0.5, sd: 1.5)))
    let (members, samples) = (8, 4000)
    var (sum, squares) = (0.0, 0.0)
    for _ in 0..<samples {
      let truth = Ensemble(
        (0..<members).map { _ in
          NormalLaw.quantile(Double.random(in: 1e-12..<1, using: &random))
        })
      let excess = crps.excess(forecast, .scalar(truth))
      sum += excess
      squares += excess * excess
    }
    let s = (1.5 * 1.5 + 1).squareRoot()
    let a =
      s * (2 / Double.pi).squareRoot() * exp(-0.5 * 0.25 / (s * s))
      + 0.5 * (1 - 2 * NormalLaw.probability(-0.5 / s))
    let exact = a - 2.5 / Double.pi.squareRoot()
    let mean = sum / Double(samples)
    let error = ((squares / Double(samples) - mean * mean) / Double(samples)).squareRoot()
    #expect(abs(mean - exact) < 3 * error)
  }

  // A normal law that leaves the support is replaced by 999 clipped quantiles: its mean loss must
  // meet the closed form where nothing is cut, to the discretisation 1/(4·999)·sd, and stay below
  // the width of the support where everything is.
  @Test("clips a law to the support")
  func clipping() throws {
    let narrow = AnswerQuantity(
      name: "x", unit: "m", dimension: [1, 0, 0, 0, 0, 0, 0], support: 0...10)
    let rule = QuestionRule(rule: .crps, levels: [], quantity: narrow)
    let truth = TruthLaw.scalar(Ensemble([3]))
    let cut = try #require(rule.forecast(.normal(mean: 5, sd: 1.1)))  // 5.5e-6 outside
    guard case .empirical = cut else {
      Issue.record("a law with 5.5e-6 outside the support was not replaced")
      return
    }
    let closed = CRPS.loss(normalMean: 5, sd: 1.1, outcome: 3)
    #expect(abs(rule.loss(cut, truth) - closed) < 1e-3)
    for answer in [Answer.normal(mean: 1e300, sd: 1e300), .point(-1e300), .ensemble([1e300])] {
      let forecast = try #require(rule.forecast(answer))
      #expect(rule.loss(forecast, truth) <= 10)
      #expect(rule.loss(forecast, truth) >= 0)
    }
  }

  // Clipping never makes a worse forecast better: the loss of a clipped forecast is at most that
  // of the raw one, outcome by outcome inside the support, for 1,000 random ensembles.
  @Test("never gains from values outside the support")
  func outside() throws {
    var random = SplitMix64(seed: 6)
    for _ in 0..<1000 {
      let values = Sample.ensemble(&random).members.map { 3 * $0 - 10 }
      let y = Double.random(in: 0...10, using: &random)
      let clipped = values.map { min(max($0, 0), 10) }
      #expect(
        CRPS.loss(EmpiricalLaw(clipped), outcome: y)
          <= CRPS.loss(EmpiricalLaw(values), outcome: y) + 1e-12)
    }
  }
}

@Suite("Forms")
struct ForecastTests {
  // The form cannot change the rule: a point, a normal law without spread and an ensemble of equal
  // values give the same quantiles; an ensemble gives its type 1 quantiles.
  @Test("translates every form to quantiles")
  func quantiles() {
    let rule = QuestionRule(rule: .wis, levels: Sample.levels, quantity: Sample.speed)
    #expect(rule.forecast(.point(4)) == .quantiles([4, 4, 4, 4, 4]))
    #expect(rule.forecast(.ensemble([3, 1, 2])) == .quantiles([1, 1, 2, 3, 3]))
    guard case .quantiles(let values) = rule.forecast(.normal(mean: 4, sd: 0.1)) else {
      Issue.record("a normal law has no quantiles")
      return
    }
    #expect(abs(values[4] - (4 + 0.1 * 1.6448536269514722)) < 1e-12)
    #expect(rule.forecast(.probability(0.5)) == nil)
    // the support of the speed is [0, 15] m/s
    #expect(rule.forecast(.point(99)) == .quantiles([15, 15, 15, 15, 15]))
  }

  // Quantiles under rule crps are no form of it.
  @Test("refuses quantiles under the rule crps")
  func form() {
    let rule = QuestionRule(rule: .crps, levels: [], quantity: Sample.speed)
    #expect(rule.forecast(.quantiles([1, 2])) == nil)
    #expect(rule.forecast(.handoff(reason: "ambiguous")) == nil)
  }
}
