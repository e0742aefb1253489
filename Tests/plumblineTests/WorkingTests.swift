import Experience
import Foundation
import Testing

/// Predictions that show their working.
@Suite("plumbline score: working")
struct WorkingTests {
  /// Rebound heights with a right working, and with one whose law is wrong.
  private func traced(_ split: String = "public") throws -> String {
    try jsonLines(Shared.folder().read("out/demo/questions.jsonl"))
      .filter { $0["split"]?.text == split && $0["slot"]?.text == "rebound-height" }
      .enumerated().map { index, question in
        let h = try Quantity.parse(try #require(question[path: "scene", "start", "height"]?.text))
          .nominal
        let e = try Quantity.parse(
          try #require(question[path: "scene", "floor", "restitution"]?.text)
        ).nominal
        let isWrong = index.isMultiple(of: 2)
        let speed = ((isWrong ? 1 : 2) * 9.80665 * h).squareRoot()
        let trace = [
          "given: h = \(h) m", "so: impact_speed = sqrt(\(isWrong ? "" : "2*")g*h) = \(speed) m/s",
          "so: rebound_speed = e*impact_speed = \(e * speed) m/s @ contact#1",
          "answer: rebound_height = rebound_speed^2/(2*g)", "and so it must be",
        ]
        let height = JSON.number(e * speed * e * speed / (2 * 9.80665))
        let levels = ["0.05", "0.25", "0.5", "0.75", "0.95"]
        let quantiles = JSON.object(levels.map { ($0, height) })
        return Prediction(
          id: question["id"]?.text ?? "", model: "traced",
          answer: .object([("quantiles", quantiles), ("unit", .text("m"))]), trace: trace
        ).json.line
      }.joined(separator: "\n") + "\n"
  }

  // Half of the workings take half of the fall's energy: their answers follow from a wrong first step.
  // Fails if the table, a record or an export is not written, or does not fit its schema.
  @Test("tells right from wrong working, and exports the failures")
  func table() throws {
    let folder = try Folder()
    let text = try traced()
    let run = try ScoreTests.score(text, "--format", "json", "-o", folder.path("scores"))
    #expect(run.status == 0)
    let report = try #require(try jsonLines(run.stdout).last)
    let counts = try #require(report[path: "traces", "counts"])
    let half = Double(SmallPlan.open / 2)
    #expect(counts["earned"]?.number == half)
    // of a low drop the half is so near that the answer counts as right
    let wrong = try #require(counts["consistent-error"]?.number)
    #expect(wrong + (counts["compensating"]?.number ?? 0) == half)
    #expect(wrong > 0)
    #expect(report[path: "traces", "causes", "law"]?.number == half)
    #expect(
      report[path: "traces", "earned-share"]?.numbers?.first
        == half / (half + (counts["compensating"]?.number ?? 0)))

    let scores = try jsonLines(folder.read("scores/scores.jsonl"))
    for problem in try SchemaTests.problems("score", scores) { Issue.record("\(problem)") }
    let failures = try jsonLines(folder.read("scores/failures.jsonl"))
    #expect(Double(failures.count) == wrong)
    #expect(failures.allSatisfy { $0[path: "reason", "by"]?.text == "trace" })
    #expect(
      failures.allSatisfy {
        $0["sentence"]?.text?.contains("(the relation does not hold here).") == true
      })
    for problem in try SchemaTests.problems("failure", failures) { Issue.record("\(problem)") }
    for problem in try SchemaTests.problems("prediction", try jsonLines(text)) {
      Issue.record("\(problem)")
    }
    let printed = try ScoreTests.score(text)
    #expect(printed.stdout.contains("Working: \(SmallPlan.open) answers carry a claim trace."))
  }

  // Fails if words buy points: the losses with and without working must be the same to the last bit.
  @Test("does not change a loss")
  func losses() throws {
    let with = try traced()
    let without = try jsonLines(with).map { $0.without("trace").line + "\n" }.joined()
    func losses(_ text: String) throws -> [Double?] {
      try jsonLines(ScoreTests.score(text, "--format", "json").stdout).dropLast()
        .map { $0[path: "value", "normalised"]?.number }
    }
    #expect(try losses(with) == losses(without))
  }

  // An item holds the truth of its question. Fails if one of a sealed split is written.
  @Test("exports nothing of a sealed split")
  func sealed() throws {
    let folder = try Folder()
    let run = try ScoreTests.score(
      try traced("sealed"), "--split", "sealed", "-o", folder.path("scores"))
    #expect(run.status == 0)
    #expect(folder.exists("scores/report.json"))
    #expect(!folder.exists("scores/failures.jsonl"))
  }
}

/// Outcomes that a plan keeps for claim traces.
@Suite("plumbline generate: channels")
struct ChannelTests {
  private func generate(_ line: String) throws -> (Finished, Folder) {
    let folder = try SmallPlan.workspace()
    let plan = try folder.read("scenes/ball-drop.plan.yaml")
    try folder.write("scenes/kept.plan.yaml", plan + "\n" + line + "\n")
    return (
      try Program.run(
        ["generate", "scenes/kept.plan.yaml", "-q", "-o", "out", "--key-file", "drop.key"],
        cwd: folder.path), folder
    )
  }

  // Fails if the members are not kept, an asked outcome is kept twice, or a record does not read back.
  @Test("keeps the outcomes that it names")
  func keeps() throws {
    let (run, folder) = try generate("channels: [rebound-speed, impact-speed]")
    #expect(run.status == 0)
    let truths = try jsonLines(folder.read("out/outcomes.jsonl"))
    #expect(truths.count == SmallPlan.open)
    for truth in truths {
      let channels = try #require(truth["channels"]?.array)
      #expect(channels.map { $0["name"]?.text } == ["rebound-speed"])
      #expect(channels[0]["values"]?.numbers?.count == SmallPlan.samples)
      #expect(channels[0]["unit"]?.text == "m/s")
    }
    for problem in Set(try SchemaTests.problems("truth", truths)).sorted() {
      Issue.record("\(problem)")
    }
  }

  @Test(
    "refuses what is no outcome",
    arguments: [
      ("channels: [rebound-sped]", "did you mean `rebound-speed`?"),
      ("channels: [rebound-speed, rebound-speed]", "stands twice"),
    ])
  func refuses(_ line: String, _ words: String) throws {
    let (run, _) = try generate(line)
    #expect(run.status == 65)
    #expect(run.stderr.contains(words), "\(run.stderr)")
  }
}
