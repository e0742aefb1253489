// Scores predictions of a data set: what `score` and `demo` share.

import Experience
import Foundation
import Scoring

/// Scoring of a data set, shared by `score` and `demo`.
enum DatasetScoring {
  static func physics101(_ questions: [Question], _ set: Dataset) throws -> [Prediction] {
    var answers: [Prediction] = []
    for template in set.templates {
      let baseline = try Physics101(template: template)
      for question in questions where question.template == template.id {
        if let answer = try baseline.prediction(for: question) { answers.append(answer) }
      }
    }
    return answers
  }

  static func report(
    _ answers: [Prediction], _ questions: [Question], _ set: Dataset, split: String, hash: String,
    seed: UInt64
  ) throws -> (scores: [Score], report: Report, failures: () -> [FailureItem]) {
    let scorer = try Scorer(
      templates: set.templates, questions: questions, truths: set.outcomes,
      calibration: set.calibration)
    var scores = try scorer.scores(of: answers)
    try scorer.addTraces(
      of: answers, to: &scores, templates: set.templates, calibration: set.calibration)
    var source = Report.Source()
    (source.dataset, source.version) = (set.id, set.version)
    source.datasetHash = Dataset.hash(of: set.manifest)
    source.split = split
    source.seedCommitment = set.manifest["splits"]?[split]?["seed-commitment"]?.text
    (source.release, source.commit) = (Release.version, Assets.commit)
    source.predictionsHash = hash
    source.model = answers.first?.model ?? ""
    source.track = answers.first?.track ?? ""
    source.attempts = answers.map(\.attempt).max() ?? 1
    return (
      scores, Report(scores: scores, source: source, statements: scorer.statements, seed: seed),
      { scorer.failures(of: answers, scores, templates: set.templates) }
    )
  }
}
