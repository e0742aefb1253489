// Cholesky factor of a full symmetric positive definite matrix.
//
// Equation        A = L·Lᵀ, L lower triangular with a positive diagonal
// Discretisation  none; backward stable: |A − L·Lᵀ| ≤ (n+1)·2⁻⁵³·|L||Lᵀ|, componentwise
// Source          LAPACK dpotrf, dpotrs (OpenBLAS); bound: Higham 2002, Accuracy and Stability of
//                 Numerical Algorithms, 2nd ed., theorem 10.3
// Deviation       none
// Validity        any n ≥ 0; one BLAS thread (BLAS.useOneThread), or bits depend on the machine
// Checked by      DenseCholeskyTests: second difference in closed form, refusal, reuse

import COpenBLAS

/// Storage of a symmetric matrix and, after `factor`, of its Cholesky factor in the same place.
public struct DenseCholesky: Sendable {
  /// Number of rows.
  public private(set) var size = 0
  /// n·n numbers by columns; only row ≥ column is read or written.
  @usableFromInline var storage: [Double] = []

  public init() {}

  /// Makes room for n rows and sets the lower triangle to zero; keeps its memory when n shrinks.
  public mutating func reset(size: Int) {
    if self.size != size {
      self.size = size
      if storage.count < size * size {
        storage = [Double](repeating: 0, count: size * size)
        return
      }
    }
    for column in 0..<size {
      for index in (column * size + column)..<((column + 1) * size) { storage[index] = 0 }
    }
  }

  /// Element of the lower triangle, row ≥ column.
  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get { storage[column * size + row] }
    set { storage[column * size + row] = newValue }
  }

  /// Replaces the matrix by its factor. False if it is not positive definite (or holds a NaN); the
  /// content is then undefined.
  public mutating func factor() -> Bool {
    var n = Int32(size)
    var info: Int32 = 0
    storage.withUnsafeMutableBufferPointer { a in
      guard let base = a.baseAddress, n > 0 else { return }
      var lower = CChar(76)
      var lead = n
      dpotrf_(&lower, &n, base, &lead, &info, 1)
    }
    return info == 0 && isFinite
  }

  // a NaN passes the test of a pivot in some kernels, so the diagonal is looked at
  private var isFinite: Bool {
    for column in 0..<size where !storage[column * size + column].isFinite { return false }
    return true
  }

  /// Replaces `right` (n numbers) by A⁻¹·right; needs a successful `factor`.
  public func solve(_ right: inout [Double]) {
    precondition(right.count >= size)
    var n = Int32(size)
    var info: Int32 = 0
    storage.withUnsafeBufferPointer { a in
      right.withUnsafeMutableBufferPointer { b in
        guard let matrix = a.baseAddress, let vector = b.baseAddress, n > 0 else { return }
        var lower = CChar(76)
        var one: Int32 = 1
        var lead = n
        var leadRight = n
        dpotrs_(&lower, &n, &one, matrix, &lead, vector, &leadRight, &info, 1)
      }
    }
  }
}
