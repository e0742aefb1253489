// What becomes of a scene, as one of several classes: probabilities over the members.
//
// Checked by  DerivationTests.

public struct ClassOutcome: Sendable, Hashable {
  public var labels: [String]
  /// Of each label; they sum to 1.
  public var probabilities: [Double]
  public var members: Int
  public var isOrdered: Bool
  /// Share of members whose class would change within the numerical bands.
  public var halfWidth: Double
  public var status: ConvergenceStatus
  public var tier: Tier
  public var basis: String

  public init(
    labels: [String], probabilities: [Double], members: Int, isOrdered: Bool, halfWidth: Double,
    status: ConvergenceStatus, tier: Tier, basis: String
  ) {
    (self.labels, self.probabilities, self.members) = (labels, probabilities, members)
    (self.isOrdered, self.halfWidth, self.status) = (isOrdered, halfWidth, status)
    (self.tier, self.basis) = (tier, basis)
  }

  var json: JSON {
    .object([
      ("kind", .text(isOrdered ? "ordered" : "category")), ("classes", .texts(labels)),
      ("probabilities", .numbers(probabilities)), ("members", .number(Double(members))),
      ("half-width", .number(halfWidth)), ("status", .text(status.rawValue)),
      ("tier", .text(tier.rawValue)), ("basis", .text(basis)),
    ])
  }

  init(json: JSON, name: String) throws(RecordError) {
    guard let labels = json["classes"]?.texts, let probabilities = json["probabilities"]?.numbers,
      labels.count == probabilities.count, labels.count >= 2,
      probabilities.allSatisfy({ $0 >= 0 && $0 <= 1 })
    else { throw RecordError("the outcome `\(name)` lacks classes or their probabilities") }
    self.init(
      labels: labels, probabilities: probabilities, members: Int(json["members"]?.number ?? 0),
      isOrdered: json["kind"]?.text == "ordered", halfWidth: json["half-width"]?.number ?? 0,
      status: json["status"]?.text.flatMap(ConvergenceStatus.init) ?? .resolved,
      tier: json["tier"]?.text.flatMap(Tier.init) ?? .t3, basis: json["basis"]?.text ?? "")
  }
}
