import Experience
import Foundation
import Scoring
import Testing

@Suite("Scoring run")
struct ScoringRunTests {
  /// Answers of every form, some unreadable, every seventh question without one.
  static func answers(_ questions: [Question]) -> [Prediction] {
    var random = SplitMix64(seed: 5)
    return questions.enumerated().compactMap { index, question in
      let value = Double.random(in: 1...9, using: &random)
      let unit: JSON = .text("m/s")
      let forms: [JSON] =
        question.type == .event
        ? [.object([("p", .number(value / 10))]), .object([("p", .number(value))])]
        : [
          .object([("value", .number(value)), ("sd", .number(0.3)), ("unit", unit)]),
          .object([("values", .numbers([value, value + 1, value - 0.5])), ("unit", unit)]),
          .object([("value", .number(value))]),
          .object([("handoff", .bool(true)), ("reason", .text("low-confidence"))]),
        ]
      guard index % 7 != 3 else { return nil }
      return Prediction(
        id: question.id, model: "m", answer: forms[index % forms.count], line: index,
        trace: index % 5 == 0 ? ["fall: impact-speed = 3 m/s", "nonsense"] : nil)
    }
  }

  // The slow path has everything at hand: scores, range and working must be the same to the last
  // bit, whatever the order of the questions. Fails if a memory of one instance reaches another.
  @Test("scores one by one as it scores all together", arguments: [Rule.wis, .crps])
  func sameScores(rule: Rule) throws {
    var set = Sample.set(rule: rule, tests: 40, calibration: 100)
    var random = SplitMix64(seed: 3)
    set.questions.shuffle(using: &random)
    let answers = ScoringRunTests.answers(set.questions)
    let scope = LedgerScope(nil, known: [])
    let scorer = try set.scorer()
    var scores = scope.ranged(
      try scorer.scores(of: answers), questions: scorer.questions, dataset: "d")
    try scorer.addTraces(
      of: answers, to: &scores, templates: [set.template], calibration: set.calibration)
    let run = try ScoringRunTests.run(
      [set.template], set.questions, set.truths, set.calibration, answers)
    #expect(run.sheet.count == scores.count)
    for (index, score) in scores.enumerated() { #expect(run.sheet[index] == score) }
    #expect(run.statements == scorer.statements)
    let (one, two) = (
      Report(scores: scores, statements: scorer.statements, replicates: 99),
      Report(run.sheet, statements: run.statements, replicates: 99)
    )
    #expect(one.json.line == two.json.line)
  }

  // Verification questions are scored in their parts. Fails if a part is lost or reads the answer to
  // another one.
  @Test("scores requirements in their parts")
  func sameParts() throws {
    let fixture = try VerificationTests.fixture(tests: 30)
    let answers = try VerificationTests.truthful(fixture)
    let scope = LedgerScope(nil, known: [])
    let scores = scope.ranged(
      try fixture.scorer.scores(of: answers), questions: fixture.scorer.questions, dataset: "d")
    let run = try ScoringRunTests.run(
      fixture.templates, fixture.questions, fixture.truths, fixture.calibration, answers)
    #expect(run.sheet.count == scores.count)
    for (index, score) in scores.enumerated() { #expect(run.sheet[index] == score) }
    #expect(run.statements == fixture.scorer.statements)
  }

  // Fails if a question without a truth is passed over.
  @Test("names the question whose truth is missing")
  func missingTruth() throws {
    let set = Sample.set(tests: 2, calibration: 20)
    #expect(
      throws: ScoringProblem(
        "no truth record for the instance of the question \(set.questions[2].id)")
    ) {
      try ScoringRunTests.run(
        [set.template], set.questions, [set.truths[0]], set.calibration, [])
    }
  }

  static func run(
    _ templates: [Template], _ questions: [Question], _ truths: [TruthRecord],
    _ calibration: [TruthRecord], _ answers: [Prediction]
  ) throws -> ScoringRun {
    var run = ScoringRun(
      templates: templates, calibration: calibration, disclosed: [],
      scope: LedgerScope(nil, known: []), dataset: "d")
    for (index, question) in questions.enumerated() {
      try run.add(
        question, answers.first { $0.id == question.id },
        truths.first { $0.id == question.instance }, place: index)
    }
    return run
  }
}

@Suite("Score sheet")
struct ScoreSheetTests {
  // Fails if a field is lost on the way, a text of another score comes back, or a block of texts
  // ends inside a record: the answers here fill several blocks, one of them alone.
  @Test("gives scores back as they went in")
  func roundTrip() throws {
    let set = Sample.set(tests: 60, calibration: 50)
    var answers = ScoringRunTests.answers(set.questions)
    for index in stride(from: 0, to: answers.count, by: 3) {
      // a reason stands in the text of an answer, however long it is
      let size = index == 9 ? 3_000_000 : 40_000 * (index % 7 + 1) + index
      answers[index].answer = .object([
        ("handoff", .bool(true)), ("reason", .text(String(repeating: "µ", count: size))),
      ])
    }
    let long = try set.scorer().scores(of: answers)
    let sheet = ScoreSheet(long)
    #expect(sheet.count == long.count)
    for (index, score) in long.enumerated() {
      #expect(sheet[index] == score)
      #expect(sheet.place(index) == index)
      #expect(sheet.id(index) == score.id)
    }
  }
}
