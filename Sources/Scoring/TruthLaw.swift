// What the simulator says about a slot: a probability, or an ensemble in the loss's coordinate.
//
//             An event is counted over the members of its outcome: g = occurs·mean 1[y_j holds]; a
//             member in which the outcome does not occur does not meet the criterion. A single
//             member (exact inputs) makes g 0 or 1. A record may also hold the event itself, under
//             the slot's own name; 0 members is then an exact law.
// Label       that of `RequirementJudge`; an unresolved outcome is MARGINAL, and so is an event of
//             consequence 4 or 5 with fewer than 300 members, which cannot show 1 %.
// Derived     classes, orders and series stand in the record under the slot's own name.
// Checked by  TruthLawTests, DerivedScoreTests.

import Experience

public enum TruthLaw: Sendable, Hashable {
  /// g, and the number of members behind it; 0: exact.
  case event(Double, members: Int)
  case scalar(Ensemble)
  /// Of each class.
  case classes([Double], members: Int)
  /// P(first < second) of each pair of items.
  case pairs([Double], members: Int)
  /// Members × items.
  case series([[Double]])
}

/// The law of a slot in one instance, with what is known about its own quality.
public struct SlotTruth: Sendable, Hashable {
  public let law: TruthLaw
  /// Nominal value in the question's unit; g for an event.
  public let value: Double
  /// Numerical band in the loss's coordinate; of an event, half of g_hi − g_lo.
  public let halfWidth: Double
  public let tier: Tier
  public let status: ConvergenceStatus
  /// Events only.
  public let label: Verdict?

  /// - Throws: what the record lacks.
  public init(question: Question, record: TruthRecord) throws(ScoringProblem) {
    try self.init(
      slot: question.slot, type: question.type, quantity: question.quantity, event: question.event,
      consequence: question.consequence, record: record)
  }

  public init(slot: Slot, record: TruthRecord) throws(ScoringProblem) {
    try self.init(
      slot: slot.name, type: slot.type, quantity: slot.quantity, event: slot.event, consequence: 1,
      record: record)
  }

  private init(
    slot: String, type: QuestionType, quantity: AnswerQuantity, event: Criterion?,
    consequence: Int, record: TruthRecord
  ) throws(ScoringProblem) {
    let place = record.id ?? record.sceneName
    switch type {
    case .event, .decision:
      if let event = record[outcome: slot]?.event {
        self.init(event, happens: true, consequence: consequence)
      } else if let event, let outcome = record[outcome: event.outcome]?.scalar {
        try self.init(event, outcome, consequence: consequence, place: place)
      } else if let event, let outcome = record[outcome: event.outcome]?.event {
        self.init(
          outcome, happens: !event.comparison.isUpperLimit, consequence: consequence)
      } else {
        throw ScoringProblem("the truth of \(place) does not decide the event `\(slot)`")
      }
    case .verification:
      throw ScoringProblem("the verification question `\(slot)` of \(place) is scored in its parts")
    case .category, .ordered:
      guard case .classes(let outcome)? = record[outcome: slot] else {
        throw ScoringProblem("the truth of \(place) has no classes for `\(slot)`")
      }
      self.init(outcome)
    case .ordering:
      guard case .ordering(let outcome)? = record[outcome: slot] else {
        throw ScoringProblem("the truth of \(place) has no order for `\(slot)`")
      }
      self.init(outcome)
    case .series:
      guard case .series(let outcome)? = record[outcome: slot] else {
        throw ScoringProblem("the truth of \(place) has no series for `\(slot)`")
      }
      try self.init(outcome, quantity, place: "`\(slot)` of \(place)")
    case .scalar, .interval:
      guard let outcome = record[outcome: slot]?.scalar, !outcome.members.isEmpty else {
        throw ScoringProblem("the truth of \(place) has no members for `\(slot)`")
      }
      try self.init(outcome, quantity, place: "`\(slot)` of \(place)")
    }
  }

  private init(_ outcome: ClassOutcome) {
    law = .classes(outcome.probabilities, members: outcome.members)
    value = outcome.probabilities.max() ?? 0
    (halfWidth, tier, status) = (outcome.halfWidth, outcome.tier, outcome.status)
    label = nil
  }

  private init(_ outcome: OrderingOutcome) {
    law = .pairs(outcome.pairs, members: outcome.members)
    value = outcome.pairs.first ?? 0
    (halfWidth, tier, status) = (outcome.halfWidth, outcome.tier, outcome.status)
    label = nil
  }

  private init(
    _ outcome: SeriesOutcome, _ quantity: AnswerQuantity, place: String
  ) throws(ScoringProblem) {
    let (convert, ratio) = try SlotTruth.conversion(outcome.unit, quantity.unit, place)
    let scale = OutcomeScale(quantity)
    guard outcome.paths.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      throw ScoringProblem("the truth of \(place) is not finite")
    }
    law = .series(outcome.paths.map { $0.map { scale.coordinate(convert($0)) } })
    value = convert(outcome.paths[0][0])
    let widths = outcome.halfWidths.map { $0 * ratio }
    halfWidth = scale.halfWidth(widths.reduce(0, +) / Double(widths.count), at: value)
    (tier, status, label) = (outcome.tier, outcome.status, nil)
  }

  private init(
    _ outcome: ScalarOutcome, _ quantity: AnswerQuantity, place: String
  ) throws(ScoringProblem) {
    let (convert, ratio) = try SlotTruth.conversion(outcome.unit, quantity.unit, place)
    guard outcome.members.allSatisfy(\.isFinite), outcome.value.isFinite else {
      throw ScoringProblem("the truth of \(place) is not finite")
    }
    let scale = OutcomeScale(quantity)
    law = .scalar(Ensemble(outcome.members.map { scale.coordinate(convert($0)) }))
    value = convert(outcome.value)
    halfWidth = scale.halfWidth(outcome.halfWidth * ratio, at: value)
    (tier, status, label) = (outcome.tier, outcome.status, nil)
  }

  /// `happens`: whether the question is about the event or about its absence.
  private init(_ event: EventOutcome, happens: Bool, consequence: Int) {
    value = happens ? event.probability : 1 - event.probability
    law = .event(value, members: event.members)
    halfWidth = 0.5 * (event.high - event.low)
    (tier, status) = (event.tier, event.status)
    let (low, high) = happens ? (event.low, event.high) : (1 - event.high, 1 - event.low)
    let canShow = consequence < 4 || event.members < 2 || event.members >= 300
    label =
      event.status == .unresolved || event.label == .marginal || !canShow
      ? .marginal : RequirementJudge.label(low: low, high: high, consequence: consequence)
  }

  private init(
    _ criterion: Criterion, _ outcome: ScalarOutcome, consequence: Int, place: String
  ) throws(ScoringProblem) {
    guard !outcome.members.isEmpty else {
      throw ScoringProblem("the truth of \(place) has no members for `\(criterion.outcome)`")
    }
    let unit = try SlotTruth.unit(outcome.unit, place)
    // the same counting and the same label as for a requirement of a scene
    let members = outcome.members.map(unit.toSI)
    let share = RequirementJudge.probability(
      criterion, members: members, halfWidth: outcome.halfWidth * unit.factor)
    let occurs = outcome.occurs
    let (g, low, high) = (
      share.value * occurs, share.low * occurs, share.high * occurs + 1 - occurs
    )
    let runs = Int((Double(members.count) / max(occurs, 1e-9)).rounded())
    law = .event(g, members: runs)
    (value, halfWidth) = (g, 0.5 * (high - low))
    (tier, status) = (outcome.tier, outcome.status)
    let canShow = consequence < 4 || runs >= 300 || runs == 1
    label =
      status == .unresolved || !canShow
      ? .marginal : RequirementJudge.label(low: low, high: high, consequence: consequence)
  }

  /// From the unit of a record to that of a question: values, and the factor of differences.
  private static func conversion(
    _ record: String, _ question: String, _ place: String
  ) throws(ScoringProblem) -> (value: (Double) -> Double, ratio: Double) {
    let (from, to) = (try unit(record, place), try unit(question, place))
    guard from.dimension.isSame(as: to.dimension) else {
      throw ScoringProblem("\(place) is in \(record), asked in \(to.symbol)")
    }
    guard from.symbol != to.symbol else { return ({ $0 }, 1) }
    return ({ to.fromSI(from.toSI($0)) }, from.factor / to.factor)
  }

  private static func unit(_ symbol: String, _ place: String) throws(ScoringProblem) -> Unit {
    do { return try Unit.parse(symbol) } catch {
      throw ScoringProblem("the unit `\(symbol)` of \(place) is unknown")
    }
  }
}
