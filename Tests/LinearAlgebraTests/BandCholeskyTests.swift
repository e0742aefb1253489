import LinearAlgebra
import Testing

@Suite("Band Cholesky factor")
struct BandCholeskyTests {
  // Fails if the band is stored one diagonal off, or the half-band is not passed on.
  @Test("agrees with the dense factor", arguments: [0, 1, 5, 11])
  func agrees(halfBand: Int) {
    BLAS.useOneThread()
    let n = 30
    var band = BandCholesky()
    var dense = DenseCholesky()
    band.reset(size: n, halfBand: halfBand)
    dense.reset(size: n)
    for i in 0..<n {
      for j in max(0, i - halfBand)...i {
        let value = i == j ? 2 * Double(halfBand + 1) : 1 / Double(1 + i + 2 * j)
        band[i, j] = value
        dense[i, j] = value
      }
    }
    let hasFactor = band.factor() && dense.factor()
    #expect(hasFactor)
    var x = (0..<n).map { Double($0 % 7) - 3 }
    var y = x
    band.solve(&x)
    dense.solve(&y)

    // diagonally dominant: condition number below 4
    for i in 0..<n { #expect(abs(x[i] - y[i]) <= 4 * Double(n) * 2.3e-16 * 3) }
  }

  // Fails if an indefinite or undefined matrix is taken for a positive definite one.
  @Test("refuses what is not positive definite")
  func refuses() {
    for bad in [-1, 0, Double.nan] {
      var matrix = BandCholesky()
      matrix.reset(size: 3, halfBand: 1)
      for i in 0..<3 { matrix[i, i] = 1 }
      matrix[1, 1] = bad
      let hasFactor = matrix.factor()
      #expect(!hasFactor)
    }
  }
}
