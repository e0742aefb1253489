// A question about a scene: `question/1`. It never holds the truth.

/// A comparison of an outcome with a limit, such as `rebound-height > 0.3 m`.
public struct Criterion: Sendable, Hashable {
  public enum Comparison: String, Sendable, Hashable, CaseIterable {
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"

    public var isUpperLimit: Bool { self == .less || self == .lessOrEqual }
  }
  public let outcome: String
  public let comparison: Comparison
  /// In SI.
  public let limit: Double
  /// Unit of the outcome (SI symbol).
  public let unit: String
  /// As written.
  public let source: String

  public init(outcome: String, comparison: Comparison, limit: Double, unit: String, source: String)
  {
    (self.outcome, self.comparison, self.limit) = (outcome, comparison, limit)
    (self.unit, self.source) = (unit, source)
  }

  /// That an event happens, or does not: its value 1 or 0 against one half.
  public init(event: String, happens: Bool, source: String) {
    self.init(
      outcome: event, comparison: happens ? .greater : .less, limit: 0.5, unit: "1", source: source)
  }

  /// - Throws: what a record of it lacks.
  public init(json: JSON) throws(RecordError) {
    guard let outcome = json["outcome"]?.text,
      let comparison = json["comparison"]?.text.flatMap(Comparison.init),
      let limit = json["value"]?.number
    else { throw RecordError("a criterion needs `outcome`, `comparison` and `value`") }
    let unit = json["unit"]?.text ?? "1"
    self.init(
      outcome: outcome, comparison: comparison, limit: limit, unit: unit,
      source: "\(outcome) \(comparison.rawValue) \(JSON.text(of: limit)) \(unit)")
  }

  public func holds(_ value: Double) -> Bool {
    switch comparison {
    case .less: value < limit
    case .lessOrEqual: value <= limit
    case .greater: value > limit
    case .greaterOrEqual: value >= limit
    }
  }

  public var json: JSON {
    .object([
      ("outcome", .text(outcome)), ("comparison", .text(comparison.rawValue)),
      ("value", .number(limit)), ("unit", .text(unit)),
    ])
  }
}

/// What a scalar answer is measured in.
public struct AnswerQuantity: Sendable, Hashable {
  public var name: String
  public var unit: String
  public var dimension: [Int]
  /// Losses run on log10(value/reference) instead of the value.
  public var isLogarithmic: Bool
  public var reference: Double
  /// [low, high] in `unit`: predictions and truth are clipped to it.
  public var support: ClosedRange<Double>

  public init(
    name: String, unit: String, dimension: [Int], isLogarithmic: Bool = false,
    reference: Double = 1, support: ClosedRange<Double>
  ) {
    (self.name, self.unit, self.dimension) = (name, unit, dimension)
    (self.isLogarithmic, self.reference, self.support) = (isLogarithmic, reference, support)
  }
}

public enum QuestionType: String, Sendable, Hashable, CaseIterable {
  case event, scalar
  /// One of several classes; `ordered`: they have an order.
  case category, ordered
  /// A scalar of which the ends of a central interval are asked.
  case interval
  /// Which of several outcomes is smaller.
  case ordering
  /// Several outcomes of the same run.
  case series
  /// Requirements of a scene; scored in its parts (`VerificationParts`).
  case verification
  /// Part of a verification question: what is done with a requirement.
  case decision
}

/// The proper rule that scores a question.
public enum Rule: String, Sendable, Hashable {
  case brier, rps, crps, wis, interval, pairs, energy, verification, decision
}

public struct Question: Sendable, Hashable {
  public var id: String
  public var instance: String
  public var template: String
  public var slot: String
  public var type: QuestionType
  public var rule: Rule
  /// Quantile levels of a `wis` question, ascending; empty otherwise.
  public var levels: [Double]
  public var prompt: String
  /// The disclosed scene.
  public var scene: JSON
  public var quantity: AnswerQuantity
  /// What an event question asks.
  public var event: Criterion?
  public var consequence: Int
  public var split: String
  public var mechanisms: [String]
  public var descriptors: [NamedNumber]
  public var canary: String
  /// Of a verification question and of its parts.
  public var requirements: [AskedRequirement]
  /// What is asked beyond one outcome: classes, order, series, or backwards.
  public var derivation: Derivation?

  public init(
    id: String, instance: String, template: String, slot: String, type: QuestionType, rule: Rule,
    levels: [Double], prompt: String, scene: JSON, quantity: AnswerQuantity,
    event: Criterion? = nil, consequence: Int, split: String, mechanisms: [String] = [],
    descriptors: [NamedNumber] = [], canary: String, requirements: [AskedRequirement] = [],
    derivation: Derivation? = nil
  ) {
    (self.id, self.instance, self.template, self.slot) = (id, instance, template, slot)
    (self.type, self.rule, self.levels, self.prompt) = (type, rule, levels, prompt)
    (self.scene, self.quantity, self.event) = (scene, quantity, event)
    (self.consequence, self.split) = (consequence, split)
    (self.mechanisms, self.descriptors, self.canary) = (mechanisms, descriptors, canary)
    (self.requirements, self.derivation) = (requirements, derivation)
  }
}

extension Question {
  public var answerSchema: String {
    if type == .series { return "answer/series/1" }
    return switch rule {
    case .brier where type == .category: "answer/classes/1"
    case .rps: "answer/classes/1"
    case .brier: "answer/event/1"
    case .crps, .energy: "answer/scalar/1"
    case .wis: "answer/scalar-quantiles/1"
    case .interval: "answer/interval/1"
    case .pairs: "answer/ordering/1"
    case .verification, .decision: "answer/verification/1"
    }
  }

  public var json: JSON {
    let fields: [(String, JSON?)] = [
      ("schema", .text("question/1")), ("id", .text(id)), ("instance", .text(instance)),
      ("template", .text(template)), ("slot", .text(slot)), ("type", .text(type.rawValue)),
      ("rule", .text(rule.rawValue)), ("levels", levels.isEmpty ? nil : .numbers(levels)),
      ("prompt", .text(prompt)), ("scene", scene),
      (
        "quantity",
        .object([
          ("name", .text(quantity.name)), ("unit", .text(quantity.unit)),
          ("dimension", .numbers(quantity.dimension.map(Double.init))),
          ("scale", .text(quantity.isLogarithmic ? "log10" : "linear")),
          ("reference", quantity.isLogarithmic ? .number(quantity.reference) : nil),
          (
            "support",
            .numbers([quantity.support.lowerBound, quantity.support.upperBound])
          ),
        ])
      ),
      ("event", event?.json),
      (
        "requirements",
        requirements.isEmpty ? nil : .array(requirements.map { $0.json(withForm: false) })
      ),
    ]
    return .object(
      fields + (derivation?.fields ?? []) + [
        ("answer-schema", .text(answerSchema)), ("handoff-allowed", .bool(true)),
        ("consequence", .number(Double(consequence))),
        ("split", .text(split)), ("mechanisms", .texts(mechanisms)),
        ("descriptors", NamedNumber.json(descriptors)), ("canary", .text(canary)),
      ])
  }

  public init(json: JSON) throws(RecordError) { try self.init(reading: json) { $0 } }

  /// - Parameters:
  ///   - withWords: whether prompt and canary are kept; a score needs neither.
  ///   - scene: makes the tree of the scene.
  init<Value: JSONReadable>(
    reading json: Value, withWords: Bool = true, scene: (Value) -> JSON
  ) throws(RecordError) {
    guard json["schema"]?.text == "question/1" else {
      throw RecordError(
        "not a question/1 record: `schema` is \(json["schema"]?.json.line ?? "missing")")
    }
    guard let id = json["id"]?.text, let instance = json["instance"]?.text,
      let template = json["template"]?.text, let slot = json["slot"]?.text,
      let type = json["type"]?.text.flatMap({ QuestionType(rawValue: $0) }),
      let rule = json["rule"]?.text.flatMap({ Rule(rawValue: $0) }),
      let prompt = withWords ? json["prompt"]?.text : json["prompt"]?.isText ?? false ? "" : nil,
      let quantity = json["quantity"], let unit = quantity["unit"]?.text,
      let dimension = quantity["dimension"]?.numbers, dimension.count == 7,
      let support = quantity["support"]?.numbers, support.count == 2, support[0] <= support[1]
    else { throw RecordError("the question \(json["id"]?.text ?? "without id") is incomplete") }
    let criterion = try json["event"].map { event throws(RecordError) in
      try Criterion(json: event.json)
    }
    self.init(
      id: id, instance: instance, template: template, slot: slot, type: type, rule: rule,
      levels: json["levels"]?.numbers ?? [], prompt: prompt,
      scene: json["scene"].map(scene) ?? .null,
      quantity: AnswerQuantity(
        name: quantity["name"]?.text ?? slot, unit: unit, dimension: dimension.map { Int($0) },
        isLogarithmic: quantity["scale"]?.text == "log10",
        reference: quantity["reference"]?.number ?? 1, support: support[0]...support[1]),
      event: criterion, consequence: Int(json["consequence"]?.number ?? 1),
      split: json["split"]?.text ?? "public", mechanisms: json["mechanisms"]?.texts ?? [],
      descriptors: NamedNumber.list(json["descriptors"]),
      canary: withWords ? json["canary"]?.text ?? "" : "",
      requirements: try AskedRequirement.list(json["requirements"]?.json),
      derivation: try Derivation(of: json, type: type))
  }
}
