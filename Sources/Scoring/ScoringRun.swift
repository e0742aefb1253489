// Scores one question after the other, as a file of them is read: nothing but the scores is kept.
//
// Same        bytes as from `Scorer` with everything at hand, which this uses slot by slot: what a slot
//             needs is prepared at its first question.
// Checked by  ScoringRunTests.

import Experience

public struct ScoringRun {
  public private(set) var sheet = ScoreSheet()
  private let templates: [Template]
  private let calibration: [TruthRecord]
  private let disclosed: [Question]
  private let scope: LedgerScope
  private let dataset: String
  private let requirements: [String: [AskedRequirement]]
  private var desks: [SlotKey: Desk] = [:]
  private var bench: TraceBench
  private var finder: ExperienceRange.Finder?
  private var neighbours: [String: NearestExperience.Finder] = [:]
  private var memory = ScoringMemory()
  private var current = Current()

  /// What the questions of a slot need.
  private struct Desk {
    let scorer: Scorer
    /// Slots that are scored: those of the parts, or the slot itself.
    let slots: Set<String>
  }

  /// What the questions of an instance share.
  private struct Current {
    var instance = ""
    var template = ""
    var near: [String] = []
    var finding = RangeFinding(.undeclared, .undeclared)
    var isContaminated = false
    /// With the margins of its requirements.
    var record: TruthRecord?
  }

  /// - Parameters:
  ///   - disclosed: questions of the calibration split, whose scenes recall scales by.
  ///   - dataset: SHA-256 of the scored data set.
  public init(
    templates: [Template], calibration: [TruthRecord], disclosed: [Question], scope: LedgerScope,
    dataset: String
  ) {
    (self.templates, self.calibration, self.disclosed) = (templates, calibration, disclosed)
    (self.scope, self.dataset) = (scope, dataset)
    requirements = VerificationExpansion.requirements(of: templates)
    bench = TraceBench(templates: templates, calibration: calibration)
    if scope.ledger != nil {
      finder = ExperienceRange.Finder(ExperienceRange(scope.experiences))
    }
  }

  /// Scores a question, in all its parts.
  /// - Parameters:
  ///   - record: of its instance; `nil` is a defect of the data set.
  ///   - place: by which the caller finds the question again.
  public mutating func add(
    _ question: Question, _ prediction: Prediction?, _ record: TruthRecord?, place: Int
  ) throws(ScoringProblem) {
    let key = SlotKey(template: question.template, slot: question.slot)
    let desk: Desk
    if let known = desks[key] {
      desk = known
    } else {
      let scorer = try Scorer(
        templates: templates.filter { $0.id == question.template }, questions: [question],
        truths: record.map { [$0] } ?? [], calibration: calibration, disclosed: disclosed)
      desk = Desk(scorer: scorer, slots: Set(scorer.questions.map(\.slot)))
      desks[key] = desk
    }
    guard let record else {
      let part = VerificationParts.questions(of: question).first ?? question
      throw ScoringProblem("no truth record for the instance of the question \(part.id)")
    }
    enter(question, record, desk.scorer)
    let expanded = current.record ?? record
    guard question.type == .verification else {
      if desk.slots.contains(question.slot) {
        let answer = prediction.flatMap { $0.id == question.id ? $0 : nil }
        try append(question, answer, of: prediction, expanded, by: desk.scorer, place: place)
      }
      return
    }
    let answers =
      prediction.map {
        $0.id == question.id ? VerificationParts.predictions(of: $0, for: question) : [$0]
      } ?? []
    for part in VerificationParts.questions(of: question) where desk.slots.contains(part.slot) {
      let answer = answers.first { $0.id == part.id }
      try append(part, answer, of: nil, expanded, by: desk.scorer, place: place)
    }
  }

  /// - Parameter traced: the prediction whose working is checked.
  private mutating func append(
    _ part: Question, _ answer: Prediction?, of traced: Prediction?, _ record: TruthRecord,
    by scorer: Scorer, place: Int
  ) throws(ScoringProblem) {
    var score = try scorer.score(part, answer, record, near: current.near, &memory)
    score.detail.range = current.finding
    score.detail.isContaminated = current.isContaminated
    if let traced, traced.trace != nil {
      score.trace = try bench.trace(traced, part, score, record, by: scorer)
    }
    sheet.append(score, place: place)
  }

  /// Prepares what the questions of an instance share.
  private mutating func enter(_ question: Question, _ record: TruthRecord, _ scorer: Scorer) {
    guard
      current.record == nil || current.instance != question.instance
        || current.template != question.template
    else { return }
    (current.instance, current.template) = (question.instance, question.template)
    current.record = expanded(record)
    if neighbours[question.template] == nil, let recall = scorer.recall[question.template] {
      neighbours[question.template] = NearestExperience.Finder(recall)
    }
    current.near = neighbours[question.template]?.neighbours(of: question) ?? []
    let instance = Experienced(question)
    if let finding = finder?.finding(of: instance) { current.finding = finding }
    current.isContaminated = scope.isContaminated(instance, dataset: dataset)
  }

  private func expanded(_ record: TruthRecord) -> TruthRecord {
    guard let list = record.template.flatMap({ requirements[$0] }) else { return record }
    return VerificationParts.truth(record, list)
  }

  /// Sentences that limit what the scores say, in the order of templates and slots.
  public var statements: [String] {
    // the first is the same for all slots
    var list = Array(desks.values.first?.scorer.statements.prefix(1) ?? [])
    for template in templates {
      for slot in template.slots {
        let desk = desks[SlotKey(template: template.id, slot: slot.name)]
        list += desk?.scorer.statements.dropFirst() ?? []
      }
    }
    return list
  }

  /// The failure that a score is, if it is one.
  public func failure(
    _ row: Int, _ find: (Int) throws -> (Question, Prediction, TruthRecord)?
  ) rethrows -> FailureItem? {
    guard Scorer.mayFail(sheet.entry(row)), let (question, prediction, record) = try find(row),
      question.type != .verification, FailureItem.openSplits.contains(question.split),
      let template = templates.first(where: { $0.id == question.template })
    else { return nil }
    return Scorer.failure(
      question, prediction, sheet[row], expanded(record), template, nil)
  }
}
