// Solid bodies at rest in the box: the wall of a cup, a ball.
//
// Equation        no slip: u = 0 on the body. A sample that is partly solid has room f, the share of it that
//                 is not; its strain is taken over f of the cell, e/f, and acts in f of its volume
// Discretisation  room of half cells by counting 8³ points of those that the surface cuts; faces that are
//                 at least half solid are at rest, all others are unknowns with the mass of their liquid
// Source          Batty, Bertails & Bridson 2007, ACM Trans. Graph. 26(3), 100 (fractions instead of masks);
//                 e/f is what makes a wall between cells, f = ½, count twice
// Validity        bodies and gaps of at least six cells; bodies keep their place
// Checked by      VolumeSolidTests: a ball in a periodic lattice, liquid at rest in a cup

/// A body at rest.
public enum VolumeSolid: Sendable, Hashable {
  /// All that lies outside a vertical cylinder and below the rim, in m.
  case cup(x: Double, y: Double, radius: Double, rim: Double)
  /// In m.
  case ball(centre: SIMD3<Double>, radius: Double)

  /// Distance from the surface, positive outside the solid, in m.
  public func distance(_ point: SIMD3<Double>) -> Double {
    switch self {
    case .cup(let x, let y, let radius, let rim):
      let (a, b) = (point.x - x, point.y - y)
      let inward = radius - (a * a + b * b).squareRoot()
      let above = point.z - rim
      if inward < 0, above > 0 { return above }
      if inward >= 0, above > 0 { return (inward * inward + above * above).squareRoot() }
      return max(inward, above)
    case .ball(let centre, let radius):
      let way = point - centre
      return (way * way).sum().squareRoot() - radius
    }
  }

  /// The nearest point that is at least `rim` (m) outside.
  func held(_ point: SIMD3<Double>, rim gap: Double) -> SIMD3<Double> {
    let depth = gap - distance(point)
    guard depth > 0 else { return point }
    switch self {
    case .cup(let x, let y, let radius, let rim):
      let (a, b) = (point.x - x, point.y - y)
      let r = (a * a + b * b).squareRoot()
      // over the rim or back into the cup, whichever is nearer
      if rim - point.z < r - radius { return SIMD3(point.x, point.y, rim + gap) }
      let scale = max(radius - gap, 0) / max(r, 1e-300)
      return SIMD3(x + a * scale, y + b * scale, point.z)
    case .ball(let centre, let radius):
      let way = point - centre
      let r = (way * way).sum().squareRoot()
      guard r > 0 else { return centre + SIMD3(0, 0, radius + gap) }
      return centre + (radius + gap) / r * way
    }
  }

  func check() throws(InvalidFlow) {
    switch self {
    case .cup(_, _, let radius, let rim):
      try requirePositive("cup radius", radius)
      try requirePositive("cup rim", rim)
    case .ball(_, let radius): try requirePositive("ball radius", radius)
    }
  }
}

/// What solids leave of a grid.
public struct VolumeRoom: Sendable {
  let solids: [VolumeSolid]
  /// Share of half cells that is not solid, in the order of `VolumeWeights.halves`; empty: no solids.
  let halves: [Double]
  /// Lower faces that are at rest: slot and axis.
  let closed: [(slot: Int, axis: Int)]

  /// Nothing solid.
  public init() { (solids, halves, closed) = ([], [], []) }

  /// - Throws: `InvalidFlow` for a body without size.
  public init(_ solids: [VolumeSolid], grid: VolumeGrid) throws(InvalidFlow) {
    for solid in solids { try solid.check() }
    self.solids = solids
    guard !solids.isEmpty else {
      (halves, closed) = ([], [])
      return
    }
    let size = 0.5 * grid.h
    let (nx, ny, nz) = (2 * grid.cells.x, 2 * grid.cells.y, 2 * grid.cells.z)
    var halves = [Double](repeating: 1, count: nx * ny * nz)
    for a in 0..<nx {
      for b in 0..<ny {
        for c in 0..<nz {
          let corner = size * SIMD3(Double(a), Double(b), Double(c))
          halves[(a * ny + b) * nz + c] = VolumeRoom.share(solids, corner, size)
        }
      }
    }
    self.halves = halves
    closed = VolumeRoom.closed(halves, grid)
  }

  /// Share of a half cell that no solid takes.
  private static func share(
    _ solids: [VolumeSolid], _ corner: SIMD3<Double>, _ size: Double
  ) -> Double {
    let middle = corner + SIMD3(repeating: 0.5 * size)
    // the farthest corner is √3/2 of the edge away
    let reach = 0.8661 * size
    var isCut = false
    for solid in solids {
      let distance = solid.distance(middle)
      if distance <= -reach { return 0 }
      if distance < reach { isCut = true }
    }
    guard isCut else { return 1 }
    let samples = 8
    var count = 0
    for p in 0..<samples {
      for q in 0..<samples {
        for r in 0..<samples {
          let way = SIMD3(Double(p) + 0.5, Double(q) + 0.5, Double(r) + 0.5)
          let point = corner + size / Double(samples) * way
          if solids.allSatisfy({ $0.distance(point) >= 0 }) { count += 1 }
        }
      }
    }
    return Double(count) / Double(samples * samples * samples)
  }

  private static func closed(
    _ halves: [Double], _ grid: VolumeGrid
  ) -> [(slot: Int, axis: Int)] {
    let cells = VolumeCells(grid)
    var result: [(slot: Int, axis: Int)] = []
    for i in 0...grid.last(0) {
      for j in 0...grid.last(1) {
        for k in 0...grid.last(2) {
          for axis in 0..<3 {
            var corner = SIMD3(2 * i, 2 * j, 2 * k)
            corner[axis] -= 1
            let isFace = (0..<3).allSatisfy { $0 == axis || [i, j, k][$0] < grid.cells[$0] }
            let (sum, count) = cells.sum(halves, corner)
            if isFace, VolumeRoom.isClosed(sum, count) {
              result.append((grid.slot(i, j, k), axis))
            }
          }
        }
      }
    }
    return result
  }

  /// Share of a half cell, by its place in `VolumeWeights.halves`, that is not solid.
  public func share(_ place: Int) -> Double { halves.isEmpty ? 1 : halves[place] }

  /// Share of the eight half cells above `corner` (which may begin at −1) that is not solid, of those that
  /// lie in the box.
  func open(_ grid: VolumeGrid, _ corner: SIMD3<Int>) -> Double {
    guard !halves.isEmpty else { return 1 }
    let (sum, count) = VolumeCells(grid).sum(halves, corner)
    return count > 0 ? sum / Double(count) : 1
  }

  /// Whether the face that owns the eight half cells above `corner` is at rest: its middle lies in a solid.
  /// (Then the strain beside it is taken up to the wall; an open one would glide along the wall.)
  func isClosed(_ grid: VolumeGrid, _ corner: SIMD3<Int>) -> Bool {
    guard !halves.isEmpty else { return false }
    let (sum, count) = VolumeCells(grid).sum(halves, corner)
    return VolumeRoom.isClosed(sum, count)
  }

  private static func isClosed(_ sum: Double, _ count: Int) -> Bool {
    sum <= 0.5 * Double(count) * (1 + 1e-9)
  }

  /// The nearest point outside all solids.
  func held(_ point: SIMD3<Double>, rim: Double) -> SIMD3<Double> {
    solids.reduce(point) { $1.held($0, rim: rim) }
  }
}

/// Half cells of a grid by their numbers.
struct VolumeCells {
  private let counts: SIMD3<Int>
  private let grid: VolumeGrid

  init(_ grid: VolumeGrid) {
    self.grid = grid
    counts = 2 &* grid.cells
  }

  /// Sum over the eight half cells above `corner` that lie in the box, and how many they are.
  func sum(_ halves: [Double], _ corner: SIMD3<Int>) -> (sum: Double, count: Int) {
    var (sum, count) = (0.0, 0)
    for p in 0...1 {
      guard let a = inside(corner.x + p, 0) else { continue }
      for q in 0...1 {
        guard let b = inside(corner.y + q, 1) else { continue }
        for r in 0...1 {
          guard let c = inside(corner.z + r, 2) else { continue }
          sum += halves[(a * counts.y + b) * counts.z + c]
          count += 1
        }
      }
    }
    return (sum, count)
  }

  private func inside(_ a: Int, _ axis: Int) -> Int? {
    if a >= 0, a < counts[axis] { return a }
    return grid.isPeriodic(axis) ? (a + counts[axis]) % counts[axis] : nil
  }
}
