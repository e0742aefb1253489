// One instant of a recording: where everything is, and what acts.

/// Where a prop is and how it moves.
public struct FramePose: Sendable, Hashable {
  /// Origin of the shape, in m.
  public var position: Point3
  public var turn: Turn
  /// Of the origin of the shape, in m/s.
  public var velocity: Point3
  /// Angular velocity in world axes, in rad/s.
  public var spin: Point3

  public init(
    position: Point3 = .zero, turn: Turn = Turn(0, 0, 0, 1), velocity: Point3 = .zero,
    spin: Point3 = .zero
  ) {
    (self.position, self.turn, self.velocity, self.spin) = (position, turn, velocity, spin)
  }
}

/// A point where two props touch.
public struct ContactMark: Sendable, Hashable {
  public enum State: UInt8, Sendable, Hashable, CaseIterable {
    case sticking, sliding, rolling
  }
  public var point: Point3
  /// From prop `b` towards prop `a`.
  public var normal: Point3
  /// Force on prop `a`, in N; zero where it is told for the pair only.
  public var force: Point3
  /// Coefficient that the friction cone is drawn with.
  public var friction: Double
  public var state: State
  public var a: Int
  public var b: Int

  public init(
    point: Point3, normal: Point3, force: Point3, friction: Double, state: State, a: Int, b: Int
  ) {
    (self.point, self.normal, self.force) = (point, normal, force)
    (self.friction, self.state, self.a, self.b) = (friction, state, a, b)
  }
}

/// A vector that acts on a prop.
public struct ArrowMark: Sendable, Hashable {
  public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
    /// Applied force, force of a joint or strap, moment, mouse spring.
    case load, joint, moment, pull
  }
  public var kind: Kind
  /// Where it acts.
  public var point: Point3
  /// In N, moments in N·m.
  public var vector: Point3
  /// Prop that it acts on, or −1.
  public var prop: Int

  public init(kind: Kind, point: Point3, vector: Point3, prop: Int) {
    (self.kind, self.point, self.vector, self.prop) = (kind, point, vector, prop)
  }
}

/// A line through points: a strap, a rod, a spring, a liquid thread.
public struct LineMark: Sendable, Hashable {
  public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
    case taut, slack, rod, spring
  }
  public var kind: Kind
  public var points: [Point3]

  public init(kind: Kind, points: [Point3]) { (self.kind, self.points) = (kind, points) }
}

/// Text at a place.
public struct LabelMark: Sendable, Hashable {
  public var text: String
  public var point: Point3
  public init(text: String, point: Point3) { (self.text, self.point) = (text, point) }
}

/// Particles of one radius.
public struct ParticleCloud: Sendable, Hashable {
  public var positions: [SIMD3<Float>]
  /// Shown as a colour, one each, or empty.
  public var scalars: [Float]
  /// In m.
  public var radius: Double
  /// Stable and distinct, one each, or empty: numbers 0, 1, …
  public var ids: [UInt32]

  public init(
    positions: [SIMD3<Float>] = [], scalars: [Float] = [], radius: Double = 0, ids: [UInt32] = []
  ) {
    (self.positions, self.scalars, self.radius, self.ids) = (positions, scalars, radius, ids)
  }
}

public struct Frame: Sendable, Hashable {
  /// In s.
  public var time: Double
  /// One for each prop of the stage.
  public var poses: [FramePose]
  public var contacts: [ContactMark]
  public var arrows: [ArrowMark]
  public var lines: [LineMark]
  public var labels: [LabelMark]
  public var particles: ParticleCloud
  public var surfaces: [TriangleMesh]

  public init(
    time: Double, poses: [FramePose] = [], contacts: [ContactMark] = [], arrows: [ArrowMark] = [],
    lines: [LineMark] = [], labels: [LabelMark] = [], particles: ParticleCloud = ParticleCloud(),
    surfaces: [TriangleMesh] = []
  ) {
    (self.time, self.poses, self.contacts, self.arrows) = (time, poses, contacts, arrows)
    (self.lines, self.labels, self.particles, self.surfaces) = (lines, labels, particles, surfaces)
  }
}
