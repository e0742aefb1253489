// A viscous liquid with a free surface that keeps its axis: slumps and streams onto a plate or into a cup.
//
// Loop            half a step with the old velocity → volumes of all samples → transported velocity →
//                 pull of surface tension → one solve → the whole step of the surface with the new velocity
// Discretisation  midpoint rule for the surface (order 2 while inertia is small), backward Euler for
//                 inertia, semi-Lagrangian transport (bicubic); steps of half a cell
// Validity        no closed air rings, no folds of the surface, laminar; no air, no law of wetting
// Checked by      MeridianFlowTests and the fluid rows of `plumbline verify`

import Foundation

/// A round hole that liquid leaves downward with the profile of a long pipe.
public struct Nozzle: Sendable, Hashable {
  /// In m.
  public var radius: Double
  /// In m³/s.
  public var rate: Double
  /// The stream is cut off at the nozzle after this volume, in m³.
  public var volume: Double

  public init(radius: Double, rate: Double, volume: Double) {
    (self.radius, self.rate, self.volume) = (radius, rate, volume)
  }
}

public struct MeridianSetup: Sendable, Hashable {
  public var grid: MeridianGrid
  public var density: Double
  public var law: ViscosityLaw
  /// Downward positive, in m/s².
  public var gravity: Double
  /// In N/m; 0: none.
  public var surfaceTension = 0.0
  public var nozzle: Nozzle?
  /// Rows of cells below the rim of a side wall; 0: no wall, liquid runs off the edge.
  public var rim: Int
  /// Whether there is a plate; otherwise liquid falls out at z = 0, free of stress.
  public var hasFloor = true
  /// Largest step over that of half a cell.
  public var stepFactor = 1.0
  /// Distance at which the surface wets a wall, in cells.
  public var reach = 0.5

  public init(
    grid: MeridianGrid, density: Double, law: ViscosityLaw, gravity: Double,
    nozzle: Nozzle? = nil, rim: Int = 0
  ) {
    (self.grid, self.density, self.law) = (grid, density, law)
    (self.gravity, self.nozzle, self.rim) = (gravity, nozzle, rim)
  }
}

/// What ended a run early.
public struct FlowProblem: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}

public struct MeridianFlow: Sendable {
  public let setup: MeridianSetup
  /// In s.
  public private(set) var time = 0.0
  public private(set) var surface: LiquidSurface
  public private(set) var field: StreamField
  /// m³ per radian: what came in, and what left over the rim or edge.
  public private(set) var emitted: Double
  public private(set) var removed = 0.0
  /// First contact with the floor; first passage over rim or edge; end of the stream. In s.
  public private(set) var landing: Double?
  public private(set) var overflow: Double?
  public private(set) var cutoff: Double?
  public private(set) var audit = FlowAudit()
  private var system = StreamSystem()
  private var problem: StreamProblem
  private var fastest = 0.0
  /// Gain of the largest speed over the last step, in m/s².
  private var quickening: Double
  private var lastStep = 0.0
  /// Time, height and speed of the stream's tip when it was last two cells above the floor.
  private var approach: (time: Double, height: Double, speed: Double)?
  /// Whether the problem has the nozzle's mouth; nil before it has anything.
  private var isOpen: Bool?

  /// A liquid at rest below a surface; with a nozzle, its first half cell of stream.
  public init(setup: MeridianSetup, surface: LiquidSurface? = nil) {
    self.setup = setup
    quickening = setup.gravity
    let grid = setup.grid
    field = StreamField(grid: grid)
    problem = StreamProblem(
      weights: LiquidWeights(grid: grid), density: setup.density,
      viscosity: setup.law.viscosity(rate: 0), step: 1, gravity: -setup.gravity)
    if let surface {
      self.surface = surface
      emitted = surface.volume
      if surface.touchesFloor { landing = 0 }
    } else if let nozzle = setup.nozzle {
      // the tip that the pipe's profile makes of a flat one, half a cell long at the side
      let depth = grid.hz
      let (radius, height) = (nozzle.radius, grid.height)
      self.surface = LiquidSurface(points: [
        MeridianPoint(radius, height), MeridianPoint(radius, height - depth),
        MeridianPoint(0, height - depth),
      ])
      emitted = self.surface.volume
      time = emitted * 2 * Double.pi / nozzle.rate
    } else {
      self.surface = LiquidSurface(points: [])
      emitted = 0
    }
    self.surface.space(shortest: 0.15 * grid.h, longest: 0.5 * grid.h)
    fitWindow(to: self.surface)
  }

  /// Cells between the liquid and the end of the part of the grid that is computed.
  private static let margin = 4

  /// The part of the grid that holds the liquid becomes the problem's grid.
  private mutating func fitWindow(to surface: LiquidSurface) {
    let full = setup.grid
    let reach = surface.points.map(\.r).max() ?? 0
    let wide = min(full.nr, Int(reach / full.hr) + 1 + MeridianFlow.margin)
    let high =
      isPouring
      ? full.nz : min(full.nz, Int(surface.top / full.hz) + 1 + MeridianFlow.margin)
    let (old, before) = (problem.grid, problem)
    let isFitted =
      old.nr >= wide && old.nr <= wide + 2 * MeridianFlow.margin && old.nz >= high
      && old.nz <= high + 2 * MeridianFlow.margin
    if isFitted, isOpen == isPouring { return }
    let grid = MeridianGrid(
      nr: min(full.nr, wide + MeridianFlow.margin), nz: min(full.nz, high + MeridianFlow.margin),
      hr: full.hr, hz: full.hz)
    problem = StreamProblem(
      weights: LiquidWeights(grid: grid), density: setup.density,
      viscosity: setup.law.viscosity(rate: 0), step: 1, gravity: -setup.gravity)
    if !setup.law.isNewtonian { problem.takeViscosities(of: before) }
    if setup.hasFloor { problem.fixBottom() } else { problem.bottom = .open }
    if setup.rim > 0, grid.nr == full.nr {
      problem.rim = min(setup.rim, grid.nz)
      problem.side = .wall
      problem.fixSide()
    }
    isOpen = isPouring
    if isPouring { openNozzle() }
  }

  public var isPouring: Bool { setup.nozzle != nil && cutoff == nil }
  /// m³ per radian.
  public var volume: Double { surface.volume }
  public var nozzleSpeed: Double {
    setup.nozzle.map { $0.rate / (Double.pi * $0.radius * $0.radius) } ?? 0
  }

  /// Prescribes the stream function of a pipe's profile at the top.
  private mutating func openNozzle() {
    let grid = problem.grid
    guard let nozzle = setup.nozzle else { return }
    problem.nozzle = nozzle.radius
    let flux = nozzle.rate / (2 * Double.pi)
    for i in 1...grid.nr {
      let s = Double(i) * grid.hr / nozzle.radius
      // up to the first node beyond the lip, so that the whole flux comes in
      guard s - grid.hr / nozzle.radius < 1 else { break }
      let square = min(1, s * s)
      problem.nodes[grid.node(i, grid.nz)] = .fixed(-flux * square * (2 - square))
    }
  }

  /// Largest step that accuracy allows now, in s.
  private func stepLimit() -> Double {
    let grid = setup.grid
    let speed = max(fastest, isPouring ? 2 * nozzleSpeed : 0)
    // of the thinnest part
    let viscosity =
      setup.law.viscosity(rate: speed / max(surface.top, grid.h)) / setup.density
    // half a cell at the speed that the present gain of speed leads to
    let way = 0.5 * grid.h
    let gain = max(quickening, 0)
    var step = 2 * way / max(speed + (speed * speed + 4 * gain * way).squareRoot(), 1e-300)
    if lastStep > 0 { step = min(step, 1.5 * lastStep) }
    // the explicit motion of the surface
    step = min(step, 6 * viscosity / max(setup.gravity * max(surface.top, grid.h), 1e-300))
    step = min(
      step,
      SurfaceTension.limit(
        setup.surfaceTension, density: setup.density, viscosity: viscosity * setup.density,
        edge: grid.h))
    return setup.stepFactor * step
  }

  private var walls: SurfaceWalls {
    SurfaceWalls(
      hasFloor: setup.hasFloor, width: setup.grid.width, rim: Double(setup.rim) * setup.grid.hz,
      reach: setup.reach * setup.grid.h)
  }

  /// One step, not beyond `limit` (s).
  public mutating func step(until limit: Double) throws(FlowProblem) {
    // a step that has to end early says nothing of the next one
    let planned = stepLimit()
    var step = min(planned, limit - time)
    if isPouring, let nozzle = setup.nozzle {
      let rest = (nozzle.volume / (2 * Double.pi) - emitted) / (nozzle.rate / (2 * Double.pi))
      step = min(step, max(rest, 0))
    }
    let keepsFirst = isPouring
    // volumes at the middle of the step
    var middle = surface.moved(by: field, for: 0.5 * step, keepsFirst: keepsFirst)
    _ = middle.meet(walls)
    fitWindow(to: middle)
    let overlap = middle.fill(&problem.weights)
    problem.step = max(step, 1e-12)
    if setup.surfaceTension > 0 {
      SurfaceTension.pull(setup.surfaceTension, of: middle, on: &problem)
    }
    transport(step)
    guard let change = system.solve(&problem, setup.law) else {
      throw FlowProblem(
        "the flow has no solution at \(time) s: the grid may be too coarse for it")
    }
    field = StreamField(system, problem)
    let before = surface.volume
    let tip = surface.points.last
    let tipSpeed = tip.map { -field.velocity($0).y } ?? 0
    surface = surface.moved(by: field, for: step, keepsFirst: keepsFirst)
    let wasDown = surface.touchesFloor
    let left = surface.meet(walls)
    time += step
    let inflow = isPouring ? (setup.nozzle?.rate ?? 0) / (2 * Double.pi) * step : 0
    emitted += inflow
    removed += left
    if landing == nil, setup.hasFloor, surface.touchesFloor, !wasDown {
      // the wall slows what is within a cell of it, which is no part of the fall
      let fall = approach ?? (time - step, tip?.z ?? 0, tipSpeed)
      landing = fall.time + fall.height / max(fall.speed, 1e-300)
    } else if !wasDown, let tip, tip.z > 2 * setup.grid.hz {
      approach = (time - step, tip.z, tipSpeed)
    }
    if overflow == nil, setup.hasFloor, left > 0 { overflow = time }
    let air = surface.heal(reach: 0.25 * setup.grid.h, width: setup.grid.width)
    surface.space(shortest: 0.15 * setup.grid.h, longest: 0.5 * setup.grid.h)
    let drift = before + inflow - left - surface.volume
    audit.take(
      drift: drift, air: air, viscosity: change, overlap: overlap, volume: surface.volume,
      time: step, step: system.audit)
    _ = surface.correct(
      to: emitted - removed, width: setup.grid.width, keepsFirst: keepsFirst)
    guard abs(surface.volume - emitted + removed) < 1e-6 * emitted else {
      throw FlowProblem(
        "the liquid is thinner than the grid can carry at \(time) s: take a smaller resolution")
    }
    // at a nozzle the grid ends at its mouth
    guard setup.nozzle != nil || surface.top <= setup.grid.height * (1 + 1e-9) else {
      throw FlowProblem("the liquid rises above the grid at \(time) s")
    }
    let speed = speedOfSurface()
    if step > 0.1 * planned {
      quickening = min((speed - fastest) / step, setup.gravity)
    }
    lastStep = planned / setup.stepFactor
    fastest = speed
    if isPouring, let nozzle = setup.nozzle,
      emitted >= nozzle.volume / (2 * Double.pi) * (1 - 1e-12)
    {
      cut()
    }
  }

  /// The stream is cut at the nozzle's mouth and falls on.
  private mutating func cut() {
    cutoff = time
    surface.points.insert(MeridianPoint(0, setup.grid.height), at: 0)
    surface.space(shortest: 0.15 * setup.grid.h, longest: 0.5 * setup.grid.h)
  }

  private func speedOfSurface() -> Double {
    var largest = system.audit.fastest
    for point in surface.points {
      let u = field.velocity(point)
      largest = max(largest, (u.x * u.x + u.y * u.y).squareRoot())
    }
    return largest
  }

  /// Velocity that arrives at each face near the liquid.
  private mutating func transport(_ step: Double) {
    let grid = problem.grid
    let old = field
    let isNear = neighbourhood()
    for i in 0..<grid.nr {
      for j in 0..<grid.nz where isNear[i * grid.nz + j] {
        for k in 0...1 {
          let (a, b) = (i + k, j + k)
          if a > 0, k == 1 || !isNear[(i - 1) * grid.nz + j] {
            let point = MeridianPoint(Double(a) * grid.hr, (Double(j) + 0.5) * grid.hz)
            problem.rVelocity[a * grid.nz + j] = old.component(r: old.departure(from: point, step))
          }
          if k == 1 || j == 0 || !isNear[i * grid.nz + j - 1] {
            let point = MeridianPoint((Double(i) + 0.5) * grid.hr, Double(b) * grid.hz)
            problem.zVelocity[i * (grid.nz + 1) + b] = old.component(
              z: old.departure(from: point, step))
          }
        }
      }
    }
  }

  /// Cells that hold liquid or touch one that does.
  private func neighbourhood() -> [Bool] {
    let grid = problem.grid
    var marks = [Bool](repeating: false, count: grid.nr * grid.nz)
    for i in 0..<grid.nr {
      for j in 0..<grid.nz where problem.weights.centre(i, j) > 0 {
        for a in max(0, i - 1)...min(grid.nr - 1, i + 1) {
          for b in max(0, j - 1)...min(grid.nz - 1, j + 1) { marks[a * grid.nz + b] = true }
        }
      }
    }
    return marks
  }
}

/// Largest errors of a run so far, relative to what they are errors of.
public struct FlowAudit: Sendable, Hashable {
  /// Sum of the volume that transport and wetting changed, over the volume.
  public private(set) var drift = 0.0
  /// Air that the surface closed in and that was taken for liquid, in m³ per radian.
  public private(set) var air = 0.0
  /// Largest relative change of a viscosity in the last repetition of a step.
  public private(set) var viscosity = 0.0
  /// Largest share of the volume that the grid does not see.
  public private(set) var overlap = 0.0
  /// Residual of the energy balance over the power of gravity.
  public private(set) var energy = 0.0
  /// Work of surface tension on the liquid, in J per radian.
  public private(set) var tensionWork = 0.0
  public private(set) var refinement = 0.0
  public private(set) var steps = 0
  public private(set) var unknowns = 0
  public private(set) var halfBand = 0

  public init() {}

  mutating func take(
    drift: Double, air: Double, viscosity: Double, overlap: Double, volume: Double,
    time: Double, step: StreamAudit
  ) {
    self.drift += abs(drift) / volume
    self.air += air
    self.viscosity = max(self.viscosity, viscosity)
    self.overlap = max(self.overlap, abs(overlap) / volume)
    let scale =
      abs(step.gravityPower) + abs(step.tensionPower) + step.dissipation + abs(step.inletPower)
    let rest =
      step.gravityPower + step.tensionPower + step.inletPower - step.dissipation - step.kineticRate
      - step.eulerLoss
    if scale > 0 { energy = max(energy, abs(rest) / scale) }
    tensionWork += step.tensionPower * time
    refinement = max(refinement, step.refinement)
    steps += 1
    unknowns = max(unknowns, step.unknowns)
    halfBand = max(halfBand, step.halfBand)
  }
}
