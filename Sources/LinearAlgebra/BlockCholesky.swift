// Cholesky factor of a symmetric matrix of 6×6 blocks, one block row a body.
//
// Equation        A = L·Lᵀ; A has a diagonal block a body and one block a pair of bodies
// Discretisation  none. The kernel follows from size n = 6·bodies and half-band b after the order:
//                 n ≤ 12 SmallCholesky, b < n/4 BandCholesky, otherwise DenseCholesky
// Source          kernels as named; limits measured in benchmarks/Measure/Factorisation.swift
// Deviation       none
// Validity        n up to about 2000 (a dense factor beyond takes over 50 ms)
// Checked by      BlockFactorTests: known solutions with all kernels, refusal

/// Pattern, kernel and factor.
public struct BlockCholesky: Sendable {
  public enum Kernel: Sendable, Hashable { case small, band, dense }

  public private(set) var kernel = Kernel.small
  public private(set) var bodyCount = 0
  /// Lower block pairs: the block of pair k has its rows in body `pairs[k].row`.
  public private(set) var pairs: [(row: Int, column: Int)] = []
  private var place: [Int] = []
  private var small = SmallCholesky()
  private var band = BandCholesky()
  private var dense = DenseCholesky()
  private var halfBand = 0
  private var flat: [Double] = []
  private var packed: [SIMD8<Double>] = []

  public init() {}

  /// Half-band of the ordered matrix, in rows.
  public var halfBandRows: Int { halfBand }

  /// Fixes which blocks exist. `edges` are unordered pairs of different bodies, each once; `pairs`
  /// has them in the same sequence. Costs an ordering: call it when contacts come or go.
  public mutating func setPattern(bodyCount: Int, edges: [(Int, Int)], kernel forced: Kernel? = nil)
  {
    self.bodyCount = bodyCount
    let ordering = ReverseCuthillMcKee(count: bodyCount, edges: edges)
    halfBand = 6 * ordering.halfBand + 5
    let n = 6 * bodyCount
    kernel = forced ?? (bodyCount <= 2 ? .small : (4 * halfBand < n ? .band : .dense))
    place = kernel == .band ? ordering.place : Array(0..<bodyCount)
    pairs = edges.map { place[$0.0] > place[$0.1] ? ($0.0, $0.1) : ($0.1, $0.0) }
    flat = [Double](repeating: 0, count: n)
    packed = [SIMD8<Double>](repeating: .zero, count: 2)
  }

  /// Factors the matrix whose diagonal blocks are `diagonal` (6 columns a body; rows ≥ column
  /// count) and whose lower blocks are `lower` (6 columns a pair). False if not positive definite.
  public mutating func factor(diagonal: [SIMD8<Double>], lower: [SIMD8<Double>]) -> Bool {
    switch kernel {
    case .small:
      small.reset(blocks: max(1, bodyCount))
      for column in 0..<6 where bodyCount > 0 {
        small.setColumn(column, block: 0, to: diagonal[column])
        if bodyCount == 2 {
          small.setColumn(column, block: 2, to: diagonal[6 + column])
          if !pairs.isEmpty { small.setColumn(column, block: 1, to: lower[column]) }
        }
      }
      return bodyCount == 0 || small.factor()
    case .band:
      band.reset(size: 6 * bodyCount, halfBand: halfBand)
      for body in 0..<bodyCount {
        let start = 6 * place[body]
        for column in 0..<6 {
          let values = diagonal[6 * body + column]
          for row in column..<6 { band[start + row, start + column] = values[row] }
        }
      }
      for (index, pair) in pairs.enumerated() {
        let (row0, column0) = (6 * place[pair.row], 6 * place[pair.column])
        for column in 0..<6 {
          let values = lower[6 * index + column]
          for row in 0..<6 { band[row0 + row, column0 + column] = values[row] }
        }
      }
      return band.factor()
    case .dense:
      dense.reset(size: 6 * bodyCount)
      for body in 0..<bodyCount {
        let start = 6 * place[body]
        for column in 0..<6 {
          let values = diagonal[6 * body + column]
          for row in column..<6 { dense[start + row, start + column] = values[row] }
        }
      }
      for (index, pair) in pairs.enumerated() {
        let (row0, column0) = (6 * place[pair.row], 6 * place[pair.column])
        for column in 0..<6 {
          let values = lower[6 * index + column]
          for row in 0..<6 { dense[row0 + row, column0 + column] = values[row] }
        }
      }
      return dense.factor()
    }
  }

  /// Replaces the first `bodyCount` vectors of `right` (6 lanes each) by A⁻¹·right.
  public mutating func solve(_ right: inout [SIMD8<Double>]) {
    if kernel == .small {
      guard bodyCount > 0 else { return }
      for body in 0..<bodyCount { packed[body] = right[body] }
      small.solve(&packed)
      for body in 0..<bodyCount { right[body] = packed[body] }
      return
    }
    for body in 0..<bodyCount {
      let start = 6 * place[body]
      let values = right[body]
      for row in 0..<6 { flat[start + row] = values[row] }
    }
    if kernel == .band { band.solve(&flat) } else { dense.solve(&flat) }
    for body in 0..<bodyCount {
      let start = 6 * place[body]
      var values = SIMD8<Double>.zero
      for row in 0..<6 { values[row] = flat[start + row] }
      right[body] = values
    }
  }
}
