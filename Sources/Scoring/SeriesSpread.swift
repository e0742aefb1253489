// How much of a series could be known at all: spreads of its instants, published with the template.
//
// Equation    spread = mean|Y − Y'| over all pairs: of the members of an instance, averaged over the public
//             calibration instances (truth), and of all their members together (climatology);
//             w_k = 1 − min(1, truth_k/climatology_k). Both are of calibration instances, so that a weight
//             never depends on a question's own truth.
// Why         where a motion is chaotic the truth itself spreads as widely as climatology; such an instant
//             says nothing about a predictor.
// Checked by  SeriesScoreTests (worked example).

import Experience

public enum SeriesSpread {
  public static func weight(truth: Double, climatology: Double) -> Double {
    climatology > 0 ? 1 - min(1, truth / climatology) : 0
  }

  /// Spreads of a slot in the loss's coordinate; `nil` where no calibration record holds it.
  public static func of(
    _ slot: Slot, template: String, calibration: [TruthRecord]
  ) -> Slot.Spread? {
    var paths: [[[Double]]] = []
    for record in calibration where record.template == template {
      if let truth = try? SlotTruth(slot: slot, record: record), case .series(let own) = truth.law {
        paths.append(own)
      }
    }
    guard let count = paths.first?.first?.count else { return nil }
    var spread = Slot.Spread(truth: [], climatology: [])
    for k in 0..<count {
      let columns = paths.map { $0.map { $0[k] } }
      let own = columns.reduce(0) { $0 + 2 * EmpiricalLaw($1).halfMeanDifference }
      spread.truth.append(own / Double(columns.count))
      spread.climatology.append(2 * EmpiricalLaw(mixing: columns).halfMeanDifference)
    }
    return spread
  }
}
