import LinearAlgebra
import Testing

@Suite("LU factors")
struct LUTests {
  // Fails if exchanges of rows are lost: the first pivot is zero.
  @Test("solves a matrix that needs exchanges")
  func exchanges() {
    var matrix = DenseLU()
    matrix.reset(size: 3)
    let rows = [[0.0, 2, 1], [1, 1, 0], [3, 0, 1]]
    for i in 0..<3 { for j in 0..<3 { matrix[i, j] = rows[i][j] } }
    let hasFactor = matrix.factor()
    #expect(hasFactor)
    var x = [7.0, 3, 6]
    matrix.solve(&x)

    // by hand: x = (1, 2, 3); all numbers small integers
    for (value, exact) in zip(x, [1.0, 2, 3]) { #expect(abs(value - exact) <= 1e-15) }
  }

  // Fails if the room for fill is missing or the band lies one diagonal off.
  @Test("band agrees with dense", arguments: [1, 5, 11])
  func agrees(halfBand: Int) {
    BLAS.useOneThread()
    let n = 40
    var band = BandLU()
    var dense = DenseLU()
    band.reset(size: n, halfBand: halfBand)
    dense.reset(size: n)
    for i in 0..<n {
      for j in max(0, i - halfBand)...min(n - 1, i + halfBand) {
        // the largest element of a row is one below the diagonal, so rows are exchanged
        let value = (i == j + 1 ? 3.0 : 1.0) / Double(1 + (7 * i + 3 * j) % 5)
        band[i, j] = value
        dense[i, j] = value
      }
    }
    let hasFactor = band.factor() && dense.factor()
    #expect(hasFactor)
    let right = (0..<n).map { Double($0 % 7) - 3 }
    var x = right
    var y = right
    band.solve(&x)
    dense.solve(&y)

    // the same exchanges and the same formulas: only the sequence of sums differs
    let largest = y.map(abs).max() ?? 0
    for i in 0..<n { #expect(abs(x[i] - y[i]) <= 1e-10 * largest) }
  }

  // Fails if a singular matrix passes.
  @Test("refuses a singular matrix")
  func refuses() {
    var dense = DenseLU()
    dense.reset(size: 2)
    var band = BandLU()
    band.reset(size: 2, halfBand: 1)
    for i in 0..<2 { for j in 0..<2 { (dense[i, j], band[i, j]) = (1, 1) } }
    let isRefused = (dense.factor(), band.factor())
    #expect(isRefused == (false, false))
  }
}
