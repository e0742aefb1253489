// What one try of a scene showed: `experience/1`, the food of a learner.
//
// Inputs are the disclosed values of what the plan varies, by path in the scene and as the questions
// write them; outcomes are those of one member at the coarsest level. Mechanisms and descriptors are there
// for the range of a predictor that names the record in its ledger.

public struct ExperienceRecord: Sendable, Hashable {
  /// An outcome that occurred.
  public struct Seen: Sendable, Hashable {
    public let name: String
    /// In `unit`; 1 or 0 for an event.
    public let value: Double
    /// `nil` for an event.
    public let unit: String?

    public init(name: String, value: Double, unit: String?) {
      (self.name, self.value, self.unit) = (name, value, unit)
    }
  }

  public struct Input: Sendable, Hashable {
    public let path: String
    public let text: String
  }

  /// `template/version/experience/index`.
  public let id: String
  /// `name@version`.
  public let template: String
  public let experience: String
  public let seed: UInt64
  public let inputs: [Input]
  public let outcomes: [Seen]
  public let mechanisms: [String]
  public let descriptors: [NamedNumber]

  /// - Parameter truth: a record of one run.
  public init?(_ truth: TruthRecord, inputs: [(path: String, text: String)]) {
    guard let id = truth.id, let template = truth.template else { return nil }
    (self.id, self.template, experience) = (id, template, truth.experience)
    seed = truth.seed
    self.inputs = inputs.map { Input(path: $0.path, text: $0.text) }
    outcomes = truth.outcomes.compactMap { name, outcome in
      switch outcome {
      case .scalar(let scalar): Seen(name: name, value: scalar.value, unit: scalar.unit)
      case .event(let event): Seen(name: name, value: event.probability, unit: nil)
      // what follows from several outcomes is no experience of its own
      case .classes, .ordering, .series: nil
      }
    }
    (mechanisms, descriptors) = (truth.mechanisms, truth.descriptors)
  }

  public var json: JSON {
    .object([
      ("schema", .text("experience/1")), ("id", .text(id)), ("template", .text(template)),
      ("experience", .text(experience)), ("seed", .text(String(seed))), ("level", .number(0)),
      ("inputs", .object(inputs.map { ($0.path, .text($0.text)) })),
      (
        "outcomes",
        .object(
          outcomes.map { seen in
            (
              seen.name,
              seen.unit.map {
                JSON.object([("value", .number(seen.value)), ("unit", .text($0))])
              } ?? .object([("happens", .bool(seen.value > 0.5))])
            )
          })
      ),
      ("mechanisms", .texts(mechanisms)), ("descriptors", NamedNumber.json(descriptors)),
    ])
  }

  public init(json: JSON) throws(RecordError) {
    guard json["schema"]?.text == "experience/1" else {
      throw RecordError(
        "not an experience/1 record: `schema` is \(json["schema"]?.line ?? "missing")")
    }
    guard let id = json["id"]?.text, let template = json["template"]?.text,
      let experience = json["experience"]?.text, let seed = json["seed"]?.text.flatMap(UInt64.init)
    else { throw RecordError("an experience needs id, template, experience and seed") }
    (self.id, self.template, self.experience, self.seed) = (id, template, experience, seed)
    inputs = (json["inputs"]?.object?.pairs ?? []).map {
      Input(path: $0.0, text: $0.1.text ?? "")
    }
    var outcomes: [Seen] = []
    for (name, outcome) in json["outcomes"]?.object?.pairs ?? [] {
      if case .bool(let happens)? = outcome["happens"] {
        outcomes.append(Seen(name: name, value: happens ? 1 : 0, unit: nil))
      } else if let value = outcome["value"]?.number {
        outcomes.append(Seen(name: name, value: value, unit: outcome["unit"]?.text ?? "1"))
      } else {
        throw RecordError("the outcome `\(name)` of \(id) has neither `value` nor `happens`")
      }
    }
    self.outcomes = outcomes
    mechanisms = json["mechanisms"]?.texts ?? []
    descriptors = NamedNumber.list(json["descriptors"])
  }
}
