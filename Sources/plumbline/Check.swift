// `plumbline check`: all defects of scenes, plans and predictions, and certain repairs.

import ArgumentParser
import Catalogue
import Experience
import Foundation

struct Check: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, concise, json, sarif }

  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Validate scenes, plans and predictions; report every defect with place and remedy.",
    discussion: """
      A file ending in .jsonl holds predictions; a YAML file with the key `plan` is a plan, any other a
      scene. Predictions are checked against a data set with --against.

      EXAMPLES
        plumbline check scenes/ball-drop/*.yaml
        plumbline check answers.jsonl --against out/demo --format concise

      \(ExitStatus.table([.done, .answerIsNo, .usage, .inputMissing, .inputOutput]))
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(help: "Files; - reads a scene from standard input.")
  var files: [String]

  @Option(help: "Form of the messages: text (standard error), concise, json or sarif.")
  var format: Format = .text

  @Option(help: "Data set whose questions the predictions answer.")
  var against: String?

  @Flag(help: "Repair what is certain (spelling of keys and units) and show the difference.")
  var fix = false

  func run() throws {
    var all: [Diagnostic] = []
    let questions = try against.map { try Dataset.read($0).questions }
    var isMissing = false
    for file in files {
      var found: [Diagnostic]
      do { found = try Check.diagnostics(of: file, questions: questions) } catch let failure
        as Failure
        where failure.status == .inputMissing
      {
        // one file that cannot be read does not hide what is wrong with the others
        Console.note("error: \(failure.message)")
        isMissing = true
        continue
      }
      if fix, file != "-" { found = try Repair.apply(to: file, found) }
      all += found
    }
    try show(all)
    let errors = all.filter(\.isError).count
    if !options.quiet, format == .text {
      let warnings = all.count - errors
      Console.note("\(files.count) checked: \(errors) errors, \(warnings) warnings")
    }
    if isMissing { throw Ending(status: .inputMissing) }
    if errors > 0 { throw Ending(status: .answerIsNo) }
  }

  private func show(_ diagnostics: [Diagnostic]) throws {
    switch format {
    case .text: DiagnosticPrinter(usesColour: options.usesColour).print(diagnostics)
    case .concise: for item in diagnostics { try Console.line(item.concise) }
    case .json: for item in diagnostics { try Console.line(item.json.line) }
    case .sarif: try Console.line(Sarif.log(diagnostics).line)
    }
  }

  /// Everything that is wrong with a file. A file that cannot be read at all is thrown.
  static func diagnostics(of path: String, questions: [Question]?) throws -> [Diagnostic] {
    if path.hasSuffix(".jsonl") {
      let bytes = [UInt8](try Files.read(path))
      let asked = questions.map { answered(by: PredictionReader(path: path).read(bytes), of: $0) }
      return PredictionReader(path: path, questions: asked).read(bytes).diagnostics
    }
    let source: SourceText
    do { source = try Files.text(path) } catch {
      guard error.status == .badInput else { throw error }
      return [Diagnostic(code: "S014", message: error.message, path: path, help: error.help)]
    }
    do {
      let materials = try Assets.materials()
      if isPlan(source) {
        return try PlanLoading.plan(path, materials).warnings
      }
      return try Scene.parse(source, catalogue: Catalogue.experiences, materials: materials)
        .warnings
    } catch let list as DiagnosticList { return list.diagnostics }
  }

  /// The questions of the splits that a file answers: of no other is an answer missing.
  private static func answered(by file: PredictionFile, of questions: [Question]) -> [Question] {
    let ids = Set(file.predictions.map(\.id))
    let splits = Set(questions.filter { ids.contains($0.id) }.map(\.split))
    return questions.filter { splits.isEmpty ? $0.split == "public" : splits.contains($0.split) }
  }

  private static func isPlan(_ source: SourceText) -> Bool {
    guard let tree = try? SourceNode.parse(source), case .mapping(let pairs) = tree.content else {
      return false
    }
    return pairs.contains { $0.key.scalar == "plan" }
  }
}

/// Repairs that are certain: the marked text becomes the replacement; comments stay.
enum Repair {
  /// Applies the fixes of a file until none is left; returns what remains.
  static func apply(to path: String, _ diagnostics: [Diagnostic]) throws -> [Diagnostic] {
    var found = diagnostics
    for _ in 0..<10 {
      let fixes = found.compactMap(\.fix)
      guard !fixes.isEmpty else { return found }
      let source = try Files.text(path)
      var lines = source.text.split(separator: "\n", omittingEmptySubsequences: false).map(
        String.init)
      // from the end of each line, so that earlier columns stay valid
      let ordered = Set(fixes.map(\.mark)).sorted { ($0.line, $0.column) > ($1.line, $1.column) }
      for mark in ordered {
        guard let fix = fixes.first(where: { $0.mark == mark }), mark.line <= lines.count else {
          continue
        }
        var characters = Array(lines[mark.line - 1])
        var (start, length) = (mark.column - 1, mark.length)
        guard start + length <= characters.count else { continue }
        if "\"'".contains(characters[start]) { (start, length) = (start + 1, length - 2) }
        Console.note("\(path):\(mark.line)\n- \(lines[mark.line - 1])")
        characters.replaceSubrange(start..<(start + length), with: Array(fix.replacement))
        lines[mark.line - 1] = String(characters)
        Console.note("+ \(lines[mark.line - 1])")
      }
      try Files.replace(path, with: Data(lines.joined(separator: "\n").utf8))
      found = try Check.diagnostics(of: path, questions: nil)
    }
    return found
  }
}

/// SARIF 2.1.0, for code hosts and editors (OASIS standard, 2020).
enum Sarif {
  static func log(_ diagnostics: [Diagnostic]) -> JSON {
    let results = diagnostics.map { item -> JSON in
      var region: JSON?
      if let mark = item.mark {
        region = .object([
          ("startLine", .number(Double(mark.line))), ("startColumn", .number(Double(mark.column))),
          ("endColumn", .number(Double(mark.column + mark.length))),
        ])
      }
      let text = [item.message, item.label, item.help ?? ""].filter { !$0.isEmpty }
      return .object([
        ("ruleId", .text(item.code)), ("level", .text(item.severity.rawValue)),
        ("message", .object([("text", .text(text.joined(separator: "; ")))])),
        (
          "locations",
          .array([
            .object([
              (
                "physicalLocation",
                .object([
                  ("artifactLocation", .object([("uri", .text(item.path))])), ("region", region),
                ])
              )
            ])
          ])
        ),
      ])
    }
    return .object([
      ("$schema", .text("https://json.schemastore.org/sarif-2.1.0.json")),
      ("version", .text("2.1.0")),
      (
        "runs",
        .array([
          .object([
            (
              "tool",
              .object([
                (
                  "driver",
                  .object([("name", .text("plumbline")), ("version", .text(Release.version))])
                )
              ])
            ), ("results", .array(results)),
          ])
        ])
      ),
    ])
  }
}
