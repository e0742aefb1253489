import Experience
import Foundation
import Testing

@Suite("plumbline schema")
struct SchemaTests {
  static let names = [
    "scene", "plan", "template", "question", "prediction", "truth", "experience", "ledger", "score",
    "report", "failure", "manifest",
  ]

  static func schema(_ name: String) throws -> JSON {
    let run = try Program.run(["schema", name])
    guard run.status == 0 else { throw ProgramError(description: run.stderr) }
    return try #require(try jsonLines(run.stdout).first)
  }

  /// What is wrong with the lines of a text.
  static func problems(_ name: String, _ lines: [JSON]) throws -> [String] {
    let validator = Draft07(try schema(name))
    return lines.flatMap { validator.problems(of: $0) }
  }

  // Fails if a schema is no JSON, does not name its draft, or uses a keyword or a pattern that an
  // implementation might not read.
  @Test("every schema is draft-07", arguments: names)
  func isDraft07(name: String) throws {
    let run = try Program.run(["schema", name])
    #expect(run.status == 0)
    #expect(run.stderr == "")
    let schema = try #require(try jsonLines(run.stdout).first)
    #expect(schema["$schema"]?.text == "http://json-schema.org/draft-07/schema#")
    #expect(schema["title"]?.text?.isEmpty == false)
    for problem in SchemaTests.defects(schema, "") { Issue.record("\(problem)") }
  }

  /// Walks through a schema: keywords that our validator reads, patterns that compile.
  private static func defects(_ schema: JSON, _ path: String) -> [String] {
    guard let keywords = schema.object else {
      return schema.bool == nil ? ["\(path): no schema"] : []
    }
    return keywords.pairs.flatMap { keyword, rule -> [String] in
      let here = "\(path)/\(keyword)"
      switch keyword {
      case "$schema", "title", "description", "type", "enum", "required", "minimum", "maximum",
        "exclusiveMinimum", "minItems", "maxItems":
        return []
      case "pattern":
        let isGood = (try? NSRegularExpression(pattern: rule.text ?? "[")) != nil
        return isGood ? [] : ["\(here): \(rule.line) does not compile"]
      case "items", "additionalProperties", "not": return defects(rule, here)
      case "allOf", "anyOf", "oneOf":
        return (rule.array ?? []).flatMap { defects($0, here) }
      case "properties":
        return (rule.object?.pairs ?? []).flatMap { defects($0.value, "\(here)/\($0.key)") }
      default: return ["\(here): unknown keyword"]
      }
    }
  }

  // Fails if the help of `schema` names a format that it does not print, or the reverse.
  @Test("the help page names these formats")
  func helpNamesFormats() throws {
    let page = try Program.run(["schema", "--help"]).stdout.replacing("\n", with: " ")
    #expect(page.contains("Formats: \(SchemaTests.names.joined(separator: ", "))."), "\(page)")
  }

  // Fails if a record of run does not fit its schema, for any scene: the field that the schema does
  // not know, or demands in vain, is named.
  @Test("truth of every scene")
  func truthOfScenes() throws {
    let run = try Program.run(
      ["run", "--format", "json", "--samples", "2", "-q"] + RunTests.scenes)
    let records = try jsonLines(run.stdout)
    #expect(records.count == RunTests.scenes.count)
    for problem in try SchemaTests.problems("truth", records) { Issue.record("\(problem)") }
  }

  // Fails if a file of a data set does not fit its schema.
  @Test(
    "files of a data set",
    arguments: [
      ("manifest", "manifest.json"), ("template", "templates.jsonl"),
      ("question", "questions.jsonl"), ("truth", "outcomes.jsonl"), ("truth", "calibration.jsonl"),
      ("truth", "sealed/outcomes.jsonl"),
    ])
  func dataset(name: String, file: String) throws {
    let lines = try jsonLines(Shared.folder().read("out/demo/" + file))
    #expect(!lines.isEmpty)
    for problem in Set(try SchemaTests.problems(name, lines)).sorted() {
      Issue.record("\(problem)")
    }
  }

  // Fails if the predictions that the scorer reads do not fit their schema, or its scores and
  // report do not fit theirs.
  @Test("predictions, scores and report")
  func scoring() throws {
    let questions = try Shared.questions()
    let handoff = JSON.object([("handoff", .bool(true)), ("reason", .text("low-confidence"))])
    let forms = try jsonLines(
      try ScoreTests.oracle().text + Answers.constants(questions, at: 0.5).text
        + Answers.line(questions[0], handoff))
    let recorded = try jsonLines(
      String(
        contentsOfFile: Program.sources + "/benchmarks/predictors/recorded/mujoco.jsonl",
        encoding: .utf8))
    let problems = try SchemaTests.problems("prediction", forms + recorded)
    for problem in Set(problems).sorted() { Issue.record("\(problem)") }

    // good, invalid and missing answers alike
    var lines = try ScoreTests.oracle().lines
    lines[0] = lines[0].replacing("\"unit\"", with: "\"unti\"")
    lines[1] = try JSON.parse(lines[1]).without("answer").line
    lines.removeLast()
    let printed = try jsonLines(
      ScoreTests.score(Answers(lines: lines).text, "--format", "json").stdout)
    for problem in try SchemaTests.problems("score", Array(printed.dropLast())) {
      Issue.record("\(problem)")
    }
    for problem in try SchemaTests.problems("report", Array(printed.suffix(1))) {
      Issue.record("\(problem)")
    }
  }

  // The schema must also refuse. Fails if a record of another kind, a missing field or a field of
  // another type passes.
  @Test("records of the wrong form are refused")
  func refusesRecords() throws {
    let folder = try Shared.folder()
    let records = [
      ("question", try jsonLines(folder.read("out/demo/questions.jsonl"))[0]),
      ("truth", try jsonLines(folder.read("out/demo/outcomes.jsonl"))[0]),
      ("template", try jsonLines(folder.read("out/demo/templates.jsonl"))[0]),
      ("manifest", try jsonLines(folder.read("out/demo/manifest.json"))[0]),
      ("prediction", try jsonLines(try ScoreTests.oracle().text)[0]),
    ]
    for (name, record) in records {
      let validator = Draft07(try SchemaTests.schema(name))
      #expect(validator.problems(of: record) == [])
      for (other, wrong) in records where other != name {
        #expect(validator.problems(of: wrong) != [], "\(other) passes as \(name)")
      }
      #expect(validator.problems(of: record.without("schema")) != [], "\(name)")
      var object = try #require(record.object)
      object["schema"] = .number(1)
      #expect(validator.problems(of: .object(object)) != [], "\(name)")
    }
  }

  // Fails if an editor would mark a plan or a scene of the repository as wrong.
  @Test("scenes and plans of the repository")
  func repositoryFiles() throws {
    for experience in ["ball-drop", "workbench"] {
      let run = try Program.run(["schema", "scene", "--experience", experience])
      let scene = Draft07(try #require(try jsonLines(run.stdout).first))
      let paths = RunTests.files(of: experience)
      #expect(!paths.isEmpty)
      for path in paths {
        let json = try YAML.json(String(contentsOfFile: path, encoding: .utf8))
        #expect(scene.problems(of: json) == [], "\(path)")
      }
    }
    let plan = Draft07(try SchemaTests.schema("plan"))
    for name in ["ball-drop.plan.yaml", "ball-drop-demo.plan.yaml"] {
      let text = try String(contentsOfFile: "\(Program.sources)/scenes/\(name)", encoding: .utf8)
      #expect(plan.problems(of: try YAML.json(text)) == [], "\(name)")
    }
  }
}
