// The velocity everywhere near the liquid, from the stream function at nodes.
//
// Equation        u_r = −∂ψ/∂z / r, u_z = ∂ψ/∂r / r of a C¹ interpolant of ψ: divergence-free at every
//                 point, no flow through walls and the axis, no slip on walls
// Discretisation  bicubic convolution (Keys 1981, IEEE Trans. ASSP 29, 1153), second order in u; ψ is even
//                 about axis and walls; beyond the liquid it is continued with constant velocity
// Validity        within `layers` cells of the active nodes
// Checked by      StreamFieldTests: order 2, divergence by differences, no slip on walls

public struct StreamField: Sendable {
  public let grid: MeridianGrid
  /// ψ with `pad` nodes beyond each end.
  private var values: [Double]
  private let stride: Int
  static let pad = 3
  static let layers = 4

  /// - Parameter problem: ends of the grid and what is active.
  public init(_ system: StreamSystem, _ problem: StreamProblem) {
    grid = problem.grid
    let pad = StreamField.pad
    stride = grid.nz + 1 + 2 * pad
    values = [Double](repeating: .nan, count: (grid.nr + 1 + 2 * pad) * stride)
    for i in 0...grid.nr {
      for j in 0...grid.nz where system.isActive(grid.node(i, j)) {
        values[index(i, j)] = system.psi[grid.node(i, j)]
      }
    }
    extend()
    mirror(problem)
  }

  /// A liquid at rest.
  public init(grid: MeridianGrid) {
    self.grid = grid
    stride = grid.nz + 1 + 2 * StreamField.pad
    values = [Double](repeating: 0, count: (grid.nr + 1 + 2 * StreamField.pad) * stride)
  }

  @inline(__always)
  private func index(_ i: Int, _ j: Int) -> Int {
    (i + StreamField.pad) * stride + j + StreamField.pad
  }

  private static let neighbours: [(x: Int, y: Int, weight: Double)] = [
    (1, 0, 2), (-1, 0, 2), (0, 1, 2), (0, -1, 2), (1, 1, 1), (1, -1, 1), (-1, 1, 1), (-1, -1, 1),
  ]

  /// Layer by layer, the mean of the linear continuations along rows, columns and diagonals.
  private mutating func extend() {
    var layer: [Int] = []
    for i in 0...grid.nr {
      for j in 0...grid.nz where !values[index(i, j)].isNaN { layer.append(grid.node(i, j)) }
    }
    var isListed = [Bool](repeating: false, count: grid.nodeCount)
    for _ in 0..<StreamField.layers {
      // nodes without value beside the last layer
      var border: [Int] = []
      for node in layer {
        let (i, j) = (node / (grid.nz + 1), node % (grid.nz + 1))
        for (x, y, _) in StreamField.neighbours {
          let (a, b) = (i + x, j + y)
          guard a >= 0, a <= grid.nr, b >= 0, b <= grid.nz, values[index(a, b)].isNaN else {
            continue
          }
          let place = grid.node(a, b)
          if !isListed[place] {
            isListed[place] = true
            border.append(place)
          }
        }
      }
      var found: [(place: Int, value: Double)] = []
      layer.removeAll(keepingCapacity: true)
      for node in border {
        let (i, j) = (node / (grid.nz + 1), node % (grid.nz + 1))
        if let value = continuation(i, j) {
          found.append((index(i, j), value))
          layer.append(node)
        } else {
          isListed[node] = false
        }
      }
      for (place, value) in found { values[place] = value }
      if found.isEmpty { break }
    }
    for place in values.indices where values[place].isNaN { values[place] = 0 }
  }

  private func continuation(_ i: Int, _ j: Int) -> Double? {
    var (sum, count) = (0.0, 0.0)
    for (x, y, weight) in StreamField.neighbours {
      let (near, far) = (at(i + x, j + y), at(i + 2 * x, j + 2 * y))
      guard !near.isNaN, !far.isNaN else { continue }
      var factor = 1.0
      if x != 0, !grid.isPlane {
        // constant u_z: ψ is linear in r²
        let (r0, r1, r2) = (Double(i), Double(i + x), Double(i + 2 * x))
        factor = (r0 * r0 - r1 * r1) / (r1 * r1 - r2 * r2)
      }
      sum += weight * (near + (near - far) * factor)
      count += weight
    }
    return count > 0 ? sum / count : nil
  }

  private func at(_ i: Int, _ j: Int) -> Double {
    guard i >= 0, i <= grid.nr, j >= 0, j <= grid.nz else { return .nan }
    return values[index(i, j)]
  }

  /// Values beyond the ends: even about the axis and walls, linear elsewhere.
  private mutating func mirror(_ problem: StreamProblem) {
    let (nr, nz, pad) = (grid.nr, grid.nz, StreamField.pad)
    for i in 0...nr {
      let isMouth = Double(i) * grid.hr < problem.nozzle || problem.top == .wall
      for k in 1...pad {
        values[index(i, -k)] =
          problem.bottom == .wall
          ? values[index(i, min(k, nz))] : 2 * values[index(i, 0)] - values[index(i, min(k, nz))]
        values[index(i, nz + k)] =
          isMouth
          ? values[index(i, max(0, nz - k))]
          : 2 * values[index(i, nz)] - values[index(i, max(0, nz - k))]
      }
    }
    for j in -pad...nz + pad {
      let isWall = problem.side == .wall && j <= problem.rim
      for k in 1...pad {
        values[index(-k, j)] =
          !grid.isPlane || problem.left == .wall
          ? values[index(min(k, nr), j)] : 2 * values[index(0, j)] - values[index(min(k, nr), j)]
        values[index(nr + k, j)] =
          isWall
          ? values[index(max(0, nr - k), j)]
          : 2 * values[index(nr, j)] - values[index(max(0, nr - k), j)]
      }
    }
  }

  /// Velocity (u_r, u_z) at a point, in m/s.
  public func velocity(_ point: MeridianPoint) -> SIMD2<Double> {
    // on the axis itself u_z is a limit, which a thousandth of a cell beside it has to 1e-6
    let near = grid.isPlane ? point.r : max(abs(point.r), 1e-3 * grid.hr)
    let x = min(max(near / grid.hr, -1), Double(grid.nr) + 1)
    let y = min(max(point.z / grid.hz, -1), Double(grid.nz) + 1)
    let (i, j) = (x.rounded(.down), y.rounded(.down))
    let (across, acrossRate) = StreamField.cubic(x - i)
    let (along, alongRate) = StreamField.cubic(y - j)
    var (dr, dz) = (0.0, 0.0)
    let corner = index(Int(i) - 1, Int(j) - 1)
    values.withUnsafeBufferPointer { values in
      for a in 0..<4 {
        let row = corner + a * stride
        var (value, rate) = (0.0, 0.0)
        for b in 0..<4 {
          value += along[b] * values[row + b]
          rate += alongRate[b] * values[row + b]
        }
        dr += acrossRate[a] * value
        dz += across[a] * rate
      }
    }
    let metric = grid.isPlane ? 1 : near
    // u_r is odd in r
    let odd = grid.isPlane || abs(point.r) >= near ? 1 : point.r / near
    return SIMD2(-dz / (grid.hz * metric) * odd, dr / (grid.hr * metric))
  }

  /// Where a point was a step ago, by the midpoint rule.
  func departure(from point: MeridianPoint, _ step: Double) -> MeridianPoint {
    let first = velocity(point)
    let middle = MeridianPoint(abs(point.r - 0.5 * step * first.x), point.z - 0.5 * step * first.y)
    let second = velocity(middle)
    return MeridianPoint(abs(point.r - step * second.x), point.z - step * second.y)
  }

  /// Weights of four values and of their derivative at 0 ≤ s ≤ 1 between the middle two.
  @inline(__always)
  static func cubic(_ s: Double) -> (SIMD4<Double>, SIMD4<Double>) {
    let (s2, s3) = (s * s, s * s * s)
    return (
      0.5 * SIMD4(-s + 2 * s2 - s3, 2 - 5 * s2 + 3 * s3, s + 4 * s2 - 3 * s3, -s2 + s3),
      0.5 * SIMD4(-1 + 4 * s - 3 * s2, -10 * s + 9 * s2, 1 + 8 * s - 9 * s2, -2 * s + 3 * s2)
    )
  }

  /// u_r at the face (i, j + ½) and u_z at the face (i + ½, j); faces beyond the ends included.
  @inline(__always)
  func rFace(_ i: Int, _ j: Int) -> Double {
    let metric = grid.isPlane ? 1 : Double(i) * grid.hr
    guard metric != 0 else { return 0 }
    return -(values[index(i, j + 1)] - values[index(i, j)]) / (metric * grid.hz)
  }

  @inline(__always)
  func zFace(_ i: Int, _ j: Int) -> Double {
    let metric = grid.isPlane ? 1 : (Double(i) + 0.5) * grid.hr
    return (values[index(i + 1, j)] - values[index(i, j)]) / (metric * grid.hr)
  }

  /// Face velocities interpolated in their own places, exact at faces: for the transport of momentum.
  public func component(r point: MeridianPoint) -> Double {
    sample(point.r / grid.hr, point.z / grid.hz - 0.5, grid.nr, grid.nz - 1, rFace)
  }

  public func component(z point: MeridianPoint) -> Double {
    sample(point.r / grid.hr - 0.5, point.z / grid.hz, grid.nr - 1, grid.nz, zFace)
  }

  @inline(__always)
  private func sample(
    _ x: Double, _ y: Double, _ right: Int, _ top: Int, _ face: (Int, Int) -> Double
  ) -> Double {
    // one layer beyond the ends has values on all four sides
    let (x, y) = (min(max(x, -0.5), Double(right) + 0.5), min(max(y, -0.5), Double(top) + 0.5))
    let (i, j) = (x.rounded(.down), y.rounded(.down))
    let (across, along) = (StreamField.cubic(x - i).0, StreamField.cubic(y - j).0)
    var sum = 0.0
    for a in 0..<4 {
      for b in 0..<4 {
        sum += across[a] * along[b] * face(Int(i) - 1 + a, Int(j) - 1 + b)
      }
    }
    return sum
  }
}
