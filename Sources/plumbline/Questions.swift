// `plumbline questions`: the questions of a data set, never the truth.

import ArgumentParser
import Experience
import Foundation

struct Questions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "questions",
    abstract: "Print the questions of a data set as JSON Lines (question/1).",
    discussion: """
      EXAMPLES
        plumbline questions out/demo > q.jsonl
        plumbline questions out/demo --split public --slot impact-speed --limit 5

      \(ExitStatus.table([.done, .nothingSelected, .usage, .badInput, .inputMissing, .inputOutput]))
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(help: "Folder of a data set.")
  var folder: String

  @Option(help: "Split: calibration, public or sealed (default: public).")
  var split = "public"

  @Option(help: "Only this slot, such as impact-speed.")
  var slot: String?

  @Option(help: "At most this many questions.")
  var limit: Int?

  @Option(name: [.customShort("o"), .long], help: "Write to this file instead of standard output.")
  var out: String?

  func run() throws {
    let set = try Dataset.read(folder)
    var list = set.questions.filter { $0.split == split && (slot == nil || $0.slot == slot) }
    if let limit { list = Array(list.prefix(max(0, limit))) }
    guard !list.isEmpty else {
      let splits = set.manifest["splits"]?.object?.keys ?? []
      let slots = set.templates.flatMap { $0.slots.map(\.name) }
      throw Failure(
        .nothingSelected, "no question matches",
        help: "splits: \(splits.joined(separator: ", ")); slots: \(slots.joined(separator: ", "))")
    }
    let text = list.map { $0.json.line + "\n" }.joined()
    if let out { try Files.replace(out, with: Data(text.utf8)) } else { try Console.write(text) }
  }
}
