// Zero of a few functions of as many unknowns, without derivatives.
//
// Equation    x ← x − H·r(x), where H approximates the inverse Jacobian and is corrected by rank one
//             after each step so that it maps the last change of r to the last change of x
// Source      Broyden 1965, Mathematics of Computation 19:577 (the first, "good" method)
// Validity    starts as plain repetition x ← x + r(x); unknowns of one size
// Checked by  EngineFrictionTests (starts just above a threshold), BroydenSearchTests

struct BroydenSearch {
  private(set) var position: [Double]
  /// Position with the smallest residual so far.
  private(set) var best: [Double]
  private var smallest = Double.infinity
  /// −H, by rows; the identity at first.
  private var inverse: [[Double]]
  private var last: (residual: [Double], step: [Double])?

  init(at position: [Double]) {
    (self.position, best) = (position, position)
    inverse = position.indices.map { row in position.indices.map { $0 == row ? 1 : 0 } }
  }

  /// Takes the residual at `position`, moves on, and returns the largest part of that residual.
  mutating func step(residual: [Double]) -> Double {
    let size = residual.map(abs).max() ?? 0
    if size < smallest { (smallest, best) = (size, position) }
    if let last {
      // s + inverse·(change of r) is what the correction has to remove
      let change = zip(residual, last.residual).map { $0 - $1 }
      let image = inverse.map { BroydenSearch.dot($0, change) }
      let gap = zip(last.step, image).map { $0 + $1 }
      let row = position.indices.map { column in
        position.indices.reduce(0) { $0 + last.step[$1] * inverse[$1][column] }
      }
      let scale = BroydenSearch.dot(row, change)
      if abs(scale) > 1e-12 * BroydenSearch.dot(last.step, last.step) {
        for i in position.indices {
          for j in position.indices { inverse[i][j] -= gap[i] / scale * row[j] }
        }
      }
    }
    let step = inverse.map { BroydenSearch.dot($0, residual) }
    for index in position.indices { position[index] += step[index] }
    last = (residual, step)
    return size
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
