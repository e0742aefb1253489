// Truths that follow from several outcomes of the same members: classes, orders, series.
//
// Joint       member j is one run, so its outcomes belong together; laws of single outcomes would not do.
// Band        a member counts as open if its class or a pair of it would change within the numerical bands
//             of the outcomes behind it; the share of open members is the half-width. Status and tier are
//             the worst of those outcomes.
// Checked by  DerivationTests.

extension TruthRunner {
  /// What a plan asks beyond single outcomes, by the name of its slot.
  public typealias Derived = (name: String, derivation: Derivation)

  /// - Parameter record: with the outcomes of the scene.
  /// - Returns: nil where an outcome behind it does not occur in every member; reversals are solved apart.
  static func outcome(
    _ derivation: Derivation, _ definitions: [OutcomeDefinition], _ members: [RunResult],
    _ record: TruthRecord
  ) -> Outcome? {
    let names = derivation.outcomes
    let columns = names.compactMap { name in definitions.firstIndex { $0.name == name } }
    guard columns.count == names.count, !members.isEmpty else { return nil }
    let standing = Standing(names.map { record[outcome: $0] })
    let count = Double(members.count)
    switch derivation {
    case .classes(let criteria, let labels, let isOrdered):
      var counts = Array(repeating: 0.0, count: labels.count)
      var open = 0.0
      for member in members {
        let values = columns.map { member.values[$0] }
        let index = zip(criteria, values).firstIndexOf { $0.holds($1) }
        counts[index ?? criteria.count] += 1
        // up to the criterion that decides
        let deciding = zip(zip(criteria, values), standing.halfWidths).prefix(
          (index ?? criteria.count - 1) + 1)
        if deciding.contains(where: { abs($0.0.1 - $0.0.0.limit) <= $0.1 }) { open += 1 }
      }
      return .classes(
        ClassOutcome(
          labels: labels, probabilities: counts.map { $0 / count }, members: members.count,
          isOrdered: isOrdered, halfWidth: min(1, open / count + standing.eventWidth),
          status: standing.isUnresolved ? .unresolved : .resolved, tier: standing.tier,
          basis: standing.basis))
    case .ordering(let items):
      guard let table = table(columns, members, standing) else { return nil }
      var open = 0.0
      let pairs = Derivation.pairs(of: items.count).map { first, second -> Double in
        let reach = standing.halfWidths[first] + standing.halfWidths[second]
        var sum = 0.0
        for row in table {
          sum += row[first] < row[second] ? 1 : row[first] == row[second] ? 0.5 : 0
          if abs(row[first] - row[second]) <= reach { open += 1 }
        }
        return sum / count
      }
      return .ordering(
        OrderingOutcome(
          items: items, pairs: pairs, members: members.count,
          halfWidth: open / (count * Double(pairs.count)),
          status: standing.isUnresolved ? .unresolved : .resolved, tier: standing.tier,
          basis: standing.basis))
    case .series(let items, let times):
      guard let table = table(columns, members, standing) else { return nil }
      // as fine as the records of the single outcomes
      let paths = table.map { row in
        row.indices.map { Quantum.round(row[$0], places: standing.places[$0]) }
      }
      return .series(
        SeriesOutcome(
          items: items, times: times, unit: definitions[columns[0]].unit, paths: paths,
          halfWidths: standing.halfWidths,
          status: standing.isUnresolved ? .unresolved : .converged, tier: standing.tier,
          basis: standing.basis))
    case .reversal: return nil
    }
  }

  /// Values of scalars that occur in every member.
  private static func table(
    _ columns: [Int], _ members: [RunResult], _ standing: Standing
  ) -> [[Double]]? {
    guard standing.areScalars else { return nil }
    let table = members.map { member in columns.map { member.values[$0] } }
    return table.allSatisfy({ $0.allSatisfy(\.isFinite) }) ? table : nil
  }

  /// What the outcomes behind a derived one are worth together.
  private struct Standing {
    var halfWidths: [Double] = []
    /// Decimal places of the values in the record.
    var places: [Int] = []
    /// Share of members that the bands of events leave open.
    var eventWidth = 0.0
    var isUnresolved = false
    var tier = Tier.t0
    var basis = ""
    var areScalars = true

    init(_ outcomes: [Outcome?]) {
      for outcome in outcomes {
        guard let outcome else {
          // it occurs in no run: no criterion about it holds, and there is no band
          halfWidths.append(-1)
          places.append(0)
          areScalars = false
          continue
        }
        let own = outcome.standing
        isUnresolved = isUnresolved || own.status == .unresolved
        if own.tier.rawValue > tier.rawValue || basis.isEmpty { basis = outcome.basis }
        tier = own.tier.rawValue > tier.rawValue ? own.tier : tier
        switch outcome {
        case .scalar(let scalar):
          halfWidths.append(scalar.halfWidth)
          places.append(Quantum.places(value: scalar.value, halfWidth: scalar.halfWidth))
        case .event(let event):
          halfWidths.append(0)
          places.append(0)
          eventWidth += event.high - event.low
          areScalars = false
        case .classes, .ordering, .series:
          halfWidths.append(0)
          places.append(0)
          areScalars = false
        }
      }
      if basis.isEmpty { tier = .t3 }
    }
  }
}

extension Sequence {
  /// Position of the first element that meets a condition.
  fileprivate func firstIndexOf<A, B>(_ holds: (A, B) -> Bool) -> Int? where Element == (A, B) {
    var index = 0
    for (a, b) in self {
      if holds(a, b) { return index }
      index += 1
    }
    return nil
  }
}
