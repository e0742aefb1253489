// What ends a smooth phase: numbers that are positive while it lasts.
//
// Equation    impact      gap of every open feature pair
//             stop        sliding velocity along its direction
//             lift-off    minus the rate of the normal velocity of a closed contact
//             slip        minus the rate of the tangential velocity of a contact that sticks
//             straps      length below the slack length, tension above zero
// Source      Pfeiffer & Glocker 1996, ch. 7; forces at an instant instead of step means keep events
//             at the order of the method
// Validity    lift-off and slip are seen as accelerations above a noise level that follows from the
//             certificate, so their times carry that noise over the rate of the acceleration
// Checked by  EngineImpactTests, EngineStrapTests, EngineUnseenTests

/// One condition at a trial state.
struct Trigger: Sendable {
  enum Kind: Sendable, Hashable {
    case gap(pair: Int)
    case stop(contact: Int)
    case liftOff(contact: Int)
    case slip(contact: Int)
    case strap(joint: Int)
    case rope(joint: Int)
    case push(pair: Int)
    case roll(contact: Int)
    case spin(contact: Int)
    /// The accelerations of a slide have no solution any more.
    case jam
  }
  var kind: Kind
  /// Positive while the phase lasts.
  var margin: Double
}

/// Levels below which a number is rounding.
struct NoiseLevels: Sendable {
  /// In m: gaps that count as closed.
  let gap: Double
  /// In m/s: velocities that count as zero.
  let speed: Double
  /// In m/s²: at least this much acceleration counts.
  let acceleration: Double
  /// In m/s: approaches whose bounces would stay below 1e-14 of the size of the scene.
  let closing: Double

  init(length: Double, gravity: Double, speed: Double) {
    let pull = max(gravity, 1e-3 * speed * speed / length, 1e-12)
    gap = 1e-10 * length
    let scale = max((pull * length).squareRoot(), speed)
    self.speed = 1e-12 * scale
    acceleration = 1e-11 * pull
    closing = (2 * pull * 1e-14 * length).squareRoot()
  }

  /// A gap as a condition. What leaves starts with a gap of rounding, either sign: it strikes only once
  /// it approaches again, or is deeper than any rounding. `rate` of the gap in m/s.
  func striking(gap: Double, rate: @autoclosure () -> Double) -> Double {
    let margin = gap + 0.01 * self.gap
    guard margin < 0, gap > -self.gap else { return margin }
    return max(margin, self.gap / closing * (rate() + speed))
  }

  /// Speed of leaving, in m/s, up to which something stays closed: what was closed or struck and would
  /// come back from 1e-12 of the scene's size, or rounding for what was open.
  func leaving(wasClosed: Bool) -> Double { wasClosed ? 10 * closing : speed }
}

extension Dynamics {
  /// Acceleration below which a contact counts as closed and stuck.
  func accelerationNoise(_ evaluation: Evaluation, _ noise: NoiseLevels) -> Double {
    max(noise.acceleration, solverNoise(evaluation))
  }

  /// Accelerations that the solver's certificate leaves open, in m/s².
  func solverNoise(_ evaluation: Evaluation) -> Double {
    20 * evaluation.certificate * evaluation.reactionScale
  }

  /// All conditions at a trial state.
  func triggers(
    _ state: EngineState, _ phase: Phase, _ evaluation: Evaluation, _ noise: NoiseLevels,
    reach: Double
  ) -> [Trigger] {
    let frames = evaluation.rows.frames
    var list: [Trigger] = []
    let level = accelerationNoise(evaluation, noise)
    for (index, contact) in phase.contacts.enumerated() {
      guard let geometry = evaluation.geometries[index] else { continue }
      let rate = evaluation.motion[index]
      list.append(Trigger(kind: .liftOff(contact: index), margin: level - rate.x))
      if hasResistance {
        list += resistanceTriggers(index, contact, geometry, evaluation)
      }
      guard !setup.pairs[contact.pair].law.isFrictionless else { continue }
      if contact.slides {
        list.append(
          Trigger(kind: .stop(contact: index), margin: slidingMargin(contact, geometry, frames)))
      } else {
        let tangential = (rate.y * rate.y + rate.z * rate.z).squareRoot()
        // a contact without a reaction cannot be held by friction, nor does it need to
        if evaluation.normalReaction[index] > 0 {
          list.append(Trigger(kind: .slip(contact: index), margin: level - tangential))
        }
      }
    }
    for pair in setup.pairs.indices {
      if setup.pairs[pair].law.compliance == .rigid {
        let margins = openPoints(pair, phase, frames, within: reach)
          .map { point in
            let (a, b) = (setup.pairs[pair].a, setup.pairs[pair].b)
            return noise.striking(
              gap: point.gap, rate: ContactGeometry(point, a: a, b: b, frames).approach)
          }
        guard let margin = margins.min() else { continue }
        list.append(Trigger(kind: .gap(pair: pair), margin: margin))
      } else {
        // it pushes while one of its points does
        let pushes = phase.pushes[pair]
        let margins = manifold(pair, frames, within: reach).points.map {
          pushMargin(pair, $0, frames, pushes: pushes)
        }
        guard let margin = pushes ? margins.max() : margins.min() else { continue }
        list.append(Trigger(kind: .push(pair: pair), margin: margin + 1e-4 * noise.gap))
      }
    }
    for (index, joint) in setup.joints.enumerated() {
      let geometry = JointGeometry(joint, frames)
      switch joint.kind {
      case .strap(let k, _, let length):
        let (tension, now, _, _) = geometry.tension()
        let margin =
          phase.isTaut[index]
          ? min(tension / k, now - length) + 1e-14 * max(self.length, length)
          : max(length - now, -tension / k)
        list.append(Trigger(kind: .strap(joint: index), margin: margin))
      case .rope(let length):
        let margin: Double
        if phase.isTaut[index] {
          margin = level - ropeRate(index, evaluation)
        } else {
          let d = geometry.separation
          margin = noise.striking(
            gap: length - d.length,
            rate: d.length > 0 ? -d.dot(geometry.separationRate) / d.length : 0)
        }
        list.append(Trigger(kind: .rope(joint: index), margin: margin))
      default: break
      }
    }
    return list
  }

  /// Rolling and spinning stop, or break away from what holds them.
  private func resistanceTriggers(
    _ index: Int, _ contact: ClosedContact, _ geometry: ContactGeometry, _ evaluation: Evaluation
  ) -> [Trigger] {
    let law = setup.pairs[contact.pair].law
    let load = evaluation.normalReaction[index]
    var list: [Trigger] = []
    if law.rollingResistance > 0 {
      let margin =
        contact.rolls
        ? geometry.rolling.dot(contact.rollingAxis)
        : (1 + 1e-9) * law.rollingResistance * load
          - (evaluation.rows.heldMoment(of: index, count: 2)?.length ?? 0)
      list.append(Trigger(kind: .roll(contact: index), margin: margin))
    }
    if law.spinningResistance > 0 {
      let margin =
        contact.spins
        ? contact.spinSign * geometry.relativeSpin.dot(geometry.normal)
        : (1 + 1e-9) * law.spinningResistance * load
          - (evaluation.rows.heldMoment(of: index, count: 1)?.length ?? 0)
      list.append(Trigger(kind: .spin(contact: index), margin: margin))
    }
    return list
  }

  /// Rate at which a taut rope would shorten, in m/s².
  func ropeRate(_ joint: Int, _ evaluation: Evaluation) -> Double {
    guard let g = evaluation.rows.owners.firstIndex(of: .joint(joint)) else { return 0 }
    let row = evaluation.rows.groups[g].first
    var motion: [Double] = []
    for index in setup.bodies.indices {
      let (a, w) = (evaluation.linear[index], evaluation.angular[index])
      motion.append(contentsOf: [a.x, a.y, a.z, w.x, w.y, w.z])
    }
    return evaluation.rows.measure(row, motion) + evaluation.rows.accelerationBias[row]
  }

  /// Sliding velocity along the direction in which the sliding began.
  func slidingMargin(
    _ contact: ClosedContact, _ geometry: ContactGeometry, _ frames: Frames
  ) -> Double {
    var value = geometry.sliding.dot(contact.direction)
    if contact.turning != 0 {
      let relative = frames.twist(geometry.a).spin - frames.twist(geometry.b).spin
      value += contact.turning * relative.dot(geometry.normal)
    }
    return value
  }

  /// The nearest feature pair of a pair of bodies that is not closed.
  func openPoint(_ pair: Int, _ phase: Phase, _ frames: Frames, within reach: Double)
    -> ContactPoint?
  {
    openPoints(pair, phase, frames, within: reach).min { $0.gap < $1.gap }
  }

  /// Feature pairs of a pair of bodies that are not closed.
  private func openPoints(_ pair: Int, _ phase: Phase, _ frames: Frames, within reach: Double)
    -> [ContactPoint]
  {
    let (a, b) = (setup.pairs[pair].a, setup.pairs[pair].b)
    let (ra, rb) = (radii[a], radii[b])
    if ra.isFinite, rb.isFinite {
      let distance = (frames.shapePose(a, setup).position - frames.shapePose(b, setup).position)
        .length
      if distance - ra - rb > reach { return [] }
    }
    return manifold(pair, frames, within: reach).points.filter { point in
      phase.contact(pair, point.feature) == nil
    }
  }
}

/// A gap and its rate at an instant of a step.
struct Approach {
  /// From the start of the step, in s.
  var time: Double
  var gap: Double
  var rate: Double

  /// Where the cubic through two gaps and their rates is smallest, if that may be a touch: below a
  /// tenth of both gaps.
  func timeOfTouch(before end: Approach) -> Double? {
    let h = end.time - time
    guard h > 0, rate < 0, end.rate > 0, gap > 0, end.gap > 0 else { return nil }
    // p(s) = gap + b·s + c·s² + d·s³ on 0 … 1; p' has one root there, from below to above
    let b = h * rate
    let c = 3 * (end.gap - gap) - h * (2 * rate + end.rate)
    let d = 2 * (gap - end.gap) + h * (rate + end.rate)
    let root = max(0, c * c - 3 * b * d).squareRoot()
    let s = c + root != 0 ? -b / (c + root) : 0.5
    guard s > 0, s < 1 else { return nil }
    let smallest = gap + s * (b + s * (c + s * d))
    let inside = time + s * h
    guard smallest < 0.1 * min(gap, end.gap), inside > time, inside < end.time else { return nil }
    return inside
  }
}
