// Cholesky factor of a symmetric positive definite band matrix.
//
// Equation        A = L·Lᵀ; A(i,j) = 0 for |i − j| > b, and L has the same half-band b
// Discretisation  none; backward stable as DenseCholesky; n·b² operations
// Source          LAPACK dpbtrf, dpbtrs (OpenBLAS)
// Deviation       none
// Validity        0 ≤ b < n; one BLAS thread
// Checked by      BandCholeskyTests: the dense factor of the same matrix, refusal

import COpenBLAS

/// Storage of a symmetric band matrix and, after `factor`, of its Cholesky factor in the same place.
public struct BandCholesky: Sendable {
  /// Number of rows.
  public private(set) var size = 0
  /// Number of diagonals below the main one.
  public private(set) var halfBand = 0
  /// Column j holds A(j,j), A(j+1,j) … A(j+b,j).
  @usableFromInline var storage: [Double] = []

  public init() {}

  /// Makes room and sets all to zero; keeps its memory when the matrix shrinks.
  public mutating func reset(size: Int, halfBand: Int) {
    (self.size, self.halfBand) = (size, halfBand)
    let count = size * (halfBand + 1)
    if storage.count < count {
      storage = [Double](repeating: 0, count: count)
    } else {
      for index in 0..<count { storage[index] = 0 }
    }
  }

  /// Element of the lower band, column ≤ row ≤ column + halfBand.
  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get { storage[column * halfBand + row] }
    set { storage[column * halfBand + row] = newValue }
  }

  /// Replaces the matrix by its factor. False if it is not positive definite (or holds a NaN); the
  /// content is then undefined.
  public mutating func factor() -> Bool {
    var n = Int32(size)
    var info: Int32 = 0
    var band = Int32(halfBand)
    storage.withUnsafeMutableBufferPointer { a in
      guard let base = a.baseAddress, n > 0 else { return }
      var lower = CChar(76)
      var lead = band + 1
      dpbtrf_(&lower, &n, &band, base, &lead, &info, 1)
    }
    return info == 0 && isFinite
  }

  private var isFinite: Bool {
    for column in 0..<size where !storage[column * (halfBand + 1)].isFinite { return false }
    return true
  }

  /// Replaces `right` (n numbers) by A⁻¹·right; needs a successful `factor`.
  public func solve(_ right: inout [Double]) {
    precondition(right.count >= size)
    var n = Int32(size)
    var info: Int32 = 0
    var band = Int32(halfBand)
    storage.withUnsafeBufferPointer { a in
      right.withUnsafeMutableBufferPointer { b in
        guard let matrix = a.baseAddress, let vector = b.baseAddress, n > 0 else { return }
        var lower = CChar(76)
        var one: Int32 = 1
        var lead = band + 1
        var leadRight = n
        dpbtrs_(&lower, &n, &band, &one, matrix, &lead, vector, &leadRight, &info, 1)
      }
    }
  }
}
