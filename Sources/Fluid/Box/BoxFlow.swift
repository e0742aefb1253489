// Plane viscous flow in a box with sliding walls or periodic sides.
//
// Equation        ∂u/∂t + u·∇u = −∇p + ν ∇²u + a, ∇·u = 0; p is pressure over density, a a constant
// Discretisation  staggered (MAC) grid, central conservative differences. With δ = u* − u^n:
//                 (1/Δt − θν∇²) δ = −(3/2 N^n − 1/2 N^{n−1}) − ∇p + ν∇²u^n + a,  N = u·∇u;
//                 ∇²φ = ∇·u*/Δt;  u = u* − Δt ∇φ;  p ← p + φ − θν ∇·u*.
//                 θ = 1/2, but the first two steps are four halves with θ = 1, which damp a jump at
//                 the start (Rannacher). Order 2 in h and Δt. Three solves by FastDiagonalisation a
//                 step. A steady state of it solves the MAC equations exactly, whatever Δt was
// Source          grid: Harlow & Welch 1965, Phys. Fluids 8, 2182; steps: Brown, Cortez & Minion
//                 2001, J. Comput. Phys. 168, 464, projection method II, in increments; start:
//                 Rannacher 1984, Numer. Math. 43, 309 (both not re-read)
// Deviation       the first two steps, see above
// Validity        ν > 0; convection is explicit: Courant number below about 0.5, `advance` refuses
//                 more than 1. Divergence is zero to the rounding of the solve
// Checked by      BoxFlowTests: travelling Taylor–Green, Couette start-up, Poiseuille, the steady
//                 cavity of Newton's method

import LinearAlgebra

/// Velocity and pressure in the box at one time.
public struct BoxFlow: Sendable {
  /// Directions of the box.
  public let x: BoxSide
  public let y: BoxSide
  /// Kinematic viscosity, in m²/s.
  public let viscosity: Double
  /// Constant acceleration, such as gravity or a driving pressure drop over density, in m/s².
  public let acceleration: (x: Double, y: Double)
  /// In s.
  public private(set) var time = 0.0
  /// Steps since the start.
  public private(set) var steps = 0
  /// Pressure over density in the cells, x fastest, in m²/s², at the middle of the last step; its mean
  /// is zero.
  public private(set) var pressure: [Double]

  private var u: FaceField
  private var v: FaceField
  private var solverU: FastDiagonalisation
  private var solverV: FastDiagonalisation
  private var solverP: FastDiagonalisation
  /// Convection of this and of the previous step.
  private var convection: (u: [Double], v: [Double])
  private var previous: (u: [Double], v: [Double])
  private var lastStep = 0.0
  private var friction: (u: [Double], v: [Double])

  /// Fluid at rest.
  /// - Throws: `InvalidFlow` unless viscosity > 0 and the acceleration is finite.
  public init(
    x: BoxSide, y: BoxSide, viscosity: Double, acceleration: (x: Double, y: Double) = (0, 0)
  ) throws(InvalidFlow) {
    try requirePositive("viscosity", viscosity)
    guard acceleration.x.isFinite, acceleration.y.isFinite else {
      throw InvalidFlow("acceleration", .nan, expected: "finite numbers")
    }
    (self.x, self.y, self.viscosity, self.acceleration) = (x, y, viscosity, acceleration)
    u = FaceField(along: x, across: y, isFastAlong: true)
    v = FaceField(along: y, across: x, isFastAlong: false)
    pressure = [Double](repeating: 0, count: x.cells * y.cells)
    solverU = FastDiagonalisation(axes: [x.faceAxis, y.cellAxis(.dirichletFace)])
    solverV = FastDiagonalisation(axes: [x.cellAxis(.dirichletFace), y.faceAxis])
    solverP = FastDiagonalisation(axes: [x.cellAxis(.neumannFace), y.cellAxis(.neumannFace)])
    let empty = (
      u: [Double](repeating: 0, count: solverU.count),
      v: [Double](repeating: 0, count: solverV.count)
    )
    (convection, previous, friction) = (empty, empty, empty)
    u.fillGhosts()
    v.fillGhosts()
  }

  /// Starts from a velocity field, which is made free of divergence; time and pressure become zero.
  public mutating func start(_ velocity: (_ x: Double, _ y: Double) -> (x: Double, y: Double)) {
    for j in 0..<y.cells {
      for i in x.faces.first..<(x.faces.first + x.faces.count) {
        let place = (Double(i) * x.spacing, (Double(j) + 0.5) * y.spacing)
        u.values[u.index(i, j)] = velocity(place.0, place.1).x
      }
    }
    for j in y.faces.first..<(y.faces.first + y.faces.count) {
      for i in 0..<x.cells {
        let place = ((Double(i) + 0.5) * x.spacing, Double(j) * y.spacing)
        v.values[v.index(j, i)] = velocity(place.0, place.1).y
      }
    }
    (time, steps, lastStep) = (0, 0, 0)
    for index in pressure.indices { pressure[index] = 0 }
    u.fillGhosts()
    v.fillGhosts()
    _ = project(1, friction: 0)
  }

  /// Goes forward by `duration` (s) in `count` equal steps.
  /// - Throws: `InvalidFlow` if the Courant number exceeds 1 or the flow is no longer finite.
  public mutating func advance(by duration: Double, steps count: Int) throws(InvalidFlow) {
    try requirePositive("duration", duration)
    guard count > 0 else { throw InvalidFlow("steps", Double(count), expected: "1 or more") }
    let step = duration / Double(count)
    for _ in 0..<count {
      if steps < 2 {
        try move(step / 2, implicit: 1)
        try move(step / 2, implicit: 1)
      } else {
        try move(step, implicit: 0.5)
      }
      steps += 1
    }
  }

  /// Steps with θ = 1 until the velocity changes by less than `tolerance` of its largest value in a
  /// step. Returns the number of steps, or nil if `limit` was not enough.
  /// - Throws: as `advance`.
  public mutating func settle(
    step: Double, tolerance: Double, limit: Int
  ) throws(InvalidFlow) -> Int? {
    try requirePositive("step", step)
    for count in 1...max(1, limit) {
      let (beforeU, beforeV) = (u.values, v.values)
      try move(step, implicit: 1)
      steps += 1
      var (change, size) = (0.0, 0.0)
      for index in beforeU.indices {
        change = max(change, abs(u.values[index] - beforeU[index]))
        size = max(size, abs(u.values[index]))
      }
      for index in beforeV.indices {
        change = max(change, abs(v.values[index] - beforeV[index]))
        size = max(size, abs(v.values[index]))
      }
      if change <= tolerance * size { return count }
    }
    return nil
  }

  private mutating func move(_ step: Double, implicit theta: Double) throws(InvalidFlow) {
    let courant = step * (u.largest / x.spacing + v.largest / y.spacing)
    guard courant <= 1 else {
      throw InvalidFlow("Courant number", courant, expected: "1 or less: take smaller steps")
    }
    swap(&previous, &convection)
    u.momentum(v, viscosity: viscosity, convection: &convection.u, friction: &friction.u)
    v.momentum(u, viscosity: viscosity, convection: &convection.v, friction: &friction.v)

    // convection at the middle of the step, from this and the last instant
    let back = lastStep > 0 ? 0.5 * step / lastStep : 0
    let scale = 1 / (theta * viscosity)
    let drop = gradient(pressure)
    for i in friction.u.indices {
      let inertia = (1 + back) * convection.u[i] - back * previous.u[i]
      friction.u[i] = scale * (friction.u[i] - inertia - drop.u[i] + acceleration.x)
    }
    for i in friction.v.indices {
      let inertia = (1 + back) * convection.v[i] - back * previous.v[i]
      friction.v[i] = scale * (friction.v[i] - inertia - drop.v[i] + acceleration.y)
    }
    solverU.solve(&friction.u, shift: scale / step)
    solverV.solve(&friction.v, shift: scale / step)
    u.add(friction.u)
    v.add(friction.v)
    u.fillGhosts()
    v.fillGhosts()
    let increment = project(step, friction: theta * viscosity)
    for index in pressure.indices { pressure[index] += increment[index] }
    lastStep = step
    time += step
  }

  /// Takes Δt ∇φ off the velocity so that no divergence is left; returns what the pressure gains.
  private mutating func project(_ step: Double, friction: Double) -> [Double] {
    let excess = divergence
    var phi = excess.map { -$0 / step }
    solverP.solve(&phi)
    var slope = gradient(phi)
    for index in slope.u.indices { slope.u[index] *= -step }
    for index in slope.v.indices { slope.v[index] *= -step }
    u.add(slope.u)
    v.add(slope.v)
    u.fillGhosts()
    v.fillGhosts()

    // the implicit friction of the part that was taken off; with it a fluid at rest under gravity has
    // its pressure after one step
    for index in phi.indices { phi[index] -= friction * excess[index] }
    return phi
  }

  private func gradient(_ field: [Double]) -> (u: [Double], v: [Double]) {
    let (n, m) = (x.cells, y.cells)
    let (first, count) = x.faces
    var slopeU = [Double](repeating: 0, count: count * m)
    for j in 0..<m {
      for i in 0..<count {
        let face = i + first
        let before = face == 0 ? n - 1 : face - 1
        slopeU[j * count + i] = (field[j * n + face] - field[j * n + before]) / x.spacing
      }
    }
    let (low, rows) = y.faces
    var slopeV = [Double](repeating: 0, count: n * rows)
    for j in 0..<rows {
      let face = j + low
      let before = face == 0 ? m - 1 : face - 1
      for i in 0..<n {
        slopeV[j * n + i] = (field[face * n + i] - field[before * n + i]) / y.spacing
      }
    }
    return (slopeU, slopeV)
  }
}

extension BoxFlow {
  /// ∇·u in every cell, in 1/s.
  public var divergence: [Double] {
    var result = [Double](repeating: 0, count: x.cells * y.cells)
    for j in 0..<y.cells {
      for i in 0..<x.cells {
        result[j * x.cells + i] =
          (u.values[u.index(i + 1, j)] - u.values[u.index(i, j)]) / x.spacing
          + (v.values[v.index(j + 1, i)] - v.values[v.index(j, i)]) / y.spacing
      }
    }
    return result
  }

  /// Velocity along x on the face at x = `face`·h, in the cell row `row`, both from 0.
  public func velocityX(face: Int, row: Int) -> Double { u.values[u.index(face, row)] }

  /// Velocity along y on the face at y = `face`·h, in the cell column `column`, both from 0.
  public func velocityY(face: Int, column: Int) -> Double { v.values[v.index(face, column)] }
}

extension BoxSide {
  /// Unknowns on faces across this direction: walls are the faces beyond the ends.
  var faceAxis: GridAxis {
    walls == nil
      ? GridAxis(periodic: cells, spacing: spacing)
      : GridAxis(
        count: cells - 1, spacing: spacing, low: .dirichletNode, high: .dirichletNode)
  }

  /// Unknowns at cell centres.
  func cellAxis(_ end: GridAxis.End) -> GridAxis {
    walls == nil
      ? GridAxis(periodic: cells, spacing: spacing)
      : GridAxis(count: cells, spacing: spacing, low: end, high: end)
  }
}
