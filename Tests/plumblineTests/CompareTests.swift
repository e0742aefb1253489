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
