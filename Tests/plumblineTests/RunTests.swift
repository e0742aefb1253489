import Experience
import Foundation
import Testing

@Suite("plumbline run")
struct RunTests {
  static let scenes = files(of: "ball-drop")

  /// Paths of the scenes of an experience.
  static func files(of experience: String) -> [String] {
    let folder = Program.sources + "/scenes/" + experience
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    return (names ?? []).sorted().map { "\(folder)/\($0)" }
  }

  static func record(_ arguments: [String], stdin: String = "", cwd: String? = nil) throws -> JSON {
    let run = try Program.run(
      ["run", "--format", "json", "-q"] + arguments, stdin: stdin, cwd: cwd)
    return try #require(try jsonLines(run.stdout).first, "\(run.stderr)")
  }

  // A drop in a vacuum has v = √(2gh) and rises to e²h. Fails if values, units or bands are wrong,
  // if standard input is not read, or if anything but data reaches standard output.
  @Test("meets the closed form, through standard input")
  func meetsClosedForm() throws {
    let run = try Program.run(["run", "--format", "json", "-"], stdin: VacuumScene.text)
    #expect(run.status == 0)
    #expect(run.stderr == "")
    let record = try #require(try jsonLines(run.stdout).first)
    let expected = [
      ("impact-speed", VacuumScene.impactSpeed, "m/s"),
      ("rebound-speed", 0.8 * VacuumScene.impactSpeed, "m/s"),
      ("rebound-height", VacuumScene.reboundHeight, "m"),
    ]
    for (name, exact, unit) in expected {
      let outcome = try #require(record[path: "outcomes", name])
      let value = try #require(outcome["value"]?.number)
      let band = try #require(outcome[path: "numerical", "half-width"]?.number)
      // the printed value is rounded to 12 digits
      #expect(abs(value - exact) <= band + 1e-12 * exact, "\(name)")
      #expect(band < 1e-6 * exact, "\(name)")
      #expect(outcome["unit"]?.text == unit)
    }
  }

  // Fails if the table leaves out a column, an outcome, a requirement or its label.
  @Test("the text shows outcomes with bands and requirements")
  func textShowsOutcomes() throws {
    let scene = VacuumScene.with(requirements: ["impact-speed <= 5 m/s"])
    let run = try Program.run(["run", "-", "--events"], stdin: scene)
    #expect(run.status == 0)
    for word in [
      "± band", "fall-time", "impact-speed", "m/s", "converged", "impact-speed <= 5 m/s", "PASS",
      "contact#1",
    ] {
      #expect(run.stdout.contains(word), "no \(word)")
    }
  }

  // The exact speed is 4.95 m/s; with the height left open by 40 %, about half of the drops are
  // faster. Fails if a verdict has another status, or if a MARGINAL hides a FAIL.
  @Test("the status tells the verdict")
  func statusTellsVerdict() throws {
    func status(_ requirements: [String], open: Bool = false) throws -> Int32 {
      var scene = VacuumScene.with(requirements: requirements)
      if open { scene = scene.replacing("1.25 m }", with: "1.25 m ± 0.5 m }") }
      return try Program.run(["run", "-"], stdin: scene).status
    }
    #expect(try status(["impact-speed <= 5 m/s"]) == 0)
    #expect(try status(["impact-speed <= 4.9 m/s"]) == 1)
    #expect(try status(["impact-speed <= 4.95 m/s"], open: true) == 3)
    #expect(try status(["impact-speed <= 4.95 m/s", "impact-speed <= 9 m/s"], open: true) == 3)
    #expect(try status(["impact-speed <= 4.95 m/s", "impact-speed <= 1 m/s"], open: true) == 1)
  }

  // Fails if any default, law or material is lost on the way into the resolved scene, or a number
  // is rounded.
  @Test("the resolved scene reproduces the record", arguments: scenes)
  func resolvedReproduces(scene: String) throws {
    let folder = try Folder()
    let resolved = folder.path("resolved.yaml")
    let first = try RunTests.record([scene, "--samples", "4", "--resolved", resolved])
    let second = try RunTests.record([resolved, "--samples", "4"])
    #expect(first.without("provenance").line == second.without("provenance").line)
  }

  // Fails if the number of workers reaches a result, or anything of the provenance but the machine.
  @Test("workers change no byte")
  func workersChangeNothing() throws {
    let scene = Program.sources + "/scenes/ball-drop/tennis-itf.yaml"
    let records = try ["1", "2", "7"].map { try RunTests.record([scene, "-j", $0]) }
    let provenances = records.map { $0["provenance"]?.without("machine").line }
    for index in 1...2 {
      let (one, other) = (records[0], records[index])
      #expect(one.without("provenance").line == other.without("provenance").line)
      #expect(provenances[0] == provenances[index])
    }
    #expect(records[1][path: "provenance", "machine", "jobs"]?.number == 2)
  }

  // Fails if a locale, a time zone or another folder changes a byte.
  @Test("locale, time zone and folder change no byte")
  func surroundingsChangeNothing() throws {
    let folder = try Folder()
    try folder.write("scene.yaml", VacuumScene.text)
    let arguments = ["run", "--format", "json", "scene.yaml"]
    let plain = try Program.run(arguments, cwd: folder.path)
    let other = try Program.run(
      ["run", "--format", "json", folder.path("scene.yaml")],
      environment: ["LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Asia/Kathmandu"],
      cwd: "/")
    #expect(plain.status == 0)
    #expect(plain.stdout == other.stdout)
  }

  // Fails if another seed gives the same draws, or the scene's own seed another than 0.
  @Test("--seed and --samples reach the draws")
  func seedReachesDraws() throws {
    let scene = VacuumScene.text.replacing("1.25 m }", with: "1.25 m ± 0.1 m }")
    func draws(_ arguments: [String]) throws -> [Double] {
      let record = try RunTests.record(arguments + ["-"], stdin: scene)
      return record[path: "outcomes", "fall-time", "input", "values"]?.numbers ?? []
    }
    let plain = try draws([])
    #expect(plain.count == 8)
    #expect(try draws(["--seed", "0"]) == plain)
    #expect(try draws(["--seed", "1"]) != plain)
    #expect(try draws(["--samples", "3"]).count == 3)
  }

  // Fails if a file that is not there, a folder or an unreadable file is anything but 66 with its
  // path in a sentence.
  @Test("a file that cannot be read is 66")
  func unreadable() throws {
    let folder = try Folder()
    try folder.write("locked.yaml", VacuumScene.text)
    chmod(folder.path("locked.yaml"), 0)
    var paths = ["nothing.yaml", "."]
    // the superuser reads everything
    if getuid() != 0 { paths.append("locked.yaml") }
    for path in paths {
      for command in [["run"], ["check"]] {
        let run = try Program.run(command + [path], cwd: folder.path)
        #expect(run.status == 66, "\(command) \(path)")
        #expect(run.stdout == "")
        #expect(run.stderr.contains("`\(path)`"), "\(run.stderr)")
        #expect(!run.stderr.contains("Domain"), "\(run.stderr)")
      }
    }
  }

  // Fails if a good scene is run although another one of the same command is bad.
  @Test("nothing runs when one of the files is bad")
  func allOrNothing() throws {
    let folder = try Folder()
    try folder.write("good.yaml", VacuumScene.text)
    try folder.write("bad.yaml", "plumbline: 1\n")
    let run = try Program.run(["run", "good.yaml", "bad.yaml"], cwd: folder.path)
    #expect(run.status == 65)
    #expect(run.stdout == "")
  }

  // Fails if --color always does not colour, or never, NO_COLOR or a redirected stream do.
  @Test("colour only where it is wanted")
  func colour() throws {
    func isColoured(_ arguments: [String], _ environment: [String: String?] = [:]) throws -> Bool {
      let run = try Program.run(
        arguments + ["-"], stdin: "plumbline: 1\n", environment: environment)
      return run.stderr.contains("\u{1b}[")
    }
    #expect(try isColoured(["check", "--color", "always"]))
    #expect(try isColoured(["run", "--color", "always"]))
    #expect(try isColoured(["run", "--color=always"]))
    #expect(try !isColoured(["run"]))
    #expect(try !isColoured(["check", "--color", "never"]))
    #expect(try !isColoured(["check"], ["NO_COLOR": "1"]))
  }
}
