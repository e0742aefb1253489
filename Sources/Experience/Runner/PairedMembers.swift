// Members that ran on a second level too: what the grid does to a law, apart from what chance does.
//
// Equation    shift = mean of (member on the next finer level − the same member on its own level) over the
//             pairs, with its standard error; an event's probability is moved by the shift and widened by
//             the error; the band of a scalar is at least their sum
// Source      common random numbers
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

  /// What the levels leave open of a probability `p` of `members`: its ends, and whether they are
  /// farther off than chance is.
  func ends(_ index: Int, probability p: Double, members: Int)
    -> (low: Double, high: Double, isUnresolved: Bool)
  {
    guard let shift = shift(index) else { return (0, 1, true) }
    let low = min(p, p + shift.mean) - shift.error
    let high = max(p, p + shift.mean) + shift.error
    let n = Double(max(1, members))
    let chance = 2 * ((p * (1 - p) + 1 / n) / n).squareRoot()
    return (max(0, low), min(1, high), max(p - low, high - p) > chance)
  }

  /// What the pairs say, in one sentence.
  func notes(_ outcomes: [OutcomeDefinition]) -> [String] {
    let flips = outcomes.enumerated().filter(\.element.isEvent).map { index, outcome in
      let count = zip(coarse, fine).count { ($0.values[index] > 0.5) != ($1.values[index] > 0.5) }
      return "\(outcome.name) differs in \(count)"
    }
    return [
      "members ran on a coarse level; of \(count) that also ran on the next finer one, \(flips.joined(separator: ", ")): the ends of a probability hold that difference, and bands of values the mean one"
    ]
  }
}
