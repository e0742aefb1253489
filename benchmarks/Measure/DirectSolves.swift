// What the BLAS hot paths are worth: one line of CSV a case and method, beside peers/direct_solves.py.
//
//   Measure direct-solves [FOLDER]   with a folder, matrices and right sides go there
//
//   stream NRxNZ: the system of one step of the axisymmetric flow, a closed vessel full of syrup to the
//   brim (5 Pa·s, 1400 kg/m³, cells of 1 mm, steps of 10 ms), with the right side of a known rough
//   solution.
//   dpbtrf: factor, and factor and solve, of the library; loop: the same factor by three plain loops over
//   unsafe pointers; CG: conjugate gradients with the diagonal as preconditioner, matrix by its
//   diagonals, from zero to a residual of 1e-8 (or 100,000 steps).
//   poisson N: FastDiagonalisation and plain conjugate gradients to 1e-8 in a cube of N³ cells.
//   error: largest difference to the known solution over its largest value.
// Processor time of one thread, which other work on the machine disturbs less than wall time.

import Fluid
import Foundation
import LinearAlgebra

struct DirectSolves {
  let folder: String?

  private func line(
    _ name: String, _ method: String, _ seconds: Double, _ error: Double, _ note: String
  ) {
    print(
      [name, method, figures(1e3 * seconds, 4), figures(error, 2), note].joined(separator: ","))
  }

  /// A solution that no method is smooth on.
  private func rough(_ count: Int) -> [Double] {
    (0..<count).map { index in
      let noise = Double(index * 7919 % 10007) / 10007
      return sin(0.05 * Double(index)) + noise
    }
  }

  private func difference(_ a: [Double], _ b: [Double]) -> Double {
    let size = b.reduce(0) { max($0, abs($1)) }
    return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } / size
  }

  // MARK: Band

  private func matrix(_ nr: Int, _ nz: Int) -> BandCholesky {
    let h = 1e-3
    var weights = LiquidWeights(grid: MeridianGrid(nr: nr, nz: nz, hr: h, hz: h))
    for a in 0..<(2 * nr) {
      for b in 0..<(2 * nz) { weights.halves[a * 2 * nz + b] = weights.full(a) }
    }
    var problem = StreamProblem(
      weights: weights, density: 1400, viscosity: 5, step: 0.01, gravity: -9.81)
    (problem.side, problem.rim) = (.wall, nz)
    problem.fixBottom()
    problem.fixSide()
    var system = StreamSystem()
    return system.assembled(problem)
  }

  private func band(_ name: String, _ matrix: BandCholesky) throws {
    let (n, width) = (matrix.size, matrix.halfBand)
    let exact = rough(n)
    let diagonals = Diagonals(matrix)
    var right = exact
    diagonals.apply(exact, into: &right)
    if let folder { try export(name, matrix, right, exact, to: folder) }

    let note = "\(n) unknowns, half-band \(width)"
    var work = matrix
    work[0, 0] = matrix[0, 0]  // a copy of its own, before the clock starts
    var isDone = true
    let factor = Machine.processorSeconds { isDone = work.factor() }
    var solution = right
    let solve = Machine.processorSeconds { work.solve(&solution) }
    precondition(isDone, "the matrix is not positive definite")
    line(name, "dpbtrf", factor, difference(solution, exact), note)
    line(name, "dpbtrf + dpbtrs", factor + solve, difference(solution, exact), note)

    var plain = PlainBand(matrix)
    let loop = Machine.processorSeconds { plain.factor() }
    solution = right
    let back = Machine.processorSeconds { plain.solve(&solution) }
    line(name, "plain loop", loop, difference(solution, exact), "factor")
    line(name, "plain loop + solve", loop + back, difference(solution, exact), "factor and solve")

    var gradients = DiagonalGradients(diagonals)
    let slow = Machine.processorSeconds { gradients.solve(right, tolerance: 1e-8, limit: 100_000) }
    line(
      name, "CG Jacobi 1e-8", slow, difference(gradients.solution, exact),
      "\(gradients.steps) steps, \(diagonals.offsets.count) diagonals")
  }

  /// As 64-bit numbers: NAME.matrix with the size, then row, column and value of the lower half;
  /// NAME.sides with the right side, then the solution.
  private func export(
    _ name: String, _ matrix: BandCholesky, _ right: [Double], _ exact: [Double],
    to folder: String
  ) throws {
    var numbers = [Double(matrix.size)]
    for column in 0..<matrix.size {
      for row in column...min(matrix.size - 1, column + matrix.halfBand)
      where matrix[row, column] != 0 {
        numbers += [Double(row), Double(column), matrix[row, column]]
      }
    }
    let file = name.replacingOccurrences(of: " ", with: "-")
    func write(_ values: [Double], _ end: String) throws {
      let data = values.withUnsafeBytes { Data($0) }
      try data.write(to: URL(fileURLWithPath: folder).appending(path: file + end))
    }
    try write(numbers, ".matrix")
    try write(right + exact, ".sides")
  }

  // MARK: Box

  private func poisson(_ n: Int) {
    let axis = GridAxis(count: n, spacing: 1, low: .dirichletNode, high: .dirichletNode)
    var solver = FastDiagonalisation(axes: [axis, axis, axis])
    let exact = rough(solver.count)
    var right = exact
    GridLaplacian(axes: [axis, axis, axis]).apply(exact, into: &right)
    var field = right
    solver.solve(&field)
    field = right
    let fast = Machine.processorSeconds { solver.solve(&field) }
    line("poisson \(n)", "dgemm", fast, difference(field, exact), "fast diagonalisation")
    var gradients = PlainConjugateGradients(cells: n)
    let slow = Machine.processorSeconds { gradients.solve(right, tolerance: 1e-8) }
    line(
      "poisson \(n)", "CG 1e-8", slow, difference(gradients.solution, exact),
      "\(gradients.steps) steps")
  }

  func run() throws {
    BLAS.useOneThread()
    print("case,method,ms,error,note")
    FileHandle.standardError.write(Data("OpenBLAS kernels: \(BLAS.kernel)\n".utf8))
    try band("stream 128x64", matrix(128, 64))
    try band("stream 256x128", matrix(256, 128))
    for n in [64, 96, 128] { poisson(n) }
  }
}

/// A symmetric matrix as its diagonals that are not all zero.
private struct Diagonals {
  let count: Int
  /// Ascending, the main diagonal first.
  private(set) var offsets: [Int] = []
  /// Diagonal d holds A(i, i − offsets[d]) at i; zero before the first row it reaches.
  private(set) var values: [[Double]] = []

  init(_ matrix: BandCholesky) {
    count = matrix.size
    for offset in 0...matrix.halfBand {
      var diagonal = [Double](repeating: 0, count: count)
      var isUsed = offset == 0
      for row in offset..<count {
        diagonal[row] = matrix[row, row - offset]
        isUsed = isUsed || diagonal[row] != 0
      }
      if isUsed {
        offsets.append(offset)
        values.append(diagonal)
      }
    }
  }

  func apply(_ vector: [Double], into result: inout [Double]) {
    let count = count
    vector.withUnsafeBufferPointer { x in
      result.withUnsafeMutableBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        for (offset, diagonal) in zip(offsets, values) {
          diagonal.withUnsafeBufferPointer { a in
            guard let a = a.baseAddress else { return }
            if offset == 0 {
              for i in 0..<count { y[i] = a[i] * x[i] }
            } else {
              for i in offset..<count { y[i] += a[i] * x[i - offset] }
              for i in offset..<count { y[i - offset] += a[i] * x[i] }
            }
          }
        }
      }
    }
  }
}

/// Conjugate gradients with the main diagonal as preconditioner.
private struct DiagonalGradients {
  let matrix: Diagonals
  private(set) var steps = 0
  private(set) var solution: [Double] = []

  init(_ matrix: Diagonals) { self.matrix = matrix }

  mutating func solve(_ right: [Double], tolerance: Double, limit: Int) {
    let count = right.count
    let inverse = matrix.values[0].map { 1 / $0 }
    solution = [Double](repeating: 0, count: count)
    var residual = right
    var direction = zip(residual, inverse).map { $0 * $1 }
    var image = direction
    var weight = Self.product(residual, direction)
    let goal = tolerance * tolerance * Self.product(right, right)
    var square = goal.nextUp
    steps = 0
    while square > goal, steps < limit {
      matrix.apply(direction, into: &image)
      let step = weight / Self.product(direction, image)
      var next = 0.0
      (square, next) = advance(step, direction, image, inverse, &residual)
      let ratio = next / weight
      weight = next
      steps += 1
      direction.withUnsafeMutableBufferPointer { p in
        for i in 0..<count { p[i] = inverse[i] * residual[i] + ratio * p[i] }
      }
    }
  }

  /// Moves along the direction; |r|² and r·M⁻¹r.
  private mutating func advance(
    _ step: Double, _ direction: [Double], _ image: [Double], _ inverse: [Double],
    _ residual: inout [Double]
  ) -> (Double, Double) {
    var (squares, products) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    var (square, product) = (0.0, 0.0)
    solution.withUnsafeMutableBufferPointer { x in
      residual.withUnsafeMutableBufferPointer { r in
        for i in r.indices {
          x[i] += step * direction[i]
          r[i] -= step * image[i]
        }
        let whole = r.count / 8 * 8
        for i in stride(from: 0, to: whole, by: 8) {
          let part = Self.load(r.baseAddress, i)
          squares += part * part
          products += part * part * inverse.withUnsafeBufferPointer { Self.load($0.baseAddress, i) }
        }
        for i in whole..<r.count {
          square += r[i] * r[i]
          product += r[i] * r[i] * inverse[i]
        }
      }
    }
    return (square + squares.sum(), product + products.sum())
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    var sums = SIMD8<Double>.zero
    var rest = 0.0
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        let whole = a.count / 8 * 8
        for i in stride(from: 0, to: whole, by: 8) {
          sums += load(a.baseAddress, i) * load(b.baseAddress, i)
        }
        for i in whole..<a.count { rest += a[i] * b[i] }
      }
    }
    return rest + sums.sum()
  }

  @inline(__always)
  private static func load(_ start: UnsafePointer<Double>?, _ index: Int) -> SIMD8<Double> {
    guard let start else { return .zero }
    return UnsafeRawPointer(start + index).loadUnaligned(as: SIMD8<Double>.self)
  }

  @inline(__always)
  private static func load(_ start: UnsafeMutablePointer<Double>?, _ index: Int) -> SIMD8<Double> {
    load(start.map { UnsafePointer($0) }, index)
  }
}

/// Banded Cholesky as textbooks print it.
private struct PlainBand {
  let (size, width): (Int, Int)
  /// Column j holds A(j,j) … A(j+b,j).
  private var storage: [Double]

  init(_ matrix: BandCholesky) {
    (size, width) = (matrix.size, matrix.halfBand)
    storage = [Double](repeating: 0, count: size * (width + 1))
    for column in 0..<size {
      for row in column...min(size - 1, column + width) {
        storage[column * width + row] = matrix[row, column]
      }
    }
  }

  mutating func factor() {
    let (n, b) = (size, width)
    storage.withUnsafeMutableBufferPointer { buffer in
      guard let a = buffer.baseAddress else { return }
      for j in 0..<n {
        let last = min(n - 1, j + b)
        let column = a + j * b
        let scale = 1 / column[j].squareRoot()
        for i in j...last { column[i] *= scale }
        guard j < last else { continue }
        for k in (j + 1)...last {
          let factor = column[k]
          let target = a + k * b
          for i in k...last { target[i] -= factor * column[i] }
        }
      }
    }
  }

  func solve(_ right: inout [Double]) {
    let (n, b) = (size, width)
    storage.withUnsafeBufferPointer { buffer in
      right.withUnsafeMutableBufferPointer { x in
        guard let a = buffer.baseAddress else { return }
        for j in 0..<n {
          let column = a + j * b
          x[j] /= column[j]
          for i in (j + 1)..<max(j + 1, min(n, j + b + 1)) { x[i] -= column[i] * x[j] }
        }
        for j in stride(from: n - 1, through: 0, by: -1) {
          let column = a + j * b
          for i in (j + 1)..<max(j + 1, min(n, j + b + 1)) { x[j] -= column[i] * x[i] }
          x[j] /= column[j]
        }
      }
    }
  }
}

extension SIMD8<Double> {
  fileprivate func sum() -> Double {
    ((self[0] + self[1]) + (self[2] + self[3])) + ((self[4] + self[5]) + (self[6] + self[7]))
  }
}
