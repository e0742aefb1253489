// A failure with its context, as training material: `failure/1`.
//
// Which       an answer with l > 0.10 is wrong. It is unsafe if it is sure of an event (p ≥ 0.95) that
//             the truth excludes (g_hi ≤ 0.05), or the reverse; or if it answers outside its experience
//             and the truth lies outside its 90 % interval. Only splits whose truth is public are
//             exported: an item holds the truth.
// Words       from fixed templates over the fields; nothing is written freely.
// Checked by  FailureTests; its schema by SchemaTests.

import Experience

public struct FailureItem: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable { case wrong, unsafe }

  /// What another part of the scoring knows of a question's place in the experience.
  public struct Context: Sendable, Hashable {
    /// in, edge, out, undeclared.
    public var range: String
    /// Those with the largest share of the distance, largest first.
    public var descriptors: [String]

    public init(range: String, descriptors: [String] = []) {
      (self.range, self.descriptors) = (range, descriptors)
    }
  }

  /// Splits whose truth is public.
  public static let openSplits: Set<String> = ["public", "retired"]

  public let id: String
  public let question: Question
  public let prediction: Prediction
  public let kind: Kind
  /// S(F, G) in `lossUnit`, and l.
  public let loss: Double
  public let lossUnit: String
  public let normalised: Double
  public let correct: JSON
  public let reason: FailureReason
  public let sentence: String
  public let range: String?
  public let licence: String

  public var json: JSON {
    .object([
      ("schema", .text("failure/1")), ("id", .text(id)), ("instance", .text(question.instance)),
      ("template", .text(question.template)), ("split", .text(question.split)),
      ("kind", .text(kind.rawValue)), ("prompt", .text(question.prompt)),
      ("answer", prediction.answer), ("trace", prediction.trace.map { .texts($0) }),
      ("loss", .number(loss)), ("unit", .text(lossUnit)), ("normalised", .number(normalised)),
      ("correct", correct), ("reason", reason.json), ("sentence", .text(sentence)),
      ("range", range.map { .text($0) }), ("mechanisms", .texts(question.mechanisms)),
      ("licence", .text(licence)), ("canary", .text(question.canary)),
    ])
  }
}

extension Scorer {
  /// The failures of a prediction file, in the order of the questions.
  /// - Parameters:
  ///   - scores: of these predictions, with their traces.
  ///   - context: range of a question by id, where a ledger was given.
  public func failures(
    of predictions: [Prediction], _ scores: [Score], templates: [Template],
    context: [String: FailureItem.Context] = [:]
  ) -> [FailureItem] {
    let byID = Dictionary(
      predictions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return zip(questions, scores).compactMap { question, score in
      guard FailureItem.openSplits.contains(question.split), score.status == .ok,
        let prediction = byID[question.id], let record = truth(of: question.instance),
        let template = templates.first(where: { $0.id == question.template })
      else { return nil }
      return Scorer.failure(
        question, prediction, score, record, template, context[question.id])
    }
  }

  /// Whether a score can be that of a failure, told before its question and truth are read.
  static func mayFail(_ entry: ScoreSheet.Entry) -> Bool {
    guard entry.status == .ok else { return false }
    let p = ScoreSheet.number(entry.probability)
    return entry.normalised > TraceScore.answerLimit
      || p.map { $0 >= TraceTruth.shareHigh || $0 <= TraceTruth.shareLow } ?? false
  }

  static func failure(
    _ question: Question, _ prediction: Prediction, _ score: Score, _ record: TruthRecord,
    _ template: Template, _ context: FailureItem.Context?
  ) -> FailureItem? {
    guard let law = try? SlotTruth(question: question, record: record),
      let kind = kind(score, law, context)
    else { return nil }
    let truth = TraceTruth(record: record, question: question, bindings: template.bindings)
    let rho = template.slots.first { $0.name == question.slot }?.rho ?? TraceChecker.defaultRho
    let unit = (try? Unit.parse(question.quantity.unit)) ?? .one
    let median = Answer.read(prediction, for: question).answer?.median(levels: question.levels)
    let answer = median.map { question.type == .event ? $0 : unit.toSI($0) }
    var reason = FailureReason.find(
      score.trace, answer: answer, question: question, record: record, truth: truth, rho: rho)
    if reason.by == .unexplained {
      reason.descriptors = Array((context?.descriptors ?? []).prefix(3))
    }
    let mark = Hashes.sha256(prediction.json.canonical).prefix(8)
    return FailureItem(
      id: "\(question.id)/failure/\(mark)", question: question, prediction: prediction, kind: kind,
      loss: score.loss, lossUnit: score.lossUnit, normalised: score.normalised,
      correct: Scorer.correct(question, record, law), reason: reason,
      sentence: FailureWording.sentence(reason, score, law, question), range: context?.range,
      licence: template.licence)
  }

  private static func kind(
    _ score: Score, _ law: SlotTruth, _ context: FailureItem.Context?
  ) -> FailureItem.Kind? {
    if let p = score.detail.probability, case .event(let g, _) = law.law {
      let (low, high) = (g - 2 * law.halfWidth, g + 2 * law.halfWidth)
      let isExcluded = law.label == .fail || high <= TraceTruth.shareLow
      let isCertain = law.label == .pass || low >= TraceTruth.shareHigh
      if p >= TraceTruth.shareHigh, isExcluded { return .unsafe }
      if p <= TraceTruth.shareLow, isCertain { return .unsafe }
    }
    if context?.range == "out", score.covered90 == false { return .unsafe }
    return score.normalised > TraceScore.answerLimit ? .wrong : nil
  }

  private static func correct(
    _ question: Question, _ record: TruthRecord, _ law: SlotTruth
  ) -> JSON {
    if case .event(let g, _) = law.law {
      return .object([
        ("probability", .number(g)), ("label", law.label.map { .text($0.rawValue) }),
      ])
    }
    switch law.law {
    case .classes(let g, _):
      return Answer.probabilities(g).json(for: question)
    case .pairs(let g, _): return Answer.pairs(g).json(for: question)
    case .series(let paths):
      let scale = OutcomeScale(question.quantity)
      let columns = paths[0].indices.map { k in
        Ensemble(paths.map { scale.value(at: $0[k]) })
      }
      let quantiles = [0.05, 0.5, 0.95].map { level in
        (JSON.text(of: level), JSON?.some(.numbers(columns.map { $0.quantile(level) })))
      }
      return .object([
        ("quantiles", .object(quantiles)), ("unit", .text(question.quantity.unit)),
      ])
    case .event, .scalar: break
    }
    let outcome = record[outcome: question.slot]?.scalar
    let members = outcome.map { Ensemble($0.members) }
    let quantiles = members.map { members in
      JSON.object(
        [0.05, 0.25, 0.5, 0.75, 0.95].map {
          (JSON.text(of: $0), JSON?.some(.number(members.quantile($0))))
        })
    }
    return .object([
      ("value", outcome.map { .number($0.value) }),
      ("half-width", outcome.map { .number($0.halfWidth) }),
      ("quantiles", (outcome?.members.count ?? 0) > 1 ? quantiles : nil),
      ("unit", outcome.map { .text($0.unit) }),
    ])
  }
}
