// Rates of a rotation vector: rotations are integrated in a chart around the start of each step.
//
// Equation    q = q₀·exp(θ);  dθ/dt = ω + ½·θ×ω + κ·θ×(θ×ω),  κ = (1 − (φ/2)·cot(φ/2))/φ², φ = |θ|,
//             ω in body axes
// Source      Munthe-Kaas 1999, Appl. Numer. Math. 29, 115
// Deviation   κ in closed form instead of a truncated series, so that the order is that of the method
// Validity    |θ| < 2π; steps keep it below 1
// Checked by  RotationChartTests: order on a free body with known motion

import Foundation

enum RotationChart {
  /// dθ/dt for a spin in body axes.
  @inline(__always)
  static func rate(_ theta: Vector3, spin: Vector3) -> Vector3 {
    let square = theta.dot(theta)
    if square == 0 { return spin }
    let kappa: Double
    if square < 0.01 {
      kappa = 1.0 / 12 + square * (1.0 / 720 + square * (1.0 / 30240 + square / 1_209_600))
    } else {
      let half = 0.5 * square.squareRoot()
      kappa = (1 - half * cos(half) / sin(half)) / square
    }
    let turn = theta.cross(spin)
    return spin + 0.5 * turn + kappa * theta.cross(turn)
  }
}
