import Experience
import Foundation
import Testing

@Suite("Data cards, and tables for other programs")
struct CroissantTests {
  private static func croissant(_ folder: Folder, _ set: String) throws -> JSON {
    try #require(try jsonLines(folder.read(set + "/croissant.json")).first)
  }

  private static func sum(_ folder: Folder, _ path: String) throws -> String {
    String(try Program.shell("sha256sum '\(folder.path(path))'").stdout.prefix(64))
  }

  // Fails if a file is described with other bytes than it has, or a published file of records is left
  // out. `sha256sum` is the independent witness.
  @Test("describes every file of records by its real bytes")
  func files() throws {
    let folder = try Shared.folder()
    let croissant = try CroissantTests.croissant(folder, "out/demo")
    let files = try #require(croissant["distribution"]?.array)
    let names = files.compactMap { $0["contentUrl"]?.text }
    let found = try folder.files(in: "out/demo").filter {
      $0.hasSuffix(".jsonl") && !$0.hasPrefix("sealed/")
    }
    #expect(names.sorted() == found.sorted())
    for file in files {
      let path = "out/demo/" + (file["contentUrl"]?.text ?? "")
      #expect(file["@type"]?.text == "cr:FileObject")
      #expect(file["encodingFormat"]?.text == "application/jsonlines")
      #expect(try file["sha256"]?.text == CroissantTests.sum(folder, path))
      #expect(try file["contentSize"]?.text == "\(folder.data(path).count) B")
    }
  }

  // Fails if a type has no record set or two, a column of the file is not described, or a field points
  // to a column that the file has not.
  @Test("one record set a type, one field a column")
  func recordSets() throws {
    let folder = try Shared.folder()
    let croissant = try CroissantTests.croissant(folder, "out/demo")
    let sets = try #require(croissant["recordSet"]?.array)
    let types = try Set(jsonLines(folder.read("out/demo/questions.jsonl")).map { $0["type"]?.text })
    #expect(sets.count == types.count && Set(sets.map { $0["@id"]?.text }) == types)
    var rows = 0
    for set in sets {
      let type = try #require(set["@id"]?.text)
      #expect(set[path: "key", "@id"]?.text == "\(type)/id")
      let fields = try #require(set["field"]?.array)
      let columns = fields.compactMap { $0[path: "source", "extract", "column"]?.text }
      let path = try #require(fields.first?[path: "source", "fileObject", "@id"]?.text)
      #expect(path == "export/\(type).jsonl")
      for row in try jsonLines(folder.read("out/demo/\(path)")) {
        #expect(row.object?.keys == columns)
        #expect(row["type"]?.text == type)
        rows += 1
      }
      for (field, name) in zip(fields, columns) {
        let isList = ["levels", "mechanisms"].contains(name)
        #expect((field["repeated"]?.bool ?? false) == isList, "\(name)")
      }
    }
    #expect(try rows == jsonLines(folder.read("out/demo/questions.jsonl")).count)
  }

  // The hash is the one that ledgers name the data set by: `generate --experiences` prints it. Fails if a
  // date, the machine, the folder or the time of the run is in a card: then two runs would differ.
  @Test("names the data set by its hash, and holds nothing of the moment")
  func identity() throws {
    let folder = try SmallPlan.workspace()
    let run = try Program.run(
      ["generate", "scenes/ball-drop.plan.yaml", "-o", "tries", "--experiences", "5"],
      cwd: folder.path)
    let hash = try #require(run.stderr.split(separator: " ").last).trimmingCharacters(
      in: .whitespacesAndNewlines)
    let croissant = try CroissantTests.croissant(folder, "tries")
    #expect(croissant["identifier"]?.text == "sha256:\(hash)")
    #expect(try folder.read("tries/README.md").contains(hash))
    #expect(croissant["datePublished"] == nil)
    #expect(croissant["isLiveDataset"] == .bool(false))
    let manifest = try #require(try jsonLines(folder.read("tries/manifest.json")).first)
    let cpu = try #require(manifest[path: "machine", "cpu"]?.text)
    let created = try #require(manifest["created"]?.text)
    for name in ["README.md", "croissant.json"] {
      let text = try folder.read("tries/" + name)
      #expect(!text.contains(cpu) && !text.contains(created) && !text.contains(folder.path))
    }
  }

  // Fails if an input or outcome of the experiences has no field, or a field's place is not in the lines.
  @Test("experiences are one record set with a field an input and an outcome")
  func experiences() throws {
    let folder = try SmallPlan.workspace()
    let records = try ExperiencesTests.make(folder, "tries", 5)
    let croissant = try CroissantTests.croissant(folder, "tries")
    let files = try #require(croissant["distribution"]?.array)
    #expect(files.compactMap { $0["contentUrl"]?.text } == ["experiences.jsonl"])
    #expect(
      try files[0]["sha256"]?.text == CroissantTests.sum(folder, "tries/experiences.jsonl"))
    let fields = try #require(croissant["recordSet"]?.array?.first?["field"]?.array)
    let names = Set(fields.compactMap { $0["name"]?.text })
    for record in records {
      let inputs = record["inputs"]?.object?.keys ?? []
      let outcomes = record["outcomes"]?.object?.keys ?? []
      #expect(names.isSuperset(of: inputs) && names.isSuperset(of: outcomes))
      #expect(!inputs.isEmpty && !outcomes.isEmpty)
    }
  }

  // Fails if the front matter names a table that is not there, or leaves one out.
  @Test("the card's front matter names the tables")
  func frontMatter() throws {
    let folder = try Shared.folder()
    let lines = try folder.read("out/demo/README.md").split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    #expect(lines.first == "---")
    let paths = lines.filter { $0.hasPrefix("        path: ") }.map { String($0.dropFirst(14)) }
    #expect(try paths.sorted() == folder.files(in: "out/demo/export").map { "export/\($0)" })
    for section in ["## What it may be used for", "## What it does not say", "## What was drawn"] {
      #expect(lines.contains(section))
    }
    #expect(lines.contains { $0.contains("simulation, not test") })
    #expect(lines.contains { $0.hasPrefix("* start.height is log-uniform from 0.2 to 4 m") })
  }

  // With the keeper's folder at hand, `questions --to hf` knows the sealed truths. Fails if any leaves,
  // or if the tables differ from those that `generate` wrote without them.
  @Test("a sealed truth never leaves in a table")
  func sealed() throws {
    let shared = try Shared.folder()
    let folder = try Folder()
    try folder.copy(shared.path("out/demo"), as: "demo")
    #expect(folder.exists("demo/sealed/outcomes.jsonl"))
    let run = try Program.run(["questions", "demo", "--to", "hf", "-o", "hf"], cwd: folder.path)
    #expect(run.status == 0, "\(run.stderr)")
    #expect(run.stdout == "")
    let names = try folder.files(in: "hf")
    #expect(names == ["event.jsonl", "scalar.jsonl"])
    var (open, closed) = (0, 0)
    for name in names {
      #expect(try folder.data("hf/" + name) == folder.data("demo/export/" + name), "\(name)")
      for row in try jsonLines(folder.read("hf/" + name)) {
        if row["split"]?.text == "sealed" {
          #expect(row["truth"] == .null)
          closed += 1
        } else {
          #expect(row["truth"]?.text != nil)
          open += 1
        }
      }
    }
    #expect(closed == 5 * SmallPlan.sealed && open == 5 * (SmallPlan.calibration + SmallPlan.open))
    let text = try names.map { try folder.read("hf/" + $0) }.joined()
    for truth in try jsonLines(folder.read("demo/sealed/outcomes.jsonl")) {
      for (name, outcome) in try #require(truth["outcomes"]?.object).pairs {
        let members = outcome[path: "input", "values"]?.numbers ?? []
        for value in members where JSON.text(of: value).count > 6 {
          #expect(!text.contains(JSON.text(of: value)), "\(name)")
        }
      }
    }
  }

  // Fails if a part of the questions replaces the tables that croissant.json describes.
  @Test("a part goes into a folder of its own")
  func part() throws {
    let folder = try Folder()
    try folder.copy(try Shared.folder().path("out/demo"), as: "demo")
    let before = try folder.data("demo/export/scalar.jsonl")
    let refused = try Program.run(
      ["questions", "demo", "--to", "hf", "--split", "public"], cwd: folder.path)
    #expect(refused.status == 64)
    #expect(refused.stderr.contains("--out"))
    #expect(try folder.data("demo/export/scalar.jsonl") == before)
    let run = try Program.run(
      [
        "questions", "demo", "--to", "hf", "--slot", "fall-time", "--split", "public", "-o", "part",
      ],
      cwd: folder.path)
    #expect(run.status == 0)
    #expect(try folder.files(in: "part") == ["scalar.jsonl"])
    #expect(try jsonLines(folder.read("part/scalar.jsonl")).count == SmallPlan.open)
    #expect(
      try Program.run(["questions", "demo", "--to", "xml"], cwd: folder.path).status == 64)
    #expect(try Program.run(["questions", "demo", "--to", "hf"], cwd: folder.path).status == 0)
    #expect(try folder.data("demo/export/scalar.jsonl") == before)
  }

  // Fails if a table of an earlier data set stays in a folder that is made again with another plan.
  @Test("a table that is no longer asked goes")
  func replaced() throws {
    let folder = try SmallPlan.workspace()
    #expect(try GenerateTests.generate(folder, "out", "--key-file", "drop.key").status == 0)
    #expect(folder.exists("out/export/event.jsonl"))
    let plan = try folder.read("scenes/ball-drop.plan.yaml").split(separator: "\n").map {
      $0.hasPrefix("questions:") ? "questions: [fall-time]" : String($0)
    }
    try folder.write("scenes/ball-drop.plan.yaml", plan.joined(separator: "\n"))
    #expect(
      try GenerateTests.generate(folder, "out", "--key-file", "drop.key", "--force").status == 0)
    #expect(try folder.files(in: "out/export") == ["scalar.jsonl"])
  }
}
