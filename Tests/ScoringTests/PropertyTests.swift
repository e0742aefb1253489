import Experience
import Foundation
import Scoring
import Testing

@Suite("No constant wins")
struct PropertyTests {
  // Section "no constant wins": against Ḡ itself, the mixture of the very truths that are asked,
  // none of 10,000 random constants of each rule has positive skill. Exact, so the tolerance is
  // rounding. Fails for an improper rule, and for weights that depend on outcomes.
  @Test("against the mixture of the truths", arguments: [Rule.brier, .crps, .wis])
  func constants(rule: Rule) throws {
    var random = SplitMix64(seed: 21)
    let quantity = AnswerQuantity(
      name: "x", unit: "m", dimension: [1, 0, 0, 0, 0, 0, 0], support: 0...10)
    let scoring = QuestionRule(
      rule: rule, levels: rule == .wis ? Sample.levels : [], quantity: quantity)
    var truths: [TruthLaw] = []
    var members: [[Double]] = []
    for _ in 0..<20 {
      let ensemble = Sample.ensemble(&random)
      members.append(ensemble.members)
      truths.append(
        rule == .brier
          ? .event(Double.random(in: 0...1, using: &random), members: 0) : .scalar(ensemble))
    }
    func mean(_ forecast: Forecast) -> Double {
      truths.reduce(0) { $0 + scoring.excess(forecast, $1) } / Double(truths.count)
    }
    let mixture = EmpiricalLaw(mixing: members)
    let climatology: Forecast
    switch rule {
    case .brier:
      let sum = truths.reduce(0.0) { sum, truth in
        if case .event(let g, _) = truth { return sum + g }
        return sum
      }
      climatology = .probability(sum / Double(truths.count))
    case .crps: climatology = .empirical(mixture)
    case .wis, .verification, .decision, .rps, .interval, .pairs, .energy:
      climatology = .quantiles(Sample.levels.map(mixture.quantile))
    }
    let reference = mean(climatology)
    #expect(reference > 0)

    for _ in 0..<10_000 {
      let constant: Answer
      switch (rule, Int.random(in: 0..<3, using: &random)) {
      case (.brier, _): constant = .probability(Double.random(in: 0...1, using: &random))
      case (.wis, 0):
        constant = .quantiles(
          (0..<5).map { _ in Double.random(in: 0...10, using: &random) }.sorted())
      case (_, 1):
        constant = .normal(
          mean: Double.random(in: 0...10, using: &random),
          sd: Double.random(in: 0.01...4, using: &random))
      case (_, 2): constant = .point(Double.random(in: 0...10, using: &random))
      default: constant = .ensemble(Sample.ensemble(&random).members)
      }
      let forecast = try #require(scoring.forecast(constant))
      #expect(1 - mean(forecast) / reference <= 1e-12)
    }
  }

  // With 1,000 calibration instances, constants never earn the claim "better": neither the
  // calibration's own quantiles nor any on a grid around them.
  @Test("earns no claim on a test split")
  func claims() throws {
    let set = Sample.set(tests: 100)
    let scorer = try set.scorer()
    for centre in stride(from: 2.0, through: 8, by: 0.5) {
      let pairs = Sample.levels.map { level in
        (JSON.text(of: level), JSON.number(centre + 4 * (level - 0.5)))
      }
      let scalar = JSON.object([
        ("quantiles", .object(pairs.map { ($0.0, $0.1) })), ("unit", .text("m/s")),
      ])
      let event = JSON.object([("p", .number((centre - 2) / 6))])
      let scores = try scorer.scores(of: set.constant(scalar: scalar, event: event))
      let skill = Report(scores: scores, replicates: 499).skills[0].skill
      #expect(skill.claim != .better, "constant about \(centre) m/s: \(skill.value ?? .nan)")
    }
  }
}

@Suite("Adversaries")
struct AdversaryTests {
  private let set = Sample.set(tests: 60)

  private func report(_ scalar: String, _ event: String) throws -> Report {
    let lines = set.questions.map { question in
      #"{"schema":"prediction/1","id":"\#(question.id)","answer":"#
        + (question.type == .event ? event : scalar) + "}\n"
    }.joined()
    let predictions = try PredictionReader(path: "p").accepted(lines)
    return Report(
      scores: try set.scorer().scores(of: predictions), statements: [], replicates: 499)
  }

  // NaN everywhere costs more than any honest answer, has no headline, and says why.
  @Test("NaN everywhere")
  func notANumber() throws {
    let report = try report(#"{"value":NaN,"unit":"m/s"}"#, #"{"p":NaN}"#)
    #expect(report.invalid.map(\.reason) == [.nonfinite])
    #expect(report.invalid.map(\.count) == [120])
    #expect(report.why?.contains("120 of 120") == true)
    #expect((report.skills[0].skill.value ?? 1) < 0)
    #expect(ReportText.text(of: report).contains("No headline"))
  }

  // An empty file is read, and every question counts as missing.
  @Test("an empty file")
  func empty() throws {
    let predictions = try PredictionReader(path: "p").accepted("")
    let report = Report(scores: try set.scorer().scores(of: predictions), replicates: 99)
    #expect(report.missing == 120)
    #expect(report.why != nil)
    let none = Report(scores: [])
    #expect(none.why == "there is no question")
    #expect(none.json["headline"] == .null)
    #expect(!ReportText.text(of: none).isEmpty)
  }

  // A huge interval is charged its width, after clipping to the support: worse than climatology.
  @Test("huge intervals")
  func huge() throws {
    let wide =
      #"{"quantiles":{"0.05":-1e300,"0.25":-1e300,"0.5":4,"0.75":1e300,"0.95":1e300},"unit":"m/s"}"#
    let report = try report(wide, #"{"p":0.5}"#)
    #expect(report.skills[0].skill.claim == .worse)
    #expect(report.calibration.coverage90?.value == 1)
    let normal = try self.report(#"{"value":4,"sd":1e300,"unit":"m/s"}"#, #"{"p":0.5}"#)
    #expect(normal.skills[0].skill.value?.isFinite == true)
    #expect((normal.skills[0].skill.value ?? 1) < 0)
  }

  // Overstating: certainty about every event, and a point for every law, does not beat honesty.
  @Test("false certainty")
  func certainty() throws {
    let certain = try report(#"{"value":4,"unit":"m/s"}"#, #"{"p":1}"#)
    let modest = try report(#"{"value":4,"sd":1.5,"unit":"m/s"}"#, #"{"p":0.4}"#)
    #expect((certain.skills[0].skill.value ?? 1) < (modest.skills[0].skill.value ?? 0))
    #expect(certain.skills[0].skill.claim != .better)
  }
}
