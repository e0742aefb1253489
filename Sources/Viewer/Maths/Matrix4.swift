// Four by four, columns first, as OpenGL reads it.

import Experience

/// An affine or projective map of homogeneous points.
public struct Matrix4: Sendable, Hashable {
  public var columns: (SIMD4<Double>, SIMD4<Double>, SIMD4<Double>, SIMD4<Double>)

  public init(
    _ a: SIMD4<Double>, _ b: SIMD4<Double>, _ c: SIMD4<Double>, _ d: SIMD4<Double>
  ) { columns = (a, b, c, d) }

  public static func == (one: Self, other: Self) -> Bool { one.columns == other.columns }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(columns.0)
    hasher.combine(columns.1)
    hasher.combine(columns.2)
    hasher.combine(columns.3)
  }

  static func * (m: Self, v: SIMD4<Double>) -> SIMD4<Double> {
    let first = m.columns.0 * v.x + m.columns.1 * v.y
    return first + m.columns.2 * v.z + m.columns.3 * v.w
  }

  static func * (m: Self, n: Self) -> Self {
    Self(m * n.columns.0, m * n.columns.1, m * n.columns.2, m * n.columns.3)
  }

  /// World axes into the axes of an eye that looks along −z with `up` above.
  static func look(from eye: Point3, to target: Point3, up: Point3) -> Self {
    let back = (eye - target).unit()
    let right = up.cross(back).unit(or: back.across)
    let above = back.cross(right)
    return Self(
      SIMD4(right.x, above.x, back.x, 0), SIMD4(right.y, above.y, back.y, 0),
      SIMD4(right.z, above.z, back.z, 0),
      SIMD4(-right.dot(eye), -above.dot(eye), -back.dot(eye), 1))
  }

  /// `angle` is the whole vertical opening in rad; near and far in m.
  static func perspective(angle: Double, aspect: Double, near: Double, far: Double) -> Self {
    let f = 1 / tan(half: angle)
    let depth = near - far
    return Self(
      SIMD4(f / aspect, 0, 0, 0), SIMD4(0, f, 0, 0), SIMD4(0, 0, (far + near) / depth, -1),
      SIMD4(0, 0, 2 * far * near / depth, 0))
  }

  /// A box of half width, half height and depth from `near` to `far`, in m.
  static func parallel(halfWidth: Double, halfHeight: Double, near: Double, far: Double) -> Self {
    let depth = near - far
    return Self(
      SIMD4(1 / halfWidth, 0, 0, 0), SIMD4(0, 1 / halfHeight, 0, 0), SIMD4(0, 0, 2 / depth, 0),
      SIMD4(0, 0, (far + near) / depth, 1))
  }

  /// Sixteen numbers for a uniform.
  var floats: [Float] {
    [columns.0, columns.1, columns.2, columns.3].flatMap { [$0.x, $0.y, $0.z, $0.w] }
      .map(Float.init)
  }
}
