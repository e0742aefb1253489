import LinearAlgebra
import Testing

@Suite("Factors of 6×6 blocks")
struct BlockFactorTests {
  /// Diagonally dominant blocks of a chain of bodies in a shuffled order.
  struct Chain {
    var bodies: Int
    var edges: [(Int, Int)]
    var diagonal: [SIMD8<Double>]
    /// Block of edge k with rows of `edges[k].0`.
    var blocks: [SIMD8<Double>]

    init(bodies: Int) {
      self.bodies = bodies
      let name = (0..<bodies).map { (7 * $0 + 3) % bodies }
      edges = (1..<max(1, bodies)).map { (name[$0 - 1], name[$0]) }
      diagonal = []
      blocks = []
      for body in 0..<bodies {
        for column in 0..<6 {
          var values = SIMD8<Double>.zero
          for row in 0..<6 {
            values[row] = row == column ? 20 + Double(body) : 1 / Double(1 + row + column)
          }
          diagonal.append(values)
        }
      }
      for edge in 0..<edges.count {
        for column in 0..<6 {
          var values = SIMD8<Double>.zero
          for row in 0..<6 { values[row] = Double((edge + 2 * row + 5 * column) % 7) / 7 - 0.4 }
          blocks.append(values)
        }
      }
    }

    /// The blocks with rows of the body that `pairs` names.
    func lower(_ pairs: [(row: Int, column: Int)]) -> [SIMD8<Double>] {
      var result = blocks
      for (k, pair) in pairs.enumerated() where pair.row != edges[k].0 {
        for column in 0..<6 {
          for row in 0..<6 { result[6 * k + column][row] = blocks[6 * k + row][column] }
        }
      }
      return result
    }

    /// A·x.
    func times(_ x: [SIMD8<Double>]) -> [SIMD8<Double>] {
      var y = [SIMD8<Double>](repeating: .zero, count: bodies)
      for body in 0..<bodies {
        for column in 0..<6 { y[body] += diagonal[6 * body + column] * x[body][column] }
      }
      for (k, edge) in edges.enumerated() {
        for column in 0..<6 {
          let values = blocks[6 * k + column]
          y[edge.0] += values * x[edge.1][column]
          y[edge.1][column] += (values * x[edge.0]).sum()
        }
      }
      return y
    }
  }

  func known(_ bodies: Int) -> [SIMD8<Double>] {
    (0..<bodies).map { body in
      var x = SIMD8<Double>.zero
      for lane in 0..<6 { x[lane] = Double((3 * body + lane) % 5) - 2 }
      return x
    }
  }

  // Fails if a block is transposed, put in the wrong place, or the order is not undone. The right
  // side is made with the blocks themselves, so no kernel is its own judge.
  @Test(
    "Cholesky finds the known solution",
    arguments: [
      (1, BlockCholesky.Kernel.small), (2, .small), (2, .dense), (8, .band), (8, .dense),
      (30, .band), (30, .dense),
    ])
  func cholesky(bodies: Int, kernel: BlockCholesky.Kernel) {
    BLAS.useOneThread()
    let chain = Chain(bodies: bodies)
    var factor = BlockCholesky()
    factor.setPattern(bodyCount: bodies, edges: chain.edges, kernel: kernel)
    let hasFactor = factor.factor(diagonal: chain.diagonal, lower: chain.lower(factor.pairs))
    #expect(hasFactor)
    var x = chain.times(known(bodies))
    factor.solve(&x)

    // condition number of these blocks is below 10
    for (found, exact) in zip(x, known(bodies)) {
      for lane in 0..<6 { #expect(abs(found[lane] - exact[lane]) <= 1e-13) }
    }
  }

  @Test(
    "LU finds the known solution",
    arguments: [(1, BlockLU.Kernel.dense), (2, .dense), (12, .band), (12, .dense), (30, .band)])
  func exchange(bodies: Int, kernel: BlockLU.Kernel) {
    BLAS.useOneThread()
    let chain = Chain(bodies: bodies)
    var factor = BlockLU()
    let pairs = chain.edges.map { (row: $0.0, column: $0.1) }
    factor.setPattern(bodyCount: bodies, pairs: pairs, kernel: kernel)

    // upper blocks doubled: a transposed or symmetric solution would show
    var upper = chain.lower(chain.edges.map { (row: $0.1, column: $0.0) })
    for index in upper.indices { upper[index] *= 2 }
    let hasFactor = factor.factor(diagonal: chain.diagonal, lower: chain.blocks, upper: upper)
    #expect(hasFactor)
    let exact = known(bodies)
    var x = [SIMD8<Double>](repeating: .zero, count: bodies)
    for body in 0..<bodies {
      for column in 0..<6 { x[body] += chain.diagonal[6 * body + column] * exact[body][column] }
    }
    for (k, edge) in chain.edges.enumerated() {
      for column in 0..<6 {
        x[edge.0] += chain.blocks[6 * k + column] * exact[edge.1][column]
        x[edge.1] += upper[6 * k + column] * exact[edge.0][column]
      }
    }
    factor.solve(&x)
    for (found, exact) in zip(x, exact) {
      for lane in 0..<6 { #expect(abs(found[lane] - exact[lane]) <= 1e-13) }
    }
  }

  // Fails if a matrix of negative blocks gets a factor.
  @Test("refuses an indefinite matrix", arguments: [1, 2, 30])
  func refuses(bodies: Int) {
    let chain = Chain(bodies: bodies)
    var factor = BlockCholesky()
    factor.setPattern(bodyCount: bodies, edges: chain.edges)
    var diagonal = chain.diagonal
    diagonal[6 * bodies - 1][5] = -1
    let hasFactor = factor.factor(diagonal: diagonal, lower: chain.lower(factor.pairs))
    #expect(!hasFactor)
  }

  // Fails if the kernel of a size changes without a measurement that says so.
  @Test("chooses the kernel by size and band")
  func chooses() {
    var factor = BlockCholesky()
    for (bodies, kernel) in [
      (1, BlockCholesky.Kernel.small), (2, .small), (3, .dense), (6, .dense), (8, .band),
      (100, .band),
    ] {
      factor.setPattern(bodyCount: bodies, edges: Chain(bodies: bodies).edges)
      #expect(factor.kernel == kernel, "\(bodies) bodies")
    }
  }
}
