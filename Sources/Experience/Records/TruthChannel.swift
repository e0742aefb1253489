// A quantity at an event over the members of a truth: what claims of a trace are checked against.
//
// Checked by  TraceTruthTests (Scoring): a channel reads back as it was written.

/// One entry of `channels` in truth/1.
public struct TruthChannel: Sendable, Hashable {
  /// Such as `energy-lost-share`.
  public var name: String
  /// Other names that a trace may use.
  public var aliases: [String]
  /// `contact#1`, `start`, `end`, or empty for the whole run.
  public var anchor: String
  public var unit: String
  /// One a member, in `unit`; NaN where the anchor does not occur (`null` in the file).
  public var values: [Double]
  /// Smallest tolerance of a claim, in `unit`; not below the numerical half-width.
  public var floor: Double
  public var status: ConvergenceStatus

  public init(
    name: String, aliases: [String] = [], anchor: String, unit: String, values: [Double],
    floor: Double, status: ConvergenceStatus
  ) {
    (self.name, self.aliases, self.anchor, self.unit) = (name, aliases, anchor, unit)
    (self.values, self.floor, self.status) = (values, floor, status)
  }

  var json: JSON {
    .object([
      ("name", .text(name)), ("aliases", .texts(aliases)), ("anchor", .text(anchor)),
      ("unit", .text(unit)),
      ("values", .array(values.map { $0.isFinite ? .number($0) : .null })),
      ("floor", .number(floor)), ("status", .text(status.rawValue)),
    ])
  }

  init(json: JSON) throws(RecordError) {
    guard let name = json["name"]?.text, let unit = json["unit"]?.text,
      let list = json["values"]?.array
    else { throw RecordError("a channel needs `name`, `unit` and `values`") }
    var values: [Double] = []
    for item in list {
      guard item == .null || item.number != nil else {
        throw RecordError("the channel `\(name)` holds \(item.kindName) among its values")
      }
      values.append(item.number ?? .nan)
    }
    self.init(
      name: name, aliases: json["aliases"]?.texts ?? [], anchor: json["anchor"]?.text ?? "",
      unit: unit, values: values, floor: json["floor"]?.number ?? 0,
      status: json["status"]?.text.flatMap(ConvergenceStatus.init) ?? .converged)
  }
}

extension TruthRecord {
  /// A scalar outcome as a channel, without aliases and anchor: those that are published for its name
  /// hold. `nil` where it does not occur in every member, because then the values have no order that
  /// other outcomes share.
  public func channel(of name: String) -> TruthChannel? {
    guard let outcome = self[outcome: name]?.scalar, outcome.occurs == 1 else { return nil }
    return TruthChannel(
      name: name, anchor: "", unit: outcome.unit, values: outcome.members,
      floor: outcome.halfWidth, status: outcome.status)
  }
}
