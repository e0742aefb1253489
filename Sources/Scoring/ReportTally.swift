// What a report counts, in one pass over the scores.
//
// Checked by  ReportTests.

import Experience

struct ReportTally {
  private(set) var reasons: [InvalidReason: Int] = [:]
  private(set) var broken = 0
  private(set) var abstained = 0
  private(set) var missing = 0
  private(set) var answered = 0
  /// Sum of normalised losses of the answered questions.
  private(set) var answeredLoss = 0.0
  private(set) var marginal = 0
  private(set) var unresolved = 0
  private(set) var ties = 0
  /// Of the fresh questions.
  private(set) var tiers: Set<Tier> = []
  /// Scores whose truth the predictor cannot know, and the others.
  private(set) var fresh: [Int32] = []
  private(set) var spoilt: [Int32] = []

  init(_ sheet: ScoreSheet) {
    fresh.reserveCapacity(sheet.count)
    for index in sheet.indices {
      let entry = sheet.entry(index)
      switch entry.status {
      case .ok:
        answered += 1
        answeredLoss += entry.normalised
        if abs(entry.normalised) < entry.resolution { ties += 1 }
      case .abstained: abstained += 1
      case .invalid:
        broken += 1
        if let reason = entry.reason { reasons[reason, default: 0] += 1 }
      }
      if entry.isAbsent { missing += 1 }
      if entry.label == .marginal { marginal += 1 }
      if entry.isUnresolved { unresolved += 1 }
      if entry.isContaminated {
        spoilt.append(Int32(index))
      } else {
        tiers.insert(entry.tier)
        fresh.append(Int32(index))
      }
    }
  }
}
