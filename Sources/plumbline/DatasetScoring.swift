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

  /// Answers of a built-in predictor.
  static func baseline(
    _ name: String, _ questions: [Question], _ set: Dataset
  ) throws -> [Prediction] {
    guard name == NearestExperience.name else { return try physics101(questions, set) }
    return try set.templates.flatMap { template in
      try NearestExperience(
        template: template, questions: set.questions, calibration: set.calibration
      ).predictions(for: questions)
    }
  }

  /// Names of the built-in predictors.
  static let baselines = ["physics-101", NearestExperience.name]

  static func report(
    _ answers: [Prediction], _ questions: [Question], _ set: Dataset, split: String, hash: String,
    seed: UInt64, scope: LedgerScope = LedgerScope(nil, known: []), attempts: Int? = nil
  ) throws -> ScoredFile {
    let scorer = try Scorer(
      templates: set.templates, questions: questions, truths: set.outcomes,
      calibration: set.calibration, disclosed: set.questions)
    let datasetHash = Dataset.hash(of: set.manifest)
    var scores = scope.ranged(
      try scorer.scores(of: answers), questions: scorer.questions, dataset: datasetHash)
    try scorer.addTraces(
      of: answers, to: &scores, templates: set.templates, calibration: set.calibration)
    var source = source(of: set.manifest, set.templates, split: split)
    source.predictionsHash = hash
    source.model = answers.first?.model ?? ""
    source.track = answers.first?.track ?? ""
    source.attempts = attempts ?? answers.map(\.attempt).max() ?? 1
    var report = Report(
      scores: scores, source: source, statements: scorer.statements, seed: seed)
    report.judgement = Judgement(
      scores, scope: scope, questions: scorer.questions, truths: set.outcomes,
      predictions: answers, isSealed: split == "sealed", attempts: source.attempts)
    let judged = scores
    return ScoredFile(
      sheet: ScoreSheet(scores), report: report,
      failures: { body in
        try scorer.failures(of: answers, judged, templates: set.templates).forEach(body)
      })
  }

  /// What a report says of the data set and of this release.
  static func source(
    of manifest: JSON, _ templates: [Template], split: String
  ) -> Report.Source {
    var source = Report.Source()
    source.dataset = manifest["id"]?.text ?? ""
    source.version = manifest["version"]?.text ?? ""
    source.experience = Set(templates.map(\.experience)).sorted().joined(separator: ", ")
    source.datasetHash = Dataset.hash(of: manifest)
    source.split = split
    source.seedCommitment = manifest["splits"]?[split]?["seed-commitment"]?.text
    (source.release, source.commit) = (Release.version, Assets.commit)
    return source
  }

  /// Scores alone, for comparisons.
  static func scores(
    _ answers: [Prediction], _ questions: [Question], _ set: Dataset
  ) throws -> [Score] {
    try Scorer(
      templates: set.templates, questions: questions, truths: set.outcomes,
      calibration: set.calibration
    ).scores(of: answers)
  }
}
