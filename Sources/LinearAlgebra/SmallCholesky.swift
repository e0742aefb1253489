// Cholesky factor of one or two bodies: blocks of 6×6, no library call.
//
// Equation        A = L·Lᵀ with A = [A₁₁ ·; A₂₁ A₂₂]: L₁₁ from A₁₁, L₂₁ = A₂₁·L₁₁⁻ᵀ, L₂₂ from
//                 A₂₂ − L₂₁·L₂₁ᵀ
// Discretisation  none; column by column, each column in one vector of 8 (6 used)
// Source          textbook; why: a library call costs more than the work below n = 18
//                 (benchmarks/Measure/Factorisation.swift)
// Deviation       none
// Validity        n = 6 or 12
// Checked by      BlockFactorTests: known solutions, refusal

/// Storage of a symmetric matrix of 6 or 12 rows and, after `factor`, of its Cholesky factor.
public struct SmallCholesky: Sendable {
  /// Blocks of 6: 1 or 2.
  public private(set) var blocks = 1
  // columns of the three blocks 11, 21, 22; lanes 6 and 7 are never read
  @usableFromInline var columns = [SIMD8<Double>](repeating: .zero, count: 18)
  // 1/L(j,j)
  @usableFromInline var inverse = [Double](repeating: 0, count: 12)

  public init() {}

  /// Sets the number of 6×6 blocks (1 or 2) and all elements to zero.
  public mutating func reset(blocks: Int) {
    precondition(blocks == 1 || blocks == 2)
    self.blocks = blocks
    for index in 0..<18 { columns[index] = .zero }
  }

  /// Element of the lower triangle, row ≥ column.
  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get {
      let block = column < 6 ? (row < 6 ? 0 : 6) : 12
      return columns[block + column % 6][row % 6]
    }
    set {
      let block = column < 6 ? (row < 6 ? 0 : 6) : 12
      columns[block + column % 6][row % 6] = newValue
    }
  }

  /// Column `column` of block 11 (0), 21 (1) or 22 (2).
  @inlinable
  public mutating func setColumn(_ column: Int, block: Int, to value: SIMD8<Double>) {
    columns[6 * block + column] = value
  }

  /// Replaces the matrix by its factor. False if it is not positive definite.
  public mutating func factor() -> Bool {
    guard factorDiagonal(at: 0, inverseAt: 0) else { return false }
    guard blocks == 2 else { return true }

    // L₂₁ = A₂₁·L₁₁⁻ᵀ, column by column
    for j in 0..<6 {
      let scaled = columns[6 + j] * inverse[j]
      columns[6 + j] = scaled
      let below = columns[j]
      if j < 5 {
        for k in (j + 1)..<6 { columns[6 + k] -= scaled * below[k] }
      }
    }

    // A₂₂ − L₂₁·L₂₁ᵀ
    for j in 0..<6 {
      let left = columns[6 + j]
      for k in 0..<6 { columns[12 + k] -= left * left[k] }
    }
    return factorDiagonal(at: 12, inverseAt: 6)
  }

  private mutating func factorDiagonal(at start: Int, inverseAt base: Int) -> Bool {
    for j in 0..<6 {
      var column = columns[start + j]
      let pivot = column[j]
      // written so that a NaN fails as well
      guard pivot > 0, pivot < .infinity else { return false }
      let scale = 1 / pivot.squareRoot()
      column *= scale
      columns[start + j] = column
      inverse[base + j] = scale
      if j < 5 {
        for k in (j + 1)..<6 { columns[start + k] -= column * column[k] }
      }
    }
    return true
  }

  /// Replaces the first `blocks` vectors of `right` (6 lanes each) by A⁻¹·right.
  public func solve(_ right: inout [SIMD8<Double>]) {
    // L·y = b; lanes of `rest` that are done hold rubbish and are not read again
    var rest = right[0]
    var rest2 = blocks == 2 ? right[1] : .zero
    var y = SIMD8<Double>.zero
    var y2 = SIMD8<Double>.zero
    for j in 0..<6 {
      let value = rest[j] * inverse[j]
      y[j] = value
      rest -= columns[j] * value
      rest2 -= columns[6 + j] * value
    }

    // Lᵀ·x = y; lanes of x that are still zero hide the upper triangle
    var x = SIMD8<Double>.zero
    var x2 = SIMD8<Double>.zero
    if blocks == 2 {
      for j in 0..<6 {
        let value = rest2[j] * inverse[6 + j]
        y2[j] = value
        rest2 -= columns[12 + j] * value
      }
      for step in 0..<6 {
        let j = 5 - step
        x2[j] = (y2[j] - (columns[12 + j] * x2).sum()) * inverse[6 + j]
      }
      right[1] = x2
    }
    for step in 0..<6 {
      let j = 5 - step
      x[j] = (y[j] - (columns[j] * x + columns[6 + j] * x2).sum()) * inverse[j]
    }
    right[0] = x
  }
}
