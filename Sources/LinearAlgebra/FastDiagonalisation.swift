// Poisson and Helmholtz equations on box grids by the eigenvectors of each axis.
//
// Equation        (s + A_x ⊕ A_y ⊕ A_z) u = f. With A_x = X Λ_x X⁻¹ and so on,
//                 u = (X⊗Y⊗Z) [s + λ_x + λ_y + λ_z]⁻¹ (X⁻¹⊗Y⁻¹⊗Z⁻¹) f
// Discretisation  none beyond GridAxis: direct. Each factor of ⊗ is a product of matrices: 4n³
//                 operations ·2 in the plane, 12n⁴ in space, all of them dgemm
// Source          Lynch, Rice & Thomas 1964, Numer. Math. 6, 185; LAPACK dsyev (OpenBLAS)
// Deviation       a Neumann end at a node makes A_x unsymmetric; it is symmetric in the inner
//                 product that halves that unknown, and X is orthogonal there
// Validity        two or three axes with equal spacing each, s ≥ 0. Where s = 0 and no end fixes
//                 the value, the mean of f is dropped and u has mean zero (in the inner product
//                 above). One BLAS thread, or bits depend on the machine
// Checked by      FastDiagonalisationTests: residual 1e-12 for every kind of end, eigenvalues in
//                 closed form, solutions in closed form with their order

import COpenBLAS

/// Direct solver for (shift − Laplacian) u = f on a box grid.
public struct FastDiagonalisation: Sendable {
  /// The axes, the fastest one in memory first.
  public let axes: [GridAxis]
  /// Number of unknowns.
  public let count: Int
  private let modes: [AxisModes]
  private var first: [Double]
  private var second: [Double]

  /// Solves the eigenproblems, about 10 n³ operations for each different axis. Two or three axes,
  /// or it traps.
  public init(axes: [GridAxis]) {
    precondition((2...3).contains(axes.count), "a box has 2 or 3 axes, not \(axes.count)")
    var modes: [AxisModes] = []
    for (index, axis) in axes.enumerated() {
      if let same = axes[..<index].firstIndex(of: axis) {
        modes.append(modes[same])
      } else {
        modes.append(AxisModes(axis))
      }
    }
    (self.axes, self.modes) = (axes, modes)
    count = axes.reduce(1) { $0 * $1.count }
    first = [Double](repeating: 0, count: count)
    second = first
  }

  /// Eigenvalues of one axis, ascending, in units of 1/spacing².
  public func eigenvalues(ofAxis index: Int) -> [Double] { modes[index].values }

  /// Floating-point operations of one solve in products of matrices.
  public var operations: Double {
    4 * Double(count) * axes.reduce(0) { $0 + Double($1.count) }
  }

  /// Replaces f (`count` numbers, the first axis fastest) by u; `shift` is at least 0.
  public mutating func solve(_ field: inout [Double], shift: Double = 0) {
    precondition(field.count == count, "\(field.count) values for \(count) unknowns")
    precondition(shift >= 0, "shift \(shift) is not 0 or above")
    let axes = axes
    let modes = modes
    first.withUnsafeMutableBufferPointer { a in
      second.withUnsafeMutableBufferPointer { b in
        field.withUnsafeMutableBufferPointer { f in
          // to the coefficients of the modes
          Self.pass(axes, 0, modes[0].forward, from: f, to: a)
          Self.pass(axes, 1, modes[1].forward, from: a, to: b)
          if axes.count == 2 {
            Self.divide(b, modes, shift)
            Self.pass(axes, 0, modes[0].backward, from: b, to: a)
            Self.pass(axes, 1, modes[1].backward, from: a, to: f)
          } else {
            Self.pass(axes, 2, modes[2].forward, from: b, to: a)
            Self.divide(a, modes, shift)
            Self.pass(axes, 0, modes[0].backward, from: a, to: b)
            Self.pass(axes, 1, modes[1].backward, from: b, to: a)
            Self.pass(axes, 2, modes[2].backward, from: a, to: f)
          }
        }
      }
    }
  }

  // each mode by its eigenvalue; the constant, if nothing fixes it, becomes zero
  private static func divide(
    _ values: UnsafeMutableBufferPointer<Double>, _ modes: [AxisModes], _ shift: Double
  ) {
    let x = modes[0].values
    let y = modes[1].values
    let z = modes.count == 3 ? modes[2].values : [0]
    let floor = 1e-12 * (x[x.count - 1] + y[y.count - 1] + z[z.count - 1])
    var start = 0
    for k in z.indices {
      for j in y.indices {
        let rest = shift + z[k] + y[j]
        for i in x.indices {
          let eigenvalue = rest + x[i]
          values[start + i] = eigenvalue > floor ? values[start + i] / eigenvalue : 0
        }
        start += x.count
      }
    }
  }

  // the matrix (by columns) times every line of one axis
  private static func pass(
    _ axes: [GridAxis], _ index: Int, _ matrix: [Double],
    from source: UnsafeMutableBufferPointer<Double>, to target: UnsafeMutableBufferPointer<Double>
  ) {
    let n = axes[index].count
    let inner = axes[..<index].reduce(1) { $0 * $1.count }
    let length = Int32(n)
    guard let from = source.baseAddress, let to = target.baseAddress else { return }
    matrix.withUnsafeBufferPointer { m in
      if inner == 1 {
        let lines = Int32(source.count / n)
        cblas_dgemm(
          CblasColMajor, CblasNoTrans, CblasNoTrans, length, lines, length, 1, m.baseAddress,
          length, from, length, 0, to, length)
      } else {
        let side = Int32(inner)
        for start in stride(from: 0, to: source.count, by: inner * n) {
          cblas_dgemm(
            CblasColMajor, CblasNoTrans, CblasTrans, side, length, length, 1, from + start, side,
            m.baseAddress, length, 0, to + start, side)
        }
      }
    }
  }
}

/// Eigenvalues and eigenvectors of one axis.
private struct AxisModes: Sendable {
  /// Ascending, in 1/spacing².
  var values: [Double]
  /// X⁻¹ by columns: from values at the unknowns to coefficients.
  var forward: [Double]
  /// X by columns.
  var backward: [Double]

  init(_ axis: GridAxis) {
    let n = axis.count
    var matrix = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      matrix[i * n + i] = 2
      if i + 1 < n { matrix[i * n + i + 1] = -1 }
    }

    // half weight for an unknown on a Neumann end makes −2 and −1 a pair of −√2
    var root = [Double](repeating: 1, count: n)
    if let ends = axis.ends {
      matrix[0] = GridAxis.row(ends.low).own
      matrix[n * n - 1] = GridAxis.row(ends.high).own
      if ends.low == .neumannNode { root[0] = 0.5.squareRoot() }
      if ends.high == .neumannNode { root[n - 1] = 0.5.squareRoot() }
      matrix[1] = -1 / (root[0] * root[1])
      matrix[(n - 2) * n + n - 1] = -1 / (root[n - 2] * root[n - 1])
    } else {
      matrix[n - 1] = -1
    }
    values = Self.decompose(&matrix, n)

    // rounding of dsyev, about 1e-16 of the largest, can make the zero of a constant negative
    let scale = 1 / (axis.spacing * axis.spacing)
    for i in 0..<n { values[i] = max(0, values[i] * scale) }
    backward = matrix
    forward = matrix
    for column in 0..<n {
      for row in 0..<n {
        backward[column * n + row] = matrix[column * n + row] / root[row]
        forward[row * n + column] = matrix[column * n + row] * root[row]
      }
    }
  }

  // the lower triangle becomes the orthonormal eigenvectors
  private static func decompose(_ matrix: inout [Double], _ size: Int) -> [Double] {
    // entries are small integers and roots of 2: only a broken library can fail here
    guard let eigen = SymmetricEigen(matrix, size: size) else {
      preconditionFailure("dsyev gave up on an axis of \(size)")
    }
    matrix = eigen.vectors
    return eigen.values
  }
}
