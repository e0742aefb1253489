// Which of several outcomes of a run is smaller: a probability for each pair, over the members.
//
// Checked by  DerivationTests.

public struct OrderingOutcome: Sendable, Hashable {
  public var items: [String]
  /// P(first < second) in the order of `Derivation.pairs`; a tie counts half.
  public var pairs: [Double]
  public var members: Int
  /// Mean share of members in which a pair would change its order within the numerical bands.
  public var halfWidth: Double
  public var status: ConvergenceStatus
  public var tier: Tier
  public var basis: String

  public init(
    items: [String], pairs: [Double], members: Int, halfWidth: Double, status: ConvergenceStatus,
    tier: Tier, basis: String
  ) {
    (self.items, self.pairs, self.members, self.halfWidth) = (items, pairs, members, halfWidth)
    (self.status, self.tier, self.basis) = (status, tier, basis)
  }

  var json: JSON {
    let names = Derivation.pairs(of: items.count).map {
      Derivation.name(items[$0.first], items[$0.second])
    }
    return .object([
      ("kind", .text("ordering")), ("items", .texts(items)),
      ("pairs", .object(zip(names, pairs).map { ($0, .number($1)) })),
      ("members", .number(Double(members))), ("half-width", .number(halfWidth)),
      ("status", .text(status.rawValue)), ("tier", .text(tier.rawValue)), ("basis", .text(basis)),
    ])
  }

  init(json: JSON, name: String) throws(RecordError) {
    guard let items = json["items"]?.texts, items.count >= 2 else {
      throw RecordError("the outcome `\(name)` lacks the items of its order")
    }
    var pairs: [Double] = []
    for pair in Derivation.pairs(of: items.count) {
      let key = Derivation.name(items[pair.first], items[pair.second])
      guard let p = json["pairs"]?[key]?.number, p >= 0, p <= 1 else {
        throw RecordError("the outcome `\(name)` lacks the probability of `\(key)`")
      }
      pairs.append(p)
    }
    self.init(
      items: items, pairs: pairs, members: Int(json["members"]?.number ?? 0),
      halfWidth: json["half-width"]?.number ?? 0,
      status: json["status"]?.text.flatMap(ConvergenceStatus.init) ?? .resolved,
      tier: json["tier"]?.text.flatMap(Tier.init) ?? .t3, basis: json["basis"]?.text ?? "")
  }
}
