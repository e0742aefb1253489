// Quadratic score of a probability against the probability that the simulator gives.
//
// Equation    S(p, g) = g·(1 − p)² + (1 − g)·p² = (p − g)² + g·(1 − g);  S(g, g) = g·(1 − g).
// Fair term   g known from M members: S(G, G) is estimated without bias by g·(1 − g)·M/(M − 1), so
//             the excess d = (p − g)² − g·(1 − g)/(M − 1) may be negative; it is never clipped.
// Source      Brier 1950, Mon. Weather Rev. 78, 1; fair scores: Ferro 2014,
//             Q. J. R. Meteorol. Soc. 140, 1917.
// Checked by  BrierTests.

public enum Brier {
  /// S(p, g) for probabilities in [0, 1].
  public static func loss(_ p: Double, truth g: Double) -> Double {
    (p - g) * (p - g) + g * (1 - g)
  }

  /// S(G, G): without bias for 2 members or more, exact for a law (0 members) and a certainty (1).
  public static func ownLoss(_ g: Double, members: Int) -> Double {
    let law = g * (1 - g)
    return members >= 2 ? law * Double(members) / Double(members - 1) : law
  }
}
