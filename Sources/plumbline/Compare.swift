// `plumbline compare`: scored prediction files side by side. Needs no solver.

import ArgumentParser
import Experience
import Foundation
import Scoring

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract:
      "Compare two or more predictors: on the same questions, or over several data sets.",
    discussion: """
      Each argument is a folder that `score -o` wrote, a scores.jsonl, or with --against a prediction
      file. NAME=PATH gives it a name. The answer for each pair is better, worse, or not shown different;
      several pairs are adjusted after Holm. --format json prints compare/1.

      With --across the folders may be of different data sets: one table of predictors by experiences,
      without pairs, since their questions differ. A predictor has a row only where it gave answers.
      --format json then prints standings/1.

      EXAMPLES
        plumbline compare out/first out/second
        plumbline compare a.jsonl new=b.jsonl --against out/demo -o out/both
        plumbline compare --across one=out/first two=out/second -o out/all

      \(ExitStatus.table([.done, .nothingSelected, .usage, .badInput, .inputMissing, .cannotCreate, .inputOutput]))
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var format: FormatOption

  @Argument(help: "Two or more: folder of `score -o`, scores.jsonl, or predictions; NAME=PATH.")
  var entries: [String]

  @Option(help: "Folder of the data set, to score prediction files first.")
  var against: String?

  @Option(help: "Split to score prediction files on: public or sealed.")
  var split = "public"

  @Option(help: "Seed of the bootstrap.")
  var seed: UInt64 = 1

  @Flag(help: "Folders of `score -o` of several data sets: predictors by experiences.")
  var across = false

  @Option(
    name: [.customShort("o"), .long],
    help: "Also write compare.json and compare.html into this folder.")
  var out: String?

  func validate() throws {
    guard across || entries.count >= 2 else {
      throw ValidationError("give at least two things to compare")
    }
    if across, against != nil {
      throw ValidationError("--across takes folders of `score -o`, which name their data set")
    }
  }

  func run() throws {
    if across { return try runAcross() }
    let set = try against.map(Dataset.read)
    var sides: [Comparison.Entry] = []
    var dataset: (hash: String, path: String)?
    for entry in entries {
      let (name, path) = Compare.named(entry)
      let side = try scores(at: path, set)
      if let hash = side.dataset {
        if let dataset, dataset.hash != hash {
          throw Failure(
            .badInput, "`\(path)` and `\(dataset.path)` were scored on different data sets",
            help: "score both against the same folder, or give --across for one table over several")
        }
        dataset = (hash, path)
      }
      let isTaken = sides.contains { $0.name == (name ?? side.name) }
      sides.append(
        Comparison.Entry(name: name ?? (isTaken ? path : side.name), scores: side.scores))
    }
    guard Set(sides.map(\.name)).count == sides.count else {
      throw Failure(.usage, "two entries have the same name", help: "write NAME=PATH")
    }
    let comparison: Comparison
    do { comparison = try Comparison(sides, seed: seed) } catch {
      throw Failure(
        .nothingSelected, error.description, help: "compare files of the same data set and split")
    }
    try put(comparison.json, html: comparison.html, text: comparison.text)
  }

  /// Predictors by data sets, from reports alone.
  private func runAcross() throws {
    var list: [Standing] = []
    for entry in entries {
      let (name, path) = Compare.named(entry)
      let file = path + "/report.json"
      guard FileManager.default.fileExists(atPath: file) else {
        throw Failure(
          .inputMissing, "`\(path)` has no report.json",
          help: "`plumbline score PREDICTIONS --against DIR -o \(path)` writes one")
      }
      let text = try Files.text(file).text
      do {
        list.append(try Standing(report: try JSON.parse(text), name: name))
      } catch let error as RecordError {
        throw RecordError("\(file): \(error.description)")
      } catch let error as JSONError { throw RecordError("\(file): \(error.message)") }
    }
    let standings: Standings
    do { standings = try Standings(list) } catch {
      throw Failure(.nothingSelected, error.description, help: "NAME=PATH names an entry")
    }
    try put(standings.json, html: standings.html, text: standings.text)
  }

  private func put(_ json: JSON, html: String, text: String) throws {
    if let out {
      try Files.createFolder(out)
      try Files.replace(out + "/compare.json", with: Data((json.line + "\n").utf8))
      try Files.replace(out + "/compare.html", with: Data(html.utf8))
    }
    switch format.value {
    case .json: try Console.line(json.line)
    case .text: try Console.write(text)
    }
  }

  /// `NAME=PATH`, unless a file of the whole name is there.
  private static func named(_ entry: String) -> (name: String?, path: String) {
    guard !FileManager.default.fileExists(atPath: entry), let sign = entry.firstIndex(of: "=")
    else {
      return (nil, entry)
    }
    return (String(entry[..<sign]), String(entry[entry.index(after: sign)...]))
  }

  private typealias Side = (name: String, scores: [ComparedScore], dataset: String?)

  private func scores(at path: String, _ set: Dataset?) throws -> Side {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let folder = isFolder.boolValue ? path : (path as NSString).deletingLastPathComponent
    let file = isFolder.boolValue ? path + "/scores.jsonl" : path
    if exists, isFolder.boolValue, !FileManager.default.fileExists(atPath: file) {
      throw Failure(
        .inputMissing, "`\(path)` has no scores.jsonl",
        help: "`plumbline score PREDICTIONS --against DIR -o \(path)` writes one")
    }
    let text = try Files.text(file).text
    if text.hasPrefix("{\"schema\":\"score/1\"") {
      let list = try Dataset.parse(text, name: file) { json throws(RecordError) in
        try ComparedScore(json: json)
      }
      let report = try? JSON.parse(
        Files.text((folder.isEmpty ? "." : folder) + "/report.json").text)
      let model = report?["predictions"]?["model"]?.text ?? ""
      return (
        model.isEmpty ? path : model, list,
        report?["dataset"]?["sha256"]?.text.map { $0 + (report?["dataset"]?["split"]?.text ?? "") }
      )
    }
    guard let set else {
      throw Failure(
        .badInput, "`\(file)` holds no scores",
        help: "to compare prediction files, name their data set with --against")
    }
    let questions = set.questions.filter { $0.split == split }
    guard !questions.isEmpty else {
      throw Failure(.nothingSelected, "the data set has no questions in the split `\(split)`")
    }
    let answers = try PredictionReader(path: path, questions: set.questions).accepted(
      [UInt8](text.utf8))
    let scored = try DatasetScoring.scores(answers, questions, set)
    let model = answers.first?.model ?? ""
    return (
      model.isEmpty ? path : model, scored.map(ComparedScore.init),
      Dataset.hash(of: set.manifest) + split
    )
  }
}
