// A vector in three dimensions.
//
// Equation        componentwise sums; a.b = sum of a_i b_i; (a x b)_x = a_y b_z - a_z b_y, cyclic
// Discretisation  none: every result is the rounded expression as written, left to right
// Source          definitions
// Deviation       none
// Validity        all Doubles; the length overflows beyond 1e154 and underflows below 1e-162
// Checked by      Vector3Tests: the axes, and identities of the triple product

/// Three Cartesian components; unit and frame are those of the quantity that is held.
public struct Vector3: Sendable, Hashable {
  /// Component along the first axis of the frame.
  public var x: Double
  /// Component along the second axis of the frame.
  public var y: Double
  /// Component along the third axis of the frame.
  public var z: Double

  /// The vector with the given components, in the unit of the quantity.
  @inlinable
  public init(x: Double, y: Double, z: Double) {
    self.x = x
    self.y = y
    self.z = z
  }

  /// The vector of length 0.
  @inlinable
  public static var zero: Vector3 { Vector3(x: 0, y: 0, z: 0) }

  /// Scalar product, in the product of both units.
  @inlinable
  public func dot(_ other: Vector3) -> Double {
    x * other.x + y * other.y + z * other.z
  }

  /// Vector product `self` x `other` in a right-handed frame, in the product of both units.
  @inlinable
  public func cross(_ other: Vector3) -> Vector3 {
    Vector3(
      x: y * other.z - z * other.y,
      y: z * other.x - x * other.z,
      z: x * other.y - y * other.x)
  }

  /// Euclidean norm, in the unit of the components.
  @inlinable
  public var length: Double { dot(self).squareRoot() }

  /// Sum, component by component.
  @inlinable
  public static func + (a: Vector3, b: Vector3) -> Vector3 {
    Vector3(x: a.x + b.x, y: a.y + b.y, z: a.z + b.z)
  }

  /// Difference, component by component.
  @inlinable
  public static func - (a: Vector3, b: Vector3) -> Vector3 {
    Vector3(x: a.x - b.x, y: a.y - b.y, z: a.z - b.z)
  }

  /// The opposite vector.
  @inlinable
  public static prefix func - (a: Vector3) -> Vector3 {
    Vector3(x: -a.x, y: -a.y, z: -a.z)
  }

  /// The vector scaled by a number.
  @inlinable
  public static func * (scale: Double, a: Vector3) -> Vector3 {
    Vector3(x: scale * a.x, y: scale * a.y, z: scale * a.z)
  }

  /// The vector scaled by a number.
  @inlinable
  public static func * (a: Vector3, scale: Double) -> Vector3 { scale * a }
}
