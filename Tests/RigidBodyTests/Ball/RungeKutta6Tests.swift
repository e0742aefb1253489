import Foundation
import Testing

@testable import RigidBody

@Suite("Runge-Kutta of order 6")
struct RungeKutta6Tests {
  func end(_ start: Octet, to length: Double, steps: Int, _ rate: (Double, Octet) -> Octet) -> Octet
  {
    let h = length / Double(steps)
    return (0..<steps).reduce(start) { RungeKutta6.step($0, from: Double($1) * h, by: h, rate) }
  }

  /// Observed order from 32 and 64 steps, where errors lie between 1e-9 and 1e-13.
  func order(
    _ start: Octet, to length: Double, exact: Double, _ rate: (Double, Octet) -> Octet
  ) -> Double {
    let errors = [32, 64].map { abs(end(start, to: length, steps: $0, rate)[0] - exact) }
    return log2(errors[0] / errors[1])
  }

  // Fails with any wrong coefficient: y' = y tests the linear order conditions only.
  @Test("is of order 6 on y' = y")
  func exponential() {
    let order = order(Octet(repeating: 1), to: 2, exact: exp(2)) { $1 }
    #expect(abs(order - 6) < 0.1, "\(order)")
  }

  // Fails with a wrong coefficient that y' = y does not see, and with a wrong node:
  // y' = −2s·y², y = 1/(1 + s²), depends on both arguments and is not linear.
  @Test("is of order 6 on a nonlinear problem")
  func nonlinear() {
    let order = order(Octet(repeating: 1), to: 1, exact: 0.5) { s, y in -2 * s * y * y }
    #expect(abs(order - 6) < 0.1, "\(order)")

    // Lotka and Volterra: the invariant x − ln x + y − ln y drifts at the order of the method
    func drift(_ steps: Int) -> Double {
      let start = Octet(0.5, 1.5, 0, 0, 0, 0, 0, 0)
      func invariant(_ y: Octet) -> Double { y[0] - log(y[0]) + y[1] - log(y[1]) }
      let end = end(start, to: 3, steps: steps) { _, y in
        Octet(y[0] * (1 - y[1]), y[1] * (y[0] - 1), 0, 0, 0, 0, 0, 0)
      }
      return abs(invariant(end) - invariant(start))
    }
    let coarse = drift(32)
    let observed = log2(coarse / drift(64))
    #expect(abs(observed - 6) < 0.1, "\(observed)")
  }

  // A quadrature: degree 5 is exact, degree 6 is not. Fails with wrong weights or nodes.
  @Test("integrates polynomials of degree 5")
  func quadrature() {
    for degree in 0...6 {
      let value = RungeKutta6.step(.zero, from: 0, by: 1) { s, _ in
        Octet(repeating: pow(s, Double(degree)))
      }
      let error = abs(value[7] - 1 / Double(degree + 1))
      #expect(degree <= 5 ? error < 4e-16 : error > 1e-5, "\(degree): \(error)")
    }
  }

  // Fails if a lane takes part in another one's sum.
  @Test("keeps its eight lanes apart")
  func lanes() {
    let rates = Octet(0, 1, -1, 2, 0.5, -0.5, 3, -3)
    let together = end(Octet(repeating: 1), to: 1, steps: 4) { _, y in rates * y }
    for lane in 0..<8 {
      let alone = end(Octet(repeating: 1), to: 1, steps: 4) { _, y in rates[lane] * y }
      #expect(together[lane] == alone[lane])
    }
  }
}
