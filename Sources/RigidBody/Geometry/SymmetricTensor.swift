// A symmetric 3 × 3 tensor and its principal axes.
//
// Equation        T v = Σ λ_k (e_k·v) e_k
// Discretisation  cyclic Jacobi rotations until the off-diagonal is below rounding: at most 30 sweeps,
//                 usually 4 to 6
// Source          Jacobi 1846, J. reine angew. Math. 30, 51
// Deviation       none
// Validity        finite entries; equal values leave the axes undetermined, any right-handed triad
//                 comes back
// Checked by      MassPropertiesTests

/// Six numbers of a symmetric tensor in some frame.
public struct SymmetricTensor: Sendable, Hashable {
  public var xx: Double
  public var yy: Double
  public var zz: Double
  public var xy: Double
  public var xz: Double
  public var yz: Double

  public init(
    xx: Double, yy: Double, zz: Double, xy: Double = 0, xz: Double = 0, yz: Double = 0
  ) {
    (self.xx, self.yy, self.zz) = (xx, yy, zz)
    (self.xy, self.xz, self.yz) = (xy, xz, yz)
  }

  public static func + (a: Self, b: Self) -> Self {
    Self(
      xx: a.xx + b.xx, yy: a.yy + b.yy, zz: a.zz + b.zz, xy: a.xy + b.xy, xz: a.xz + b.xz,
      yz: a.yz + b.yz)
  }

  public static func * (s: Double, a: Self) -> Self {
    Self(
      xx: s * a.xx, yy: s * a.yy, zz: s * a.zz, xy: s * a.xy, xz: s * a.xz, yz: s * a.yz)
  }

  /// Product with a vector.
  public func times(_ v: Vector3) -> Vector3 {
    Vector3(
      x: xx * v.x + xy * v.y + xz * v.z, y: xy * v.x + yy * v.y + yz * v.z,
      z: xz * v.x + yz * v.y + zz * v.z)
  }

  /// The tensor of a vector with itself, v vᵀ.
  public static func square(of v: Vector3) -> Self {
    Self(
      xx: v.x * v.x, yy: v.y * v.y, zz: v.z * v.z, xy: v.x * v.y, xz: v.x * v.z, yz: v.y * v.z)
  }

  /// Inertia that belongs to second moments ∫ x xᵀ dm: trace·1 − moments.
  public var inertiaOfMoments: Self {
    let trace = xx + yy + zz
    return Self(xx: trace - xx, yy: trace - yy, zz: trace - zz, xy: -xy, xz: -xz, yz: -yz)
  }

  /// Principal values, and the orientation that turns principal axes into the axes of the tensor.
  ///
  /// The values are not sorted: a tensor that is diagonal already keeps its axes.
  public var principal: (values: Vector3, axes: Quaternion) {
    var a = [[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]]
    var v: [[Double]] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    let scale = abs(xx) + abs(yy) + abs(zz) + abs(xy) + abs(xz) + abs(yz)
    for _ in 0..<30 {
      if abs(a[0][1]) + abs(a[0][2]) + abs(a[1][2]) <= 1e-17 * scale { break }
      for (p, q) in [(0, 1), (0, 2), (1, 2)] where abs(a[p][q]) > 1e-300 {
        // the smaller of the two angles that clear the entry
        let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
        let sign: Double = theta < 0 ? -1 : 1
        let t = sign / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        for k in 0..<3 {
          let (akp, akq) = (a[k][p], a[k][q])
          (a[k][p], a[k][q]) = (c * akp - s * akq, s * akp + c * akq)
        }
        for k in 0..<3 {
          let (apk, aqk) = (a[p][k], a[q][k])
          (a[p][k], a[q][k]) = (c * apk - s * aqk, s * apk + c * aqk)
          let (vkp, vkq) = (v[k][p], v[k][q])
          (v[k][p], v[k][q]) = (c * vkp - s * vkq, s * vkp + c * vkq)
        }
      }
    }
    let x = Vector3(x: v[0][0], y: v[1][0], z: v[2][0])
    let y = Vector3(x: v[0][1], y: v[1][1], z: v[2][1])
    // Jacobi rotations are proper, so the third axis is the product of the others
    return (
      Vector3(x: a[0][0], y: a[1][1], z: a[2][2]),
      Quaternion(axes: Rotation(x: x, y: y, z: x.cross(y)))
    )
  }
}

extension Quaternion {
  /// The orientation of a right-handed triad; the largest of four components is computed first
  /// (Shepperd 1978, J. Guid. Control 1, 223).
  public init(axes r: Rotation) {
    let (a, b, c) = (r.x.x, r.y.y, r.z.z)
    let four = [1 + a + b + c, 1 + a - b - c, 1 - a + b - c, 1 - a - b + c]
    let best = four.indices.max { four[$0] < four[$1] } ?? 0
    let s = 2 * four[best].squareRoot()
    let result: Quaternion
    switch best {
    case 0:
      result = Quaternion(
        w: s / 4, x: (r.y.z - r.z.y) / s, y: (r.z.x - r.x.z) / s, z: (r.x.y - r.y.x) / s)
    case 1:
      result = Quaternion(
        w: (r.y.z - r.z.y) / s, x: s / 4, y: (r.x.y + r.y.x) / s, z: (r.x.z + r.z.x) / s)
    case 2:
      result = Quaternion(
        w: (r.z.x - r.x.z) / s, x: (r.x.y + r.y.x) / s, y: s / 4, z: (r.y.z + r.z.y) / s)
    default:
      result = Quaternion(
        w: (r.x.y - r.y.x) / s, x: (r.x.z + r.z.x) / s, y: (r.y.z + r.z.y) / s, z: s / 4)
    }
    self = result.normalized
  }
}
