import Experience
import Foundation
import Testing

@Suite("plumbline check")
struct CheckTests {
  static let broken = VacuumScene.text.replacing("restitution:", with: "restituton:")
    .replacing("1.25 m }", with: "1.25 kg }").replacing("40 mm", with: "-40 mm")

  // Fails if the reader stops at the first error, or the summary counts something else.
  @Test("lists all errors of a file at once")
  func listsAllErrors() throws {
    let run = try Program.run(["check", "-"], stdin: CheckTests.broken)
    #expect(run.status == 1)
    #expect(run.stdout == "")
    for code in ["S003", "S011", "S012"] {
      #expect(run.stderr.contains("error[\(code)]"), "\(run.stderr)")
    }
    #expect(run.stderr.hasSuffix("1 checked: 3 errors, 0 warnings\n"), "\(run.stderr)")
  }

  // Fails if a file with a thousand errors floods the terminal.
  @Test("shows at most twenty errors of a file")
  func capsErrors() throws {
    let lines = (0..<1000).map { "qqq\($0): 1\n" }.joined()
    let run = try Program.run(["check", "-"], stdin: VacuumScene.text + lines)
    #expect(run.status == 1)
    #expect(run.stderr.components(separatedBy: "error[S003]").count == 21)
    #expect(run.stderr.contains("980 more errors"))
  }

  // Fails if a scene or plan of the repository has an error or a warning.
  @Test("accepts every scene and plan of the repository")
  func acceptsRepository() throws {
    let plans = ["ball-drop.plan.yaml", "ball-drop-demo.plan.yaml"].map {
      Program.sources + "/scenes/" + $0
    }
    let files = RunTests.scenes + plans
    let run = try Program.run(["check"] + files)
    #expect(run.status == 0)
    #expect(run.stderr == "\(files.count) checked: 0 errors, 0 warnings\n")
  }

  // Fails if the spelling is not mended, anything else of the file changes (comments, blanks), or
  // the change is not shown.
  @Test("--fix mends the spelling and nothing else")
  func fixMends() throws {
    let folder = try Folder()
    let broken = VacuumScene.text.replacing("restitution:", with: "restituton:")
      .replacing("name: vacuum", with: "nme: vacuum")
      .replacing("experience: ball-drop", with: "experience: bal-drop")
      .replacing("9.80665 m/s^2", with: "9.80665 mm/ss^2").replacing("mm/ss^2", with: "m/s^2")
    try folder.write("scene.yaml", broken)
    let run = try Program.run(["check", "--fix", "scene.yaml"], cwd: folder.path)
    #expect(run.status == 0)
    #expect(try folder.read("scene.yaml") == VacuumScene.text)
    #expect(try folder.files() == ["scene.yaml"])
    #expect(run.stderr.contains("- floor: { restituton: 0.8, friction: 0.3 }\n"), "\(run.stderr)")
    #expect(run.stderr.contains("+ floor: { restitution: 0.8, friction: 0.3 }\n"), "\(run.stderr)")
  }

  // A missing unit could be any: only the author knows. Fails if --fix guesses, or reports success.
  @Test("--fix leaves what is not certain")
  func fixLeavesDoubt() throws {
    let folder = try Folder()
    let broken = VacuumScene.text.replacing("1.25 m }", with: "1.25 }")
    try folder.write("scene.yaml", broken)
    let run = try Program.run(["check", "--fix", "scene.yaml"], cwd: folder.path)
    #expect(run.status == 1)
    #expect(try folder.read("scene.yaml") == broken)
  }

  // Fails if a line is not `path:line:column: error[code]: sentence`.
  @Test("--format concise is one line an error")
  func concise() throws {
    let run = try Program.run(["check", "--format", "concise", "-"], stdin: CheckTests.broken)
    let lines = run.stdout.split(separator: "\n")
    #expect(lines.count == 3)
    for line in lines {
      #expect(line.wholeMatch(of: /-:\d+:\d+: error\[S\d{3}\]: .+/) != nil, "\(line)")
    }
    #expect(run.stderr == "")
  }

  // Fails if a line is no JSON, lacks its schema name, or does not say the place.
  @Test("--format json is one object an error")
  func json() throws {
    let run = try Program.run(["check", "--format", "json", "-"], stdin: CheckTests.broken)
    #expect(run.status == 1)
    let items = try jsonLines(run.stdout)
    #expect(items.count == 3)
    for item in items {
      #expect(item["schema"]?.text == "diagnostic/1")
      #expect(item["severity"]?.text == "error")
      #expect(item["line"]?.number ?? 0 > 0)
      #expect(item["column"]?.number ?? 0 > 0)
    }
    #expect(items.contains { $0["code"]?.text == "S003" && $0["fix"]?.text == "restitution" })
  }

  // The properties that SARIF 2.1.0 requires (§3.13, §3.14, §3.19, §3.27). Fails if one is absent
  // or a region is not counted from 1.
  @Test("--format sarif is SARIF 2.1.0")
  func sarif() throws {
    let run = try Program.run(["check", "--format", "sarif", "-"], stdin: CheckTests.broken)
    #expect(run.status == 1)
    let log = try #require(try jsonLines(run.stdout).first)
    #expect(log["version"]?.text == "2.1.0")
    let entry = try #require(log["runs"]?.array?.first)
    #expect(entry[path: "tool", "driver", "name"]?.text == "plumbline")
    let results = try #require(entry["results"]?.array)
    #expect(results.count == 3)
    for result in results {
      #expect(result[path: "message", "text"]?.text?.isEmpty == false)
      #expect(["error", "warning"].contains(result["level"]?.text))
      let place = result["locations"]?.array?.first?["physicalLocation"]
      #expect(place?[path: "artifactLocation", "uri"]?.text == "-")
      #expect(place?[path: "region", "startLine"]?.number ?? 0 >= 1)
      #expect(place?[path: "region", "startColumn"]?.number ?? 0 >= 1)
    }
    // an empty log is still a log
    let clean = try Program.run(["check", "--format", "sarif", "-"], stdin: VacuumScene.text)
    #expect(clean.status == 0)
    #expect(try jsonLines(clean.stdout).first?["runs"]?.array?.first?["results"]?.array == [])
  }

  // Fails if a warning turns into an error, or an unusual value passes in silence.
  @Test("an unusual value is a warning")
  func warning() throws {
    let run = try Program.run(
      ["check", "-"], stdin: VacuumScene.text.replacing("40 mm", with: "40 m"))
    #expect(run.status == 0)
    #expect(run.stderr.contains("warning[S015]"), "\(run.stderr)")
  }

  // Fails if a plan's errors carry the letter of scenes, or a plan may read outside its folder.
  @Test("plans have their own codes")
  func plans() throws {
    let folder = try SmallPlan.workspace()
    let good = try folder.read("scenes/ball-drop.plan.yaml")
    let bad = [
      ("G003", good.replacing("start.height:", with: "start.heigth:")),
      ("G010", good.replacing("rest-time", with: "rest-tme")),
      ("G012", good.replacing("low: 0.2 m", with: "low: 0.2 kg")),
      ("G016", good.replacing("low: 0.2 m", with: "low: 20 m")),
      ("G018", good.replacing("rebound-height > 0.3 m", with: "rebound-height is high")),
      ("G023", good.replacing("scene: ball-drop/", with: "scene: ../scenes/ball-drop/")),
      ("G023", good.replacing("scene: ball-drop/", with: "scene: /ball-drop/")),
      ("G025", good.replacing("version: 1.0.0", with: "version: one")),
    ]
    for (code, text) in bad {
      #expect(text != good, "\(code)")
      try folder.write("scenes/bad.yaml", text)
      for (command, status) in [(["check"], Int32(1)), (["generate", "-o", "out"], 65)] {
        let run = try Program.run(command + ["scenes/bad.yaml"], cwd: folder.path)
        #expect(run.status == status, "\(code): \(run.stderr)")
        #expect(run.stderr.contains("error[\(code)]"), "\(code): \(run.stderr)")
      }
      #expect(!folder.exists("out"))
    }
  }

  // Fails if one missing file hides the errors of the next, or its status.
  @Test("a missing file does not hide the others")
  func missingDoesNotHide() throws {
    let folder = try Folder()
    try folder.write("bad.yaml", CheckTests.broken)
    let run = try Program.run(
      ["check", "--format", "concise", "nothing.yaml", "bad.yaml"], cwd: folder.path)
    #expect(run.status == 66)
    #expect(run.stdout.split(separator: "\n").count == 3)
  }
}
