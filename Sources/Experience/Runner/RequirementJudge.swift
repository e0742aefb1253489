// A requirement against a truth: probability, label, margin.
//
// Source  probability over members, with every member moved by the band for the low and high side;
//         PASS if the low side reaches 1 − γ, FAIL if the high side is at most γ, else MARGINAL;
//         γ = 0.05, and 0.01 for consequence 4 and 5, which then needs at least 300 members.

/// What a verification engineer wants to hold.
public struct Requirement: Sendable, Hashable {
  public let id: String
  public let text: String
  public let criterion: Criterion
  /// 1 (negligible) to 5 (catastrophic).
  public let consequence: Int

  public init(id: String, text: String, criterion: Criterion, consequence: Int) {
    (self.id, self.text, self.criterion, self.consequence) = (id, text, criterion, consequence)
  }
}

public enum RequirementJudge {
  /// Probability that a criterion holds, and with every member moved by the band against and for it.
  public static func probability(
    _ criterion: Criterion, members: [Double], halfWidth: Double
  ) -> (value: Double, low: Double, high: Double) {
    guard !members.isEmpty else { return (0, 0, 1) }
    let toward = criterion.comparison.isUpperLimit ? -halfWidth : halfWidth
    func share(_ shift: Double) -> Double {
      var count = 0
      for member in members where criterion.holds(member + shift) { count += 1 }
      return Double(count) / Double(members.count)
    }
    return (share(0), share(-toward), share(toward))
  }

  /// The label that a probability and its band earn.
  public static func label(low: Double, high: Double, consequence: Int) -> Verdict {
    let gamma = consequence >= 4 ? 0.01 : 0.05
    if low >= 1 - gamma { return .pass }
    if high <= gamma { return .fail }
    return .marginal
  }

  public static func judge(_ requirement: Requirement, outcome: Outcome?) -> RequirementOutcome {
    let criterion = requirement.criterion
    func result(
      _ p: (value: Double, low: Double, high: Double), _ label: Verdict, margin: Double,
      halfWidth: Double, reason: String?
    ) -> RequirementOutcome {
      RequirementOutcome(
        id: requirement.id, text: requirement.text, criterion: criterion.source,
        probability: p.value, low: p.low, high: p.high, label: label, margin: margin,
        marginHalfWidth: halfWidth, unit: criterion.unit, consequence: requirement.consequence,
        reason: reason)
    }
    if let event = outcome?.event {
      return judge(requirement, event: event)
    }
    guard let scalar = outcome?.scalar else {
      return result(
        (0, 0, 1), .marginal, margin: 0, halfWidth: 0,
        reason: "\(criterion.outcome) does not occur in this scene")
    }
    var p = probability(criterion, members: scalar.members, halfWidth: scalar.halfWidth)
    var reason: String?
    if scalar.occurs < 1 {
      // members without the outcome can count either way
      p = (
        p.value * scalar.occurs, p.low * scalar.occurs, p.high * scalar.occurs + 1 - scalar.occurs
      )
      reason = "\(criterion.outcome) occurs only in a share of \(JSON.text(of: scalar.occurs))"
    }
    var label = label(low: p.low, high: p.high, consequence: requirement.consequence)
    if scalar.status == .unresolved {
      label = .marginal
      reason = "\(criterion.outcome) is unresolved"
    } else if requirement.consequence >= 4, scalar.members.count > 1, scalar.members.count < 300,
      label != .marginal
    {
      label = .marginal
      reason = "consequence \(requirement.consequence) needs at least 300 samples"
    }
    if let envelope = scalar.envelope,
      criterion.holds(envelope.lowerBound) != criterion.holds(envelope.upperBound)
    {
      label = .marginal
      reason = "\(criterion.outcome) has several values that rigid bodies leave open"
    }
    let sign = criterion.comparison.isUpperLimit ? 1.0 : -1.0
    return result(
      p, label, margin: sign * (criterion.limit - scalar.value), halfWidth: scalar.halfWidth,
      reason: reason)
  }

  /// A requirement that an event happens, or does not. Without a margin of the event itself the
  /// margin is half a step of yes and no.
  private static func judge(_ requirement: Requirement, event: EventOutcome)
    -> RequirementOutcome
  {
    let criterion = requirement.criterion
    let happens = !criterion.comparison.isUpperLimit
    let p: (value: Double, low: Double, high: Double) =
      happens
      ? (event.probability, event.low, event.high)
      : (1 - event.probability, 1 - event.high, 1 - event.low)
    var label = label(low: p.low, high: p.high, consequence: requirement.consequence)
    var reason: String?
    if event.status == .unresolved {
      (label, reason) = (.marginal, "\(criterion.outcome) is unresolved")
    } else if requirement.consequence >= 4, event.members > 1, event.members < 300,
      label != .marginal
    {
      label = .marginal
      reason = "consequence \(requirement.consequence) needs at least 300 samples"
    }
    let sign = happens ? 1.0 : -1.0
    return RequirementOutcome(
      id: requirement.id, text: requirement.text, criterion: criterion.source,
      probability: p.value, low: p.low, high: p.high, label: label,
      margin: event.margin.map { sign * $0.value } ?? (p.value >= 0.5 ? 0.5 : -0.5),
      marginHalfWidth: event.margin?.halfWidth ?? 0, unit: event.margin?.unit ?? "1",
      consequence: requirement.consequence, reason: reason)
  }
}
