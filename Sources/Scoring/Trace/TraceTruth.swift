// Everything in a truth record, and in the question's scene, that a claim can be checked against.
//
// Channels    those of the record (`channels` of truth/1), then its scalar outcomes under their
//             published anchors and aliases, then the time of every dated event as `time` or `t`. The
//             time of an event is that of the nominal run, one value without spread, unless an outcome
//             or a channel holds its members.
//             A ball that does not turn has the share of its energy that the first contact takes from
//             its two speeds, as `E_lost`.
// Events      share of members in which one happens: of a channel anchored there, of the dated event,
//             or of the outcome that says so. A kind that the experience cannot have has share 0; what
//             the record does not say is `nil`, and a claim about it cannot be verified. A data set
//             keeps the first four events of a run, so that later ones are unknown, not absent.
// Not here    quantities between events, and energy shares of mechanisms, unless the record has a
//             channel for them (`energy-share-drag`): claims about them are `unverifiable`.
// Checked by  TraceTruthTests, WorkedTraceTests.

import Experience

public struct TraceTruth: Sendable {
  /// Events that a record of a data set keeps.
  static let eventLimit = 4

  public let channels: [TraceChannel]
  public let parameters: [String: TraceParameter]
  public let events: [DatedEvent]
  public let mechanisms: [String]
  private let experience: String
  private let decided: [String: Double]

  /// - Parameters:
  ///   - parameters: of the scene by name, in SI.
  ///   - decided: probability of events that outcomes decide, by event name.
  public init(
    channels: [TraceChannel], parameters: [String: TraceParameter] = [:],
    events: [DatedEvent] = [], mechanisms: [String] = [], experience: String = "",
    decided: [String: Double] = [:]
  ) {
    (self.channels, self.parameters, self.events) = (channels, parameters, events)
    (self.mechanisms, self.experience, self.decided) = (mechanisms, experience, decided)
  }

  /// - Parameter question: whose scene is disclosed; `nil` where only channels are compared.
  public init(record: TruthRecord, question: Question?, bindings: [Binding]) {
    var decided: [String: Double] = [:]
    let entries = TraceVocabulary.outcomes[record.experience] ?? []
    var channels = record.channels.compactMap { channel in
      let entry = entries.first { $0.outcome == channel.name }
      return TraceChannel(
        record: channel, aliases: entry?.aliases ?? [], anchors: TraceTruth.anchors(entry, record))
    }
    for (name, outcome) in record.outcomes {
      switch outcome {
      case .scalar(let scalar):
        guard let unit = try? Unit.parse(scalar.unit) else { continue }
        let entry = entries.first { $0.outcome == name }
        channels.append(
          TraceChannel(
            name: TraceVocabulary.name(name), aliases: entry?.aliases ?? [],
            anchors: TraceTruth.anchors(entry, record), unit: unit,
            values: scalar.members.map(unit.toSI), occurs: scalar.occurs,
            halfWidth: scalar.halfWidth * unit.factor,
            isUnresolved: scalar.status == .unresolved))
      case .event(let event):
        guard event.status != .unresolved else { continue }
        for (happening, decider) in TraceVocabulary.events[record.experience] ?? [:]
        where decider == name { decided[happening] = event.probability }
      case .classes, .ordering, .series: continue
      }
    }
    if let share = TraceTruth.energyLost(channels, record) { channels.append(share) }
    for event in record.events {
      let isKnown = channels.contains {
        $0.anchors.contains(event.name) && ($0.name == "time" || $0.aliases.contains("time"))
      }
      if isKnown { continue }
      channels.append(
        TraceChannel(
          name: "time", aliases: ["t"], anchors: [event.name],
          unit: Unit(symbol: "s", factor: 1, dimension: .time), values: [event.time],
          occurs: event.occurs, halfWidth: event.halfWidth))
    }
    var parameters: [String: TraceParameter] = [:]
    if let question {
      parameters = TraceParameter.table(
        of: question.scene, experience: record.experience, bindings: bindings)
      // a symbol that a template binds is the scene's; any other word is the outcome's
      let bound = Set(bindings.map(\.symbol))
      for channel in channels where !bound.contains(channel.name) {
        parameters[channel.name] = nil
      }
    }
    self.init(
      channels: channels, parameters: parameters, events: record.events,
      mechanisms: record.mechanisms, experience: record.experience, decided: decided)
  }

  /// Share of the kinetic energy that the first contact takes, 1 − (v'/v)², from the two speeds of a
  /// ball that does not turn before or after it.
  private static func energyLost(
    _ channels: [TraceChannel], _ record: TruthRecord
  ) -> TraceChannel? {
    let turns = ["friction", "spin"].contains(where: record.mechanisms.contains)
    guard record.experience == "ball-drop", !turns,
      !channels.contains(where: { $0.name == "E_lost" || $0.aliases.contains("E_lost") }),
      let before = channels.first(where: { $0.name == "impact_speed" }),
      let after = channels.first(where: { $0.name == "rebound_speed" }),
      let incoming = before.members, let outgoing = after.members,
      incoming.count == outgoing.count, incoming.allSatisfy({ $0 > 0 })
    else { return nil }
    return TraceChannel(
      name: "E_lost", aliases: ["energy_lost_share"], anchors: before.anchors, unit: .one,
      values: zip(incoming, outgoing).map { 1 - $1 * $1 / ($0 * $0) },
      isUnresolved: before.isUnresolved || after.isUnresolved)
  }

  /// Anchors of an outcome in this run: the first apex after a contact need not be the first of all.
  private static func anchors(
    _ entry: TraceVocabulary.Entry?, _ record: TruthRecord
  ) -> [String] {
    guard let entry else { return [] }
    guard entry.outcome == "rebound-height",
      let contact = record.events.firstIndex(where: { $0.name == "contact#1" }),
      let apex = record.events[contact...].first(where: { $0.name.hasPrefix("apex#") })
    else { return entry.anchors }
    return [apex.name]
  }

  // MARK: Finding

  /// What a claim is about: the channel of that name, at the anchor if there is one. A name without
  /// anchor that stands for several channels means none of them.
  public func channel(_ name: String, at anchor: TraceAnchor?) -> TraceChannel? {
    let place = anchor.map(TraceTruth.name(of:))
    let named = channels.filter {
      ($0.name == name || $0.aliases.contains(name))
        && (place.map($0.anchors.contains) ?? true)
    }
    if let exact = named.first(where: { $0.name == name }), place != nil { return exact }
    if named.count == 1 { return named[0] }
    let exact = named.filter { $0.name == name }
    return place == nil && exact.count != 1 ? nil : exact.first ?? named.first
  }

  static func name(of anchor: TraceAnchor) -> String {
    guard case .event(let event) = anchor else { return anchor.name }
    return name(of: event)
  }

  static func name(of event: TraceEvent) -> String {
    "\(TraceVocabulary.kindAliases[event.kind] ?? event.kind)#\(event.ordinal)"
  }

  /// Share of members in which an event happens; `nil`: the record does not say.
  public func share(of event: TraceEvent) -> Double? {
    if let kinds = TraceVocabulary.kinds[experience], !kinds.contains(event.kind) { return 0 }
    let names = [TraceTruth.name(of: event), event.name]
    if let dated = events.first(where: { names.contains($0.name) }) {
      // another pair of bodies counts its own contacts, which the record does not
      let isSame = event.bodies.allSatisfy(dated.bodies.contains)
      return isSame ? dated.occurs : nil
    }
    if let share = names.compactMap({ decided[$0] }).first { return share }
    if let channel = channels.first(where: { names.contains(where: $0.anchors.contains) }) {
      return channel.occurs
    }
    return nil
  }

  /// Time of an event in the nominal run, in s.
  public func time(of event: TraceEvent) -> Double? {
    let names = [TraceTruth.name(of: event), event.name]
    return events.first { names.contains($0.name) }?.time
      ?? names.compactMap { name in
        channels.first {
          $0.anchors.contains(name) && ($0.name == "time" || $0.aliases.contains("time"))
        }?.median
      }.first
  }

  /// The channel that holds the time of an event.
  func timing(of event: TraceEvent) -> TraceChannel? {
    channel("time", at: .event(event))
  }
}

extension TraceChannel {
  /// A channel of a record; `nil` where its unit is unknown.
  /// - Parameters:
  ///   - aliases: published for its name, beside its own.
  ///   - anchors: published for its name, where the record gives none.
  init?(record channel: TruthChannel, aliases: [String], anchors: [String]) {
    guard let unit = try? Unit.parse(channel.unit) else { return nil }
    self.init(
      name: TraceVocabulary.name(channel.name), aliases: channel.aliases + aliases,
      anchors: channel.anchor.isEmpty ? anchors : [channel.anchor], unit: unit,
      values: channel.values.map { $0.isNaN ? .nan : unit.toSI($0) },
      floor: channel.floor * unit.factor, isUnresolved: channel.status == .unresolved)
  }
}
