// Steady flow in a square cavity whose lid slides.
//
// Equation        that of CavityEquations; lengths in sides, speeds in the lid's, Re = U L / ν
// Discretisation  Newton's method on ψ with the band LU factor (half-band 2(n − 1), about 16 n⁴
//                 operations a step). The coarsest grid starts at rest and climbs to Re by
//                 doubling; each finer grid starts from the coarser one. Profiles are read on the
//                 centre lines by Lagrange's polynomial through six values, so that reading costs
//                 no order. Order 2
// Source          derivative by colours: Curtis, Powell & Reid 1974, J. Inst. Maths Applics 13, 117
//                 (not re-read)
// Deviation       none
// Validity        1e-3 ≤ Re ≤ 5000 as far as steady flow is stable; n even, at least 8. Boundary
//                 layers Re^(−1/2) need some ten cells: a single grid is no truth, use three
// Checked by      CavityTests: two independent tables, order, time-dependent solver

import Foundation
import LinearAlgebra

/// Steady solution on one grid.
public struct LidDrivenCavity: Sendable {
  /// U L / ν.
  public let reynolds: Double
  /// Cells along a side.
  public let cells: Int
  /// Stream function at the inner nodes, (cells − 1)², x fastest, in U·L; zero on the walls.
  public private(set) var streamFunction: [Double]
  /// Newton steps on the finest grid.
  public private(set) var steps = 0
  /// Largest change of ψ in the last step over the largest ψ.
  public private(set) var change = Double.infinity

  /// Solves the flow.
  /// - Throws: `InvalidFlow` for arguments outside the ranges above, or if Newton does not end.
  public init(reynolds: Double, cells: Int) throws(InvalidFlow) {
    try requirePositive("reynolds", reynolds)
    guard (1e-3...5000).contains(reynolds) else {
      throw InvalidFlow("reynolds", reynolds, expected: "1e-3 to 5000")
    }
    guard (8...256).contains(cells), cells % 2 == 0 else {
      throw InvalidFlow("cells", Double(cells), expected: "an even number from 8 to 256")
    }
    self.reynolds = reynolds
    self.cells = cells
    if cells % 4 == 0, cells >= 64 {
      let coarse = try LidDrivenCavity(reynolds: reynolds, cells: cells / 2)
      streamFunction = coarse.refined
    } else {
      streamFunction = [Double](repeating: 0, count: (cells - 1) * (cells - 1))
      var step = min(reynolds, 100)
      while step < reynolds {
        try solve(step)
        step = min(reynolds, 2 * step)
      }
    }
    try solve(reynolds)
  }

  private mutating func solve(_ reynolds: Double) throws(InvalidFlow) {
    var equations = CavityEquations(cells: cells, reynolds: reynolds)
    var matrix = BandLU()
    var residual = streamFunction
    change = .infinity
    steps = 0
    while change > 1e-10 {
      guard steps < 30, change.isFinite || steps == 0 else {
        throw InvalidFlow("change of the last Newton step", change, expected: "1e-10 or less")
      }
      equations.residual(streamFunction, into: &residual)
      equations.derivative(streamFunction, into: &matrix)
      guard matrix.factor() else {
        throw InvalidFlow("reynolds", reynolds, expected: "a flow with a regular derivative")
      }
      matrix.solve(&residual)
      var (step, size) = (0.0, 0.0)
      for index in residual.indices {
        streamFunction[index] -= residual[index]
        step = max(step, abs(residual[index]))
        size = max(size, abs(streamFunction[index]))
      }
      change = step / size
      steps += 1
    }
  }

  // ψ on twice as many cells: means of two and four nodes in between
  private var refined: [Double] {
    let (m, n) = (cells - 1, 2 * cells)
    func node(_ i: Int, _ j: Int) -> Double {
      i > 0 && i <= m && j > 0 && j <= m ? streamFunction[(j - 1) * m + i - 1] : 0
    }
    var fine = [Double](repeating: 0, count: (n - 1) * (n - 1))
    for j in 1..<n {
      for i in 1..<n {
        let (a, b) = (i / 2, j / 2)
        let (c, d) = ((i + 1) / 2, (j + 1) / 2)
        fine[(j - 1) * (n - 1) + i - 1] =
          0.25 * (node(a, b) + node(c, b) + node(a, d) + node(c, d))
      }
    }
    return fine
  }
}

extension LidDrivenCavity {
  /// Speed along the lid's direction on the line x = ½, at `height` from 0 to 1.
  public func horizontalSpeed(atHeight height: Double) -> Double {
    // u lies on the faces of the middle column of nodes
    let m = cells - 1
    let psi = [0] + (0..<m).map { streamFunction[$0 * m + m / 2] } + [0]
    return read(psi, sign: 1, low: 0, high: 1, at: height)
  }

  /// Upward speed on the line y = ½, at `position` from 0 to 1.
  public func verticalSpeed(atPosition position: Double) -> Double {
    let m = cells - 1
    let psi = [0] + streamFunction[(m / 2 * m)..<(m / 2 * m + m)] + [0]
    return read(psi, sign: -1, low: 0, high: 0, at: position)
  }

  /// The least stream function at a node: strength of the main vortex, negative.
  public var vortex: Double { streamFunction.min() ?? 0 }

  // speeds half-way between the nodes of a line, walls at its ends
  private func read(
    _ psi: [Double], sign: Double, low: Double, high: Double, at place: Double
  ) -> Double {
    precondition((0...1).contains(place), "place \(place) is outside the cavity")
    let n = Double(cells)
    let places = [0] + (0..<cells).map { (Double($0) + 0.5) / n } + [1]
    let values =
      [low] + (0..<cells).map { sign * n * (psi[$0 + 1] - psi[$0]) } + [high]
    let index = Int(place * n + 0.5)
    let start = min(max(0, index - 2), values.count - 6)
    var sum = 0.0
    for a in start..<(start + 6) {
      var weight = 1.0
      for b in start..<(start + 6) where b != a {
        weight *= (place - places[b]) / (places[a] - places[b])
      }
      sum += weight * values[a]
    }
    return sum
  }
}
