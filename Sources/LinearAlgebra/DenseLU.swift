// LU factor of a full square matrix, with row exchanges.
//
// Equation        P·A = L·U
// Discretisation  none; backward stable for the growth factors met in practice
// Source          LAPACK dgetrf, dgetrs (OpenBLAS)
// Deviation       none
// Validity        any n ≥ 0; one BLAS thread
// Checked by      LUTests: a matrix that needs exchanges, refusal of a singular one

import COpenBLAS

/// Storage of a square matrix and, after `factor`, of its LU factor in the same place.
public struct DenseLU: Sendable {
  /// Number of rows.
  public private(set) var size = 0
  /// n·n numbers by columns.
  @usableFromInline var storage: [Double] = []
  private var exchanges: [Int32] = []

  public init() {}

  /// Makes room for n rows and sets all to zero; keeps its memory when n shrinks.
  public mutating func reset(size: Int) {
    self.size = size
    if storage.count < size * size {
      storage = [Double](repeating: 0, count: size * size)
      exchanges = [Int32](repeating: 0, count: size)
    } else {
      for index in 0..<(size * size) { storage[index] = 0 }
    }
  }

  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get { storage[column * size + row] }
    set { storage[column * size + row] = newValue }
  }

  /// Replaces the matrix by its factor. False if it is singular to the last bit or not finite.
  public mutating func factor() -> Bool {
    var n = Int32(size)
    var info: Int32 = 0
    storage.withUnsafeMutableBufferPointer { a in
      exchanges.withUnsafeMutableBufferPointer { pivots in
        guard let base = a.baseAddress, let pivot = pivots.baseAddress, n > 0 else { return }
        var columns = n
        var lead = n
        dgetrf_(&n, &columns, base, &lead, pivot, &info)
      }
    }
    return info == 0 && isFinite
  }

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
      exchanges.withUnsafeBufferPointer { pivots in
        right.withUnsafeMutableBufferPointer { b in
          guard let matrix = a.baseAddress, let pivot = pivots.baseAddress,
            let vector = b.baseAddress, n > 0
          else { return }
          var plain = CChar(78)
          var one: Int32 = 1
          var lead = n
          var leadRight = n
          dgetrs_(&plain, &n, &one, matrix, &lead, pivot, vector, &leadRight, &info, 1)
        }
      }
    }
  }
}
