import Experience
import Scoring
import Testing

@Suite("Class, order and interval rules")
struct ClassScoreTests {
  // Worked example `category.ordered` of the scoring method; scoringrules 0.10.0 gives the second number.
  // Fails if the sums run over all K classes with other ends, or the order of the classes is ignored.
  @Test("meets the worked ranked probability scores")
  func ranked() {
    let (p, g) = ([0.6, 0.3, 0.1], [0.75, 0.25, 0.0])
    let excess = ClassScore.ranked(p, truth: g) - ClassScore.ownRanked(g, members: 0)
    #expect(abs(excess - 0.0325) < 1e-15)
    #expect(abs(ClassScore.ranked(p, truth: [1, 0, 0]) - 0.17) < 1e-15)
  }

  // Worked example `ordering.pairs`. Fails if a permutation is not the same as sure pairs.
  @Test("meets the worked score of an order")
  func pairs() {
    let g = [0.97, 1.0, 0.5]
    let own = ClassScore.ownPairs(g, members: 0)
    #expect(abs(ClassScore.pairs([1, 1, 0], truth: g) - own - 0.08363333333333334) < 1e-15)
    #expect(abs(ClassScore.pairs([0.5, 0.5, 0.5], truth: g) - own - 0.15696666666666667) < 1e-15)
  }

  // Worked example `interval.exact`, cross-checked with scoringrules 0.10.0. Fails with the factor of the
  // weighted score, 2/n, in place of 2/α.
  @Test("meets the worked interval scores")
  func interval() {
    let quantity = AnswerQuantity(
      name: "x", unit: "1", dimension: Array(repeating: 0, count: 7), support: 0...20)
    let rule = QuestionRule(rule: .interval, levels: [0.05, 0.95], quantity: quantity)
    for (low, high, expected) in [(1.3, 1.5, 0.2), (1.3, 1.4, 0.7), (0.0, 10.0, 10.0)] {
      let forecast = rule.forecast(.quantiles([low, high]))
      let loss = forecast.map { rule.loss($0, .scalar(Ensemble([1.43]))) }
      #expect(abs((loss ?? .nan) - expected) < 1e-12)
    }
  }

  private static func random(_ count: Int, _ generator: inout SplitMix64) -> [Double] {
    let raw = (0..<count).map { _ in Double.random(in: 0.01..<1, using: &generator) }
    return raw.map { $0 / raw.reduce(0, +) }
  }

  // Honesty: no other answer has a smaller expected loss than the truth's own law. Fails for any rule that
  // is not proper, such as one without the square.
  @Test("is proper for classes, ordered classes and pairs")
  func proper() {
    var generator = SplitMix64(seed: 11)
    for _ in 0..<500 {
      let g = ClassScoreTests.random(4, &generator)
      let p = ClassScoreTests.random(4, &generator)
      #expect(ClassScore.category(p, truth: g) > ClassScore.category(g, truth: g))
      #expect(ClassScore.ranked(p, truth: g) > ClassScore.ranked(g, truth: g))
      #expect(ClassScore.pairs(p, truth: g) > ClassScore.pairs(g, truth: g))
    }
  }

  // Fails without the fair term: the mean excess would be off by Σ g(1 − g)/(M − 1), 0.08 here.
  @Test("is unbiased for the law behind the members")
  func unbiased() {
    var generator = SplitMix64(seed: 5)
    let (p, g, members, samples) = ([0.2, 0.5, 0.3], [0.5, 0.3, 0.2], 8, 20_000)
    var (sum, squares) = (0.0, 0.0)
    for _ in 0..<samples {
      var share = [0.0, 0.0, 0.0]
      for _ in 0..<members {
        let u = Double.random(in: 0..<1, using: &generator)
        share[u < 0.5 ? 0 : u < 0.8 ? 1 : 2] += 1 / Double(members)
      }
      let excess =
        ClassScore.category(p, truth: share) - ClassScore.ownCategory(share, members: members)
      sum += excess
      squares += excess * excess
    }
    let mean = sum / Double(samples)
    let error = ((squares / Double(samples) - mean * mean) / Double(samples)).squareRoot()
    #expect(abs(mean - (0.09 + 0.04 + 0.01)) < 3 * error)
  }
}
