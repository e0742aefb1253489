import Foundation
import LinearAlgebra
import Testing

@Suite("Symmetric eigenproblem")
struct SymmetricEigenTests {
  // Fails if the triangle that is read is not the one that is filled, or vectors are rows.
  @Test("second difference in closed form, and the matrix rebuilt")
  func secondDifference() throws {
    let n = 12
    var matrix = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      matrix[i * n + i] = 2
      if i + 1 < n { matrix[i * n + i + 1] = -1 }
    }
    let eigen = try #require(SymmetricEigen(matrix, size: n))
    for mode in 0..<n {
      let angle = Double(mode + 1) * Double.pi / Double(2 * (n + 1))
      #expect(abs(eigen.values[mode] - 4 * sin(angle) * sin(angle)) < 1e-14)
    }
    for i in 0..<n {
      for j in 0..<n {
        var sum = 0.0
        for mode in 0..<n { sum += eigen.values[mode] * eigen[i, mode] * eigen[j, mode] }
        let exact = i == j ? 2.0 : abs(i - j) == 1 ? -1 : 0
        #expect(abs(sum - exact) < 2e-14)
      }
    }
    matrix[3] = .nan
    #expect(SymmetricEigen(matrix, size: n) == nil)
  }

  // Fails if rows and columns are swapped, or rows beyond the block are written.
  @Test("product of lanes and a shared matrix")
  func lanes() {
    BLAS.useOneThread()
    let (inner, columns, lead) = (3, 2, 12)
    var left = [SIMD4<Double>](repeating: .zero, count: inner * lead / 4)
    for index in left.indices { for lane in 0..<4 { left[index][lane] = Double(5 * index + lane) } }
    let right = [1.0, 2, 3, -1, 0.5, 4]
    var product = [SIMD4<Double>](repeating: SIMD4(repeating: 7), count: columns * lead / 4)
    BLAS.multiply(left, right, into: &product, rows: 8, inner: inner, columns: columns, lead: lead)
    for column in 0..<columns {
      for row in 0..<8 {
        var exact = 0.0
        for k in 0..<inner { exact += left[k * 3 + row / 4][row % 4] * right[column * inner + k] }
        #expect(product[column * 3 + row / 4][row % 4] == exact)
      }
      #expect(product[column * 3 + 2] == SIMD4(repeating: 7))
    }
  }
}
