// Butcher's explicit Runge-Kutta method of order 6 with seven stages.
//
// Equation    y' = f(s, y), one step from s to s + h
// Source      Butcher 1964, J. Austral. Math. Soc. 4, 179 (the method with nodes
//             0, 1/3, 2/3, 1/3, 1/2, 1/2, 1).
// Validity    smooth right-hand sides; kinks and jumps must lie on step ends.
// Checked by  RungeKutta6Tests: order 6 on problems with closed solutions.

/// Eight numbers in two AVX2 registers: the state of a piece of flight.
public typealias Octet = SIMD8<Double>

enum RungeKutta6 {
  /// One step. `rate` is evaluated at s, s + h/3, s + 2h/3, s + h/3, s + h/2, s + h/2, s + h.
  @inline(__always)
  static func step(
    _ y: Octet, from s: Double, by h: Double, _ rate: (Double, Octet) -> Octet
  ) -> Octet {
    let third = h / 3
    let k1 = rate(s, y)
    let k2 = rate(s + third, y + k1 * third)
    let k3 = rate(s + 2 * third, y + k2 * (2 * third))
    let sum4 = k1 + k2 * 4 - k3
    let k4 = rate(s + third, y + sum4 * (h / 12))
    let sum5 = k2 * 18 - k1 - k3 * 3
    let k5 = rate(s + 0.5 * h, y + (sum5 - k4 * 6) * (h / 16))
    let sum6 = k2 * 9 - k3 * 3
    let k6 = rate(s + 0.5 * h, y + (sum6 - k4 * 6 + k5 * 4) * (h / 8))
    let sum7 = k1 * 9 - k2 * 36 + k3 * 63
    let k7 = rate(s + h, y + (sum7 + k4 * 72 - k6 * 64) * (h / 44))
    let ends = (k1 + k7) * 11
    let middle = (k3 + k4) * 81 - (k5 + k6) * 32
    return y + (ends + middle) * (h / 120)
  }
}
