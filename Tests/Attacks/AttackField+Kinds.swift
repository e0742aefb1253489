// Slots and truths of the kinds of question that are about more than one outcome, all from the speed: classes
// and an order at the limit, and a series of the speed and a share of it.

import Experience

extension AttackField {
  /// Second item of the series over the first.
  static let ratio = 0.8
  /// Ends of the classes, in m/s; the first is the limit.
  private static let ends = [limit, 1.2 * limit]
  private static let labels = ["slow", "middling", "fast"]

  static func derivedSlots(_ event: Criterion) -> [Slot] {
    let criteria = ends.map {
      Criterion(outcome: "wis", comparison: .lessOrEqual, limit: $0, unit: "m/s", source: "")
    }
    func slot(
      _ type: QuestionType, _ rule: Rule, _ derivation: Derivation?, levels: [Double] = [],
      name: String? = nil
    ) -> Slot {
      let isNumber = type == .series || type == .interval
      return Slot(
        name: name ?? type.rawValue, type: type, rule: rule, levels: levels,
        quantity: isNumber ? quantity(isLogarithmic: false) : probability, derivation: derivation)
    }
    let series = Derivation.series(items: ["first", "second"], times: [])
    return [
      slot(
        .category, .brier, .classes(criteria: criteria, labels: labels, isOrdered: false)),
      slot(.ordered, .rps, .classes(criteria: criteria, labels: labels, isOrdered: true)),
      slot(.interval, .interval, nil, levels: [0.05, 0.95]),
      slot(.ordering, .pairs, .ordering(items: ["speed", "limit"])),
      slot(.series, .wis, series, levels: levels), slot(.series, .energy, series, name: "paths"),
    ]
  }

  private static func shares(_ members: [Double]) -> [Double] {
    let count = Double(members.count)
    let slow = Double(members.count { $0 <= ends[0] }) / count
    let fast = Double(members.count { $0 > ends[1] }) / count
    return [slow, max(0, 1 - slow - fast), fast]
  }

  static func derived(_ members: [Double]) -> [(name: String, outcome: Outcome)] {
    let shares = shares(members)
    func classes(_ isOrdered: Bool) -> Outcome {
      .classes(
        ClassOutcome(
          labels: labels, probabilities: shares, members: members.count, isOrdered: isOrdered,
          halfWidth: 0, status: .resolved, tier: .t0, basis: "closed form"))
    }
    let order = OrderingOutcome(
      items: ["speed", "limit"], pairs: [shares[0]], members: members.count, halfWidth: 0,
      status: .resolved, tier: .t0, basis: "closed form")
    let series = SeriesOutcome(
      items: ["first", "second"], times: [], unit: "m/s", paths: members.map { [$0, ratio * $0] },
      halfWidths: [1e-9, 1e-9], status: .converged, tier: .t0, basis: "closed form")
    return [
      ("category", classes(false)), ("ordered", classes(true)), ("ordering", .ordering(order)),
      ("series", .series(series)), ("paths", .series(series)),
    ]
  }

  /// The truth's own law in the form of the question.
  static func honest(_ question: Question, members: [Double], share: Double) -> JSON {
    switch question.type {
    case .category, .ordered:
      return .object([
        ("probs", .object(zip(labels, shares(members)).map { ($0, .number($1)) }))
      ])
    case .interval:
      let law = Ensemble(members)
      return Attack.derived(
        question, values: [law.quantile(0.05), law.quantile(0.95)], p: share)
    default: return Attack.derived(question, values: members, p: share)
    }
  }
}
