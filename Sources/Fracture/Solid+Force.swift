// The elastic forces of a step: gather and turn, one product of matrices, turn back and scatter.
//
// Equation        u = Rᵀ(x − x̄) − X; f = R·(K·u − q × g), q = (tr S − S)⁻¹·Σ uᵢ × (K·u)ᵢ
// Discretisation  S is the mean stretch, g the mean gradient of a corner's shape function. The second
//                 term is that of ∂R/∂x; it is of order strain², and takes away the moment of K·u
// Source          see Solid
// Deviation       see Solid
// Validity        strain below 0.1 (the inverse of tr S − S is a series of three terms)
// Checked by      SolidTests

import LinearAlgebra

extension Solid {
  /// Adds the elastic forces to `force` and stores the strain energies. The same bits always: groups
  /// scatter in their order.
  mutating func addElasticForces() {
    let groups = SolidBlock.groups
    let shape = LocalShape(lattice.edges)
    for first in stride(from: 0, to: groupCount, by: groups) {
      let last = min(first + groups, groupCount)
      Self.gather(
        first, last, shape, position, corners, &rotation, &block.local, &block.stretch)
      BLAS.multiply(
        block.local, element.stiffness, into: &block.reaction, rows: 4 * (last - first), inner: 24,
        columns: 24, lead: 4 * groups)
      Self.scatter(
        first, last, lattice.elementCount, shape, block, corners, rotation, &strainEnergy, &force)
    }
  }

  /// Stresses at the corners of the groups in `chosen`, in the frame of each element: number
  /// 6·corner + part of the group at place p is 48p + 6·corner + part, four elements to a number. In Pa.
  mutating func cornerStresses(of chosen: [Int32]) -> [SIMD4<Double>] {
    let groups = SolidBlock.groups
    let shape = LocalShape(lattice.edges)
    var result = [SIMD4<Double>](repeating: .zero, count: 48 * chosen.count)
    var wide = [SIMD4<Double>](repeating: .zero, count: 48 * groups)
    for start in stride(from: 0, to: chosen.count, by: groups) {
      let last = min(start + groups, chosen.count)
      Self.gather(
        chosen[start..<last], shape, position, corners, &rotation, &block.local, &block.stretch)
      BLAS.multiply(
        block.local, recovery, into: &wide, rows: 4 * (last - start), inner: 24, columns: 48,
        lead: 4 * groups)
      for place in start..<last {
        for part in 0..<48 { result[48 * place + part] = wide[part * groups + place - start] }
      }
    }
    return result
  }

  private static func gather(
    _ first: Int, _ last: Int, _ shape: LocalShape, _ position: [SIMD4<Double>],
    _ corners: [SIMD4<Int32>], _ rotation: inout [SIMD4<Double>], _ local: inout [SIMD4<Double>],
    _ stretch: inout [SIMD4<Double>]
  ) {
    let (from, by) = (position.span, corners.span)
    for group in first..<last {
      deform(group, group - first, shape, from, by, &rotation, &local, &stretch)
    }
  }

  private static func gather(
    _ chosen: ArraySlice<Int32>, _ shape: LocalShape, _ position: [SIMD4<Double>],
    _ corners: [SIMD4<Int32>], _ rotation: inout [SIMD4<Double>], _ local: inout [SIMD4<Double>],
    _ stretch: inout [SIMD4<Double>]
  ) {
    let (from, by) = (position.span, corners.span)
    for (slot, group) in chosen.enumerated() {
      deform(Int(group), slot, shape, from, by, &rotation, &local, &stretch)
    }
  }

  /// Displacements of one group in the frames of its elements, and their rotations.
  @inline(__always)
  private static func deform(
    _ group: Int, _ slot: Int, _ shape: LocalShape, _ position: Span<SIMD4<Double>>,
    _ corners: Span<SIMD4<Int32>>, _ rotation: inout [SIMD4<Double>],
    _ local: inout [SIMD4<Double>], _ stretch: inout [SIMD4<Double>]
  ) {
    // corner by corner: four elements side by side
    var x = InlineArray<8, SIMD4<Double>>(repeating: .zero)
    var y = x
    var z = x
    for corner in 0..<8 {
      let nodes = corners[8 * group + corner]
      let a = position[Int(nodes.x)]
      let b = position[Int(nodes.y)]
      let c = position[Int(nodes.z)]
      let d = position[Int(nodes.w)]
      x[corner] = SIMD4(a.x, b.x, c.x, d.x)
      y[corner] = SIMD4(a.y, b.y, c.y, d.y)
      z[corner] = SIMD4(a.z, b.z, c.z, d.z)
    }
    let fx = MeanGradient(x, shape)
    let fy = MeanGradient(y, shape)
    let fz = MeanGradient(z, shape)

    // the rotation that makes Rᵀ·F symmetric, by Newton's method from the last one
    let place = 4 * group
    var w = rotation[place]
    var i = rotation[place + 1]
    var j = rotation[place + 2]
    var k = rotation[place + 3]
    var r = LaneRotation(w, i, j, k)
    for _ in 0..<60 {
      // moment of the columns of S = Rᵀ·F about their axes: 0 if S is symmetric
      let sxx = r.xx * fx.x + r.yx * fy.x + r.zx * fz.x
      let sxy = r.xx * fx.y + r.yx * fy.y + r.zx * fz.y
      let sxz = r.xx * fx.z + r.yx * fy.z + r.zx * fz.z
      let syx = r.xy * fx.x + r.yy * fy.x + r.zy * fz.x
      let syy = r.xy * fx.y + r.yy * fy.y + r.zy * fz.y
      let syz = r.xy * fx.z + r.yy * fy.z + r.zy * fz.z
      let szx = r.xz * fx.x + r.yz * fy.x + r.zz * fz.x
      let szy = r.xz * fx.y + r.yz * fy.y + r.zz * fz.y
      let szz = r.xz * fx.z + r.yz * fy.z + r.zz * fz.z
      let e = LaneStrain(
        xx: sxx - 1, yy: syy - 1, zz: szz - 1, xy: 0.5 * (sxy + syx), yz: 0.5 * (syz + szy),
        zx: 0.5 * (szx + sxz))
      var (ax, ay, az) = (szy - syz, sxz - szx, syx - sxy)
      if (ax * ax + ay * ay + az * az).max() < 0.01 {
        (ax, ay, az) = e.halved(ax, ay, az)
      } else {
        // far away: the step of Müller et al., which always ends
        let trace: SIMD4<Double> = e.xx + e.yy + e.zz + 3
        let one = SIMD4<Double>(repeating: 1)
        let scale = one / trace.replacing(with: one, where: trace .< one)
        (ax, ay, az) = (ax * scale, ay * scale, az * scale)
      }
      let (hx, hy, hz) = (0.5 * ax, 0.5 * ay, 0.5 * az)
      let nw = w - (i * hx + j * hy + k * hz)
      let ni = i + (w * hx + j * hz - k * hy)
      let nj = j + (w * hy + k * hx - i * hz)
      let nk = k + (w * hz + i * hy - j * hx)
      let scale = 1 / (nw * nw + ni * ni + nj * nj + nk * nk).squareRoot()
      (w, i, j, k) = (nw * scale, ni * scale, nj * scale, nk * scale)
      r = LaneRotation(w, i, j, k)
      let base = 6 * slot
      stretch[base] = e.xx
      stretch[base + 1] = e.yy
      stretch[base + 2] = e.zz
      stretch[base + 3] = e.xy
      stretch[base + 4] = e.yz
      stretch[base + 5] = e.zx

      // what remains is the cube of this step: below 1e-12
      if !((ax * ax + ay * ay + az * az).max() > 1e-9) { break }
    }
    rotation[place] = w
    rotation[place + 1] = i
    rotation[place + 2] = j
    rotation[place + 3] = k

    let groups = SolidBlock.groups
    for corner in 0..<8 {
      let px = x[corner] - fx.mean
      let py = y[corner] - fy.mean
      let pz = z[corner] - fz.mean
      let column = 3 * corner * groups + slot
      local[column] =
        r.xx * px + r.yx * py + r.zx * pz - (corner & 1 == 0 ? -shape.half.x : shape.half.x)
      local[column + groups] =
        r.xy * px + r.yy * py + r.zy * pz - (corner & 2 == 0 ? -shape.half.y : shape.half.y)
      local[column + 2 * groups] =
        r.xz * px + r.yz * py + r.zz * pz - (corner & 4 == 0 ? -shape.half.z : shape.half.z)
    }
  }

  private static func scatter(
    _ first: Int, _ last: Int, _ count: Int, _ shape: LocalShape, _ block: SolidBlock,
    _ corners: [SIMD4<Int32>], _ rotation: [SIMD4<Double>], _ energy: inout [SIMD4<Double>],
    _ force: inout [SIMD4<Double>]
  ) {
    let groups = SolidBlock.groups
    let (local, reaction, stretch) = (block.local.span, block.reaction.span, block.stretch.span)
    let (nodes, turns) = (corners.span, rotation.span)
    for group in first..<last {
      let slot = group - first
      // work ½u·f and moment Σ u × f of each element
      var work = SIMD4<Double>.zero
      var (mx, my, mz) = (work, work, work)
      for corner in 0..<8 {
        let column = 3 * corner * groups + slot
        let (ux, uy, uz) = (local[column], local[column + groups], local[column + 2 * groups])
        let (fx, fy, fz) = (
          reaction[column], reaction[column + groups], reaction[column + 2 * groups]
        )
        work += ux * fx + uy * fy + uz * fz
        mx += uy * fz - uz * fy
        my += uz * fx - ux * fz
        mz += ux * fy - uy * fx
      }
      energy[group] = 0.5 * work
      let base = 6 * slot
      let e = LaneStrain(
        xx: stretch[base], yy: stretch[base + 1], zz: stretch[base + 2], xy: stretch[base + 3],
        yz: stretch[base + 4], zx: stretch[base + 5])
      let (qx, qy, qz) = e.halved(mx, my, mz)
      // q × g, the term of ∂R/∂x; signs of g are those of the corner
      let (yz, zy) = (qy * shape.quarter.z, qz * shape.quarter.y)
      let (zx, xz) = (qz * shape.quarter.x, qx * shape.quarter.z)
      let (xy, yx) = (qx * shape.quarter.y, qy * shape.quarter.x)

      let place = 4 * group
      let r = LaneRotation(turns[place], turns[place + 1], turns[place + 2], turns[place + 3])
      for corner in 0..<8 {
        let column = 3 * corner * groups + slot
        let sx = corner & 1 == 0 ? -1.0 : 1.0
        let sy = corner & 2 == 0 ? -1.0 : 1.0
        let sz = corner & 4 == 0 ? -1.0 : 1.0
        let fx = reaction[column] - (sz * yz - sy * zy)
        let fy = reaction[column + groups] - (sx * zx - sz * xz)
        let fz = reaction[column + 2 * groups] - (sy * xy - sx * yx)
        let gx = r.xx * fx + r.xy * fy + r.xz * fz
        let gy = r.yx * fx + r.yy * fy + r.yz * fz
        let gz = r.zx * fx + r.zy * fy + r.zz * fz
        let to = nodes[8 * group + corner]
        if 4 * group + 4 <= count {
          force[Int(to.x)] -= SIMD4(gx.x, gy.x, gz.x, 0)
          force[Int(to.y)] -= SIMD4(gx.y, gy.y, gz.y, 0)
          force[Int(to.z)] -= SIMD4(gx.z, gy.z, gz.z, 0)
          force[Int(to.w)] -= SIMD4(gx.w, gy.w, gz.w, 0)
        } else {
          for lane in 0..<(count - 4 * group) {
            force[Int(to[lane])] -= SIMD4(gx[lane], gy[lane], gz[lane], 0)
          }
        }
      }
    }
  }
}

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
private struct MeanGradient {
  let mean: SIMD4<Double>
  let x: SIMD4<Double>
  let y: SIMD4<Double>
  let z: SIMD4<Double>

  @inline(__always)
  init(_ p: InlineArray<8, SIMD4<Double>>, _ shape: LocalShape) {
    let (a, b, c, d) = (p[0] + p[1], p[2] + p[3], p[4] + p[5], p[6] + p[7])
    let (s, t) = (a + b, c + d)
    mean = 0.125 * (s + t)
    x = ((p[1] - p[0]) + (p[3] - p[2]) + ((p[5] - p[4]) + (p[7] - p[6]))) * shape.quarter.x
    y = ((b - a) + (d - c)) * shape.quarter.y
    z = (t - s) * shape.quarter.z
  }
}

/// Rotation matrices of four elements; `xy` is row x, column y.
private struct LaneRotation {
  let xx, xy, xz, yx, yy, yz, zx, zy, zz: SIMD4<Double>

  @inline(__always)
  init(_ w: SIMD4<Double>, _ i: SIMD4<Double>, _ j: SIMD4<Double>, _ k: SIMD4<Double>) {
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
private struct LaneStrain {
  let xx, yy, zz, xy, yz, zx: SIMD4<Double>

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
