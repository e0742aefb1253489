// A requirement in a verification question: what must hold, how bad it is if it does not, and in
// what the margin is measured.

/// One requirement of a verification question.
public struct AskedRequirement: Sendable, Hashable {
  public let id: String
  public let text: String
  /// Paragraph that it comes from; empty where the scene names none.
  public let source: String
  public let criterion: Criterion
  /// 1 (negligible) to 5 (catastrophic).
  public let consequence: Int
  /// Distance to the limit, positive where the requirement holds; `nil` for events, which have none.
  public let margin: AnswerQuantity?
  /// Quantile levels of the margin.
  public let levels: [Double]
  /// Closed form of a first course for the criterion's outcome; templates only.
  public let physics101: String?

  public init(
    id: String, text: String, source: String = "", criterion: Criterion, consequence: Int,
    margin: AnswerQuantity? = nil, levels: [Double] = [], physics101: String? = nil
  ) {
    (self.id, self.text, self.source, self.criterion) = (id, text, source, criterion)
    (self.consequence, self.margin, self.levels) = (consequence, margin, levels)
    self.physics101 = physics101
  }
}

extension AskedRequirement {
  /// - Parameter withForm: also the closed form, which belongs to templates only.
  public func json(withForm: Bool) -> JSON {
    .object([
      ("id", .text(id)), ("text", .text(text)), ("source", source.isEmpty ? nil : .text(source)),
      ("criterion", criterion.json), ("criterion-text", .text(criterion.source)),
      ("consequence", .number(Double(consequence))),
      (
        "margin",
        margin.map { margin in
          .object([
            ("unit", .text(margin.unit)),
            ("dimension", .numbers(margin.dimension.map(Double.init))),
            ("support", .numbers([margin.support.lowerBound, margin.support.upperBound])),
            ("levels", .numbers(levels)),
          ])
        }
      ),
      ("physics-101", withForm ? physics101.map { .text($0) } : nil),
    ])
  }

  public init(json: JSON) throws(RecordError) {
    guard let id = json["id"]?.text, let event = json["criterion"],
      let outcome = event["outcome"]?.text,
      let comparison = event["comparison"]?.text.flatMap(Criterion.Comparison.init),
      let limit = event["value"]?.number
    else { throw RecordError("a requirement needs `id` and `criterion`") }
    var margin: AnswerQuantity?
    if let spec = json["margin"] {
      guard let unit = spec["unit"]?.text, let support = spec["support"]?.numbers,
        support.count == 2, support[0] <= support[1]
      else { throw RecordError("the margin of the requirement `\(id)` lacks unit or support") }
      margin = AnswerQuantity(
        name: "margin of \(id)", unit: unit,
        dimension: (spec["dimension"]?.numbers ?? []).map { Int($0) },
        support: support[0]...support[1])
    }
    let unit = event["unit"]?.text ?? "1"
    self.init(
      id: id, text: json["text"]?.text ?? "", source: json["source"]?.text ?? "",
      criterion: Criterion(
        outcome: outcome, comparison: comparison, limit: limit, unit: unit,
        source: json["criterion-text"]?.text
          ?? "\(outcome) \(comparison.rawValue) \(JSON.text(of: limit)) \(unit)"),
      consequence: Int(json["consequence"]?.number ?? 1), margin: margin,
      levels: json["margin"]?["levels"]?.numbers ?? [], physics101: json["physics-101"]?.text)
  }

  /// Distance of the outcome's value to the limit, both in SI; positive where the requirement holds.
  public func margin(of value: Double) -> Double {
    criterion.comparison.isUpperLimit ? criterion.limit - value : value - criterion.limit
  }

  static func list(_ json: JSON?) throws(RecordError) -> [AskedRequirement] {
    var list: [AskedRequirement] = []
    for item in json?.array ?? [] { list.append(try AskedRequirement(json: item)) }
    return list
  }
}
