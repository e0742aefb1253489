// A viscous liquid with a free surface in a box, in three dimensions: slumps, pours, tilted plates.
//
// Loop            half a step of the particles with the old velocity → momentum and fractions on the grid →
//                 coupled solves for half the step and the whole → velocities of the whole back →
//                 the whole step with the velocity of the half
// Discretisation  midpoint rule for positions (order 2 in creeping flow and in free fall), backward Euler for
//                 inertia, affine particle transfers; steps of half a cell
// Validity        laminar, no air, no surface tension; details of at least six cells
// Checked by      VolumeFlowTests: slump against the axisymmetric flow, ledger, rest, symmetry

import Foundation

/// A round hole in the upper end of z that liquid leaves downward, with the profile of a long pipe.
public struct VolumeInlet: Sendable, Hashable {
  /// Centre, in m.
  public var x: Double
  public var y: Double
  /// In m.
  public var radius: Double
  /// In m³/s.
  public var rate: Double
  /// The stream stops after this volume, in m³.
  public var volume: Double

  public init(x: Double, y: Double, radius: Double, rate: Double, volume: Double) {
    (self.x, self.y, self.radius, self.rate, self.volume) = (x, y, radius, rate, volume)
  }
}

public struct VolumeSetup: Sendable, Hashable {
  public var grid: VolumeGrid
  /// In kg/m³.
  public var density: Double
  public var law: ViscosityLaw
  /// In m/s²; any direction, for tilted plates.
  public var gravity: SIMD3<Double>
  /// Needs an open upper end of z.
  public var inlet: VolumeInlet?
  /// What stands in the box.
  public var solids: [VolumeSolid] = []
  /// Liquid farther than this from the vertical line through `middle` is taken away, in m.
  public var edge: Double?
  /// x and y of the middle of the plate or cup, in m.
  public var middle = SIMD2(0.0, 0.0)
  /// Largest step over that of half a cell.
  public var stepFactor = 1.0
  /// See `StressSystem.tolerance`.
  public var tolerance = 1e-5

  public init(
    grid: VolumeGrid, density: Double, law: ViscosityLaw, gravity: SIMD3<Double>,
    inlet: VolumeInlet? = nil
  ) {
    (self.grid, self.density, self.law) = (grid, density, law)
    (self.gravity, self.inlet) = (gravity, inlet)
  }
}

/// Largest errors of a run so far.
public struct VolumeAudit: Sendable, Hashable {
  public var steps = 0
  public var iterations = 0
  /// Balance of energy, relative to its largest part.
  public var energy = 0.0
  /// |div u − s|·h over the fastest velocity.
  public var divergence = 0.0
  /// Velocity between two stops a factor of 10 apart.
  public var velocityChange = 0.0
  /// |s|Δt of the volume correction.
  public var correction = 0.0
  /// Volume that the grid sees over that of the particles, less 1: the one that is farthest from 0.
  public var volumeGap = 0.0
  /// Last relative change of a velocity between viscosities.
  public var viscosity = 0.0

  public init() {}
}

public struct VolumeFlow: Sendable {
  public let setup: VolumeSetup
  /// In s.
  public private(set) var time = 0.0
  public private(set) var particles: VolumeParticles
  public private(set) var field: VolumeField
  /// Fractions of half cells at `time`.
  public private(set) var weights: VolumeWeights
  /// m³: what began in the box or came in as particles, and what left through open ends.
  public private(set) var emitted = 0.0
  public private(set) var removed = 0.0
  /// First touch of the floor by a stream; first loss beyond the edge; end of the stream. In s.
  public private(set) var landing: Double?
  public private(set) var overflow: Double?
  public private(set) var cutoff: Double?
  public private(set) var audit = VolumeAudit()
  private var system = StressSystem()
  private var problem: VolumeProblem
  private var emitter: VolumeEmitter?
  private var fastest = 0.0
  /// Gain of the largest speed over the last step, in m/s².
  private var quickening: Double
  private var lastStep = 0.0
  /// The lowest liquid at the last two steps on which it was clear of the floor.
  private var tip: (before: (time: Double, height: Double)?, now: (time: Double, height: Double)?)

  /// A body at rest, given by what is inside it.
  /// - Throws: `InvalidFlow` for values out of range, or an inlet without an open end above it.
  public init(
    setup: VolumeSetup, filling isLiquid: (SIMD3<Double>) -> Bool = { _ in false }
  ) throws(InvalidFlow) {
    try requirePositive("density", setup.density)
    try requirePositive("viscosity", setup.law.viscosity(rate: 1))
    let g = setup.gravity
    guard g.x.isFinite, g.y.isFinite, g.z.isFinite else {
      throw InvalidFlow("gravity", g.x + g.y + g.z, expected: "finite numbers")
    }
    self.setup = setup
    quickening = (g * g).sum().squareRoot()
    particles = VolumeParticles(grid: setup.grid, filling: isLiquid)
    let room = try VolumeRoom(setup.solids, grid: setup.grid)
    weights = VolumeWeights(grid: setup.grid, room: room)
    system.tolerance = setup.tolerance
    field = VolumeField(grid: setup.grid, room: room)
    problem = VolumeProblem(
      weights: weights, density: setup.density, viscosity: setup.law.viscosity(rate: 1),
      step: 1, gravity: g)
    if let inlet = setup.inlet {
      let emitter = try VolumeEmitter(inlet, setup.grid)
      problem.inlet = emitter.speeds
      self.emitter = emitter
    }
    emitted = particles.volume
    particles.fill(&weights, at: particles.positions)
  }

  /// m³ in the box.
  public var volume: Double { particles.volume }
  public var isPouring: Bool { emitter != nil }
  /// m³ that have passed the hole and wait there for their layer.
  public var waiting: Double { emitter?.waiting ?? 0 }

  /// Largest step that accuracy allows now, in s.
  private func stepLimit() -> Double {
    let h = setup.grid.h
    let speed = max(fastest, emitter?.speed ?? 0)
    // half a cell at the speed that the present gain of speed leads to
    let way = 0.5 * h
    let gain = max(quickening, 0)
    var step = 2 * way / max(speed + (speed * speed + 4 * gain * way).squareRoot(), 1e-300)
    // surface modes, which positions follow explicitly
    let g = (setup.gravity * setup.gravity).sum().squareRoot()
    let height = max(topHeight, h)
    let viscosity = setup.law.viscosity(rate: speed / height) / setup.density
    // a liquid as thin as water is held by its speed
    if viscosity > 1e-4 { step = min(step, 6 * viscosity / max(g * height, 1e-300)) }
    step *= setup.stepFactor
    return lastStep > 0 ? min(step, 1.5 * lastStep) : step
  }

  /// One step, not beyond `limit` (s).
  public mutating func step(until limit: Double) throws(FlowProblem) {
    var step = min(stepLimit(), limit - time)
    guard step > 0 else { return }
    if let source = emitter { step = min(step, max(source.timeLeft, 1e-12)) }
    // the middle of the step
    let middle = particles.positions.map { field.held(field.moved($0, by: 0.5 * step)) }
    particles.fill(&problem.weights, at: middle, emitter: emitter, after: 0.5 * step)
    problem.before = particles.gridVelocity(setup.grid, room: weights.room, at: middle)
    let correction = particles.source(problem.weights, at: middle, step: step)
    problem.source = correction.0
    // what the liquid has half way is what moves it, what it has at the end it takes along: as good for
    // free fall as for creeping flow, where both are the same
    problem.step = 0.5 * step
    var change = try solve()
    let iterations = system.audit.iterations
    let halfway = VolumeField(grid: setup.grid, room: weights.room, system: system)
    problem.step = step
    change = max(change, try solve())
    field = VolumeField(grid: setup.grid, room: weights.room, system: system)
    particles.take(field, at: middle)
    particles.transport(halfway, step)
    particles.stretch(by: step, grid: setup.grid)
    removed += particles.leave(setup.grid)
    if let edge = setup.edge {
      let volume = particles.leave(beyond: edge, of: setup.middle)
      removed += volume
      if volume > 0, overflow == nil { overflow = time + step }
    }
    if var source = emitter {
      // where the layers that came in on the way are now
      emitted += source.emit(into: &particles, during: step)
      emitter = source
    }
    time += step
    watchLanding()
    particles.fill(&weights, at: particles.positions, emitter: emitter)

    let solve = system.audit
    if lastStep > 0 { quickening = (solve.fastest - fastest) / step }
    (fastest, lastStep) = (solve.fastest, step)
    audit.steps += 1
    audit.iterations += iterations + solve.iterations
    audit.energy = max(audit.energy, solve.energyError)
    audit.divergence = max(audit.divergence, solve.divergence)
    audit.velocityChange = max(audit.velocityChange, solve.velocityChange)
    audit.correction = max(audit.correction, correction.1)
    audit.viscosity = max(audit.viscosity, change)
    let volume = particles.volume + waiting
    let gap = volume > 0 ? weights.volume / volume - 1 : 0
    if abs(gap) > abs(audit.volumeGap) { audit.volumeGap = gap }
    if var source = emitter, source.timeLeft <= 1e-9 * source.duration {
      emitted += source.end(into: &particles)
      cutoff = time
      emitter = nil
      problem.inlet = []
    }
  }

  /// One coupled solve; the last relative change of a velocity between viscosities.
  private mutating func solve() throws(FlowProblem) -> Double {
    if let change = system.solve(&problem, setup.law) { return change }
    throw FlowProblem(
      "the flow at \(time) s was not solved: \(system.audit.iterations) iterations left a change of "
        + "\(system.audit.velocityChange) and a divergence of \(system.audit.divergence)")
  }

  /// Notes when the first liquid comes to the floor: within a cell and a half of it the grid holds the tip
  /// back, so its way is continued from before.
  private mutating func watchLanding() {
    guard landing == nil, setup.inlet != nil else { return }
    let lowest = particles.positions.reduce(Double.infinity) { min($0, $1.z) }
    guard lowest.isFinite else { return }
    if lowest > 1.5 * setup.grid.h {
      tip = (tip.now, (time, lowest))
      return
    }
    guard let now = tip.now, let before = tip.before, before.height > now.height else {
      landing = time
      return
    }
    landing = now.time + now.height * (now.time - before.time) / (before.height - now.height)
  }

  // MARK: Surface

  /// Height of the surface over a half cell of the floor, in m: where, from above, the fraction first
  /// reaches a half, between middles of half cells. What is thinner counts by its volume.
  func depth(_ a: Int, _ b: Int) -> Double {
    let count = 2 * setup.grid.cells.z
    guard a >= 0, b >= 0, a < 2 * setup.grid.cells.x, b < 2 * setup.grid.cells.y else { return 0 }
    let size = 0.5 * setup.grid.h
    let first = weights.place(a, b, 0)
    var above = 0.0
    for c in stride(from: count - 1, through: 0, by: -1) {
      let here = weights.halves[first + c]
      if here >= 0.5 {
        // a full half cell under an empty one ends at its own top
        return size * (Double(c) + 0.5 + (here - 0.5) / (here - above))
      }
      above = here
    }
    return size * weights.halves[first]
  }

  /// Depth of liquid at a point of the floor, between middles of half cells, in m.
  public func depth(x: Double, y: Double) -> Double {
    let size = 0.5 * setup.grid.h
    let (p, q) = (x / size - 0.5, y / size - 0.5)
    let (a, b) = (p.rounded(.down), q.rounded(.down))
    let (s, t) = (p - a, q - b)
    let (i, j) = (Int(a), Int(b))
    return (1 - s) * ((1 - t) * depth(i, j) + t * depth(i, j + 1))
      + s * ((1 - t) * depth(i + 1, j) + t * depth(i + 1, j + 1))
  }

  /// Distance from a vertical line at which the depth falls to `thickness`, the farthest on each of 64
  /// rays, averaged; in m. 0 where no point of a ray is that deep.
  public func radius(atThickness thickness: Double, x: Double, y: Double) -> Double {
    let pace = 0.25 * setup.grid.h
    let extent = setup.grid.extent
    let count = Int((extent.x + extent.y) / pace)
    let rays = 64
    var sum = 0.0
    for ray in 0..<rays {
      let angle = 2 * Double.pi * (Double(ray) + 0.5) / Double(rays)
      let (c, s) = (cos(angle), sin(angle))
      var outer = 0.0
      for n in stride(from: count, through: 0, by: -1) {
        let r = Double(n) * pace
        let here = depth(x: x + r * c, y: y + r * s)
        if here >= thickness {
          sum += here > outer ? r + pace * (here - thickness) / (here - outer) : r
          break
        }
        outer = here
      }
    }
    return sum / Double(rays)
  }

  /// Largest depth, in m.
  public var topHeight: Double {
    var largest = 0.0
    for a in 0..<(2 * setup.grid.cells.x) {
      for b in 0..<(2 * setup.grid.cells.y) { largest = max(largest, depth(a, b)) }
    }
    return largest
  }

  /// Farthest liquid along an axis, by particles, in m; 0 if there is none.
  public func front(_ axis: Int) -> Double {
    particles.positions.reduce(0) { max($0, $1[axis]) }
  }
}
