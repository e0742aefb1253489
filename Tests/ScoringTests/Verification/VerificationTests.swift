import Experience
import Foundation
import Scoring
import Testing

@Suite("Verification")
struct VerificationTests {
  /// R1: the speed stays below 5 m/s, consequence 3.
  static let requirement = AskedRequirement(
    id: "R1", text: "The tool shall arrive slowly, \"gently\".",
    criterion: Criterion(
      outcome: "impact-speed", comparison: .lessOrEqual, limit: 5, unit: "m/s",
      source: "impact-speed <= 5 m/s"), consequence: 3,
    margin: AnswerQuantity(
      name: "margin of R1", unit: "m/s", dimension: [1, 0, -1, 0, 0, 0, 0], support: -10...10),
    levels: Sample.levels, physics101: "sqrt(2*g*h)")

  struct Fixture {
    let scorer: Scorer
    let templates: [Template]
    let questions: [Question]
    let truths: [TruthRecord]
    let calibration: [TruthRecord]
  }

  /// Drops from many heights, each with one verification question.
  static func fixture(tests: Int = 80) throws -> Fixture {
    let set = Sample.set(tests: tests, calibration: 400)
    var template = set.template
    template.slots = [
      Slot(
        name: "verification", type: .verification, rule: .verification, levels: [],
        quantity: AnswerQuantity(
          name: "requirements", unit: "1", dimension: [0, 0, 0, 0, 0, 0, 0], support: 0...1),
        requirements: [requirement])
    ]
    let questions = set.questions.filter { $0.slot == "fast" }.map { question -> Question in
      var question = question
      question.id = "\(question.instance)/verification"
      (question.slot, question.type, question.rule) = ("verification", .verification, .verification)
      (question.event, question.requirements) = (nil, [requirement])
      question.mechanisms = ["gravity", "impact"]
      return question
    }
    // through JSON and back, as on disk
    let read = try Template(json: template.json)
    let asked = try questions.map { try Question(json: $0.json) }
    return Fixture(
      scorer: try Scorer(
        templates: [read], questions: asked, truths: set.truths, calibration: set.calibration),
      templates: [read], questions: asked, truths: set.truths, calibration: set.calibration)
  }

  /// An answer to a verification question.
  static func answer(
    _ question: Question, p: Double, margin: [Double], disposition: String
  ) -> Prediction {
    let pairs = zip(Sample.levels, margin).map { (JSON.text(of: $0), Optional(JSON.number($1))) }
    return Prediction(
      id: question.id, model: "m",
      answer: .object([
        (
          "requirements",
          .array([
            .object([
              ("req", .text("R1")), ("p-pass", .number(p)),
              ("margin", .object([("quantiles", .object(pairs)), ("unit", .text("m/s"))])),
              ("disposition", .text(disposition)),
              ("p-fault", .object([("step-3", .number(0.2)), ("step-4", .number(0.05))])),
            ])
          ])
        )
      ]))
  }

  /// What the simulator itself would answer.
  static func truthful(_ fixture: Fixture) throws -> [Prediction] {
    try zip(fixture.questions, fixture.truths).map { question, truth in
      let members = try #require(truth[outcome: "impact-speed"]?.scalar).members
      let g = Double(members.count { $0 <= 5 }) / Double(members.count)
      let margins = Ensemble(members.map { 5 - $0 })
      return answer(
        question, p: g, margin: Sample.levels.map(margins.quantile),
        disposition: AuthorityPolicy().implied(g, consequence: 3).rawValue)
    }
  }

  // A verification question is three scores a requirement, in the order of the questions; the
  // simulator's own answer has no excess in margin and decision. Fails if a part is lost, a margin
  // has the wrong sign, or the decision is scored by another cost.
  @Test("scores probability, margin and decision apart")
  func parts() throws {
    let fixture = try VerificationTests.fixture()
    #expect(fixture.scorer.questions.count == 240)
    let scores = try fixture.scorer.scores(of: VerificationTests.truthful(fixture))
    #expect(scores.prefix(3).map(\.slot) == ["R1.pass", "R1.margin", "R1.decision"])
    #expect(scores[0].id == "\(fixture.questions[0].instance)/R1.pass")
    #expect(scores.allSatisfy { $0.status == .ok })
    for score in scores where score.type != .event { #expect(abs(score.excess) < 1e-9) }
    let report = Report(scores: scores, replicates: 199)
    #expect(try #require(report.skills[0].skill.value) > 0.97)
    // costs of a wrong acceptance: consequence 3 and g = 0 cost 10, best is rejecting at 0
    let index = try #require(
      scores.firstIndex { $0.type == .decision && $0.detail.truth == 0 })
    let question = fixture.questions[index / 3]
    let wrong = try fixture.scorer.scores(of: [
      VerificationTests.answer(
        question, p: 1, margin: [1, 1, 1, 1, 1], disposition: "accept")
    ])
    #expect(abs(wrong[index].loss - 10) < 1e-12)
    #expect(abs(wrong[index].excess - 10) < 1e-12)
    // what is missing costs more than the worst action
    let missing = try #require(
      wrong.first { $0.type == .decision && $0.detail.truth == 0 && $0.id != wrong[index].id })
    #expect(missing.status == .invalid)
    #expect(abs(missing.loss - 11) < 1e-12)
  }

  // A whole handoff costs C_H in the decision and climatology's loss elsewhere.
  @Test("reads handoffs")
  func handoff() throws {
    let fixture = try VerificationTests.fixture()
    let answers = fixture.questions.map {
      Prediction(
        id: $0.id, model: "m",
        answer: .object([("handoff", .bool(true)), ("reason", .text("needs-test"))]))
    }
    let scores = try fixture.scorer.scores(of: answers)
    for score in scores {
      if score.type == .decision {
        #expect(score.status == .ok)
        #expect(score.loss == 0.25)
      } else {
        #expect(score.status == .abstained)
        #expect(score.normalised == score.reference)
      }
    }
    #expect(Decision.all(scores).allSatisfy { $0.action == .handoff })
  }

  // physics-101 answers verification questions too, by its closed form and the implied action.
  @Test("lets a first course verify")
  func physics() throws {
    let fixture = try VerificationTests.fixture()
    let slots = [
      Slot(
        name: "verification", type: .verification, rule: .verification, levels: [],
        quantity: AnswerQuantity(
          name: "requirements", unit: "1", dimension: [0, 0, 0, 0, 0, 0, 0], support: 0...1),
        requirements: [VerificationTests.requirement])
    ]
    var template = Sample.template()
    template.slots = slots
    let baseline = try Physics101(template: template)
    let answers = try fixture.questions.compactMap { try baseline.prediction(for: $0) }
    #expect(answers.count == fixture.questions.count)
    let scores = try fixture.scorer.scores(of: answers)
    #expect(scores.allSatisfy { $0.status == .ok })
    #expect(try #require(Report(scores: scores, replicates: 99).skills[0].skill.value) > 0.5)
    // fails if a decision is drawn apart from the probability that it follows from
    for score in scores {
      #expect(abs(score.normalised - (score.reference101 ?? .nan)) < 1e-12, "\(score.slot)")
    }
  }

  // An action that contradicts its own probability is flagged.
  @Test("flags inconsistent answers")
  func inconsistent() throws {
    let fixture = try VerificationTests.fixture(tests: 8)
    let scores = try fixture.scorer.scores(
      of: fixture.questions.map {
        VerificationTests.answer($0, p: 0.5, margin: [0, 0, 0, 0, 0], disposition: "accept")
      })
    let decisions = Decision.all(scores)
    #expect(decisions.count == 8)
    #expect(decisions.allSatisfy { $0.isInconsistent })
    #expect(decisions.allSatisfy { $0.requirement == "R1" && $0.consequence == 3 })
  }

  // Rows carry the evidence and leave the human's fields empty; the files hold what a spreadsheet
  // and a browser could misread as text. Fails if a program could close a row.
  @Test("writes the verification report")
  func report() throws {
    let fixture = try VerificationTests.fixture(tests: 30)
    let answers = try VerificationTests.truthful(fixture)
    let scope = LedgerScope(nil, known: [])
    let scores = scope.ranged(
      try fixture.scorer.scores(of: answers), questions: fixture.scorer.questions, dataset: "d")
    var report = Report(scores: scores, replicates: 99)
    let judgement = Judgement(
      scores, scope: scope, questions: fixture.scorer.questions, truths: fixture.truths,
      predictions: answers, isSealed: true, attempts: 1)
    report.judgement = judgement
    #expect(judgement.rows.count == 30)
    let row = judgement.rows[0]
    #expect(row.unit == "m/s")
    #expect(row.prediction.count == 64 && row.truth.count == 64)
    #expect(abs(row.margin - (5 - (row.value ?? 0))) < 1e-12)
    #expect(abs((row.safety ?? 0) - (5 / (row.value ?? 1) - 1)) < 1e-12)
    // undeclared experience at consequence 3
    #expect(judgement.rows.allSatisfy { !$0.isClosed })
    #expect(
      judgement.rows.filter { $0.action == .accept }.allSatisfy { $0.verdict == .notAuthorised })
    #expect(row.lookAt.contains("step-3: P(fault) 20 %"))
    #expect(!row.lookAt.contains { $0.hasPrefix("step-4") })
    let human = row.json["human"]
    for field in ["name", "date", "decision", "remark"] { #expect(human?[field] == .null) }

    let csv = VerificationTable.csv(judgement.rows, sentences: ["=2+3", "limits"])
    let lines = csv.split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.count == 34)
    #expect(lines[0] == "'=2+3")
    #expect(lines[2].split(separator: ",").count == 31)
    #expect(lines[3].contains("\"The tool shall arrive slowly, \"\"gently\"\".\""))

    let page = ReportPage.html(of: report.json)
    #expect(page.hasPrefix("<!doctype html>"))
    for word in ["How good is it?", "What must a human do?", "Who may decide", "vcrm-table"] {
      #expect(page.contains(word))
    }
    #expect(!page.contains("http://") && !page.contains("https://"))
    #expect(page.contains("&quot;gently&quot;"))
  }

  // Markup in the texts of a model stays text.
  @Test("escapes what comes from files")
  func escapes() throws {
    let set = Sample.set(tests: 20)
    var source = Report.Source()
    source.model = "<script>alert(1)</script>"
    let answers = set.constant(
      scalar: .object([("handoff", .bool(true)), ("reason", .text("<b>&'\""))]),
      event: .object([("p", .number(0.5))]))
    let scores = try set.scorer().scores(of: answers)
    var report = Report(scores: scores, source: source, replicates: 99)
    report.judgement = Judgement(
      scores, scope: LedgerScope(nil, known: []), questions: set.questions, truths: set.truths,
      predictions: answers, isSealed: false, attempts: 1)
    let page = ReportPage.html(of: report.json)
    #expect(!page.contains("<script>alert"))
    #expect(!page.contains("<b>"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
  }
}
