import Experience
import Foundation
import Testing

@Suite("plumbline compare and ledgers")
struct CompareTests {
  /// The workspace with a data set and two scored prediction files.
  private func scored(_ ledger: String? = nil) throws -> Folder {
    let folder = try Folder()
    let shared = try Shared.folder()
    try folder.copy(shared.path("out/demo"), as: "demo")
    try folder.copy(shared.path("answers.jsonl"), as: "a.jsonl")
    let questions = try Shared.questions()
    try folder.write("b.jsonl", Answers.constants(questions, at: 0.5).text)
    for name in ["a", "b"] {
      var arguments = ["score", "\(name).jsonl", "--against", "demo", "-o", name]
      if let ledger {
        try folder.write("ledger.jsonl", ledger)
        arguments += ["--ledger", "ledger.jsonl"]
      }
      let run = try Program.run(arguments, cwd: folder.path)
      #expect(run.status == 0, "\(run.stderr)")
    }
    return folder
  }

  // The same claim from scored folders, from their files, and from predictions. Fails if the order of
  // the arguments changes who is better, or a page is not written.
  @Test("says which of two is better")
  func better() throws {
    let folder = try scored()
    let run = try Program.run(["compare", "x=a", "y=b"], cwd: folder.path)
    #expect(run.status == 0)
    #expect(run.stdout.hasPrefix("x is better than y: "), "\(run.stdout)")
    let turned = try Program.run(["compare", "y=b", "x=a/scores.jsonl"], cwd: folder.path)
    #expect(turned.stdout.hasPrefix("y is worse than x: "))
    let direct = try Program.run(
      ["compare", "x=a.jsonl", "y=b.jsonl", "--against", "demo", "-o", "both", "--format", "json"],
      cwd: folder.path)
    let json = try JSON.parse(direct.stdout)
    #expect(json["pairs"]?.array?.first?["claim"]?.text == "better")
    #expect(json["pairs"]?.array?.first?["sentence"]?.text.map { run.stdout.contains($0) } == true)
    #expect(try folder.read("both/compare.json") == direct.stdout)
    #expect(try folder.read("both/compare.html").hasPrefix("<!doctype html>"))
  }

  // Each with its status and what to do.
  @Test("refuses what cannot be compared")
  func refuses() throws {
    let folder = try scored()
    func run(_ arguments: String...) throws -> Finished {
      try Program.run(["compare"] + arguments, cwd: folder.path)
    }
    #expect(try run("a").status == 64)
    #expect(try run("x=a", "x=b").status == 64)
    #expect(try run("a", "nowhere").status == 66)
    #expect(try run("a", "demo").status == 66)
    let unscored = try run("a.jsonl", "b.jsonl")
    #expect(unscored.status == 65)
    #expect(unscored.stderr.contains("--against"))
    try folder.write("c/scores.jsonl", "")
    #expect(try run("a", "c").status == 65)
  }

  // Two data sets of one plan with different keys are different data sets. Fails if they make one table,
  // if a predictor that only handed over gets a row, or if the order of the arguments changes a table.
  @Test("predictors over several data sets")
  func across() throws {
    let folder = try scored()
    try folder.copy(try Shared.folder().path("scenes"), as: "scenes")
    #expect(try GenerateTests.generate(folder, "other").status == 0)
    let questions = try Shared.questions()
    let silence = JSON.object([("handoff", .bool(true)), ("reason", .text("out-of-range"))])
    try folder.write(
      "silent.jsonl",
      questions.map { Answers.line($0, silence) + "\n" }.joined())
    let runs = [
      ["silent.jsonl", "--against", "demo", "-o", "silent"],
      ["--baseline", "physics-101", "--against", "other", "-o", "p"],
    ]
    for arguments in runs {
      let run = try Program.run(["score"] + arguments, cwd: folder.path)
      #expect(run.status == 0, "\(run.stderr)")
    }
    let refused = try Program.run(["compare", "a", "p"], cwd: folder.path)
    #expect(refused.status == 65)
    #expect(refused.stderr.contains("--across"))
    let run = try Program.run(
      ["compare", "--across", "y=b", "x=a", "p", "z=silent", "-o", "all", "--format", "json"],
      cwd: folder.path)
    #expect(run.status == 0, "\(run.stderr)")
    let tables = try #require(try JSON.parse(run.stdout)["tables"]?.array)
    #expect(tables.count == 2)
    #expect(tables.allSatisfy { $0["experience"]?.text == "ball-drop" })
    func names(_ table: JSON) -> [String] {
      (table["rows"]?.array ?? []).compactMap { $0["predictor"]?.text }
    }
    #expect(names(tables[0]) == ["x", "y"])
    #expect(names(tables[1]).count == 1)
    // the figure is the report's own
    let report = try JSON.parse(try folder.read("a/report.json"))
    #expect(
      tables[0]["rows"]?.array?.first?["skill"]?["value"]
        == report[path: "headline", "climatology", "skill", "value"])
    #expect(try folder.read("all/compare.json") == run.stdout)
    #expect(try folder.read("all/compare.html").hasPrefix("<!doctype html>"))
    let turned = try Program.run(
      ["compare", "--across", "x=a", "y=b", "p", "--format", "json"], cwd: folder.path)
    #expect(try JSON.parse(turned.stdout)["tables"]?.array?.map(names) == tables.map(names))

    for (arguments, status) in [
      (["x=a", "x=a"], Int32(4)), (["z=silent"], 4), (["nowhere"], 66), (["demo"], 66),
      (["a", "--against", "demo"], 64),
    ] {
      let bad = try Program.run(["compare", "--across"] + arguments, cwd: folder.path)
      #expect(bad.status == status, "\(arguments): \(bad.stderr)")
    }
    try folder.write("broken/report.json", "{\"schema\":")
    let broken = try Program.run(["compare", "--across", "broken"], cwd: folder.path)
    #expect(broken.status == 65)
    #expect(broken.stderr.contains("broken/report.json"))
  }

  // An empty ledger is a statement: everything is out, and says so in JSON, text and page.
  @Test("an empty ledger puts everything out of range")
  func emptyLedger() throws {
    let folder = try scored(#"{"schema":"ledger/1","id":"none","complete":true}"# + "\n")
    let report = try JSON.parse(try folder.read("a/report.json"))
    #expect(report["by"]?["range"]?.object?.keys == ["out"])
    #expect(report["predictions"]?["ledger"]?["id"]?.text == "none")
    #expect(report["authority"]?.array?.allSatisfy { $0["accepted"]?.number == 0 } == true)
    let page = try folder.read("a/report.html")
    #expect(page.contains("lie outside its experience"))
    #expect(!page.contains("http"))
    let first = try jsonLines(folder.read("a/scores.jsonl"))[0]
    #expect(first["metadata"]?["range"]?["reason"]?.text == "unknown-mechanism")
    #expect(first["metadata"]?["contaminated"]?.bool == false)
  }

  // A ledger that names the public split: all contaminated, so there is no headline.
  @Test("a ledger of the public split leaves no headline")
  func contaminated() throws {
    let shared = try Shared.folder()
    let manifest = try JSON.parse(try shared.read("out/demo/manifest.json"))
    let base = "\(manifest["id"]?.text ?? "")/\(manifest["version"]?.text ?? "")"
    let ledger =
      #"{"schema":"ledger/1","id":"copy","complete":true}"# + "\n"
      + #"{"dataset":"unknown","name":"demo","ranges":[["\#(base)",0,9999]],"exposure":"trained","saw":["truth"]}"#
      + "\n"
    let folder = try scored(ledger)
    let report = try JSON.parse(try folder.read("a/report.json"))
    #expect(report["headline"] == .null)
    #expect(report["why"]?.text == "the predictor may know the truth of every question")
    let run = try Program.run(
      ["score", "a.jsonl", "--against", "demo", "--ledger", "ledger.jsonl"], cwd: folder.path)
    #expect(run.stderr.contains("warning[Q017]"))
    #expect(run.stderr.contains("ledger.jsonl:2"))
  }

  @Test("a damaged ledger is refused with its line")
  func damaged() throws {
    let folder = try scored()
    try folder.write(
      "bad.jsonl", #"{"schema":"ledger/1","id":"x","complete":true}"# + "\n{\"dataset\":\"a\"}\n")
    let run = try Program.run(
      ["score", "a.jsonl", "--against", "demo", "--ledger", "bad.jsonl"], cwd: folder.path)
    #expect(run.status == 65)
    #expect(run.stdout == "")
    for code in ["Q014", "Q015"] { #expect(run.stderr.contains("error[\(code)]")) }
    #expect(run.stderr.contains("bad.jsonl:2:1"))
    let check = try Program.run(["check", "bad.jsonl", "--format", "concise"], cwd: folder.path)
    #expect(check.status == 1)
    #expect(check.stdout.contains("Q014"))
  }
}
