import Foundation
import LinearAlgebra
import Testing

@Suite("Fast diagonalisation")
struct FastDiagonalisationTests {
  static let ends: [GridAxis.End] = [.dirichletNode, .dirichletFace, .neumannNode, .neumannFace]

  /// Numbers without a pattern that any mode would favour, between −1 and 1.
  func rough(_ count: Int) -> [Double] {
    (0..<count).map { index in
      let residue = (index * 7919 + 13) % 10007
      return Double(residue) / 5003.5 - 1
    }
  }

  /// Takes off the part of f that a singular problem cannot answer; half weight on Neumann nodes.
  func balanced(_ f: [Double], _ axes: [GridAxis]) -> [Double] {
    let free = axes.allSatisfy { axis in
      guard let ends = axis.ends else { return true }
      return [ends.low, ends.high].allSatisfy { $0 == .neumannNode || $0 == .neumannFace }
    }
    guard free else { return f }
    var (sum, total) = (0.0, 0.0)
    var weights = [Double](repeating: 1, count: f.count)
    var inner = 1
    for axis in axes {
      for index in f.indices {
        let place = index / inner % axis.count
        if place == 0, axis.ends?.low == .neumannNode { weights[index] /= 2 }
        if place == axis.count - 1, axis.ends?.high == .neumannNode { weights[index] /= 2 }
      }
      inner *= axis.count
    }
    for index in f.indices {
      sum += weights[index] * f[index]
      total += weights[index]
    }
    return f.map { $0 - sum / total }
  }

  /// Largest residual over the largest f, and over |A||u| + |f|.
  func residual(_ axes: [GridAxis], _ f: [Double], shift: Double) -> (plain: Double, back: Double) {
    var solver = FastDiagonalisation(axes: axes)
    let stencil = GridLaplacian(axes: axes)
    var u = f
    solver.solve(&u, shift: shift)
    var image = f
    stencil.apply(u, shift: shift, into: &image)
    let error = zip(image, f).map { abs($0 - $1) }.max() ?? .infinity
    let size = f.map(abs).max() ?? 0
    let norm = shift + axes.reduce(0) { $0 + 4 / ($1.spacing * $1.spacing) }
    return (error / size, error / (norm * (u.map(abs).max() ?? 0) + size))
  }

  // Fails if an end has the wrong row, weight or scale. |A||u| is 1e4 times |f| for a smooth u on
  // 100 cells, so the plain residual can be asked for in rough fields only.
  @Test("residual in the plane, every pair of ends", arguments: ends, ends)
  func plane(low: GridAxis.End, high: GridAxis.End) {
    BLAS.useOneThread()
    let axes = [
      GridAxis(count: 37, spacing: 0.1, low: low, high: high),
      GridAxis(count: 24, spacing: 0.07, low: high, high: low),
    ]
    for shift in [0, 0.3, 1e4] {
      let f = balanced(rough(37 * 24), axes)
      let error = residual(axes, f, shift: shift)
      #expect(error.plain <= 1e-12)
      #expect(error.back <= 1e-14)
    }
  }

  // Fails if one of the six passes runs over the wrong axis: all three lengths differ.
  @Test("residual in space")
  func space() {
    BLAS.useOneThread()
    let axes = [
      GridAxis(count: 33, spacing: 0.1, low: .dirichletFace, high: .neumannFace),
      GridAxis(periodic: 20, spacing: 0.2),
      GridAxis(count: 48, spacing: 0.05, low: .neumannNode, high: .dirichletNode),
    ]
    let smooth = (0..<(33 * 20 * 48)).map { 1 + 0.5 * sin(Double($0) * 1e-4) }
    #expect(residual(axes, smooth, shift: 0).back <= 1e-14)
    #expect(residual(axes, rough(33 * 20 * 48), shift: 0).plain <= 1e-12)
    let closed = [0, 1, 2].map { _ in
      GridAxis(count: 24, spacing: 0.1, low: .neumannFace, high: .neumannFace)
    }
    #expect(residual(closed, balanced(rough(24 * 24 * 24), closed), shift: 0).plain <= 1e-12)
  }

  // Fails if the eigenproblem is not that of the stencil: 4/h² sin²(θ/2) with the angle of each kind.
  @Test("eigenvalues in closed form")
  func eigenvalues() {
    let n = 40
    let cases: [(GridAxis.End, GridAxis.End, (Double) -> Double)] = [
      (.dirichletNode, .dirichletNode, { ($0 + 1) * .pi / 41 }),
      (.dirichletFace, .dirichletFace, { ($0 + 1) * .pi / 40 }),
      (.neumannFace, .neumannFace, { $0 * .pi / 40 }),
      (.neumannNode, .neumannNode, { $0 * .pi / 39 }),
      (.dirichletNode, .neumannFace, { ($0 + 0.5) * .pi / 40.5 }),
      (.neumannNode, .dirichletFace, { ($0 + 0.5) * .pi / 39.5 }),
    ]
    for (low, high, angle) in cases {
      let axis = GridAxis(count: n, spacing: 0.5, low: low, high: high)
      let values = FastDiagonalisation(axes: [axis, axis]).eigenvalues(ofAxis: 1)
      for k in 0..<n {
        let exact = 16 * pow(sin(angle(Double(k)) / 2), 2)
        #expect(abs(values[k] - exact) <= 16 * 40 * 0x1p-53)
      }
    }
    let ring = GridAxis(periodic: n, spacing: 0.5)
    let values = FastDiagonalisation(axes: [ring, ring]).eigenvalues(ofAxis: 0)
    for k in 0..<n {
      let exact = 16 * pow(sin(Double((k + 1) / 2) * .pi / 40), 2)
      #expect(abs(values[k] - exact) <= 16 * 40 * 0x1p-53)
    }
  }

  // Fails if an end is half a cell away from where it says: sin πx or cos πx, cos πy, cos 2πz.
  @Test("order 2 in space for every end", arguments: ends)
  func order(end: GridAxis.End) {
    BLAS.useOneThread()
    var errors: [Double] = []
    for n in [8, 16, 32] {
      let step =
        switch end {
        case .dirichletNode: 1 / Double(n + 1)
        case .neumannNode: 1 / Double(n - 1)
        default: 1 / Double(n)
        }
      let start =
        switch end {
        case .dirichletNode: step
        case .neumannNode: 0.0
        default: step / 2
        }
      let isFixed = end == .dirichletNode || end == .dirichletFace
      let h = 1 / Double(n)
      var solver = FastDiagonalisation(axes: [
        GridAxis(count: n, spacing: step, low: end, high: end),
        GridAxis(count: n, spacing: h, low: .neumannFace, high: .neumannFace),
        GridAxis(periodic: n, spacing: h),
      ])
      let exact = (0..<(n * n * n)).map { index in
        let x = start + step * Double(index % n)
        let y = h * (Double(index / n % n) + 0.5)
        let z = h * Double(index / n / n)
        let first = isFixed ? sin(.pi * x) : cos(.pi * x)
        return first * cos(.pi * y) * cos(2 * .pi * z)
      }
      let eigenvalue = 2 + 6 * Double.pi * Double.pi
      var u = exact.map { eigenvalue * $0 }
      solver.solve(&u, shift: 2)
      errors.append(zip(u, exact).map { abs($0 - $1) }.max() ?? .infinity)
    }
    // h is 1/(n ± 1) for nodes, so the ratio of spacings is not 2 there
    let ratio =
      switch end {
      case .dirichletNode: 33.0 / 17
      case .neumannNode: 31.0 / 15
      default: 2.0
      }
    let order = log(errors[1] / errors[2]) / log(ratio)
    #expect(abs(order - 2) < 0.1, "order \(order), errors \(errors)")
  }

  // Fails if a division by the zero eigenvalue passes: a constant has no answer between walls.
  @Test("drops the mean where nothing fixes it")
  func mean() {
    BLAS.useOneThread()
    let axis = GridAxis(count: 16, spacing: 0.3, low: .neumannFace, high: .neumannFace)
    var solver = FastDiagonalisation(axes: [axis, GridAxis(periodic: 12, spacing: 0.1)])
    let plain = rough(16 * 12)
    var (a, b) = (plain, plain.map { $0 + 5 })
    solver.solve(&a)
    solver.solve(&b)
    let size = a.map(abs).max() ?? 0
    #expect(abs(a.reduce(0, +)) <= 1e-12 * size * 192)
    for (x, y) in zip(a, b) { #expect(abs(x - y) <= 1e-11 * size) }
  }
}
