// `plumbline questions`: the questions of a data set, never the truth.

import ArgumentParser
import Experience
import Foundation
import Scoring

struct Questions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "questions",
    abstract: "Print the questions of a data set as JSON Lines (question/1).",
    discussion: """
      --to hf writes flat tables for Hugging Face datasets instead, one file a type, into the folder of
      --out or DIR/export: all splits unless one is named, each row with its truth where that is open.

      EXAMPLES
        plumbline questions out/demo > q.jsonl
        plumbline questions out/demo --split public --slot impact-speed --limit 5
        plumbline questions out/demo --to hf -o tables

      \(ExitStatus.table([.done, .nothingSelected, .usage, .badInput, .inputMissing, .cannotCreate, .inputOutput]))
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(help: "Folder of a data set.")
  var folder: String

  @Option(help: "Split: calibration, public or sealed (default: public; with --to: all).")
  var split: String?

  @Option(help: "Only this slot, such as impact-speed.")
  var slot: String?

  @Option(help: "At most this many questions.")
  var limit: Int?

  @Option(
    name: [.customShort("o"), .long],
    help: "Write to this file instead of standard output; with --to, to this folder.")
  var out: String?

  /// Other programs whose files are written.
  enum Target: String, ExpressibleByArgument, CaseIterable { case hf }

  @Option(help: "Write tables for another program: hf (Hugging Face datasets).")
  var to: Target?

  func validate() throws {
    let selects = split != nil || slot != nil || limit != nil
    if to != nil, out == nil, selects {
      throw ValidationError(
        "part of a data set goes into a folder of its own: name one with --out (DIR/export holds all of it)"
      )
    }
  }

  func run() throws {
    let set = try Dataset.read(folder)
    let wanted = split ?? (to == nil ? "public" : nil)
    var list = set.questions.filter {
      (wanted == nil || $0.split == wanted) && (slot == nil || $0.slot == slot)
    }
    if let limit { list = Array(list.prefix(max(0, limit))) }
    guard !list.isEmpty else {
      let splits = set.manifest["splits"]?.object?.keys ?? []
      let slots = set.templates.flatMap { $0.slots.map(\.name) }
      throw Failure(
        .nothingSelected, "no question matches",
        help: "splits: \(splits.joined(separator: ", ")); slots: \(slots.joined(separator: ", "))")
    }
    if to != nil { return try writeTables(list, of: set) }
    let text = list.map { $0.json.line + "\n" }.joined()
    if let out { try Files.replace(out, with: Data(text.utf8)) } else { try Console.write(text) }
  }

  /// Sealed truths may lie in the folder; `QuestionTable` asks for open ones alone.
  private func writeTables(_ list: [Question], of set: Dataset) throws {
    let truths = Dictionary(
      (set.outcomes + set.calibration).map { ($0.id ?? "", $0) },
      uniquingKeysWith: { first, _ in first })
    let tables = QuestionTable.parts(of: list) { question in
      truths[question.instance].flatMap { AskedTruth.json(question, in: $0) }
    }
    let place = out ?? folder + "/" + QuestionTable.folder
    try ExportFiles.write(tables, to: place)
    if !options.quiet {
      for table in tables {
        let file = (table.path as NSString).lastPathComponent
        Console.note("\(table.lines.count) questions in \(place)/\(file)")
      }
    }
  }
}
