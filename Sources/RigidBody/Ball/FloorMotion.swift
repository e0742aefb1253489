// A ball on the floor after its last bounce: sliding, rolling, rest.
//
// Equation    sliding  du/dt = a_T − g_n·(1 + 1/κ')·f, dv/dt = a_T − g_n·f, u = v + ω×(−a·n),
//             f = M²û/|Mû|, M = diag(μ_along, μ_across): f = μ·û for the same coefficient all round
//             rolling  dv/dt = (a_T − (b/a)·g_n·v̂)/(1 + κ'), while the stick force fits in the cone
//             κ' = κ·m/m_eff, a_T tangential acceleration (slope, drag), b rolling resistance
// Discretisation  the magnitude that falls to zero is the independent variable, its direction is
//             part of the state: the end of sliding and the stop are met exactly (Hénon 1982,
//             Physica D 5, 412). Runge-Kutta of order 6, mesh graded towards the end.
// Source      Coulomb friction and rolling resistance as a moment of at most b·N: Johnson,
//             Contact Mechanics, 1985, chapter 8.
// Deviation   with a friction ellipse or a slope across the motion the direction turns ever faster
//             as the slip ends, and the observed order drops; the band then widens.
// Validity    rigid sphere, μ the same at rest and in motion, |a_T| below the friction limit.
// Checked by  FloorMotionTests: slide-to-roll in closed form, rolling stop, slope.

import Foundation

/// How the motion on the floor ends.
public struct FloorStop: Sendable, Hashable {
  public enum Ending: Sendable, Hashable {
    case atRest
    /// Nothing stops it: it rolls on, with the reason in words.
    case endless(String)
    /// Its contact point slips for ever, with the reason in words.
    case sliding(String)
  }
  public let state: BallState
  public let spin: Vector3
  public let ending: Ending
  /// When sliding turned into rolling, in s; absent if it never slid or never stopped sliding.
  public let rollTime: Double?
  /// Speed at the moment at which rolling begins, in m/s: a ball with topspin is fastest then.
  public let rollSpeed: Double
}

/// Motion in permanent contact.
public struct FloorMotion: Sendable {
  public let flight: BallFlight
  public let radius: Double
  /// κ' = I/(m_eff·a²).
  public let inertia: Double
  public let friction: PlanarFriction
  /// Length b, in m, of the rolling resistance.
  public let rollingResistance: Double
  public let steps: Int

  public init(
    flight: BallFlight, radius: Double, inertiaFactor: Double, friction: PlanarFriction,
    rollingResistance: Double, level: Int
  ) {
    (self.flight, self.radius, self.friction) = (flight, radius, friction)
    inertia = inertiaFactor / flight.inertiaRatio
    self.rollingResistance = rollingResistance
    steps = 16 << level
  }

  /// Pressing acceleration N/m_eff, in m/s².
  var press: Double { max(0, -flight.drive.z) }
  var slope: Vector3 { Vector3(x: flight.drive.x, y: flight.drive.y, z: 0) }

  /// From touch-down with a closed contact to the end of the motion.
  public func settle(_ start: BallState, spin: Vector3) -> FloorStop {
    var none: BallFilm?
    return settle(start, spin: spin, film: &none)
  }

  func settle(_ start: BallState, spin: Vector3, film: inout BallFilm?) -> FloorStop {
    let stop = move(start, spin: spin, film: &film)
    filmEnd(of: stop, &film)
    return stop
  }

  private func move(_ start: BallState, spin: Vector3, film: inout BallFilm?) -> FloorStop {
    var state = start
    var spin = spin
    state.velocity.z = 0
    var rollTime: Double?
    let slip = Vector3(
      x: state.velocity.x - radius * spin.y, y: state.velocity.y + radius * spin.x, z: 0)
    // below this the contact sticks: rounding of the speeds that make up the slip
    let noise = 4e-16 * (state.velocity.length + radius * spin.length)
    if slip.length > noise {
      guard
        let end = decelerate(
          state, vector: slip, share: 1, resistance: nil, spin: spin, film: &film)
      else {
        return FloorStop(
          state: state, spin: spin, ending: .sliding("it slides on: friction cannot stop the slip"),
          rollTime: nil, rollSpeed: 0)
      }
      state = end
      rollTime = state.time
    }
    spin = Vector3(x: -state.velocity.y / radius, y: state.velocity.x / radius, z: spin.z)
    return roll(state, spin, rollTime, &film)
  }

  private func roll(
    _ start: BallState, _ spin: Vector3, _ rollTime: Double?, _ film: inout BallFilm?
  ) -> FloorStop {
    let resistance = rollingResistance / radius * press
    func stop(_ state: BallState, _ ending: FloorStop.Ending) -> FloorStop {
      let still = Vector3(x: -state.velocity.y / radius, y: state.velocity.x / radius, z: spin.z)
      return FloorStop(
        state: state, spin: still, ending: ending, rollTime: rollTime,
        rollSpeed: start.velocity.length)
    }
    if start.velocity.length == 0, slope.length <= resistance || slope.length == 0 {
      return stop(start, .atRest)
    }
    // rolling needs the stick force, and a stop needs more resistance than the slope pulls
    let stick = (inertia * slope.length + resistance) / (1 + inertia)
    guard stick <= min(friction.along, friction.across) * press || slope.length == 0 else {
      return stop(start, .sliding("it slides down: friction cannot make it roll"))
    }
    guard stick <= min(friction.along, friction.across) * press else {
      return stop(
        start,
        .endless("it slips while it rolls, which is not modelled: too little friction for a stop"))
    }
    guard resistance > slope.length else {
      return stop(
        start,
        .endless(
          slope.length > 0
            ? "it rolls down the slope" : "it rolls on: there is no rolling resistance"))
    }
    guard
      var end = decelerate(
        start, vector: start.velocity, share: 1 / (1 + inertia),
        resistance: resistance / (1 + inertia), spin: spin, film: &film)
    else { return stop(start, .endless("it rolls on")) }
    end.velocity = .zero
    return stop(end, .atRest)
  }

  /// Friction per pressing force on a slip in the direction `angle`, along it and to its left.
  func friction(at angle: Double) -> (along: Double, left: Double) {
    if friction.isIsotropic { return (friction.along, 0) }
    let (c, s) = (cos(angle - friction.direction), sin(angle - friction.direction))
    let (first, second) = (friction.along * friction.along, friction.across * friction.across)
    let size = (first * c * c + second * s * s).squareRoot()
    return (size, size > 0 ? (second - first) * s * c / size : 0)
  }

  /// Integrates until the magnitude of `vector` is zero: the slip, or with a rolling `resistance`
  /// (m/s²) the velocity. Nil if the magnitude does not fall throughout.
  private func decelerate(
    _ start: BallState, vector: Vector3, share: Double, resistance: Double?, spin: Vector3,
    film: inout BallFilm?
  ) -> BallState? {
    let magnitude = vector.length
    guard magnitude > 0 else { return start }
    let isRolling = resistance != nil
    var failed = false
    let press = press
    let lever = 1 + 1 / inertia
    // lanes: time, x, y, vx, vy, direction of the vector
    func rate(_ s: Double, _ y: Octet) -> Octet {
      let (c, d) = (cos(y[5]), sin(y[5]))
      let size = magnitude - s
      let velocity =
        isRolling ? Vector3(x: size * c, y: size * d, z: 0) : Vector3(x: y[3], y: y[4], z: 0)
      let a = flight.acceleration(x: y[1], y: y[2], gap: 0, velocity: velocity)
      let drag = isRolling ? (along: 0, left: 0) : friction(at: y[5])
      let brake = resistance ?? press * lever * drag.along
      let along = share * (a.x * c + a.y * d) - brake
      if along >= 0 { failed = true }
      let pace = -1 / along
      let turn = share * (a.y * c - a.x * d) - press * lever * drag.left
      let spinRate = size > 1e-13 * magnitude ? turn / size : 0
      let (pushX, pushY) = (drag.along * c - drag.left * d, drag.along * d + drag.left * c)
      return Octet(
        pace, pace * velocity.x, pace * velocity.y, pace * (a.x - press * pushX),
        pace * (a.y - press * pushY), pace * spinRate, 0, 0)
    }
    var y = Octet(
      0, start.x, start.y, start.velocity.x, start.velocity.y, atan2(vector.y, vector.x), 0, 0)
    var s = 0.0
    for index in 1...steps {
      let rest = Double(steps - index) / Double(steps)
      let next = index == steps ? magnitude : magnitude * (1 - rest * rest * rest)
      let before = y
      y = RungeKutta6.step(y, from: s, by: next - s, rate)
      if film != nil, !failed, y[0].isFinite {
        film?.inside(
          before, from: s, by: next - s, end: start.time + y[0], time: { start.time + $0[0] },
          rate: rate
        ) { y, s, film in
          let size = magnitude - s
          let along = Vector3(x: size * cos(y[5]), y: size * sin(y[5]), z: 0)
          var inside = start
          (inside.x, inside.y, inside.gap) = (y[1], y[2], 0)
          inside.velocity = isRolling ? along : Vector3(x: y[3], y: y[4], z: 0)
          shoot(inside, slip: isRolling ? .zero : along, spinAcross: spin.z, &film)
        }
      }
      s = next
      if failed { return nil }
    }
    guard y[0].isFinite else { return nil }
    var end = start
    end.time += y[0]
    (end.x, end.y) = (y[1], y[2])
    end.velocity = isRolling ? .zero : Vector3(x: y[3], y: y[4], z: 0)
    return end
  }

  /// Speed of the centre after `duration` seconds of endless rolling or sliding, in m/s.
  public func speed(of stop: FloorStop, after duration: Double) -> Double {
    guard duration > 0 else { return stop.state.velocity.length }
    var y = coasting(stop)
    let rate = coastRate(of: stop)
    for _ in 0..<(8 * steps) {
      y = RungeKutta6.step(y, from: 0, by: duration / Double(8 * steps), rate)
    }
    return (y[0] * y[0] + y[1] * y[1]).squareRoot()
  }

  /// Lanes: velocity of the centre; the slip, whose direction is that of sliding friction; position.
  func coastRate(of stop: FloorStop) -> (Double, Octet) -> Octet {
    let resistance = rollingResistance / radius * press / (1 + inertia)
    let slips = if case .sliding = stop.ending { true } else { false }
    func rate(_: Double, _ y: Octet) -> Octet {
      let velocity = Vector3(x: y[0], y: y[1], z: 0)
      let a = flight.acceleration(x: 0, y: 0, gap: 0, velocity: velocity)
      if slips {
        // a slip that has not begun begins down the slope
        let (u, w) = y[2] == 0 && y[3] == 0 ? (a.x, a.y) : (y[2], y[3])
        let angle = atan2(w, u)
        let drag = friction(at: angle)
        let (c, d) = (press * cos(angle), press * sin(angle))
        let (pushX, pushY) = (drag.along * c - drag.left * d, drag.along * d + drag.left * c)
        let lever = 1 + 1 / inertia
        return Octet(
          a.x - pushX, a.y - pushY, a.x - lever * pushX, a.y - lever * pushY, y[0], y[1], 0, 0)
      }
      let size = max(velocity.length, 1e-300)
      let share = 1 / (1 + inertia)
      return Octet(
        share * a.x - resistance * velocity.x / size, share * a.y - resistance * velocity.y / size,
        0, 0, y[0], y[1], 0, 0)
    }
    return rate
  }

  /// The same lanes where endless rolling or sliding begins.
  func coasting(_ stop: FloorStop) -> Octet {
    let (v, spin) = (stop.state.velocity, stop.spin)
    let slip = Vector3(x: v.x - radius * spin.y, y: v.y + radius * spin.x, z: 0)
    // the slip of a rolling ball is rounding, which has no direction
    let begun = slip.length > 4e-16 * (v.length + radius * spin.length) ? slip : .zero
    return Octet(v.x, v.y, begun.x, begun.y, stop.state.x, stop.state.y, 0, 0)
  }
}
