// A ball that sinks on the axis of a round vessel full of liquid.
//
// Equation        the liquid of StreamSystem with one more unknown, the ball's speed U: its nodes have
//                 ψ = U r²/2; m_b dU/dt = (m_b − ρV) g + what the liquid does
// Discretisation  volumes of the ball in all samples from a polygon of many edges with the ball's volume;
//                 backward Euler, semi-Lagrangian; steps of two cells, shorter while the
//                 ball gains speed
// Source          method note of this project; wall factors for checks: Bohlin 1960, Haberman & Sayre 1958
// Deviation       the surface of the liquid stays flat and free of shear; the run ends two cells above
//                 the floor, before lubrication rules
// Validity        a gap of several cells between ball and wall; no wake instability (Re < 200)
// Checked by      SettlingBallTests: wall factors, rest without excess weight, order

import Foundation

public struct SettlingBall: Sendable {
  public let grid: MeridianGrid
  public let radius: Double
  public let ballDensity: Double
  public let density: Double
  public let law: ViscosityLaw
  public let gravity: Double
  /// In s.
  public private(set) var time = 0.0
  /// Height of the centre above the floor, in m, and its speed upward, in m/s.
  public private(set) var height: Double
  public private(set) var speed = 0.0
  public private(set) var fastest = 0.0
  public private(set) var field: StreamField
  public private(set) var energy = 0.0
  public private(set) var refinement = 0.0
  public private(set) var steps = 0
  private var system = StreamSystem()
  private var problem: StreamProblem
  private var lastStep = 0.0

  /// `grid`: the vessel.
  public init(
    grid: MeridianGrid, radius: Double, height: Double, ballDensity: Double, density: Double,
    law: ViscosityLaw, gravity: Double
  ) {
    (self.grid, self.radius, self.height) = (grid, radius, height)
    (self.ballDensity, self.density, self.law, self.gravity) = (ballDensity, density, law, gravity)
    field = StreamField(grid: grid)
    problem = StreamProblem(
      weights: LiquidWeights(grid: grid), density: density, viscosity: law.viscosity(rate: 1),
      step: 1, gravity: 0)
    problem.side = .wall
    problem.rim = grid.nz
    problem.top = .slip
  }

  /// Per radian, in m³.
  private var volume: Double { 2.0 / 3 * radius * radius * radius }
  private var mass: Double { ballDensity * volume }
  /// Whether the ball is too near to the floor for the grid.
  public var isDown: Bool { height - radius < 2 * grid.h }

  /// A circle of edges much shorter than a cell, with the volume of the ball.
  private func outline(_ height: Double) -> LiquidSurface {
    let count = max(64, Int((8 * Double.pi * radius / grid.h).rounded(.up)))
    func circle(_ radius: Double) -> LiquidSurface {
      LiquidSurface(
        points: (0...count).map {
          let angle = Double.pi * Double($0) / Double(count)
          return MeridianPoint(
            $0 == 0 || $0 == count ? 0 : radius * sin(angle), height + radius * cos(angle))
        })
    }
    return circle(radius * cbrt(volume / circle(radius).volume))
  }

  /// Weights and nodes for a place of the ball.
  private mutating func place(_ height: Double) {
    var ball = LiquidWeights(grid: grid)
    outline(height).fill(&ball)
    problem.ballHalves = ball.halves
    let rows = 2 * grid.nz
    for a in 0..<(2 * grid.nr) {
      let full = problem.weights.full(a)
      for b in 0..<rows {
        problem.weights.halves[a * rows + b] = max(0, full - ball.halves[a * rows + b])
      }
    }
    for i in 0...grid.nr {
      for j in 0...grid.nz {
        let node = grid.node(i, j)
        let isEdge = i == 0 || i == grid.nr || j == 0 || j == grid.nz
        if isEdge {
          problem.nodes[node] = .fixed(0)
        } else {
          let whole = 2 * problem.weights.full(2 * i - 1) + 2 * problem.weights.full(2 * i)
          problem.nodes[node] = ball.node(i, j) > (1 - 1e-9) * whole ? .rigid : .free
        }
      }
    }
  }

  /// Speed at which drag balances the weight at the present place, upward positive, in m/s.
  public mutating func balance() throws(FlowProblem) -> Double {
    place(height)
    problem.step = .infinity
    problem.ball = StreamBall(mass: mass, speed: 0, force: force)
    guard system.solve(&problem, law) != nil else {
      throw FlowProblem("the flow about the ball has no solution")
    }
    return system.ballSpeed
  }

  private var force: Double { -(ballDensity - density) * volume * gravity }

  /// One step, not beyond `limit` (s).
  public mutating func step(until limit: Double) throws(FlowProblem) {
    // time in which drag takes the speed up
    let viscosity = law.viscosity(rate: max(fastest, 1e-12) / radius)
    let relaxation = mass / (3 * viscosity * radius)
    var step = lastStep == 0 ? 0.05 * relaxation : 1.3 * lastStep
    step = min(step, 2 * grid.h / max(abs(speed), 1e-300), limit - time)
    let middle = height + 0.5 * step * speed
    place(middle)
    transport(step)
    problem.step = step
    problem.ball = StreamBall(mass: mass, speed: speed, force: force)
    guard system.solve(&problem, law) != nil else {
      throw FlowProblem("the flow about the ball has no solution at \(time) s")
    }
    field = StreamField(system, problem)
    height += step * system.ballSpeed
    speed = system.ballSpeed
    fastest = max(fastest, abs(speed))
    (time, lastStep, steps) = (time + step, step, steps + 1)
    refinement = max(refinement, system.audit.refinement)
  }

  /// Velocity that arrives at each face.
  private mutating func transport(_ step: Double) {
    for i in 0..<grid.nr {
      for j in 0..<grid.nz {
        for k in 0...1 {
          if i + k > 0 {
            let point = MeridianPoint(Double(i + k) * grid.hr, (Double(j) + 0.5) * grid.hz)
            problem.rVelocity[(i + k) * grid.nz + j] = field.component(
              r: field.departure(from: point, step))
          }
          let point = MeridianPoint((Double(i) + 0.5) * grid.hr, Double(j + k) * grid.hz)
          problem.zVelocity[i * (grid.nz + 1) + j + k] = field.component(
            z: field.departure(from: point, step))
        }
      }
    }
  }
}
