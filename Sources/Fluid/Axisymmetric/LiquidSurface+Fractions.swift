// Exact liquid volumes of half cells from the polygon.
//
// Equation        Green: ∫ r dr dz over a half cell = −∮ (r² − r₀²)/2 dz along the edges in it, and the
//                 full width of the cell for every edge that passes in its row farther out
// Discretisation  edges are cut at rows and columns; one sum along each row. No sampling
// Validity        points inside the grid; parts that overlap count once
// Checked by      LiquidSurfaceTests

extension LiquidSurface {
  /// Fills the weights; returns the volume that overlapping parts of the surface lost.
  @discardableResult
  public func fill(_ weights: inout LiquidWeights) -> Double {
    let grid = weights.grid
    let (columns, rows) = (2 * grid.nr, 2 * grid.nz)
    let (width, height) = (0.5 * grid.hr, 0.5 * grid.hz)
    var cover = [Double](repeating: 0, count: columns * rows)
    weights.halves = [Double](repeating: 0, count: columns * rows)
    for index in 1..<max(1, points.count) {
      let (a, b) = (points[index - 1], points[index])
      guard a.z != b.z else { continue }
      // cut at rows, then at columns; t runs from a to b
      let (low, high) = (min(a.z, b.z) / height, max(a.z, b.z) / height)
      let first = max(0, Int(low))
      let last = min(rows - 1, Int(high))
      guard first <= last else { continue }
      for row in first...last {
        let bottom = max(low, Double(row))
        let top = min(high, Double(row + 1))
        guard top > bottom else { continue }
        let slope = (b.r - a.r) / (b.z - a.z)
        let r0 = a.r + slope * (bottom * height - a.z)
        let r1 = a.r + slope * (top * height - a.z)
        // downward edges carry liquid on the axis' side
        let sign = a.z > b.z ? 1.0 : -1.0
        add(
          row, (bottom * height, r0), (top * height, r1), sign, grid, width, &cover,
          &weights.halves)
      }
    }
    var lost = 0.0
    for row in 0..<rows {
      var sum = 0.0
      for column in stride(from: columns - 1, through: 0, by: -1) {
        let place = column * rows + row
        let full = weights.full(column)
        // heights of edges farther out times the width of this cell
        let value = weights.halves[place] + sum * full / height
        sum += cover[place]
        weights.halves[place] = min(max(value, 0), full)
        lost += value - weights.halves[place]
      }
    }
    return lost
  }

  /// A piece of an edge within one row, cut at columns.
  @inline(__always)
  private func add(
    _ row: Int, _ start: (z: Double, r: Double), _ end: (z: Double, r: Double), _ sign: Double,
    _ grid: MeridianGrid, _ width: Double, _ cover: inout [Double], _ halves: inout [Double]
  ) {
    let rows = 2 * grid.nz
    let columns = 2 * grid.nr
    let (inner, outer) = start.r <= end.r ? (start, end) : (end, start)
    let from = min(columns - 1, max(0, Int(inner.r / width)))
    let to = min(columns - 1, max(from, Int(outer.r / width)))
    var (r, z) = (inner.r, inner.z)
    for column in from...to {
      let edge = column == to ? outer.r : Double(column + 1) * width
      let next =
        column == to
        ? outer.z : inner.z + (edge - inner.r) / (outer.r - inner.r) * (outer.z - inner.z)
      let dz = abs(next - z) * sign
      let r0 = Double(column) * width
      let base = isPlane ? r0 : 0.5 * r0 * r0
      halves[column * rows + row] += dz * (moment(r, edge) - base)
      cover[column * rows + row] += dz
      (r, z) = (edge, next)
    }
  }
}
