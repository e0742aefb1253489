// A run at one instant as someone who watches it sees it: the state, and what acts where.

/// A point where two bodies touch, while a smooth phase lasts.
public struct ContactReading: Sendable, Hashable {
  public enum Mode: String, Sendable, Hashable {
    case sticking, sliding, rolling
  }
  /// Index of the pair in the setup.
  public var pair: Int
  /// World axes, in m.
  public var point: Vector3
  /// Unit vector from body b of the pair to body a.
  public var normal: Vector3
  /// Force on body a, world axes, in N. Corners of a patch share its friction.
  public var force: Vector3
  /// Coefficient that bounds or makes the friction now: static, or that of sliding at this speed.
  public var friction: Double
  public var mode: Mode

  public init(
    pair: Int, point: Vector3, normal: Vector3, force: Vector3, friction: Double, mode: Mode
  ) {
    (self.pair, self.point, self.normal, self.force) = (pair, point, normal, force)
    (self.friction, self.mode) = (friction, mode)
  }
}

/// Everything of a run at one instant. At an event it shows what is after it.
public struct WorldFrame: Sendable {
  public var sample: WorldSample
  public var contacts: [ContactReading]
  /// For each joint: whether a strap or rope is taut.
  public var isTaut: [Bool]
  /// For each load: whether it acts.
  public var acts: [Bool]
  /// From the start to this instant; `final` is the energy now.
  public var ledger: EnergyLedger
  /// Of all free bodies with their added mass, in J.
  public var kineticEnergy: Double

  public init(
    sample: WorldSample, contacts: [ContactReading], isTaut: [Bool], acts: [Bool],
    ledger: EnergyLedger, kineticEnergy: Double
  ) {
    (self.sample, self.contacts, self.isTaut) = (sample, contacts, isTaut)
    (self.acts, self.ledger, self.kineticEnergy) = (acts, ledger, kineticEnergy)
  }
}
