// `truth/1` as JSON, written and read by the same names.

/// A record that does not have the form its schema asks for.
public struct RecordError: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}

extension TruthRecord {
  public var json: JSON {
    .object([
      ("schema", .text("truth/1")),
      ("id", id.map { .text($0) }),
      ("template", template.map { .text($0) }),
      (
        "scene",
        .object([
          ("name", .text(sceneName)), ("experience", .text(experience)),
          ("sha256", .text(sceneHash)),
        ])
      ),
      ("seed", .text(String(seed))),
      ("mechanisms", .texts(mechanisms)),
      ("descriptors", NamedNumber.json(descriptors)),
      ("outcomes", .object(outcomes.map { ($0.name, $0.outcome.json) })),
      ("requirements", .object(requirements.map { ($0.id, $0.json) })),
      ("events", .array(events.map(\.json))),
      ("channels", channels.isEmpty ? nil : .array(channels.map(\.json))),
      ("alternatives", alternatives.isEmpty ? nil : .array(alternatives.map(\.json))),
      ("shortcuts", shortcuts.isEmpty ? nil : .texts(shortcuts)),
      ("audits", NamedNumber.json(audits)),
      ("range", NamedNumber.json(range)),
      ("notes", notes.isEmpty ? nil : .texts(notes)),
    ])
  }

  public init(json: JSON) throws(RecordError) { try self.init(reading: json) }

  init(reading json: some JSONReadable) throws(RecordError) {
    guard json["schema"]?.text == "truth/1" else {
      throw RecordError(
        "not a truth/1 record: `schema` is \(json["schema"]?.json.line ?? "missing")")
    }
    guard let scene = json["scene"], let name = scene["name"]?.text,
      let experience = scene["experience"]?.text, let sha256 = scene["sha256"]?.text,
      let seed = json["seed"]?.text.flatMap({ UInt64($0) })
    else { throw RecordError("a truth record needs `scene` {name, experience, sha256} and `seed`") }
    self.init(
      id: json["id"]?.text, template: json["template"]?.text, sceneName: name,
      experience: experience, sceneHash: sha256, seed: seed,
      mechanisms: json["mechanisms"]?.texts ?? [],
      descriptors: NamedNumber.list(json["descriptors"]),
      audits: NamedNumber.list(json["audits"]), range: NamedNumber.list(json["range"]),
      notes: json["notes"]?.texts ?? [])
    for (key, value) in json["outcomes"]?.fields ?? [] {
      outcomes.append((key, try Outcome(reading: value, name: key)))
    }
    for (key, value) in json["requirements"]?.fields ?? [] {
      requirements.append(try RequirementOutcome(json: value.json, id: key))
    }
    for value in json["events"]?.array ?? [] { events.append(try DatedEvent(reading: value)) }
    for value in json["channels"]?.array ?? [] {
      channels.append(try TruthChannel(json: value.json))
    }
    alternatives = (json["alternatives"]?.array ?? []).compactMap { Alternative(reading: $0) }
    shortcuts = json["shortcuts"]?.texts ?? []
  }
}

extension Alternative {
  var json: JSON {
    .object([
      ("name", .text(name)), ("sentence", .text(sentence)),
      ("outcomes", NamedNumber.json(outcomes)),
      ("events", events.isEmpty ? nil : .array(events.map(\.json))),
    ])
  }

  init?(reading json: some JSONReadable) {
    guard let name = json["name"]?.text, let sentence = json["sentence"]?.text else { return nil }
    self.init(
      name: name, sentence: sentence, outcomes: NamedNumber.list(json["outcomes"]),
      events: (json["events"]?.array ?? []).compactMap { AlternativeEvent(reading: $0) })
  }
}

extension AlternativeEvent {
  var json: JSON {
    .object([
      ("event", .text(name)), ("t-s", .number(time)), ("value", value.map { .number($0) }),
      ("unit", unit.map { .text($0) }),
    ])
  }

  init?(reading json: some JSONReadable) {
    guard let name = json["event"]?.text, let time = json["t-s"]?.number else { return nil }
    self.init(name: name, time: time, value: json["value"]?.number, unit: json["unit"]?.text)
  }
}

extension NamedNumber {
  static func json(_ list: [NamedNumber]) -> JSON {
    .object(list.map { ($0.name, .number($0.value)) })
  }

  static func list(_ json: (some JSONReadable)?) -> [NamedNumber] {
    (json?.fields ?? []).compactMap { key, value in
      value.number.map { NamedNumber(key, $0) }
    }
  }
}

extension Outcome {
  public var json: JSON {
    switch self {
    case .scalar(let scalar): scalar.json
    case .event(let event): event.json
    case .classes(let classes): classes.json
    case .ordering(let ordering): ordering.json
    case .series(let series): series.json
    }
  }

  public init(json: JSON, name: String) throws(RecordError) {
    try self.init(reading: json, name: name)
  }

  init(reading json: some JSONReadable, name: String) throws(RecordError) {
    let tier = json["tier"]?.text.flatMap { Tier(rawValue: $0) } ?? .t3
    let basis = json["basis"]?.text ?? ""
    switch json["kind"]?.text {
    case "scalar":
      guard let value = json["value"]?.number, let unit = json["unit"]?.text,
        let numerical = json["numerical"], let halfWidth = numerical["half-width"]?.number,
        let status = numerical["status"]?.text.flatMap(ConvergenceStatus.init)
      else { throw RecordError("the scalar outcome `\(name)` lacks value, unit or numerical band") }
      self = .scalar(
        ScalarOutcome(
          value: value, unit: unit, halfWidth: halfWidth, order: numerical["order"]?.number,
          status: status, members: json["input"]?["values"]?.numbers ?? [value],
          occurs: json["occurs"]?.number ?? 1, tier: tier, basis: basis,
          envelope: json["envelope"]?.numbers.flatMap {
            $0.count == 2 && $0[0] <= $0[1] ? $0[0]...$0[1] : nil
          }))
    case "event":
      guard let probability = json["probability"]?.number else {
        throw RecordError("the event `\(name)` lacks its probability")
      }
      self = .event(
        EventOutcome(
          probability: probability, low: json["low"]?.number ?? probability,
          high: json["high"]?.number ?? probability,
          members: Int(json["members"]?.number ?? 0),
          status: json["status"]?.text.flatMap(ConvergenceStatus.init) ?? .resolved,
          label: json["label"]?.text.flatMap(Verdict.init),
          margin: json["margin"].flatMap { EventMargin(json: $0.json) }, tier: tier, basis: basis))
    case "category", "ordered": self = .classes(try ClassOutcome(json: json.json, name: name))
    case "ordering": self = .ordering(try OrderingOutcome(json: json.json, name: name))
    case "series": self = .series(try SeriesOutcome(json: json.json, name: name))
    default: throw RecordError("the outcome `\(name)` has an unknown kind")
    }
  }
}

extension ScalarOutcome {
  static let reportedLevels = [0.05, 0.25, 0.5, 0.75, 0.95]

  var json: JSON {
    let law = Ensemble(members)
    let quantiles =
      members.count > 1
      ? JSON.object(
        ScalarOutcome.reportedLevels.map { (JSON.text(of: $0), .number(law.quantile($0))) }) : nil
    return .object([
      ("kind", .text("scalar")), ("value", .number(value)), ("unit", .text(unit)),
      (
        "numerical",
        .object([
          ("half-width", .number(halfWidth)), ("order", order.map { .number($0) }),
          ("status", .text(status.rawValue)),
        ])
      ),
      (
        "input",
        .object([
          ("members", .number(Double(members.count))), ("mean", .number(law.mean)),
          ("sd", .number(law.standardDeviation)), ("quantiles", quantiles),
          ("values", .numbers(members)),
        ])
      ),
      ("occurs", occurs < 1 ? .number(occurs) : nil),
      ("envelope", envelope.map { .numbers([$0.lowerBound, $0.upperBound]) }),
      ("tier", .text(tier.rawValue)), ("basis", .text(basis)),
    ])
  }
}

extension EventOutcome {
  var json: JSON {
    .object([
      ("kind", .text("event")), ("probability", .number(probability)), ("low", .number(low)),
      ("high", .number(high)), ("members", .number(Double(members))),
      ("status", .text(status.rawValue)), ("label", label.map { .text($0.rawValue) }),
      ("margin", margin?.json), ("tier", .text(tier.rawValue)), ("basis", .text(basis)),
    ])
  }
}

extension EventMargin {
  var json: JSON {
    .object([
      ("value", .number(value)), ("half-width", .number(halfWidth)), ("unit", .text(unit)),
    ])
  }

  init?(json: JSON) {
    guard let value = json["value"]?.number, let unit = json["unit"]?.text else { return nil }
    self.init(value: value, halfWidth: json["half-width"]?.number ?? 0, unit: unit)
  }
}

extension DatedEvent {
  var json: JSON {
    .object([
      ("event", .text(name)), ("bodies", .texts(bodies)), ("t-s", .number(time)),
      ("half-width-s", .number(halfWidth)), ("occurs", .number(occurs)),
    ])
  }

  init(reading json: some JSONReadable) throws(RecordError) {
    guard let name = json["event"]?.text, let time = json["t-s"]?.number else {
      throw RecordError("an event mark needs `event` and `t-s`")
    }
    self.init(
      name: name, bodies: json["bodies"]?.texts ?? [], time: time,
      halfWidth: json["half-width-s"]?.number ?? 0, occurs: json["occurs"]?.number ?? 1)
  }
}

extension RequirementOutcome {
  var json: JSON {
    .object([
      ("text", .text(text)), ("criterion", .text(criterion)),
      ("probability", .number(probability)), ("low", .number(low)), ("high", .number(high)),
      ("label", .text(label.rawValue)),
      (
        "margin",
        .object([
          ("value", .number(margin)), ("half-width", .number(marginHalfWidth)),
          ("unit", .text(unit)),
        ])
      ),
      ("consequence", .number(Double(consequence))), ("reason", reason.map { .text($0) }),
    ])
  }

  init(json: JSON, id: String) throws(RecordError) {
    guard let probability = json["probability"]?.number,
      let label = json["label"]?.text.flatMap(Verdict.init), let margin = json["margin"],
      let value = margin["value"]?.number
    else { throw RecordError("the requirement `\(id)` lacks probability, label or margin") }
    self.init(
      id: id, text: json["text"]?.text ?? "", criterion: json["criterion"]?.text ?? "",
      probability: probability, low: json["low"]?.number ?? probability,
      high: json["high"]?.number ?? probability, label: label, margin: value,
      marginHalfWidth: margin["half-width"]?.number ?? 0, unit: margin["unit"]?.text ?? "1",
      consequence: Int(json["consequence"]?.number ?? 1), reason: json["reason"]?.text)
  }
}
