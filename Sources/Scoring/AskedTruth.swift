// What of a truth record one question asks, for those who may read it: the fields of `truth/1`, cut
// down, with the probability that the scorer counts beside the outcome of an event.
//
// Checked by  QuestionTableTests, CroissantTests.

import Experience

public enum AskedTruth {
  /// `outcomes` as in truth/1; `probability`, `members` and `label` of an event; `requirements` of a
  /// verification question. `nil` where the record does not hold what is asked.
  public static func json(_ question: Question, in record: TruthRecord) -> JSON? {
    let names =
      question.type == .verification
      ? question.requirements.map(\.criterion.outcome) : [question.event?.outcome ?? question.slot]
    let outcomes = record.outcomes.filter { names.contains($0.name) }
    guard !outcomes.isEmpty else { return nil }
    var object = JSONObject([("outcomes", .object(outcomes.map { ($0.name, $0.outcome.json) }))])
    if question.type == .event {
      guard let truth = try? SlotTruth(question: question, record: record),
        case .event(let probability, let members) = truth.law
      else { return nil }
      object["probability"] = .number(probability)
      object["members"] = .number(Double(members))
      object["label"] = truth.label.map { .text($0.rawValue) }
    }
    if question.type == .verification {
      object["requirements"] = record.json["requirements"]
    }
    return .object(object)
  }
}
