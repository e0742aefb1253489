// How much liquid each sample of the grid owns: one field for centres, faces and edges.
//
// Equation        W = mean of the liquid fraction over the eight half-size cells around the sample
// Source          Batty & Bridson 2010, arXiv:1010.2832 (variational weights)
// Deviation       one field of half cells: separate fields for faces and edges leave liquid hanging
// Validity        fractions from 0 to 1; what lies outside the box counts 0
// Checked by      StressSystemTests (mound), VolumeParticlesTests

public struct VolumeWeights: Sendable {
  public let grid: VolumeGrid
  /// What solids leave.
  public let room: VolumeRoom
  /// Half cell (a, b, c) at (a·2ny + b)·2nz + c.
  public var halves: [Double]

  public init(grid: VolumeGrid, room: VolumeRoom = VolumeRoom()) {
    (self.grid, self.room) = (grid, room)
    halves = [Double](repeating: 0, count: 8 * grid.cells.x * grid.cells.y * grid.cells.z)
  }

  /// Liquid of a body by counting points: `samples` a side in every half cell.
  public init(
    grid: VolumeGrid, room: VolumeRoom = VolumeRoom(), samples: Int,
    _ isLiquid: (SIMD3<Double>) -> Bool
  ) {
    self.init(grid: grid, room: room)
    let size = 0.5 * grid.h
    let share = 1 / Double(samples * samples * samples)
    for a in 0..<(2 * grid.cells.x) {
      for b in 0..<(2 * grid.cells.y) {
        for c in 0..<(2 * grid.cells.z) {
          var count = 0
          for p in 0..<samples {
            let x = (Double(a) + (Double(p) + 0.5) / Double(samples)) * size
            for q in 0..<samples {
              let y = (Double(b) + (Double(q) + 0.5) / Double(samples)) * size
              for r in 0..<samples {
                let z = (Double(c) + (Double(r) + 0.5) / Double(samples)) * size
                if isLiquid(SIMD3(x, y, z)) { count += 1 }
              }
            }
          }
          halves[place(a, b, c)] = Double(count) * share
        }
      }
    }
  }

  @inlinable
  func place(_ a: Int, _ b: Int, _ c: Int) -> Int {
    (a * 2 * grid.cells.y + b) * 2 * grid.cells.z + c
  }

  /// In m³.
  public var volume: Double {
    halves.reduce(0, +) * grid.h * grid.h * grid.h / 8
  }

  /// Mean over the eight half cells above (a, b, c), which may begin at −1.
  func mean(_ a: Int, _ b: Int, _ c: Int) -> Double {
    0.125 * VolumeCells(grid).sum(halves, SIMD3(a, b, c)).sum
  }

  /// Box of cells (first, one past the last) that hold liquid; nil if none does.
  func window() -> (SIMD3<Int>, SIMD3<Int>)? {
    var (first, end) = (grid.cells, SIMD3<Int>.zero)
    let (ny, nz) = (2 * grid.cells.y, 2 * grid.cells.z)
    for a in 0..<(2 * grid.cells.x) {
      for b in 0..<ny {
        let row = (a * ny + b) * nz
        var (from, to) = (row, row + nz)
        while from < to, halves[from] == 0 { from += 1 }
        guard from < to else { continue }
        while halves[to - 1] == 0 { to -= 1 }
        let (low, high) = ((from - row) / 2, (to - row + 1) / 2)
        first = SIMD3(min(first.x, a / 2), min(first.y, b / 2), min(first.z, low))
        end = SIMD3(max(end.x, a / 2 + 1), max(end.y, b / 2 + 1), max(end.z, high))
      }
    }
    return first.x < end.x ? (first, end) : nil
  }
}
