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
    chooseSliding(&phase, state, noise)
    chooseRolling(&phase, state, noise)
    projectVelocities(&state, phase)
    let evaluation = chooseModes(&phase, state, noise)
    return Settlement(
      phase: phase, evaluation: evaluation,
      impacts: impacts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, jerks: jerks,
      energy: energy, workOfMotions: givenWork, isMultiple: isMultiple,
      certificate: max(certificate, evaluation.certificate), usedPoisson: usedPoisson,
      isOpenEnded: isOpenEnded)
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

  /// All feature pairs that touch, straps and ropes by their lengths, loads by the time.
  func candidates(_ state: EngineState, _ previous: Phase?, _ noise: NoiseLevels) -> Phase {
    let frames = frames(state)
    var phase = Phase()
    for pair in setup.pairs.indices {
      let (a, b) = (setup.pairs[pair].a, setup.pairs[pair].b)
      let isCompliant = setup.pairs[pair].law.compliance != .rigid
      if radii[a].isFinite, radii[b].isFinite {
        let distance =
          (frames.shapePose(a, setup).position - frames.shapePose(b, setup).position).length
        if distance - radii[a] - radii[b] > noise.gap {
          phase.pushes.append(false)
          continue
        }
      }
      let manifold = manifold(pair, frames, within: noise.gap)
      phase.pushes.append(
        isCompliant
          && manifold.points.contains {
            $0.gap <= 0 && pushMargin(pair, $0, frames, pushes: true) > 0
          })
      guard !isCompliant else { continue }
      for point in manifold.points.sorted(by: { $0.feature < $1.feature }) {
        var contact = ClosedContact(pair: pair, feature: point.feature)
        if let old = previous?.contacts.first(where: {
          $0.pair == pair && $0.feature == point.feature
        }) {
          contact.direction = old.direction
        }
        phase.contacts.append(contact)
      }
    }
    for load in setup.loads {
      phase.acts.append(state.time >= load.from && state.time < load.until)
    }
    for joint in setup.joints {
      let geometry = JointGeometry(joint, frames)
      switch joint.kind {
      case .strap(_, _, let length):
        let (tension, now, rate, _) = geometry.tension()
        let level = 1e-13 * max(self.length, length)
        phase.isTaut.append(
          now > length + level ? tension >= 0 : now > length - level && rate >= 0)
      case .rope(let length):
        phase.isTaut.append(abs(geometry.separation.length - length) <= noise.gap)
      default: phase.isTaut.append(true)
      }
    }
    return phase
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

  /// Drops contacts that separate. What was struck and leaves so slowly that it would come back from
  /// 1e-12 of the scene's size stays: rocking from edge to edge ends there. What was open already and
  /// was not struck goes on leaving, however slowly: a body that begins to tip is not held back.
  private func keepClosed(
    _ phase: inout Phase, _ state: EngineState, _ noise: NoiseLevels, previous: Phase?,
    struck: Set<Int>
  ) {
    let (_, geometries) = rows(frames(state), phase)
    let old = phase.contacts
    phase.contacts = old.indices.compactMap { index in
      guard let geometry = geometries[index] else { return nil }
      let wasClosed =
        struck.contains(index)
        || previous?.contacts.contains {
          $0.pair == old[index].pair && $0.feature == old[index].feature
        } ?? false
      return geometry.approach <= (wasClosed ? 10 * noise.closing : noise.speed)
        ? old[index] : nil
    }
  }

  /// Drops ropes that shorten, by the same rule.
  private func keepTaut(
    _ phase: inout Phase, _ state: EngineState, _ noise: NoiseLevels, previous: Phase?,
    jerked: [Int]
  ) {
    let frames = frames(state)
    for (joint, isTaut) in phase.isTaut.enumerated() where isTaut {
      guard case .rope = setup.joints[joint].kind else { continue }
      let geometry = JointGeometry(setup.joints[joint], frames)
      let d = geometry.separation
      let wasTaut = jerked.contains(joint) || previous?.isTaut[joint] ?? false
      let level = wasTaut ? 10 * noise.closing : noise.speed
      phase.isTaut[joint] = -d.dot(geometry.separationRate) <= level * d.length
    }
  }

  /// Whether the state closes other feature pairs than the phase has: those that went, and those that
  /// came and do not leave.
  func hasOtherContacts(_ state: EngineState, _ phase: Phase, _ noise: NoiseLevels) -> Bool {
    let fresh = candidates(state, phase, noise)
    func has(_ contact: ClosedContact, _ list: [ClosedContact]) -> Bool {
      list.contains { $0.pair == contact.pair && $0.feature == contact.feature }
    }
    if phase.contacts.contains(where: { !has($0, fresh.contacts) }) { return true }
    let came = fresh.contacts.indices.filter { !has(fresh.contacts[$0], phase.contacts) }
    guard !came.isEmpty else { return false }
    let (_, geometries) = rows(frames(state), fresh)
    return came.contains { (geometries[$0]?.approach ?? 0) <= noise.speed }
  }

  /// Sliding or sticking by the velocities at this instant; corners of a patch go together.
  private func chooseSliding(_ phase: inout Phase, _ state: EngineState, _ noise: NoiseLevels) {
    let frames = frames(state)
    let (_, geometries) = rows(frames, phase)
    for (members, patchRadius) in patches(phase, geometries) {
      var mean = Vector3.zero
      var fastest = 0.0
      for index in members {
        guard let geometry = geometries[index] else { continue }
        mean = mean + (1 / Double(members.count)) * geometry.sliding
        fastest = max(fastest, geometry.sliding.length)
      }
      let pair = phase.contacts[members[0]].pair
      guard fastest > 100 * noise.speed, !setup.pairs[pair].law.isFrictionless,
        let geometry = geometries[members[0]]
      else { continue }
      let relative = frames.twist(geometry.a).spin - frames.twist(geometry.b).spin
      let turn = patchRadius * relative.dot(geometry.normal)
      setDirection(&phase, members, mean: mean, turn: turn, radius: patchRadius)
    }
  }

  /// Rolling and spinning by the relative spin at this instant.
  private func chooseRolling(_ phase: inout Phase, _ state: EngineState, _ noise: NoiseLevels) {
    guard hasResistance else { return }
    let (_, geometries) = rows(frames(state), phase)
    for index in phase.contacts.indices {
      guard let geometry = geometries[index] else { continue }
      let law = setup.pairs[phase.contacts[index].pair].law
      let level = 100 * noise.speed / max(geometry.armA.length, 1e-6 * length)
      let rolling = geometry.rolling
      phase.contacts[index].rolls = law.rollingResistance > 0 && rolling.length > level
      if phase.contacts[index].rolls {
        phase.contacts[index].rollingAxis = (1 / rolling.length) * rolling
      }
      let about = geometry.relativeSpin.dot(geometry.normal)
      phase.contacts[index].spins = law.spinningResistance > 0 && abs(about) > level
      phase.contacts[index].spinSign = about < 0 ? -1 : 1
    }
  }

  /// Lets go what the moment of resistance cannot hold; whether anything changed.
  private func breakAway(_ phase: inout Phase, _ evaluation: Evaluation) -> Bool {
    guard hasResistance else { return false }
    var changed = false
    for index in phase.contacts.indices {
      let law = setup.pairs[phase.contacts[index].pair].law
      let load = evaluation.normalReaction[index]
      if let moment = evaluation.rows.heldMoment(of: index, count: 2),
        !phase.contacts[index].rolls, moment.length > (1 + 1e-10) * law.rollingResistance * load
      {
        phase.contacts[index].rolls = true
        phase.contacts[index].rollingAxis = (-1 / moment.length) * moment
        changed = true
      }
      if let moment = evaluation.rows.heldMoment(of: index, count: 1),
        let geometry = evaluation.geometries[index], !phase.contacts[index].spins,
        moment.length > (1 + 1e-10) * law.spinningResistance * load
      {
        phase.contacts[index].spins = true
        phase.contacts[index].spinSign = moment.dot(geometry.normal) > 0 ? -1 : 1
        changed = true
      }
    }
    return changed
  }

  private func setDirection(
    _ phase: inout Phase, _ members: [Int], mean: Vector3, turn: Double, radius: Double
  ) {
    let size = (mean.dot(mean) + turn * turn).squareRoot()
    guard size > 0 else { return }
    for index in members {
      phase.contacts[index].slides = true
      phase.contacts[index].direction = (1 / size) * mean
      phase.contacts[index].turning = turn / size * radius
    }
  }

  /// Contacts that slide together: the corners of one patch, or a point alone; with the radius that
  /// makes a spin comparable with a velocity (0 for points).
  func patches(_ phase: Phase, _ geometries: [ContactGeometry?]) -> [([Int], Double)] {
    var groups: [[Int]] = []
    for (index, contact) in phase.contacts.enumerated() {
      guard let geometry = geometries[index] else { continue }
      if geometry.point.patch >= 0, let last = groups.last, let head = last.first,
        phase.contacts[head].pair == contact.pair,
        geometries[head]?.point.patch == geometry.point.patch
      {
        groups[groups.count - 1].append(index)
      } else {
        groups.append([index])
      }
    }
    return groups.map { members in
      guard members.count > 2 else { return (members, 0) }
      let points = members.compactMap { geometries[$0]?.point.point }
      let centre = (1 / Double(points.count)) * points.reduce(.zero, +)
      return (members, points.map { ($0 - centre).length }.max() ?? 0)
    }
  }

  /// Lift-off and slip from the accelerations, until nothing changes.
  private mutating func chooseModes(
    _ phase: inout Phase, _ state: EngineState, _ noise: NoiseLevels
  ) -> Evaluation {
    var evaluation = evaluate(state, phase)
    for _ in 0..<(2 * phase.contacts.count + phase.isTaut.count + 4) {
      let level = accelerationNoise(evaluation, noise)
      var changed = false
      // what pulls away
      let leaving = phase.contacts.indices.filter {
        evaluation.geometries[$0] == nil
          || (evaluation.motion[$0].x > level && evaluation.normalReaction[$0] <= 0)
      }
      let slackening = phase.isTaut.indices.filter { joint in
        guard phase.isTaut[joint], case .rope = setup.joints[joint].kind else { return false }
        return ropeRate(joint, evaluation) > level
      }
      if !leaving.isEmpty || !slackening.isEmpty {
        for index in leaving.reversed() { phase.contacts.remove(at: index) }
        for joint in slackening { phase.isTaut[joint] = false }
        changed = true
      } else if breakAway(&phase, evaluation) {
        changed = true
      } else {
        // what static friction cannot hold meets the cone of sliding friction
        for (members, _) in patches(phase, evaluation.geometries) {
          let head = phase.contacts[members[0]]
          guard !head.slides, !head.isStarting, !setup.pairs[head.pair].law.isFrictionless,
            fastest(members, evaluation) > level
          else { continue }
          for index in members { phase.contacts[index].isStarting = true }
          changed = true
        }
      }
      guard changed else { break }
      evaluation = evaluate(state, phase)
    }
    guard phase.contacts.contains(where: \.isStarting) else { return evaluation }

    // it starts along the acceleration that the cone gives
    var starting: [([Int], Double)] = []
    for (members, radius) in patches(phase, evaluation.geometries)
    where phase.contacts[members[0]].isStarting {
      starting.append((members, radius))
      guard let geometry = evaluation.geometries[members[0]] else { continue }
      var mean = Vector3.zero
      for index in members {
        phase.contacts[index].isStarting = false
        guard let corner = evaluation.geometries[index] else { continue }
        let rate = evaluation.motion[index]
        let along = rate.y * corner.tangent1 + rate.z * corner.tangent2
        mean = mean + (1 / Double(members.count)) * along
      }
      let turn = radius * evaluation.relativeAngular(geometry).dot(geometry.normal)
      setDirection(&phase, members, mean: mean, turn: turn, radius: radius)
    }
    evaluation = evaluate(state, phase)
    align(&phase, &evaluation, starting, state)
    return evaluation
  }

  /// The direction of a start to rounding: along the drive d ∥ a + (μ·N/m)·d, the acceleration
  /// without friction. (d ∥ a itself, as the cone solves it, amplifies rounding by friction over
  /// acceleration.)
  private mutating func align(
    _ phase: inout Phase, _ evaluation: inout Evaluation, _ starting: [([Int], Double)],
    _ state: EngineState
  ) {
    for _ in 0..<40 {
      var change = 0.0
      for (members, radius) in starting {
        guard let geometry = evaluation.geometries[members[0]] else { continue }
        let law = setup.pairs[phase.contacts[members[0]].pair].law
        let old = phase.contacts[members[0]]
        var (mean, load) = (Vector3.zero, 0.0)
        for index in members {
          guard let corner = evaluation.geometries[index] else { continue }
          mean = mean + (1 / Double(members.count)) * evaluation.slidingRate(corner)
          load += evaluation.normalReaction[index]
        }
        let friction = law.onsetFriction * load * mobility(geometry, isPatch: radius > 0)
        var turn = 0.0
        if radius > 0 {
          let rate = radius * evaluation.relativeAngular(geometry).dot(geometry.normal)
          turn = rate + friction * old.turning / radius
        }
        setDirection(
          &phase, members, mean: mean + friction * old.direction, turn: turn, radius: radius)
        let new = phase.contacts[members[0]]
        change = max(change, (new.direction - old.direction).length)
        if radius > 0 { change = max(change, abs(new.turning - old.turning) / radius) }
      }
      guard change > 2e-16 else { break }
      evaluation = evaluate(state, phase)
    }
  }

  /// Largest tangential acceleration of contacts that carry something.
  private func fastest(_ members: [Int], _ evaluation: Evaluation) -> Double {
    var value = 0.0
    for index in members where evaluation.normalReaction[index] > 0 {
      let rate = evaluation.motion[index]
      value = max(value, (rate.y * rate.y + rate.z * rate.z).squareRoot())
    }
    return value
  }
}
