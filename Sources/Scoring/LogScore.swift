// Logarithmic score of a probability. A diagnostic: it is never part of a headline, because one
// confident error would decide everything.
//
// Equation    L(p, g) = −(g·ln p + (1 − g)·ln(1 − p)), p clipped to [0.001, 0.999]; in nats.
// Source      Good 1952, J. R. Stat. Soc. B 14, 107.
// Checked by  BrierTests.

import Foundation

public enum LogScore {
  /// In nats; at most 6.9078.
  public static func loss(_ p: Double, truth g: Double) -> Double {
    let p = min(max(p, 0.001), 0.999)
    return -(g * log(p) + (1 - g) * log(1 - p))
  }
}
