import Experience
import Scoring
import Testing

@Suite("Invalid answers")
struct MaximumEntropyTests {
  // Worked example `invalid.excess`, without the fair term: g = 1, 0.5, 0.7 and five members on
  // [0, 3]. Fails if the surcharge acts on the excess instead of the loss: even g = ½ must cost.
  @Test("meets the worked excesses")
  func workedExample() {
    let expected = [0.275, 0.025, 0.065]
    let valid = [0.25, 0, 0.04]
    for (index, g) in [1.0, 0.5, 0.7].enumerated() {
      let own = Brier.ownLoss(g, members: 0)
      let excess = MaximumEntropy.surcharge * MaximumEntropy.brier(truth: g) - own
      #expect(abs(excess - expected[index]) < 1e-9)
      #expect(excess > valid[index])
    }
    let truth = Ensemble([1.41, 1.43, 1.44, 1.45, 1.47])
    let quantity = AnswerQuantity(
      name: "x", unit: "m", dimension: [1, 0, 0, 0, 0, 0, 0], support: 0...3)
    let loss = MaximumEntropy.crps(truth: truth, on: OutcomeScale(quantity))
    let excess = MaximumEntropy.surcharge * loss - truth.halfMeanDifference(fair: false)
    #expect(abs(excess - 0.26526666666666665) < 1e-9)
  }

  // The closed form of the uniform law's CRPS against 20,000 of its values as an ensemble: equal
  // to 1/(12·n²) of the width. Fails with a wrong power of L.
  @Test("is the score of the uniform law")
  func uniform() {
    let count = 20_000
    let law = EmpiricalLaw((0..<count).map { 3 * (Double($0) + 0.5) / Double(count) })
    let quantity = AnswerQuantity(
      name: "x", unit: "m", dimension: [1, 0, 0, 0, 0, 0, 0], support: 0...3)
    for y in [0, 0.4, 1.5, 3] {
      let exact = MaximumEntropy.crps(truth: Ensemble([y]), on: OutcomeScale(quantity))
      #expect(abs(CRPS.loss(law, outcome: y) - exact) < 1e-8)
    }
  }

  // Under every rule a broken answer costs more than the valid maximum-entropy answer, by a tenth
  // of its loss. Fails if one rule forgets the surcharge.
  @Test("cost more than knowing nothing, under every rule")
  func surcharge() throws {
    let truth = TruthLaw.scalar(Ensemble([4, 4.2, 5]))
    let wis = QuestionRule(rule: .wis, levels: Sample.levels, quantity: Sample.speed)
    let uniform = wis.loss(.quantiles(Sample.levels.map { 15 * $0 }), truth)
    #expect(abs(wis.invalidLoss(truth) - 1.1 * uniform) < 1e-12)
    let brier = QuestionRule(rule: .brier, levels: [], quantity: Sample.speed)
    #expect(abs(brier.invalidLoss(.event(0.5, members: 64)) - 0.275) < 1e-12)
  }
}
