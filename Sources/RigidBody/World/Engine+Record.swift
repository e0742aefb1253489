// Samples and events out of states and phases.

extension Engine {
  func sample(_ evaluation: Evaluation) -> WorldSample {
    Engine.sample(dynamics, state, evaluation)
  }

  static func sample(_ dynamics: Dynamics, _ state: EngineState, _ evaluation: Evaluation)
    -> WorldSample
  {
    let (setup, rows) = (dynamics.setup, evaluation.rows)
    let frames = rows.frames
    var sample = WorldSample(
      state: WorldState(time: state.time, poses: frames.poses, twists: frames.twists),
      contactForces: Array(repeating: .zero, count: setup.pairs.count),
      jointForces: Array(repeating: .zero, count: setup.joints.count))
    for index in setup.bodies.indices {
      sample.accelerations.append(
        frames.isPrescribed[index]
          ? frames.accelerations[index]
          : Twist(
            velocity: evaluation.linear[index],
            spin: frames.rotations[index].toWorld(evaluation.angular[index])))
    }
    for (g, group) in rows.groups.enumerated() {
      var force = Vector3.zero
      for row in group.first..<(group.first + group.count) {
        force = force + rows.reaction[row] * rows.forceOnA[row]
      }
      switch rows.owners[g] {
      case .joint(let index) where index >= 0:
        sample.jointForces[index] = sample.jointForces[index] + force
      case .contact(let index):
        let pair = evaluation.pairs[index]
        sample.contactForces[pair] = sample.contactForces[pair] + force
      default: break
      }
    }
    for (index, force) in evaluation.springForces {
      sample.jointForces[index] = sample.jointForces[index] + force
    }
    for (index, force) in evaluation.compliantForces {
      sample.contactForces[index] = sample.contactForces[index] + force
    }
    return sample
  }

  /// Events of an instant: impacts, then joints and straps, then modes.
  mutating func record(
    _ settlement: Dynamics.Settlement, before: WorldSample, from previous: Phase,
    noise bracket: Double = 0, isTimed: Bool = false
  ) {
    let after = sample(settlement.evaluation)
    func add(_ kind: EventKind, _ a: Int, _ b: Int, joint: Int = -1, impulse: Double = 0) {
      log.events.append(
        WorldEvent(
          kind: kind, time: state.time, a: a, b: b, joint: joint, before: before, after: after,
          impulse: impulse, noise: bracket))
    }
    if isTimed { add(.load, -1, -1) }
    for (pair, impulse) in settlement.impacts {
      add(.contact, setup.pairs[pair].a, setup.pairs[pair].b, impulse: impulse)
    }
    for index in setup.joints.indices {
      guard index < previous.isTaut.count, setup.joints[index].kind.canSlack else { continue }
      let (old, new) = (previous.isTaut[index], phase.isTaut[index])
      if old != new {
        add(new ? .taut : .slack, setup.joints[index].a, setup.joints[index].b, joint: index)
      }
    }
    let isFirst = previous.isTaut.isEmpty && previous.pushes.isEmpty && log.events.isEmpty
    for pair in setup.pairs.indices {
      let old = previous.contacts.filter { $0.pair == pair }
      let new = phase.contacts.filter { $0.pair == pair }
      let (a, b) = (setup.pairs[pair].a, setup.pairs[pair].b)
      let isStruck = settlement.impacts.contains { $0.pair == pair }
      if old.isEmpty, !new.isEmpty, !isFirst, !isStruck { add(.contact, a, b) }
      if !old.isEmpty, new.isEmpty { add(.liftOff, a, b) }
      // a compliant pair has no rows: it is in contact while it pushes
      if setup.pairs[pair].law.compliance != .rigid, pair < previous.pushes.count,
        previous.pushes[pair] != phase.pushes[pair]
      {
        add(phase.pushes[pair] ? .contact : .liftOff, a, b)
      }
      guard !new.isEmpty, !setup.pairs[pair].law.isFrictionless else { continue }
      let (slid, slides) = (old.contains(where: \.slides), new.contains(where: \.slides))
      if slides, !slid { add(.slip, a, b) }
      if !slides, slid { add(.stick, a, b) }
    }
    let level = dynamics.accelerationNoise(settlement.evaluation, noise)
    for index in setup.bodies.indices where !setup.bodies[index].isPrescribed {
      let moved = observer.isMoving[index]
      let radius = dynamics.radii[index].isFinite ? dynamics.radii[index] : dynamics.length
      let rests =
        state.velocities[index].length + radius * state.spins[index].length <= 1e3 * noise.speed
        && settlement.evaluation.linear[index].length <= level
        && radius * settlement.evaluation.angular[index].length <= level
      if rests, moved { add(.rest, index, -1) }
      observer.isMoving[index] = !rests
    }
  }
}

extension Joint.Kind {
  var canSlack: Bool {
    switch self {
    case .strap, .rope: true
    default: false
    }
  }
}
