// `plumbline score`: predictions against a data set. Needs no solver.

import ArgumentParser
import Experience
import Foundation
import Scoring

struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score predictions with proper rules against the truth's own law.",
    discussion: """
      A line without a readable, unique id refuses the file (65). Every other defect counts as INVALID,
      costs more than knowing nothing, and is named in the report. Questions without a prediction count
      as INVALID too. --format json prints score/1 lines, then the report/1.

      Claim lines in `trace` are checked against the simulation and never change a loss; their words
      stand in `plumbline list laws` and `plumbline list claims`.

      EXAMPLES
        plumbline score answers.jsonl --against out/demo
        plumbline score --baseline physics-101 --against out/demo --require 0.1
        plumbline score answers.jsonl --against out/demo --ledger ledger.jsonl

      \(ExitStatus.table([.done, .answerIsNo, .noVerdict, .nothingSelected, .usage, .badInput, .inputMissing, .inputOutput]))
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var format: FormatOption

  @Argument(help: "Predictions as JSON Lines (prediction/1); - reads standard input.")
  var predictions: String?

  @Option(help: "Folder of the data set with the questions and truths.")
  var against: String

  @Option(help: "Split to score on: public or sealed (its folder must be there).")
  var split = "public"

  @Option(help: "Score a built-in predictor instead: physics-101 or nearest-experience.")
  var baseline: String?

  @Option(help: "Lowest skill against climatology: exit 1 if the interval lies below, 3 if across.")
  var require: Double?

  @Option(help: "What the predictor has experienced (ledger/1): gives range and contamination.")
  var ledger: String?

  @Option(help: "Folder of a data set that the ledger names; may be repeated.")
  var ledgerData: [String] = []

  @Option(help: "Attempts of this model on the split (default: the largest in the predictions).")
  var attempts: Int?

  @Option(help: "Seed of the bootstrap.")
  var seed: UInt64 = 1

  @Option(
    name: [.customShort("o"), .long],
    help:
      "Also write scores.jsonl, report.json, report.html, vcrm.csv, junit.xml and, of an open split, failures.jsonl into this folder."
  )
  var out: String?

  func validate() throws {
    if (predictions == nil) == (baseline == nil) {
      throw ValidationError(
        "give a predictions file or --baseline with \(DatasetScoring.baselines.joined(separator: " or "))"
      )
    }
    if let baseline, !DatasetScoring.baselines.contains(baseline) {
      throw ValidationError(
        "unknown baseline `\(baseline)`; known: \(DatasetScoring.baselines.joined(separator: ", "))"
      )
    }
    if let attempts, !(1...1000).contains(attempts) {
      throw ValidationError("--attempts must be between 1 and 1000, not \(attempts)")
    }
    if ledger == nil, !ledgerData.isEmpty {
      throw ValidationError("--ledger-data needs --ledger")
    }
  }

  func run() throws {
    let scored = try predictions.map(scored(file:)) ?? baselineScored()
    let (sheet, report) = (scored.sheet, scored.report)
    if let out {
      try ReportFiles.write(sheet, report, to: out)
      // an item holds the truth of its question, so a sealed split has none
      if FailureItem.openSplits.contains(split) {
        try Files.replace(out + "/failures.jsonl") { writer in
          try scored.failures { try writer.line($0.json) }
        }
      }
    }
    switch format.value {
    case .json:
      var writer = LineWriter(to: 1, name: "standard output")
      for index in 0..<sheet.count { try writer.line(sheet[index].json) }
      try writer.line(report.json)
      try writer.flush()
    case .text: try Console.write(ReportText.text(of: report))
    }
    try judge(report)
  }

  private func scored(file path: String) throws -> ScoredFile {
    try ScoredFile.read(
      path, against: against, split: split, seed: seed, attempts: attempts, scope: scope(known:))
  }

  private func scope(known: () throws -> LedgerScope.Known) throws -> LedgerScope {
    let (scope, warnings) = try LedgerLoading.scope(
      ledger: ledger, folders: ledgerData, scored: known)
    if !options.quiet { DiagnosticPrinter(usesColour: options.usesColour).print(warnings) }
    return scope
  }

  private func baselineScored() throws -> ScoredFile {
    let set = try Dataset.read(against)
    let questions = set.questions.filter { $0.split == split }
    guard !questions.isEmpty else {
      throw Failure(.nothingSelected, "the data set has no questions in the split `\(split)`")
    }
    let name = baseline ?? "physics-101"
    let answers = try DatasetScoring.baseline(name, questions, set)
    guard !answers.isEmpty else {
      throw Failure(
        .nothingSelected, "\(name) has no answer to any of these questions",
        help: "a first course has no closed form here; try --baseline nearest-experience")
    }
    let text = answers.map { $0.json.line + "\n" }.joined()
    return try DatasetScoring.report(
      answers, questions, set, split: split, hash: Hashes.sha256(text), seed: seed,
      scope: try scope { set.known }, attempts: attempts)
  }

  private func judge(_ report: Report) throws {
    guard let require else { return }
    guard let skill = report.skills.first(where: { $0.reference == .climatology })?.skill,
      let interval = skill.interval
    else { throw Ending(status: .noVerdict) }
    if interval.upperBound < require { throw Ending(status: .answerIsNo) }
    if interval.lowerBound < require { throw Ending(status: .noVerdict) }
  }
}
