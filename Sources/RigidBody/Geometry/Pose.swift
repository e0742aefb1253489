// Where a rigid body is and how it moves.

/// Position and orientation of a body.
public struct Pose: Sendable, Hashable {
  /// Centre of mass in world axes, in m.
  public var position: Vector3
  /// Body axes in world axes; body axes are principal axes of inertia.
  public var orientation: Quaternion

  @inlinable
  public init(position: Vector3, orientation: Quaternion = .identity) {
    (self.position, self.orientation) = (position, orientation)
  }

  /// A point given in body axes from the centre of mass, in world axes.
  @inlinable
  public func world(_ point: Vector3) -> Vector3 { position + orientation.rotate(point) }
}

/// Velocity of the centre of mass in world axes (m/s) and spin in **world** axes (rad/s).
public struct Twist: Sendable, Hashable {
  public var velocity: Vector3
  public var spin: Vector3

  @inlinable
  public init(velocity: Vector3 = .zero, spin: Vector3 = .zero) {
    (self.velocity, self.spin) = (velocity, spin)
  }

  @inlinable
  public static var zero: Twist { Twist() }

  /// Velocity of the material point at `offset` (world axes, from the centre of mass).
  @inlinable
  public func velocity(at offset: Vector3) -> Vector3 { velocity + spin.cross(offset) }
}
