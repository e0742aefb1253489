// The run: smooth phases between events that are located, never stepped over.
//
// Loop            settle the state (impacts, modes) → step with the phase frozen → if a trigger fired,
//                 find its first instant by re-stepping from the same state → settle there
// Discretisation  order 6 in each phase (Dynamics+Step); steps resolve the fastest of spins, springs,
//                 pendulums and motions with 0.2 rad at level 0 and half of that at each further level
// Source          event-driven schemes: Pfeiffer & Glocker 1996; Acary & Brogliato 2008, ch. 8
// Validity        finitely many events; bounces below 1e-14 of the scene's size are closed
// Checked by      Engine*Tests; the ladder of reference cases

import Foundation

public struct Engine: Sendable {
  public let setup: WorldSetup
  public let options: RunOptions
  var dynamics: Dynamics
  var state: EngineState
  var phase = Phase()
  var noise: NoiseLevels
  var log: RunLog
  var observer: RunObserver
  /// Events in a row without progress of time.
  private var standing = 0
  /// Steps are checked by their energy (Engine+Loops).
  let hasLoops: Bool

  /// Most events that one run may have.
  static let eventLimit = 200_000
  /// Most steps within a hundredth of the duration: a run at that pace would take an hour.
  static let stepLimit = 20_000

  /// - Throws: `EngineProblem` R101 for numbers that no body can have.
  public init(setup: WorldSetup, start: WorldState, options: RunOptions) throws(EngineProblem) {
    try Engine.check(setup, start)
    try Engine.check(options)
    (self.setup, self.options) = (setup, options)
    hasLoops = setup.hasLoops
    dynamics = Dynamics(setup: setup, start: start.poses)
    var state = EngineState(
      time: start.time, poses: start.poses, velocities: start.twists.map(\.velocity), spins: [])
    state.spins = zip(start.poses, start.twists).map { pose, twist in
      pose.orientation.matrix.toBody(twist.spin)
    }
    for index in state.poses.indices {
      state.poses[index].orientation = state.poses[index].orientation.normalized
    }
    self.state = state
    let fastest = start.twists.map { $0.velocity.length }.max() ?? 0
    noise = NoiseLevels(
      length: dynamics.length, gravity: setup.gravity.length, speed: fastest)
    log = RunLog(start: WorldSample(state: start))
    observer = RunObserver(options: options)
  }

  // MARK: Run

  /// Runs to the end and tells what happened.
  public mutating func run() throws(EngineProblem) -> RunLog {
    var settlement = settleNow(previous: nil)
    let opening = state
    log.ledger.initial = energy(settlement.evaluation) - settlement.energy
    log.start = sample(settlement.evaluation)
    observer.begin(log.start)
    record(settlement, before: log.start, from: Phase())
    filmNow(settlement.evaluation)
    var evaluation = settlement.evaluation
    let stops = timeStops()
    var nextStop = 0
    var progress = (steps: 0, time: state.time)

    while state.time < options.duration {
      while nextStop < stops.count, stops[nextStop].time <= state.time { nextStop += 1 }
      if options.stopsAtRest, restsForGood(evaluation), observer.reportsAreDone(after: state.time) {
        break
      }
      let limit = nextStop < stops.count ? stops[nextStop].time : options.duration
      let before = (state: state, phase: phase, sample: sample(evaluation))
      aim(evaluation)
      let h = min(stepSize(evaluation), limit - state.time)
      let start = evaluation
      let outcome = advance(start, by: h, limit: limit)
      log.steps += 1
      evaluation = outcome.evaluation
      note(evaluation)
      filmStep(from: before.state, start)
      if !outcome.fired.isEmpty
        || (nextStop < stops.count && state.time == limit && stops[nextStop].isEvent)
      {
        let arrived = sample(evaluation)
        observe(before.state, before.phase, start, from: before.sample, to: arrived)
        let previous = phase
        settlement = settleNow(previous: previous)
        evaluation = settlement.evaluation
        observer.jump(to: sample(evaluation))
        record(
          settlement, before: arrived, from: previous, noise: outcome.bracket,
          isTimed: outcome.fired.isEmpty)
        guard log.events.count < Engine.eventLimit else {
          throw EngineProblem(
            code: "R102",
            "more than \(Engine.eventLimit) events by t = \(state.time) s; the run would not end")
        }
        let instant = 8 * max(state.time.ulp, (1e-3 * options.duration).ulp)
        if state.time > before.state.time + instant {
          standing = 0
        } else {
          standing += 1
          if standing > 200 {
            log.isUnresolved = true
            log.notes.append(
              "events do not come to an end at t = \(state.time) s")
            break
          }
        }
      } else {
        standing = 0
        refresh(&evaluation)
        observe(before.state, before.phase, start, from: before.sample, to: sample(evaluation))
      }
      filmNow(evaluation)
      let now = sample(evaluation)
      observer.report(at: state.time) { now }
      if state.time - progress.time > 1e-2 * options.duration, log.steps < options.stepLimit {
        progress = (log.steps, state.time)
      } else if log.steps - progress.steps > Engine.stepLimit || log.steps >= options.stepLimit {
        log.isUnresolved = true
        log.notes.append(
          "steps became too small at t = \(state.time) s, and the run was ended there")
        break
      }
    }

    log.end = sample(evaluation)
    observer.finish(log.end)
    log.isAtRest = isAtRest(evaluation)
    filmRest(evaluation)
    log.reports = observer.reports
    log.extremes = observer.extremes
    log.crossings = observer.crossings
    closeLedger(evaluation, opening)
    if log.largestCertificate > 1e-10 {
      log.isUnresolved = true
      log.notes.append(
        "a contact problem was solved to \(log.largestCertificate) only, 1e-10 is asked")
    }
    return log
  }

  // MARK: Settling

  private mutating func settleNow(previous: Phase?) -> Dynamics.Settlement {
    let settlement = dynamics.settle(
      &state, previous: previous, noise, order: options.impactOrder)
    phase = settlement.phase
    if let previous, dynamics.hasCompliance, previous.pushes != phase.pushes {
      let frames = settlement.evaluation.rows.frames
      state.ledger.damping +=
        dynamics.compliantEnergy(frames, previous) - dynamics.compliantEnergy(frames, phase)
    }
    if let previous, !previous.isTaut.isEmpty, previous.isTaut != phase.isTaut {
      let frames = settlement.evaluation.rows.frames
      state.ledger.damping +=
        setup.strapEnergy(previous, frames) - setup.strapEnergy(phase, frames)
    }
    log.ledger.impactLoss -= settlement.energy - settlement.workOfMotions
    state.ledger.motions += settlement.workOfMotions
    log.largestCertificate = max(log.largestCertificate, settlement.certificate)
    if settlement.isMultiple { log.hadMultipleImpact = true }
    if settlement.isJammed {
      log.hadJam = true
      log.notes.append(
        "friction jammed a slide at t = \(state.time) s: rigid bodies stop there at once (Painlevé), real ones chatter"
      )
    }
    if settlement.isOpenEnded {
      log.isUnresolved = true
      log.notes.append("impacts at t = \(state.time) s did not come to an end")
    }
    return settlement
  }

  func twist(_ index: Int) -> Twist {
    if let motion = setup.bodies[index].motion {
      return motion.state(at: state.time, from: dynamics.start[index]).twist
    }
    return Twist(velocity: state.velocities[index], spin: state.spins[index])
  }

  private mutating func observe(
    _ state: EngineState, _ phase: Phase, _ first: Evaluation, from old: WorldSample,
    to new: WorldSample
  ) {
    guard !options.watches.isEmpty || !options.crossings.isEmpty else { return }
    // taken out while it asks for states inside the step
    var watcher = observer
    watcher.step(from: old, to: new) { time in resample(state, phase, first, at: time) }
    observer = watcher
  }

  /// State at a time inside the step that has just been made.
  private mutating func resample(
    _ from: EngineState, _ phase: Phase, _ first: Evaluation, at time: Double
  ) -> WorldSample {
    let next = dynamics.step(from, phase, by: time - from.time, first: first)
    return Engine.sample(dynamics, next, dynamics.evaluate(next, phase))
  }

  /// Feature pairs that came or went without an event: corners of areas that change their shape.
  private mutating func refresh(_ evaluation: inout Evaluation) {
    guard !phase.contacts.isEmpty,
      dynamics.hasOtherContacts(state, phase, noise)
    else { return }
    let settlement = settleNow(previous: phase)
    evaluation = settlement.evaluation
  }

  // MARK: Notes

  private mutating func note(_ evaluation: Evaluation) {
    log.largestCertificate = max(log.largestCertificate, evaluation.certificate)
    for geometry in evaluation.geometries {
      if let geometry { log.largestPenetration = max(log.largestPenetration, -geometry.point.gap) }
    }
  }

  private func energy(_ evaluation: Evaluation) -> Double {
    let frames = evaluation.rows.frames
    return setup.energy(state, phase, frames)
      + (dynamics.hasCompliance ? dynamics.compliantEnergy(frames, phase) : 0)
  }

  /// Change of the total momentum against the integral of all forces on free bodies.
  private func momentumResidual(_ opening: EngineState) -> Double {
    // what gravity alone gives meanwhile is a size of its own: a body at rest has no momentum
    let pull = setup.gravity.length * (state.time - opening.time)
    var (change, size) = (Vector3.zero, state.ledger.push.length)
    for index in setup.bodies.indices where !setup.bodies[index].isPrescribed {
      let mass = setup.inertialMass(index)
      change = change + mass * (state.velocities[index] - opening.velocities[index])
      size = max(size, mass * max(state.velocities[index].length, pull))
    }
    let gap = (change - (state.ledger.push - opening.ledger.push)).length
    return size > 0 ? gap / size : 0
  }

  private mutating func closeLedger(_ evaluation: Evaluation, _ opening: EngineState) {
    var ledger = log.ledger
    ledger.final = energy(evaluation)
    ledger.workOfLoads = state.ledger.loads
    ledger.workOfMotions = state.ledger.motions
    ledger.frictionHeat = state.ledger.friction
    ledger.dampingHeat = state.ledger.damping
    ledger.close()
    log.ledger = ledger
    log.momentumResidual = momentumResidual(opening)
  }
}
