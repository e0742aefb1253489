import Experience
import Foundation
import Testing

@Suite("A plan that asks every kind of question")
struct KindsOfQuestionTests {
  private static let plan = """
    plumbline: 1
    plan: kinds
    version: 1.0.0
    scene: vacuum.yaml
    samples: 16
    vary:
      start.height:      { low: 0.5 m, high: 2 m, digits: 4 }
      floor.restitution: { low: 0.6, high: 0.9, digits: 2, tolerance: 0.02 }
    splits: { calibration: 60, public: 30 }
    questions:
      - { classes: ["rebound-height > 1 m", "rest-time > 4 s"], otherwise: dull, name: fate }
      - { ordered: rebound-height, limits: [0.4 m, 0.7 m, 1.2 m] }
      - { order: [fall-time, second-impact-time, rest-time] }
      - { series: [fall-time, second-impact-time, rest-time], name: times }
      - { series: [impact-speed, rebound-speed], rule: energy, name: speeds }
      - { series: [impact-speed, rebound-speed], rule: crps, name: speeds-one-by-one }
      - { outcome: rest-time, rule: interval, alpha: 0.2 }
    """

  private func made() throws -> Folder {
    let folder = try Folder()
    try folder.write("vacuum.yaml", VacuumScene.text)
    // an order that never changes cannot be scored, and says so; a second plan asks the rest
    try folder.write(
      "kinds.plan.yaml",
      KindsOfQuestionTests.plan.replacing(
        "  - { order: [fall-time, second-impact-time, rest-time] }\n", with: "") + "\n")
    let run = try Program.run(["generate", "kinds.plan.yaml", "-o", "k"], cwd: folder.path)
    #expect(run.status == 0, "\(run.stderr)")
    return folder
  }

  // Fails if a record or a question does not pass its own schema, or a prompt lacks the form of its answer.
  @Test("writes questions and truths that pass their schemas")
  func schemas() throws {
    let folder = try made()
    let questions = try jsonLines(folder.read("k/questions.jsonl"))
    for kind in ["category", "ordered", "series", "interval"] {
      #expect(questions.contains { $0["type"]?.text == kind }, "\(kind)")
    }
    for (name, file) in [
      ("question", "questions"), ("truth", "outcomes"), ("template", "templates"),
    ] {
      let problems = try SchemaTests.problems(name, try jsonLines(folder.read("k/\(file).jsonl")))
      #expect(problems.isEmpty, "\(problems.prefix(3))")
    }
    for (slot, part) in [
      ("fate", "`dull`: none of them"), ("rebound-height-class", "`0.4 m to 0.7 m`"),
      ("times", "in this order?"), ("speeds", "\"paths\""), ("rest-time", "probability of 80 %"),
    ] {
      let question = try #require(questions.first { $0["slot"]?.text == slot })
      #expect(question["prompt"]?.text?.contains(part) == true, "\(slot)")
    }
  }

  // A first course knows the closed forms of all these outcomes in vacuum. Fails if a kind is not answered,
  // or is scored below knowing nothing; nearest experience must at least answer.
  @Test("is answered by both baselines", arguments: ["physics-101", "nearest-experience"])
  func baselines(name: String) throws {
    let folder = try made()
    let run = try Program.run(
      ["score", "--baseline", name, "--against", "k", "-o", "out"], cwd: folder.path)
    #expect(run.status == 0, "\(run.stderr)")
    let scores = try jsonLines(folder.read("out/scores.jsonl"))
    let slots = [
      "fate", "rebound-height-class", "times", "speeds", "speeds-one-by-one", "rest-time",
    ]
    for slot in slots {
      let own = scores.filter { $0["metadata"]?["slot"]?.text == slot }
      #expect(own.count == 30, "\(slot)")
      #expect(own.allSatisfy { $0["metadata"]?["status"]?.text == "ok" }, "\(slot)")
      let loss = own.compactMap { $0["value"]?["normalised"]?.number }.reduce(0, +)
      let climatology = own.compactMap { $0["value"]?["reference"]?.number }.reduce(0, +)
      #expect(loss < 0.6 * climatology, "\(slot): \(loss) of \(climatology)")
    }
    #expect(try folder.read("out/report.html").contains("ordered"))
  }

  // What never varies cannot be scored. Fails if a data set is written whose losses are divided by nothing.
  @Test("refuses an order that is always the same")
  func constantOrder() throws {
    let folder = try Folder()
    try folder.write("vacuum.yaml", VacuumScene.text)
    try folder.write("kinds.plan.yaml", KindsOfQuestionTests.plan + "\n")
    let run = try Program.run(["generate", "kinds.plan.yaml", "-o", "k"], cwd: folder.path)
    #expect(run.status == 2)
    #expect(run.stderr.contains("`order-of-fall-time` hardly varies"))
    #expect(!folder.exists("k/manifest.json"))
  }
}
