import LinearAlgebra
import Testing

@Suite("Dense Cholesky factor")
struct DenseCholeskyTests {
  // Fails if rows and columns are exchanged with a lead that is not n, or the factor is not used.
  @Test("solves the second difference, whose solution is a parabola", arguments: [1, 2, 7, 60])
  func secondDifference(n: Int) {
    BLAS.useOneThread()
    var matrix = DenseCholesky()
    matrix.reset(size: n)
    for i in 0..<n {
      matrix[i, i] = 2
      if i > 0 { matrix[i, i - 1] = -1 }
    }
    let hasFactor = matrix.factor()
    #expect(hasFactor)
    var x = [Double](repeating: 1, count: n)
    matrix.solve(&x)

    // −x'' = 1 on the grid: x_i = i(n + 1 − i)/2; condition number below n², each rounding 1 ulp
    for i in 1...n {
      let exact = Double(i * (n + 1 - i)) / 2
      #expect(abs(x[i - 1] - exact) <= 2.3e-16 * Double(n * n) * exact)
    }
  }

  // Fails if an indefinite or undefined matrix is taken for a positive definite one.
  @Test("refuses what is not positive definite")
  func refuses() {
    for bad in [-1, 0, Double.nan] {
      var matrix = DenseCholesky()
      matrix.reset(size: 3)
      for i in 0..<3 { matrix[i, i] = 1 }
      matrix[1, 1] = bad
      let hasFactor = matrix.factor()
      #expect(!hasFactor)
    }
  }

  // Fails if old contents survive in storage that is used again.
  @Test("starts from zero each time")
  func reuse() {
    var matrix = DenseCholesky()
    for n in [5, 3, 3, 5, 6] {
      matrix.reset(size: n)
      for i in 0..<n {
        for j in 0...i {
          #expect(matrix[i, j] == 0)
          matrix[i, j] = i == j ? 4 : 0.1
        }
      }
      let hasFactor = matrix.factor()
      #expect(hasFactor)
    }
  }
}
