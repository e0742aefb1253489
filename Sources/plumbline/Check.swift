// `plumbline check`: all defects of scenes, plans and predictions, and certain repairs.

import ArgumentParser
import Catalogue
import Experience
import Foundation

struct Check: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, concise, json, sarif }

  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract:
      "Validate scenes, plans, predictions and ledgers; report every defect with place and remedy.",
    discussion: """
      A file ending in .jsonl holds predictions, or an experience ledger; a YAML file with the key `plan` is a plan, any other a
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
      if isLedger(bytes) {
        do { return try LedgerReader.read(bytes, path: path).warnings } catch {
          return error.diagnostics
        }
      }
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

  /// Whether the first line names the schema of a ledger, whatever its version.
  private static func isLedger(_ bytes: [UInt8]) -> Bool {
    let end = bytes.firstIndex(of: 0x0a) ?? bytes.count
    let json = try? JSON.parse(String(decoding: bytes[..<end], as: UTF8.self))
    return json?["schema"]?.text?.hasPrefix("ledger/") ?? false
  }

  private static func isPlan(_ source: SourceText) -> Bool {
    guard let tree = try? SourceNode.parse(source), case .mapping(let pairs) = tree.content else {
      return false
    }
    return pairs.contains { $0.key.scalar == "plan" }
  }
}
