import Experience
import Foundation
import Testing

@Suite("plumbline score")
struct ScoreTests {
  static func score(_ text: String, _ more: String...) throws -> Finished {
    try Program.run(
      ["score", "-", "--against", "out/demo"] + more, stdin: text, cwd: try Shared.folder().path)
  }

  /// The report of `--format json`, which is the last line.
  static func report(_ text: String) throws -> JSON {
    try #require(try jsonLines(score(text, "--format", "json").stdout).last)
  }

  static func oracle() throws -> Answers {
    Answers(
      lines: try Shared.folder().read("answers.jsonl").split(separator: "\n").map(String.init))
  }

  static func skill(_ report: JSON) throws -> (value: Double, interval: [Double]) {
    let skill = try #require(report[path: "headline", "climatology", "skill"])
    return (try #require(skill["value"]?.number), try #require(skill["ci95"]?.numbers))
  }

  // No answer has less expected loss than the truth's own law: its excess is 0. For an event, whose
  // law is known from M members only, the estimate without bias is −g(1 − g)/(M − 1) (Ferro 2014).
  // Fails if the excess is another, the skill below one, or a question left out.
  @Test("the truth's own law has no excess loss")
  func oracleIsPerfect() throws {
    let answers = try ScoreTests.oracle()
    let run = try ScoreTests.score(answers.text, "--format", "json")
    #expect(run.status == 0)
    let lines = try jsonLines(run.stdout)
    let scores = lines.dropLast()
    #expect(scores.count == 5 * SmallPlan.open)
    let answered = Dictionary(
      try jsonLines(answers.text).map { ($0["id"]?.text ?? "", $0["answer"]) },
      uniquingKeysWith: { first, _ in first })
    for score in scores {
      let id = try #require(score["id"]?.text)
      let excess = try #require(score[path: "value", "excess"]?.number)
      let share = answered[id]??["p"]?.number
      let expected = share.map { -$0 * (1 - $0) / Double(SmallPlan.samples - 1) } ?? 0
      // rounding of a mean over the members, in the unit of the question
      #expect(abs(excess - expected) <= 1e-12, "\(id): \(excess)")
      #expect(score[path: "metadata", "status"]?.text == "ok")
    }
    let report = try #require(lines.last)
    #expect(try ScoreTests.skill(report).value >= 1 - 1e-12)
    #expect(report[path: "predictions", "n"]?.number == Double(5 * SmallPlan.open))
    #expect(report[path: "predictions", "missing"]?.number == 0)
  }

  // Fails if a report does not open with what limits it, or lacks the claim.
  @Test("the text says limits first")
  func textSaysLimits() throws {
    let run = try ScoreTests.score(try ScoreTests.oracle().text)
    #expect(run.status == 0)
    #expect(run.stdout.hasPrefix("! Truth is simulation, not test.\n"))
    // then the five answers, in plain words
    let lines = run.stdout.split(separator: "\n")
    #expect(lines[1].hasPrefix("How good is it? Better than knowing only the kind of scene"))
    #expect(lines[5].hasPrefix("What must a human do? Look at "))
    #expect(run.stdout.contains("skill vs climatology"))
    #expect(run.stdout.contains("\(5 * SmallPlan.open) questions: 0 invalid"))
  }

  // Fails if one of two truths of an instance is taken without a word: which one would depend on their order.
  @Test("two truths of one instance are refused")
  func twoTruths() throws {
    let folder = try Folder()
    try FileManager.default.copyItem(
      atPath: "\(try Shared.folder().path)/out/demo", toPath: "\(folder.path)/demo")
    let truths = try folder.read("demo/outcomes.jsonl")
    let first = try #require(truths.split(separator: "\n").first)
    _ = try folder.write("demo/outcomes.jsonl", truths + first + "\n")
    let run = try Program.run(
      ["score", "-", "--against", "demo"], stdin: try ScoreTests.oracle().text, cwd: folder.path)
    #expect(run.status == 65)
    #expect(run.stderr.contains("stands there twice"), "\(run.stderr)")
  }

  // Climatology knows the kind of scene; a constant knows less. Fails if guessing pays.
  @Test("a constant never has a skill above its interval", arguments: [0, 0.1, 0.3, 0.5, 0.7, 1])
  func constantsNeverPay(share: Double) throws {
    let questions = try Shared.questions()
    let report = try ScoreTests.report(Answers.constants(questions, at: share).text)
    let skill = try ScoreTests.skill(report)
    #expect(skill.interval[0] <= 0, "\(skill)")
    for (name, row) in try #require(report[path: "by", "slot"]?.object).pairs {
      let interval = try #require(row["ci95"]?.numbers, "\(name)")
      #expect(interval[0] <= 0, "\(name): \(interval)")
    }
  }

  // Fails if --require compares the value instead of the interval, or swaps two statuses.
  @Test("--require answers yes, no, or not shown")
  func require() throws {
    let questions = try Shared.questions()
    // half of the oracle's answers beside half of a constant's: a skill between 0 and 1
    let (good, bad) = (
      try ScoreTests.oracle().lines, Answers.constants(questions, at: 0.3).lines
    )
    let mixed = Answers(lines: zip(good, bad).enumerated().map { $0 % 2 == 0 ? $1.0 : $1.1 }).text
    let skill = try ScoreTests.skill(try ScoreTests.report(mixed))
    #expect(skill.interval[0] < skill.value && skill.value < skill.interval[1])
    let expected = [
      (skill.interval[0] - 0.01, Int32(0)), (skill.value, 3), (skill.interval[1] + 0.01, 1),
    ]
    for (level, status) in expected {
      let run = try ScoreTests.score(mixed, "--require=\(level)")
      #expect(run.status == status, "\(level) of \(skill)")
      // the report is printed whatever the answer
      #expect(run.stdout.contains("skill vs climatology"))
    }
  }

  // Fails if the order of lines reaches a sum, the bootstrap or the order of the output.
  @Test("the order of lines changes nothing")
  func orderChangesNothing() throws {
    let questions = try Shared.questions()
    var lines = zip(try ScoreTests.oracle().lines, Answers.constants(questions, at: 0.3).lines)
      .enumerated().map { $0 % 3 == 0 ? $1.0 : $1.1 }
    let text = try ScoreTests.score(Answers(lines: lines).text)
    let objects = try jsonLines(
      ScoreTests.score(Answers(lines: lines).text, "--format", "json").stdout)
    lines.reverse()
    #expect(try ScoreTests.score(Answers(lines: lines).text).stdout == text.stdout)
    let turned = try jsonLines(
      ScoreTests.score(Answers(lines: lines).text, "--format", "json").stdout)
    #expect(turned.dropLast() == objects.dropLast())
    // the report names the bytes that were scored, and only that differs
    func withoutHash(_ report: JSON?) -> String? {
      let hash = report?[path: "predictions", "sha256"]?.text ?? "no hash"
      return report?.line.replacing(hash, with: "")
    }
    #expect(withoutHash(turned.last) == withoutHash(objects.last))
    #expect(turned.last != objects.last)
  }

  // Fails if the sealed split is scored on public answers, or without its folder.
  @Test("the sealed split needs its folder")
  func sealedNeedsFolder() throws {
    let shared = try Shared.folder()
    let run = try Program.run(
      ["score", "--baseline", "physics-101", "--against", "out/demo", "--split", "sealed"],
      cwd: shared.path)
    #expect(run.status == 0)
    #expect(run.stdout.contains("\(5 * SmallPlan.sealed) questions"), "\(run.stdout)")

    let folder = try Folder()
    try folder.copy(shared.path("out/demo"), as: "demo")
    try FileManager.default.removeItem(atPath: folder.path("demo/sealed"))
    let without = try Program.run(
      ["score", "--baseline", "physics-101", "--against", "demo", "--split", "sealed"],
      cwd: folder.path)
    #expect(without.status != 0)
    #expect(without.stdout == "")
    #expect(without.stderr != "")
    let open = try Program.run(
      ["score", "--baseline", "physics-101", "--against", "demo"], cwd: folder.path)
    #expect(open.status == 0)
  }

  // Fails if -o writes other bytes than --format json prints.
  @Test("-o keeps scores and report")
  func keepsFiles() throws {
    let folder = try Folder()
    let oracle = try ScoreTests.oracle().text
    let run = try ScoreTests.score(oracle, "--format", "json", "-o", folder.path("kept"))
    #expect(
      try folder.files() == [
        "kept/failures.jsonl", "kept/junit.xml", "kept/report.html", "kept/report.json",
        "kept/scores.jsonl",
        "kept/vcrm.csv",
      ])
    // the truth's own law never fails
    #expect(try folder.read("kept/failures.jsonl") == "")
    #expect(try folder.read("kept/scores.jsonl") + folder.read("kept/report.json") == run.stdout)
  }
}
