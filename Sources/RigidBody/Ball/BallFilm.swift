// A ball at given instants, taken from inside the steps of the solver, without any influence on them.
//
// Equation        turn: q' = ½·ω·q; the spin is constant in flight, so the turn there is exact
// Discretisation  flight, slide and roll: the step in which an instant lies is made again, shorter, until
//                 its time is met to rounding (order 6, as the run itself). On the floor the turn follows
//                 the mean spin between two instants: order 2 in their distance
// Validity        instants in ascending order; at an impact the state after it
// Checked by      BallFilmTests: closed forms in flight, rolling, the same log with and without

/// What holds a ball at an instant.
public enum BallSupport: String, Sendable, Hashable {
  case flight, sliding, rolling, rest
}

/// A ball at an instant.
public struct BallShot: Sendable, Hashable {
  public var state: BallState
  /// In rad/s, axes of the floor.
  public var spin: Vector3
  /// From the attitude at the start, axes of the floor.
  public var turn: Quaternion
  public var support: BallSupport
  /// Force of the floor per effective mass, in m/s²; zero in flight.
  public var push: Vector3
  /// Impacts before this instant.
  public var impacts: Int
}

/// Collects shots while a run goes on.
public struct BallFilm: Sendable {
  public private(set) var shots: [BallShot] = []
  private let times: [Double]
  private var turn = Quaternion.identity
  private var clock: Double
  private var spin: Vector3
  private var impacts = 0

  /// - Parameter times: in s, ascending.
  public init(times: [Double], from start: Double = 0, spin: Vector3) {
    (self.times, clock, self.spin) = (times, start, spin)
  }

  /// The next instant that is asked for.
  var nextTime: Double? { shots.count < times.count ? times[shots.count] : nil }

  private mutating func go(to time: Double, spin next: Vector3) {
    if time > clock {
      let angle = 0.5 * (time - clock) * (spin + next)
      if angle != .zero { turn = (Quaternion(rotationVector: angle) * turn).normalized }
    }
    (clock, spin) = (max(clock, time), next)
  }

  /// A shot at the next instant; in flight the spin is that of before.
  mutating func take(
    _ state: BallState, spin next: Vector3? = nil, _ support: BallSupport = .flight,
    push: Vector3 = .zero
  ) {
    guard let time = nextTime else { return }
    go(to: time, spin: next ?? spin)
    var state = state
    state.time = time
    state.gap = max(0, state.gap)
    shots.append(
      BallShot(
        state: state, spin: spin, turn: turn, support: support, push: push, impacts: impacts))
  }

  /// An impact, or anything else that makes the spin jump.
  mutating func jump(at time: Double, to next: Vector3, isImpact: Bool = true) {
    go(to: time, spin: spin)
    spin = next
    if isImpact { impacts += 1 }
  }

  /// Shots inside the step from `y` at `s` by `length`; `time` tells the time of a state, `shoot` takes
  /// the shot of one.
  @inline(never)
  mutating func inside(
    _ y: Octet, from s: Double, by length: Double, end: Double,
    time: (Octet) -> Double, rate: (Double, Octet) -> Octet,
    shoot: (Octet, Double, inout BallFilm) -> Void
  ) {
    while let wanted = nextTime, wanted < end {
      let begin = time(y)
      var (low, high) = (0.0, length)
      var part = length * min(max((wanted - begin) / max(end - begin, 1e-300), 0), 1)
      var state = y
      for _ in 0..<60 {
        state = RungeKutta6.step(y, from: s, by: part, rate)
        let late = time(state) - wanted
        if abs(late) <= 2 * wanted.ulp { break }
        if late > 0 { high = part } else { low = part }
        var next = part - late / rate(s + part, state)[0]
        if !(next > low && next < high) { next = 0.5 * (low + high) }
        if next == part || !(next > low && next < high) { break }
        part = next
      }
      shoot(state, s + part, &self)
    }
  }
}
