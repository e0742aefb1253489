import Experience
import Foundation
import Testing

@Suite("Defects of prediction files")
struct PredictionLineTests {
  /// The oracle's file with its first `fall-time` line replaced.
  static func file(_ change: (String) throws -> String) throws -> (text: String, id: String) {
    var lines = try ScoreTests.oracle().lines
    let index = try #require(lines.firstIndex { $0.contains("/fall-time\"") })
    let id = try #require(try JSON.parse(lines[index])["id"]?.text)
    lines[index] = try change(lines[index])
    return (Answers(lines: lines).text, id)
  }

  // A line that belongs to no question would let an author choose afterwards what counts. Fails if
  // one is scored, or anything is printed before it is refused.
  @Test(
    "a line that belongs to no question refuses the file",
    arguments: ["P001", "P002", "P003", "P004", "P006"])
  func refusesFile(code: String) throws {
    var text = ""
    switch code {
    case "P001": text = try PredictionLineTests.file { "[" + $0 + "]" }.text
    case "P002": text = String(try ScoreTests.oracle().text.dropLast(20))
    case "P003":
      text = try PredictionLineTests.file { try JSON.parse($0).without("id").line }.text
    case "P004": text = try PredictionLineTests.file { $0 + "\n" + $0 }.text
    default: text = try PredictionLineTests.file { $0.replacing("tion/1", with: "tion/2") }.text
    }
    let run = try ScoreTests.score(text)
    #expect(run.status == 65)
    #expect(run.stdout == "")
    #expect(run.stderr.contains("error[\(code)]"), "\(run.stderr)")

    // check finds the same
    let folder = try Folder()
    try folder.write("answers.jsonl", text)
    let check = try Program.run(
      [
        "check", "answers.jsonl", "--format", "concise", "--against",
        try Shared.folder().path("out/demo"),
      ], cwd: folder.path)
    #expect(check.status == 1)
    #expect(check.stdout.contains("error[\(code)]"), "\(check.stdout)")
  }

  /// Normalised loss of the quantiles of a uniform law on the support, for the same question.
  static var ignorance: Double {
    get throws {
      var answered: String?
      let (text, id) = try file { line in
        let id = try JSON.parse(line)["id"]?.text
        let question = try #require(try Shared.questions().first { $0["id"]?.text == id })
        let support = try #require(question[path: "quantity", "support"]?.numbers)
        let quantiles = (question["levels"]?.numbers ?? []).map { level -> (String, JSON?) in
          (JSON.text(of: level), .number(support[0] + level * (support[1] - support[0])))
        }
        answered = id
        return Answers.line(
          question,
          .object([("quantiles", .object(quantiles)), ("unit", question[path: "quantity", "unit"])])
        )
      }
      #expect(answered == id)
      let lines = try jsonLines(ScoreTests.score(text, "--format", "json").stdout)
      let score = try #require(lines.first { $0["id"]?.text == id })
      return try #require(score[path: "value", "normalised"]?.number)
    }
  }

  /// Answer to a question about a time, the reason that the report names, and the code of check.
  struct Defect: Sendable, CustomTestStringConvertible {
    let name: String
    let reason: String
    let code: String
    let answer: String
    var testDescription: String { name }

    init(_ name: String, _ reason: String, _ code: String, _ answer: String) {
      (self.name, self.reason, self.code, self.answer) = (name, reason, code, answer)
    }
  }

  static let defects = [
    Defect("wrong dimension", "dimension", "P014", "{\"value\":1,\"unit\":\"m\"}"),
    Defect("unknown unit", "unit-unknown", "P013", "{\"value\":1,\"unit\":\"sek\"}"),
    Defect("missing unit", "unit-missing", "P012", "{\"value\":1}"),
    Defect("NaN", "nonfinite", "P011", "{\"value\":NaN,\"unit\":\"s\"}"),
    Defect("infinity as text", "nonfinite", "P011", "{\"value\":\"inf\",\"unit\":\"s\"}"),
    Defect("1e400", "nonfinite", "P011", "{\"value\":1e400,\"unit\":\"s\"}"),
    Defect(
      "crossing", "crossing", "P015",
      "{\"quantiles\":{\"0.05\":1,\"0.25\":2,\"0.5\":1.5,\"0.75\":3,\"0.95\":4},\"unit\":\"s\"}"),
    Defect(
      "a quantile too few", "missing", "P010",
      "{\"quantiles\":{\"0.05\":1,\"0.25\":2,\"0.5\":3,\"0.75\":4},\"unit\":\"s\"}"),
    Defect("negative spread", "crossing", "P015", "{\"value\":1,\"sd\":-1,\"unit\":\"s\"}"),
    Defect("form of an event", "form", "P009", "{\"p\":0.5}"),
    Defect("number with its unit", "unparseable", "P017", "{\"value\":\"1 s\",\"unit\":\"s\"}"),
    Defect("no object", "missing", "P008", "null"),
  ]

  // Fails if a bad answer refuses the file, costs nothing, is left out of the mean, or is not
  // named.
  @Test("any other defect costs its own answer", arguments: defects)
  func costsAnswer(defect: Defect) throws {
    let (text, id) = try PredictionLineTests.file { line in
      let id = try JSON.parse(line)["id"]?.line ?? ""
      return "{\"schema\":\"prediction/1\",\"id\":\(id),\"answer\":\(defect.answer)}"
    }
    let run = try ScoreTests.score(text)
    #expect(run.status == 0, "\(run.stderr)")
    #expect(run.stdout.contains("questions: 1 invalid"), "\(run.stdout)")
    #expect(run.stdout.contains("\n  \(defect.reason): 1\n"), "\(run.stdout)")

    let lines = try jsonLines(ScoreTests.score(text, "--format", "json").stdout)
    let score = try #require(lines.first { $0["id"]?.text == id })
    #expect(score[path: "metadata", "status"]?.text == "invalid")
    #expect(score[path: "metadata", "reason"]?.text == defect.reason)
    let loss = try #require(score[path: "value", "normalised"]?.number)
    #expect(
      loss > (try PredictionLineTests.ignorance),
      "an invalid answer must cost more than knowing nothing")

    let folder = try Folder()
    try folder.write("answers.jsonl", text)
    let check = try Program.run(
      [
        "check", "answers.jsonl", "--format", "concise", "--against",
        try Shared.folder().path("out/demo"),
      ], cwd: folder.path)
    #expect(check.status == 1)
    #expect(check.stdout.contains("error[\(defect.code)]"), "\(check.stdout)")
  }

  // Fails if a question without a line drops out of the mean, so that silence pays.
  @Test("a question without a prediction is invalid")
  func missingIsInvalid() throws {
    let lines = try ScoreTests.oracle().lines.dropLast(3)
    let run = try ScoreTests.score(Answers(lines: Array(lines)).text)
    #expect(run.status == 0)
    #expect(run.stdout.contains("3 invalid (3 without a prediction)"), "\(run.stdout)")
    let empty = try ScoreTests.score("")
    #expect(empty.status == 0)
    let count = 5 * SmallPlan.open
    #expect(empty.stdout.contains("\(count) invalid (\(count) without a prediction)"))
  }

  // Handing over counts as climatology: skill 0, not a loss. Fails if it counts as invalid or as
  // good.
  @Test("a handoff costs what climatology costs")
  func handoff() throws {
    let questions = try Shared.questions()
    let answer = JSON.object([("handoff", .bool(true)), ("reason", .text("out-of-range"))])
    let lines = questions.map { Answers.line($0, answer) }
    let report = try ScoreTests.report(Answers(lines: lines).text)
    #expect(abs(try ScoreTests.skill(report).value) < 1e-12)
    #expect(report[path: "predictions", "abstained"]?.number == Double(questions.count))
    #expect(report[path: "predictions", "invalid", "n"]?.number == 0)
  }

  // The same answer in another unit. Fails if a unit is ignored or its factor wrong.
  @Test("any unit of the right dimension will do")
  func units() throws {
    let same = try PredictionLineTests.file { line in
      let json = try JSON.parse(line)
      let quantiles = try #require(json[path: "answer", "quantiles"]?.object).pairs
      let answer = JSON.object([
        (
          "quantiles",
          .object(quantiles.map { ($0.key, .number(1000 * ($0.value.number ?? 0))) })
        ), ("unit", .text("ms")),
      ])
      return Answers.line(json, answer)
    }
    let (plain, other) = (
      try ScoreTests.skill(try ScoreTests.report(try ScoreTests.oracle().text)),
      try ScoreTests.skill(try ScoreTests.report(same.text))
    )
    #expect(abs(plain.value - other.value) < 1e-12)
  }
}
