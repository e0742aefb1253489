// Authority by template and consequence: the counts, the bound, the verdict and its sentence.
//
// Counted     instances, not questions: one counts if the model accepted any of its requirements of
//             that consequence, and is a false accept if any accepted one lacks the label PASS (so
//             does an accepted MARGINAL one). Only instances in range, not contaminated, resolved, of
//             tier T0 to T2 count. Requirements whose truth is T3 have a row of their own.
// Checked by  AuthorityTests, CampaignTests.

import Experience

public struct AuthorityTable: Sendable {
  public struct Row: Sendable {
    public let template: String
    public let consequence: Int
    public let counts: FalseAccepts
    /// Instances with a requirement of this class, whatever was done with them.
    public let instances: Int
    public let confidence: Double
    public let upper: Double
    public let largestRate: Double?
    public let attempts: Int
    public let verdict: AuthorityVerdict
    public let reason: String
    /// What a human must look at.
    public let checkpoints: [String]
    public let sentence: String
    public let tier: Tier
    public let inconsistent: Int
    /// Accepted instances that no false accept would make enough; `nil` where never alone.
    public let needed: Int?
  }

  public let policy: AuthorityPolicy
  public let rows: [Row]
  public let isSealed: Bool
  public let attempts: Int

  public init(
    _ decisions: [Decision], isSealed: Bool, attempts: Int, policy: AuthorityPolicy = .init()
  ) {
    (self.policy, self.isSealed, self.attempts) = (policy, isSealed, attempts)
    struct Key: Hashable, Comparable {
      let template: String
      let consequence: Int
      let isUnverified: Bool
      static func < (a: Key, b: Key) -> Bool {
        (a.template, a.consequence, a.isUnverified ? 1 : 0)
          < (b.template, b.consequence, b.isUnverified ? 1 : 0)
      }
    }
    var groups: [Key: [Int32]] = [:]
    for (place, decision) in decisions.enumerated() {
      let key = Key(
        template: decision.template, consequence: decision.consequence,
        isUnverified: decision.tier == .t3)
      groups[key, default: []].append(Int32(place))
    }
    rows = groups.keys.sorted().map { key in
      AuthorityTable.row(
        (groups[key] ?? []).map { decisions[Int($0)] }, template: key.template,
        consequence: key.consequence,
        isSealed: isSealed, attempts: attempts, policy)
    }
  }

  private static func row(
    _ decisions: [Decision], template: String, consequence: Int, isSealed: Bool, attempts: Int,
    _ policy: AuthorityPolicy
  ) -> Row {
    let accepted = decisions.filter { $0.isCounted && $0.action == .accept }
    let counts = FalseAccepts(
      Set(accepted.filter(\.isFalseAccept).map(\.instance)).count,
      of: Set(accepted.map(\.instance)).count)
    let labels = Set(decisions.map(\.range.label))
    let range: RangeFinding.Label =
      labels.contains(.inside)
      ? .inside
      : labels.contains(.edge) ? .edge : labels.contains(.undeclared) ? .undeclared : .out
    let tier = decisions.map(\.tier).max { $0.rawValue < $1.rawValue } ?? .t3
    let isUnresolved = decisions.allSatisfy(\.isUnresolved)
    let tolerable = policy.handoff / policy.falseAcceptCost(consequence)
    let (verdict, reason) = policy.verdict(
      AuthorityEvidence(
        counts: counts, consequence: consequence, range: range,
        // that of a single answer is tested where the answer is used
        statedFailure: tolerable, tier: tier, isUnresolved: isUnresolved, attempts: attempts,
        isSealed: isSealed))
    let confidence = policy.confidence(attempts: attempts)
    let upper = counts.upperBound(confidence: confidence)
    let limit = policy.largestRate[consequence]
    return Row(
      template: template, consequence: consequence, counts: counts,
      instances: Set(decisions.map(\.instance)).count, confidence: confidence, upper: upper,
      largestRate: limit, attempts: attempts, verdict: verdict, reason: reason,
      checkpoints: verdict == .acceptAlone
        ? [] : checkpoints(decisions, reason: reason, tolerable: tolerable),
      sentence: sentence(
        template, counts, upper: upper, confidence: confidence, attempts: attempts, tier: tier),
      tier: tier, inconsistent: decisions.count(where: \.isInconsistent),
      needed: limit.map {
        FalseAccepts.needed(wrong: counts.wrong, rate: $0, confidence: confidence)
      })
  }

  /// *"95 % confidence: among scenes drawn like …"*
  static func sentence(
    _ template: String, _ counts: FalseAccepts, upper: Double, confidence: Double, attempts: Int,
    tier: Tier
  ) -> String {
    let tries = attempts == 1 ? "one attempt" : "\(attempts) attempts"
    guard counts.accepted > 0 else {
      return "No instance of \(template) that counts was accepted, so nothing is stated of it. "
        + "Truth tier \(tier.rawValue)."
    }
    return
      "\(Wording.percent(confidence)) confidence: among scenes drawn like \(template), in range, "
      + "that this model accepts, at most \(Wording.percent(upper)) fail in the simulator "
      + "(\(counts.wrong) of \(counts.accepted), \(tries), n fixed in advance). "
      + "Truth tier \(tier.rawValue). It says nothing about hardware, other templates or other "
      + "releases."
  }

  private static func checkpoints(
    _ decisions: [Decision], reason: String, tolerable: Double
  ) -> [String] {
    var list = [reason]
    let marginal = decisions.count { $0.label == .marginal }
    if marginal > 0 {
      list.append("\(marginal) requirements that the simulator itself cannot call (MARGINAL)")
    }
    let edges = decisions.filter { $0.range.label == .edge || $0.range.label == .out }
    var levers: [String: Int] = [:]
    for edge in edges { if let lever = edge.range.lever { levers[lever.name, default: 0] += 1 } }
    for (name, count) in levers.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(3) {
      list.append("\(name): leads out of the experience in \(count) cases")
    }
    let new = Set(edges.flatMap(\.range.newMechanisms)).sorted()
    if !new.isEmpty { list.append("mechanisms never experienced: \(new.joined(separator: ", "))") }
    let unsure = decisions.count { decision in
      decision.action == .accept && decision.statedPass.map { 1 - $0 > tolerable } ?? true
    }
    if unsure > 0 {
      list.append(
        "\(unsure) accepted although the stated P(fail) is above \(Wording.percent(tolerable))")
    }
    let contradictory = decisions.count(where: \.isInconsistent)
    if contradictory > 0 {
      list.append("\(contradictory) decisions that contradict their own probability")
    }
    return list
  }

  /// The verdict on one decision: its own range, tier and stated probability.
  public func verdict(on decision: Decision) -> (verdict: AuthorityVerdict, reason: String) {
    let row = rows.first {
      $0.template == decision.template && $0.consequence == decision.consequence
        && ($0.tier == .t3) == (decision.tier == .t3)
    }
    guard decision.action == .accept || decision.tier == .t3 || decision.isUnresolved else {
      return (
        .checkpoint,
        decision.action == .handoff ? "the model hands it to a human" : "the model rejects it"
      )
    }
    var evidence = AuthorityEvidence(
      counts: row?.counts ?? FalseAccepts(0, of: 0), consequence: decision.consequence,
      range: decision.range.label, statedFailure: decision.statedPass.map { 1 - $0 },
      tier: decision.tier, isUnresolved: decision.isUnresolved, attempts: attempts,
      isSealed: isSealed)
    (evidence.bound, evidence.needed) = (row?.upper, row?.needed)
    return policy.verdict(evidence)
  }

  public var json: JSON {
    .array(
      rows.map { row in
        .object([
          ("template", .text(row.template)), ("consequence", .number(Double(row.consequence))),
          ("instances", .number(Double(row.instances))),
          ("accepted", .number(Double(row.counts.accepted))),
          ("false-accepts", .number(Double(row.counts.wrong))), ("upper95", .number(row.upper)),
          ("p-max", row.largestRate.map { .number($0) } ?? .null),
          ("needed", row.needed.map { .number(Double($0)) }),
          ("attempts", .number(Double(row.attempts))), ("confidence", .number(row.confidence)),
          ("tier", .text(row.tier.rawValue)), ("verdict", .text(row.verdict.rawValue)),
          ("reason", .text(row.reason)), ("checkpoints", .texts(row.checkpoints)),
          ("inconsistent", .number(Double(row.inconsistent))),
          ("sentence", .text(row.sentence)), ("operating", operating(row)),
        ])
      })
  }

  /// P(pass) of this design for models that are wrong at several true rates.
  private func operating(_ row: Row) -> JSON? {
    guard let rate = row.largestRate, row.counts.accepted > 0,
      let allowed = FalseAccepts.allowed(
        accepted: row.counts.accepted, rate: rate, confidence: row.confidence)
    else { return nil }
    return .array(
      [rate / 50, rate / 5, rate].map { p in
        .object([
          ("true-rate", .number(p)),
          (
            "passes",
            .number(
              FalseAccepts.passes(wrong: allowed, accepted: row.counts.accepted, trueRate: p))
          ),
        ])
      })
  }
}
