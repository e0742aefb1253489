// Which brick of a lot a number stands for.
//
// Equation    B = exp(s·z − s²/2), s² = ln(1 + CoV²), z the normal quantile of (1 + u)/2;
//             w ~ N(0, ℓ⁻²), φ ~ U(0, 2π) for M = 400 waves of the field of strength
// Source      none: one seed a brick, so that every mesh and every height meets the same brick
// Deviation   u = 0 is the mean brick, B = 1 and no field, which no draw gives
// Validity    a function of position: see StrengthField
// Checked by  BrickBreakSceneTests: mean and coefficient of variation, same brick twice, other brick

import Experience
import Foundation
import Fracture

/// Scatter of strength from brick to brick and inside a brick.
struct BrickLot: Sendable {
  /// Coefficient of variation of B.
  var covariance: Double
  /// Correlation length of W in m; nil: bricks are uniform.
  var correlation: Double?
  /// Modulus of W.
  var weibull: Double

  static let waves = 400

  /// B for a number in (−1, 1).
  func factor(_ u: Double) -> Double {
    guard covariance > 0, u != 0 else { return 1 }
    let variance = log1p(covariance * covariance)
    return exp(variance.squareRoot() * NormalLaw.quantile(0.5 * (1 + u)) - 0.5 * variance)
  }

  /// The field of strength for two numbers in (−1, 1); nil: factor 1 everywhere.
  func field(factor: Double, number: Double) throws(InvalidFracture) -> StrengthField? {
    let whole = self.factor(factor)
    guard let correlation, number != 0 else {
      guard whole != 1 else { return nil }
      return try StrengthField(
        waveVectors: [], phases: [], weibullModulus: .infinity, brickFactor: whole)
    }
    let random = CounterRandom(seed: number.bitPattern)
    func normal(_ index: Int) -> Double {
      NormalLaw.quantile(random.uniform(stream: 0, index: UInt64(index))) / correlation
    }
    let vectors = (0..<BrickLot.waves).map {
      SIMD3(normal(3 * $0), normal(3 * $0 + 1), normal(3 * $0 + 2))
    }
    let phases = (0..<BrickLot.waves).map {
      2 * Double.pi * random.uniform(stream: 1, index: UInt64($0))
    }
    return try StrengthField(
      waveVectors: vectors, phases: phases, weibullModulus: weibull, brickFactor: whole)
  }
}
