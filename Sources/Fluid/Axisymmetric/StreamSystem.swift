// The discrete stream function of one implicit step: positive definite, banded, exactly solenoidal.
//
// Equation        u_r = −∂ψ/∂z / r, u_z = ∂ψ/∂r / r; A ψ = Kᵀ f with A = Kᵀ(ρ/Δt M + 2μ EᵀCE)K, u = Kψ
// Discretisation  strains e_rr, e_θθ, e_zz at centres, e_rz at nodes; weights W of LiquidWeights; a wall
//                 halves the distance of its shear strain; second order inside the liquid
// Source          derived from the weak form (method note of this project); the same minimiser as the
//                 velocity–pressure form to rounding
// Deviation       faces without liquid get a thousandth of a full mass, so that they have a value
// Validity        active cells without closed air rings
// Checked by      StreamSystemTests: pipe and plane flow at order 2, frozen mound, J₀ wave, dense solve

import LinearAlgebra

/// What a solve gives beside ψ.
public struct StreamAudit: Sendable, Hashable {
  /// In W per radian: power of gravity, dissipation, rate of kinetic energy, and the known loss of
  /// backward Euler, ½ρ|u − u*|²/Δt.
  public var gravityPower = 0.0
  /// Power of surface tension on the liquid, in W per radian.
  public var tensionPower = 0.0
  public var dissipation = 0.0
  public var kineticRate = 0.0
  public var eulerLoss = 0.0
  /// Power of what is prescribed (nozzle), in W per radian.
  public var inletPower = 0.0
  /// Largest correction of the iterative refinement, relative to the largest |ψ|.
  public var refinement = 0.0
  /// Fastest velocity component of a face that is at least a third full, in m/s.
  public var fastest = 0.0
  public var unknowns = 0
  public var halfBand = 0

  public init() {}
}

/// Workspace and result of the solve. Kept from step to step to keep its memory.
public struct StreamSystem: Sendable {
  /// Unknown of each node: ≥ 0, `fixed` or `inactive`.
  private(set) var unknown: [Int32] = []
  /// ψ at all nodes; 0 where inactive.
  public private(set) var psi: [Double] = []
  public private(set) var audit = StreamAudit()
  private var matrix = BandCholesky()
  private(set) var samples: [StreamSample] = []
  private var right: [Double] = []

  static let fixed: Int32 = -1
  static let inactive: Int32 = -2
  static let rigid: Int32 = -3
  /// Speed of the ball along z, in m/s.
  public private(set) var ballSpeed = 0.0
  private var border: [Double] = []
  private var corner = 0.0
  private var cornerRight = 0.0
  /// r²/2 of rigid nodes.
  private var lever: [Double] = []
  /// Mass of a face without liquid, relative to a full one.
  static let massFloor = 1e-3

  public init() {}

  /// Whether a node has a value after the solve.
  public func isActive(_ node: Int) -> Bool { unknown[node] != StreamSystem.inactive }

  /// False if the matrix is not positive definite: no liquid that touches anything, or a NaN.
  public mutating func solve(_ problem: StreamProblem) -> Bool {
    let count = prepare(problem)
    guard count > 0 else { return true }
    guard matrix.factor() else { return false }
    let hasBall = problem.ball != nil
    var slope = border
    if hasBall { matrix.solve(&slope) }
    matrix.solve(&right)
    if hasBall { ballSpeed = finish(&right, slope, cornerRight) }
    take(right)
    // one step of refinement with the operator itself, free of the factor's rounding
    var rest = [Double](repeating: 0, count: count)
    var cornerRest = 0.0
    var energy = StreamAudit()
    for sample in samples {
      let force = sample.load - sample.weight * sample.value(psi)
      sample.scatter(force, unknown, &rest)
      if hasBall { cornerRest += force * rigidShare(sample) }
    }
    if let ball = problem.ball {
      cornerRest += ball.force + mass(ball, problem) * (ball.speed - ballSpeed)
    }
    matrix.solve(&rest)
    if hasBall { ballSpeed += finish(&rest, slope, cornerRest) }
    var (largest, change) = (abs(ballSpeed), 0.0)
    for index in 0..<count {
      right[index] += rest[index]
      largest = max(largest, abs(right[index]))
      change = max(change, abs(rest[index]))
    }
    take(right)
    energy.refinement = largest > 0 ? change / largest : 0
    (energy.unknowns, energy.halfBand) = (audit.unknowns, audit.halfBand)
    audit = energy
    measure(problem)
    return largest.isFinite
  }

  /// Numbers the unknowns and sums the system; the number of unknowns.
  private mutating func prepare(_ problem: StreamProblem) -> Int {
    number(problem)
    let count = audit.unknowns
    guard count > 0 else { return 0 }
    samples.removeAll(keepingCapacity: true)
    visit(problem) { samples.append($0) }
    matrix.reset(size: count, halfBand: min(audit.halfBand, count - 1))
    right = [Double](repeating: 0, count: count)
    border = problem.ball == nil ? [] : right
    assemble(problem)
    return count
  }

  /// The matrix of a step, before its factor is taken; for measurements.
  package mutating func assembled(_ problem: StreamProblem) -> BandCholesky {
    _ = prepare(problem)
    return matrix
  }

  /// The ball's unknown from the bordered system, taken out of the others.
  private func finish(_ values: inout [Double], _ slope: [Double], _ right: Double) -> Double {
    var (top, bottom) = (right, corner)
    for index in values.indices {
      top -= border[index] * values[index]
      bottom -= border[index] * slope[index]
    }
    let speed = top / bottom
    for index in values.indices { values[index] -= speed * slope[index] }
    return speed
  }

  /// Mass over step of the ball, in kg/s per radian.
  private func mass(_ ball: StreamBall, _ problem: StreamProblem) -> Double {
    problem.step.isFinite ? ball.mass / problem.step : 0
  }

  /// What a sample is for a unit speed of the ball.
  private func rigidShare(_ sample: StreamSample) -> Double {
    var sum = 0.0
    for index in 0..<sample.count where unknown[sample.nodes[index]] == StreamSystem.rigid {
      sum += sample.coefficients[index] * lever[sample.nodes[index]]
    }
    return sum
  }

  private mutating func take(_ values: [Double]) {
    for node in psi.indices {
      if unknown[node] >= 0 {
        psi[node] = values[Int(unknown[node])]
      } else if unknown[node] == StreamSystem.rigid {
        psi[node] = lever[node] * ballSpeed
      }
    }
  }

  // MARK: Which nodes, in which order

  /// Marks nodes that active cells and active nodes need, and numbers them along the shorter way.
  private mutating func number(_ problem: StreamProblem) {
    let grid = problem.grid
    let (nr, nz) = (grid.nr, grid.nz)
    unknown = [Int32](repeating: StreamSystem.inactive, count: grid.nodeCount)
    psi = [Double](repeating: 0, count: grid.nodeCount)
    let tiny = 1e-12
    for i in 0..<nr {
      let full = grid.metric(Double(i) + 0.5) * grid.hr * grid.hz
      for j in 0..<nz where problem.weights.centre(i, j) > tiny * full {
        for (a, b) in [(i, j), (i + 1, j), (i, j + 1), (i + 1, j + 1)] {
          unknown[grid.node(a, b)] = 0
        }
        // a node with liquid needs its four neighbours
        for (a, b) in [(i, j), (i + 1, j), (i, j + 1), (i + 1, j + 1)]
        where problem.weights.node(a, b) > tiny * full {
          if a > 0 { unknown[grid.node(a - 1, b)] = 0 }
          if a < nr { unknown[grid.node(a + 1, b)] = 0 }
          if b > 0 { unknown[grid.node(a, b - 1)] = 0 }
          if b < nz { unknown[grid.node(a, b + 1)] = 0 }
        }
      }
    }
    lever = problem.ball == nil ? [] : [Double](repeating: 0, count: grid.nodeCount)
    for node in psi.indices {
      switch problem.nodes[node] {
      case .fixed(let value):
        psi[node] = value
        unknown[node] = StreamSystem.fixed
      case .rigid:
        let r = Double(node / (nz + 1)) * grid.hr
        lever[node] = 0.5 * r * r
        unknown[node] = StreamSystem.rigid
      case .free, .tied: break
      }
    }
    let marks = unknown
    let byColumn = order(marks, problem, alongZ: true)
    let columns = unknown
    let columnBand = halfBand(grid)
    let byRow = order(marks, problem, alongZ: false)
    let rowBand = halfBand(grid)
    audit = StreamAudit()
    if columnBand <= rowBand {
      unknown = columns
      (audit.unknowns, audit.halfBand) = (byColumn, columnBand)
    } else {
      (audit.unknowns, audit.halfBand) = (byRow, rowBand)
    }
  }

  private mutating func order(
    _ marks: [Int32], _ problem: StreamProblem, alongZ: Bool
  ) -> Int {
    let grid = problem.grid
    unknown = marks
    var ties: [Int: Int32] = [:]
    var count: Int32 = 0
    func visit(_ node: Int) {
      guard unknown[node] >= 0 else { return }
      if case .tied(let name) = problem.nodes[node] {
        if let known = ties[name] {
          unknown[node] = known
          return
        }
        ties[name] = count
      }
      unknown[node] = count
      count += 1
    }
    if alongZ {
      for i in 0...grid.nr { for j in 0...grid.nz { visit(grid.node(i, j)) } }
    } else {
      for j in 0...grid.nz { for i in 0...grid.nr { visit(grid.node(i, j)) } }
    }
    return Int(count)
  }

  /// Largest distance between unknowns that one sample joins.
  private func halfBand(_ grid: MeridianGrid) -> Int {
    var band: Int32 = 0
    for i in 0...grid.nr {
      for j in 0...grid.nz {
        let here = unknown[grid.node(i, j)]
        guard here >= 0 else { continue }
        for (a, b) in [(1, 0), (2, 0), (0, 1), (0, 2), (1, 1), (1, -1)] {
          let (x, y) = (i + a, j + b)
          guard x <= grid.nr, y >= 0, y <= grid.nz else { continue }
          let there = unknown[grid.node(x, y)]
          if there >= 0 { band = max(band, abs(there - here)) }
        }
      }
    }
    return Int(band)
  }

  // MARK: Sums over samples

  private mutating func assemble(_ problem: StreamProblem) {
    for sample in samples {
      for a in 0..<sample.count {
        let row = unknown[sample.nodes[a]]
        guard row >= 0 else { continue }
        let scaled = sample.weight * sample.coefficients[a]
        right[Int(row)] += (sample.load - sample.weight * sample.offset) * sample.coefficients[a]
        for b in 0..<sample.count {
          let column = unknown[sample.nodes[b]]
          let value = scaled * sample.coefficients[b]
          if column >= 0 {
            if column <= row { matrix[Int(row), Int(column)] += value }
          } else if column == StreamSystem.rigid {
            border[Int(row)] += value * lever[sample.nodes[b]]
          } else {
            right[Int(row)] -= value * psi[sample.nodes[b]]
          }
        }
      }
    }
    guard let ball = problem.ball else { return }
    corner = mass(ball, problem)
    cornerRight = ball.force + corner * ball.speed
    for sample in samples {
      let share = rigidShare(sample)
      guard share != 0 else { continue }
      corner += sample.weight * share * share
      var known = sample.offset
      for index in 0..<sample.count where unknown[sample.nodes[index]] == StreamSystem.fixed {
        known += sample.coefficients[index] * psi[sample.nodes[index]]
      }
      cornerRight += (sample.load - sample.weight * known) * share
    }
  }

  private mutating func measure(_ problem: StreamProblem) {
    var sum = audit
    let inertia = problem.step.isFinite ? problem.density / problem.step : 0
    for sample in samples {
      let rate = sample.value(psi)
      switch sample.kind {
      case .normal, .shear: sum.dissipation += sample.weight * rate * rate
      case .face(let mass, let before, let force):
        sum.gravityPower += force * rate
        sum.tensionPower += (sample.load - inertia * mass * before - force) * rate
        if sample.isWet { sum.fastest = max(sum.fastest, abs(rate)) }
        sum.kineticRate += 0.5 * inertia * mass * (rate * rate - before * before)
        sum.eulerLoss += 0.5 * inertia * mass * (rate - before) * (rate - before)
      }
    }
    // what prescribed nodes do: their share of the residual times their value
    var power = 0.0
    for sample in samples {
      let force = sample.weight * sample.value(psi) - sample.load
      for a in 0..<sample.count where unknown[sample.nodes[a]] == StreamSystem.fixed {
        power += force * sample.coefficients[a] * psi[sample.nodes[a]]
      }
    }
    sum.inletPower = power
    audit = sum
  }
}
