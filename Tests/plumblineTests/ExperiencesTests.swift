import Experience
import Foundation
import Testing

@Suite("plumbline generate --experiences")
struct ExperiencesTests {
  static func make(_ folder: Folder, _ out: String, _ count: Int, _ more: String...) throws
    -> [JSON]
  {
    let run = try Program.run(
      ["generate", "scenes/ball-drop.plan.yaml", "-o", out, "--experiences", "\(count)"] + more,
      cwd: folder.path)
    #expect(run.status == 0, "\(run.stderr)")
    return try jsonLines(folder.read(out + "/experiences.jsonl"))
  }

  // Fails if an experience depends on how many are made or on how many workers make them: a learning
  // curve would then compare different experiences.
  @Test("fewer are the first of more")
  func isPrefix() throws {
    let folder = try SmallPlan.workspace()
    let many = try ExperiencesTests.make(folder, "many", 12, "--jobs", "2")
    let few = try ExperiencesTests.make(folder, "few", 5, "--jobs", "1")
    #expect(many.count == 12)
    #expect(few.map(\.canonical) == many.prefix(5).map(\.canonical))
    for problem in Set(try SchemaTests.problems("experience", many)) { Issue.record("\(problem)") }
  }

  // Fails if inputs are not those of the scene that ran, or outcomes not those of this one run: a fall
  // through air is a little slower than √(2h/g), and e = v'/v within its tolerance.
  @Test("an experience is one run of its inputs")
  func isOneRun() throws {
    let folder = try SmallPlan.workspace()
    for record in try ExperiencesTests.make(folder, "out", 20) {
      func input(_ path: String) throws -> Double {
        let text = try #require(record[path: "inputs", path]?.text)
        return try #require(Double(text.split(separator: " ")[0]))
      }
      func outcome(_ name: String) throws -> Double {
        try #require(record[path: "outcomes", name, "value"]?.number)
      }
      let height = try input("start.height")
      let vacuum = (2 * height / 9.80665).squareRoot()
      let ratio = try outcome("fall-time") / vacuum
      #expect(ratio > 0.999 && ratio < 1.1, "\(record.line)")
      let bounce = (try outcome("rebound-height") / height).squareRoot()
      // drag only takes away
      let e = try input("floor.restitution")
      #expect(bounce < e + 0.011 && bounce > e - 0.1, "\(record.line)")
    }
  }

  // Fails if a ledger cannot name experiences: then everything would be out of range, or the questions
  // of the same plan would count as seen.
  @Test("a ledger of experiences gives a range")
  func givesRange() throws {
    let folder = try SmallPlan.workspace()
    let records = try ExperiencesTests.make(folder, "tries", 60)
    #expect(try GenerateTests.generate(folder, "set", "--key-file", "drop.key").status == 0)
    let list = try Program.run(
      ["generate", "scenes/ball-drop.plan.yaml", "-o", "again", "--experiences", "60"],
      cwd: folder.path)
    let hash = try #require(list.stderr.split(separator: " ").last).trimmingCharacters(
      in: .whitespacesAndNewlines)
    let entry = JSON.object([
      ("dataset", .text(hash)), ("ids", .texts(records.compactMap { $0["id"]?.text })),
      ("exposure", .text("trained")), ("saw", .texts(["truth"])),
    ])
    try folder.write(
      "ledger.jsonl", "{\"schema\":\"ledger/1\",\"id\":\"x\"}\n" + entry.line + "\n")
    let score = try Program.run(
      [
        "score", "--baseline", "physics-101", "--against", "set", "--ledger", "ledger.jsonl",
        "--ledger-data", "tries", "--format", "json",
      ], cwd: folder.path)
    #expect(score.status == 0, "\(score.stderr)")
    let labels = try jsonLines(score.stdout).compactMap {
      $0[path: "metadata", "range", "label"]?.text
    }
    #expect(!labels.isEmpty)
    #expect(labels.filter { $0 == "in" }.count > labels.count / 2, "\(labels)")
    let report = try #require(try jsonLines(score.stdout).last)
    #expect(report[path: "predictions", "contaminated"]?.number == 0)
  }

  // Fails if calibration of single coarse runs is asked about, passes for a truth, or cannot give a scale.
  @Test("calibration of one coarse run each")
  func coarseCalibration() throws {
    let folder = try SmallPlan.workspace()
    let plan = try folder.read("scenes/ball-drop.plan.yaml") + "\ncalibration-runs: coarse\n"
    try folder.write("scenes/ball-drop.plan.yaml", plan)
    #expect(try GenerateTests.generate(folder, "set", "--key-file", "drop.key").status == 0)
    for record in try jsonLines(folder.read("set/calibration.jsonl")) {
      for (name, outcome) in try #require(record["outcomes"]?.object).pairs {
        #expect(outcome["tier"]?.text == "T3", "\(name)")
        #expect(outcome[path: "input", "values"]?.numbers?.count == 1, "\(name)")
      }
    }
    let splits = try jsonLines(folder.read("set/questions.jsonl")).compactMap { $0["split"]?.text }
    #expect(Set(splits) == ["public", "sealed"])
    let score = try Program.run(
      ["score", "--baseline", "physics-101", "--against", "set", "--require", "0"],
      cwd: folder.path)
    #expect(score.status == 0, "\(score.stderr)")
    let verified = try Program.run(["verify", "set"], cwd: folder.path)
    #expect(verified.status == 0, "\(verified.stdout)\(verified.stderr)")
  }

  // Fails if a number of experiences that makes no sense is taken.
  @Test("refuses none", arguments: ["0", "-1", "x"])
  func refusesNone(count: String) throws {
    let folder = try SmallPlan.workspace()
    let run = try Program.run(
      ["generate", "scenes/ball-drop.plan.yaml", "-o", "out", "--experiences=\(count)"],
      cwd: folder.path)
    #expect(run.status == 64)
  }
}
