// The liquid as particles that keep their volume and carry an affine velocity.
//
// Equation        transfers: m_i = Σ N ρV, (mu)_i = Σ N ρV (u + c·(x_i − x)); u = Σ N u_i,
//                 c = (4/h²) Σ N u_i (x_i − x), N quadratic B-splines
// Discretisation  eight particles a cell on a fixed sub-lattice. Each knows the three spacings of the
//                 lattice that it stands for, which deform with the flow and are kept short by lattice
//                 reduction (shear slides particles past each other and tears no hole; stretch does); a
//                 spacing beyond 0.75 h splits the particle along it
// Source          Jiang, Schroeder, Selle, Teran & Stomakhin 2015, ACM Trans. Graph. 34(4), 51 (APIC);
//                 lattice reduction: Lagrange and Gauss, pairwise
// Deviation       splitting by lattice reduction is this project's own
// Validity        volumes are conserved to rounding, also by splitting
// Checked by      VolumeParticlesTests

public struct VolumeParticles: Sendable, Hashable {
  /// In m.
  public internal(set) var positions: [SIMD3<Double>] = []
  /// In m/s.
  public internal(set) var velocities: [SIMD3<Double>] = []
  /// Gradients of the velocity components along x, y and z, in 1/s.
  var xGradients: [SIMD3<Double>] = []
  var yGradients: [SIMD3<Double>] = []
  var zGradients: [SIMD3<Double>] = []
  /// In m³.
  public internal(set) var volumes: [Double] = []
  /// Spacings of the lattice, in m.
  var xSpacings: [SIMD3<Double>] = []
  var ySpacings: [SIMD3<Double>] = []
  var zSpacings: [SIMD3<Double>] = []

  public init() {}

  public var count: Int { positions.count }
  /// In m³.
  public var volume: Double {
    // with what rounding drops (Neumaier), so that a ledger of many halves closes
    var (sum, lost) = (0.0, 0.0)
    for volume in volumes {
      let next = sum + volume
      lost += sum >= volume ? (sum - next) + volume : (volume - next) + sum
      sum = next
    }
    return sum + lost
  }

  mutating func add(
    at position: SIMD3<Double>, velocity: SIMD3<Double>, volume: Double, spacing: Double
  ) {
    positions.append(position)
    velocities.append(velocity)
    xGradients.append(.zero)
    yGradients.append(.zero)
    zGradients.append(.zero)
    volumes.append(volume)
    xSpacings.append(SIMD3(spacing, 0, 0))
    ySpacings.append(SIMD3(0, spacing, 0))
    zSpacings.append(SIMD3(0, 0, spacing))
  }

  /// A body at rest: one particle for each half cell that it reaches, with the body's volume in it and
  /// at its centroid, by counting 8³ points.
  public init(grid: VolumeGrid, filling isLiquid: (SIMD3<Double>) -> Bool) {
    let (size, samples) = (0.5 * grid.h, 8)
    let full = size * size * size
    for a in 0..<(2 * grid.cells.x) {
      for b in 0..<(2 * grid.cells.y) {
        for c in 0..<(2 * grid.cells.z) {
          let corner = size * SIMD3(Double(a), Double(b), Double(c))
          var (sum, count) = (SIMD3<Double>.zero, 0)
          for p in 0..<samples {
            for q in 0..<samples {
              for r in 0..<samples {
                let share = SIMD3(Double(p) + 0.5, Double(q) + 0.5, Double(r) + 0.5)
                let point = corner + size / Double(samples) * share
                if isLiquid(point) {
                  sum += point
                  count += 1
                }
              }
            }
          }
          guard count > 0 else { continue }
          let part = Double(count) / Double(samples * samples * samples)
          add(at: sum / Double(count), velocity: .zero, volume: part * full, spacing: size)
        }
      }
    }
  }

  /// √(mean of (x − cx)² + (y − cy)²) over the volume, in m.
  public func rmsRadius(about x: Double, _ y: Double) -> Double {
    var (sum, all) = (0.0, 0.0)
    for index in positions.indices {
      let (a, b) = (positions[index].x - x, positions[index].y - y)
      sum += volumes[index] * (a * a + b * b)
      all += volumes[index]
    }
    return all > 0 ? (sum / all).squareRoot() : 0
  }

  // MARK: Lattice

  /// Deforms the lattices by a step of the affine velocities and splits particles that are too far from
  /// their neighbours.
  mutating func stretch(by time: Double, grid: VolumeGrid) {
    let limit = 0.75 * grid.h
    for index in 0..<positions.count {
      deform(index, time)
      split(index, limit, grid)
    }
  }

  private mutating func deform(_ index: Int, _ time: Double) {
    let (gx, gy, gz) = (xGradients[index], yGradients[index], zGradients[index])
    func moved(_ a: SIMD3<Double>) -> SIMD3<Double> {
      a + time * SIMD3((gx * a).sum(), (gy * a).sum(), (gz * a).sum())
    }
    var (a, b, c) = (xSpacings[index], ySpacings[index], zSpacings[index])
    let before = VolumeParticles.determinant(a, b, c)
    (a, b, c) = (moved(a), moved(b), moved(c))
    // one sweep a step keeps up with a shear of order one
    VolumeParticles.shorten(&a, &b)
    VolumeParticles.shorten(&b, &c)
    VolumeParticles.shorten(&a, &c)
    let after = VolumeParticles.determinant(a, b, c)
    guard after > 0.5 * before, after < 2 * before else { return }
    // the affine velocity has a little divergence, the liquid has none: to first order a cube root
    let scale = 1 + (before / after - 1) / 3
    (xSpacings[index], ySpacings[index], zSpacings[index]) = (scale * a, scale * b, scale * c)
  }

  private static func determinant(
    _ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>
  ) -> Double {
    a.x * (b.y * c.z - b.z * c.y) + a.y * (b.z * c.x - b.x * c.z) + a.z * (b.x * c.y - b.y * c.x)
  }

  /// Takes whole multiples of the shorter one out of the longer one.
  private static func shorten(_ a: inout SIMD3<Double>, _ b: inout SIMD3<Double>) {
    let (aa, bb, ab) = ((a * a).sum(), (b * b).sum(), (a * b).sum())
    if aa >= bb {
      a -= (ab / bb).rounded() * b
    } else {
      b -= (ab / aa).rounded() * a
    }
  }

  private mutating func split(_ index: Int, _ limit: Double, _ grid: VolumeGrid) {
    let (a, b, c) = (xSpacings[index], ySpacings[index], zSpacings[index])
    let (aa, bb, cc) = ((a * a).sum(), (b * b).sum(), (c * c).sum())
    let longest = max(aa, bb, cc)
    guard longest > limit * limit else { return }
    let way = longest == aa ? a : longest == bb ? b : c
    if longest == aa {
      xSpacings[index] = 0.5 * a
    } else if longest == bb {
      ySpacings[index] = 0.5 * b
    } else {
      zSpacings[index] = 0.5 * c
    }
    let shift = 0.25 * way
    let (gx, gy, gz) = (xGradients[index], yGradients[index], zGradients[index])
    let turn = SIMD3((gx * shift).sum(), (gy * shift).sum(), (gz * shift).sum())
    let rim = SIMD3<Double>(repeating: 1e-6 * grid.h)
    func held(_ point: SIMD3<Double>) -> SIMD3<Double> {
      point.clamped(lowerBound: rim, upperBound: grid.extent - rim)
    }
    let (position, velocity) = (positions[index], velocities[index])
    volumes[index] *= 0.5
    positions[index] = held(position - shift)
    velocities[index] = velocity - turn
    positions.append(held(position + shift))
    velocities.append(velocity + turn)
    xGradients.append(gx)
    yGradients.append(gy)
    zGradients.append(gz)
    volumes.append(volumes[index])
    xSpacings.append(xSpacings[index])
    ySpacings.append(ySpacings[index])
    zSpacings.append(zSpacings[index])
  }

  /// Takes out particles that are farther than a distance (m) from a vertical line. Returns their volume.
  mutating func leave(beyond edge: Double, of middle: SIMD2<Double>) -> Double {
    var (removed, kept) = (0.0, 0)
    for index in positions.indices {
      let (x, y) = (positions[index].x - middle.x, positions[index].y - middle.y)
      if x * x + y * y > edge * edge {
        removed += volumes[index]
        continue
      }
      if kept < index { move(index, to: kept) }
      kept += 1
    }
    shorten(to: kept)
    return removed
  }

  /// Takes out particles beyond open ends, and brings those beyond walls back. Returns the volume that left.
  mutating func leave(_ grid: VolumeGrid) -> Double {
    let extent = grid.extent
    let rim = 1e-6 * grid.h
    var (removed, kept) = (0.0, 0)
    for index in positions.indices {
      var place = positions[index]
      var isOut = false
      for axis in 0..<3 {
        if grid.isPeriodic(axis) {
          place[axis] -= extent[axis] * (place[axis] / extent[axis]).rounded(.down)
        }
        let (isLow, isHigh) = (place[axis] < rim, place[axis] > extent[axis] - rim)
        guard isLow || isHigh else { continue }
        if case .open = isLow ? grid.low[axis] : grid.high[axis] {
          if place[axis] < 0 || place[axis] > extent[axis] { isOut = true }
        }
        place[axis] = min(max(place[axis], rim), extent[axis] - rim)
      }
      if isOut {
        removed += volumes[index]
        continue
      }
      positions[index] = place
      if kept < index { move(index, to: kept) }
      kept += 1
    }
    shorten(to: kept)
    return removed
  }

  private mutating func move(_ index: Int, to place: Int) {
    positions[place] = positions[index]
    velocities[place] = velocities[index]
    xGradients[place] = xGradients[index]
    yGradients[place] = yGradients[index]
    zGradients[place] = zGradients[index]
    volumes[place] = volumes[index]
    xSpacings[place] = xSpacings[index]
    ySpacings[place] = ySpacings[index]
    zSpacings[place] = zSpacings[index]
  }

  private mutating func shorten(to count: Int) {
    let surplus = positions.count - count
    guard surplus > 0 else { return }
    positions.removeLast(surplus)
    velocities.removeLast(surplus)
    xGradients.removeLast(surplus)
    yGradients.removeLast(surplus)
    zGradients.removeLast(surplus)
    volumes.removeLast(surplus)
    xSpacings.removeLast(surplus)
    ySpacings.removeLast(surplus)
    zSpacings.removeLast(surplus)
  }
}
