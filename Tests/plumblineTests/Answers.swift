// Prediction files as predictors would write them.

import Experience
import Foundation

struct Answers {
  var lines: [String]

  /// The text of a file: every line with its line feed.
  var text: String { lines.map { $0 + "\n" }.joined() }

  static func line(_ question: JSON, _ answer: JSON) -> String {
    JSON.object([
      ("schema", .text("prediction/1")), ("id", question["id"]), ("model", .text("test")),
      ("track", .text("closed-book")), ("answer", answer),
    ]).line
  }

  /// Answers from the truth's own ensemble: what a perfect predictor of the laws would say.
  static func oracle(_ questions: [JSON], _ truths: [JSON]) throws -> Answers {
    let records = Dictionary(
      truths.map { ($0["id"]?.text ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    return Answers(
      lines: questions.compactMap { question in
        guard let record = records[question["instance"]?.text ?? ""] else { return nil }
        if let event = question["event"], let limit = event["value"]?.number {
          let input = record[path: "outcomes", event["outcome"]?.text ?? "", "input", "values"]
          let members = input?.numbers ?? []
          let share = Double(members.filter { $0 > limit }.count) / Double(members.count)
          return line(question, .object([("p", .number(share))]))
        }
        let slot = question["slot"]?.text ?? ""
        let members = (record[path: "outcomes", slot, "input", "values"]?.numbers ?? []).sorted()
        let quantiles = (question["levels"]?.numbers ?? []).map { level -> (String, JSON?) in
          // any point between the two middle members is a median; the lower one will do
          let index = max(0, Int((level * Double(members.count)).rounded(.up)) - 1)
          return (JSON.text(of: level), .number(members[index]))
        }
        return line(
          question,
          .object([("quantiles", .object(quantiles)), ("unit", question[path: "quantity", "unit"])])
        )
      })
  }

  /// The same answer to every question of a slot: a fixed share of the way through its support.
  static func constants(_ questions: [JSON], at share: Double) -> Answers {
    Answers(
      lines: questions.map { question in
        guard question["event"] == nil, let support = question[path: "quantity", "support"]?.numbers
        else { return line(question, .object([("p", .number(share))])) }
        let value = support[0] + share * (support[1] - support[0])
        return line(
          question,
          .object([("value", .number(value)), ("unit", question[path: "quantity", "unit"])]))
      })
  }
}
