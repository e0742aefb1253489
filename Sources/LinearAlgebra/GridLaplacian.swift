// The negative Laplacian of a box grid as a stencil: the matrix that FastDiagonalisation inverts.
//
// Equation        A = Σ over the axes of the second difference of GridAxis
// Discretisation  that of GridAxis; 5 or 7 points
// Source          as GridAxis
// Deviation       none
// Validity        one, two or three axes; the first runs fastest in memory
// Checked by      FastDiagonalisationTests: polynomials, for which the stencil is exact

/// Applies the negative Laplacian without a matrix.
public struct GridLaplacian: Sendable {
  /// The axes, the fastest one in memory first.
  public let axes: [GridAxis]
  /// Number of unknowns.
  public let count: Int

  /// One to three axes, or it traps.
  public init(axes: [GridAxis]) {
    precondition((1...3).contains(axes.count), "a box has 1 to 3 axes, not \(axes.count)")
    self.axes = axes
    count = axes.reduce(1) { $0 * $1.count }
  }

  /// result = shift·field + A·field; both hold `count` numbers.
  public func apply(_ field: [Double], shift: Double = 0, into result: inout [Double]) {
    precondition(field.count == count && result.count == count)
    field.withUnsafeBufferPointer { u in
      result.withUnsafeMutableBufferPointer { r in
        for index in 0..<count { r[index] = shift * u[index] }
        var inner = 1
        for axis in axes {
          Self.add(axis, inner: inner, u, r)
          inner *= axis.count
        }
      }
    }
  }

  // lines of one axis, `inner` of them side by side
  private static func add(
    _ axis: GridAxis, inner: Int, _ u: UnsafeBufferPointer<Double>,
    _ r: UnsafeMutableBufferPointer<Double>
  ) {
    let scale = 1 / (axis.spacing * axis.spacing)
    let (n, length) = (axis.count, inner * axis.count)
    let last = (n - 1) * inner
    for block in stride(from: 0, to: u.count, by: length) {
      for i in (block + inner)..<(block + last) {
        r[i] += scale * (2 * u[i] - u[i - inner] - u[i + inner])
      }
      for i in block..<(block + inner) {
        let (j, before) = (i + last, i + last - inner)
        if let ends = axis.ends {
          let (low, high) = (GridAxis.row(ends.low), GridAxis.row(ends.high))
          r[i] += scale * (low.own * u[i] + low.next * u[i + inner])
          r[j] += scale * (high.own * u[j] + high.next * u[before])
        } else {
          r[i] += scale * (2 * u[i] - u[j] - u[i + inner])
          r[j] += scale * (2 * u[j] - u[before] - u[i])
        }
      }
    }
  }
}
