// A ball that falls, bounces, comes to rest on the floor: one run at one resolution.
//
// Equation    flight: BallFlight; impact: u_N' = −e(u_N)·u_N with friction and grip (SphereImpact);
//             end of an infinite series with constant e: remaining time 2u/(a·(1 − e)).
// Discretisation  pieces of flight that end on their event (BallPiece); impacts are instants.
// Source      closed end of a bounce series: Falcon et al. 1998, Eur. Phys. J. B 3, 45.
// Deviation   the impacts of the closed end act together: their normal impulses sum to
//             m·u·(1 + e)/(1 − e), and friction acts on that sum at once, without grip. While the
//             ball moves along the floor the series is followed to 1e-14 of the drop instead of
//             1e-9, which keeps what this neglects below rounding.
// Validity    e belongs to the pair and its speed range; laws with e → 1 at low speed do not close
//             and are followed until the rigid picture ends.
// Checked by  BouncingBallTests: closed forms of bounce series, energy and momentum audits.

import Foundation

/// An impact of the ball on the floor.
public struct BallImpact: Sendable, Hashable {
  public let before: BallState
  public let velocityAfter: Vector3
  public let spinAfter: Vector3
  /// In J, at most 0.
  public let energyChange: Double
}

/// Everything that happened in a run.
public struct BallLog: Sendable {
  public var impacts: [BallImpact] = []
  /// Impacts counted, also those that are not kept.
  public var impactCount = 0
  /// Time and height (along the floor's normal) of the apexes that are kept.
  public var apexes: [(time: Double, gap: Double)] = []
  public var apexesAboveThreshold = 0
  /// Smallest relative distance of an apex from the threshold.
  public var apexMargin = Double.infinity
  public var maxSpeed = 0.0
  public var maxReynolds = 0.0
  /// Smallest and largest approach speed of impacts, in m/s.
  public var approachSpeeds: ClosedRange<Double>?
  public var rest: BallState?
  /// Why it does not come to rest, if it does not.
  public var ending = ""
  /// Largest relative error of the energy balance of a flight.
  public var energyError = 0.0
  /// Relative error of the balance of momentum, where history takes the place of the energy audit.
  public var momentumError: Double?
  /// Time that the closed end of the series stands for, and how far it can be off, in s.
  public var closureTime = 0.0
  public var closureError = 0.0
  public var sliding: Double?
}

/// A ball above a floor, ready to run.
public struct BouncingBall: Sendable {
  public let flight: BallFlight
  public let impact: SphereImpact
  public let restitution: Restitution
  public let friction: PlanarFriction
  public let grip: Double
  public let rollingResistance: Double
  /// In s: later events do not count.
  public let duration: Double
  /// Apexes higher than this along the normal are counted, in m.
  public let apexThreshold: Double
  /// Impacts and apexes kept in the log.
  public let kept: Int
  /// The run ends after this many impacts, if given.
  public let impactsWanted: Int?

  public static let impactLimit = 1_000_000

  public init(
    flight: BallFlight, impact: SphereImpact, restitution: Restitution, friction: PlanarFriction,
    grip: Double, rollingResistance: Double = 0, duration: Double, apexThreshold: Double = 1e-3,
    kept: Int = 64, impactsWanted: Int? = nil
  ) {
    (self.flight, self.impact, self.restitution) = (flight, impact, restitution)
    (self.friction, self.grip, self.rollingResistance) = (friction, grip, rollingResistance)
    (self.duration, self.apexThreshold, self.kept) = (duration, apexThreshold, kept)
    self.impactsWanted = impactsWanted
  }

  /// A run that does not end in a reasonable number of impacts.
  public struct TooManyImpacts: Error, Sendable, Hashable {
    /// In s.
    public let time: Double
    public let height: Double
  }

  /// From a start above the floor to rest, or to `duration`.
  public func run(from start: BallState, spin: Vector3, level: Int) throws(TooManyImpacts)
    -> BallLog
  {
    var none: BallFilm?
    return try run(from: start, spin: spin, level: level, film: &none)
  }

  /// The same run with shots at the instants of a film.
  public func run(
    from start: BallState, spin: Vector3, level: Int, film: inout BallFilm?
  ) throws(TooManyImpacts) -> BallLog {
    let piece = BallPiece(flight: flight, level: level)
    var log = BallLog()
    var state = start
    var spin = spin
    var ratios: [Double] = []
    var lastFlight = 0.0
    let law = restitution
    note(state, &log)

    while true {
      let launch = state
      if state.velocity.z > 0 {
        guard let apex = piece.rise(state, film: &film) else {
          return stop(log, launch, piece, &film, because: "it rises and does not come back")
        }
        if apex.time > duration {
          return stop(log, launch, piece, &film, because: "the duration is over")
        }
        audit(from: launch, to: apex, &log)
        record(apex, isAfterImpact: log.impactCount > 0, &log)
        state = apex
      }
      guard let landing = piece.fall(state, film: &film) else {
        return stop(log, state, piece, &film, because: "it does not reach the floor")
      }
      if landing.time > duration {
        return stop(log, state, piece, &film, because: "the duration is over")
      }
      audit(from: state, to: landing, &log)
      note(landing, &log)
      state = landing

      // the impact: an instant
      let approach = -landing.velocity.z
      let e = law.coefficient(approachSpeed: approach)
      let outcome = impact.outcome(
        velocity: landing.velocity, spin: spin, restitution: e, friction: friction, grip: grip)
      log.impactCount += 1
      guard log.impactCount <= BouncingBall.impactLimit else {
        throw TooManyImpacts(time: state.time, height: approach * approach / (2 * -flight.drive.z))
      }
      if log.impacts.count < kept {
        log.impacts.append(
          BallImpact(
            before: landing, velocityAfter: outcome.velocity, spinAfter: outcome.spin,
            energyChange: outcome.energyChange))
      }
      let speeds = log.approachSpeeds ?? approach...approach
      log.approachSpeeds = min(speeds.lowerBound, approach)...max(speeds.upperBound, approach)
      state.velocity = outcome.velocity
      spin = outcome.spin
      film?.jump(at: landing.time, to: spin)
      if let wanted = impactsWanted, log.impactCount >= wanted {
        log.ending = "the impacts that were asked for are over"
        return log
      }
      note(state, &log)

      // intervals of the series, for its closed end
      if log.impactCount > 1 {
        let interval = landing.time - launch.time
        if lastFlight > 0 { ratios.append(interval / lastFlight) }
        lastFlight = interval
      }
      let scale = max(start.gap, impact.radius)
      // a rebound is followed to its second impact, however low it is: its outcomes exist
      if log.impactCount > 1 || state.velocity.z <= 0,
        let end = closure(state, spin: spin, e: e, ratios: ratios, scale: scale)
      {
        return settle(log, state, spin, end, e: e, level: level, &film)
      }
      if !law.isIndependentOfSpeed, let end = rigidEnd(state) {
        return stop(log, state, piece, &film, because: end)
      }
    }
  }

  /// Remaining time of the series and its uncertainty, once the series is geometric.
  private func closure(
    _ state: BallState, spin: Vector3, e: Double, ratios: [Double], scale: Double
  ) -> (time: Double, error: Double)? {
    let up = state.velocity.z
    if up <= 0 { return (0, 0) }
    let pull = flight.referencePull(gap: 0)
    guard restitution.isIndependentOfSpeed, e < 1, pull > 0 else { return nil }
    let isPlumb =
      state.velocity.x == 0 && state.velocity.y == 0 && spin.x == 0 && spin.y == 0
      && flight.drive.x == 0 && flight.drive.y == 0
    guard up * up / (2 * pull) < (isPlumb ? 1e-9 : 1e-14) * scale else { return nil }
    let time = 2 * up / (pull * (1 - e))
    // drag shortens what is left by about its share of the pull
    let share = flight.dragRate(speed: state.velocity.length) * up / pull
    if flight.isParabolic { return (time, 0) }
    guard ratios.suffix(3).allSatisfy({ abs($0 - e) <= 1e-3 * e }) else { return nil }
    return (time, time * share / (1 - e))
  }

  /// Below the static indentation of the contact the rigid picture ends.
  private func rigidEnd(_ state: BallState) -> String? {
    let pull = flight.referencePull(gap: 0)
    let height = state.velocity.z * state.velocity.z / (2 * pull)
    switch restitution {
    case .viscoelastic(let stiffness, _):
      let indentation = pow(pull / stiffness, 2.0 / 3)
      return height < indentation
        ? "the bounces are lower than the contact's own indentation: rigid impact ends here" : nil
    default:
      return height < 1e-9
        ? "the bounces are lower than 1 nm: rigid impact ends here" : nil
    }
  }

  private func settle(
    _ log: BallLog, _ state: BallState, _ spin: Vector3, _ end: (time: Double, error: Double),
    e: Double, level: Int, _ film: inout BallFilm?
  ) -> BallLog {
    var log = log
    var (state, spin) = (state, spin)
    // the rest of the series at once: its summed normal impulse, and the friction that it allows
    let sum = e < 1 ? state.velocity.z * (1 + e) / (1 - e) : 0
    let before = state.velocity
    // the slope pulls throughout the closed end
    let pulled = Vector3(
      x: before.x + flight.drive.x * end.time, y: before.y + flight.drive.y * end.time, z: 0)
    let closing = impact.outcome(
      velocity: Vector3(x: pulled.x, y: pulled.y, z: -max(0, sum)), spin: spin, restitution: 0,
      friction: friction, grip: 0)
    while let time = film?.nextTime, time < state.time + end.time {
      // the hops that are left are too low to be seen
      let t = time - state.time
      var inside = state
      inside.velocity = before + (t / end.time) * (closing.velocity - before)
      inside.velocity.z = 0
      inside.x += 0.5 * t * (before.x + inside.velocity.x)
      inside.y += 0.5 * t * (before.y + inside.velocity.y)
      film?.take(inside)
    }
    film?.jump(at: state.time + end.time, to: closing.spin, isImpact: false)
    (state.velocity, spin) = (closing.velocity, closing.spin)
    state.velocity.z = 0
    state.x += 0.5 * end.time * (before.x + state.velocity.x)
    state.y += 0.5 * end.time * (before.y + state.velocity.y)
    state.time += end.time
    let motion = FloorMotion(
      flight: flight, radius: impact.radius, inertiaFactor: impact.inertiaFactor,
      friction: friction, rollingResistance: rollingResistance, level: level)
    (log.closureTime, log.closureError) = (end.time, end.error)
    let stop = motion.settle(state, spin: spin, film: &film)
    if let roll = stop.rollTime {
      log.sliding = max(0, roll - state.time)
      // topspin drives the ball until it rolls, or until the duration is over
      let sliding = FloorStop(
        state: state, spin: spin, ending: .sliding(""), rollTime: nil, rollSpeed: 0)
      let speed =
        roll <= duration
        ? stop.rollSpeed : motion.speed(of: sliding, after: duration - state.time)
      log.maxSpeed = max(log.maxSpeed, speed)
      log.maxReynolds = max(log.maxReynolds, flight.reynoldsPerSpeed * speed)
    }
    switch stop.ending {
    case .atRest:
      let rest = stop.state
      if rest.time <= duration {
        log.rest = rest
        log.ending = "at rest"
      } else {
        log.ending = "the duration is over"
      }
    case .endless(let why), .sliding(let why):
      log.ending = why
      // what begins after the duration does not count
      guard stop.state.time <= duration else { return log }
      let speed = motion.speed(of: stop, after: duration - stop.state.time)
      log.maxSpeed = max(log.maxSpeed, speed)
      log.maxReynolds = max(log.maxReynolds, flight.reynoldsPerSpeed * speed)
    }
    return log
  }

  /// Ends a run in mid-air at the duration.
  private func stop(
    _ log: BallLog, _ state: BallState, _ piece: BallPiece, _ film: inout BallFilm?,
    because reason: String
  ) -> BallLog {
    var log = log
    log.ending = reason
    if state.time < duration {
      note(piece.drift(state, for: duration - state.time, film: &film), &log)
      while let time = film?.nextTime, time <= duration {
        film?.take(piece.drift(state, for: time - state.time))
      }
    }
    return log
  }

  private func note(_ state: BallState, _ log: inout BallLog) {
    // along a piece the speed has no inner maximum: its ends are enough
    let speed = state.velocity.length
    log.maxSpeed = max(log.maxSpeed, speed)
    log.maxReynolds = max(log.maxReynolds, flight.reynoldsPerSpeed * speed)
  }

  private func record(_ apex: BallState, isAfterImpact: Bool, _ log: inout BallLog) {
    guard isAfterImpact else { return }
    if log.apexes.count < kept { log.apexes.append((apex.time, apex.gap)) }
    if apex.gap > apexThreshold { log.apexesAboveThreshold += 1 }
    log.apexMargin = min(log.apexMargin, abs(apex.gap / apexThreshold - 1))
  }

  /// Kinetic, potential and dissipated energy of a piece, relative to the largest of them.
  private func audit(from a: BallState, to b: BallState, _ log: inout BallLog) {
    let gained = 0.5 * (b.velocity.dot(b.velocity) - a.velocity.dot(a.velocity))
    var work =
      flight.drive.x * (b.x - a.x) + flight.drive.y * (b.y - a.y)
      + flight.drive.z * (b.gap - a.gap)
    if let central = flight.central {
      func potential(_ s: BallState) -> Double {
        -central.parameter / (s.x * s.x + s.y * s.y + pow(central.radius + s.gap, 2)).squareRoot()
      }
      work -= potential(b) - potential(a)
    }
    let lost = b.dissipated - a.dissipated
    let scale = max(abs(gained), abs(work), lost)
    guard scale > 0 else { return }
    // 64 ulp of the numbers whose differences these are: a low hop of a fast ball shows only them
    let kinetic = 0.5 * max(a.velocity.dot(a.velocity), b.velocity.dot(b.velocity))
    let largest = max(kinetic, b.dissipated)
    let error = max(0, abs(gained - work + lost) - 0x1p-47 * largest)
    log.energyError = max(log.energyError, error / scale)
  }
}
