// Scores of probabilities of several classes, and of pairs of an order.
//
// Equation    category: S(p, g) = Σ_k g_k·Σ_i (p_i − 1[i = k])² = Σ(p − g)² + 1 − Σg²;
//             ordered:  S = Σ_{k<K} [(P_k − G_k)² + G_k·(1 − G_k)] with cumulative sums P, G;
//             pairs:    S = mean over pairs of (p − g)² + g·(1 − g).
// Fair term   from M members the own loss is larger by M/(M − 1), as for one event (`Brier`).
// Source      Brier 1950, Mon. Weather Rev. 78, 1; Epstein 1969, J. Appl. Meteorol. 8, 985 (ranked
//             probability score); Ferro 2014, Q. J. R. Meteorol. Soc. 140, 1917.
// Checked by  ClassScoreTests (worked examples, propriety, constants).

public enum ClassScore {
  /// Sums of the first k classes, the last one (which is 1) left out.
  public static func cumulative(_ p: [Double]) -> [Double] {
    var sum = 0.0
    return p.dropLast().map {
      sum += $0
      return sum
    }
  }

  /// S(p, g) of classes without an order.
  public static func category(_ p: [Double], truth g: [Double]) -> Double {
    square(p, g) + 1 - g.reduce(0) { $0 + $1 * $1 }
  }

  public static func ownCategory(_ g: [Double], members: Int) -> Double {
    fair(1 - g.reduce(0) { $0 + $1 * $1 }, members)
  }

  /// S(p, g) of classes in their order.
  public static func ranked(_ p: [Double], truth g: [Double]) -> Double {
    let truth = cumulative(g)
    return square(cumulative(p), truth) + spread(truth)
  }

  public static func ownRanked(_ g: [Double], members: Int) -> Double {
    fair(spread(cumulative(g)), members)
  }

  /// S(p, g) of the pairs of an order.
  public static func pairs(_ p: [Double], truth g: [Double]) -> Double {
    (square(p, g) + spread(g)) / Double(g.count)
  }

  public static func ownPairs(_ g: [Double], members: Int) -> Double {
    fair(spread(g) / Double(g.count), members)
  }

  private static func square(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  private static func spread(_ g: [Double]) -> Double { g.reduce(0) { $0 + $1 * (1 - $1) } }

  private static func fair(_ own: Double, _ members: Int) -> Double {
    members >= 2 ? own * Double(members) / Double(members - 1) : own
  }
}
