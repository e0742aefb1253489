// Sticking or sliding, rolling or held, pressing or leaving: the modes of closed contacts at an instant.
//
// Equation    slides: by velocity; else by the acceleration that the cone of static friction cannot
//             prevent. Leaves: normal acceleration above rounding without a reaction
// Source      event-driven schemes: Pfeiffer & Glocker 1996, ch. 7
// Validity    one mode for all corners of a patch
// Checked by  EngineFrictionTests, EnginePatchTests, EngineResistanceTests

extension Dynamics {
  /// Sliding or sticking by the velocities at this instant; corners of a patch go together.
  func chooseSliding(_ phase: inout Phase, _ state: EngineState, _ noise: NoiseLevels) {
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
  func chooseRolling(_ phase: inout Phase, _ state: EngineState, _ noise: NoiseLevels) {
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
    return groups.flatMap { members -> [([Int], Double)] in
      // two corners are an edge, whose ends may slide in different directions
      guard members.count > 2 else { return members.map { ([$0], 0) } }
      let points = members.compactMap { geometries[$0]?.point.point }
      let centre = (1 / Double(points.count)) * points.reduce(.zero, +)
      return [(members, points.map { ($0 - centre).length }.max() ?? 0)]
    }
  }

  /// Lift-off and slip from the accelerations, until nothing changes.
  mutating func chooseModes(
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
    start(&phase, &evaluation, state)
    // friction of what slides now may lift what was held down before: those go, and the rest starts anew
    for _ in phase.contacts.indices {
      let level = accelerationNoise(evaluation, noise)
      let leaving = phase.contacts.indices.filter {
        evaluation.motion[$0].x > level && evaluation.normalReaction[$0] <= 0
      }
      guard !leaving.isEmpty else { break }
      for index in leaving.reversed() { phase.contacts.remove(at: index) }
      for index in phase.contacts.indices where phase.contacts[index].started {
        (phase.contacts[index].slides, phase.contacts[index].isStarting) = (false, true)
      }
      evaluation = evaluate(state, phase)
      start(&phase, &evaluation, state)
    }
    for index in phase.contacts.indices { phase.contacts[index].started = false }
    return evaluation
  }

  /// Contacts that the cone lets go start along the acceleration that it gives.
  private mutating func start(
    _ phase: inout Phase, _ evaluation: inout Evaluation, _ state: EngineState
  ) {
    var starting: [([Int], Double)] = []
    for (members, radius) in patches(phase, evaluation.geometries)
    where phase.contacts[members[0]].isStarting {
      starting.append((members, radius))
      guard let geometry = evaluation.geometries[members[0]] else { continue }
      var mean = Vector3.zero
      for index in members {
        phase.contacts[index].isStarting = false
        phase.contacts[index].started = true
        guard let corner = evaluation.geometries[index] else { continue }
        let rate = evaluation.motion[index]
        let along = rate.y * corner.tangent1 + rate.z * corner.tangent2
        mean = mean + (1 / Double(members.count)) * along
      }
      let turn = radius * evaluation.relativeAngular(geometry).dot(geometry.normal)
      setDirection(&phase, members, mean: mean, turn: turn, radius: radius)
    }
    guard !starting.isEmpty else { return }
    evaluation = evaluate(state, phase)
    align(&phase, &evaluation, starting, state)
  }

  /// The direction of a start to rounding: along the drive d ∥ a + (μ·N/m)·d, the acceleration
  /// without friction. (d ∥ a itself, as the cone solves it, amplifies rounding by friction over
  /// acceleration.) Turning and sliding drive each other through the pressure under a patch, so that
  /// plain repetition may not converge: Broyden's method (1965) does.
  private mutating func align(
    _ phase: inout Phase, _ evaluation: inout Evaluation, _ starting: [([Int], Double)],
    _ state: EngineState
  ) {
    var search = BroydenSearch(at: directions(phase, starting))
    for _ in 0..<40 {
      let change = search.step(residual: driveChange(phase, evaluation, starting))
      guard change > 2e-16 else { break }
      setDirections(&phase, starting, search.position)
      evaluation = evaluate(state, phase)
    }
    // the best of all, which rounding may have left behind
    setDirections(&phase, starting, search.best)
    evaluation = evaluate(state, phase)
  }

  /// Of each patch that starts: direction, and turning as a velocity at its radius.
  private func directions(_ phase: Phase, _ starting: [([Int], Double)]) -> [Double] {
    starting.flatMap { members, radius in
      let contact = phase.contacts[members[0]]
      return [
        contact.direction.x, contact.direction.y, contact.direction.z,
        radius > 0 ? contact.turning / radius : 0,
      ]
    }
  }

  private func setDirections(
    _ phase: inout Phase, _ starting: [([Int], Double)], _ values: [Double]
  ) {
    for (place, (members, radius)) in starting.enumerated() {
      let v = values[4 * place..<4 * place + 4].map { $0 }
      setDirection(
        &phase, members, mean: Vector3(x: v[0], y: v[1], z: v[2]), turn: v[3], radius: radius)
    }
  }

  /// Directions of the drives at this evaluation less the directions it was made with.
  private func driveChange(
    _ phase: Phase, _ evaluation: Evaluation, _ starting: [([Int], Double)]
  ) -> [Double] {
    var changes: [Double] = []
    for (members, radius) in starting {
      let old = phase.contacts[members[0]]
      guard let geometry = evaluation.geometries[members[0]] else {
        changes += [0, 0, 0, 0]
        continue
      }
      var (mean, load) = (Vector3.zero, 0.0)
      for index in members {
        guard let corner = evaluation.geometries[index] else { continue }
        mean = mean + (1 / Double(members.count)) * evaluation.slidingRate(corner)
        load += evaluation.normalReaction[index]
      }
      let law = setup.pairs[old.pair].law
      let friction = law.onsetFriction * load * mobility(geometry, isPatch: radius > 0)
      let turning = radius > 0 ? old.turning / radius : 0
      let drive = mean + friction * old.direction
      let turn =
        radius > 0
        ? radius * evaluation.relativeAngular(geometry).dot(geometry.normal) + friction * turning
        : 0
      let size = (drive.dot(drive) + turn * turn).squareRoot()
      let scale = size > 0 ? 1 / size : 0
      let change = scale * drive - old.direction
      changes += [change.x, change.y, change.z, scale * turn - turning]
    }
    return changes
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
