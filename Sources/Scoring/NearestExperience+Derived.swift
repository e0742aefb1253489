// Recall for classes, orders and series: what the nearest known instances did, unscaled.
//
// Checked by  NearestExperienceTests.

import Experience

extension NearestExperience {
  /// Mean probabilities, or all paths together; `nil` where no neighbour knows.
  func pooled(_ question: Question, _ near: [String]) -> Answer? {
    var shares: [[Double]] = []
    var paths: [[Double]] = []
    for id in near {
      switch truth(of: id)?[outcome: question.slot] {
      case .classes(let outcome)?: shares.append(outcome.probabilities)
      case .ordering(let outcome)?: shares.append(outcome.pairs)
      case .series(let outcome)?:
        guard let from = try? Unit.parse(outcome.unit),
          let to = try? Unit.parse(question.quantity.unit)
        else { continue }
        paths += outcome.paths.map { $0.map { to.fromSI(from.toSI($0)) } }
      case .scalar?, .event?, nil: continue
      }
    }
    if let first = shares.first {
      let mean = first.indices.map { k in
        shares.reduce(0) { $0 + $1[k] } / Double(shares.count)
      }
      return question.type == .ordering ? .pairs(mean) : .probabilities(mean)
    }
    guard let count = paths.first?.count else { return nil }
    guard question.rule == .wis else { return .paths(paths) }
    let columns = (0..<count).map { k in Ensemble(paths.map { $0[k] }) }
    return .bands(question.levels.map { level in columns.map { $0.quantile(level) } })
  }
}
