// How thick a liquid is at a rate of shear.
//
// Equation        see the cases; γ̇ = √(2 e:e)
// Source          Carreau 1972, Trans. Soc. Rheol. 16, 99; Herschel & Bulkley 1926, Kolloid-Z. 39, 291, made
//                 regular by Papanastasiou 1987, J. Rheol. 31, 385
// Validity        γ̇ ≥ 0; viscosities above 0
// Checked by      ViscosityLawTests

import Foundation

public enum ViscosityLaw: Sendable, Hashable {
  /// In Pa·s.
  case newtonian(Double)
  /// μ = k γ̇^(n−1), held between `least` and `most` (Pa·s).
  case power(consistency: Double, index: Double, least: Double, most: Double)
  /// μ = μ∞ + (μ₀ − μ∞)(1 + (λγ̇)²)^((n−1)/2).
  case carreau(zero: Double, infinite: Double, time: Double, index: Double)
  /// μ = k γ̇^(n−1) + τ_y (1 − e^(−mγ̇))/γ̇, m in s; at most that of γ̇ = 1/(1000 m).
  case herschelBulkley(consistency: Double, index: Double, yield: Double, regularisation: Double)

  public var isNewtonian: Bool {
    if case .newtonian = self { true } else { false }
  }

  /// In Pa·s at a rate in 1/s.
  public func viscosity(rate: Double) -> Double {
    switch self {
    case .newtonian(let value): return value
    case .power(let consistency, let index, let least, let most):
      guard rate > 0 else { return index < 1 ? most : index > 1 ? least : consistency }
      return min(max(consistency * pow(rate, index - 1), least), most)
    case .carreau(let zero, let infinite, let time, let index):
      let x = time * rate
      return infinite + (zero - infinite) * pow(1 + x * x, 0.5 * (index - 1))
    case .herschelBulkley(let consistency, let index, let yield, let m):
      let rate = max(rate, 1e-3 / m)
      return consistency * pow(rate, index - 1) - yield * expm1(-m * rate) / rate
    }
  }
}
