import Experience
import Scoring
import Testing

@Suite("Series rules")
struct SeriesScoreTests {
  private static let quantity = AnswerQuantity(
    name: "x", unit: "m", dimension: [1, 0, 0, 0, 0, 0, 0], support: -10...10)

  // Worked example `series.energy`, cross-checked with scoringrules 0.10.0. Fails if the pairs of a path
  // with itself are left out of the mean.
  @Test("meets the worked energy score")
  func energy() {
    let paths = [[0.0, 1.0, 0.5], [0.1, 1.1, 0.6]]
    let loss = EnergyScore.loss(paths, truth: [[0.05, 1.0, 0.7]], scales: [1, 1, 1])
    #expect(abs(loss - 0.13477637045121957) < 1e-15)
  }

  // With one component the energy score is the CRPS, which another piece of code computes from sorted
  // values.
  @Test("is the CRPS in one dimension")
  func oneDimension() {
    let (x, y) = ([0.3, -1.2, 2.0, 0.9], [0.1, 0.8, -0.4])
    let law = EmpiricalLaw(x)
    let expected = y.reduce(0) { $0 + CRPS.loss(law, outcome: $1) } / 3
    let loss = EnergyScore.loss(x.map { [$0] }, truth: y.map { [$0] }, scales: [1])
    #expect(abs(loss - expected) < 1e-14)
    let own = EnergyScore.ownLoss(y.map { [$0] }, scales: [1])
    #expect(abs(own - CRPS.ownLoss(Ensemble(y))) < 1e-14)
  }

  // Worked example `series.weighted`: weights 0.998, 0.96, 0 from spreads; the mean of the instants' losses.
  // Fails if an instant that cannot be known still counts.
  @Test("weighs instants by what could be known")
  func weighted() {
    let spread = Slot.Spread(truth: [0.001, 0.02, 0.5], climatology: [0.5, 0.5, 0.5])
    let rule = QuestionRule(
      rule: .crps, levels: [], quantity: SeriesScoreTests.quantity, spread: spread)
    for (weight, expected) in zip(rule.weights, [0.998, 0.96, 0]) {
      #expect(abs(weight - expected) < 1e-15)
    }
    // truths whose distance to the answer is the worked loss of each instant
    let forecast = rule.forecast(.paths([[0, 0, 0]]))
    let loss = forecast.map { rule.loss($0, .series([[0.02, 0.05, 0.3]])) }
    #expect(abs((loss ?? .nan) - 0.034708886618998985) < 1e-15)
  }

  // Forms are translated, so that the same knowledge costs the same in any form. Fails if a list of values
  // is read as a path of another question.
  @Test("reads a path as quantiles that are all equal")
  func forms() throws {
    let rule = QuestionRule(
      rule: .wis, levels: [0.1, 0.5, 0.9], quantity: SeriesScoreTests.quantity)
    let truth = TruthLaw.series([[1, 2], [1.5, 2.5]])
    let path = try #require(rule.forecast(.paths([[1.2, 2.2]])))
    let bands = try #require(rule.forecast(.bands([[1.2, 2.2], [1.2, 2.2], [1.2, 2.2]])))
    #expect(rule.loss(path, truth) == rule.loss(bands, truth))
  }

  // Honesty for every rule of a series: the members themselves cost least among shifted and widened ones.
  @Test("is proper", arguments: [Rule.wis, .crps, .energy])
  func proper(rule: Rule) throws {
    var generator = SplitMix64(seed: 3)
    let members = (0..<40).map { _ in
      let common = Double.random(in: -1..<1, using: &generator)
      return (0..<3).map { _ in common + Double.random(in: -0.2..<0.2, using: &generator) }
    }
    let asked = QuestionRule(
      rule: rule, levels: rule == .wis ? [0.1, 0.5, 0.9] : [], quantity: SeriesScoreTests.quantity)
    let honest = asked.loss(try #require(asked.forecast(.paths(members))), .series(members))
    for (shift, width) in [(0.2, 1.0), (-0.3, 1.0), (0.0, 0.3), (0.0, 2.0)] {
      let other = members.map { $0.map { shift + width * $0 } }
      let loss = asked.loss(try #require(asked.forecast(.paths(other))), .series(members))
      #expect(loss > honest)
    }
  }
}
