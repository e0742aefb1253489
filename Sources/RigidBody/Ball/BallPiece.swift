// One monotonic piece of flight, integrated so that its end is hit exactly.
//
// Equation    the piece is parametrised by the time s of a reference parabola, and dt/ds is part of
//             the state. Rising, s is tied to the velocity: w(s) = w0 − a·s, dt/ds = −a/a_n(w), and
//             the apex is s = w0/a. Falling from an apex, the velocity is prescribed in the same
//             way until it is half the terminal one, and then the gap:
//             g(s) = g0 + w0·s − ½·a·s², dt/ds = (w0 − a·s)/w. The floor is the root of g.
// Discretisation  Runge-Kutta of order 6 on a mesh fixed by the level; no event is ever searched.
// Source      changing the independent variable so that a surface is met by one step: Hénon 1982,
//             Physica D 5, 412; reference parabola and the split at half the terminal speed: ours.
// Validity    the normal acceleration keeps its sign while rising; the normal speed does while
//             falling. Otherwise the piece says that the floor is not reached.
// Checked by  BallPieceTests: closed forms of quadratic and linear drag, order 6, oblique throws.

import Foundation

/// Position, velocity and time of a ball in flight, axes of the floor, SI.
public struct BallState: Sendable, Hashable {
  public var time: Double
  /// Along and across the slope, of the centre.
  public var x: Double
  public var y: Double
  /// Distance of the surface from the floor.
  public var gap: Double
  public var velocity: Vector3
  /// Energy that drag has taken, per mass with added mass, in J/kg.
  public var dissipated = 0.0
  /// Integration steps so far: their rounding adds up.
  public var steps = 0

  public init(time: Double = 0, x: Double = 0, y: Double = 0, gap: Double, velocity: Vector3) {
    (self.time, self.x, self.y, self.gap, self.velocity) = (time, x, y, gap, velocity)
  }
}

/// Integrates pieces of flight at one resolution.
public struct BallPiece: Sendable {
  public let flight: BallFlight
  /// 0 is the coarsest; each level halves every step.
  public let level: Int
  /// The mesh is s = S·σ^q towards the apex, because C_D·Re has fractional powers of the speed.
  private let grading: Int

  public init(flight: BallFlight, level: Int) {
    self.flight = flight
    self.level = level
    grading = flight.drag.isSmoothAtRest ? 1 : 3
  }

  /// Steps of a piece in which drag reaches the share `load` of the pull. The error is about
  /// 1.2e-3·load·n^-6 on smooth laws (measured), so weak drag needs fewer steps for the same error:
  /// 4, 2 or 1 at the coarsest level, twice as many on laws with fractional powers.
  private func steps(load: Double) -> Int {
    let coarsest = load > 2e-2 ? 4 : load > 2e-4 ? 2 : 1
    return (grading == 1 || load < 1e-6 ? coarsest : 2 * coarsest) << level
  }

  private func load(speed: Double, pull: Double) -> Double {
    flight.coriolis == .zero && flight.central == nil
      ? flight.dragRate(speed: speed) * speed / pull : 1
  }

  /// What the reference parabola prescribes.
  private enum Mode {
    /// The normal velocity is the reference's; lane 3 holds the gap.
    case velocity
    /// The gap is the reference's; lane 3 holds the normal velocity.
    case gap
    /// Plain time; lanes 3 and 6 hold gap and normal velocity.
    case time
  }

  // MARK: Pieces

  /// From a state that rises to its apex. Nil if it never turns round.
  public func rise(_ start: BallState) -> BallState? {
    var none: BallFilm?
    return rise(start, film: &none)
  }

  func rise(_ start: BallState, film: inout BallFilm?) -> BallState? {
    let w0 = start.velocity.z
    let pull = flight.referencePull(gap: start.gap)
    guard pull > 0, w0 > 0 else { return nil }
    if escapes(start) { return nil }
    if flight.isParabolic {
      return parabola(start, w0 / pull, endVelocity: 0, endGap: nil, film: &film)
    }
    let brake = -flight.acceleration(
      x: start.x, y: start.y, gap: start.gap, velocity: start.velocity
    ).z
    guard brake > 0 else { return nil }
    // strong drag at the start bends dt/ds: the mesh follows its scale
    let count =
      steps(load: load(speed: start.velocity.length, pull: pull))
      * multiple((brake / pull).squareRoot() - 1, per: 4)
    var end = integrate(
      start, to: w0 / pull, count: count, mode: .velocity, pull: pull, gradedAtEnd: true,
      film: &film)
    end?.velocity.z = 0
    return end
  }

  /// From a state that does not rise to the floor. Nil if the floor is never reached.
  public func fall(_ start: BallState) -> BallState? {
    var none: BallFilm?
    return fall(start, film: &none)
  }

  func fall(_ start: BallState, film: inout BallFilm?) -> BallState? {
    let w0 = start.velocity.z
    let pull = max(0, flight.referencePull(gap: start.gap))
    // already in contact: it stays there unless nothing presses
    if start.gap <= 0 { return w0 < 0 || pull > 0 ? start : nil }
    if flight.isParabolic {
      guard pull > 0 || w0 < 0 else { return nil }
      let root = (w0 * w0 + 2 * pull * start.gap).squareRoot()
      return parabola(
        start, 2 * start.gap / (root - w0), endVelocity: -root, endGap: 0, film: &film)
    }
    var state = start
    let top = (start.velocity.dot(start.velocity) + 2 * pull * start.gap).squareRoot()
    let half = max(1, steps(load: load(speed: top, pull: max(pull, 1e-300))) / 2)
    if w0 == 0 {
      guard pull > 0, let speed = departureSpeed(start, pull: pull) else { return nil }
      guard
        let next = integrate(
          start, to: speed / pull, count: half, mode: .velocity, pull: pull,
          gradedAtEnd: false, film: &film)
      else { return nil }
      state = next
      guard state.gap > 0 else { return nil }
    }
    let w1 = state.velocity.z
    let root = (w1 * w1 + 2 * pull * state.gap).squareRoot()
    let span = 2 * state.gap / (root - w1)
    // once drag rules, dt/ds grows and the motion relaxes many times: the mesh follows
    let count = half * multiple(stiffness(state, span: span, endSpeed: root), per: 4)
    guard
      var end = integrate(
        state, to: span, count: count, mode: .gap, pull: pull, gradedAtEnd: nil, film: &film)
    else { return nil }
    end.gap = 0
    return end
  }

  /// Whether central gravity, which falls off as 1/r², cannot turn the rise round: above the escape
  /// speed of a straight rise, because every sideways motion only weakens the pull.
  private func escapes(_ start: BallState) -> Bool {
    guard let central = flight.central, flight.drag == .none, flight.coriolis == .zero,
      flight.drive.z >= 0
    else { return false }
    let distance = central.radius + start.gap
    return start.velocity.z * start.velocity.z * distance >= 2 * central.parameter
  }

  /// In plain time for `duration` seconds: only where no event ends the piece.
  public func drift(_ start: BallState, for duration: Double) -> BallState {
    var none: BallFilm?
    return drift(start, for: duration, film: &none)
  }

  func drift(
    _ start: BallState, for duration: Double, film: inout BallFilm?
  ) -> BallState {
    guard duration > 0 else { return start }
    let rate = flight.dragRate(speed: start.velocity.length)
    let count = 8 * steps(load: 1) * multiple(rate * duration, per: 4)
    return integrate(
      start, to: duration, count: count, mode: .time, pull: 0, gradedAtEnd: nil, film: &film)
      ?? start
  }

  // MARK: Reference parabola

  private func parabola(
    _ start: BallState, _ span: Double, endVelocity: Double, endGap: Double?,
    film: inout BallFilm?
  ) -> BallState {
    let (a, v) = (flight.drive, start.velocity)
    while let time = film?.nextTime, time < start.time + span {
      let t = time - start.time
      var inside = start
      inside.x += t * (v.x + 0.5 * a.x * t)
      inside.y += t * (v.y + 0.5 * a.y * t)
      inside.gap += t * (v.z + 0.5 * a.z * t)
      inside.velocity = v + t * a
      film?.take(inside)
    }
    var end = start
    end.time += span
    end.x += span * (v.x + 0.5 * a.x * span)
    end.y += span * (v.y + 0.5 * a.y * span)
    end.gap = endGap ?? start.gap + 0.5 * v.z * span
    end.velocity = Vector3(x: v.x + a.x * span, y: v.y + a.y * span, z: endVelocity)
    return end
  }

  /// Speed at which the prescribed variable changes from velocity to gap: half of the vacuum's
  /// impact speed, and small enough that drag balances at most half of the pull.
  private func departureSpeed(_ start: BallState, pull: Double) -> Double? {
    var speed = 0.5 * (2 * pull * start.gap).squareRoot()
    for _ in 0..<60 {
      let velocity = Vector3(x: start.velocity.x, y: start.velocity.y, z: -speed)
      let a = flight.acceleration(x: start.x, y: start.y, gap: start.gap, velocity: velocity).z
      if a <= -0.5 * pull { return speed }
      speed *= 0.5
    }
    return nil
  }

  /// Relaxation times in the piece, about: ∂a/∂w·dt/ds·S at the end.
  private func stiffness(_ state: BallState, span: Double, endSpeed: Double) -> Double {
    let pull = flight.referencePull(gap: 0)
    guard pull > 0 else { return 0 }
    // the terminal speed, from above: drag cannot hold more than the pull
    var speed = endSpeed
    let tangential = hypot(state.velocity.x, state.velocity.y)
    var rate = flight.dragRate(speed: hypot(speed, tangential))
    var tries = 0
    while rate * speed > pull, tries < 40 {
      speed *= 0.8
      rate = flight.dragRate(speed: hypot(speed, tangential))
      tries += 1
    }
    return 2 * rate * span * endSpeed / max(speed, 1e-300)
  }

  /// 1, 2, 4 …: the smallest power of two that is at least amount/per.
  private func multiple(_ amount: Double, per unit: Double) -> Int {
    guard amount > unit else { return 1 }
    guard amount.isFinite, amount < unit * 0x1p24 else { return 1 << 24 }
    return 1 << Int(log2(amount / unit).rounded(.up))
  }

  // MARK: Integration

  @inline(__always)
  private func integrate(
    _ start: BallState, to end: Double, count: Int, mode: Mode, pull: Double, gradedAtEnd: Bool?,
    film: inout BallFilm?
  ) -> BallState? {
    let w0 = start.velocity.z
    let g0 = start.gap
    var failed = false
    let rate = { (s: Double, y: Octet) -> Octet in
      let w: Double
      let gap: Double
      switch mode {
      case .velocity: (w, gap) = (w0 - pull * s, y[3])
      case .gap: (w, gap) = (y[3], g0 + s * (w0 - 0.5 * pull * s))
      case .time: (w, gap) = (y[6], y[3])
      }
      let velocity = Vector3(x: y[4], y: y[5], z: w)
      let drag = flight.dragRate(speed: velocity.length)
      let a = flight.acceleration(
        x: y[1], y: y[2], gap: gap, velocity: velocity, dragRate: drag)
      let pace: Double
      switch mode {
      case .velocity:
        if a.z >= 0 { failed = true }
        pace = -pull / a.z
      case .gap:
        if w >= 0 { failed = true }
        pace = (w0 - pull * s) / w
      case .time: pace = 1
      }
      // power of the drag: the part of the acceleration along −v
      let power = drag * velocity.dot(velocity)
      let fourth = mode == .gap ? a.z : w
      let seventh = mode == .time ? a.z : 0
      return Octet(
        pace, pace * velocity.x, pace * velocity.y, pace * fourth,
        pace * a.x, pace * a.y, pace * seventh, pace * power)
    }
    func state(_ y: Octet, at s: Double) -> BallState {
      var state = start
      state.time += y[0]
      (state.x, state.y) = (y[1], y[2])
      state.gap = mode == .gap ? 0 : y[3]
      let w = mode == .velocity ? w0 - pull * s : mode == .gap ? y[3] : y[6]
      state.velocity = Vector3(x: y[4], y: y[5], z: w)
      state.dissipated += y[7]
      return state
    }
    var y = Octet(
      0, start.x, start.y, mode == .gap ? w0 : g0, start.velocity.x, start.velocity.y,
      mode == .time ? w0 : 0, 0)
    var s = 0.0
    for index in 1...count {
      let next = node(index, of: count, span: end, gradedAtEnd: gradedAtEnd)
      let before = y
      y = RungeKutta6.step(y, from: s, by: next - s, rate)
      if film != nil, !failed, y[0].isFinite {
        film?.inside(
          before, from: s, by: next - s, end: start.time + y[0], time: { start.time + $0[0] },
          rate: rate
        ) { y, s, film in
          var inside = state(y, at: s)
          if mode == .gap { inside.gap = g0 + s * (w0 - 0.5 * pull * s) }
          film.take(inside)
        }
      }
      s = next
      if failed { return nil }
    }
    guard y[0].isFinite else { return nil }
    var last = state(y, at: end)
    last.steps += count
    return last
  }

  /// Mesh point `index` of `count` on [0, span]; crowded towards the apex if graded.
  @inline(__always)
  private func node(_ index: Int, of count: Int, span: Double, gradedAtEnd: Bool?) -> Double {
    if index == count { return span }
    let sigma = Double(index) / Double(count)
    guard grading == 3, let gradedAtEnd else { return span * sigma }
    if gradedAtEnd {
      let rest = 1 - sigma
      return span * (1 - rest * rest * rest)
    }
    return span * (sigma * sigma * sigma)
  }
}
