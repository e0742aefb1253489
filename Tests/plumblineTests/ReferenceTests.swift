import Experience
import Foundation
import Testing

@Suite("explain, list and doctor")
struct ReferenceTests {
  /// Codes of diagnostics in the sources: whole ones, and numbers that the typed reader prefixes.
  static func codes() throws -> Set<String> {
    let root = Program.sources + "/Sources"
    var codes: Set<String> = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: root)
    where name.hasSuffix(".swift") {
      let text = try String(contentsOfFile: root + "/" + name, encoding: .utf8)
        .split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
        .joined(separator: "\n")
      for match in text.matches(of: /\b[SGQPRE]\d{3}\b/) { codes.insert(String(match.output)) }
      for match in text.matches(of: /report\(\s*"(\d{3})"/) { codes.insert("S" + match.output.1) }
    }
    return codes
  }

  // Fails if a message carries a code that nothing explains.
  @Test("every code of the sources is explained")
  func codesExplained() throws {
    let codes = try ReferenceTests.codes().sorted()
    #expect(codes.count > 40)
    for code in codes {
      let run = try Program.run(["explain", code])
      #expect(run.status == 0, "\(code) is not explained")
      #expect(run.stdout.hasPrefix("\(code): "))
      #expect(run.stderr == "")
    }
  }

  // Fails if an outcome, unit or term that list or explain itself names is unknown, or spelling
  // counts where it need not.
  @Test("outcomes, units and terms are explained")
  func wordsExplained() throws {
    let outcomes = try jsonLines(Program.run(["list", "outcomes", "--format", "json"]).stdout)
      .compactMap { $0["outcome"]?.text }
    let terms = try Program.run(["explain"]).stdout.split(separator: "\n")[0]
      .dropFirst("Terms: ".count).split(separator: ",")
      .map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(outcomes.count >= 12)
    #expect(terms.contains("tiers"))
    for word in outcomes + terms + ["s012", "Tiers", "rpm", "restitution", "ball.diameter"] {
      let run = try Program.run(["explain"] + word.split(separator: " ").map(String.init))
      #expect(run.status == 0, "\(word)")
      #expect(run.stdout.count > 20, "\(word)")
    }
  }

  // Fails if an unknown word passes, or the near one is not offered.
  @Test("an unknown word is 4")
  func unknownWord() throws {
    let run = try Program.run(["explain", "tierz"])
    #expect(run.status == 4)
    #expect(run.stdout == "")
    #expect(run.stderr.contains("did you mean `tiers`?"), "\(run.stderr)")
    #expect(try Program.run(["explain", "S999"]).status == 4)
  }

  // Fails if a topic lists nothing, or its JSON has other rows than its text.
  @Test(
    "every topic is listed in text and JSON",
    arguments: ["scenes", "experiences", "materials", "outcomes", "rules", "units", "cases"])
  func topics(topic: String) throws {
    let text = try Program.run(["list", topic], cwd: Program.sources)
    let json = try Program.run(["list", topic, "--format", "json"], cwd: Program.sources)
    #expect(text.status == 0)
    #expect(json.status == 0)
    #expect(text.stderr == "" && json.stderr == "")
    let rows = try jsonLines(json.stdout)
    #expect(!rows.isEmpty)
    #expect(text.stdout.split(separator: "\n").count == rows.count + 1)
    for row in rows {
      #expect(row["schema"]?.text == "list/1")
      let cells = try (row.without("schema").object?.pairs ?? []).map {
        try #require($0.value.text)
      }
      let absent = cells.filter { !text.stdout.contains($0) }
      #expect(absent == [])
    }
  }

  // Fails if a scene of the repository is missing or shown as broken, or a wrong folder is silent.
  @Test("list scenes looks where it is told")
  func listsScenes() throws {
    let rows = try jsonLines(
      Program.run(
        ["list", "scenes", "--in", Program.sources + "/scenes", "--format", "json"]
      ).stdout)
    let listed = Set(rows.compactMap { $0["scene"]?.text })
    #expect(RunTests.scenes.allSatisfy(listed.contains))
    for row in rows {
      let name = try #require(row["experience"]?.text)
      #expect(row["scene"]?.text?.contains("/scenes/\(name)/") == true)
    }
    let folder = try Folder()
    #expect(try Program.run(["list", "scenes", "--in", "no"], cwd: folder.path).status == 66)
    #expect(try Program.run(["list", "scenes", "--in", "."], cwd: folder.path).status == 4)
  }

  // Fails if doctor misses the kernel that is in force, or cannot be read by a program.
  @Test("doctor names the kernel")
  func doctor() throws {
    let run = try Program.run(["doctor", "--format", "json"])
    #expect(run.status == 0)
    let rows = try jsonLines(run.stdout)
    #expect(rows.allSatisfy { $0["schema"]?.text == "doctor/1" })
    let kernel = try #require(rows.first { $0["what"]?.text == "BLAS kernel in force" })
    #expect(kernel["found"]?.text?.isEmpty == false)
  }

  // The library ignores a kernel that it does not know. Fails if such a value changes a byte of a
  // record, or stops the program.
  @Test("a garbled kernel choice changes no result", arguments: ["", "Garbage", "Haswell"])
  func kernelChoice(value: String) throws {
    let scene = RunTests.scenes[0]
    let arguments = ["run", "--format", "json", "--samples", "2", scene]
    let plain = try Program.run(arguments, environment: ["OPENBLAS_CORETYPE": nil])
    let other = try Program.run(
      arguments, environment: ["OPENBLAS_CORETYPE": value, "OPENBLAS_NUM_THREADS": "2"])
    let records = try [plain, other].map {
      try #require(try jsonLines($0.stdout).first).without("provenance").line
    }
    #expect(records[0] == records[1])
  }

  // The names that claim traces may use stand in another room than the outcomes that they mean. Fails
  // if an outcome is renamed there and not here.
  @Test("claims may be made of outcomes that there are")
  func claims() throws {
    func rows(_ what: String) throws -> Set<String> {
      let run = try Program.run(["list", what])
      #expect(run.status == 0)
      let pairs = run.stdout.split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
      return Set(
        pairs.compactMap { words in
          words.count < 2 ? nil : "\(words[0]) \(words[1].replacing("_", with: "-"))"
        })
    }
    let claims = try rows("claims")
    #expect(claims.count > 30)
    // what is derived from several outcomes, and the time of every event
    let derived: Set<String> = ["ball-drop E-lost", "every time"]
    #expect(claims.subtracting(derived).subtracting(try rows("outcomes")).isEmpty)
  }
}
