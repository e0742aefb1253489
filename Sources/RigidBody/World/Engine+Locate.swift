// One step, and the first instant inside it at which its phase ends.
//
// Search          the step is made again, shorter, from the same state: Illinois on the margin of what
//                 fired, bisection whenever that is slow, down to rounding of the time
// Source          Dowell & Jarratt 1971, BIT 11:168
// Deviation       a touch that begins and ends inside a step is looked for by a parabola of the gap
// Validity        a condition that fires and unfires within one step may be missed, but for gaps
// Checked by      Engine*Tests; times of events against closed forms

extension Engine {
  struct StepOutcome {
    var evaluation: Evaluation
    var fired: [Trigger]
    /// Half-width of the bracket of the event, in s.
    var bracket: Double
  }

  /// One step of at most `h`; ends at the first event inside.
  mutating func advance(_ first: Evaluation, by h: Double, limit: Double) -> StepOutcome {
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
