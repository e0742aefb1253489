import Experience
import Foundation
import Testing

@Suite("A plan that asks for verification")
struct VerificationPlanTests {
  private func made() throws -> Folder {
    let folder = try SmallPlan.workspace()
    let run = try Program.run(
      ["generate", "scenes/ball-drop-verify.plan.yaml", "-o", "v", "--key-file", "drop.key"],
      cwd: folder.path)
    #expect(run.status == 0, "\(run.stderr)")
    return folder
  }

  // Fails if a question lacks what is needed to answer it, or holds the closed form or the truth.
  @Test("asks every requirement with its limit, its margin and the costs")
  func asks() throws {
    let folder = try made()
    let run = try Program.run(["questions", "v", "--slot", "verification"], cwd: folder.path)
    let questions = try jsonLines(run.stdout)
    #expect(questions.count == SmallPlan.open)
    let question = try #require(questions.first)
    #expect(question["type"]?.text == "verification")
    #expect(question["answer-schema"]?.text == "answer/verification/1")
    let requirements = try #require(question["requirements"]?.array)
    #expect(requirements.compactMap { $0["id"]?.text } == ["R1", "R2"])
    #expect(requirements.compactMap { $0["consequence"]?.number } == [2, 1])
    #expect(requirements.compactMap { $0["margin"]?["unit"]?.text } == ["m", "m/s"])
    #expect(requirements.allSatisfy { $0["physics-101"] == nil })
    let prompt = try #require(question["prompt"]?.text)
    for part in [
      "The ball shall not rebound higher than 0.7 m.", "[impact-speed <= 4.5 m/s]",
      "margin in m/s, positive where it holds", "a handoff costs 0.25", "\"req\": \"R1\"",
    ] { #expect(prompt.contains(part), "\(part)") }
  }

  // Fails if a part is lost between plan, question, answer and report.
  @Test("is answered by a first course and reported row by row")
  func reported() throws {
    let folder = try made()
    let run = try Program.run(
      ["score", "--baseline", "physics-101", "--against", "v", "-o", "out"], cwd: folder.path)
    #expect(run.status == 0, "\(run.stderr)")
    let scores = try jsonLines(folder.read("out/scores.jsonl"))
    // three parts for each of two requirements, and the impact speed
    #expect(scores.count == 7 * SmallPlan.open)
    let slots = Set(scores.compactMap { $0["metadata"]?["slot"]?.text })
    #expect(
      slots == [
        "R1.pass", "R1.margin", "R1.decision", "R2.pass", "R2.margin", "R2.decision",
        "impact-speed",
      ])
    #expect(scores.allSatisfy { $0["metadata"]?["status"]?.text == "ok" })
    let report = try JSON.parse(try folder.read("out/report.json"))
    let rows = try #require(report["vcrm"]?.array)
    #expect(rows.count == 2 * SmallPlan.open)
    // an open split and no ledger: nothing is closed without a human
    #expect(report["vcrm-totals"]?["closed"]?.number == 0)
    for row in rows {
      #expect(row["human"]?["decision"] == .null)
      #expect(row["evidence"]?["prediction"]?.text?.count == 64)
    }
    let csv = try folder.read("out/vcrm.csv").split(separator: "\r\n")
    #expect(csv.count == 2 * SmallPlan.open + 2 + (report["authority"]?.array?.count ?? 0))
    #expect(try folder.read("out/report.html").contains("The ball shall not rebound higher"))
  }

  @Test("a scene without requirements cannot be asked for them")
  func refuses() throws {
    let folder = try SmallPlan.workspace()
    let plan = try folder.read("scenes/ball-drop-demo.plan.yaml")
    let lines = plan.split(separator: "\n").map {
      $0.hasPrefix("scene:")
        ? "scene: bare.yaml" : $0.hasPrefix("questions:") ? "questions: [verification]" : String($0)
    }
    try folder.write("scenes/asks.plan.yaml", lines.joined(separator: "\n") + "\n")
    try folder.write("scenes/bare.yaml", VacuumScene.text)
    let run = try Program.run(["generate", "scenes/asks.plan.yaml", "-o", "w"], cwd: folder.path)
    #expect(run.status == 65)
    #expect(run.stderr.contains("G018"))
    #expect(run.stderr.contains("it has none"))
  }
}
