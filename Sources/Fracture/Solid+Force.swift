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
      let count = min(groups, groupCount - first)
      Self.gather(count, { first + $0 }, position, corners, &block.local)
      Self.deform(count, { first + $0 }, shape, &rotation, &block.local, &block.stretch)
      BLAS.multiply(
        block.local, element.stiffness, into: &block.reaction, rows: 4 * count, inner: 24,
        columns: 24, lead: 4 * SolidBlock.stride)
      Self.turnBack(
        first, count, shape, block.local, block.stretch, rotation, &block.reaction, &strainEnergy)
      Self.scatter(first, count, lattice.elementCount, block.reaction, corners, &force)
    }
  }

  /// Stresses at the corners of the groups in `chosen`, in the frame of each element: number
  /// 6·corner + part of the group at place p is 48p + 6·corner + part, four elements to a number. In Pa.
  mutating func cornerStresses(of chosen: [Int32]) -> [SIMD4<Double>] {
    let groups = SolidBlock.groups
    let shape = LocalShape(lattice.edges)
    var result = [SIMD4<Double>](repeating: .zero, count: 48 * chosen.count)
    var wide = [SIMD4<Double>](repeating: .zero, count: 48 * SolidBlock.stride)
    for start in stride(from: 0, to: chosen.count, by: groups) {
      let count = min(groups, chosen.count - start)
      Self.gather(count, { Int(chosen[start + $0]) }, position, corners, &block.local)
      Self.deform(
        count, { Int(chosen[start + $0]) }, shape, &rotation, &block.local, &block.stretch)
      BLAS.multiply(
        block.local, recovery, into: &wide, rows: 4 * count, inner: 24, columns: 48,
        lead: 4 * SolidBlock.stride)
      for slot in 0..<count {
        for part in 0..<48 {
          result[48 * (start + slot) + part] = wide[part * SolidBlock.stride + slot]
        }
      }
    }
    return result
  }

  /// Positions of the corners, four elements side by side.
  @inline(__always)
  private static func gather(
    _ count: Int, _ group: (Int) -> Int, _ position: [SIMD4<Double>], _ corners: [SIMD4<Int32>],
    _ local: inout [SIMD4<Double>]
  ) {
    let stride = SolidBlock.stride
    let (from, by) = (position.span, corners.span)
    for slot in 0..<count {
      let first = 8 * group(slot)
      for corner in 0..<8 {
        let nodes = by[first + corner]
        let a = from[Int(nodes.x)]
        let b = from[Int(nodes.y)]
        let c = from[Int(nodes.z)]
        let d = from[Int(nodes.w)]
        let column = 3 * corner * stride + slot
        local[column] = SIMD4(a.x, b.x, c.x, d.x)
        local[column + stride] = SIMD4(a.y, b.y, c.y, d.y)
        local[column + 2 * stride] = SIMD4(a.z, b.z, c.z, d.z)
      }
    }
  }

  /// Positions become displacements in the frames of the elements; rotations move along.
  @inline(__always)
  private static func deform(
    _ count: Int, _ group: (Int) -> Int, _ shape: LocalShape, _ rotation: inout [SIMD4<Double>],
    _ local: inout [SIMD4<Double>], _ stretch: inout [SIMD4<Double>]
  ) {
    let stride = SolidBlock.stride
    for slot in 0..<count {
      let fx = MeanGradient(local, slot, shape)
      let fy = MeanGradient(local, stride + slot, shape)
      let fz = MeanGradient(local, 2 * stride + slot, shape)
      let place = 4 * group(slot)
      var q = LaneQuaternion(
        w: rotation[place], i: rotation[place + 1], j: rotation[place + 2], k: rotation[place + 3])
      var r = LaneRotation(q)
      var e = LaneStrain.none
      // the rotation that makes Rᵀ·F symmetric, by Newton's method from the last one; what remains is
      // the cube of the last step: below 1e-12
      for _ in 0..<60 {
        let way = q.step(r, fx, fy, fz, &e)
        r = LaneRotation(q)
        if !way.isAbove(1e-9) { break }
      }
      rotation[place] = q.w
      rotation[place + 1] = q.i
      rotation[place + 2] = q.j
      rotation[place + 3] = q.k
      e.store(&stretch, slot)

      for corner in 0..<8 {
        let column = 3 * corner * stride + slot
        let px = local[column] - fx.mean
        let py = local[column + stride] - fy.mean
        let pz = local[column + 2 * stride] - fz.mean
        let sx = corner & 1 == 0 ? -shape.half.x : shape.half.x
        let sy = corner & 2 == 0 ? -shape.half.y : shape.half.y
        let sz = corner & 4 == 0 ? -shape.half.z : shape.half.z
        local[column] = r.xx * px + r.yx * py + r.zx * pz - sx
        local[column + stride] = r.xy * px + r.yy * py + r.zy * pz - sy
        local[column + 2 * stride] = r.xz * px + r.yz * py + r.zz * pz - sz
      }
    }
  }

  /// Forces in the frames of the elements become forces in the world.
  @inline(never)
  private static func turnBack(
    _ first: Int, _ count: Int, _ shape: LocalShape, _ local: [SIMD4<Double>],
    _ stretch: [SIMD4<Double>], _ rotation: [SIMD4<Double>], _ reaction: inout [SIMD4<Double>],
    _ energy: inout [SIMD4<Double>]
  ) {
    let stride = SolidBlock.stride
    for slot in 0..<count {
      // work ½u·f and moment Σ u × f of each element
      var work = SIMD4<Double>.zero
      var (mx, my, mz) = (work, work, work)
      for corner in 0..<8 {
        let column = 3 * corner * stride + slot
        let (ux, uy, uz) = (local[column], local[column + stride], local[column + 2 * stride])
        let (fx, fy, fz) = (
          reaction[column], reaction[column + stride], reaction[column + 2 * stride]
        )
        work += ux * fx + uy * fy + uz * fz
        mx += uy * fz - uz * fy
        my += uz * fx - ux * fz
        mz += ux * fy - uy * fx
      }
      energy[first + slot] = 0.5 * work
      let (qx, qy, qz) = LaneStrain(stretch, slot).halved(mx, my, mz)
      // q × g, the term of ∂R/∂x; signs of g are those of the corner
      let (yz, zy) = (qy * shape.quarter.z, qz * shape.quarter.y)
      let (zx, xz) = (qz * shape.quarter.x, qx * shape.quarter.z)
      let (xy, yx) = (qx * shape.quarter.y, qy * shape.quarter.x)

      let place = 4 * (first + slot)
      let r = LaneRotation(
        LaneQuaternion(
          w: rotation[place], i: rotation[place + 1], j: rotation[place + 2], k: rotation[place + 3]
        ))
      for corner in 0..<8 {
        let column = 3 * corner * stride + slot
        let sx = corner & 1 == 0 ? -1.0 : 1.0
        let sy = corner & 2 == 0 ? -1.0 : 1.0
        let sz = corner & 4 == 0 ? -1.0 : 1.0
        let fx = reaction[column] - (sz * yz - sy * zy)
        let fy = reaction[column + stride] - (sx * zx - sz * xz)
        let fz = reaction[column + 2 * stride] - (sy * xy - sx * yx)
        reaction[column] = r.xx * fx + r.xy * fy + r.xz * fz
        reaction[column + stride] = r.yx * fx + r.yy * fy + r.yz * fz
        reaction[column + 2 * stride] = r.zx * fx + r.zy * fy + r.zz * fz
      }
    }
  }

  /// Subtracts the forces from the nodes, group after group.
  @inline(never)
  private static func scatter(
    _ first: Int, _ count: Int, _ elements: Int, _ reaction: [SIMD4<Double>],
    _ corners: [SIMD4<Int32>], _ force: inout [SIMD4<Double>]
  ) {
    let stride = SolidBlock.stride
    for slot in 0..<count {
      let group = first + slot
      // the last group may be filled up with copies, which push nothing
      let lanes = min(4, elements - 4 * group)
      for corner in 0..<8 {
        let column = 3 * corner * stride + slot
        let (x, y, z) = (reaction[column], reaction[column + stride], reaction[column + 2 * stride])
        let to = corners[8 * group + corner]
        if lanes == 4 {
          force[Int(to.x)] -= SIMD4(x.x, y.x, z.x, 0)
          force[Int(to.y)] -= SIMD4(x.y, y.y, z.y, 0)
          force[Int(to.z)] -= SIMD4(x.z, y.z, z.z, 0)
          force[Int(to.w)] -= SIMD4(x.w, y.w, z.w, 0)
        } else {
          for lane in 0..<lanes { force[Int(to[lane])] -= SIMD4(x[lane], y[lane], z[lane], 0) }
        }
      }
    }
  }
}
