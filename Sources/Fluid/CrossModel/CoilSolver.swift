// Newton's method for the two-point problem of CoilEquations on a mesh of its own.
//
// Equation        y' = f(y) on 0 ≤ σ ≤ 1, 11 conditions at 0 and 8 at 1
// Discretisation  on each interval Simpson's rule with the middle value of the cubic through both ends
//                 (Lobatto IIIA, three stages, order 4); derivatives by central differences; band LU
//                 of half-band 29; a step is halved while the next one would not be smaller. Points
//                 are moved so that turning, bending and stretching are spread evenly over the intervals
// Source          scheme: Kierzenka & Shampine 2001, ACM Trans. Math. Softw. 27, 299; test of a step:
//                 Deuflhard 1974, Numer. Math. 22, 289 (neither re-read)
// Deviation       a fixed number of points instead of a tolerance: levels are h, h/2, h/4
// Validity        a start near the solution; `converge` says whether it got there
// Checked by      BendingThreadTests

import Foundation
import LinearAlgebra

/// A mesh with the nineteen unknowns at its points.
struct CoilSolver: Sendable {
  private static let size = CoilEquations.size
  /// Points in σ, ascending from 0 to 1.
  private(set) var mesh: [Double]
  /// Values, nineteen a point.
  private(set) var values: [Double]
  /// Newton steps so far.
  private(set) var iterations = 0
  private var matrix = BandLU()

  init(mesh: [Double], values: [Double]) {
    (self.mesh, self.values) = (mesh, values)
  }

  var intervals: Int { mesh.count - 1 }

  /// Largest size of each unknown over the rope, at least 1e-3.
  private var scales: [Double] {
    var result = [Double](repeating: 1e-3, count: Self.size)
    for index in values.indices {
      result[index % Self.size] = max(result[index % Self.size], abs(values[index]))
    }
    return result
  }

  /// Solves from the present values; false leaves them as they were.
  mutating func converge(_ equations: CoilEquations) -> Bool {
    let start = values
    var residual = self.residual(equations, values)
    for _ in 0..<40 {
      iterations += 1
      let scale = scales
      assemble(equations)
      guard matrix.factor() else { break }
      matrix.solve(&residual)
      let size = norm(residual, scale)
      guard size.isFinite else { break }

      // what the same factor would correct next must be smaller: a test that does not depend on the
      // units of the rows. After four halves the step is taken all the same
      var part = 1.0
      var (trial, next, nextSize) = (values, residual, Double.infinity)
      while true {
        for index in trial.indices { trial[index] = values[index] - part * residual[index] }
        next = self.residual(equations, trial)
        var correction = next
        matrix.solve(&correction)
        nextSize = norm(correction, scale)
        if nextSize < (1 - 0.4 * part) * size || part < 0.1 { break }
        part /= 2
      }
      guard nextSize.isFinite else { break }
      (values, residual) = (trial, next)
      if part == 1, size < 1e-6, nextSize < 1e-9 { return true }
    }
    values = start
    return false
  }

  /// Root mean square of a step, each unknown in its own scale.
  private func norm(_ step: [Double], _ scale: [Double]) -> Double {
    var sum = 0.0
    for index in step.indices {
      let part = step[index] / scale[index % Self.size]
      sum += part * part
    }
    return sum.isNaN ? .infinity : (sum / Double(step.count)).squareRoot()
  }

  private func residual(_ equations: CoilEquations, _ values: [Double]) -> [Double] {
    let (n, m) = (intervals, Self.size)
    var result = [Double](repeating: 0, count: values.count)
    var low = [Double](repeating: 0, count: m)
    var (high, middle, centre) = (low, low, low)
    values.withUnsafeBufferPointer { values in
      result.withUnsafeMutableBufferPointer { result in
        guard let y = values.baseAddress, let r = result.baseAddress else { return }
        equations.nozzle(y, into: r)
        equations.plate(y + n * m, into: r + CoilEquations.above + n * m)
        equations.rate(y, into: &low)
        for i in 0..<n {
          let (a, b) = (y + i * m, y + (i + 1) * m)
          let h = mesh[i + 1] - mesh[i]
          equations.rate(b, into: &high)
          for j in 0..<m { middle[j] = 0.5 * (a[j] + b[j]) - h / 8 * (high[j] - low[j]) }
          equations.rate(middle, into: &centre)
          let row = r + CoilEquations.above + i * m
          for j in 0..<m {
            row[j] = b[j] - a[j] - h / 6 * (low[j] + 4 * centre[j] + high[j])
          }
          swap(&low, &high)
        }
      }
    }
    return result
  }

  /// Unknowns in the middle of an interval.
  func middle(_ equations: CoilEquations, _ interval: Int) -> [Double] {
    let m = Self.size
    let a = Array(values[(interval * m)..<((interval + 1) * m)])
    let b = Array(values[((interval + 1) * m)..<((interval + 2) * m)])
    var (low, high) = ([Double](repeating: 0, count: m), [Double](repeating: 0, count: m))
    equations.rate(a, into: &low)
    equations.rate(b, into: &high)
    let h = mesh[interval + 1] - mesh[interval]
    return (0..<m).map { 0.5 * (a[$0] + b[$0]) - h / 8 * (high[$0] - low[$0]) }
  }

  // ∂f/∂y by columns, at one point
  private func slope(
    _ function: (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void, rows: Int,
    at point: [Double]
  ) -> [Double] {
    let m = Self.size
    var result = [Double](repeating: 0, count: m * rows)
    var (ahead, back) = ([Double](repeating: 0, count: rows), [Double](repeating: 0, count: rows))
    var y = point
    for column in 0..<m {
      let step = 1e-6 * max(1e-2, abs(point[column]))
      y[column] = point[column] + step
      function(y, &ahead)
      y[column] = point[column] - step
      function(y, &back)
      y[column] = point[column]
      for row in 0..<rows { result[column * rows + row] = (ahead[row] - back[row]) / (2 * step) }
    }
    return result
  }

  private mutating func assemble(_ equations: CoilEquations) {
    let (n, m, above) = (intervals, Self.size, CoilEquations.above)
    matrix.reset(size: values.count, halfBand: 29)
    let rate = { (y: UnsafePointer<Double>, f: UnsafeMutablePointer<Double>) in
      equations.rate(y, into: f)
    }
    func point(_ index: Int) -> [Double] { Array(values[(index * m)..<((index + 1) * m)]) }
    let top = slope({ equations.nozzle($0, into: $1) }, rows: above, at: point(0))
    let bottom = slope({ equations.plate($0, into: $1) }, rows: m - above, at: point(n))
    for column in 0..<m {
      for row in 0..<above { matrix[row, column] = top[column * above + row] }
      for row in 0..<(m - above) {
        matrix[above + n * m + row, n * m + column] = bottom[column * (m - above) + row]
      }
    }

    var f = [Double](repeating: 0, count: m)
    var (fNext, middle, through, across) = (f, f, f, f)
    var low = slope(rate, rows: m, at: point(0))
    equations.rate(point(0), into: &f)
    for i in 0..<n {
      let (a, b) = (point(i), point(i + 1))
      let h = mesh[i + 1] - mesh[i]
      equations.rate(b, into: &fNext)
      for j in 0..<m { middle[j] = 0.5 * (a[j] + b[j]) - h / 8 * (fNext[j] - f[j]) }
      let centre = slope(rate, rows: m, at: middle)
      let high = slope(rate, rows: m, at: b)
      let row = above + i * m
      for column in 0..<m {
        // the middle depends on both ends: (1/2 ± h/8 f') of each
        for e in 0..<m {
          through[e] = 0.5 * centre[column * m + e]
          across[e] = through[e]
        }
        for j in 0..<m {
          let (before, behind) = (h / 8 * low[column * m + j], h / 8 * high[column * m + j])
          if before == 0, behind == 0 { continue }
          for e in 0..<m {
            through[e] += before * centre[j * m + e]
            across[e] -= behind * centre[j * m + e]
          }
        }
        for e in 0..<m {
          let unit = e == column ? 1.0 : 0
          matrix[row + e, i * m + column] = -unit - h / 6 * (low[column * m + e] + 4 * through[e])
          matrix[row + e, (i + 1) * m + column] =
            unit - h / 6 * (high[column * m + e] + 4 * across[e])
        }
      }
      swap(&f, &fNext)
      low = high
    }
  }

  /// Moves `count` + 1 points to where the rope turns, bends and stretches.
  mutating func remesh(_ equations: CoilEquations, intervals count: Int) {
    let (n, m) = (intervals, Self.size)
    let top = (0...n).reduce(1e-9) { top, i in
      (0..<3).reduce(top) { max($0, abs(values[i * m + CoilEquations.moment + $1])) }
    }
    var rates = [Double](repeating: 0, count: (n + 1) * m)
    for i in 0...n {
      let y = Array(values[(i * m)..<((i + 1) * m)])
      var f = [Double](repeating: 0, count: m)
      equations.rate(y, into: &f)
      for j in 0..<m { rates[i * m + j] = f[j] }
    }
    let density = (0...n).map { i in
      var sum = 4 + pow(rates[i * m + CoilEquations.speed], 2)
      for axis in 0..<3 {
        sum += pow(rates[i * m + 3 + axis], 2)
        sum += pow(rates[i * m + CoilEquations.moment + axis] / top, 2)
      }
      return sum.squareRoot()
    }
    var total = [0.0]
    for i in 0..<n {
      total.append(total[i] + 0.5 * (density[i] + density[i + 1]) * (mesh[i + 1] - mesh[i]))
    }

    // cubic through values and slopes, so that no accuracy is lost on the way
    var (newMesh, newValues) = ([Double](), [Double]())
    var i = 0
    for k in 0...count {
      let goal = total[n] * Double(k) / Double(count)
      while i < n - 1, total[i + 1] < goal { i += 1 }
      let part = min(1, max(0, (goal - total[i]) / (total[i + 1] - total[i])))
      let h = mesh[i + 1] - mesh[i]
      newMesh.append(mesh[i] + part * h)
      let square = part * part
      let cube = square * part
      let (a, b) = (2 * cube - 3 * square + 1, cube - 2 * square + part)
      let (c, d) = (3 * square - 2 * cube, cube - square)
      for j in 0..<m {
        newValues.append(
          a * values[i * m + j] + c * values[(i + 1) * m + j]
            + h * (b * rates[i * m + j] + d * rates[(i + 1) * m + j]))
      }
    }
    newMesh[count] = 1
    (mesh, values) = (newMesh, newValues)
  }
}
