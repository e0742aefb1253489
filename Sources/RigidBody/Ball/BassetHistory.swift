// Plumb fall of a sphere in creeping flow, with added mass and the Basset history force.
//
// Equation    m*·w' = m*·g* − 3πηd·w − B·(w0/√t + ∫ w'(τ)/√(t − τ) dτ from 0 to t), w downwards,
//             m* = m + ½ρV, m*·g* = (m − ρV)·g, B = 6a²·√(πρη); the term with w0 is the jump from the
//             rest of the liquid. In σ = √t, with p = dw/dσ, nothing is singular:
//             p = 2σ·(g* − w/T − b·H) − 2b·w0, H = ∫ p(s)/√(σ² − s²) ds from 0 to σ,
//             T = m*/(3πηd), b = B/m*. Its solution is smooth in σ, as it is not in t.
// Discretisation  p linear between nodes, its integral with the kernel exact, the last node implicit:
//             order 2. Nodes σ = √T·sinh x, x uniform: graded at t = 0, wide where the ball has
//             almost its terminal speed. The last node is the landing that a mesh of its own found, so
//             that every level ends at the same instant; the remainder follows the last cell.
// Source      Basset 1888, A Treatise on Hydrodynamics 2; Boussinesq 1885; the jump term: Landau &
//             Lifshitz, Fluid Mechanics, §24; kernel against a linear acceleration: Daitche 2013,
//             J. Comput. Phys. 254, 93.
// Deviation   the acceleration is taken as linear in √t and per √t, not in t: it then has no singular
//             part at the start, with the jump neither, and keeps order 2 without a starting rule.
// Validity    Re ≪ 1, t < about (d/w)·1/Re, liquid unbounded and at rest before t = 0; the floor is felt
//             only by touch, and the ball stays there: nothing rebounds below a Stokes number of 10
//             (Gondret, Lance & Petit 2002).
// Checked by  BassetHistoryTests: closed form with exp(z²)·erfc(z), order 2, jump, momentum balance.

import Foundation

/// What acts on a ball that sinks in a liquid whose motion remembers it.
public struct BassetHistory: Sendable, Hashable {
  /// Acceleration towards the floor without any motion, g*, in m/s²; any sign.
  public let pull: Double
  /// T: time in which Stokes drag alone would stop the ball, in s, above 0.
  public let relaxationTime: Double
  /// b: strength of the history, in 1/√s.
  public let memory: Double
  /// Reynolds number per speed, in s/m.
  public let reynoldsPerSpeed: Double

  /// The flight must have Stokes drag and a plumb drive: nothing else of it is used.
  public init(flight: BallFlight, diameter: Double) {
    pull = -flight.drive.z
    relaxationTime = 1 / flight.dragRate(speed: 1)
    reynoldsPerSpeed = flight.reynoldsPerSpeed
    // 6a²·√(πρη) over m*, from π·d·η/(8·m*) and ρ·d/η
    memory =
      12 / Double.pi.squareRoot() * flight.viscousRate
      * (diameter * flight.reynoldsPerSpeed).squareRoot()
  }

  /// The end of a fall.
  public struct Fall: Sendable, Hashable {
    /// In s.
    public let time: Double
    /// Downwards, in m/s.
    public let speed: Double
    /// Whether the ball is on the floor; otherwise the duration is over.
    public let hasLanded: Bool
    /// Relative error of the balance of momentum from the start to the end.
    public let momentumError: Double
    public let steps: Int
  }

  /// Cells per unit of x at level 0: an error of 1e-4 where the history matters most (measured).
  private static let cellsPerUnit = 24.0
  private static let fewestCells = 12
  /// Halvings of the mesh on which the landing is found first.
  private static let searchLevel = 2

  /// From `gap` (m) above the floor with `velocity` upwards (m/s) to the floor, or to `duration` (s).
  public func fall(from gap: Double, velocity: Double = 0, duration: Double, level: Int) -> Fall {
    var none: BallFilm?
    return fall(from: gap, velocity: velocity, duration: duration, level: level, film: &none)
  }

  private func fall(
    from gap: Double, velocity: Double, duration: Double, level: Int, film: inout BallFilm?
  ) -> Fall {
    if gap <= 0, velocity < 0 || (velocity == 0 && pull > 0) {
      return Fall(time: 0, speed: -velocity, hasLanded: true, momentumError: 0, steps: 0)
    }
    let landing = search(gap, velocity, duration)
    let end = landing ?? duration.squareRoot()
    let scale = relaxationTime.squareRoot()
    let extent = asinh(end / scale)
    let coarse = max(
      BassetHistory.fewestCells, Int((extent * BassetHistory.cellsPerUnit).rounded(.up)))
    let cells = coarse << level
    var motion = HistoryMesh(self, speed: -velocity, capacity: cells)
    for cell in 1...cells {
      motion.append(cell < cells ? scale * sinh(extent * Double(cell) / Double(cells)) : end)
    }
    let root = landing == nil ? end : motion.landing(gap, near: end)
    while let time = film?.nextTime, time < root * root || (landing == nil && time <= duration) {
      let (depth, speed) = motion.state(at: time.squareRoot())
      film?.take(BallState(gap: gap - depth, velocity: Vector3(x: 0, y: 0, z: -speed)))
    }
    return Fall(
      time: landing == nil ? duration : root * root, speed: motion.speed(at: root),
      hasLanded: landing != nil,
      momentumError: motion.momentumError, steps: cells)
  }

  /// √t of the landing on the mesh for searching; nil if it comes after the duration.
  private func search(_ gap: Double, _ velocity: Double, _ duration: Double) -> Double? {
    let scale = relaxationTime.squareRoot()
    let limit = duration.squareRoot()
    // a short fall must not be over within the first cells; cells grow from there to the usual ones
    let (rise, drop) = (max(velocity, 0), max(-velocity, 0))
    let soonest = min(
      ((2 * gap).squareRoot() / abs(pull).squareRoot()) + rise / abs(pull), gap / drop)
    let usual = 1 / BassetHistory.cellsPerUnit / Double(1 << BassetHistory.searchLevel)
    var x = max(1e-9 * usual, min(usual, 0.02 * asinh(soonest.squareRoot() / scale)))
    var motion = HistoryMesh(self, speed: -velocity, capacity: 256)
    while motion.node < limit {
      motion.append(scale * sinh(x))
      x += min(usual, 0.125 * x)
      if motion.depth(at: motion.node) >= gap, motion.speed(at: motion.node) > 0 {
        let root = motion.firstLanding(gap)
        return root <= limit ? root : nil
      }
    }
    return nil
  }

  /// The run as the log of a ball that stays where it lands.
  public func run(from start: BallState, mass: Double, duration: Double, level: Int) -> BallLog {
    var none: BallFilm?
    return run(from: start, mass: mass, duration: duration, level: level, film: &none)
  }

  /// The same run with shots at the instants of a film.
  public func run(
    from start: BallState, mass: Double, duration: Double, level: Int, film: inout BallFilm?
  ) -> BallLog {
    let fall = fall(
      from: start.gap, velocity: start.velocity.z, duration: duration, level: level, film: &film)
    var log = BallLog()
    // from the start on the speed has no inner maximum: w is monotonic
    log.maxSpeed = max(abs(start.velocity.z), abs(fall.speed))
    log.maxReynolds = reynoldsPerSpeed * log.maxSpeed
    log.momentumError = fall.momentumError
    log.ending = "the duration is over"
    guard fall.hasLanded else { return log }
    var state = BallState(time: fall.time, gap: 0, velocity: Vector3(x: 0, y: 0, z: -fall.speed))
    state.steps = fall.steps
    log.impacts.append(
      BallImpact(
        before: state, velocityAfter: .zero, spinAfter: .zero,
        energyChange: -0.5 * mass * fall.speed * fall.speed))
    log.impactCount = 1
    log.approachSpeeds = fall.speed...fall.speed
    state.velocity = .zero
    log.rest = state
    log.ending = "at rest"
    film?.jump(at: fall.time, to: .zero)
    while film?.nextTime != nil {
      film?.take(state, .rest, push: Vector3(x: 0, y: 0, z: max(0, pull)))
    }
    return log
  }
}

/// Nodes in σ = √t so far, with p, w and the depth at each.
private struct HistoryMesh {
  private let law: BassetHistory
  private var nodes: [Double] = [0]
  private var slopes: [Double]
  private var speeds: [Double]
  private var depths: [Double] = [0]

  init(_ law: BassetHistory, speed: Double, capacity: Int) {
    self.law = law
    slopes = [-2 * law.memory * speed]
    speeds = [speed]
    nodes.reserveCapacity(capacity + 1)
    slopes.reserveCapacity(capacity + 1)
    speeds.reserveCapacity(capacity + 1)
    depths.reserveCapacity(capacity + 1)
  }

  var node: Double { nodes[nodes.count - 1] }
  private var last: Int { nodes.count - 1 }

  /// Solves the equation at the next node.
  mutating func append(_ end: Double) {
    let j = last
    let width = end - nodes[j]
    let (history, weight) = memory(at: end)
    // w at the new node contains the unknown p by the trapezoid, exact for a linear p
    let known = speeds[j] + 0.5 * width * slopes[j]
    let drive = 2 * end * (law.pull - known / law.relaxationTime - law.memory * history)
    let damping = 2 * end * (0.5 * width / law.relaxationTime + law.memory * weight)
    let slope = (drive - 2 * law.memory * speeds[0]) / (1 + damping)
    slopes.append(slope)
    speeds.append(known + 0.5 * width * slope)
    nodes.append(end)
    depths.append(depth(at: end, cell: j))
  }

  /// ∫ p(s)/√(σ² − s²) ds at the next node σ, but for the unknown p there, and the weight of that p.
  private func memory(at end: Double) -> (known: Double, weight: Double) {
    var sum = 0.0
    var (left, rootLeft, angleLeft) = (0.0, end, 0.0)
    var weight = 0.0
    for j in nodes.indices {
      let isLast = j == last
      let right = isLast ? end : nodes[j + 1]
      let root = ((end - right) * (end + right)).squareRoot()
      // asin(right/end), without its loss of figures near 1
      let angle = atan2(right, root)
      // moments of 1 and of s − left with the kernel
      let zeroth = angle - angleLeft
      let first = (rootLeft - root) - left * zeroth
      let share = first / (right - left)
      sum += slopes[j] * (zeroth - share)
      if isLast { weight = share } else { sum += slopes[j + 1] * share }
      (left, rootLeft, angleLeft) = (right, root, angle)
    }
    return (sum, weight)
  }

  // MARK: Between nodes

  private func bend(_ cell: Int) -> Double {
    (slopes[cell + 1] - slopes[cell]) / (nodes[cell + 1] - nodes[cell])
  }

  /// Depth and speed at any σ of the mesh.
  func state(at point: Double) -> (depth: Double, speed: Double) {
    var (low, high) = (0, last)
    while high - low > 1 {
      let middle = (low + high) / 2
      if nodes[middle] <= point { low = middle } else { high = middle }
    }
    return (depth(at: point, cell: low), speed(at: point, cell: low))
  }

  /// w at σ, by the polynomial of the last cell.
  func speed(at point: Double) -> Double { speed(at: point, cell: last - 1) }

  private func speed(at point: Double, cell: Int) -> Double {
    let y = point - nodes[cell]
    return speeds[cell] + y * (slopes[cell] + 0.5 * y * bend(cell))
  }

  /// Depth below the start at σ, by the polynomial of the last cell: ∫ 2σ·w dσ.
  func depth(at point: Double) -> Double { depth(at: point, cell: last - 1) }

  private func depth(at point: Double, cell: Int) -> Double {
    let (start, w, p, c) = (nodes[cell], speeds[cell], slopes[cell], bend(cell))
    let y = point - start
    let level = w + y * (0.5 * p + y * c / 6)
    let rise = 0.5 * w + y * (p / 3 + y * c / 8)
    return depths[cell] + 2 * y * (start * level + y * rise)
  }

  /// σ at which the last cell passes the depth on its way down, by bisection to the last bit.
  func firstLanding(_ gap: Double) -> Double {
    var (low, high) = (nodes[last - 1], node)
    while true {
      let middle = 0.5 * (low + high)
      guard low < middle, middle < high else { return high }
      // while the ball still rises it has not landed, however deep it started
      if speed(at: middle) > 0, depth(at: middle) >= gap { high = middle } else { low = middle }
    }
  }

  /// σ of that depth close to the end of the mesh, by Newton's rule.
  func landing(_ gap: Double, near end: Double) -> Double {
    var root = end
    for _ in 0..<8 {
      let rate = 2 * root * speed(at: root)
      guard rate > 0 else { return root }
      root -= (depth(at: root) - gap) / rate
    }
    return root
  }

  // MARK: Audit

  /// w − w0 against g*·t − z/T − 2b·(w0·√t + ∫ w'(τ)·√(t − τ) dτ), relative to the largest term.
  var momentumError: Double {
    let end = node
    var sum = 0.0
    var (left, rootLeft, angleLeft) = (0.0, end, 0.0)
    for j in 0..<last {
      let right = nodes[j + 1]
      let root = ((end - right) * (end + right)).squareRoot()
      let angle = atan2(right, root)
      // moments of 1 and of s − left with √(σ² − s²)
      let zeroth =
        0.5 * (right * root - left * rootLeft + end * end * (angle - angleLeft))
      let first =
        (rootLeft * rootLeft * rootLeft - root * root * root) / 3 - left * zeroth
      sum += slopes[j] * zeroth + bend(j) * first
      (left, rootLeft, angleLeft) = (right, root, angle)
    }
    let drive = law.pull * end * end
    let drag = depths[last] / law.relaxationTime
    let history = 2 * law.memory * (speeds[0] * end + sum)
    let gained = speeds[last] - speeds[0]
    let scale = max(abs(drive), abs(drag), abs(history), abs(gained))
    return scale > 0 ? abs(gained - drive + drag + history) / scale : 0
  }
}
