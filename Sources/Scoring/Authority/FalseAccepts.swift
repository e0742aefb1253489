// False accepts that were counted: exact bounds, the size of a split, what it would let through.
//
// Equation    U = BetaInv(C; k + 1, n − k), exact one-sided (1 for k = n); needed n for k = 0 is
//             ⌈ln(1 − C)/ln(1 − p_max)⌉; P(pass) = BinomCDF(k; n, p_true).
// Source      Clopper & Pearson 1934, Biometrika 26, 404.
// Validity    n instances drawn alike, n fixed before the first answer was scored.
// Checked by  AuthorityTests (`authority.upper-bound`, `authority.operating`), CampaignTests.

import Experience

public struct FalseAccepts: Sendable, Hashable {
  /// n: instances that the model accepted.
  public let accepted: Int
  /// k: of these, without the label PASS.
  public let wrong: Int

  public init(_ wrong: Int, of accepted: Int) { (self.wrong, self.accepted) = (wrong, accepted) }

  /// Exact one-sided upper bound of the rate.
  public func upperBound(confidence: Double) -> Double {
    accepted == 0 ? 1 : Share.upperBound(wrong, of: accepted, confidence: confidence)
  }

  /// Smallest n for which `wrong` false accepts leave the bound at or below `rate`.
  public static func needed(wrong: Int, rate: Double, confidence: Double) -> Int {
    // the bound falls with n: double, then halve the bracket
    var (low, high) = (wrong, max(2, 2 * wrong))
    while FalseAccepts(wrong, of: high).upperBound(confidence: confidence) > rate { high *= 2 }
    while high - low > 1 {
      let middle = (low + high) / 2
      if FalseAccepts(wrong, of: middle).upperBound(confidence: confidence) <= rate {
        high = middle
      } else {
        low = middle
      }
    }
    return high
  }

  /// Most false accepts among `accepted` that still pass; `nil`: not even none.
  public static func allowed(accepted: Int, rate: Double, confidence: Double) -> Int? {
    var allowed: Int?
    for wrong in 0...max(0, accepted) {
      guard FalseAccepts(wrong, of: accepted).upperBound(confidence: confidence) <= rate else {
        break
      }
      allowed = wrong
    }
    return allowed
  }

  /// Chance that a model with the true rate `p` has at most `wrong` false accepts in `accepted`.
  public static func passes(wrong: Int, accepted: Int, trueRate p: Double) -> Double {
    wrong >= accepted ? 1 : Beta.probability(1 - p, Double(accepted - wrong), Double(wrong + 1))
  }
}
