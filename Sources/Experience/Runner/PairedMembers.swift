// Members that ran on a second level too: what the grid does to a law, apart from what chance does.
//
// Equation    shift = mean of (member on the next finer level − the same member on its own level) over the
//             pairs, with its standard error; an event's probability has the ends of its Jeffreys interval
//             over the members, moved by the shift and widened by the error; the band of a scalar is at
//             least shift and error together
// Source      common random numbers; Brown, Cai & DasGupta 2001 (Jeffreys)
// Deviation   members keep their own level: where cracks bifurcate, the difference of two levels of the
//             nominal run says nothing about other members
// Validity    an event is unresolved if that exceeds two standard errors of sampling
// Checked by  PairedMembersTests

import Foundation

/// The first members of an ensemble, on their own level and on the next finer one.
struct PairedMembers: Sendable {
  let coarse: [RunResult]
  let fine: [RunResult]

  var count: Int { fine.count }

  /// Mean shift of an outcome from the coarse to the fine level, with its standard error, over the
  /// pairs in which it occurs twice; nil without one.
  func shift(_ index: Int) -> (mean: Double, error: Double)? {
    let differences = zip(coarse, fine).map { $1.values[index] - $0.values[index] }
      .filter(\.isFinite)
    guard !differences.isEmpty else { return nil }
    let count = Double(differences.count)
    let mean = differences.reduce(0, +) / count
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, count > 1 ? (squares / (count * (count - 1))).squareRoot() : abs(mean))
  }

  /// What the levels and 95 % of sampling leave open of a probability `p` of `members`: its ends, and
  /// whether the levels are farther apart than chance is. 16 of 16 may be 0.86.
  func ends(_ index: Int, probability p: Double, members: Int)
    -> (low: Double, high: Double, isUnresolved: Bool)
  {
    guard let shift = shift(index) else { return (0, 1, true) }
    let below = max(0, -shift.mean) + shift.error
    let above = max(0, shift.mean) + shift.error
    let n = Double(max(1, members))
    let chance = 2 * ((p * (1 - p) + 1 / n) / n).squareRoot()
    let sampled = Share.jeffreys(Int((p * n).rounded()), of: max(1, members))
    return (
      max(0, sampled.lowerBound - below), min(1, sampled.upperBound + above),
      max(below, above) > chance
    )
  }

  /// What the pairs say, in one sentence.
  func notes(_ outcomes: [OutcomeDefinition]) -> [String] {
    let flips = outcomes.enumerated().filter(\.element.isEvent).map { index, outcome in
      let count = zip(coarse, fine).count { ($0.values[index] > 0.5) != ($1.values[index] > 0.5) }
      return "\(outcome.name) differs in \(count)"
    }
    return [
      "members ran on a coarse level; of \(count) that also ran on the next finer one, \(flips.joined(separator: ", ")): the ends of a probability hold that difference and 95 % of the chance of its members, and bands of values the mean difference"
    ]
  }
}
