import Foundation
import Testing

@testable import RigidBody

@Suite("Broyden search")
struct BroydenSearchTests {
  // Fails if the correction is wrong: plain repetition x ← x + r diverges here (|1 − 3| > 1), and a
  // linear system of n unknowns ends in 2n steps in exact arithmetic (Gay 1979).
  @Test("solves a linear system that repetition does not")
  func linear() {
    let matrix = [[3.0, 1, 0], [-1, 2.5, 0.5], [0.3, 0, -1.5]]
    let solution = [1.0, -2, 0.5]
    func residual(_ x: [Double]) -> [Double] {
      matrix.map { row in zip(row, zip(solution, x)).reduce(0) { $0 + $1.0 * ($1.1.0 - $1.1.1) } }
    }
    var search = BroydenSearch(at: [0, 0, 0])
    for _ in 0..<8 { _ = search.step(residual: residual(search.position)) }
    #expect(zip(search.best, solution).allSatisfy { abs($0 - $1) < 1e-10 })
  }

  // Fails if it does not converge faster than linearly: cos x = x, y² = 2.
  @Test("finds a zero of curved functions to rounding")
  func curved() {
    var search = BroydenSearch(at: [0.5, 1.2])
    var sizes: [Double] = []
    for _ in 0..<12 {
      let (x, y) = (search.position[0], search.position[1])
      sizes.append(search.step(residual: [cos(x) - x, 0.5 * (2 - y * y)]))
    }
    #expect(abs(search.best[0] - 0.7390851332151607) < 1e-15)
    #expect(abs(search.best[1] - 2.0.squareRoot()) < 1e-15)
    #expect(sizes[11] <= 1e-15)
  }

  // Fails if a step that makes things worse is kept.
  @Test("remembers the best position")
  func best() {
    var search = BroydenSearch(at: [1])
    _ = search.step(residual: [0.25])
    _ = search.step(residual: [7])
    #expect(search.best == [1])
  }
}
