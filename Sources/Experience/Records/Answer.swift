// What the answer of a prediction means for its question, or why it means nothing.
//
// Refusal      an answer that cannot be scored carries its reasons; the first in the order of
//              `InvalidReason` decides, whatever the order of the fields.
// Checked by   PredictionReaderTests.

/// Why an answer cannot be scored, in the order in which reasons win.
public enum InvalidReason: String, Sendable, Hashable, CaseIterable {
  /// No JSON object, or a number outside the grammar.
  case unparseable
  /// Not a form that the question reads.
  case form
  /// A required field is absent, or there is no prediction.
  case missing
  case nonfinite
  case unitMissing = "unit-missing"
  case unitUnknown = "unit-unknown"
  case dimension
  /// Quantiles decrease, or a spread is negative.
  case crossing
  /// Outside [0, 1].
  case probability

  /// Position in the order, from 0.
  public var rank: Int { InvalidReason.allCases.firstIndex(of: self) ?? 0 }
}

/// What is wrong with an answer, and at which key.
public struct AnswerProblem: Error, Sendable, Hashable {
  public let reason: InvalidReason
  /// One sentence, no full stop.
  public let message: String
  /// Key that the caret points at; empty for the answer as a whole.
  public let key: String
  public let label: String
  public let help: String?
}

/// An answer that can be scored; dimensional numbers are in the question's unit.
public enum Answer: Sendable, Hashable {
  case probability(Double)
  case point(Double)
  case normal(mean: Double, sd: Double)
  case ensemble([Double])
  /// At the question's levels, in their order; the two ends of an interval.
  case quantiles([Double])
  /// Of the classes, in the question's order.
  case probabilities([Double])
  /// P(first < second) in the order of `Derivation.pairs`.
  case pairs([Double])
  /// Paths of a series, equally likely: one number an item.
  case paths([[Double]])
  /// Quantiles of a series: levels × items.
  case bands([[Double]])
  case handoff(reason: String)
  /// The decision part of a verification answer.
  case disposition(Disposition)
  /// A whole verification answer; its parts are read one by one.
  case verification

  /// What reading gave: an answer if and only if there are no problems.
  public struct Reading: Sendable {
    public var answer: Answer?
    public var problems: [AnswerProblem] = []
    /// Keys that nothing reads.
    public var unknownKeys: [String] = []

    /// The reason that wins.
    public var reason: InvalidReason? { problems.map(\.reason).min { $0.rank < $1.rank } }
  }

  /// Reads the answer of a prediction; without a question, only what needs none is checked.
  public static func read(_ prediction: Prediction, for question: Question?) -> Reading {
    if prediction.isUnparseable {
      let problem = AnswerProblem(
        reason: .unparseable, message: "the reply holds no JSON object", key: "raw",
        label: "no `{...}` that can be read", help: "reply with one JSON object")
      return Reading(problems: [problem])
    }
    if let question, question.type == .verification {
      return VerificationParts.read(prediction, for: question)
    }
    var reader = AnswerReader(question: question)
    reader.read(prediction.answer)
    if !reader.reading.problems.isEmpty { reader.reading.answer = nil }
    return reader.reading
  }

  public static let handoffReasons = ["out-of-range", "ambiguous", "low-confidence", "needs-test"]
}
