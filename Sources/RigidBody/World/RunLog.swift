// What a run is asked and what it tells: options, samples, events, energy, certificates.

/// What is asked of a run.
public struct RunOptions: Sendable {
  /// In s.
  public var duration: Double
  /// 0, 1, 2 …: each level halves the step.
  public var level: Int
  /// Instants that the run meets exactly and reports, in s.
  public var reportTimes: [Double]
  /// Quantities whose extremes are located.
  public var watches: [Watch]
  /// Quantities whose sign changes are located.
  public var crossings: [Watch]
  /// The run ends when every body rests and nothing more is to come.
  public var stopsAtRest: Bool
  /// How several impacts at one instant are resolved.
  public var impactOrder: ImpactOrder
  /// Instants, ascending, in s, at which frames are taken; the run does not feel them.
  public var frameTimes: [Double] = []
  /// The run ends unresolved after that many steps.
  public var stepLimit = Int.max

  public enum ImpactOrder: String, Sendable, Hashable {
    /// Point contacts one after the other, the fastest approach first; faces at once.
    case sequential
    /// All at once.
    case simultaneous
  }

  public init(
    duration: Double, level: Int = 0, reportTimes: [Double] = [], watches: [Watch] = [],
    crossings: [Watch] = [], stopsAtRest: Bool = true, impactOrder: ImpactOrder = .sequential
  ) {
    (self.duration, self.level, self.reportTimes) = (duration, level, reportTimes)
    (self.watches, self.crossings, self.stopsAtRest) = (watches, crossings, stopsAtRest)
    self.impactOrder = impactOrder
  }
}

/// A number that is read from samples.
public struct Watch: Sendable {
  public var name: String
  /// Whether its time integral is wanted too.
  public var integrates: Bool
  public var value: @Sendable (WorldSample) -> Double

  public init(
    name: String, integrates: Bool = false, value: @escaping @Sendable (WorldSample) -> Double
  ) {
    (self.name, self.integrates, self.value) = (name, integrates, value)
  }
}

/// A state and what acts in it.
public struct WorldSample: Sendable {
  public var state: WorldState
  /// For each pair of the setup: force on its body a, world axes, in N.
  public var contactForces: [Vector3]
  /// For each joint: force on its body a, world axes, in N.
  public var jointForces: [Vector3]
  /// Of each body: acceleration of the centre (m/s²) and of the spin (rad/s²), world axes.
  public var accelerations: [Twist]

  public init(
    state: WorldState, contactForces: [Vector3] = [], jointForces: [Vector3] = [],
    accelerations: [Twist] = []
  ) {
    (self.state, self.contactForces) = (state, contactForces)
    (self.jointForces, self.accelerations) = (jointForces, accelerations)
  }
}

public enum EventKind: String, Sendable, Hashable {
  case contact
  case liftOff = "lift-off"
  case stick
  case slip
  case taut
  case slack
  case rest
  case apex
  case tip
  /// A load or a prescribed motion changes.
  case load
}

/// Something that happens at an instant.
public struct WorldEvent: Sendable {
  public var kind: EventKind
  /// In s.
  public var time: Double
  /// Bodies; −1 for the world or none.
  public var a: Int
  public var b: Int
  /// Index of the joint, or −1.
  public var joint: Int
  public var before: WorldSample
  public var after: WorldSample
  /// Largest normal impulse, in N·s.
  public var impulse: Double
  /// Half-width of the bracket of the time, with what earlier events came late, in s.
  public var noise: Double

  public init(
    kind: EventKind, time: Double, a: Int, b: Int, joint: Int = -1, before: WorldSample,
    after: WorldSample, impulse: Double = 0, noise: Double = 0
  ) {
    (self.kind, self.time, self.a, self.b, self.joint) = (kind, time, a, b, joint)
    (self.before, self.after, self.impulse, self.noise) = (before, after, impulse, noise)
  }
}

/// Where the energy came from and went, in J.
public struct EnergyLedger: Sendable, Hashable {
  public var initial = 0.0
  public var final = 0.0
  public var workOfLoads = 0.0
  public var workOfMotions = 0.0
  public var frictionHeat = 0.0
  public var dampingHeat = 0.0
  public var impactLoss = 0.0
  /// final − initial − works + losses: what is not accounted for.
  public var residual = 0.0
  public init() {}

  /// Works out the residual from the other terms.
  mutating func close() {
    residual =
      final - initial - workOfLoads - workOfMotions + frictionHeat + dampingHeat + impactLoss
  }
}

/// Extremes of a watched quantity over a run.
public struct Extreme: Sendable, Hashable {
  public var minimum = Double.infinity
  public var maximum = -Double.infinity
  public var timeOfMinimum = 0.0
  public var timeOfMaximum = 0.0
  /// Time integral, where it was asked for.
  public var integral = 0.0
  public init() {}
}

/// A located sign change.
public struct Crossing: Sendable {
  /// In s.
  public var time: Double
  public var isRising: Bool
  public var sample: WorldSample

  public init(time: Double, isRising: Bool, sample: WorldSample) {
    (self.time, self.isRising, self.sample) = (time, isRising, sample)
  }
}

/// What a run tells.
public struct RunLog: Sendable {
  public var start: WorldSample
  public var end: WorldSample
  public var events: [WorldEvent] = []
  /// In the order of the report times that were reached.
  public var reports: [WorldSample] = []
  /// In the order of the frame times that were reached.
  public var frames: [WorldFrame] = []
  /// For each watch.
  public var extremes: [Extreme] = []
  /// For each crossing watch.
  public var crossings: [[Crossing]] = []
  public var ledger = EnergyLedger()
  /// Largest certificate of all contact solves.
  public var largestCertificate = 0.0
  /// Deepest overlap in any accepted state, in m.
  public var largestPenetration = 0.0
  /// Total momentum at the end against the time integral of all outer forces and reactions, relative
  /// to the larger of that integral and the sum of the bodies' momenta.
  public var momentumResidual = 0.0
  /// Sum of the times by which slips and lift-offs were taken late, at most, in s: they count once
  /// accelerations have passed their noise.
  public var lateness = 0.0
  public var isAtRest = false
  /// Several bodies were struck at one instant: the order of impacts matters.
  public var hadMultipleImpact = false
  /// Friction ended a slide by an impulse without approach (Painlevé's paradox).
  public var hadJam = false
  /// A step could not be certified.
  public var isUnresolved = false
  public var steps = 0
  public var notes: [String] = []

  public init(start: WorldSample) { (self.start, end) = (start, start) }
}

/// A setup or a run that cannot go on.
public struct EngineProblem: Error, Sendable, Hashable {
  /// R101 …
  public let code: String
  public let description: String
  public init(code: String, _ description: String) {
    (self.code, self.description) = (code, description)
  }
}
