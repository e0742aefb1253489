// What changes during a run: a value that can be copied, kept and gone back to.

/// Poses, velocities (world), spins (body axes), and the energy that has come and gone.
struct EngineState: Sendable {
  var time: Double
  var poses: [Pose]
  /// World axes, in m/s.
  var velocities: [Vector3]
  /// Body axes, in rad/s.
  var spins: [Vector3]
  var ledger = LedgerRates()
}

/// Powers, or their integrals: the terms of the energy balance that are integrated with the motion.
struct LedgerRates: Sendable, Hashable {
  var loads = 0.0
  var motions = 0.0
  var friction = 0.0
  var damping = 0.0
  /// Sum of all forces on free bodies: what the total momentum has to follow, in N.
  var push = Vector3.zero

  static func + (a: LedgerRates, b: LedgerRates) -> LedgerRates {
    LedgerRates(
      loads: a.loads + b.loads, motions: a.motions + b.motions,
      friction: a.friction + b.friction, damping: a.damping + b.damping, push: a.push + b.push)
  }

  static func * (s: Double, a: LedgerRates) -> LedgerRates {
    LedgerRates(
      loads: s * a.loads, motions: s * a.motions, friction: s * a.friction,
      damping: s * a.damping, push: s * a.push)
  }
}

/// A contact that is closed while a smooth phase lasts.
struct ClosedContact: Sendable, Hashable {
  var pair: Int
  var feature: UInt32
  /// Whether the surfaces slide on each other; all corners of a patch agree.
  var slides = false
  /// Direction of sliding when the phase began or at the last step, world axes. Sliding that has
  /// passed its stop inside a trial step keeps this direction, so that the trial stays smooth.
  var direction = Vector3.zero
  /// For patches: turning part of that direction, spin times the radius of the patch over the size
  /// of the whole planar twist, and the radius.
  var turning = 0.0
  /// Whether the direction of sliding does not turn: friction then keeps `direction` for a step, which
  /// spares the stiff equation of the transverse velocity.
  var isStraight = true
  /// Cannot be held any more: the cone of sliding friction decides where it starts to.
  var isStarting = false
  /// Has been let go at this instant; false outside `chooseModes`.
  var started = false
  /// Whether rolling (spin along the surface) or spinning (about the normal) meets resistance now.
  var rolls = false
  var spins = false
  /// Unit axis of the relative rolling, world axes, and sense of the relative spinning.
  var rollingAxis = Vector3.zero
  var spinSign = 0.0
}

/// What does not change between two events.
struct Phase: Sendable, Hashable {
  var contacts: [ClosedContact] = []
  /// For each joint: whether a strap or rope is taut.
  var isTaut: [Bool] = []
  /// For each load: whether it acts.
  var acts: [Bool] = []
  /// For each pair: whether a compliant contact pushes.
  var pushes: [Bool] = []

  /// The closed contact of a feature pair.
  func contact(_ pair: Int, _ feature: UInt32) -> ClosedContact? {
    contacts.first { $0.pair == pair && $0.feature == feature }
  }
}
