import Experience
import Scoring
import Testing

@Suite("Truth of a slot")
struct TruthLawTests {
  private func truth(
    _ record: TruthRecord, _ slot: Int, consequence: Int = 2
  ) throws -> SlotTruth {
    var question = Sample.questions(Sample.template(), record, height: 1)[slot]
    question.consequence = consequence
    return try SlotTruth(question: question, record: record)
  }

  // 8 members about 5 m/s, 4 of them above: g = ½ with 8 members behind it, MARGINAL.
  // Fails if the nominal value decides, or the limit is compared in the wrong unit.
  @Test("counts an event over the members")
  func counts() throws {
    let record = Sample.record(1, height: 25 / (2 * 9.80665), members: 8, spread: 0.1)
    let event = try truth(record, 1)
    #expect(event.law == .event(0.5, members: 8))
    #expect(event.label == .marginal)
    #expect(event.tier == .t0)
    // a single member makes a certainty; consequence 5 needs 300 members or exact inputs
    let high = Sample.record(2, height: 2)
    #expect(try truth(high, 1, consequence: 5).label == .pass)
    let spread = Sample.record(3, height: 2, members: 64, spread: 0.01)
    #expect(try truth(spread, 1, consequence: 2).label == .pass)
    #expect(try truth(spread, 1, consequence: 5).label == .marginal)
  }

  // A member without the outcome does not meet the criterion, and counts as a member.
  @Test("counts members in which the outcome does not occur")
  func occurs() throws {
    var record = Sample.record(1, height: 4, members: 8, spread: 0.01)
    guard case .scalar(var outcome) = record.outcomes[0].outcome else { return }
    outcome.occurs = 0.5
    record.outcomes[0].outcome = .scalar(outcome)
    #expect(try truth(record, 1).law == .event(0.5, members: 16))
  }

  // An event of the record itself, under the slot's name, is an exact law with 0 members.
  @Test("takes a recorded probability as it is")
  func exact() throws {
    var record = Sample.record(1, height: 1)
    record.outcomes.append(
      (
        "fast",
        .event(
          EventOutcome(
            probability: 0.5435665, low: 0.5435665, high: 0.5435665, members: 0, status: .resolved,
            label: .marginal, tier: .t0, basis: "e normal"))
      ))
    let event = try truth(record, 1)
    #expect(event.law == .event(0.5435665, members: 0))
    #expect(event.label == .marginal)
  }

  // A question in km/h about a truth in m/s; a question in metres about it is a broken data set.
  @Test("converts to the question's unit, or names the record")
  func units() throws {
    let record = Sample.record(1, height: 1)
    var slot = Sample.template().slots[0]
    slot.quantity.unit = "km/h"
    slot.quantity.support = 0...54
    let truth = try SlotTruth(slot: slot, record: record)
    #expect(abs(truth.value - 3.6 * 4.428690551393267) < 1e-12)
    slot.quantity.unit = "m"
    #expect(throws: ScoringProblem.self) { try SlotTruth(slot: slot, record: record) }
    slot.name = "no-such-outcome"
    #expect(throws: ScoringProblem.self) { try SlotTruth(slot: slot, record: record) }
  }
}

@Suite("Climatology")
struct ClimatologyTests {
  // For exact truths y_i the scale of rule crps is ½·mean|y − y'| (the law against itself), which
  // is summed here over all pairs. Fails if the scale is taken over another set than the law.
  @Test("has half the mean difference as the scale of crps")
  func scale() throws {
    let template = Sample.template(rule: .crps)
    let records = (0..<200).map { Sample.record($0, height: Sample.height($0)) }
    let speeds = records.compactMap { $0[outcome: "impact-speed"]?.scalar?.value }
    let pairs = speeds.reduce(0) { sum, a in speeds.reduce(sum) { $0 + abs($1 - a) } }
    let scale = try Climatology.lossScale(
      slot: template.slots[0], template: template.id, calibration: records)
    #expect(abs(scale.value - 0.5 * pairs / 40_000) < 1e-12)
    #expect(scale.instances == 200)
    #expect(!scale.isDegenerate)
    // an event's scale is the variance of g
    let share = Double(speeds.count { $0 > 5 }) / 200
    let event = try Climatology.lossScale(
      slot: template.slots[1], template: template.id, calibration: records)
    #expect(abs(event.value - share * (1 - share)) < 1e-12)
  }

  // Equal truths leave nothing to predict: s = 0 is degenerate, and a scorer refuses it.
  @Test("calls a slot without spread degenerate")
  func degenerate() throws {
    let template = Sample.template()
    let records = (0..<50).map { Sample.record($0, height: 1) }
    let scale = try Climatology.lossScale(
      slot: template.slots[0], template: template.id, calibration: records)
    #expect(scale.isDegenerate)
    let questions = Sample.questions(template, records[0], height: 1)
    #expect(throws: ScoringProblem.self) {
      try Scorer(
        templates: [template], questions: questions, truths: records, calibration: records)
    }
  }

  // Records of other templates do not count, and none at all is said, not guessed.
  @Test("uses its own template alone")
  func template() {
    let template = Sample.template()
    let foreign = [Sample.record(1, height: 1, template: "other@1.0.0")]
    #expect(throws: ScoringProblem.self) {
      try Climatology(slot: template.slots[0], template: template.id, calibration: foreign)
    }
  }
}
