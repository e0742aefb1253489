// A symmetric 3×3 matrix, such as an inertia.

struct SymmetricMatrix {
  /// xx, yy, zz, xy, yz, zx.
  var numbers = [Double](repeating: 0, count: 6)

  /// Adds the inertia of a point mass at an arm.
  mutating func add(_ mass: Double, at r: SIMD3<Double>) {
    numbers[0] += mass * (r.y * r.y + r.z * r.z)
    numbers[1] += mass * (r.x * r.x + r.z * r.z)
    numbers[2] += mass * (r.x * r.x + r.y * r.y)
    numbers[3] -= mass * r.x * r.y
    numbers[4] -= mass * r.y * r.z
    numbers[5] -= mass * r.z * r.x
  }

  /// Adds factor·n·nᵀ.
  mutating func add(outer n: SIMD3<Double>, times factor: Double) {
    numbers[0] += factor * n.x * n.x
    numbers[1] += factor * n.y * n.y
    numbers[2] += factor * n.z * n.z
    numbers[3] += factor * n.x * n.y
    numbers[4] += factor * n.y * n.z
    numbers[5] += factor * n.z * n.x
  }

  /// A·v.
  func times(_ v: SIMD3<Double>) -> SIMD3<Double> {
    let a = numbers
    return SIMD3(
      a[0] * v.x + a[3] * v.y + a[5] * v.z, a[3] * v.x + a[1] * v.y + a[4] * v.z,
      a[5] * v.x + a[4] * v.y + a[2] * v.z)
  }

  /// A⁻¹·v by cofactors; A is positive definite.
  func solved(_ v: SIMD3<Double>) -> SIMD3<Double> {
    let a = numbers
    let x = SIMD3(a[0], a[3], a[5])
    let y = SIMD3(a[3], a[1], a[4])
    let z = SIMD3(a[5], a[4], a[2])
    let (yz, zx, xy) = (cross(y, z), cross(z, x), cross(x, y))
    let determinant = (x * yz).sum()
    return (yz * v.x + zx * v.y + xy * v.z) / determinant
  }
}
