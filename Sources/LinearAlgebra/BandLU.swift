// LU factor of a band matrix, with row exchanges.
//
// Equation        P·A = L·U; A(i,j) = 0 for |i − j| > b; U has 2b diagonals above the main one
// Discretisation  none; backward stable as DenseLU; about 4·n·b² operations
// Source          LAPACK dgbtrf, dgbtrs (OpenBLAS)
// Deviation       none
// Validity        0 ≤ b < n; one BLAS thread
// Checked by      LUTests: the dense factor of the same matrix, refusal of a singular one

import COpenBLAS

/// Storage of a band matrix and, after `factor`, of its LU factor in the same place.
public struct BandLU: Sendable {
  /// Number of rows.
  public private(set) var size = 0
  /// Number of diagonals on each side of the main one.
  public private(set) var halfBand = 0
  /// Column j holds b places for fill, then A(j−b,j) … A(j+b,j).
  @usableFromInline var storage: [Double] = []
  private var exchanges: [Int32] = []

  public init() {}

  /// Makes room and sets all to zero; keeps its memory when the matrix shrinks.
  public mutating func reset(size: Int, halfBand: Int) {
    (self.size, self.halfBand) = (size, halfBand)
    let count = size * (3 * halfBand + 1)
    if storage.count < count {
      storage = [Double](repeating: 0, count: count)
    } else {
      for index in 0..<count { storage[index] = 0 }
    }
    if exchanges.count < size { exchanges = [Int32](repeating: 0, count: size) }
  }

  /// Element inside the band, |row − column| ≤ halfBand.
  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get { storage[column * (3 * halfBand + 1) + 2 * halfBand + row - column] }
    set { storage[column * (3 * halfBand + 1) + 2 * halfBand + row - column] = newValue }
  }

  /// Replaces the matrix by its factor. False if it is singular to the last bit or not finite.
  public mutating func factor() -> Bool {
    var n = Int32(size)
    var band = Int32(halfBand)
    var info: Int32 = 0
    storage.withUnsafeMutableBufferPointer { a in
      exchanges.withUnsafeMutableBufferPointer { pivots in
        guard let base = a.baseAddress, let pivot = pivots.baseAddress, n > 0 else { return }
        var columns = n
        var above = band
        var lead = 3 * band + 1
        dgbtrf_(&n, &columns, &band, &above, base, &lead, pivot, &info)
      }
    }
    return info == 0 && isFinite
  }

  private var isFinite: Bool {
    for column in 0..<size
    where !storage[column * (3 * halfBand + 1) + 2 * halfBand].isFinite { return false }
    return true
  }

  /// Replaces `right` (n numbers) by A⁻¹·right; needs a successful `factor`.
  public func solve(_ right: inout [Double]) {
    precondition(right.count >= size)
    var n = Int32(size)
    var band = Int32(halfBand)
    var info: Int32 = 0
    storage.withUnsafeBufferPointer { a in
      exchanges.withUnsafeBufferPointer { pivots in
        right.withUnsafeMutableBufferPointer { b in
          guard let matrix = a.baseAddress, let pivot = pivots.baseAddress,
            let vector = b.baseAddress, n > 0
          else { return }
          var plain = CChar(78)
          var one: Int32 = 1
          var above = band
          var lead = 3 * band + 1
          var leadRight = n
          dgbtrs_(
            &plain, &n, &band, &above, &one, matrix, &lead, pivot, vector, &leadRight, &info, 1)
        }
      }
    }
  }
}
