// What surface tension does to the faces of the grid.
//
// Equation        power on the liquid −γ ∫ κ u·n dA = γ ∫ κ u·∇χ dV with χ the liquid's share of a cell
// Discretisation  γ κ (difference of χ across a face) × (area of the face); κ of the surface in the two
//                 cells of the face. A ball of constant κ feels nothing at all, since the sum over faces is
//                 then a sum of χ times discrete divergences: no currents from the grid
// Source          balanced forces: Francois et al. 2006, J. Comput. Phys. 213, 141
// Deviation       the surface is the polygon itself, so that κ needs no differences of χ; explicit in time
// Validity        steps below `limit`; no law of wetting: no slip holds the line where liquid meets a wall
// Checked by      SurfaceTensionTests: a ball at rest, the oscillation and the creeping relaxation of a drop

enum SurfaceTension {
  /// Half-width of the parabolas of the curvature, in cells.
  static let window = 2.0

  /// Sets the pull of the surface on faces inside the grid. `tension` in N/m.
  static func pull(_ tension: Double, of surface: LiquidSurface, on problem: inout StreamProblem) {
    let grid = problem.grid
    let curvature = CellCurvature(surface, grid)
    problem.rPull = [Double](repeating: 0, count: (grid.nr + 1) * grid.nz)
    problem.zPull = [Double](repeating: 0, count: grid.nr * (grid.nz + 1))
    var share = [Double](repeating: 0, count: grid.nr * grid.nz)
    for i in 0..<grid.nr {
      let full = grid.metric(Double(i) + 0.5) * grid.hr * grid.hz
      for j in 0..<grid.nz { share[i * grid.nz + j] = problem.weights.centre(i, j) / full }
    }
    for i in 0..<grid.nr {
      for j in 0..<grid.nz {
        let here = share[i * grid.nz + j]
        if i > 0 {
          let step = here - share[(i - 1) * grid.nz + j]
          if step != 0 {
            problem.rPull[i * grid.nz + j] =
              tension * curvature.at((i - 1, j), (i, j)) * step * grid.metric(Double(i)) * grid.hz
          }
        }
        if j > 0 {
          let step = here - share[i * grid.nz + j - 1]
          if step != 0 {
            problem.zPull[i * (grid.nz + 1) + j] =
              tension * curvature.at((i, j - 1), (i, j)) * step
              * grid.metric(Double(i) + 0.5) * grid.hr
          }
        }
      }
    }
  }

  /// Longest step in s: a part of that with which the explicit pull is stable. Waves of two cells, or their
  /// creeping decay, of which the surface half a step on makes Adams and Bashforth's two-step rule, stable
  /// up to 2μh/(πγ) (measured: 0.5 μh/γ holds a ball for 200 steps, 1 μh/γ does not).
  static func limit(_ tension: Double, density: Double, viscosity: Double, edge: Double) -> Double {
    guard tension > 0 else { return .infinity }
    let wave = 0.5 * (density * edge * edge * edge / (2 * Double.pi * tension)).squareRoot()
    return max(wave, 0.3 * viscosity * edge / tension)
  }
}

/// Mean curvature of the surface in the cells that it passes.
private struct CellCurvature {
  private let grid: MeridianGrid
  /// ∫ κ ds and ∫ ds.
  private var sums: [Double]
  private var lengths: [Double]

  init(_ surface: LiquidSurface, _ grid: MeridianGrid) {
    self.grid = grid
    sums = [Double](repeating: 0, count: grid.nr * grid.nz)
    lengths = sums
    let values = surface.curvatures(window: SurfaceTension.window * grid.h)
    for index in 1..<max(1, surface.points.count) {
      let (a, b) = (surface.points[index - 1], surface.points[index])
      let cell = place(0.5 * (a.r + b.r), 0.5 * (a.z + b.z))
      let length = a.distance(to: b)
      sums[cell] += 0.5 * (values[index - 1] + values[index]) * length
      lengths[cell] += length
    }
  }

  private func place(_ r: Double, _ z: Double) -> Int {
    let i = min(grid.nr - 1, max(0, Int(r / grid.hr)))
    let j = min(grid.nz - 1, max(0, Int(z / grid.hz)))
    return i * grid.nz + j
  }

  /// Of two cells that share a face; of those around them if the surface passes neither.
  func at(_ a: (i: Int, j: Int), _ b: (i: Int, j: Int)) -> Double {
    let (one, two) = (a.i * grid.nz + a.j, b.i * grid.nz + b.j)
    let length = lengths[one] + lengths[two]
    if length > 0 { return (sums[one] + sums[two]) / length }
    var (sum, whole) = (0.0, 0.0)
    for i in max(0, a.i - 1)...min(grid.nr - 1, b.i + 1) {
      for j in max(0, a.j - 1)...min(grid.nz - 1, b.j + 1) {
        sum += sums[i * grid.nz + j]
        whole += lengths[i * grid.nz + j]
      }
    }
    return whole > 0 ? sum / whole : 0
  }
}
