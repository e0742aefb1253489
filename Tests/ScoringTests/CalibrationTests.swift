import Experience
import Scoring
import Testing

@Suite("Calibration")
struct CalibrationTests {
  // MCB − DSC + UNC = S on 1,000 random sets with ties; MCB ≥ 0 and DSC ≥ 0, because p* is the best
  // increasing relabelling. Fails if ties are pooled after the violators.
  @Test("decomposes the Brier score")
  func corp() {
    var random = SplitMix64(seed: 9)
    for _ in 0..<1000 {
      let count = Int.random(in: 1...40, using: &random)
      let pairs = (0..<count).map { _ in
        (
          p: Double(Int.random(in: 0...10, using: &random)) / 10,
          g: Double.random(in: 0...1, using: &random)
        )
      }
      let corp = Corp(pairs)
      let sum = corp.miscalibration - corp.discrimination + corp.uncertainty
      #expect(abs(sum - corp.score) < 1e-12)
      #expect(corp.miscalibration > -1e-12)
      #expect(corp.discrimination > -1e-12)
    }
  }

  // By hand: p = (0.1, 0.4, 0.4, 0.8) with g = (0, 1, 0, 0). The pooled means 0, ½, 0 violate at
  // the end, so p* = (0, ⅓, ⅓, ⅓): S(p*) = (1·⅔² + … )/4 = 1/6, S(ḡ) = 3/16.
  @Test("pools adjacent violators")
  func pooled() {
    let corp = Corp([(0.1, 0), (0.4, 1), (0.4, 0), (0.8, 0)])
    let score = (0.01 + 0.36 + 0.16 + 0.64) / 4
    #expect(abs(corp.score - score) < 1e-15)
    #expect(abs(corp.miscalibration - (score - 1.0 / 6)) < 1e-15)
    #expect(abs(corp.discrimination - (3.0 / 16 - 1.0 / 6)) < 1e-15)
    #expect(abs(corp.uncertainty - 3.0 / 16) < 1e-15)
  }

  // Exact quantiles of the truth's own normal law: the 50 % and 90 % intervals hold 4 and 8 of 8
  // members, every PIT is near ½, and the share of members below each level is the level to 1/16.
  @Test("counts coverage, PIT and shares")
  func coverage() throws {
    let set = Sample.set(tests: 40)
    var predictions: [Prediction] = []
    for (question, truth) in zip(set.questions, set.truths.flatMap { [$0, $0] }) {
      let centre = try #require(truth[outcome: "impact-speed"]?.scalar?.value)
      let answer =
        question.type == .event
        ? JSON.object([("p", .number(0.5))])
        : .object([
          ("value", .number(centre)), ("sd", .number(0.2)), ("unit", .text("m/s")),
        ])
      predictions.append(Prediction(id: question.id, model: "m", answer: answer))
    }
    let scores = try set.scorer().scores(of: predictions)
    let calibration = Calibration(scores)
    #expect(calibration.coverage50?.hits == 40)
    #expect(calibration.coverage90?.questions == 40)
    // Clopper–Pearson for 40 of 40: 0.025^(1/40)
    #expect(abs((calibration.coverage50?.interval.lowerBound ?? 0) - 0.911_9) < 1e-4)
    #expect(calibration.pit.reduce(0, +) == 40)
    #expect(calibration.pit[4] + calibration.pit[5] == 40)
    for entry in calibration.quantiles {
      #expect(abs(entry.share - entry.level) <= 1.0 / 16 + 1e-12)
    }
    #expect(calibration.quantiles.map(\.level) == Sample.levels)
    #expect(calibration.eventCount == 40)
    let report = Report(scores: scores, replicates: 99)
    #expect(report.json["calibration"]?["scalars"]?["pit"]?.array?.count == 10)
  }
}

@Suite("Report")
struct ReportTests {
  // The closed form of a first course, scored like any prediction: against itself it is "not shown
  // different", with skill 0 to the last bit. Fails if references and predictions differ in code.
  @Test("scores physics-101 as any other prediction")
  func baseline() throws {
    let set = Sample.set(tests: 60)
    let model = try Physics101(template: set.template)
    var text = ""
    for question in set.questions {
      text += (try #require(try model.prediction(for: question))).json.line + "\n"
    }
    let scorer = try set.scorer()
    let scores = try scorer.scores(of: try PredictionReader(path: "p").accepted(text))
    #expect(scores.allSatisfy { $0.reference101 == $0.normalised })
    let report = Report(scores: scores, statements: scorer.statements)
    let skills = report.skills
    #expect(skills.map(\.reference) == [.climatology, .physics101])
    #expect(skills[0].skill.claim == .better)
    #expect(skills[1].skill.claim == .notShown)
    #expect(skills[1].skill.delta == 0)

    // the record: headline, breakdowns, limits
    let json = report.json
    #expect(json["schema"]?.text == "report/1")
    let climatology = try #require(json["headline"]?["climatology"])
    #expect(climatology["claim"]?.text == "better")
    #expect(climatology["skill"]?["ci95"]?.numbers?.count == 2)
    #expect(climatology["skill"]?["replicates"]?.number == 9999)
    #expect(json["by"]?["slot"]?["ball-drop@1.0.0/fast"]?["n"]?.number == 60)
    #expect(json["by"]?["type"]?["scalar"]?["unit"]?.text == "m/s")
    #expect(json["predictions"]?["invalid"]?["n"]?.number == 0)
    #expect(report.statements.contains { $0.hasPrefix("Truth is simulation") })
    #expect(report.statements.contains { $0.contains("nothing about hardware") })

    let page = ReportText.text(of: report)
    #expect(page.contains("ball-drop@1.0.0/impact-speed"))
    #expect(page.contains("The answers are better than climatology"))
    #expect(page.contains("not shown different from physics-101"))
  }

  // 4 broken answers of 120 are below 5 % and keep the headline; 7 are not.
  @Test("withholds the headline above 5 % invalid")
  func withheld() throws {
    let set = Sample.set(tests: 60)
    let good = set.constant(
      scalar: .object([("value", .number(4)), ("unit", .text("m/s"))]),
      event: .object([("p", .number(0.5))]))
    for (broken, isShown) in [(4, true), (6, true), (7, false)] {
      let scores = try set.scorer().scores(of: Array(good.dropFirst(broken)))
      let report = Report(scores: scores, replicates: 99)
      #expect((report.why == nil) == isShown)
      #expect(report.missing == broken)
    }
  }

  // Fewer than 1,000 calibration instances are used, and said.
  @Test("says when climatology is thin")
  func thin() throws {
    let statements = try Sample.set(tests: 5, calibration: 200).scorer().statements
    #expect(statements.contains { $0.contains("200 calibration instances") })
    let enough = try Sample.set(tests: 5, calibration: 1000).scorer().statements
    #expect(!enough.contains { $0.contains("calibration instances") })
  }

  // A slot without a closed form has no physics-101 row, and the report says what is covered.
  @Test("says where a first course has no answer")
  func noClosedForm() throws {
    var set = Sample.set(tests: 30)
    set.template.slots[1].physics101 = nil
    let scores = try set.scorer().scores(of: [])
    let report = Report(scores: scores, replicates: 99)
    #expect(report.skills[1].skill.questions == 30)
    #expect(report.statements.contains { $0.contains("30 of 60 questions") })
    #expect(ReportText.text(of: report).contains("no closed form"))
  }
}
