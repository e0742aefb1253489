// What is fixed during a run: bodies, laws of contact, joints, forces, surroundings.
//
// SI throughout. Body axes are principal axes with their origin at the centre of mass; the shape may
// sit anywhere in them (`shapePose`).

/// A rigid body.
public struct Body: Sendable {
  public var name: String
  public var shape: Shape
  /// Pose of the shape's axes in body axes.
  public var shapePose: Pose
  /// In kg; ignored for prescribed bodies.
  public var mass: Double
  /// Principal moments of inertia about the centre of mass, in kg·m².
  public var inertia: Vector3
  /// A body whose motion is given and that nothing moves.
  public var motion: Motion?
  public var drag: BodyDrag

  public init(
    name: String, shape: Shape, shapePose: Pose = Pose(position: .zero), mass: Double = 1,
    inertia: Vector3 = Vector3(x: 1, y: 1, z: 1), motion: Motion? = nil, drag: BodyDrag = .none
  ) {
    (self.name, self.shape, self.shapePose) = (name, shape, shapePose)
    (self.mass, self.inertia, self.motion, self.drag) = (mass, inertia, motion, drag)
  }

  public var isPrescribed: Bool { motion != nil }
}

/// How the fluid resists a body.
public enum BodyDrag: Sendable, Hashable {
  case none
  /// A law of spheres with the diameter in m.
  case sphere(SphereDrag, diameter: Double)
  /// Force ½·ρ·C·A·|w|·w.
  case area(coefficient: Double, area: Double)
}

/// A prescribed motion, relative to the pose at time 0.
public enum Motion: Sendable, Hashable {
  case fixed
  /// Constant velocity and constant spin (world axes).
  case steady(velocity: Vector3, spin: Vector3)
  /// Displacement direction·amplitude·sin(2π·frequency·t + phase), less its value at time 0.
  case sinusoid(direction: Vector3, amplitude: Double, frequency: Double, phase: Double)
  /// Displacement along a direction: piecewise linear through (time, displacement); corners are events.
  case table(direction: Vector3, times: [Double], displacements: [Double])
}

/// What happens between two surfaces.
public struct ContactLaw: Sendable, Hashable {
  public var staticFriction: Double
  public var kineticFriction: Double
  /// Stribeck speed in m/s; 0 for a jump from static to kinetic.
  public var stribeckSpeed: Double
  /// Viscous part c of μ(u) = … + c·u, in s/m.
  public var viscousFriction: Double
  public var restitution: Double
  public var impactLaw: ImpactLaw
  /// Tangential restitution; 0 is Coulomb alone.
  public var grip: Double
  /// Length b in the rolling moment b·N, in m.
  public var rollingResistance: Double
  /// Length b_n in the spinning moment b_n·N of a point contact, in m.
  public var spinningResistance: Double
  public var compliance: Compliance

  public enum ImpactLaw: Sendable, Hashable { case newton, poisson }

  public enum Compliance: Sendable, Hashable {
    /// Signorini: no overlap at all.
    case rigid
    /// F = (4/3)·E*·√R·δ^1.5 for curved surfaces; `modulus` is E* in Pa.
    case hertz(modulus: Double)
    /// F = k·δ + c·δ̇, never pulling.
    case linear(stiffness: Double, damping: Double)
  }

  public init(
    staticFriction: Double = 0, kineticFriction: Double? = nil, stribeckSpeed: Double = 0,
    viscousFriction: Double = 0, restitution: Double = 0, impactLaw: ImpactLaw = .newton,
    grip: Double = 0, rollingResistance: Double = 0, spinningResistance: Double = 0,
    compliance: Compliance = .rigid
  ) {
    self.staticFriction = staticFriction
    self.kineticFriction = kineticFriction ?? staticFriction
    (self.stribeckSpeed, self.viscousFriction) = (stribeckSpeed, viscousFriction)
    (self.restitution, self.impactLaw, self.grip) = (restitution, impactLaw, grip)
    self.rollingResistance = rollingResistance
    self.spinningResistance = spinningResistance
    self.compliance = compliance
  }
}

/// A pair of bodies that can touch.
public struct ContactPair: Sendable, Hashable {
  /// Indices of bodies.
  public var a: Int
  public var b: Int
  public var law: ContactLaw
  public init(a: Int, b: Int, law: ContactLaw) { (self.a, self.b, self.law) = (a, b, law) }
}

/// A connection of two bodies, or of a body and the world (index −1).
public struct Joint: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// The anchors coincide.
    case ball
    /// The anchors coincide and the axis of A stays parallel to that of B.
    case hinge
    /// Only a shift along the axis is free.
    case slider
    case weld
    /// The anchors keep their distance.
    case rod(length: Double)
    /// Tension k·(ℓ − length) + c·ℓ̇, also pushing.
    case spring(stiffness: Double, damping: Double, length: Double)
    /// The same, and never pushing; slack below `length`.
    case strap(stiffness: Double, damping: Double, length: Double)
    /// The anchors are never further apart than `length`; taut with restitution 0.
    case rope(length: Double)
    /// A hinge whose angle grows by `rate` (rad/s).
    case motor(rate: Double)
    /// A hinge with a torque (N·m) about its axis.
    case torqueMotor(torque: Double)
    /// ratioA·(shift of A's anchor along its axis or turn) + ratioB·(…) = const: pulleys, gears,
    /// racks. `turnsA`: whether A's coordinate is the turn about the axis (rad) or the shift (m).
    case gear(ratioA: Double, turnsA: Bool, ratioB: Double, turnsB: Bool)
  }
  public var name: String
  public var kind: Kind
  public var a: Int
  public var b: Int
  /// Anchors in body axes from the centres of mass; in world axes for the world.
  public var anchorA: Vector3
  public var anchorB: Vector3
  /// Unit vectors in body axes: axis of hinge, slider, motor, gear.
  public var axisA: Vector3
  public var axisB: Vector3
  /// Orientation of B relative to A at the start (weld, slider), q_A*·q_B.
  public var relative: Quaternion

  public init(
    name: String, kind: Kind, a: Int, b: Int, anchorA: Vector3, anchorB: Vector3,
    axisA: Vector3 = Vector3(x: 0, y: 0, z: 1), axisB: Vector3 = Vector3(x: 0, y: 0, z: 1),
    relative: Quaternion = .identity
  ) {
    (self.name, self.kind, self.a, self.b) = (name, kind, a, b)
    (self.anchorA, self.anchorB) = (anchorA, anchorB)
    (self.axisA, self.axisB, self.relative) = (axisA, axisB, relative)
  }
}

/// A force or torque that a scene applies.
public struct AppliedLoad: Sendable, Hashable {
  public var body: Int
  /// World axes, in N.
  public var force: Vector3
  /// World axes, in N·m.
  public var torque: Vector3
  /// Body axes, from the centre of mass.
  public var point: Vector3
  /// In s; acts for from ≤ t < until.
  public var from: Double
  public var until: Double

  public init(
    body: Int, force: Vector3 = .zero, torque: Vector3 = .zero, point: Vector3 = .zero,
    from: Double = 0, until: Double = .infinity
  ) {
    (self.body, self.force, self.torque, self.point) = (body, force, torque, point)
    (self.from, self.until) = (from, until)
  }
}

/// A scene of rigid bodies.
public struct WorldSetup: Sendable {
  public var bodies: [Body]
  public var pairs: [ContactPair]
  public var joints: [Joint]
  public var loads: [AppliedLoad]
  /// In m/s².
  public var gravity: Vector3
  /// Angular velocity of the frame against the stars, in rad/s.
  public var frameSpin: Vector3
  /// In kg/m³ and Pa·s; 0 for none.
  public var fluidDensity: Double
  public var fluidViscosity: Double
  /// Whether the displaced fluid carries bodies that feel drag.
  public var hasBuoyancy: Bool
  public var hasAddedMass: Bool

  public init(
    bodies: [Body], pairs: [ContactPair] = [], joints: [Joint] = [], loads: [AppliedLoad] = [],
    gravity: Vector3 = Vector3(x: 0, y: 0, z: -9.80665), frameSpin: Vector3 = .zero,
    fluidDensity: Double = 0, fluidViscosity: Double = 0, hasBuoyancy: Bool = true,
    hasAddedMass: Bool = true
  ) {
    (self.bodies, self.pairs, self.joints, self.loads) = (bodies, pairs, joints, loads)
    (self.gravity, self.frameSpin) = (gravity, frameSpin)
    (self.fluidDensity, self.fluidViscosity) = (fluidDensity, fluidViscosity)
    (self.hasBuoyancy, self.hasAddedMass) = (hasBuoyancy, hasAddedMass)
  }
}

/// Pose and twist of every body at a time.
public struct WorldState: Sendable, Hashable {
  /// In s.
  public var time: Double
  public var poses: [Pose]
  public var twists: [Twist]

  public init(time: Double = 0, poses: [Pose], twists: [Twist]) {
    (self.time, self.poses, self.twists) = (time, poses, twists)
  }
}
