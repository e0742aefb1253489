// Divergence that gives back volume which transport took from the particles.
//
// Equation        s = −clamp(1 − ρ_p/ρ, ±0.1)/(10Δt) in cells whose neighbours are full, where ρ_p/ρ,
//                 the particles' volume under a quadratic B-spline, differs from 1 by more than 2 %
// Discretisation  beyond walls the spline has no liquid: 27/32 of it counts for each wall, which is what
//                 the lattice of particles at rest has inside (a smear of liquid has 5/6)
// Source          method note of this project
// Validity        a correction: its largest |s|Δt, at most 0.01, is reported
// Checked by      VolumeFlowTests (ledger)

extension VolumeParticles {
  /// s by slot, empty if there is none; with the largest |s|Δt.
  func source(
    _ weights: VolumeWeights, at points: [SIMD3<Double>], step: Double
  ) -> ([Double], Double) {
    let grid = weights.grid
    guard let (first, end) = weights.window() else { return ([], 0) }
    var isFull = [Bool](repeating: false, count: grid.slotCount)
    for i in first.x..<end.x {
      for j in first.y..<end.y {
        for k in first.z..<end.z where weights.mean(2 * i, 2 * j, 2 * k) > 0.999 {
          isFull[grid.slot(i, j, k)] = true
        }
      }
    }
    // cells whose neighbours in the box are full too
    var inner: [(slot: Int, share: Double)] = []
    for i in first.x..<end.x {
      for j in first.y..<end.y {
        for k in first.z..<end.z {
          var share = 1.0
          var isInner = true
          for a in (i - 1)...(i + 1) {
            for b in (j - 1)...(j + 1) {
              for c in (k - 1)...(k + 1) {
                let isOutside =
                  a < 0 || b < 0 || c < 0 || a >= grid.cells.x || b >= grid.cells.y
                  || c >= grid.cells.z
                if !isOutside, !isFull[grid.slot(a, b, c)] { isInner = false }
              }
            }
          }
          guard isInner else { continue }
          for (axis, place) in [(0, i), (1, j), (2, k)] where !grid.isPeriodic(axis) {
            if place == 0 { share *= 27.0 / 32 }
            if place == grid.cells[axis] - 1 { share *= 27.0 / 32 }
          }
          inner.append((grid.slot(i, j, k), share))
        }
      }
    }
    guard !inner.isEmpty else { return ([], 0) }
    let density = smoothVolume(grid, at: points)
    var source = [Double](repeating: 0, count: grid.slotCount)
    var largest = 0.0
    for cell in inner {
      let lack = 1 - density[cell.slot] / cell.share
      guard abs(lack) > 0.02 else { continue }
      let rate = -min(max(lack, -0.1), 0.1) / 10
      source[cell.slot] = rate / step
      largest = max(largest, abs(rate))
    }
    return largest > 0 ? (source, largest) : ([], 0)
  }

  /// Σ N₂ V/h³ at centres, by slot.
  private func smoothVolume(_ grid: VolumeGrid, at points: [SIMD3<Double>]) -> [Double] {
    var sums = [Double](repeating: 0, count: grid.slotCount)
    let scale = 1 / (grid.h * grid.h * grid.h)
    func weights(_ d: Double) -> SIMD3<Double> {
      SIMD3(0.5 * (0.5 - d) * (0.5 - d), 0.75 - d * d, 0.5 * (0.5 + d) * (0.5 + d))
    }
    for index in points.indices {
      let place = points[index] / grid.h
      let cell = place.rounded(.down)
      let d = place - cell - SIMD3(repeating: 0.5)
      let (wx, wy, wz) = (weights(d.x), weights(d.y), weights(d.z))
      let first = grid.slot(Int(cell.x) - 1, Int(cell.y) - 1, Int(cell.z) - 1)
      let share = scale * volumes[index]
      for p in 0..<3 {
        for q in 0..<3 {
          let row = first + p * grid.strides.x + q * grid.strides.y
          let weight = share * wx[p] * wy[q]
          for r in 0..<3 { sums[row + r] += weight * wz[r] }
        }
      }
    }
    return sums
  }
}
