// Checks the working of predictions and puts it beside their scores.
//
// Cost        nothing where no prediction carries a trace; else one pass over the calibration records,
//             and for each right claim one comparison with each of them.
// Checked by  TraceScoreTests.

import Experience

extension Scorer {
  /// Adds the working of each prediction that carries one to its score. Losses do not change. Questions
  /// that were handed to a human have no answer to compare with and keep none.
  /// - Throws: a claim law of a template that cannot be read.
  public func addTraces(
    of predictions: [Prediction], to scores: inout [Score], templates: [Template],
    calibration: [TruthRecord]
  ) throws(ScoringProblem) {
    let traced = Dictionary(
      predictions.filter { $0.trace != nil }.map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
    guard !traced.isEmpty else { return }
    var bench = TraceBench(templates: templates, calibration: calibration)
    for (index, question) in questions.enumerated() where index < scores.count {
      guard let prediction = traced[question.id], let record = truth(of: question.instance) else {
        continue
      }
      scores[index].trace = try bench.trace(
        prediction, question, scores[index], record, by: self)
    }
  }
}

/// Checks one working after the other; what those of a template share is prepared once.
struct TraceBench {
  private let templates: [Template]
  private let calibration: [TruthRecord]
  private var laws: [String: TraceLaws] = [:]
  private var background: [String: [TraceTruth]] = [:]

  init(templates: [Template], calibration: [TruthRecord]) {
    (self.templates, self.calibration) = (templates, calibration)
  }

  private mutating func prepare() throws(ScoringProblem) {
    guard laws.isEmpty else { return }
    for template in templates {
      laws[template.id] = try TraceLaws(template.laws)
      background[template.id] = calibration.filter { $0.template == template.id }
        .map { TraceTruth(record: $0, question: nil, bindings: template.bindings) }
    }
  }

  /// The working of a prediction that carries one; `nil` of one that was handed to a human.
  mutating func trace(
    _ prediction: Prediction, _ question: Question, _ score: Score, _ record: TruthRecord,
    by scorer: Scorer
  ) throws(ScoringProblem) -> TraceScore? {
    try prepare()
    guard score.status != .abstained,
      let template = templates.first(where: { $0.id == question.template }),
      let laws = laws[template.id]
    else { return nil }
    let slot = template.slots.first { $0.name == question.slot }
    let checker = TraceChecker(
      subject: TraceChecker.Subject(question),
      truth: TraceTruth(record: record, question: question, bindings: template.bindings),
      calibration: background[template.id] ?? [], laws: laws,
      rho: slot?.rho ?? TraceChecker.defaultRho)
    let unit = checker.subject.unit
    let median = Answer.read(prediction, for: question).answer?.median(levels: question.levels)
    let isEvent = question.type == .event
    return TraceScore(
      Trace(prediction.trace ?? []), by: checker, normalised: score.normalised,
      answer: median.map { isEvent ? $0 : unit.toSI($0) },
      minimumClaims: slot?.minimumClaims ?? TraceScore.defaultMinimumClaims,
      loss: { value in
        let answer: Answer = isEvent ? .probability(value) : .point(unit.fromSI(value))
        return scorer.normalised(answer, question, record)
      })
  }
}

extension Answer {
  /// The middle of what was answered, in the question's unit.
  func median(levels: [Double]) -> Double? {
    switch self {
    case .probability(let p): return p
    case .point(let value): return value
    case .normal(let mean, _): return mean
    case .ensemble(let values): return Ensemble(values).quantile(0.5)
    case .quantiles(let values):
      let index = levels.firstIndex { abs($0 - 0.5) < 1e-9 } ?? values.count / 2
      return index < values.count ? values[index] : nil
    case .disposition, .verification, .handoff, .probabilities, .pairs, .paths, .bands: return nil
    }
  }
}
