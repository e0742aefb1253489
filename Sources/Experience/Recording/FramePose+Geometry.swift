// Products and turns of the vectors that frames are made of.
//
// Convention   quaternions (x, y, z, w) turn body axes into world axes, as in `FramePose`.
// Checked by   CameraTests, PickingTests.

extension SIMD3 where Scalar == Double {
  @inlinable public func dot(_ other: Self) -> Double { x * other.x + y * other.y + z * other.z }

  @inlinable public func cross(_ b: Self) -> Self {
    Self(y * b.z - z * b.y, z * b.x - x * b.z, x * b.y - y * b.x)
  }

  public var length: Double { dot(self).squareRoot() }

  /// Of length 1; `fallback` where there is no direction.
  public func unit(or fallback: Self = Self(0, 0, 1)) -> Self {
    let size = length
    return size > 1e-300 && size.isFinite ? self / size : fallback
  }

  /// A unit vector across this one.
  public var across: Self {
    let axis = abs(x) < 0.6 * length ? Self(1, 0, 0) : Self(0, 1, 0)
    return cross(axis).unit()
  }

  public var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }
  public var float: SIMD3<Float> { SIMD3<Float>(Float(x), Float(y), Float(z)) }
}

extension FramePose {
  /// A point of the body in world axes, in m.
  public func place(_ local: Point3) -> Point3 { position + turned(local) }

  /// A direction of the body in world axes.
  public func turned(_ local: Point3) -> Point3 {
    let axis = Point3(turn.x, turn.y, turn.z)
    let once = 2 * axis.cross(local)
    return local + turn.w * once + axis.cross(once)
  }

  /// A point of the world in body axes, in m.
  public func unplace(_ point: Point3) -> Point3 { inverseTurn.turned(point - position) }

  /// A direction of the world in body axes.
  public func unturned(_ direction: Point3) -> Point3 { inverseTurn.turned(direction) }

  private var inverseTurn: FramePose {
    FramePose(turn: Turn(-turn.x, -turn.y, -turn.z, turn.w))
  }

  /// Velocity of a point of the body given in world axes, in m/s.
  public func velocity(at point: Point3) -> Point3 { velocity + spin.cross(point - position) }
}
