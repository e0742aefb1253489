import Experience
import Foundation
import Testing

@Suite("A plan that asks backwards")
struct BackwardsTests {
  private static let plan = """
    plumbline: 1
    plan: backwards
    version: 1.0.0
    scene: vacuum.yaml
    samples: 32
    vary:
      start.height:      { low: 0.5 m, high: 2 m, digits: 4 }
      floor.restitution: { low: 0.6, high: 0.9, digits: 2, tolerance: 0.01 }
    splits: { calibration: 30, public: 8 }
    questions: [{ reverse: start.height, from: rebound-height, digits: 3 }]
    """

  private func made(_ questions: String? = nil) throws -> (folder: Folder, run: Finished) {
    let folder = try Folder()
    try folder.write("vacuum.yaml", VacuumScene.text)
    var text = BackwardsTests.plan
    if let questions {
      text = text.replacing(
        "questions: [{ reverse: start.height, from: rebound-height, digits: 3 }]", with: questions)
    }
    try folder.write("b.plan.yaml", text + "\n")
    return (
      folder, try Program.run(["generate", "b.plan.yaml", "-o", "b"], cwd: folder.path)
    )
  }

  // Without air a ball rebounds to e²·h. So the answer is y*/e², and its members lie between the values for
  // both ends of the tolerance, cut to the range asked. Fails if the stated value is not the rounded one, a
  // tolerance is left out, or the scene's own height is taken for the answer.
  @Test("finds the height by the closed form")
  func closedForm() throws {
    let (folder, run) = try made()
    #expect(run.status == 0, "\(run.stderr)")
    let questions = try jsonLines(folder.read("b/questions.jsonl")).filter {
      $0["split"]?.text == "public"
    }
    let truths = try jsonLines(folder.read("b/outcomes.jsonl"))
    #expect(questions.count == 8)
    for question in questions {
      let record = try #require(truths.first { $0["id"] == question["instance"] })
      let outcome = try #require(record[path: "outcomes", "start.height-for-rebound-height"])
      let told = try #require(question["reverse"]?["value"]?.number)
      #expect(JSON.text(of: told).filter(\.isNumber).count <= 4)
      let restitution = try #require(question["scene"]?["floor"]?["restitution"]?.text)
      let e = try Quantity.parse(restitution).nominal
      let value = try #require(outcome["value"]?.number)
      let band = try #require(outcome["numerical"]?["half-width"]?.number)
      #expect(abs(value - min(max(told / (e * e), 0.5), 2)) <= band)
      #expect(band < 1e-6)
      let members = try #require(outcome["input"]?["values"]?.numbers)
      #expect(members.count == 32 && Set(members).count > 16)
      for member in members {
        #expect(member >= max(0.5, told / pow(e + 0.01, 2)) - band)
        #expect(member <= min(2, told / pow(e - 0.01, 2)) + band)
      }
    }
  }

  // Fails if the height stands anywhere in what a predictor sees, or moves a descriptor.
  @Test("does not tell the answer")
  func hides() throws {
    let (folder, _) = try made()
    let questions = try jsonLines(folder.read("b/questions.jsonl"))
    for question in questions {
      #expect(
        question["scene"]?["start"]?["height"]
          == .object([("low", .text("0.5 m")), ("high", .text("2 m"))]))
      #expect(question["prompt"]?.text?.contains("it lies between 0.5 and 2 m") == true)
    }
    #expect(questions.allSatisfy { $0["descriptors"]?["log10-h-over-d"] == nil })
    #expect(Set(questions.compactMap { $0["descriptors"]?["e"]?.number }).count > 4)
  }

  // The closed form of a first course, turned round, knows nearly everything here. Fails if it is not
  // inverted, or scored by another rule.
  @Test("is answered by a first course turned round")
  func firstCourse() throws {
    let (folder, _) = try made()
    let run = try Program.run(
      ["score", "--baseline", "physics-101", "--against", "b", "--format", "json"],
      cwd: folder.path)
    #expect(run.status == 0, "\(run.stderr)")
    let report = try #require(try jsonLines(run.stdout).last)
    let skill = try #require(report[path: "headline", "climatology", "skill", "value"]?.number)
    #expect(skill > 0.8 && skill < 1)
  }

  @Test(
    "refuses what would disclose the answer, or has none",
    arguments: [
      ("questions: [fall-time, { reverse: start.height, from: rebound-height }]", "G026"),
      ("questions: [{ reverse: floor.restitution, from: rebound-height }]", "G016"),
      ("questions: [{ reverse: ball.diameter, from: rebound-height }]", "G003"),
      ("questions: [{ reverse: start.height, from: bounces }]", "G018"),
      ("questions: [{ reverse: start.height, from: rebound-hight }]", "G010"),
      ("questions: [{ reverse: start.height }]", "G004"),
      ("questions: [{ order: [fall-time, impact-speed] }]", "G018"),
      ("questions: [{ series: [fall-time, rest-time], at: [1 s] }]", "G018"),
      ("questions: [{ ordered: rest-time, limits: [3 s, 2 s] }]", "G016"),
      ("questions: [{ ordered: rebound-hight, limits: [1 m] }]", "G010"),
      ("questions: [{ classes: [\"rest-time < 3 m\"] }]", "G018"),
      ("questions: [{ outcome: rest-time, rule: energy }]", "G018"),
    ])
  func refuses(questions: String, code: String) throws {
    let (folder, run) = try made(questions)
    #expect(run.status == 65)
    #expect(run.stderr.contains("error[\(code)]"), "\(run.stderr)")
    #expect(!folder.exists("b"))
  }
}
