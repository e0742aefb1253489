// The answer to a verification question, put together from those to its parts.
//
// Decision    the one that the stated probability implies; without a probability, handing over
// Checked by  VerificationTests, NearestExperienceTests.

import Experience

extension Answer {
  /// The object of a prediction line.
  /// - Parameter answers: to the parts, by their slots.
  static func verification(of question: Question, from answers: [String: Answer]) -> JSON {
    let parts = Dictionary(
      VerificationParts.questions(of: question).map { ($0.slot, $0) },
      uniquingKeysWith: { first, _ in first })
    let entries = question.requirements.map { requirement -> JSON in
      let pass = answers[VerificationParts.slot(requirement.id, "pass")]
      guard case .probability(let p)? = pass else {
        return .object([
          ("req", .text(requirement.id)), ("disposition", .text(Disposition.handoff.rawValue)),
        ])
      }
      let action = QuestionRule.policy.implied(p, consequence: requirement.consequence)
      let margin = VerificationParts.slot(requirement.id, "margin")
      return .object([
        ("req", .text(requirement.id)), ("method", .text("analysis")), ("p-pass", .number(p)),
        ("margin", parts[margin].flatMap { part in answers[margin].map { $0.json(for: part) } }),
        ("disposition", .text(action.rawValue)),
      ])
    }
    return .object([("requirements", .array(entries))])
  }
}
