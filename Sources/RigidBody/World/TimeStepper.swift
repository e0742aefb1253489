// Fixed steps for scenes with too many contacts to locate each of their events: piles, settling heaps.
//
// Equation        M·(v⁺ − v) = h·F + Jᵀ·r;  gap/h + u_N⁺ and r_N complementary, r in the exact cone of
//                 the step's end;  q⁺ = q∘exp(h·v⁺). A gap closes at the end of a step, never beyond
// Discretisation  order 1 in time; positions of overlapping contacts are projected after each step
// Source          Stewart & Trinkle 1996, Int. J. Numer. Meth. Eng. 39, 2673; Jean 1999, CMAME 177, 235
// Deviation       the true cone instead of a polyhedral one
// Validity        impacts without rebound, or rebounds of Newton at step ends (no location: their times
//                 are off by up to h). What Engine can locate, it does better
// Checked by      TimeStepperTests: weight of stacks, slope, sliding at first order, no drift at rest

public struct TimeStepper: Sendable {
  public let setup: WorldSetup
  /// In s.
  public let step: Double
  public private(set) var time: Double
  /// Largest certificate so far.
  public private(set) var largestCertificate = 0.0
  /// Sum of squares of overlaps after the last step, in m², and number of contacts.
  public private(set) var penetrationSquared = 0.0
  public private(set) var contactCount = 0
  public private(set) var factorisations = 0
  /// Asked of each solve.
  public var tolerance = 1e-10

  private let dynamics: Dynamics
  private let noise: NoiseLevels
  private var state: EngineState
  private var frames: Frames
  private var solver = ContactSolver()
  private var separator = ContactSolver()
  private var deepest = 0.0
  private var lastPhase: Phase?
  private var problem = ContactProblem()
  /// Index in the problem of each free body, −1 for prescribed ones.
  private let slot: [Int]
  private var cache: [CachedPair]
  /// Normal of each group, for the reuse of reactions.
  private var keys: [ReactionKey] = []
  private var hasMoved: [Bool]

  private struct CachedPair: Sendable {
    var points: [ContactPoint] = []
    var isFresh = false
  }

  private struct ReactionKey: Hashable, Sendable {
    let pair: Int
    let feature: UInt32
  }

  public init(setup: WorldSetup, start: WorldState, step: Double) throws(EngineProblem) {
    try Engine.check(setup, start)
    guard step > 0, step.isFinite else {
      throw EngineProblem(code: "R101", "a step of \(step) s is not above 0")
    }
    (self.setup, self.step, time) = (setup, step, start.time)
    dynamics = Dynamics(setup: setup, start: start.poses)
    noise = NoiseLevels(
      length: dynamics.length, gravity: setup.gravity.length,
      speed: start.twists.map { $0.velocity.length }.max() ?? 0)
    state = EngineState(
      time: start.time, poses: start.poses, velocities: start.twists.map(\.velocity),
      spins: zip(start.poses, start.twists).map { $0.orientation.matrix.toBody($1.spin) })
    frames = dynamics.frames(state)
    var next = 0
    slot = setup.bodies.map { body in
      guard !body.isPrescribed else { return -1 }
      next += 1
      return next - 1
    }
    cache = Array(repeating: CachedPair(), count: setup.pairs.count)
    hasMoved = Array(repeating: true, count: setup.bodies.count)
    for index in setup.bodies.indices where slot[index] >= 0 {
      problem.mass.append(contentsOf: dynamics.mass[(6 * index)..<(6 * index + 6)])
    }
    problem.free = Array(repeating: 0, count: problem.mass.count)
  }

  /// Poses and twists (world axes) now.
  public var current: WorldState {
    WorldState(time: time, poses: frames.poses, twists: frames.twists)
  }

  /// Kinetic energy and gravity, in J.
  public var energy: Double {
    dynamics.setup.energy(
      state, Phase(isTaut: setup.joints.map { _ in true }), frames)
  }

  /// Reactions of the last step: normal force on body a of each pair, in N.
  public var normalForces: [Double] {
    var forces = Array(repeating: 0.0, count: setup.pairs.count)
    for (g, key) in keys.enumerated() where key.pair >= 0 {
      forces[key.pair] += problem.reaction[problem.groups[g].first] / step
    }
    return forces
  }

  // MARK: Step

  public mutating func advance() {
    let phase = Phase(
      isTaut: isTaut, acts: setup.loads.map { time >= $0.from && time < $0.until },
      pushes: Array(repeating: false, count: setup.pairs.count))
    let forces = BodyForces(setup, frames, phase)
    loadFree(forces)
    findContacts()
    measureOverlap()
    if deepest > 10 * noise.gap {
      separate()
      findContacts()
    }
    // what stands still has the rows of the step before
    if hasMoved.contains(true) || phase != lastPhase { assemble(phase) }
    lastPhase = phase
    let solution = solver.solve(problem, tolerance: tolerance)
    problem.reaction = solution.reaction
    largestCertificate = max(largestCertificate, solution.certificate)
    factorisations += solution.factorisations
    move(solution.motion)
  }

  private var isTaut: [Bool] {
    setup.joints.map { joint in
      switch joint.kind {
      case .strap(_, _, let length), .rope(let length):
        JointGeometry(joint, frames).separation.length >= length
      default: true
      }
    }
  }

  private mutating func loadFree(_ forces: BodyForces) {
    for (index, body) in setup.bodies.enumerated() where slot[index] >= 0 {
      let o = 6 * slot[index]
      let (v, w, i) = (state.velocities[index], state.spins[index], body.inertia)
      let (f, m) = (forces.force[index], problem.mass[o])
      problem.free[o] = v.x + step * f.x / m
      problem.free[o + 1] = v.y + step * f.y / m
      problem.free[o + 2] = v.z + step * f.z / m
      let gyro = w.cross(Vector3(x: i.x * w.x, y: i.y * w.y, z: i.z * w.z))
      let t = forces.torque[index] - gyro
      problem.free[o + 3] = w.x + step * t.x / i.x
      problem.free[o + 4] = w.y + step * t.y / i.y
      problem.free[o + 5] = w.z + step * t.z / i.z
    }
  }

  /// Feature pairs that can close within this step; pairs whose bodies stand still keep theirs.
  private mutating func findContacts() {
    for index in setup.pairs.indices {
      let (a, b) = (setup.pairs[index].a, setup.pairs[index].b)
      if cache[index].isFresh, !hasMoved[a], !hasMoved[b] { continue }
      cache[index].isFresh = true
      let (ra, rb) = (dynamics.radii[a], dynamics.radii[b])
      let reach = reach(a, b)
      if ra.isFinite, rb.isFinite {
        let d = frames.shapePose(a, setup).position - frames.shapePose(b, setup).position
        let limit = ra + rb + reach
        if d.dot(d) > limit * limit {
          cache[index].points.removeAll(keepingCapacity: true)
          // what is far and moves is looked at again next time
          continue
        }
      }
      cache[index].points = dynamics.manifold(index, frames, within: reach).points
    }
  }

  private func reach(_ a: Int, _ b: Int) -> Double {
    func speed(_ body: Int) -> Double {
      let r = dynamics.radii[body].isFinite ? dynamics.radii[body] : 0
      return frames.twists[body].velocity.length + r * frames.twists[body].spin.length
    }
    let pull = setup.gravity.length
    return 2 * step * (speed(a) + speed(b) + pull * step) + noise.gap
  }

  private mutating func measureOverlap() {
    (deepest, penetrationSquared) = (0, 0)
    for entry in cache {
      for point in entry.points where point.gap < 0 {
        deepest = max(deepest, -point.gap)
        penetrationSquared += point.gap * point.gap
      }
    }
  }

  /// Moves overlapping bodies apart, weighted by mass; velocities stay.
  private mutating func separate() {
    var rows = RowBuffer(frames: frames)
    for index in setup.pairs.indices {
      for point in cache[index].points {
        ContactGeometry(point, a: setup.pairs[index].a, b: setup.pairs[index].b, frames)
          .addNormal(to: &rows, owner: .contact(index))
      }
    }
    var shift = ContactProblem()
    shift.mass = problem.mass
    shift.free = Array(repeating: 0, count: problem.mass.count)
    shift.groups = rows.groups.map { group in
      var local = group
      local.bodyA = group.bodyA < 0 ? -1 : slot[group.bodyA]
      local.bodyB = group.bodyB < 0 ? -1 : slot[group.bodyB]
      return local
    }
    shift.jacobian = rows.jacobian
    shift.bias = rows.error
    shift.reaction = rows.reaction
    let solution = separator.solve(shift, tolerance: 1e-6)
    for index in setup.bodies.indices where slot[index] >= 0 {
      let o = 6 * slot[index]
      let m = solution.motion
      state.poses[index].position =
        state.poses[index].position + Vector3(x: m[o], y: m[o + 1], z: m[o + 2])
      let turn = Vector3(x: m[o + 3], y: m[o + 4], z: m[o + 5])
      state.poses[index].orientation =
        (state.poses[index].orientation * Quaternion(rotationVector: turn)).normalized
      hasMoved[index] = true
    }
    frames = dynamics.frames(state)
  }

  /// Fills the problem.
  private mutating func assemble(_ phase: Phase) {
    var rows = RowBuffer(frames: frames)
    var old: [ReactionKey: Int] = [:]
    for (g, key) in keys.enumerated() { old[key] = problem.groups[g].first }
    let previous = problem.reaction
    var fresh: [ReactionKey] = []
    var bias: [Double] = []
    for (index, joint) in setup.joints.enumerated() {
      if case .rope = joint.kind, !phase.isTaut[index] { continue }
      let before = rows.groups.count
      JointGeometry(joint, frames).addRows(to: &rows, owner: .joint(index))
      for g in before..<rows.groups.count {
        fresh.append(ReactionKey(pair: -1, feature: UInt32(g)))
        for row in rows.groups[g].first..<(rows.groups[g].first + rows.groups[g].count) {
          let error = rows.error[row]
          bias.append(rows.velocityBias[row] + (error.isNaN ? 0 : error / step))
        }
      }
    }
    contactCount = 0
    for index in setup.pairs.indices where !cache[index].points.isEmpty {
      let pair = setup.pairs[index]
      for point in cache[index].points {
        contactCount += 1
        let geometry = ContactGeometry(point, a: pair.a, b: pair.b, frames)
        let owner = RowBuffer.Owner.contact(index)
        if pair.law.isFrictionless {
          geometry.addNormal(to: &rows, owner: owner)
        } else {
          let isStill = geometry.sliding.length < 1e-9 + 100 * noise.speed
          geometry.addCone(
            to: &rows, owner: owner,
            friction: isStill
              ? pair.law.staticFriction
              : pair.law.slidingFriction(at: geometry.sliding.length))
        }
        fresh.append(ReactionKey(pair: index, feature: point.feature))
        let group = rows.groups[rows.groups.count - 1]
        for k in 0..<group.count {
          var value = rows.velocityBias[group.first + k]
          if k == 0 {
            // an overlap is not pushed out by velocities: that would add energy
            value += max(0, point.gap) / step
            let approach = geometry.approach
            if pair.law.restitution > 0, point.gap <= noise.gap, approach < -noise.closing {
              value += pair.law.restitution * approach
            }
          }
          bias.append(value)
        }
      }
    }
    problem.groups = rows.groups.map { group in
      var local = group
      local.bodyA = group.bodyA < 0 ? -1 : slot[group.bodyA]
      local.bodyB = group.bodyB < 0 ? -1 : slot[group.bodyB]
      return local
    }
    problem.jacobian = rows.jacobian
    problem.bias = bias
    problem.reaction = rows.reaction
    for (g, key) in fresh.enumerated() {
      guard let first = old[key] else { continue }
      for k in 0..<rows.groups[g].count where first + k < previous.count {
        problem.reaction[rows.groups[g].first + k] = previous[first + k]
      }
    }
    keys = fresh
  }

  private mutating func move(_ motion: [Double]) {
    time += step
    state.time = time
    for index in setup.bodies.indices {
      let o = 6 * max(0, slot[index])
      guard slot[index] >= 0 else {
        hasMoved[index] = setup.bodies[index].motion?.isMoving ?? false
        continue
      }
      var v = Vector3(x: motion[o], y: motion[o + 1], z: motion[o + 2])
      var w = Vector3(x: motion[o + 3], y: motion[o + 4], z: motion[o + 5])
      let radius = dynamics.radii[index].isFinite ? dynamics.radii[index] : dynamics.length
      // what is below the solver's own rounding is rest
      if v.length + radius * w.length < restSpeed { (v, w) = (.zero, .zero) }
      state.velocities[index] = v
      state.spins[index] = w
      hasMoved[index] = v != .zero || w != .zero
      guard hasMoved[index] else { continue }
      state.poses[index].position = state.poses[index].position + step * v
      if w != .zero {
        state.poses[index].orientation =
          (state.poses[index].orientation * Quaternion(rotationVector: step * w)).normalized
      }
    }
    frames = dynamics.frames(state)
  }

  /// Speed that a solve at its tolerance leaves to a body at rest, in m/s.
  private var restSpeed: Double { 100 * tolerance * setup.gravity.length * step }
}
