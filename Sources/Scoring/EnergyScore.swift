// How far a set of paths is from a path: the energy score.
//
// Equation    ES(X, y) = mean‖x_i − y‖ − ½·mean‖x_i − x_k‖ over all m² pairs, with each component
//             divided by its published scale; S(G, G) = ½·mean‖y − y'‖, fair over M·(M − 1) pairs.
// Source      Gneiting & Raftery 2007, J. Am. Stat. Assoc. 102, 359, equation 22.
// Cost        O(K·(m² + m·M)) for m paths of K components against M members.
// Checked by  SeriesScoreTests (worked example; one component is the CRPS).

public enum EnergyScore {
  /// Against the members of a truth, averaged.
  public static func loss(_ paths: [[Double]], truth: [[Double]], scales: [Double]) -> Double {
    var sum = 0.0
    for y in truth { for x in paths { sum += distance(x, y, scales) } }
    return sum / Double(truth.count * paths.count)
      - 0.5 * total(paths, scales) / Double(paths.count * paths.count)
  }

  public static func ownLoss(_ truth: [[Double]], scales: [Double]) -> Double {
    guard truth.count > 1 else { return 0 }
    return 0.5 * total(truth, scales) / Double(truth.count * (truth.count - 1))
  }

  /// Sum of the distances over all ordered pairs.
  private static func total(_ paths: [[Double]], _ scales: [Double]) -> Double {
    var sum = 0.0
    for i in paths.indices { for k in 0..<i { sum += distance(paths[i], paths[k], scales) } }
    return 2 * sum
  }

  private static func distance(_ a: [Double], _ b: [Double], _ scales: [Double]) -> Double {
    var sum = 0.0
    for k in scales.indices {
      let difference = (a[k] - b[k]) / scales[k]
      sum += difference * difference
    }
    return sum.squareRoot()
  }
}
