// A prediction file with its scores, its report and its failures.

import Experience
import Foundation
import Scoring

struct ScoredFile {
  let sheet: ScoreSheet
  let report: Report
  /// Calls a closure with each failure, in the order of the questions.
  let failures: ((FailureItem) throws -> Void) throws -> Void

  /// Scores a prediction file against a data set in one pass over the questions. In memory are the
  /// scores, some 300 bytes each, and where each line of the files starts.
  static func read(
    _ path: String, against folder: String, split: String, seed: UInt64, attempts: Int?,
    scope loading: (() throws -> LedgerScope.Known) throws -> LedgerScope
  ) throws -> ScoredFile {
    let manifest = try Dataset.manifest(of: folder)
    let files = try DatasetFiles(folder, manifest, predictions: path)
    let scope = try loading { try Dataset.read(folder).known }
    let run = try scores(files, split: split, scope: scope)
    let index = files.predictions.index
    var source = DatasetScoring.source(of: manifest, files.templates, split: split)
    source.predictionsHash = files.predictions.hash
    (source.model, source.track) = (index.model, index.track)
    source.attempts = attempts ?? index.attempts
    var report = Report(run.sheet, source: source, statements: run.statements, seed: seed)
    report.judgement = try Judgement(
      run.sheet, scope: scope, evidence: files, isSealed: split == "sealed",
      attempts: source.attempts)
    return ScoredFile(
      sheet: run.sheet, report: report,
      failures: { body in
        for row in 0..<run.sheet.count {
          let failure = try run.failure(row) { row in
            guard let question = try files.question(row, of: run.sheet),
              let prediction = try files.prediction(question.id),
              let record = try files.record(question.instance)
            else { return nil }
            return (question, prediction, record)
          }
          if let failure { try body(failure) }
        }
      })
  }

  private static func scores(
    _ files: DatasetFiles, split: String, scope: LedgerScope
  ) throws -> ScoringRun {
    var disclosed: [Question] = []
    while true {
      var run = ScoringRun(
        templates: files.templates, calibration: files.calibration, disclosed: disclosed,
        scope: scope, dataset: Dataset.hash(of: files.manifest))
      // `generate` writes the disclosed questions first; where they come later, they are read first
      var (known, count) = (disclosed, 0)
      let isComplete = !disclosed.isEmpty
      while let (question, place) = try files.nextQuestion() {
        if !isComplete, question.split == "calibration" { known.append(question) }
        guard question.split == split else { continue }
        if count == 0, !isComplete {
          run = ScoringRun(
            templates: files.templates, calibration: files.calibration, disclosed: known,
            scope: scope, dataset: Dataset.hash(of: files.manifest))
          disclosed = known
        }
        count += 1
        try run.add(
          question, try files.prediction(question.id), try files.record(question.instance),
          place: place)
      }
      guard count > 0 else {
        throw Failure(.nothingSelected, "the data set has no questions in the split `\(split)`")
      }
      try files.truths.finish()
      if isComplete || known.count == disclosed.count { return run }
      disclosed = known
      try files.rewind()
    }
  }
}
