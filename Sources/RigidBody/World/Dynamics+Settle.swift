// From a state to the phase that follows: what is closed, what sticks, what slides, what lets go.
//
// Order inside an instant: impacts, then velocities of what is closed, then modes (methods of event-
// driven schemes, Pfeiffer & Glocker 1996). Modes follow from the acceleration problem under the cone
// of static friction; what cannot be held goes on with sliding friction.

extension Dynamics {
  struct Settlement {
    var phase: Phase
    var evaluation: Evaluation
    /// Pairs that were struck, with their largest normal impulse (N·s), in order of the pairs.
    var impacts: [(pair: Int, impulse: Double)] = []
    /// Ropes that were jerked taut.
    var jerks: [Int] = []
    var energy = 0.0
    var workOfMotions = 0.0
    var isMultiple = false
    var certificate = 0.0
    var usedPoisson = false
    /// Friction jammed a slide.
    var isJammed = false
    /// The impacts did not come to an end.
    var isOpenEnded = false
  }

  /// Settles the state at an instant; velocities change by impacts.
  mutating func settle(
    _ state: inout EngineState, previous: Phase?, _ noise: NoiseLevels,
    order: RunOptions.ImpactOrder
  ) -> Settlement {
    var phase = candidates(state, previous, noise)
    var impacts: [Int: Double] = [:]
    var (energy, certificate) = (0.0, 0.0)
    var (isMultiple, usedPoisson, isOpenEnded) = (false, false, false)
    var jerks: [Int] = []
    var givenWork = 0.0
    var struck: Set<Int> = []

    // impacts, until nothing approaches any more
    for pass in 0...400 {
      let frames = frames(state)
      let (_, geometries) = rows(frames, phase)
      var approaching: [(index: Int, speed: Double)] = []
      for (index, geometry) in geometries.enumerated() {
        if let geometry, geometry.approach < -noise.speed {
          approaching.append((index, -geometry.approach))
        }
      }
      let tight = setup.joints.indices.filter { joint in
        guard phase.isTaut[joint], case .rope = setup.joints[joint].kind else { return false }
        let geometry = JointGeometry(setup.joints[joint], frames)
        let d = geometry.separation
        return d.dot(geometry.separationRate) > noise.speed * d.length
      }
      let isLoose = pass == 0 && jointsAreLoose(state, phase, noise)
      guard !approaching.isEmpty || !tight.isEmpty || isLoose else { break }
      if pass == 400 {
        isOpenEnded = true
        break
      }
      jerks = jerks + tight.filter { !jerks.contains($0) }
      let pairs = Set(approaching.map { phase.contacts[$0.index].pair })
      let touching = Set(phase.contacts.map(\.pair))
      if approaching.contains(where: { hit in
        hit.speed > noise.closing
          && touching.contains { isNeighbour($0, of: phase.contacts[hit.index].pair) }
      }) {
        isMultiple = true
      }
      var active = Set(phase.contacts.indices)
      // point contacts that bounce are struck one after the other, the fastest first
      if order == .sequential, pass < 200, touching.count > 1,
        let fastest = approaching.max(by: { $0.speed < $1.speed }),
        pairs.allSatisfy({ pair in
          phase.contacts.filter { $0.pair == pair }.count == 1
            && setup.pairs[pair].law.restitution > 0
        }), fastest.speed > noise.closing
      {
        active = [fastest.index]
      }
      let result = impact(&state, phase, active: active, bounces: noise.closing)
      energy += result.energy
      givenWork += result.workOfMotions
      certificate = max(certificate, result.certificate)
      usedPoisson = usedPoisson || result.usedPoisson
      for (index, impulse) in result.impulses.enumerated() where impulse > 0 {
        struck.insert(index)
        let pair = phase.contacts[index].pair
        if approaching.contains(where: { $0.index == index && $0.speed > noise.closing }) {
          impacts[pair, default: 0] += impulse
        }
      }
    }

    keepClosed(&phase, state, noise, previous: previous, struck: struck)
    keepTaut(&phase, state, noise, previous: previous, jerked: jerks)
    func choose(_ phase: inout Phase, _ state: inout EngineState, _ dynamics: inout Dynamics)
      -> Evaluation
    {
      dynamics.chooseSliding(&phase, state, noise)
      dynamics.chooseRolling(&phase, state, noise)
      dynamics.projectVelocities(&state, phase)
      return dynamics.chooseModes(&phase, state, noise)
    }
    let closed = phase
    var evaluation = choose(&phase, &state, &self)
    var isJammed = false
    if isUnsolvable(evaluation, noise), phase.contacts.contains(where: \.slides),
      let jam = jam(&state, closed, noise)
    {
      (isJammed, phase) = (true, closed)
      energy += jam.energy
      givenWork += jam.workOfMotions
      certificate = max(certificate, jam.certificate)
      struck = struck.union(jam.impulses.indices.filter { jam.impulses[$0] > 0 })
      keepClosed(&phase, state, noise, previous: previous, struck: struck)
      evaluation = choose(&phase, &state, &self)
    }
    return Settlement(
      phase: phase, evaluation: evaluation,
      impacts: impacts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, jerks: jerks,
      energy: energy, workOfMotions: givenWork, isMultiple: isMultiple,
      certificate: max(certificate, evaluation.certificate), usedPoisson: usedPoisson,
      isJammed: isJammed, isOpenEnded: isOpenEnded)
  }

  // MARK: Steps of settling

  /// Whether two different pairs share a body that moves freely.
  private func isNeighbour(_ pair: Int, of other: Int) -> Bool {
    guard pair != other else { return false }
    let (p, q) = (setup.pairs[pair], setup.pairs[other])
    return [p.a, p.b].contains { body in
      !setup.bodies[body].isPrescribed && (body == q.a || body == q.b)
    }
  }

  /// Whether velocities break a bilateral joint (after a jump of a prescribed motion).
  private func jointsAreLoose(_ state: EngineState, _ phase: Phase, _ noise: NoiseLevels) -> Bool {
    guard !setup.joints.isEmpty else { return false }
    let (rows, _) = rows(frames(state), Phase(contacts: [], isTaut: phase.isTaut))
    let motion = motion(of: state)
    return rows.groups.contains { group in
      guard group.law == .bilateral else { return false }
      return (group.first..<(group.first + group.count)).contains {
        abs(rows.measure($0, motion) + rows.velocityBias[$0]) > 1e3 * noise.speed
      }
    }
  }
}
