// LU factor of a matrix of 6×6 blocks that is not symmetric, one block row a body.
//
// Equation        P·A = L·U; A has a diagonal block a body and two blocks a pair of bodies
// Discretisation  none. Half-band b after the order of BlockCholesky: b < n/4 BandLU, otherwise
//                 DenseLU (at half-band 11 the band wins from n = 36 on)
// Source          kernels as named
// Deviation       none
// Validity        n up to about 2000
// Checked by      BlockFactorTests: known solutions with both kernels

/// Pattern, kernel and factor.
public struct BlockLU: Sendable {
  public enum Kernel: Sendable, Hashable { case band, dense }

  public private(set) var kernel = Kernel.dense
  private var bodyCount = 0
  private var place: [Int] = []
  private var pairs: [(row: Int, column: Int)] = []
  private var halfBand = 0
  private var band = BandLU()
  private var dense = DenseLU()
  private var flat: [Double] = []

  public init() {}

  /// Fixes which blocks exist: pair k has a block with rows of body `pairs[k].row` and columns of
  /// body `pairs[k].column`, and one the other way round.
  public mutating func setPattern(
    bodyCount: Int, pairs: [(row: Int, column: Int)], kernel forced: Kernel? = nil
  ) {
    self.bodyCount = bodyCount
    self.pairs = pairs
    let ordering = ReverseCuthillMcKee(
      count: bodyCount, edges: pairs.map { ($0.row, $0.column) })
    halfBand = 6 * ordering.halfBand + 5
    let n = 6 * bodyCount
    kernel = forced ?? (4 * halfBand < n ? .band : .dense)
    place = kernel == .band ? ordering.place : Array(0..<bodyCount)
    flat = [Double](repeating: 0, count: n)
  }

  /// Factors the matrix of `diagonal` (6 columns a body), `lower` and `upper` (6 columns a pair, the
  /// second with rows of `pairs[k].column`). False if singular.
  public mutating func factor(
    diagonal: [SIMD8<Double>], lower: [SIMD8<Double>], upper: [SIMD8<Double>]
  ) -> Bool {
    if kernel == .band {
      band.reset(size: 6 * bodyCount, halfBand: halfBand)
    } else {
      dense.reset(size: 6 * bodyCount)
    }
    for body in 0..<bodyCount { put(diagonal, at: 6 * body, row: body, column: body) }
    for (index, pair) in pairs.enumerated() {
      put(lower, at: 6 * index, row: pair.row, column: pair.column)
      put(upper, at: 6 * index, row: pair.column, column: pair.row)
    }
    return kernel == .band ? band.factor() : dense.factor()
  }

  private mutating func put(_ blocks: [SIMD8<Double>], at start: Int, row: Int, column: Int) {
    let (row0, column0) = (6 * place[row], 6 * place[column])
    for lane in 0..<6 {
      let values = blocks[start + lane]
      if kernel == .band {
        for k in 0..<6 { band[row0 + k, column0 + lane] = values[k] }
      } else {
        for k in 0..<6 { dense[row0 + k, column0 + lane] = values[k] }
      }
    }
  }

  /// Replaces the first `bodyCount` vectors of `right` (6 lanes each) by A⁻¹·right.
  public mutating func solve(_ right: inout [SIMD8<Double>]) {
    for body in 0..<bodyCount {
      let values = right[body]
      for lane in 0..<6 { flat[6 * place[body] + lane] = values[lane] }
    }
    if kernel == .band { band.solve(&flat) } else { dense.solve(&flat) }
    for body in 0..<bodyCount {
      var values = SIMD8<Double>.zero
      for lane in 0..<6 { values[lane] = flat[6 * place[body] + lane] }
      right[body] = values
    }
  }
}
