// Kinematics of four elements side by side: gradients, rotations, stretches.
//
// Equation        S = Rᵀ·F; a = axial part of S; R ← R·exp((tr S − S)⁻¹·a) until a = 0
// Discretisation  the mean gradient F of a box is exact for eight corners; Newton converges cubically
//                 near S = 1
// Source          see Solid
// Deviation       far from the solution the step of Müller et al. 2016, a/tr S, which always ends
// Validity        det F > 0
// Checked by      SolidTests

/// Half edges (m) and gradients of a corner's shape function at the middle (1/m).
struct LocalShape {
  let half: SIMD3<Double>
  let quarter: SIMD3<Double>

  init(_ edges: SIMD3<Double>) {
    half = 0.5 * edges
    quarter = 0.25 / edges
  }
}

/// Mean of a coordinate over the corners, and its mean derivatives along the edges.
struct MeanGradient {
  let mean: SIMD4<Double>
  let x: SIMD4<Double>
  let y: SIMD4<Double>
  let z: SIMD4<Double>

  /// `first` is the place of the coordinate of corner 0 in columns of a block.
  @inline(__always)
  init(_ p: [SIMD4<Double>], _ first: Int, _ shape: LocalShape) {
    let way = 3 * SolidBlock.stride
    let (p0, p1) = (p[first], p[first + way])
    let (p2, p3) = (p[first + 2 * way], p[first + 3 * way])
    let (p4, p5) = (p[first + 4 * way], p[first + 5 * way])
    let (p6, p7) = (p[first + 6 * way], p[first + 7 * way])
    let (a, b, c, d) = (p0 + p1, p2 + p3, p4 + p5, p6 + p7)
    let (s, t) = (a + b, c + d)
    mean = 0.125 * (s + t)
    x = (((p1 - p0) + (p3 - p2)) + ((p5 - p4) + (p7 - p6))) * shape.quarter.x
    y = ((b - a) + (d - c)) * shape.quarter.y
    z = (t - s) * shape.quarter.z
  }
}

/// Unit quaternions of four elements.
struct LaneQuaternion {
  var w, i, j, k: SIMD4<Double>

  /// One step towards the rotation of the mean gradient with rows `fx`, `fy`, `fz`, whose stretch less
  /// 1 goes to `e`. Returns the squared length of the step.
  @inline(__always)
  mutating func step(
    _ r: LaneRotation, _ fx: MeanGradient, _ fy: MeanGradient, _ fz: MeanGradient,
    _ e: inout LaneStrain
  ) -> SIMD4<Double> {
    let sxx = r.xx * fx.x + r.yx * fy.x + r.zx * fz.x
    let sxy = r.xx * fx.y + r.yx * fy.y + r.zx * fz.y
    let sxz = r.xx * fx.z + r.yx * fy.z + r.zx * fz.z
    let syx = r.xy * fx.x + r.yy * fy.x + r.zy * fz.x
    let syy = r.xy * fx.y + r.yy * fy.y + r.zy * fz.y
    let syz = r.xy * fx.z + r.yy * fy.z + r.zy * fz.z
    let szx = r.xz * fx.x + r.yz * fy.x + r.zz * fz.x
    let szy = r.xz * fx.y + r.yz * fy.y + r.zz * fz.y
    let szz = r.xz * fx.z + r.yz * fy.z + r.zz * fz.z
    e = LaneStrain(
      xx: sxx - 1, yy: syy - 1, zz: szz - 1, xy: 0.5 * (sxy + syx), yz: 0.5 * (syz + szy),
      zx: 0.5 * (szx + sxz))
    // moment of the columns of S about their axes: 0 if S is symmetric
    var (ax, ay, az) = (szy - syz, sxz - szx, syx - sxy)
    let isFar: Bool = (ax * ax + ay * ay + az * az).isAbove(0.01)
    if isFar {
      let trace: SIMD4<Double> = e.xx + e.yy + e.zz + 3
      let one = SIMD4<Double>(repeating: 1)
      let scale = one / trace.replacing(with: one, where: trace .< one)
      (ax, ay, az) = (ax * scale, ay * scale, az * scale)
    } else {
      (ax, ay, az) = e.halved(ax, ay, az)
    }
    let (hx, hy, hz) = (0.5 * ax, 0.5 * ay, 0.5 * az)
    let nw = w - (i * hx + j * hy + k * hz)
    let ni = i + (w * hx + j * hz - k * hy)
    let nj = j + (w * hy + k * hx - i * hz)
    let nk = k + (w * hz + i * hy - j * hx)
    // near the solution one Newton step for 1/√ is exact to rounding, and spares root and division
    let square = nw * nw + ni * ni + nj * nj + nk * nk
    let scale = isFar ? 1 / square.squareRoot() : 1.5 - 0.5 * square
    (w, i, j, k) = (nw * scale, ni * scale, nj * scale, nk * scale)
    return ax * ax + ay * ay + az * az
  }
}

extension SIMD4<Double> {
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
    (xx, xy, xz) = (1 - (jj + kk), ij - wk, ki + wj)
    (yx, yy, yz) = (ij + wk, 1 - (ii + kk), jk - wi)
    (zx, zy, zz) = (ki - wj, jk + wi, 1 - (ii + jj))
  }
}

/// Mean stretches less 1 of four elements.
struct LaneStrain {
  let xx, yy, zz, xy, yz, zx: SIMD4<Double>

  static let none = LaneStrain(
    xx: .zero, yy: .zero, zz: .zero, xy: .zero, yz: .zero, zx: .zero)

  /// (tr S − S)⁻¹·v to third order in strain; at rest that is v/2.
  @inline(__always)
  func halved(
    _ x: SIMD4<Double>, _ y: SIMD4<Double>, _ z: SIMD4<Double>
  ) -> (SIMD4<Double>, SIMD4<Double>, SIMD4<Double>) {
    let (a, b, c) = (yy + zz, xx + zz, xx + yy)
    var (p, q, r) = (0.5 * x, 0.5 * y, 0.5 * z)
    for _ in 0..<2 {
      let next = (
        0.5 * (x - (a * p - xy * q - zx * r)), 0.5 * (y - (b * q - xy * p - yz * r)),
        0.5 * (z - (c * r - zx * p - yz * q))
      )
      (p, q, r) = next
    }
    return (p, q, r)
  }
}

extension LaneStrain {
  /// From place `slot` of a block.
  @inline(__always)
  init(_ stretch: [SIMD4<Double>], _ slot: Int) {
    let base = 6 * slot
    (xx, yy, zz) = (stretch[base], stretch[base + 1], stretch[base + 2])
    (xy, yz, zx) = (stretch[base + 3], stretch[base + 4], stretch[base + 5])
  }

  @inline(__always)
  func store(_ stretch: inout [SIMD4<Double>], _ slot: Int) {
    let base = 6 * slot
    (stretch[base], stretch[base + 1], stretch[base + 2]) = (xx, yy, zz)
    (stretch[base + 3], stretch[base + 4], stretch[base + 5]) = (xy, yz, zx)
  }
}
