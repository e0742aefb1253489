import Foundation
import Testing

@Suite("Help pages, names and usage")
struct HelpTests {
  static let commands = [
    "run", "generate", "questions", "score", "compare", "verify", "check", "list", "view", "render",
    "explain", "schema", "doctor", "demo",
  ]

  /// Lines of the EXAMPLES of a command, without the remark that two blanks set off.
  static func examples(of command: String) throws -> [String] {
    let page = try Program.run([command, "--help"]).stdout
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex(of: "EXAMPLES"))
    return lines[(start + 1)...].prefix { !$0.isEmpty }.map { line in
      let text = line.drop { $0 == " " }
      return text.firstRange(of: "  ").map { String(text[..<$0.lowerBound]) } ?? String(text)
    }
  }

  // Fails if a page loses a part, goes to standard error, or leaves out its exit statuses.
  @Test("every page has its parts", arguments: commands)
  func hasParts(command: String) throws {
    let page = try Program.run([command, "--help"])
    #expect(page.status == 0)
    #expect(page.stderr == "")
    for part in ["OVERVIEW: ", "\nUSAGE: plumbline \(command)", "\nEXAMPLES\n", "\nEXIT STATUS\n"] {
      #expect(page.stdout.contains(part), "\(command) lacks \(part)")
    }
    for line in ["\n  0    done\n", "\n  64   wrong usage\n"] {
      #expect(page.stdout.contains(line), "\(command) lacks \(line)")
    }
  }

  // Fails if a page has fewer than two examples, or one that a terminal of 80 columns breaks in
  // two: the second half would then be no command.
  @Test("every page has two examples that can be copied", arguments: commands)
  func hasExamples(command: String) throws {
    let examples = try HelpTests.examples(of: command)
    #expect(examples.count >= 2)
    for example in examples { #expect(example.hasPrefix("plumbline \(command)"), "\(example)") }
  }

  // Fails if an example names an option, a file or a value that does not exist, or ends in another
  // status than it says.
  @Test("every example works as it stands", arguments: commands)
  func exampleWorks(command: String) throws {
    for example in try HelpTests.examples(of: command) where command != "demo" {
      let folder = try SmallPlan.workspace()
      if command != "generate" {
        let shared = try Shared.folder()
        try FileManager.default.createDirectory(
          atPath: folder.path("out"), withIntermediateDirectories: true)
        try folder.copy(shared.path("out/demo"), as: "out/demo")
        for name in ["answers.jsonl", "a.jsonl", "b.jsonl"] {
          try folder.copy(shared.path("answers.jsonl"), as: name)
        }
        try folder.write(
          "ledger.jsonl", #"{"schema":"ledger/1","id":"none","complete":true}"# + "\n")
        for name in ["first", "second"] where command == "compare" {
          let run = try Program.run(
            ["score", "answers.jsonl", "--against", "out/demo", "-o", "out/\(name)"],
            cwd: folder.path)
          #expect(run.status == 0)
        }
      }
      // no test opens a window, whatever display there is
      let run = try Program.shell(
        command == "view" ? "unset DISPLAY; \(example)" : example, cwd: folder.path)
      let expected: [Int32]
      switch command {
      // scenes of the repository include some whose verdict is MARGINAL or FAIL
      case "run": expected = [0, 1, 3]
      case "view": expected = [69]
      case "verify" where example.contains("--perturb"): expected = [1]
      // no recorded tosses come with the program, and it says so
      case "verify" where example.contains("--data"): expected = [66]
      default: expected = [0]
      }
      #expect(expected.contains(run.status), "\(example): \(run.status)\n\(run.stderr)")
    }
  }

  // The demo itself takes half a minute without optimisation and has its own test; a closed pipe
  // ends it after its first lines. Fails if an example does not parse: then there is no first line.
  @Test("the examples of the demo start")
  func demoStarts() throws {
    for example in try HelpTests.examples(of: "demo") {
      let folder = try Folder()
      let run = try Program.shell("\(example) --quiet | head -n 1", cwd: folder.path)
      #expect(run.stdout == "1. One scene and its truth\n", "\(example): \(run.stderr)")
    }
  }

  // Fails if the bare command is an error, or does not say what to try first.
  @Test("the bare command helps")
  func bareCommandHelps() throws {
    let run = try Program.run([])
    #expect(run.status == 0)
    #expect(run.stderr == "")
    #expect(run.stdout.contains("Try first:"))
    for command in HelpTests.commands { #expect(run.stdout.contains("\n  \(command)")) }
    #expect(try Program.run(["help"]).stdout == run.stdout)
    let page = try Program.run(["help", "run"])
    #expect(page.status == 0)
    #expect(page.stdout == (try Program.run(["run", "--help"]).stdout))
  }

  // Fails if a command is not in the list above and so escapes these tests.
  @Test("these tests know every command")
  func knowsEveryCommand() throws {
    let page = try Program.run(["--help"]).stdout
    let list = try #require(page.components(separatedBy: "SUBCOMMANDS:\n").last)
    let names = list.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
      .filter { $0 != "See" }
    #expect(names == HelpTests.commands)
  }

  // Fails if the version is not MAJOR.MINOR.PATCH alone on standard output.
  @Test("--version")
  func version() throws {
    let run = try Program.run(["--version"])
    #expect(run.status == 0)
    #expect(run.stdout.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }

  // Fails if a mistyped command is not refused as usage, or the near name is not offered.
  @Test("a mistyped command gets a suggestion", arguments: ["genrate", "rnu", "verfy", "scroe"])
  func suggestsCommand(word: String) throws {
    let near = ["genrate": "generate", "rnu": "run", "verfy": "verify", "scroe": "score"]
    let run = try Program.run([word, "x.yaml"])
    #expect(run.status == 64)
    #expect(run.stdout == "")
    #expect(run.stderr.contains("did you mean `plumbline \(near[word] ?? "")`?"), "\(run.stderr)")
  }

  // Fails if wrong usage ends in another status, says nothing, or writes to standard output.
  @Test(
    "wrong usage is 64",
    arguments: [
      ["frobnicate"], ["run"], ["run", "--sampels", "3", "x"], ["run", "--samples", "0", "x"],
      ["run", "--samples", "many", "x"], ["run", "-j", "0", "x"], ["run", "--format", "xml", "x"],
      ["run", "--resolved", "r", "a", "b"], ["--frobnicate"], ["score", "--against", "x"],
      ["score", "a", "--baseline", "physics-101", "--against", "x"],
      ["score", "--baseline", "physics-102", "--against", "x"], ["schema", "scen"],
      ["schema", "scene", "--experience", "brick"], ["list", "things"], ["generate", "plan.yaml"],
    ])
  func wrongUsage(arguments: [String]) throws {
    let run = try Program.run(arguments)
    #expect(run.status == 64)
    #expect(run.stdout == "")
    #expect(run.stderr != "")
  }

  // Fails if a mistyped option is refused without the near one.
  @Test("a mistyped option gets a suggestion")
  func suggestsOption() throws {
    let run = try Program.run(["run", "--sampels", "3", "x"])
    #expect(run.stderr.contains("Did you mean '--samples'?"))
  }
}
