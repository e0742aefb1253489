// One claim against one truth, without regard to what else the trace says.
//
// Equation    ε = |stated − m|/tol; right if ε ≤ 1. Inequality, range, order, occurrence: right if at
//             least 95 % of the members satisfy it, wrong if at most 5 % do, else unresolved.
// Order       events of members where the record holds them, member by member; else the times of the
//             nominal run, unresolved if they are nearer than their bands.
// Mechanism   `assume: no drag` is right where the scene has no such mechanism, or the channel
//             `energy-share-drag` says at most ρ; without that channel it cannot be verified.
// Checked by  WorkedTraceTests, TraceCheckerTests.

import Experience

extension TraceTruth {
  static let shareHigh = 0.95
  static let shareLow = 0.05
  /// ε up to which a value is right: rounding of ε itself must not decide.
  static let limit = 1 + 1e-12

  /// What a truth says of a claim.
  struct Judgement {
    var verdict: ClaimVerdict
    var channel: TraceChannel?
    var tolerance: Double?
    var distance: Double?
    /// The claim has another dimension than what was recorded.
    var hasOtherDimension = false

    init(_ verdict: ClaimVerdict) { self.verdict = verdict }
  }

  func judge(
    _ name: String, _ relation: TraceRelation, at anchor: TraceAnchor?, rho: Double
  ) -> Judgement {
    if case .event(let event)? = anchor, let share = share(of: event) {
      if share <= TraceTruth.shareLow { return Judgement(.eventAbsent) }
      if share < 0.5 { return Judgement(.unresolved) }
    }
    guard let channel = channel(name, at: anchor) else { return Judgement(.unverifiable) }
    var judgement = Judgement(.unresolved)
    judgement.channel = channel
    if channel.occurs <= TraceTruth.shareLow, anchor != nil {
      judgement.verdict = .eventAbsent
      return judgement
    }
    if channel.isUnresolved || channel.occurs < 0.5 { return judgement }
    let tolerance = channel.tolerance(rho: rho)
    judgement.tolerance = tolerance
    guard unit(of: relation).dimension.isSame(as: channel.unit.dimension) else {
      (judgement.verdict, judgement.hasOtherDimension) = (.wrong, true)
      return judgement
    }
    switch relation {
    case .value(let quantity):
      let difference = abs(quantity.value - channel.median)
      // nothing to measure with: only the very value is right
      let distance = tolerance > 0 ? difference / tolerance : difference == 0 ? 0 : .infinity
      judgement.distance = distance
      judgement.verdict = distance <= TraceTruth.limit ? .right : .wrong
    case .bound(let comparison, let quantity):
      judgement.verdict = TraceTruth.verdict(channel.share(comparison, quantity.value))
    case .range(let low, let high, _):
      judgement.verdict = TraceTruth.verdict(channel.share(from: low, to: high))
    }
    return judgement
  }

  private func unit(of relation: TraceRelation) -> Unit {
    switch relation {
    case .value(let quantity), .bound(_, let quantity): quantity.unit
    case .range(_, _, let unit): unit
    }
  }

  private static func verdict(_ share: Double) -> ClaimVerdict {
    share >= shareHigh ? .right : share <= shareLow ? .wrong : .unresolved
  }

  func judge(_ event: TraceEvent, happens: Bool) -> ClaimVerdict {
    guard let share = share(of: event) else { return .unverifiable }
    return TraceTruth.verdict(happens ? share : 1 - share)
  }

  func judge(order: [TraceEvent]) -> ClaimVerdict {
    var channels: [TraceChannel] = []
    for event in order {
      if let share = share(of: event) {
        if share <= TraceTruth.shareLow { return .eventAbsent }
        if share < 0.5 { return .unresolved }
      }
      guard let channel = timing(of: event) else { return .unverifiable }
      if channel.isUnresolved { return .unresolved }
      channels.append(channel)
    }
    // member by member where all channels hold the same ones
    let members = channels.compactMap(\.members)
    if members.count == channels.count, let count = members.first?.count, count > 1,
      members.allSatisfy({ $0.count == count })
    {
      let hits = (0..<count).count { member in
        zip(members, members.dropFirst()).allSatisfy { $0[member] < $1[member] }
      }
      return TraceTruth.verdict(Double(hits) / Double(count))
    }
    var verdict = ClaimVerdict.right
    for (one, next) in zip(channels, channels.dropFirst()) {
      let band = one.halfWidth + next.halfWidth
      if next.median - one.median < -band { return .wrong }
      if next.median - one.median <= band { verdict = .unresolved }
    }
    return verdict
  }

  func judge(assumeNo mechanism: String, rho: Double) -> ClaimVerdict {
    if let channel = channel("energy_share_" + TraceVocabulary.name(mechanism), at: nil) {
      if channel.isUnresolved { return .unresolved }
      return channel.median <= rho ? .right : .wrong
    }
    return mechanisms.contains(mechanism) ? .unverifiable : .right
  }
}
