// `plumbline verify`: reference cases with expected, got, band and verdict; or a data set again.

import ArgumentParser
import Catalogue
import Experience
import Foundation

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Run the reference cases, simulate a data set again, or replay recorded tosses.",
    discussion: """
      A row passes when |got - expected| is at most tolerance + band, and the band at most the
      tolerance; a row that only a wide band would let pass is unresolved and fails the run.

      EXAMPLES
        plumbline verify
        plumbline verify --case BD33 --format json
        plumbline verify --perturb 1e-3        show that checks can fail (exit 1)
        plumbline verify out/demo --sample 50  simulate recorded instances again
        plumbline verify --data tosses         recorded cube tosses

      No tosses come with plumbline; benchmarks/contactnets/README.md tells how to get them.

      \(ExitStatus.table([.done, .answerIsNo, .noResult, .nothingSelected, .usage, .badInput, .inputMissing]))
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var format: FormatOption

  @Argument(help: "Folders of data sets to simulate again; none: the reference cases.")
  var folders: [String] = []

  @Option(name: .customLong("case"), help: "Only the cases whose id starts with this.")
  var selection: String?

  @Flag(help: "Also the slow cases: observed orders, a thousand bounces, a long fall.")
  var full = false

  @Option(
    help: "Change every computed value by this relative amount, to show that checks can fail.")
  var perturb: Double = 0

  @Option(help: "Data sets: at most this many instances or tosses, spread evenly (default: all).")
  var sample: Int?

  @Option(
    help: ArgumentHelp(
      "Replay the recorded cube tosses of DIR/tosses.jsonl: fit on one half, judge on the other.",
      valueName: "dir"))
  var data: String?

  func validate() throws {
    guard data != nil else { return }
    if !folders.isEmpty || selection != nil || full || perturb != 0 {
      throw ValidationError("--data stands alone: no folders, --case, --full or --perturb with it")
    }
    if let sample, sample < 2 {
      throw ValidationError("--sample must be at least 2 with --data, one toss for each half")
    }
  }

  func run() throws {
    options.start()
    if let data {
      try VerifyTosses(options: options, format: format.value, sample: sample).run(data)
      return
    }
    if folders.isEmpty { try cases() } else { for folder in folders { try dataset(folder) } }
  }

  // MARK: Reference cases

  /// Rows of all cases, on all workers; neighbours, which tend to cost alike, go to different ones.
  private func compute(_ cases: [VerificationCase]) -> [Result<[VerificationRow], any Error>] {
    let workers = max(1, options.workers)
    let order = (0..<workers).flatMap { worker in
      stride(from: worker, to: cases.count, by: workers)
    }
    let results = Parallel.map(order.count, jobs: workers) { index in
      Result { try cases[order[index]].rows() }
    }
    var sorted = [Result<[VerificationRow], any Error>](
      repeating: .success([]), count: cases.count)
    for (position, index) in order.enumerated() { sorted[index] = results[position] }
    return sorted
  }

  private func cases() throws {
    let cases = VerificationLadder.cases.filter { item in
      (full || !item.isSlow) && (selection.map { item.id.hasPrefix($0) } ?? true)
    }
    guard !cases.isEmpty else {
      throw Failure(
        .nothingSelected, "no case matches `\(selection ?? "")`",
        help: "cases: \(VerificationLadder.cases.map(\.id).joined(separator: ", "))")
    }
    var table = [["case", "quantity", "expected", "got", "error", "allowed", "± band", "verdict"]]
    var counts = (pass: 0, fail: 0, waiting: 0)
    var notes: [String] = []
    let computed = compute(cases)
    for (item, result) in zip(cases, computed) {
      if let waits = item.waits {
        counts.waiting += 1
        notes.append("  \(item.id)  \(item.title): \(waits)")
        if format.value == .json {
          try Console.line(
            JSON.object([
              ("schema", .text("verification/1")), ("case", .text(item.id)),
              ("title", .text(item.title)), ("verdict", .text("not judged")),
              ("reason", .text(waits)), ("source", .text(item.source)),
            ]).line)
        }
        continue
      }
      for row in try result.get() {
        let row = perturb == 0 ? row : row.perturbed(by: perturb)
        if row.verdict == .pass { counts.pass += 1 } else { counts.fail += 1 }
        switch format.value {
        case .json: try Console.line(json(item, row).line)
        case .text: table.append(cells(item, row))
        }
      }
      notes.append("  \(item.id)  \(item.title); \(item.source)")
    }
    if format.value == .text {
      try Console.write(
        TruthText.columns(table) + "\n" + notes.joined(separator: "\n")
          + "\n\n\(counts.pass) rows pass, \(counts.fail) fail, \(counts.waiting) cases not judged\n"
      )
    }
    if counts.fail > 0 { throw Ending(status: .answerIsNo) }
  }

  private func cells(_ item: VerificationCase, _ row: VerificationRow) -> [String] {
    func figures(_ value: Double, _ count: Int) -> String { TruthText.figures(value, count) }
    let allowed: String
    switch row.tolerance {
    case .range(let range):
      allowed = "\(figures(range.lowerBound, 4)) … \(figures(range.upperBound, 4))"
    default: allowed = figures(row.allowed, 2)
    }
    return [
      item.id, row.quantity, "\(figures(row.expected, 12)) \(row.unit)", figures(row.got, 12),
      figures(row.got - row.expected, 2), allowed, figures(row.band, 2), row.verdict.rawValue,
    ]
  }

  private func json(_ item: VerificationCase, _ row: VerificationRow) -> JSON {
    .object([
      ("schema", .text("verification/1")), ("case", .text(item.id)),
      ("quantity", .text(row.quantity)), ("unit", .text(row.unit)),
      ("expected", .number(row.expected)), ("got", .number(row.got)),
      ("error", .number(row.got - row.expected)), ("allowed", .number(row.allowed)),
      ("half-width", .number(row.band)), ("verdict", .text(row.verdict.rawValue)),
      ("source", .text(item.source)),
    ])
  }
}
