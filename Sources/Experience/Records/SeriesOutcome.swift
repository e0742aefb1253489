// Several values of the same run, one after the other: a path for each member.
//
// Checked by  DerivationTests.

public struct SeriesOutcome: Sendable, Hashable {
  public var items: [String]
  /// In s; empty where the items are no instants.
  public var times: [Double]
  public var unit: String
  /// Members × items, in `unit`; one path when the inputs are exact.
  public var paths: [[Double]]
  /// Numerical band of each item, in `unit`.
  public var halfWidths: [Double]
  public var status: ConvergenceStatus
  public var tier: Tier
  public var basis: String

  public init(
    items: [String], times: [Double], unit: String, paths: [[Double]], halfWidths: [Double],
    status: ConvergenceStatus, tier: Tier, basis: String
  ) {
    (self.items, self.times, self.unit, self.paths) = (items, times, unit, paths)
    (self.halfWidths, self.status, self.tier, self.basis) = (halfWidths, status, tier, basis)
  }

  var json: JSON {
    .object([
      ("kind", .text("series")), ("items", .texts(items)),
      ("t-s", times.isEmpty ? nil : .numbers(times)), ("unit", .text(unit)),
      ("values", .array(paths.map { .numbers($0) })),
      ("numerical", .object([("half-width", .numbers(halfWidths))])),
      ("status", .text(status.rawValue)), ("tier", .text(tier.rawValue)), ("basis", .text(basis)),
    ])
  }

  init(json: JSON, name: String) throws(RecordError) {
    guard let items = json["items"]?.texts, let unit = json["unit"]?.text,
      let halfWidths = json["numerical"]?["half-width"]?.numbers, halfWidths.count == items.count
    else { throw RecordError("the series `\(name)` lacks items, unit or numerical band") }
    let paths = (json["values"]?.array ?? []).compactMap(\.numbers)
    guard !paths.isEmpty, paths.allSatisfy({ $0.count == items.count }) else {
      throw RecordError("a path of the series `\(name)` has not one value for each item")
    }
    self.init(
      items: items, times: json["t-s"]?.numbers ?? [], unit: unit, paths: paths,
      halfWidths: halfWidths,
      status: json["status"]?.text.flatMap(ConvergenceStatus.init) ?? .converged,
      tier: json["tier"]?.text.flatMap(Tier.init) ?? .t3, basis: json["basis"]?.text ?? "")
  }
}
