// Probability of an event over the members of the tolerances.
//
// Equation    probability = share of members in which it happens; low and high: with every margin
//             moved by the numerical band of the nominal margin against and for it. Without margins
//             both are the probability, or 0 and 1 if the levels do not agree on the nominal run;
//             where members ran on two levels, what these pairs say, if the solver vouches for them all.
// Checked by  EventOutcomeTests.

import Foundation

extension TruthRunner {
  func event(
    _ definition: OutcomeDefinition, _ index: Int, _ nominal: NominalRun, _ members: [RunResult],
    _ trust: (tier: Tier, basis: String)
  ) -> EventOutcome? {
    let runs = members + [nominal.finest]
    // an event that the scene does not decide in any run is no outcome of it
    guard runs.contains(where: { !$0.values[index].isNaN }) else { return nil }
    var isUnresolved = nominal.refinements[index].status == .unresolved
    let margin = nominal.margins[index]
    let width = margin?.halfWidth ?? 0
    func share(_ shift: Double) -> Double {
      var count = 0
      for member in members {
        let margin = member.margin(index)
        let happens = margin.isFinite ? margin + shift > 0 : member.values[index] > 0.5
        if shift == 0 ? member.values[index] > 0.5 : happens { count += 1 }
      }
      return Double(count) / Double(max(1, members.count))
    }
    let probability = share(0)
    var (low, high) = (min(share(-width), probability), max(share(width), probability))
    if let pairs = nominal.pairs, margin == nil {
      (low, high, isUnresolved) = pairs.ends(
        index, probability: probability, members: members.count)
    } else if isUnresolved, margin == nil {
      (low, high) = (0, 1)
    }
    if let pairs = nominal.pairs {
      // a tie of the nominal run is broken in members, but a run that its solver does not vouch for is none
      isUnresolved = isUnresolved || (members + pairs.fine).contains(where: \.isUnresolved)
    }
    // what a rule of counting decides belongs to both sides
    for member in members where member.undecided.contains(index) {
      let part = 1 / Double(members.count)
      if member.values[index] > 0.5 { low = max(0, low - part) } else { high = min(1, high + part) }
    }
    let places = margin.map { Quantum.places(value: $0.value, halfWidth: $0.halfWidth) } ?? 0
    return EventOutcome(
      probability: probability, low: low, high: high, members: members.count,
      status: isUnresolved ? .unresolved : .resolved,
      label: isUnresolved
        ? .marginal : RequirementJudge.label(low: low, high: high, consequence: 1),
      margin: margin.map {
        EventMargin(
          value: Quantum.round($0.value, places: places),
          halfWidth: Quantum.twoFigures($0.halfWidth + 0.5 * pow(10, Double(-places))),
          unit: definition.marginUnit ?? "1")
      },
      tier: isUnresolved ? .t3 : trust.tier, basis: trust.basis)
  }
}
