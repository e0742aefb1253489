// Kinematics of four elements side by side: gradients, rotations, stretches.
//
// Equation        S = Rᵀ·F; a = axial part of S; R ← R·exp((tr S − S)⁻¹·a) until a = 0
// Discretisation  the mean gradient F of a box is exact for eight corners; Newton converges cubically
//                 near S = 1
// Source          see Solid
// Deviation       far from the solution the step of Müller et al. 2016, a/tr S, which always ends
// Validity        det F > 0
// Checked by      SolidTests

/// Half edges (m) and gradients of a corner's shape function at the middle (1/m), in all lanes.
///
/// The compiler keeps `vector * vector` whole but takes `number * vector` apart, at a third of the
/// speed, so that constants of the inner loop are vectors.
struct LocalShape {
  let half: LaneVector
  let quarter: LaneVector

  init(_ edges: SIMD3<Double>) {
    half = LaneVector(0.5 * edges)
    quarter = LaneVector(0.25 / edges)
  }
}

/// Mean derivatives of the three coordinates along the edges: the deformation gradient by rows.
struct MeanGradient {
  let xx, xy, xz, yx, yy, yz, zx, zy, zz: SIMD4<Double>

  /// From eight times the parity modes of the places.
  @inline(__always)
  init(_ p: LaneCorners, _ shape: LocalShape) {
    let (a, b, c) = (shape.quarter.x, shape.quarter.y, shape.quarter.z)
    (xx, xy, xz) = (a * p.v1.x, b * p.v2.x, c * p.v4.x)
    (yx, yy, yz) = (a * p.v1.y, b * p.v2.y, c * p.v4.y)
    (zx, zy, zz) = (a * p.v1.z, b * p.v2.z, c * p.v4.z)
  }
}

/// Unit quaternions of four elements.
struct LaneQuaternion {
  var w, i, j, k: SIMD4<Double>

  /// One step towards the rotation of the mean gradient `f`. Returns the squared length of the step.
  @inline(__always)
  mutating func step(_ r: LaneRotation, _ f: MeanGradient) -> SIMD4<Double> {
    let sxx = r.xx * f.xx + r.yx * f.yx + r.zx * f.zx
    let sxy = r.xx * f.xy + r.yx * f.yy + r.zx * f.zy
    let sxz = r.xx * f.xz + r.yx * f.yz + r.zx * f.zz
    let syx = r.xy * f.xx + r.yy * f.yx + r.zy * f.zx
    let syy = r.xy * f.xy + r.yy * f.yy + r.zy * f.zy
    let syz = r.xy * f.xz + r.yy * f.yz + r.zy * f.zz
    let szx = r.xz * f.xx + r.yz * f.yx + r.zz * f.zx
    let szy = r.xz * f.xy + r.yz * f.yy + r.zz * f.zy
    let szz = r.xz * f.xz + r.yz * f.yz + r.zz * f.zz
    let e = LaneStrain(
      xx: sxx - .one, yy: syy - .one, zz: szz - .one, xy: .half * (sxy + syx),
      yz: .half * (syz + szy), zx: .half * (szx + sxz))
    // moment of the columns of S about their axes: 0 if S is symmetric
    var (ax, ay, az) = (szy - syz, sxz - szx, syx - sxy)
    let isFar: Bool = (ax * ax + ay * ay + az * az).isAbove(0.01)
    if isFar {
      let trace: SIMD4<Double> = e.xx + e.yy + e.zz + 3
      let scale = SIMD4.one / trace.replacing(with: .one, where: trace .< .one)
      (ax, ay, az) = (ax * scale, ay * scale, az * scale)
    } else {
      (ax, ay, az) = e.halved(ax, ay, az)
    }
    let (hx, hy, hz) = (.half * ax, .half * ay, .half * az) as (Lane, Lane, Lane)
    let nw = w - (i * hx + j * hy + k * hz)
    let ni = i + (w * hx + j * hz - k * hy)
    let nj = j + (w * hy + k * hx - i * hz)
    let nk = k + (w * hz + i * hy - j * hx)
    // near the solution one Newton step for 1/√ is exact to rounding, and spares root and division; after
    // a longer step it is not, and the next one would aim at a matrix that is no rotation
    let square = nw * nw + ni * ni + nj * nj + nk * nk
    let scale: Lane =
      square.isAbove(1 + 1e-8) ? .one / square.squareRoot() : .threeHalves - .half * square
    (w, i, j, k) = (nw * scale, ni * scale, nj * scale, nk * scale)
    return ax * ax + ay * ay + az * az
  }
}

/// One number of each of four elements.
typealias Lane = SIMD4<Double>

extension SIMD4<Double> {
  static var half: Self { Self(repeating: 0.5) }
  static var threeHalves: Self { Self(repeating: 1.5) }
  static var four: Self { Self(repeating: 4) }
  static var eight: Self { Self(repeating: 8) }
  static var eighth: Self { Self(repeating: 0.125) }

  /// True if one number is above a limit.
  @inline(__always)
  func isAbove(_ limit: Double) -> Bool {
    x > limit || y > limit || z > limit || w > limit
  }
}

/// Rotation matrices of four elements; `xy` is row x, column y.
struct LaneRotation {
  let xx, xy, xz, yx, yy, yz, zx, zy, zz: SIMD4<Double>

  @inline(__always)
  init(_ q: LaneQuaternion) {
    let (w, i, j, k) = (q.w, q.i, q.j, q.k)
    let (i2, j2, k2) = (i + i, j + j, k + k)
    let (ii, jj, kk) = (i * i2, j * j2, k * k2)
    let (ij, jk, ki) = (i * j2, j * k2, k * i2)
    let (wi, wj, wk) = (w * i2, w * j2, w * k2)
    (xx, xy, xz) = (.one - (jj + kk), ij - wk, ki + wj)
    (yx, yy, yz) = (ij + wk, .one - (ii + kk), jk - wi)
    (zx, zy, zz) = (ki - wj, jk + wi, .one - (ii + jj))
  }

  /// R·v.
  @inline(__always)
  func turned(_ v: LaneVector) -> LaneVector {
    LaneVector(
      x: xx * v.x + xy * v.y + xz * v.z, y: yx * v.x + yy * v.y + yz * v.z,
      z: zx * v.x + zy * v.y + zz * v.z)
  }

  /// Rᵀ·v.
  @inline(__always)
  func turnedBack(_ v: LaneVector) -> LaneVector {
    LaneVector(
      x: xx * v.x + yx * v.y + zx * v.z, y: xy * v.x + yy * v.y + zy * v.z,
      z: xz * v.x + yz * v.y + zz * v.z)
  }
}

/// Mean stretches less 1 of four elements.
struct LaneStrain {
  let xx, yy, zz, xy, yz, zx: SIMD4<Double>

  /// (tr S − S)⁻¹·v to third order in strain; at rest that is v/2.
  @inline(__always)
  func halved(
    _ x: SIMD4<Double>, _ y: SIMD4<Double>, _ z: SIMD4<Double>
  ) -> (SIMD4<Double>, SIMD4<Double>, SIMD4<Double>) {
    let (a, b, c) = (yy + zz, xx + zz, xx + yy)
    var (p, q, r): (Lane, Lane, Lane) = (.half * x, .half * y, .half * z)
    for _ in 0..<2 {
      let next: (Lane, Lane, Lane) = (
        .half * (x - (a * p - xy * q - zx * r)), .half * (y - (b * q - xy * p - yz * r)),
        .half * (z - (c * r - zx * p - yz * q))
      )
      (p, q, r) = next
    }
    return (p, q, r)
  }
}

extension LaneStrain {
  /// From the parity modes of local displacements.
  @inline(__always)
  init(_ u: LaneCorners, _ shape: LocalShape) {
    // a mode is half a difference along an edge: over half the edge
    let (a, b, c) =
      (
        .eight * shape.quarter.x, .eight * shape.quarter.y, .eight * shape.quarter.z
      ) as (Lane, Lane, Lane)
    (xx, yy, zz) = (a * u.v1.x, b * u.v2.y, c * u.v4.z)
    xy = .half * (b * u.v2.x + a * u.v1.y)
    yz = .half * (c * u.v4.y + b * u.v2.z)
    zx = .half * (a * u.v1.z + c * u.v4.x)
  }
}
