import Experience
import Foundation
import Testing

@Suite("Ablations of a plan")
struct AblationTests {
  private static let plan = """
    plumbline: 1
    plan: ablations
    version: 1.0.0
    scene: vacuum.yaml
    vary:
      start.height:      { low: 0.5 m, high: 2 m, digits: 4 }
      floor.restitution: { low: 0.6, high: 0.9, digits: 2 }
    splits: { calibration: 40, public: 24 }
    questions: [fall-time, rebound-height, { event: "rebound-height > 0.5 m" }]
    ablations:
      on-the-moon: { about: a run on the Moon, set: { environment.gravity: 1.62 m/s^2 } }

    """

  private func made() throws -> Folder {
    let folder = try Folder()
    try folder.write("vacuum.yaml", VacuumScene.text)
    try folder.write("a.plan.yaml", AblationTests.plan)
    let run = try Program.run(["generate", "a.plan.yaml", "-o", "a"], cwd: folder.path)
    #expect(run.status == 0, "\(run.stderr)")
    return folder
  }

  // h' = e²·h and t = √(2h/g): the height moves both, the restitution only the first, gravity only the
  // second. Fails if an alternative holds what it does not move, or a value of the wrong run.
  @Test("say what each element does, by the closed forms")
  func alternatives() throws {
    let folder = try made()
    let questions = try jsonLines(folder.read("a/questions.jsonl"))
    for record in try jsonLines(folder.read("a/outcomes.jsonl")) {
      let scene = try #require(
        questions.first { $0["instance"] == record["id"] }?["scene"])
      let h = try Quantity.parse(scene["start"]?["height"]?.text ?? "").nominal
      let e = try Quantity.parse(scene["floor"]?["restitution"]?.text ?? "").nominal
      var found: [String: JSON] = [:]
      for alternative in record["alternatives"]?.array ?? [] {
        found[alternative["name"]?.text ?? ""] = alternative["outcomes"]
      }
      #expect(
        Set(found.keys) == ["on-the-moon", "typical-start.height", "typical-floor.restitution"])
      let typical = try #require(found["typical-start.height"])
      #expect(abs((typical["rebound-height"]?.number ?? .nan) / (e * e * 1.25) - 1) < 1e-5)
      let restitution = try #require(found["typical-floor.restitution"])
      #expect(restitution["fall-time"] == nil)
      #expect(abs((restitution["rebound-height"]?.number ?? .nan) / (0.5625 * h) - 1) < 1e-5)
      let moon = try #require(found["on-the-moon"])
      #expect(moon["rebound-height"] == nil)
      #expect(abs((moon["fall-time"]?.number ?? .nan) / (2 * h / 1.62).squareRoot() - 1) < 1e-5)
      // the event is a shortcut where neither input by itself decides it
      let isAbove = h * e * e > 0.5
      let depends = (1.25 * e * e > 0.5) != isAbove || (h * 0.5625 > 0.5) != isAbove
      #expect((record["shortcuts"]?.texts ?? []) == (depends ? [] : ["rebound-height-above-0.5-m"]))
    }
  }

  // Fails if calibration records, of which there are thousands, pay for it.
  @Test("are not run for calibration")
  func calibration() throws {
    let folder = try made()
    for record in try jsonLines(folder.read("a/calibration.jsonl")) {
      #expect(record["alternatives"] == nil)
    }
  }

  // A predictor that does not look at the height answers with that of the middle. Fails if the reason of the
  // failure is another, or questions that need no scene are not reported apart.
  @Test("explain who did not look at what")
  func explains() throws {
    let folder = try made()
    let questions = try jsonLines(folder.read("a/questions.jsonl")).filter {
      $0["split"]?.text == "public"
    }
    let lines = try questions.map { question -> String in
      let e = try Quantity.parse(question["scene"]?["floor"]?["restitution"]?.text ?? "").nominal
      let height = 1.25 * e * e
      let answer =
        switch question["slot"]?.text {
        case "fall-time": "{\"value\": \((2 * 1.25 / 9.80665).squareRoot()), \"unit\": \"s\"}"
        case "rebound-height": "{\"value\": \(height), \"unit\": \"m\"}"
        default: "{\"p\": \(height > 0.5 ? 1 : 0)}"
        }
      return
        "{\"schema\":\"prediction/1\",\"id\":\"\(question["id"]?.text ?? "")\",\"answer\":\(answer)}\n"
    }
    try folder.write("blind.jsonl", lines.joined())
    let run = try Program.run(
      ["score", "blind.jsonl", "--against", "a", "-o", "out"], cwd: folder.path)
    #expect(run.status == 0, "\(run.stderr)")
    let failures = try jsonLines(folder.read("out/failures.jsonl")).filter {
      $0["id"]?.text?.contains("rebound-height/") == true
    }
    #expect(failures.count > 12)
    for failure in failures {
      #expect(failure["reason"]?["by"]?.text == "ablation")
      #expect(failure["reason"]?["alternative"]?.text == "typical-start.height")
    }
    let report = try JSON.parse(try folder.read("out/report.json"))
    let rows = try #require(report["by"]?["scene"])
    let counts = ["needed", "not needed"].compactMap { rows[$0]?["n"]?.number }
    #expect(counts.count == 2 && counts.reduce(0, +) == Double(questions.count))
  }

  @Test("are refused where they change nothing that exists")
  func refuses() throws {
    let folder = try Folder()
    try folder.write("vacuum.yaml", VacuumScene.text)
    try folder.write(
      "a.plan.yaml", AblationTests.plan.replacing("environment.gravity", with: "environment.gravty")
    )
    let run = try Program.run(["generate", "a.plan.yaml", "-o", "a"], cwd: folder.path)
    #expect(run.status == 65)
    #expect(run.stderr.contains("error[G003]") && run.stderr.contains("environment.gravity"))
  }
}
