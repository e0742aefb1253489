// Scores predictions against truth records: one score a question, whatever came.
//
// Order       scores come in the order of the questions; that of the predictions does not matter.
//             `score` of one question needs no other, so work can be spread over any workers.
// Denominator a question without a usable answer keeps its place: INVALID costs 1.1 times knowing
//             nothing, a handoff costs what climatology costs.
// Checked by  ScorerTests, AdversaryTests.

import Experience

public struct Scorer: Sendable {
  /// In the order of the scores; verification questions stand in their parts.
  public let questions: [Question]
  private let wholes: [Question]
  /// Sentences that limit what the scores say.
  public let statements: [String]
  private let truths: [String: TruthRecord]
  private let baselines: [SlotKey: Baseline]
  private let physics: [String: Physics101]
  let recall: [String: NearestExperience]
  /// Ids of the nearest known scenes, by instance.
  private let near: [String: [String]]

  /// What every question of a slot shares.
  private struct Baseline: Sendable {
    let rule: QuestionRule
    let climatology: Forecast
    /// s, in the loss's unit.
    let scale: Double
  }

  /// - Parameters:
  ///   - templates: with their slots; a slot without a published loss scale gets that of
  ///     `calibration`.
  ///   - questions: one split; their order is that of the scores.
  ///   - truths: the records of the questions' instances.
  ///   - calibration: the records of the public calibration instances.
  ///   - disclosed: questions of the calibration split, whose scenes recall scales by.
  /// - Throws: what the data set lacks: a template, a slot, a truth, a usable loss scale.
  public init(
    templates: [Template], questions: [Question], truths: [TruthRecord],
    calibration: [TruthRecord], disclosed: [Question] = []
  ) throws(ScoringProblem) {
    let expansion = VerificationExpansion(
      templates: templates, questions: questions, truths: truths, calibration: calibration)
    wholes = expansion.wholes
    let (templates, truths) = (expansion.templates, expansion.truths)
    let calibration = expansion.calibration
    var questions = expansion.questions
    var byInstance: [String: TruthRecord] = [:]
    for truth in truths { if let id = truth.id { byInstance[id] = truth } }
    self.truths = byInstance

    let asked = Set(questions.map { SlotKey(template: $0.template, slot: $0.slot) })
    var baselines: [SlotKey: Baseline] = [:]
    var physics: [String: Physics101] = [:]
    var recall: [String: NearestExperience] = [:]
    var statements = ["Truth is simulation, not test."]
    for template in templates {
      physics[template.id] = try Physics101(template: template)
      recall[template.id] = try NearestExperience(
        template: template, questions: disclosed, calibration: calibration)
      for slot in template.slots
      where asked.contains(SlotKey(template: template.id, slot: slot.name)) {
        let climatology = try Climatology(
          slot: slot, template: template.id, calibration: calibration)
        var scale = slot.lossScale ?? climatology.scale.value
        if !slot.requirements.isEmpty, scale.isFinite, scale <= 0 {
          // a requirement that always holds is no fault of the data set: its parts say nothing
          guard slot.type == .decision else {
            questions.removeAll { $0.template == template.id && $0.slot == slot.name }
            statements.append(
              "\(slot.name) of \(template.id) never varies, so it is not scored.")
            continue
          }
          scale = QuestionRule.policy.handoff
          statements.append(
            "For \(slot.name) of \(template.id) one action is always right; its losses are in units of "
              + "asking a human.")
        }
        guard scale.isFinite, scale > 0 else {
          throw ScoringProblem(
            "`\(slot.name)` of \(template.id) is degenerate: its loss scale is \(scale)")
        }
        if scale < 10 * climatology.scale.meanHalfWidth {
          statements.append(
            "\(slot.name) of \(template.id) is degenerate: its loss scale is below 10 times the "
              + "numerical band of the truth.")
        }
        if climatology.instances < Climatology.wantedInstances {
          statements.append(
            "Climatology of \(slot.name) (\(template.id)) rests on \(climatology.instances) "
              + "calibration instances, fewer than \(Climatology.wantedInstances): skill against it "
              + "may be some 0.04 too high.")
        }
        baselines[SlotKey(template: template.id, slot: slot.name)] = Baseline(
          rule: QuestionRule(slot), climatology: climatology.forecast, scale: scale)
      }
    }
    (self.baselines, self.physics, self.recall) = (baselines, physics, recall)
    self.questions = questions
    var near: [String: [String]] = [:]
    for item in recall.values {
      near.merge(item.neighbours(of: questions), uniquingKeysWith: { first, _ in first })
    }
    self.near = near
    for question in questions {
      guard baselines[SlotKey(template: question.template, slot: question.slot)] != nil else {
        throw ScoringProblem("no template describes the slot of the question \(question.id)")
      }
      guard byInstance[question.instance] != nil else {
        throw ScoringProblem("no truth record for the instance of the question \(question.id)")
      }
    }
    self.statements = statements
  }

  /// One score a question, in the order of the questions.
  public func scores(of predictions: [Prediction]) throws(ScoringProblem) -> [Score] {
    let byID = Dictionary(
      VerificationExpansion.parts(of: predictions, for: wholes).map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
    var scores: [Score] = []
    scores.reserveCapacity(questions.count)
    var memory = ScoringMemory()
    for question in questions {
      scores.append(
        try score(
          question, byID[question.id], truths[question.instance],
          near: near[question.instance] ?? [], &memory))
    }
    return scores
  }

  func truth(of instance: String) -> TruthRecord? { truths[instance] }

  /// l of an answer that was not given; `nil` where the question does not read it.
  func normalised(_ answer: Answer, _ question: Question, _ record: TruthRecord) -> Double? {
    guard let baseline = baselines[SlotKey(template: question.template, slot: question.slot)],
      let truth = try? SlotTruth(question: question, record: record),
      let forecast = baseline.rule.forecast(answer)
    else { return nil }
    return baseline.rule.excess(forecast, truth.law) / baseline.scale
  }

  /// The score of one question; `nil`: no prediction came.
  public func score(
    _ question: Question, _ prediction: Prediction?
  ) throws(ScoringProblem) -> Score {
    var memory = ScoringMemory()
    return try score(
      question, prediction, truths[question.instance], near: near[question.instance] ?? [],
      &memory)
  }

  func score(
    _ question: Question, _ prediction: Prediction?, _ record: TruthRecord?, near: [String],
    _ memory: inout ScoringMemory
  ) throws(ScoringProblem) -> Score {
    guard let baseline = baselines[SlotKey(template: question.template, slot: question.slot)],
      let record
    else { throw ScoringProblem("the question \(question.id) is not of this data set") }
    let rule = baseline.rule
    guard rule.isOf(question) else {
      throw ScoringProblem("the question \(question.id) and its template differ in their rule")
    }
    let truth = try SlotTruth(question: question, record: record)
    let own = rule.ownLoss(truth.law)
    let climatology = rule.loss(baseline.climatology, truth.law)
    // a baseline that cannot answer has no loss, rather than an invented one
    func normalised(_ answer: Answer) -> Double {
      ((rule.forecast(answer).map { rule.loss($0, truth.law) } ?? climatology) - own)
        / baseline.scale
    }
    let reference101 = try physics[question.template]?.answer(to: question, &memory)
      .map(normalised)
    let referenceRecall = try recall[question.template]?.law(
      of: question, near: near, &memory
    ).map(normalised)

    let reading = prediction.map { Answer.read($0, for: question) }
    let answer = reading?.answer
    let forecast = answer.flatMap(rule.forecast)
    let (loss, status): (Double, Score.Status)
    var reason: InvalidReason?
    if let forecast {
      (loss, status) = (rule.loss(forecast, truth.law), .ok)
    } else if case .handoff = answer, question.type != .decision {
      (loss, status) = (climatology, .abstained)
    } else {
      (loss, status) = (rule.invalidLoss(truth.law), .invalid)
      reason = prediction == nil ? .missing : reading?.reason ?? .form
    }
    let fit = forecast.map { Fit($0, truth.law, rule) }
    var detail = Score.Detail()
    if let fit {
      (detail.probability, detail.truth) = (fit.probability, fit.truth)
      detail.sharpness = fit.width90.map { $0 / baseline.scale }
      (detail.below, detail.levels) = (fit.below, fit.below.isEmpty ? [] : rule.levels)
    }
    detail.resolution = truth.halfWidth / baseline.scale
    detail.isUnresolved = truth.status == .unresolved || truth.status == .unresolvedOrder
    detail.isUnusable = truth.status == .unresolved
    detail.isAbsent = prediction == nil
    if !record.alternatives.isEmpty {
      detail.needsScene = !record.shortcuts.contains(
        question.requirements.isEmpty ? question.slot : "verification")
    }
    if case .action(let action) = forecast { detail.action = action }
    if case .event(let g, _) = truth.law { detail.truth = detail.truth ?? g }
    return Score(
      id: question.id, instance: question.instance, template: question.template,
      slot: question.slot, type: question.type, loss: loss, excess: loss - own,
      lossUnit: rule.lossUnit(of: question.type),
      normalised: (loss - own) / baseline.scale,
      reference: (climatology - own) / baseline.scale, reference101: reference101,
      referenceRecall: referenceRecall,
      covered50: fit?.covered50, covered90: fit?.covered90, pit: fit?.pit,
      answer: Scorer.words(answer, reason, question),
      explanation: Scorer.explanation(
        loss: loss, excess: loss - own, status, reason, truth, rule, question),
      status: status, reason: reason, tier: truth.tier, label: truth.label,
      consequence: question.consequence, detail: detail)
  }

  private static func words(
    _ answer: Answer?, _ reason: InvalidReason?, _ question: Question
  ) -> String {
    answer.map { Wording.answer($0, question) } ?? "invalid (\(reason?.rawValue ?? "form"))"
  }

  private static func explanation(
    loss: Double, excess: Double, _ status: Score.Status, _ reason: InvalidReason?,
    _ truth: SlotTruth, _ rule: QuestionRule, _ question: Question
  ) -> String {
    let unit = rule.lossUnit(of: question.type)
    let cost =
      unit == "1"
      ? "excess \(Wording.number(excess))" : "loss \(Wording.quantity(loss, unit))"
    let why =
      switch status {
      case .ok: ""
      case .abstained: ", that of climatology"
      case .invalid: ", 1.1 times that of knowing nothing (\(reason?.rawValue ?? "form"))"
      }
    return "\(cost)\(why); \(Wording.truth(truth, rule, question))"
  }
}
