// Discrete momentum of the lid-driven cavity with the pressure eliminated.
//
// Equation        u·∇u = −∇p + ∇²u/Re, ∇·u = 0 in the unit square; u = (1, 0) on y = 1, else 0
// Discretisation  staggered (MAC) grid, n×n cells: u on x-faces, v on y-faces, p in cells; central
//                 conservative differences, order 2; a wall along a face mirrors the velocity.
//                 u = δψ/δy, v = −δψ/δx with ψ at nodes is every discretely divergence-free field,
//                 and the circulation of the momentum residual round a node loses p exactly: one
//                 equation with 13 points for each inner node, the MAC equations and no others
// Source          grid: Harlow & Welch 1965, Phys. Fluids 8, 2182
// Deviation       none; the corner between lid and wall lies on no unknown
// Validity        steady plane flow, n ≥ 4
// Checked by      CavityTests: independent tables, order, the time-dependent solver's steady state

import LinearAlgebra

/// Residual of the steady cavity and its derivative, both for ψ at the (n−1)² inner nodes.
struct CavityEquations {
  let cells: Int
  let reynolds: Double
  /// (n+1)² values, x fastest, zero on the boundary.
  private var nodes: [Double]
  /// Momentum residuals of u, (n+1)·n, and of v, n·(n+1); times the cell's edge.
  private var alongX: [Double]
  private var alongY: [Double]
  /// Faces with one layer of ghosts: u is (n+1)·(n+2), v is (n+2)·(n+1).
  private var u: [Double]
  private var v: [Double]

  init(cells: Int, reynolds: Double) {
    (self.cells, self.reynolds) = (cells, reynolds)
    let n = cells
    nodes = [Double](repeating: 0, count: (n + 1) * (n + 1))
    alongX = [Double](repeating: 0, count: (n + 1) * n)
    alongY = [Double](repeating: 0, count: n * (n + 1))
    u = [Double](repeating: 0, count: (n + 1) * (n + 2))
    v = [Double](repeating: 0, count: (n + 2) * (n + 1))
  }

  /// Half-band of the derivative: two rows of nodes.
  var halfBand: Int { 2 * (cells - 1) }

  /// Velocities on the faces from ψ; index (row+1)·(n+1)+i for u, row·(n+2)+i+1 for v.
  mutating func velocities(_ psi: [Double]) -> (u: [Double], v: [Double]) {
    fill(psi)
    return (u, v)
  }

  private mutating func fill(_ psi: [Double]) {
    let n = cells
    let m = n - 1
    let scale = Double(n)
    for j in 1..<n { for i in 1..<n { nodes[j * (n + 1) + i] = psi[(j - 1) * m + i - 1] } }
    nodes.withUnsafeBufferPointer { p in
      u.withUnsafeMutableBufferPointer { u in
        for j in 0..<n {
          let (from, to) = (j * (n + 1), (j + 1) * (n + 1))
          for i in 0...n { u[to + i] = scale * (p[from + n + 1 + i] - p[from + i]) }
        }
        // the wall at rest and the lid, half a cell away
        for i in 0...n {
          u[i] = -u[n + 1 + i]
          u[(n + 1) * (n + 1) + i] = 2 - u[n * (n + 1) + i]
        }
      }
      v.withUnsafeMutableBufferPointer { v in
        for j in 0...n {
          let (from, to) = (j * (n + 1), j * (n + 2) + 1)
          for i in 0..<n { v[to + i] = -scale * (p[from + i + 1] - p[from + i]) }
          v[to - 1] = -v[to]
          v[to + n] = -v[to + n - 1]
        }
      }
    }
  }

  /// Circulation of the momentum residual round every inner node; zero for the solution.
  mutating func residual(_ psi: [Double], into result: inout [Double]) {
    fill(psi)
    let n = cells
    let friction = Double(n) / reynolds
    u.withUnsafeBufferPointer { u in
      v.withUnsafeBufferPointer { v in
        alongX.withUnsafeMutableBufferPointer { r in
          let row = n + 1
          for j in 0..<n {
            for i in 1..<n {
              let c = (j + 1) * row + i
              let below = j * (n + 2) + i
              let above = below + n + 2
              let (own, left, right, down, up) = (u[c], u[c - 1], u[c + 1], u[c - row], u[c + row])

              // flux of x-momentum through the four sides, then the viscous star
              let east = 0.25 * (own + right) * (own + right)
              let west = 0.25 * (own + left) * (own + left)
              let north = 0.25 * (own + up) * (v[above] + v[above + 1])
              let south = 0.25 * (own + down) * (v[below] + v[below + 1])
              let star = left + right + down + up - 4 * own
              r[j * row + i] = east - west + north - south - friction * star
            }
          }
        }
        alongY.withUnsafeMutableBufferPointer { r in
          let row = n + 2
          for j in 1..<n {
            for i in 0..<n {
              let c = j * row + i + 1
              let before = j * (n + 1) + i
              let behind = before + n + 1
              let (own, left, right, down, up) = (v[c], v[c - 1], v[c + 1], v[c - row], v[c + row])
              let north = 0.25 * (own + up) * (own + up)
              let south = 0.25 * (own + down) * (own + down)
              let east = 0.25 * (own + right) * (u[before + 1] + u[behind + 1])
              let west = 0.25 * (own + left) * (u[before] + u[behind])
              let star = left + right + down + up - 4 * own
              r[j * n + i] = east - west + north - south - friction * star
            }
          }
        }
      }
    }

    // round a node: the differences of p cancel in fours
    let m = n - 1
    for j in 1..<n {
      for i in 1..<n {
        let shear = alongX[j * (n + 1) + i] - alongX[(j - 1) * (n + 1) + i]
        result[(j - 1) * m + i - 1] = shear - alongY[j * n + i] + alongY[j * n + i - 1]
      }
    }
  }

  /// The derivative of the residual at ψ. The residual is a polynomial of degree two, so half its
  /// difference between ψ + e and ψ − e is the derivative along e, exactly. The 13-point diamonds
  /// of nodes of one colour (i + 5j) mod 13 do not overlap, so 13 pairs give every column.
  mutating func derivative(_ psi: [Double], into matrix: inout BandLU) {
    let m = cells - 1
    matrix.reset(size: m * m, halfBand: halfBand)
    let size = 0.1 / Double(cells)
    var (ahead, back) = (psi, psi)
    var (plus, minus) = (psi, psi)
    for colour in 0..<13 {
      for j in 0..<m {
        for i in 0..<m where (i + 5 * j) % 13 == colour {
          ahead[j * m + i] = psi[j * m + i] + size
          back[j * m + i] = psi[j * m + i] - size
        }
      }
      residual(ahead, into: &plus)
      residual(back, into: &minus)
      for j in 0..<m {
        for i in 0..<m where (i + 5 * j) % 13 == colour {
          let column = j * m + i
          ahead[column] = psi[column]
          back[column] = psi[column]
          for dj in max(-2, -j)...min(2, m - 1 - j) {
            let reach = 2 - abs(dj)
            for di in max(-reach, -i)...min(reach, m - 1 - i) {
              let row = column + dj * m + di
              matrix[row, column] = (plus[row] - minus[row]) / (2 * size)
            }
          }
        }
      }
    }
  }
}
