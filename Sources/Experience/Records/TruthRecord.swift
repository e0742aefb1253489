// The record of what happened in a scene, and how sure that is: `truth/1`.
//
// Values are SI in the unit that stands beside them. Machine facts are not part of it (`run` prints
// them apart), so that the bytes of two machines compare.

/// A named number, kept in a list because the order of a record must not depend on hashing.
public struct NamedNumber: Sendable, Hashable {
  public let name: String
  public let value: Double
  public init(_ name: String, _ value: Double) { (self.name, self.value) = (name, value) }
}

/// How far a value can be trusted numerically.
public enum ConvergenceStatus: String, Sendable, Hashable {
  case converged
  /// The differences do not shrink as the method's order says; the band is widened.
  case unresolvedOrder = "unresolved-order"
  /// The band is wider than what was asked for, or the levels disagree about what happened.
  case unresolved
  /// An event whose probability the members decide.
  case resolved
}

/// Layers of trust.
public enum Tier: String, Sendable, Hashable {
  case t0 = "T0"
  case t1 = "T1"
  case t2 = "T2"
  case t3 = "T3"
}

/// PASS, FAIL, or what the simulator itself cannot call.
public enum Verdict: String, Sendable, Hashable {
  case pass = "PASS"
  case fail = "FAIL"
  case marginal = "MARGINAL"
}

/// Outcome on a continuous scale.
public struct ScalarOutcome: Sendable, Hashable {
  /// Nominal scene at the finest resolution.
  public var value: Double
  public var unit: String
  /// Numerical band: the true value of the model is expected within ± this.
  public var halfWidth: Double
  /// Observed order of convergence, if the differences were above rounding.
  public var order: Double?
  public var status: ConvergenceStatus
  /// One value a member; a single one when the inputs are exact.
  public var members: [Double]
  /// Share of members in which the outcome occurs at all.
  public var occurs: Double
  public var tier: Tier
  public var basis: String
  /// Values of the nominal scene under the models that rigid bodies leave open, such as the order of
  /// impacts at one instant; absent where there is only one. Not part of the numerical band.
  public var envelope: ClosedRange<Double>?

  public init(
    value: Double, unit: String, halfWidth: Double, order: Double?, status: ConvergenceStatus,
    members: [Double], occurs: Double = 1, tier: Tier, basis: String,
    envelope: ClosedRange<Double>? = nil
  ) {
    (self.value, self.unit, self.halfWidth, self.order) = (value, unit, halfWidth, order)
    (self.status, self.members, self.occurs) = (status, members, occurs)
    (self.tier, self.basis, self.envelope) = (tier, basis, envelope)
  }
}

/// How far the nominal run is from the other answer of an event.
public struct EventMargin: Sendable, Hashable {
  /// Positive if the event happens.
  public var value: Double
  public var halfWidth: Double
  public var unit: String

  public init(value: Double, halfWidth: Double, unit: String) {
    (self.value, self.halfWidth, self.unit) = (value, halfWidth, unit)
  }
}

/// A yes/no outcome: a probability over the declared tolerances.
public struct EventOutcome: Sendable, Hashable {
  public var probability: Double
  /// Probability if every member moved against the event by its band, and with it.
  public var low: Double
  public var high: Double
  /// 0 for an exact law.
  public var members: Int
  public var status: ConvergenceStatus
  public var label: Verdict?
  /// Of the nominal run, where the experience gives one.
  public var margin: EventMargin?
  public var tier: Tier
  public var basis: String

  public init(
    probability: Double, low: Double, high: Double, members: Int, status: ConvergenceStatus,
    label: Verdict?, margin: EventMargin? = nil, tier: Tier, basis: String
  ) {
    (self.probability, self.low, self.high, self.members) = (probability, low, high, members)
    (self.status, self.label, self.margin) = (status, label, margin)
    (self.tier, self.basis) = (tier, basis)
  }
}

public enum Outcome: Sendable, Hashable {
  case scalar(ScalarOutcome)
  case event(EventOutcome)
  case classes(ClassOutcome)
  case ordering(OrderingOutcome)
  case series(SeriesOutcome)

  public var scalar: ScalarOutcome? { if case .scalar(let value) = self { value } else { nil } }
  public var event: EventOutcome? { if case .event(let value) = self { value } else { nil } }
  /// How far it can be trusted.
  public var standing: (tier: Tier, status: ConvergenceStatus) {
    switch self {
    case .scalar(let value): (value.tier, value.status)
    case .event(let value): (value.tier, value.status)
    case .classes(let value): (value.tier, value.status)
    case .ordering(let value): (value.tier, value.status)
    case .series(let value): (value.tier, value.status)
    }
  }
  /// What backs it, in one sentence.
  public var basis: String {
    switch self {
    case .scalar(let value): value.basis
    case .event(let value): value.basis
    case .classes(let value): value.basis
    case .ordering(let value): value.basis
    case .series(let value): value.basis
    }
  }
}

/// A dated happening of the nominal run.
public struct DatedEvent: Sendable, Hashable {
  /// Kind and ordinal, such as `contact#1`.
  public let name: String
  public let bodies: [String]
  /// In s.
  public let time: Double
  public var halfWidth: Double
  /// Share of members in which it happens.
  public var occurs: Double

  public init(name: String, bodies: [String], time: Double, halfWidth: Double, occurs: Double) {
    (self.name, self.bodies, self.time) = (name, bodies, time)
    (self.halfWidth, self.occurs) = (halfWidth, occurs)
  }
}

/// What became of a requirement.
public struct RequirementOutcome: Sendable, Hashable {
  public let id: String
  public let text: String
  public let criterion: String
  public let probability: Double
  public let low: Double
  public let high: Double
  public let label: Verdict
  /// Distance to the limit of the nominal value; positive when the requirement holds.
  public let margin: Double
  public let marginHalfWidth: Double
  public let unit: String
  public let consequence: Int
  /// Why the label is not decided by counting alone, such as an unresolved outcome.
  public let reason: String?

  public init(
    id: String, text: String, criterion: String, probability: Double, low: Double, high: Double,
    label: Verdict, margin: Double, marginHalfWidth: Double, unit: String, consequence: Int,
    reason: String? = nil
  ) {
    (self.id, self.text, self.criterion) = (id, text, criterion)
    (self.probability, self.low, self.high, self.label) = (probability, low, high, label)
    (self.margin, self.marginHalfWidth, self.unit) = (margin, marginHalfWidth, unit)
    (self.consequence, self.reason) = (consequence, reason)
  }
}

/// What another model would have given, where rigid bodies leave several answers open.
public struct Alternative: Sendable, Hashable {
  /// Such as `simultaneous-impacts`.
  public let name: String
  public let sentence: String
  /// Values in the units of the outcomes: of those that differ by more than their bands.
  public let outcomes: [NamedNumber]
  /// Timeline of the run by this model, where it is kept.
  public let events: [AlternativeEvent]

  /// With these outcomes alone.
  func keeping(_ names: Set<String>) -> Alternative {
    Alternative(
      name: name, sentence: sentence, outcomes: outcomes.filter { names.contains($0.name) },
      events: events)
  }

  public init(
    name: String, sentence: String, outcomes: [NamedNumber], events: [AlternativeEvent] = []
  ) {
    (self.name, self.sentence, self.outcomes) = (name, sentence, outcomes)
    self.events = events
  }
}

/// A dated happening of another model's run, with what is known there.
public struct AlternativeEvent: Sendable, Hashable {
  public let name: String
  /// In s.
  public let time: Double
  /// The quantity that the record's channel at this event holds, in `unit`.
  public let value: Double?
  public let unit: String?

  public init(name: String, time: Double, value: Double? = nil, unit: String? = nil) {
    (self.name, self.time, self.value, self.unit) = (name, time, value, unit)
  }
}

/// Everything that is known about one scene.
public struct TruthRecord: Sendable, Hashable {
  /// `template/version/index`; a lone scene has none.
  public var id: String?
  /// `name@version`.
  public var template: String?
  public var sceneName: String
  public var experience: String
  /// SHA-256 of the canonical resolved scene.
  public var sceneHash: String
  public var seed: UInt64
  public var mechanisms: [String]
  public var descriptors: [NamedNumber]
  public var outcomes: [(name: String, outcome: Outcome)]
  public var requirements: [RequirementOutcome]
  public var events: [DatedEvent]
  /// What claims are checked against besides the outcomes.
  public var channels: [TruthChannel] = []
  public var alternatives: [Alternative] = []
  /// Slots of questions whose answer no ablation of the scene changes.
  public var shortcuts: [String] = []
  public var audits: [NamedNumber]
  public var range: [NamedNumber]
  /// Sentences a reader must know: outcomes that do not occur, models at their limits.
  public var notes: [String]

  public init(
    id: String? = nil, template: String? = nil, sceneName: String, experience: String,
    sceneHash: String, seed: UInt64, mechanisms: [String] = [], descriptors: [NamedNumber] = [],
    outcomes: [(name: String, outcome: Outcome)] = [], requirements: [RequirementOutcome] = [],
    events: [DatedEvent] = [], audits: [NamedNumber] = [], range: [NamedNumber] = [],
    notes: [String] = []
  ) {
    (self.id, self.template) = (id, template)
    (self.sceneName, self.experience, self.sceneHash) = (sceneName, experience, sceneHash)
    (self.seed, self.mechanisms, self.descriptors) = (seed, mechanisms, descriptors)
    (self.outcomes, self.requirements, self.events) = (outcomes, requirements, events)
    (self.audits, self.range, self.notes) = (audits, range, notes)
  }

  public subscript(outcome name: String) -> Outcome? {
    outcomes.first { $0.name == name }?.outcome
  }

  public static func == (a: TruthRecord, b: TruthRecord) -> Bool { a.json == b.json }
  public func hash(into hasher: inout Hasher) { hasher.combine(json) }
}
