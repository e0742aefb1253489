// Flow between plates and in a square duct.
//
// Equation        Couette start: u/U = y/H + Σ (2/(nπ)) (−1)^n sin(nπy/H) exp(−n²π²νt/H²);
//                 Poiseuille: mean speed G H²/(12ν); square duct: Q = C G a⁴/ν,
//                 C = (1 − (192/π⁵) Σ tanh((2n−1)π/2)/(2n−1)⁵)/12  (G acceleration)
// Source          White 1991, Viscous Fluid Flow, 2nd ed., sections 3-3 and 3-5
// Validity        laminar

import Foundation

/// Exact flows in straight channels.
public enum ChannelFlow {
  /// Speed over that of the upper plate, which starts at time zero; `height` in gaps, `time` in H²/ν
  /// and above 0.01.
  public static func couetteStart(height: Double, time: Double) -> Double {
    (1...40).reduce(height) { sum, n in
      let k = Double(n) * Double.pi
      return sum + (n % 2 == 0 ? 2 : -2) / k * sin(k * height) * exp(-k * k * time)
    }
  }

  /// Mean speed ν/(G H²) of plane Poiseuille flow.
  public static let poiseuilleMean = 1.0 / 12

  /// Flow rate of a square duct, C.
  public static let squareDuct: Double = {
    // smallest terms first; the tail beyond 400 is below 1e-13
    let sum = stride(from: 399.0, through: 1, by: -2).reduce(0) {
      $0 + tanh($1 * Double.pi / 2) / pow($1, 5)
    }
    return (1 - 192 / pow(Double.pi, 5) * sum) / 12
  }()
}
