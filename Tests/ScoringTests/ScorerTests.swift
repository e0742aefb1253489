import Experience
import Foundation
import Scoring
import Testing

@Suite("Scorer")
struct ScorerTests {
  /// Climatology's own answer, taken from the pooled speeds.
  private func quantiles(_ values: [Double], unit: String = "m/s") -> JSON {
    let pairs = zip(Sample.levels, values).map { (JSON.text(of: $0), JSON.number($1)) }
    return .object([
      ("quantiles", .object(pairs.map { ($0.0, $0.1) })), ("unit", .text(unit)),
    ])
  }

  // The record of formats §5, field by field, for the worked impact speed (`endtoend.scalar`).
  // Fails if a key is missing, or the loss is not in the outcome's unit.
  @Test("writes the score record")
  func record() throws {
    var set = Sample.set(tests: 0)
    let truth = Sample.record(42, height: 1)
    set.truths = [truth]
    set.questions = Sample.questions(set.template, truth, height: 1)
    let scorer = try set.scorer()
    let scores = try scorer.scores(of: [
      Prediction(
        id: set.questions[0].id, model: "demo", answer: quantiles([4.4, 4.42, 4.43, 4.44, 4.46]))
    ])
    let json = scores[0].json
    #expect(json["schema"]?.text == "score/1")
    #expect(json["id"]?.text == "ball-drop/1.0.0/000042/impact-speed")
    let value = try #require(json["value"])
    #expect(abs(try #require(value["loss"]?.number) - 0.0034618897213466587) < 1e-9)
    #expect(value["excess"] == value["loss"])
    #expect(value["covered50"]?.number == 1)
    #expect(value["covered90"]?.number == 1)
    let pit = try #require(value["pit"]?.number)
    // 4.428690551 lies 0.8690551 of the way from the quantile 0.25 to the median
    #expect(abs(pit - (0.25 + 0.25 * 0.8690551393267)) < 1e-9)
    #expect(
      value.object?.keys == [
        "loss", "excess", "normalised", "reference", "reference-101", "covered50", "covered90",
        "pit",
      ])
    #expect(json["answer"]?.text == "median 4.43 m/s")
    #expect(json["explanation"]?.text == "loss 0.00346 m/s; truth 4.42869 m/s (T0)")
    #expect(json["metadata"]?["status"]?.text == "ok")
    #expect(json["metadata"]?["tier"]?.text == "T0")
    // the second question got no prediction: INVALID(missing), with the truth FAIL (4.43 < 5 m/s)
    #expect(scores[1].status == .invalid)
    #expect(scores[1].reason == .missing)
    #expect(scores[1].label == .fail)
    #expect(abs(scores[1].loss - 0.275) < 1e-12)
    #expect(scores[1].json["value"]?["covered90"] == nil)
  }

  // Shuffled lines give the same bytes; km/h instead of m/s the same losses to 1e-12.
  @Test("does not depend on order or unit")
  func invariance() throws {
    let set = Sample.set()
    let scorer = try set.scorer()
    var predictions: [Prediction] = []
    var converted: [Prediction] = []
    for (index, question) in set.questions.enumerated() {
      let centre = 2 + Double(index % 7)
      let values = (-2...2).map { centre + 0.3 * Double($0) }
      let isEvent = question.type == .event
      let p = JSON.object([("p", .number(Double(index % 5) / 4))])
      predictions.append(
        Prediction(id: question.id, model: "m", answer: isEvent ? p : quantiles(values)))
      converted.append(
        Prediction(
          id: question.id, model: "m",
          answer: isEvent ? p : quantiles(values.map { $0 * 3.6 }, unit: "km/h")))
    }
    let scores = try scorer.scores(of: predictions)
    var random = SplitMix64(seed: 5)
    let shuffled = try scorer.scores(of: predictions.shuffled(using: &random))
    #expect(shuffled.map(\.json.line) == scores.map(\.json.line))
    let other = try scorer.scores(of: converted)
    for (one, two) in zip(scores, other) {
      #expect(abs(one.loss - two.loss) <= 1e-12 * max(1, abs(one.loss)))
    }
    let report = Report(scores: scores, statements: scorer.statements, replicates: 499)
    let again = Report(scores: shuffled, statements: scorer.statements, replicates: 499)
    #expect(report.json.line == again.json.line)
  }

  // A handoff costs climatology's loss to the last bit: skill 0 by construction.
  @Test("charges climatology's loss for a handoff")
  func handoff() throws {
    let set = Sample.set()
    let handoff = JSON.object([("handoff", .bool(true)), ("reason", .text("ambiguous"))])
    let scores = try set.scorer().scores(of: set.constant(scalar: handoff, event: handoff))
    #expect(scores.allSatisfy { $0.normalised == $0.reference && $0.status == .abstained })
    let report = Report(scores: scores, replicates: 199)
    #expect(report.skills[0].skill.value == 0)
    #expect(report.skills[0].skill.claim == .notShown)
    #expect(report.abstained == 200)
    #expect(report.selective == nil)
  }

  // An answer in a form of another rule is INVALID(form), and loses to knowing nothing by a tenth.
  @Test("keeps invalid answers in every mean")
  func invalid() throws {
    let set = Sample.set(rule: .crps)
    let wrong = set.constant(
      scalar: quantiles([1, 2, 3, 4, 5]), event: .object([("p", .number(2))]))
    let scores = try set.scorer().scores(of: wrong)
    #expect(scores.allSatisfy { $0.status == .invalid })
    #expect(Set(scores.compactMap(\.reason)) == [.form, .probability])
    let report = Report(scores: scores, replicates: 199)
    #expect(report.why != nil)
    #expect(report.json["headline"] == .null)
    #expect(report.invalidCount == 200)
    #expect((report.skills[0].skill.value ?? 1) < 0)
  }

  // The truth's law as the answer has mean excess 0 (within the fair term's noise) and skill near
  // 1; the closed form of a first course is close behind. Fails if a baseline is scored otherwise.
  @Test("gives the truth itself a skill of 1")
  func perfect() throws {
    let set = Sample.set(rule: .crps)
    var predictions: [Prediction] = []
    for (question, truth) in zip(set.questions, set.truths.flatMap { [$0, $0] }) {
      let outcome = try #require(truth[outcome: "impact-speed"]?.scalar)
      let share = Double(outcome.members.count { $0 > 5 }) / Double(outcome.members.count)
      predictions.append(
        Prediction(
          id: question.id, model: "truth",
          answer: question.type == .event
            ? .object([("p", .number(share))])
            : .object([("values", .numbers(outcome.members)), ("unit", .text("m/s"))])))
    }
    let report = Report(scores: try set.scorer().scores(of: predictions), replicates: 499)
    #expect(abs((report.skills[0].skill.value ?? 0) - 1) < 0.03)
    #expect(report.skills.map(\.skill.claim) == [.better, .better])
  }
}
