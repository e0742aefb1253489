import Experience
import Foundation
import Testing

@Suite("The executable alone")
struct MovedTests {
  // Fails if the program needs anything of the source tree, the build folder or the environment at
  // run time; or if the demo no longer goes its whole way, or the recorded answers miss its
  // questions.
  @Test("works in an empty folder")
  func worksMoved() throws {
    let folder = try Folder()
    try folder.copy(Program.path, as: "plumbline")
    func run(_ arguments: [String]) throws -> Finished {
      try Program.start(arguments, cwd: folder.path, executable: folder.path("plumbline")).finish()
    }
    #expect(try run(["list", "materials"]).stdout.contains("steel"))
    #expect(try run(["verify", "--case", "BD01"]).status == 0)

    let demo = try run(["demo", "-o", "kept", "--quiet"])
    #expect(demo.status == 0)
    #expect(demo.stderr == "")
    // four rows of answers: skill against climatology, against physics-101, invalid ones
    let rows = demo.stdout.matches(of: #/\n  (.+?) +\S+ \[.+?\] +\S+ \[.+?\] +(\d+) /#)
    #expect(rows.count == 4, "\(demo.stdout)")
    // answers to other scenes would score far below climatology: the recordings belong to these
    let engines = demo.stdout.matches(of: #/(?:MuJoCo|Bullet) \S+ \(recorded\) +\+0\.[6-9]/#)
    #expect(engines.count == 2, "\(demo.stdout)")
    for row in rows { #expect(row.output.2 == "0", "\(row.output.0)") }

    // what the demo keeps is a data set with a report for every row
    #expect(try run(["verify", "kept", "--sample", "20"]).status == 0)
    let reports = try folder.files(in: "kept").filter { $0.hasSuffix(".report.json") }
    #expect(reports.count == 4)

    // physics that a first course knows cannot be worse than a constant
    let skills = try reports.map { name -> (String, Double) in
      let report = try #require(try jsonLines(folder.read("kept/" + name)).first)
      return (
        name, try #require(report[path: "headline", "climatology", "skill", "value"]?.number)
      )
    }
    for (name, skill) in skills {
      if name.hasPrefix("a.") { #expect(skill < 0) } else { #expect(skill > 0.5, "\(name)") }
    }
  }

  // The bytes are taken in when the executable is built. Fails if it holds an older state of a
  // file, or a file of the table is missing.
  @Test("holds the files of the source tree")
  func embedsFiles() throws {
    let table = try String(
      contentsOfFile: Program.sources + "/Sources/EmbeddedAssets/EmbeddedAssets.c", encoding: .utf8)
    let paths = table.matches(of: /#embed "\.\.\/\.\.\/([^"]+)"/).map { String($0.output.1) }
    #expect(paths.count >= 5)
    let program = try Data(contentsOf: URL(fileURLWithPath: Program.path))
    for path in paths {
      let file = try Data(contentsOf: URL(fileURLWithPath: Program.sources + "/" + path))
      #expect(program.firstRange(of: file) != nil, "\(path) is not in the executable as it is")
      #expect(table.contains("ROW(\"\(path)\","), "\(path) has no row")
    }
  }

  // Identifiers of questions do not depend on the ensemble, so a plan with few members has them
  // all. Fails if the demo's plan or its questions change and the recordings do not follow, or an
  // answer of a recording cannot be read.
  @Test("recorded predictions answer exactly the public questions of the demo")
  func recordedAnswers() throws {
    let folder = try Folder()
    try folder.copy(Program.sources + "/scenes", as: "scenes")
    let plan = try folder.read("scenes/ball-drop-demo.plan.yaml")
    let lines = plan.split(separator: "\n").map { $0.hasPrefix("samples:") ? "samples: 2" : $0 }
    try folder.write("scenes/few.yaml", lines.joined(separator: "\n"))
    let made = try Program.run(
      ["generate", "scenes/few.yaml", "-o", "out", "-q"], cwd: folder.path)
    #expect(made.status == 0, "\(made.stderr)")
    let asked = try jsonLines(folder.read("out/questions.jsonl"))
      .filter { $0["split"]?.text == "public" }.compactMap { $0["id"]?.text }

    let recordings = Program.sources + "/benchmarks/predictors/recorded"
    let names = try FileManager.default.contentsOfDirectory(atPath: recordings)
      .filter { $0.hasSuffix(".jsonl") }
    #expect(names.count >= 2)
    for name in names {
      let answers = try jsonLines(
        String(contentsOfFile: "\(recordings)/\(name)", encoding: .utf8))
      #expect(answers.compactMap { $0["id"]?.text }.sorted() == asked.sorted(), "\(name)")
      let check = try Program.run(
        ["check", "\(recordings)/\(name)", "--against", "out", "--format", "concise"],
        cwd: folder.path)
      #expect(check.status == 0 && check.stdout == "", "\(check.stdout)")
    }
  }
}
