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
  private let hasLoops: Bool

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

  // MARK: Steps

  private mutating func settleNow(previous: Phase?) -> Dynamics.Settlement {
    let settlement = dynamics.settle(
      &state, previous: previous, noise, order: options.impactOrder)
    phase = settlement.phase
    if let previous, dynamics.hasCompliance, previous.pushes != phase.pushes {
      let frames = settlement.evaluation.rows.frames
      state.ledger.damping +=
        dynamics.compliantEnergy(frames, previous) - dynamics.compliantEnergy(frames, phase)
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

  private struct StepOutcome {
    var evaluation: Evaluation
    var fired: [Trigger]
    /// Half-width of the bracket of the event, in s.
    var bracket: Double
  }

  /// One step of at most `h`; ends at the first event inside.
  private mutating func advance(_ first: Evaluation, by h: Double, limit: Double) -> StepOutcome {
    let origin = state
    let reach = reach(within: h)
    let canJam =
      phase.contacts.contains(where: \.slides) && !dynamics.isUnsolvable(first, noise)
    func attempt(_ length: Double, _ engine: inout Engine) -> (EngineState, Evaluation, [Trigger]) {
      var next = engine.dynamics.step(origin, engine.phase, by: length, first: first)
      // the last step to a stop meets it exactly
      if length == limit - origin.time { next.time = limit }
      let evaluation = engine.dynamics.evaluate(
        next, engine.phase, guess: first.rows.reaction)
      var fired = engine.dynamics.triggers(
        next, engine.phase, evaluation, engine.noise, reach: reach
      ).filter { $0.margin < 0 || ($0.margin == 0 && $0.kind.isStop) }
      if canJam, engine.dynamics.isUnsolvable(evaluation, engine.noise) {
        fired.append(Trigger(kind: .jam, margin: -1))
      }
      return (next, evaluation, fired)
    }
    var (next, evaluation, fired) = attempt(h, &self)
    var h = h
    if hasLoops {
      var gap = energyGap(from: origin, first, to: next, evaluation)
      let whole = h
      for factor in [0.6, 0.36, 0.21, 0.1] where gap > tolerableGap(next) {
        let shorter = attempt(factor * whole, &self)
        let less = energyGap(from: origin, first, to: shorter.0, shorter.1)
        guard less < 0.1 * gap else { continue }
        (next, evaluation, fired) = shorter
        (h, gap) = (factor * whole, less)
      }
    }
    if fired.isEmpty {
      // a touch that begins and ends inside the step
      for pair in setup.pairs.indices {
        guard
          var low = nearest(pair, origin, first.rows.frames, 0, reach),
          var high = nearest(pair, next, evaluation.rows.frames, h, reach)
        else { continue }
        for _ in 0..<8 {
          guard let time = low.timeOfTouch(before: high) else { break }
          let trial = attempt(time, &self)
          if !trial.2.isEmpty {
            (next, evaluation, fired) = trial
            h = time
            break
          }
          guard let middle = nearest(pair, trial.0, trial.1.rows.frames, time, reach) else { break }
          if middle.rate < 0 { low = middle } else { high = middle }
        }
        if !fired.isEmpty { break }
      }
    }
    guard !fired.isEmpty else {
      state = next
      return StepOutcome(evaluation: evaluation, fired: [], bracket: 0)
    }
    // Illinois on the margin of what fired, with bisection whenever it is slow
    var (low, high) = (0.0, h)
    var (atLow, atHigh) = (0.0, -1.0)
    let resolution = max(4 * origin.time.ulp, 4e-16 * h)
    var side = 0
    var isSlow = 0
    while high - low > resolution {
      let width = high - low
      var probe = 0.5 * (low + high)
      if atLow > 0, isSlow < 3 {
        let guess = low + width * atLow / (atLow - atHigh)
        probe = min(max(guess, low + 0.25 * resolution), high - 0.25 * resolution)
      }
      if probe <= low || probe >= high { probe = 0.5 * (low + high) }
      if probe <= low || probe >= high { break }
      let trial = attempt(probe, &self)
      if trial.2.isEmpty {
        low = probe
        atLow = margin(of: fired, trial.0, trial.1, reach: reach)
        if side == -1 { atHigh *= 0.5 }
        side = -1
      } else {
        high = probe
        (next, evaluation, fired) = trial
        atHigh = fired.map(\.margin).min() ?? -1
        atLow = side == 1 ? 0.5 * atLow : atLow
        side = 1
      }
      isSlow = high - low > 0.5 * width ? isSlow + 1 : 0
    }
    var bracket = high - low
    if fired.contains(where: { $0.kind.isThreshold }) {
      // such a condition fires once it is passed by the noise of accelerations: late by noise over rate.
      // What comes late starts further away, and swings as far beyond: twice that
      let ahead = attempt(high + 1e-4 * h, &self)
      let rate = -margin(of: fired, ahead.0, ahead.1, reach: reach) / (1e-4 * h)
      if rate > 0 { log.lateness += 2 * dynamics.accelerationNoise(evaluation, noise) / rate }
    }
    bracket += log.lateness
    state = next
    return StepOutcome(evaluation: evaluation, fired: fired, bracket: bracket)
  }

  /// Gap and rate of the open feature pair that is nearest.
  private func nearest(
    _ pair: Int, _ state: EngineState, _ frames: Frames, _ time: Double, _ reach: Double
  ) -> Approach? {
    guard let point = dynamics.openPoint(pair, phase, frames, within: reach) else { return nil }
    let geometry = ContactGeometry(point, a: setup.pairs[pair].a, b: setup.pairs[pair].b, frames)
    return Approach(time: time, gap: point.gap, rate: geometry.approach)
  }

  /// Smallest margin of the same conditions at another trial state.
  private mutating func margin(
    of fired: [Trigger], _ state: EngineState, _ evaluation: Evaluation, reach: Double
  ) -> Double {
    let all = dynamics.triggers(state, phase, evaluation, noise, reach: reach)
    return fired.compactMap { trigger in all.first { $0.kind == trigger.kind }?.margin }.min() ?? 0
  }

  /// How near another surface must be to be looked at, in m.
  private func reach(within h: Double) -> Double {
    var fastest = 0.0
    for index in setup.bodies.indices {
      let radius = dynamics.radii[index].isFinite ? dynamics.radii[index] : 0
      let twist = twist(index)
      fastest = max(fastest, twist.velocity.length + radius * twist.spin.length)
    }
    let pull = setup.gravity.length
    return 2 * fastest * h + pull * h * h + 1e-3 * dynamics.length
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

extension Trigger.Kind {
  /// Whether it tells that forces have left their limits.
  var isThreshold: Bool {
    switch self {
    case .slip, .liftOff: true
    default: false
    }
  }

  /// Whether the condition ends at zero itself.
  var isStop: Bool {
    switch self {
    case .stop, .roll, .spin: true
    default: false
    }
  }
}
