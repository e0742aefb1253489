// Unit quaternions as orientations, and the exponential map.
//
// Equation        v_world = q v_body q*;  exp(θ) = (cos |θ|/2, sin(|θ|/2) θ/|θ|)
// Discretisation  sin(x)/x by its series below |x| = 1e-4, where six terms are exact to rounding
// Source          definitions; for the map of rates see RotationChart
// Deviation       none
// Validity        unit norm is kept by `normalized` after each product chain, never assumed of input
// Checked by      QuaternionTests: axes, composition, quarter turns, rotation of the triad

import Foundation

/// An orientation: turns body axes into world axes.
public struct Quaternion: Sendable, Hashable {
  /// Real part.
  public var w: Double
  /// Imaginary parts.
  public var x: Double
  public var y: Double
  public var z: Double

  @inlinable
  public init(w: Double, x: Double, y: Double, z: Double) {
    (self.w, self.x, self.y, self.z) = (w, x, y, z)
  }

  /// The orientation in which body and world axes agree.
  @inlinable
  public static var identity: Quaternion { Quaternion(w: 1, x: 0, y: 0, z: 0) }

  /// The turn by a rotation vector: axis times angle in rad.
  public init(rotationVector v: Vector3) {
    let angle = v.length
    let half = 0.5 * angle
    let scale: Double
    if angle < 1e-4 {
      let s = half * half
      scale = 0.5 * (1 - s / 6 * (1 - s / 20))
    } else {
      scale = sin(half) / angle
    }
    self.init(w: cos(half), x: scale * v.x, y: scale * v.y, z: scale * v.z)
  }

  /// Rotation vector of the shorter turn, in rad.
  public var rotationVector: Vector3 {
    let sign: Double = w < 0 ? -1 : 1
    let v = Vector3(x: sign * x, y: sign * y, z: sign * z)
    let s = v.length
    if s < 1e-8 { return 2 * v }
    return v * (2 * atan2(s, sign * w) / s)
  }

  /// Hamilton product: first `other`, then `self`.
  @inlinable
  public static func * (a: Quaternion, b: Quaternion) -> Quaternion {
    Quaternion(
      w: a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z,
      x: a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
      y: a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
      z: a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w)
  }

  @inlinable
  public var conjugate: Quaternion { Quaternion(w: w, x: -x, y: -y, z: -z) }

  @inlinable
  public var norm: Double { (w * w + x * x + y * y + z * z).squareRoot() }

  @inlinable
  public var normalized: Quaternion {
    let s = 1 / norm
    return Quaternion(w: w * s, x: x * s, y: y * s, z: z * s)
  }

  /// The rotation as a matrix.
  @inlinable
  public var matrix: Rotation {
    Rotation(
      x: Vector3(
        x: 1 - 2 * (y * y + z * z), y: 2 * (x * y + w * z), z: 2 * (x * z - w * y)),
      y: Vector3(
        x: 2 * (x * y - w * z), y: 1 - 2 * (x * x + z * z), z: 2 * (y * z + w * x)),
      z: Vector3(
        x: 2 * (x * z + w * y), y: 2 * (y * z - w * x), z: 1 - 2 * (x * x + y * y)))
  }

  /// A vector of body axes in world axes.
  @inlinable
  public func rotate(_ v: Vector3) -> Vector3 { matrix.toWorld(v) }
}

/// A rotation matrix by its columns: the body axes in world components.
public struct Rotation: Sendable, Hashable {
  public var x: Vector3
  public var y: Vector3
  public var z: Vector3

  @inlinable
  public init(x: Vector3, y: Vector3, z: Vector3) { (self.x, self.y, self.z) = (x, y, z) }

  @inlinable
  public static var identity: Rotation {
    Rotation(
      x: Vector3(x: 1, y: 0, z: 0), y: Vector3(x: 0, y: 1, z: 0), z: Vector3(x: 0, y: 0, z: 1))
  }

  /// Body components to world components.
  @inlinable
  public func toWorld(_ v: Vector3) -> Vector3 {
    Vector3(
      x: x.x * v.x + y.x * v.y + z.x * v.z, y: x.y * v.x + y.y * v.y + z.y * v.z,
      z: x.z * v.x + y.z * v.y + z.z * v.z)
  }

  /// World components to body components.
  @inlinable
  public func toBody(_ v: Vector3) -> Vector3 { Vector3(x: x.dot(v), y: y.dot(v), z: z.dot(v)) }
}
