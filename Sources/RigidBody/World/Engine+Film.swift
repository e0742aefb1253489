// Frames of a run at given instants, without any influence on it.
//
// Discretisation  the step in which an instant lies is made again from the same state, shorter, with the
//                 phase frozen: order 6, as the run itself. Steps of the run do not end there, and the
//                 solver's warm start is a copy, so a filmed run gives the same bytes as any other.
// Checked by      EngineFilmTests: the same log with and without, closed form between steps

extension Engine {
  /// Frames inside the step that has just been made from `origin`, before its end is settled.
  mutating func filmStep(from origin: EngineState, _ first: Evaluation) {
    while let time = nextFrameTime, time < state.time {
      var dynamics = dynamics
      let inside = dynamics.step(origin, phase, by: time - origin.time, first: first)
      let evaluation = dynamics.evaluate(inside, phase, guess: first.rows.reaction)
      log.frames.append(frame(inside, evaluation, at: time))
    }
  }

  /// Frames that are due at this instant, after it has been settled.
  mutating func filmNow(_ evaluation: Evaluation) {
    while let time = nextFrameTime, time <= state.time {
      log.frames.append(frame(state, evaluation, at: time))
    }
  }

  /// What rests for good looks the same ever after.
  mutating func filmRest(_ evaluation: Evaluation) {
    guard options.stopsAtRest, restsForGood(evaluation) else { return }
    while let time = nextFrameTime, time <= options.duration {
      log.frames.append(frame(state, evaluation, at: time))
    }
  }

  private var nextFrameTime: Double? {
    log.frames.count < options.frameTimes.count ? options.frameTimes[log.frames.count] : nil
  }

  private func frame(
    _ state: EngineState, _ evaluation: Evaluation, at time: Double
  ) -> WorldFrame {
    var ledger = log.ledger
    ledger.final =
      setup.energy(state, phase, evaluation.rows.frames)
      + (dynamics.hasCompliance
        ? dynamics.compliantEnergy(evaluation.rows.frames, phase) : 0)
    ledger.workOfLoads = state.ledger.loads
    ledger.workOfMotions = state.ledger.motions
    ledger.frictionHeat = state.ledger.friction
    ledger.dampingHeat = state.ledger.damping
    ledger.close()
    var sample = Engine.sample(dynamics, state, evaluation)
    sample.state.time = time
    return WorldFrame(
      sample: sample, contacts: contacts(evaluation), isTaut: phase.isTaut, acts: phase.acts,
      ledger: ledger, kineticEnergy: dynamics.kineticEnergy(dynamics.motion(of: state)))
  }

  private func contacts(_ evaluation: Evaluation) -> [ContactReading] {
    let rows = evaluation.rows
    var forces = Array(repeating: Vector3.zero, count: phase.contacts.count)
    for (g, group) in rows.groups.enumerated() {
      guard case .contact(let index) = rows.owners[g] else { continue }
      for row in group.first..<(group.first + group.count) {
        forces[index] = forces[index] + rows.reaction[row] * rows.forceOnA[row]
      }
    }
    var list: [ContactReading] = []
    for (index, contact) in phase.contacts.enumerated() {
      guard let geometry = evaluation.geometries[index] else { continue }
      let law = setup.pairs[contact.pair].law
      let rolls = geometry.rolling.length * dynamics.length > 1e6 * noise.speed
      let isSliding = contact.slides || law.isFrictionless
      let friction =
        law.isFrictionless
        ? 0
        : contact.slides
          ? law.slidingFriction(at: geometry.sliding.length)
          : contact.isStarting ? law.onsetFriction : law.staticFriction
      list.append(
        ContactReading(
          pair: contact.pair, point: geometry.point.point, normal: geometry.normal,
          force: forces[index], friction: friction,
          mode: isSliding ? .sliding : rolls ? .rolling : .sticking))
    }
    guard dynamics.hasCompliance else { return list }
    // contacts that give way are without friction
    for (pair, force, point, _) in dynamics.compliantForces(rows.frames, phase)
    where force != .zero {
      list.append(
        ContactReading(
          pair: pair, point: point, normal: (1 / force.length) * force, force: force, friction: 0,
          mode: .sliding))
    }
    return list
  }
}
