// What all instances of a plan have in common: `template/1`.
//
// A slot publishes everything that scoring needs besides the truth: rule, unit, support, levels,
// the loss scale fixed by the calibration instances, and the closed form of a first course.

/// One question of a template.
public struct Slot: Sendable, Hashable {
  public var name: String
  public var type: QuestionType
  public var rule: Rule
  public var levels: [Double]
  public var quantity: AnswerQuantity
  public var event: Criterion?
  /// Mean excess loss of climatology over the calibration instances, in the loss's unit.
  public var lossScale: Double?
  /// Closed form of a first course, over the names of `Template.bindings`; an event's closed form
  /// is that of its outcome. Absent where a first course has none.
  public var physics101: String?
  public var physics101RelativeSD: Double
  /// ρ of a claim's tolerance max(ρ·|m|, …); absent: 0.02.
  public var rho: Double?
  /// Right claims that make a working right; absent: 1.
  public var minimumClaims: Int?
  /// Of a verification slot and of its parts.
  public var requirements: [AskedRequirement]
  /// What is asked beyond one outcome.
  public var derivation: Derivation?
  /// Closed forms of the outcomes behind it, in their order; empty where one has none.
  public var partForms: [String] = []
  /// Of a series: how much of each item could be known.
  public var spread: Spread?

  /// Mean distances of two draws, by item of a series, in the loss's coordinate.
  public struct Spread: Sendable, Hashable {
    public var truth: [Double]
    public var climatology: [Double]

    public init(truth: [Double], climatology: [Double]) {
      (self.truth, self.climatology) = (truth, climatology)
    }
  }

  public init(
    name: String, type: QuestionType, rule: Rule, levels: [Double], quantity: AnswerQuantity,
    event: Criterion? = nil, lossScale: Double? = nil, physics101: String? = nil,
    physics101RelativeSD: Double = 0.05, requirements: [AskedRequirement] = [],
    derivation: Derivation? = nil, partForms: [String] = []
  ) {
    (self.name, self.type, self.rule, self.levels) = (name, type, rule, levels)
    (self.quantity, self.event, self.lossScale) = (quantity, event, lossScale)
    (self.physics101, self.physics101RelativeSD) = (physics101, physics101RelativeSD)
    (self.requirements, self.derivation, self.partForms) = (requirements, derivation, partForms)
  }
}

/// A symbol of the closed forms and the key of the scene it stands for.
public struct Binding: Sendable, Hashable {
  /// Such as `h`.
  public let symbol: String
  /// Path in the disclosed scene, such as `start.height`.
  public let path: String
  public init(symbol: String, path: String) { (self.symbol, self.path) = (symbol, path) }
}

public struct Template: Sendable, Hashable {
  /// `name@version`.
  public var id: String
  public var experience: String
  public var mechanisms: [String]
  public var bindings: [Binding]
  public var slots: [Slot]
  /// The plan's varied parameters, as written: laws, digits, tolerances.
  public var parameters: JSON
  public var members: Int
  public var licence: String
  public var canary: String
  /// Laws for `because:` lines beside those of the scorer.
  public var laws: [ClaimLaw] = []

  public init(
    id: String, experience: String, mechanisms: [String], bindings: [Binding], slots: [Slot],
    parameters: JSON, members: Int, licence: String = "CC-BY-4.0", canary: String
  ) {
    (self.id, self.experience, self.mechanisms) = (id, experience, mechanisms)
    (self.bindings, self.slots, self.parameters) = (bindings, slots, parameters)
    (self.members, self.licence, self.canary) = (members, licence, canary)
  }
}

extension Template {
  public var json: JSON {
    .object([
      ("schema", .text("template/1")), ("id", .text(id)), ("experience", .text(experience)),
      ("mechanisms", .texts(mechanisms)), ("parameters", parameters),
      ("bindings", .object(bindings.map { ($0.symbol, .text($0.path)) })),
      (
        "ensemble",
        .object([("members", .number(Double(members))), ("resolutions", .number(3))])
      ),
      ("slots", .array(slots.map(\.json))), ("laws", ClaimLaw.json(laws)),
      ("licence", .text(licence)),
      ("canary", .text(canary)),
    ])
  }

  public init(json: JSON) throws(RecordError) {
    guard json["schema"]?.text == "template/1", let id = json["id"]?.text,
      let experience = json["experience"]?.text
    else { throw RecordError("not a template/1 record with `id` and `experience`") }
    var slots: [Slot] = []
    for slot in json["slots"]?.array ?? [] { slots.append(try Slot(json: slot)) }
    self.init(
      id: id, experience: experience, mechanisms: json["mechanisms"]?.texts ?? [],
      bindings: (json["bindings"]?.object?.pairs ?? []).compactMap { key, value in
        value.text.map { Binding(symbol: key, path: $0) }
      },
      slots: slots, parameters: json["parameters"] ?? .object([]),
      members: Int(json["ensemble"]?["members"]?.number ?? 0),
      licence: json["licence"]?.text ?? "", canary: json["canary"]?.text ?? "")
    laws = ClaimLaw.list(json["laws"])
  }
}

extension Slot {
  var json: JSON {
    let fields: [(String, JSON?)] = [
      ("slot", .text(name)), ("type", .text(type.rawValue)), ("rule", .text(rule.rawValue)),
      ("name", .text(quantity.name)), ("unit", .text(quantity.unit)),
      ("dimension", .numbers(quantity.dimension.map(Double.init))),
      ("scale", .text(quantity.isLogarithmic ? "log10" : "linear")),
      ("reference", quantity.isLogarithmic ? .number(quantity.reference) : nil),
      ("support", .numbers([quantity.support.lowerBound, quantity.support.upperBound])),
      ("levels", levels.isEmpty ? nil : .numbers(levels)), ("event", event?.json),
      (
        "requirements",
        requirements.isEmpty ? nil : .array(requirements.map { $0.json(withForm: true) })
      ),
    ]
    return .object(
      fields + (derivation?.fields ?? []) + [
        (
          "spread",
          spread.map {
            .object([("truth", .numbers($0.truth)), ("climatology", .numbers($0.climatology))])
          }
        ),
        ("loss-scale", lossScale.map { .number($0) }),
        (
          "physics-101",
          physics101 == nil && partForms.isEmpty
            ? nil
            : .object([
              ("expression", physics101.map { .text($0) }),
              ("expressions", partForms.isEmpty ? nil : .texts(partForms)),
              ("relative-sd", .number(physics101RelativeSD)),
            ])
        ),
        ("rho", rho.map { .number($0) }),
        ("min-claims", minimumClaims.map { .number(Double($0)) }),
      ])
  }

  init(json: JSON) throws(RecordError) {
    guard let name = json["slot"]?.text, let type = json["type"]?.text.flatMap(QuestionType.init),
      let rule = json["rule"]?.text.flatMap(Rule.init), let unit = json["unit"]?.text,
      let support = json["support"]?.numbers, support.count == 2, support[0] <= support[1]
    else { throw RecordError("a slot needs slot, type, rule, unit and support") }
    var criterion: Criterion?
    if let event = json["event"], let outcome = event["outcome"]?.text,
      let comparison = event["comparison"]?.text.flatMap(Criterion.Comparison.init),
      let limit = event["value"]?.number
    {
      criterion = Criterion(
        outcome: outcome, comparison: comparison, limit: limit,
        unit: event["unit"]?.text ?? "1", source: "")
    }
    self.init(
      name: name, type: type, rule: rule, levels: json["levels"]?.numbers ?? [],
      quantity: AnswerQuantity(
        name: json["name"]?.text ?? name, unit: unit,
        dimension: (json["dimension"]?.numbers ?? []).map { Int($0) },
        isLogarithmic: json["scale"]?.text == "log10",
        reference: json["reference"]?.number ?? 1, support: support[0]...support[1]),
      event: criterion, lossScale: json["loss-scale"]?.number,
      physics101: json["physics-101"]?["expression"]?.text,
      physics101RelativeSD: json["physics-101"]?["relative-sd"]?.number ?? 0.05,
      requirements: try AskedRequirement.list(json["requirements"]),
      derivation: try Derivation(json: json, type: type),
      partForms: json["physics-101"]?["expressions"]?.texts ?? [])
    if let truth = json["spread"]?["truth"]?.numbers,
      let climatology = json["spread"]?["climatology"]?.numbers, truth.count == climatology.count
    {
      spread = Spread(truth: truth, climatology: climatology)
    }
    rho = json["rho"]?.number.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
    minimumClaims = json["min-claims"]?.number.flatMap { $0 >= 1 && $0 <= 40 ? Int($0) : nil }
  }
}
