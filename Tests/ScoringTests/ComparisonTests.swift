import Experience
import Scoring
import Testing

@Suite("Comparison of predictors")
struct ComparisonTests {
  private func entry(_ name: String, scenes: Int = 40, _ loss: (Int) -> Double) -> Comparison.Entry
  {
    Comparison.Entry(
      name: name,
      scores: (0..<scenes).map { index in
        ComparedScore(
          id: "t/1.0.0/\(index)/s", template: "t@1.0.0", instance: "t/1.0.0/\(index)",
          normalised: loss(index), climatology: 1)
      })
  }

  // The worked losses of `bootstrap.skill` as two predictors: the t interval and the sign-flip p of
  // eight scenes. Fails if the comparison is not paired.
  @Test("meets the worked paired differences")
  func worked() throws {
    let comparison = try Comparison([
      entry("a", scenes: 8) { BootstrapTests.model[$0] },
      entry("b", scenes: 8) { BootstrapTests.reference[$0] },
    ])
    let pair = comparison.pairs[0]
    #expect(abs(try #require(pair.skill.value) - 0.7012113055181696) < 1e-12)
    let interval = try #require(pair.skill.deltaInterval)
    #expect(abs(interval.lowerBound - 0.5298983368060209) < 1e-9)
    #expect(abs(interval.upperBound - 0.7726016631939793) < 1e-9)
    #expect(pair.p == 0.0078125)
    #expect(pair.claim == .better)
    #expect(
      pair.sentence.hasPrefix("a is better than b: skill of the first against the second +0.701"))
    #expect(comparison.rows.map(\.name) == ["a", "b"])
  }

  // Same losses in another order of scenes: no difference. Unpaired, both would look alike as well;
  // a constant shift of 0.02 under noise of 0.3 is only seen by pairing.
  @Test("sees a small difference that every scene shares")
  func paired() throws {
    func noise(_ index: Int) -> Double { 0.5 + 0.3 * Double((index * 37) % 40) / 40 }
    let comparison = try Comparison([
      entry("a") { noise($0) }, entry("b") { noise($0) + 0.02 + 0.001 * Double($0 % 3) },
    ])
    #expect(comparison.pairs[0].claim == .better)
    let same = try Comparison([entry("a") { noise($0) }, entry("b") { noise((7 * $0) % 40) }])
    #expect(same.pairs[0].claim == .notShown)
  }

  // Holm's procedure by hand: 0.01, 0.02, 0.03, 0.04 become 0.04, 0.06, 0.06, 0.06.
  @Test("adjusts several pairs")
  func holm() {
    let adjusted = Comparison.holm([0.04, 0.01, nil, 0.03, 0.02])
    let expected: [Double?] = [0.06, 0.04, nil, 0.06, 0.06]
    for (one, other) in zip(adjusted, expected) {
      #expect((one == nil) == (other == nil))
      if let one, let other { #expect(abs(one - other) < 1e-12) }
    }
    #expect(Comparison.holm([0.9, 0.8]).compactMap { $0 } == [1, 1])
  }

  @Test("leaves out what is not common or contaminated, and refuses nothing at all")
  func common() throws {
    let long = entry("a", scenes: 30) { _ in 0.5 }
    var short = entry("b", scenes: 25) { _ in 0.6 }.scores
    short[0] = ComparedScore(
      id: short[0].id, template: short[0].template, instance: short[0].instance, normalised: 0,
      climatology: 1, isContaminated: true)
    let comparison = try Comparison([long, Comparison.Entry(name: "b", scores: short)])
    #expect(comparison.questions == 24)
    #expect(comparison.leftOut == 5)
    #expect(comparison.contaminated == 1)
    #expect(throws: ScoringProblem.self) {
      try Comparison([long, Comparison.Entry(name: "c", scores: [])])
    }
    #expect(comparison.html.contains("<svg") && comparison.json["schema"]?.text == "compare/1")
  }

  // Five scenes: no claim, whatever the difference.
  @Test("claims nothing from five scenes")
  func few() throws {
    let comparison = try Comparison([
      entry("a", scenes: 5) { _ in 0.1 }, entry("b", scenes: 5) { _ in 0.9 },
    ])
    #expect(comparison.pairs[0].claim == nil)
    #expect(comparison.pairs[0].p == nil)
  }
}
