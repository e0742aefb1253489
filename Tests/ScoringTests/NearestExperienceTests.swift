import Experience
import Foundation
import Scoring
import Testing

@Suite("Nearest experience")
struct NearestExperienceTests {
  private func described(_ question: Question, _ height: Double) -> Question {
    var question = question
    question.mechanisms = ["gravity"]
    question.descriptors = [NamedNumber("log10-h-over-d", log10(height / 0.04))]
    return question
  }

  /// 40 calibration drops with their scenes, and one question at `height`.
  private func predictions(height: Double, physics: String?) throws -> [Prediction] {
    let template = Sample.template(physics101: physics)
    var questions: [Question] = []
    var calibration: [TruthRecord] = []
    for index in 0..<40 {
      let own = 0.2 * pow(20, Double(index) / 39)
      var truth = Sample.record(100_000 + index, height: own)
      truth.mechanisms = ["gravity"]
      truth.descriptors = [NamedNumber("log10-h-over-d", log10(own / 0.04))]
      calibration.append(truth)
      for question in Sample.questions(template, truth, height: own) {
        var question = described(question, own)
        question.split = "calibration"
        questions.append(question)
      }
    }
    let truth = Sample.record(1, height: height)
    let asked = Sample.questions(template, truth, height: height).map { described($0, height) }
    return try NearestExperience(
      template: template, questions: questions + asked, calibration: calibration
    ).predictions(for: asked)
  }

  // √(2gh) is exact here, so a neighbour rescaled by the ratio of closed forms is exact as well,
  // even beyond the last of them. Fails if the ratio is turned round or left out.
  @Test("rescales its neighbours by the closed form", arguments: [0.7, 6.0])
  func rescales(height: Double) throws {
    let predictions = try predictions(height: height, physics: "sqrt(2*g*h)")
    let exact = (2 * 9.80665 * height).squareRoot()
    for level in ["0.05", "0.5", "0.95"] {
      let value = try #require(predictions[0].answer?["quantiles"]?[level]?.number)
      #expect(abs(value - exact) < 1e-12 * exact)
    }
    #expect(predictions[1].answer?["p"]?.number == (exact > 5 ? 1 : 0))
  }

  // Without a closed form it recalls the five nearest: their median is the middle one's speed.
  @Test("recalls the five nearest")
  func recalls() throws {
    let height = 0.2 * pow(20, 20.0 / 39)
    let predictions = try predictions(height: height, physics: nil)
    let median = try #require(predictions[0].answer?["quantiles"]?["0.5"]?.number)
    #expect(abs(median - (2 * 9.80665 * height).squareRoot()) < 1e-9)
    let low = try #require(predictions[0].answer?["quantiles"]?["0.05"]?.number)
    let lowest = 0.2 * pow(20, 18.0 / 39)
    #expect(abs(low - (2 * 9.80665 * lowest).squareRoot()) < 1e-9)
  }

  // A mechanism that no calibration instance has: nothing to recall.
  @Test("hands over where nothing is near")
  func handsOver() throws {
    let template = Sample.template()
    let truth = Sample.record(1, height: 1)
    let asked = Sample.questions(template, truth, height: 1).map { described($0, 1) }
    let predictions = try NearestExperience(
      template: template, questions: asked, calibration: []
    ).predictions(for: asked)
    #expect(predictions.allSatisfy { $0.answer?["handoff"]?.bool == true })
  }
}
