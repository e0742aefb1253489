import Experience
import Foundation
import Testing

@Suite("plumbline generate")
struct GenerateTests {
  static func generate(_ folder: Folder, _ out: String, _ more: String...) throws -> Finished {
    try Program.run(
      ["generate", "scenes/ball-drop.plan.yaml", "-q", "-o", out] + more, cwd: folder.path)
  }

  // Fails if a file is missing, or the manifest's sizes or hashes are not those of the files.
  // `sha256sum` is the independent witness.
  @Test("writes the files that its manifest lists")
  func writesFiles() throws {
    let folder = try Shared.folder()
    #expect(
      try folder.files(in: "out/demo") == [
        "README.md", "calibration.jsonl", "croissant.json", "export/event.jsonl",
        "export/scalar.jsonl", "manifest.json", "outcomes.jsonl", "questions.jsonl", "sealed/key",
        "sealed/outcomes.jsonl", "templates.jsonl",
      ])
    let manifest = try #require(try jsonLines(folder.read("out/demo/manifest.json")).first)
    let files = try #require(manifest["files"]?.array)
    #expect(files.count == 4)
    for file in files {
      let path = "out/demo/" + (file["path"]?.text ?? "")
      let data = try folder.data(path)
      #expect(file["bytes"]?.number == Double(data.count))
      #expect(file["records"]?.number == Double(data.filter { $0 == 10 }.count))
      let sum = try Program.shell("sha256sum '\(folder.path(path))'").stdout.prefix(64)
      #expect(file["sha256"]?.text == String(sum))
    }
    let counts = [
      ("calibration", SmallPlan.calibration), ("public", SmallPlan.open),
      ("sealed", SmallPlan.sealed),
    ]
    for (split, count) in counts {
      #expect(manifest[path: "splits", split, "instances"]?.number == Double(count))
      #expect(manifest[path: "splits", split, "questions"]?.number == Double(5 * count))
    }
  }

  // Fails if the commitment is not the SHA-256 of the key's bytes: then nobody could check, when
  // the key is opened, that it was fixed before.
  @Test("commits to the keys")
  func commits() throws {
    let folder = try Shared.folder()
    let manifest = try #require(try jsonLines(folder.read("out/demo/manifest.json")).first)
    let sum = try Program.shell("sha256sum drop.key", cwd: folder.path).stdout.prefix(64)
    #expect(manifest[path: "splits", "sealed", "seed-commitment"]?.text == String(sum))
    #expect(manifest[path: "splits", "sealed", "key"] == nil)
    for split in ["calibration", "public"] {
      let key = try #require(manifest[path: "splits", split, "key"]?.text)
      let sum = try Program.shell(
        "printf '\(key)' | sed 's/../\\\\x&/g' | xargs -0 printf | sha256sum"
      ).stdout.prefix(64)
      #expect(manifest[path: "splits", split, "seed-commitment"]?.text == String(sum))
    }
    #expect(
      try folder.read("out/demo/sealed/key")
        == folder.data("drop.key").map { String(format: "%02x", $0) }.joined() + "\n")
  }

  // Fails if others can read the key of the sealed split.
  @Test("keeps the key to its owner")
  func keyMode() throws {
    var information = stat()
    stat(try Shared.folder().path("out/demo/sealed/key"), &information)
    #expect(information.st_mode & 0o777 == 0o600)
  }

  // Fails if the questions hold an outcome, a member of the ensemble or a seed of their instance,
  // in the scene, the prompt or anywhere else.
  @Test("questions never hold the truth")
  func questionsHoldNoTruth() throws {
    let folder = try Shared.folder()
    let text = try folder.read("out/demo/questions.jsonl")
    for word in ["\"seed\"", "\"samples\"", "\"outcomes\"", "\"numerical\"", "\"half-width\""] {
      #expect(!text.contains(word), "\(word)")
    }
    let truths = try ["outcomes", "calibration", "sealed/outcomes"].flatMap {
      try jsonLines(folder.read("out/demo/\($0).jsonl"))
    }
    #expect(truths.count == SmallPlan.calibration + SmallPlan.open + SmallPlan.sealed)
    let questions = Dictionary(
      grouping: text.split(separator: "\n").map(String.init),
      by: { (try? JSON.parse($0))?["instance"]?.text ?? "" })
    for truth in truths {
      let asked = (questions[truth["id"]?.text ?? ""] ?? []).joined()
      #expect(!asked.isEmpty)
      #expect(!asked.contains(try #require(truth["seed"]?.text)))
      for (name, outcome) in try #require(truth["outcomes"]?.object).pairs {
        let members = outcome[path: "input", "values"]?.numbers ?? []
        for value in members + [outcome["value"]?.number ?? 0] {
          // twelve digits are found by chance never; fewer than five often
          let digits = JSON.text(of: value)
          guard digits.count > 6 else { continue }
          #expect(!asked.contains(digits), "\(name) = \(digits)")
        }
      }
    }
  }

  // Fails if anything of the sealed instances but their questions leaves the sealed folder.
  @Test("sealed truths stay in their folder")
  func sealedStays() throws {
    let folder = try Shared.folder()
    let sealed = try jsonLines(folder.read("out/demo/sealed/outcomes.jsonl"))
    #expect(sealed.count == SmallPlan.sealed)
    let key = try folder.read("out/demo/sealed/key").trimmingCharacters(in: .newlines)
    for name in try folder.files(in: "out/demo") where !name.hasPrefix("sealed/") {
      let text = try folder.read("out/demo/" + name)
      #expect(!text.contains(key), "\(name)")
      for truth in sealed {
        #expect(!text.contains(try #require(truth["seed"]?.text)), "\(name)")
        let id = try #require(truth["id"]?.text)
        let asks = name == "questions.jsonl" || name.hasPrefix("export/")
        #expect(text.contains(id) == asks, "\(name)")
      }
    }
  }

  // Fails if time, order, workers or the folder reach a byte of a result.
  @Test("the same key gives the same bytes, with any number of workers")
  func sameBytes() throws {
    let shared = try Shared.folder()
    let folder = try SmallPlan.workspace()
    for jobs in ["1", "2"] {
      let out = "elsewhere/with-\(jobs)"
      let run = try GenerateTests.generate(folder, out, "--key-file", "drop.key", "-j", jobs)
      #expect(run.status == 0)
      #expect(run.stdout == "")
      for name in try shared.files(in: "out/demo") where name != "manifest.json" {
        #expect(
          try folder.data("\(out)/\(name)") == shared.data("out/demo/\(name)"), "\(jobs): \(name)")
      }
      let manifests = try [
        shared.read("out/demo/manifest.json"), folder.read("\(out)/manifest.json"),
      ].map { try #require(try jsonLines($0).first).without("created", "machine", "wall-s").line }
      #expect(manifests[0] == manifests[1])
    }
  }

  // Fails if a random key is used twice, or a key changes anything but the sealed split.
  @Test("another key changes the sealed split alone")
  func anotherKey() throws {
    let shared = try Shared.folder()
    let folder = try SmallPlan.workspace()
    #expect(try GenerateTests.generate(folder, "out").status == 0)
    for name in ["outcomes.jsonl", "calibration.jsonl"] {
      #expect(try folder.data("out/\(name)") == shared.data("out/demo/\(name)"))
    }
    let first = try folder.data("out/sealed/outcomes.jsonl")
    #expect(try first != shared.data("out/demo/sealed/outcomes.jsonl"))

    // a second time needs --force, and draws a new key
    let refused = try GenerateTests.generate(folder, "out")
    #expect(refused.status == 73)
    #expect(refused.stderr.contains("--force"), "\(refused.stderr)")
    #expect(try folder.data("out/sealed/outcomes.jsonl") == first)
    #expect(try GenerateTests.generate(folder, "out", "--force").status == 0)
    #expect(try folder.data("out/sealed/outcomes.jsonl") != first)
  }

  // Fails if a key that is missing or too short to be one is accepted, or leaves a folder behind.
  @Test("refuses a bad key")
  func badKey() throws {
    let folder = try SmallPlan.workspace()
    try folder.write("short.key", "short")
    #expect(try GenerateTests.generate(folder, "a", "--key-file", "nothing.key").status == 66)
    let run = try GenerateTests.generate(folder, "b", "--key-file", "short.key")
    #expect(run.status == 65)
    #expect(!folder.exists("a/manifest.json") && !folder.exists("b/manifest.json"))
  }

  // Fails if a plan without instances makes an empty data set, or a link leads out of the folder.
  @Test("refuses a plan without instances, and a scene outside")
  func refusesPlans() throws {
    let folder = try SmallPlan.workspace()
    let plan = try folder.read("scenes/ball-drop.plan.yaml")
    let lines = plan.split(separator: "\n").map {
      $0.hasPrefix("splits:") ? "splits: { calibration: 0, public: 0, sealed: 0 }" : String($0)
    }
    try folder.write("scenes/none.yaml", lines.joined(separator: "\n"))
    let none = try Program.run(["generate", "scenes/none.yaml", "-o", "out"], cwd: folder.path)
    #expect(none.status == 4)
    #expect(!folder.exists("out"))

    try folder.write("plans/ball-drop.plan.yaml", plan)
    symlink("../scenes/ball-drop", folder.path("plans/ball-drop"))
    let outside = try Program.run(
      ["generate", "plans/ball-drop.plan.yaml", "-o", "out"], cwd: folder.path)
    #expect(outside.status == 65)
    #expect(!folder.exists("out"))
  }

  // Fails if --split, --slot or --limit select something else than they say.
  @Test("questions selects")
  func questionsSelects() throws {
    let folder = try Shared.folder()
    func questions(_ arguments: String...) throws -> Finished {
      try Program.run(["questions", "out/demo"] + arguments, cwd: folder.path)
    }
    let all = try jsonLines(folder.read("out/demo/questions.jsonl"))
    #expect(try jsonLines(questions().stdout) == all.filter { $0["split"]?.text == "public" })
    let some = try jsonLines(
      questions("--split", "sealed", "--slot", "fall-time", "--limit", "2").stdout)
    #expect(some.count == 2)
    #expect(some.allSatisfy { $0["split"]?.text == "sealed" && $0["slot"]?.text == "fall-time" })
    for arguments in [["--split", "hidden"], ["--slot", "colour"], ["--limit", "0"]] {
      let none = try Program.run(["questions", "out/demo"] + arguments, cwd: folder.path)
      #expect(none.status == 4)
      #expect(none.stdout == "")
    }
    #expect(try Program.run(["questions", "scenes"], cwd: folder.path).status == 66)
  }
}
