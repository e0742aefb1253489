// Set-ups of the axisymmetric solver that have a closed form or a reference value, for the ladder.

import Fluid
import Foundation

enum FluidProbe {
  /// Weights of a grid that is full.
  static func full(_ grid: MeridianGrid) -> LiquidWeights {
    var weights = LiquidWeights(grid: grid)
    let rows = 2 * grid.nz
    for a in 0..<(2 * grid.nr) {
      for b in 0..<rows { weights.halves[a * rows + b] = weights.full(a) }
    }
    return weights
  }

  /// Flow along z that does not change along z, between an axis or wall and a wall or surface: one cell
  /// high, all nodes of a column tied.
  static func parallel(
    _ weights: LiquidWeights, law: ViscosityLaw, gradient: Double, hasSide: Bool
  ) -> StreamProblem {
    let grid = weights.grid
    var problem = StreamProblem(
      weights: weights, density: 1, viscosity: law.viscosity(rate: 10), step: .infinity,
      gravity: gradient)
    (problem.top, problem.bottom, problem.left) = (.wall, .wall, .wall)
    if hasSide { (problem.side, problem.rim) = (.wall, grid.nz) }
    for i in 0...grid.nr {
      for j in 0...grid.nz {
        problem.nodes[grid.node(i, j)] = i == 0 ? .fixed(0) : .tied(i)
      }
    }
    return problem
  }

  struct Pipe {
    /// Largest error over the largest speed, and flow rate, m³/s.
    let error: Double
    let flow: Double
  }

  /// Pressure-driven flow in a pipe with `n` cells in the radius.
  static func pipe(
    _ n: Int, radius: Double, gradient: Double, law: ViscosityLaw, exact: (Double) -> Double
  ) -> Pipe? {
    let h = radius / Double(n)
    let grid = MeridianGrid(nr: n, nz: 1, hr: h, hz: h)
    var problem = parallel(full(grid), law: law, gradient: gradient, hasSide: true)
    var system = StreamSystem()
    guard system.solve(&problem, law) != nil else { return nil }
    var error = 0.0
    for i in 0..<n {
      let r = (Double(i) + 0.5) * h
      let u = (system.psi[grid.node(i + 1, 0)] - system.psi[grid.node(i, 0)]) / (r * h)
      error = max(error, abs(u - exact(r)))
    }
    return Pipe(error: error / exact(0), flow: 2 * Double.pi * system.psi[grid.node(n, 0)])
  }

  /// Flux per width of a film of `thickness` that runs down a wall, with `n + offset` cells in it.
  static func film(
    _ n: Int, offset: Double, thickness: Double, viscosity: Double, force: Double
  ) -> Double? {
    let h = thickness / (Double(n) + offset)
    let grid = MeridianGrid(nr: n + 3, nz: 1, hr: h, hz: h, isPlane: true)
    var weights = LiquidWeights(grid: grid)
    LiquidSurface(
      points: [MeridianPoint(thickness, h), MeridianPoint(thickness, 0)], isPlane: true
    ).fill(&weights)
    let law = ViscosityLaw.newtonian(viscosity)
    var problem = parallel(weights, law: law, gradient: force, hasSide: false)
    var system = StreamSystem()
    guard system.solve(&problem, law) != nil else { return nil }
    // ψ at the surface itself
    let column = min(grid.nr - 1, Int(thickness / h))
    let (inner, outer) = (system.psi[grid.node(column, 0)], system.psi[grid.node(column + 1, 0)])
    return inner + (thickness / h - Double(column)) * (outer - inner)
  }

  /// Half an ellipsoid on a plate after one step from rest: power of gravity over volume, in W/m³.
  static func mound(_ n: Int) -> (power: Double, audit: StreamAudit)? {
    let h = 0.064 / Double(n)
    let grid = MeridianGrid(nr: n, nz: n / 2, hr: h, hz: h)
    var weights = LiquidWeights(grid: grid)
    let count = 20 * n
    let surface = LiquidSurface(
      points: (0...count).map {
        let angle = 0.5 * Double.pi * Double($0) / Double(count)
        return MeridianPoint(
          $0 == 0 ? 0 : 0.02048 * sin(angle), $0 == count ? 0 : 0.01408 * cos(angle))
      })
    surface.fill(&weights)
    var problem = StreamProblem(
      weights: weights, density: 1400, viscosity: 50, step: 0.02, gravity: -9.81)
    problem.fixBottom()
    var system = StreamSystem()
    guard system.solve(problem) else { return nil }
    return (system.audit.gravityPower / weights.volume, system.audit)
  }

  /// Bessel functions J₀ and J₁ by their integrals.
  static func bessel(_ order: Double, _ x: Double) -> Double {
    let count = 200
    return (0..<count).reduce(0.0) {
      let angle = Double.pi * (Double($1) + 0.5) / Double(count)
      return $0 + cos(order * angle - x * sin(angle)) / Double(count)
    }
  }

  /// Rate at which a wave a J₀(kr) of creeping liquid in a round vessel decays, over that of the closed
  /// form; R = 40 mm, kH = 1, free-slip side. `offset`: of the surface in its cell.
  static func wave(_ n: Int, offset: Double) -> Double? {
    let radius = 0.04
    let k = 3.8317059702075125 / radius
    let depth = 1 / k
    let h = radius / Double(n)
    // the floor is a face: the height of a cell puts the surface where it should be
    let cells = (depth / h).rounded(.down) + offset
    let grid = MeridianGrid(nr: n, nz: Int(cells) + 3, hr: h, hz: depth / cells)
    let amplitude = 1e-3 * depth
    let count = 8 * n
    var points = (0...count).map {
      let r = radius * Double($0) / Double(count)
      return MeridianPoint(r, depth + amplitude * bessel(0, k * r))
    }
    let inside = points
    points.append(MeridianPoint(radius, 0))
    var weights = LiquidWeights(grid: grid)
    LiquidSurface(points: points).fill(&weights)
    let viscosity = 5.0
    var problem = StreamProblem(
      weights: weights, density: 1400, viscosity: viscosity, step: .infinity, gravity: -9.81)
    (problem.side, problem.rim) = (.slip, grid.nz)
    problem.fixBottom()
    for j in 0...grid.nz { problem.nodes[grid.node(grid.nr, j)] = .fixed(0) }
    var system = StreamSystem()
    guard system.solve(problem) else { return nil }
    let field = StreamField(system, problem)
    var (rate, norm) = (0.0, 0.0)
    for point in inside {
      let shape = bessel(0, k * point.r)
      rate -= field.velocity(point).y * shape * point.r
      norm += amplitude * shape * shape * point.r
    }
    let (s, c) = (sinh(1.0), cosh(1.0))
    let exact = 1400 * 9.81 / (2 * viscosity * k) * (s * c - 1) / (c * c + 1)
    return rate / norm / exact
  }

  /// Drag of a ball half way up a closed cylinder of length 4R over Stokes' drag; `n` cells in R.
  static func wallFactor(_ ratio: Double, _ n: Int) -> Double? {
    let radius = 0.03
    let h = radius / Double(n)
    let a = ratio * radius
    var ball = SettlingBall(
      grid: MeridianGrid(nr: n, nz: 4 * n, hr: h, hz: h), radius: a, height: 2 * radius,
      ballDensity: 7800, density: 1400, law: .newtonian(5), gravity: 9.81)
    guard let speed = try? ball.balance() else { return nil }
    return 2 * a * a * 6400 * 9.81 / (9 * 5) / -speed
  }

  /// A cylinder of 25 mL of 5 Pa·s that slumps; `h` in m.
  static func slump(_ h: Double) -> MeridianFlow {
    let grid = MeridianGrid(
      nr: Int((0.08 / h).rounded()), nz: Int((0.024 / h).rounded()), hr: h, hz: h)
    return MeridianFlow(
      setup: MeridianSetup(grid: grid, density: 1400, law: .newtonian(5), gravity: 9.81),
      surface: LiquidSurface(points: [
        MeridianPoint(0, 0.02), MeridianPoint(0.02, 0.02), MeridianPoint(0.02, 0),
      ]))
  }

  /// Surface tension of drops, in N/m.
  static let tension = 0.05

  /// A drop of 1 cm with `n` cells in its radius, R(1 + εP₂(cos θ)), free of gravity.
  static func drop(_ n: Int, by stretch: Double, viscosity: Double) -> MeridianFlow {
    let h = 0.01 / Double(n)
    var setup = MeridianSetup(
      grid: MeridianGrid(nr: 8 * n / 5, nz: 4 * n, hr: h, hz: h), density: 1000,
      law: .newtonian(viscosity), gravity: 0)
    setup.hasFloor = false
    setup.surfaceTension = tension
    let points = (0...12 * n).map { k -> MeridianPoint in
      let angle = Double.pi * Double(k) / Double(12 * n)
      let c = cos(angle)
      let radius = 0.01 * (1 + stretch * 0.5 * (3 * c * c - 1))
      let isEnd = k == 0 || k == 12 * n
      return MeridianPoint(isEnd ? 0 : radius * sin(angle), 0.02 + radius * c)
    }
    return MeridianFlow(setup: setup, surface: LiquidSurface(points: points))
  }

  /// Height over width, less one.
  static func stretch(_ flow: MeridianFlow) -> Double {
    let z = flow.surface.points.map(\.z)
    let r = flow.surface.points.map(\.r).max() ?? 1
    return ((z.max() ?? 0) - (z.min() ?? 0)) / (2 * r) - 1
  }
}
