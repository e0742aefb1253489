// Strength of a brick as a random function of position; the random numbers come from outside.
//
// Equation        f_t(x) = f̄·B·W(x); W = F⁻¹(Φ(Z)), F Weibull of mean 1 and modulus m;
//                 Z = √(2/M)·Σ cos(w·x + φ), so that corr = exp(−r²/2ℓ²) if w ~ N(0, ℓ⁻²)
// Discretisation  M terms; Z is Gaussian as M grows
// Source          Shinozuka & Deodatis 1991, Appl. Mech. Rev. 44, 191 (spectral sums)
// Deviation       wave vectors are drawn, not on a grid, so the field never repeats
// Validity        a function of position: the same brick on every mesh
// Checked by      StrengthFieldTests: Weibull quantiles, mean, correlation, one brick on two meshes

import Foundation

/// Factor of strength at each place.
public struct StrengthField: Sendable, Hashable {
  /// w, in 1/m.
  public let waveVectors: [SIMD3<Double>]
  /// φ, in rad.
  public let phases: [Double]
  /// m; infinity: W = 1.
  public let weibullModulus: Double
  /// B, of the whole brick.
  public let brickFactor: Double

  /// - Throws: `InvalidFracture` for a modulus or factor not above 0, or unequal numbers of terms.
  public init(
    waveVectors: [SIMD3<Double>], phases: [Double], weibullModulus: Double, brickFactor: Double = 1
  ) throws(InvalidFracture) {
    guard weibullModulus > 0 else {
      throw InvalidFracture("weibullModulus", weibullModulus, expected: "above 0")
    }
    try requirePositive("brickFactor", brickFactor)
    guard waveVectors.count == phases.count else {
      throw InvalidFracture(
        "phases", Double(phases.count), expected: "as many as wave vectors, \(waveVectors.count)")
    }
    (self.waveVectors, self.phases) = (waveVectors, phases)
    (self.weibullModulus, self.brickFactor) = (weibullModulus, brickFactor)
  }

  /// Z at a place (m from the middle of the brick).
  public func gaussian(at place: SIMD3<Double>) -> Double {
    var sum = 0.0
    for (wave, phase) in zip(waveVectors, phases) { sum += cos((wave * place).sum() + phase) }
    return waveVectors.isEmpty ? 0 : sum * (2 / Double(waveVectors.count)).squareRoot()
  }

  /// f_t over its mean at a place (m from the middle of the brick).
  public func factor(at place: SIMD3<Double>) -> Double {
    guard weibullModulus < .infinity else { return brickFactor }
    // 1 − Φ(Z) from the complementary error function: exact in the weak tail and the strong one
    let z = gaussian(at: place)
    let below = 0.5 * erfc(-z / 2.0.squareRoot())
    let depth = below < 0.5 ? -log1p(-below) : -log(0.5 * erfc(z / 2.0.squareRoot()))
    return brickFactor * pow(depth, 1 / weibullModulus) / tgamma(1 + 1 / weibullModulus)
  }
}
