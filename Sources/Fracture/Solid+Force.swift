// The elastic forces of a step: gather, turn, stiffness by parity modes, turn back, scatter.
//
// Equation        û = Rᵀx̂ − X̂ of each parity mode; f = R·(K̂û − q × g), q = (tr S − S)⁻¹·8Σ û × K̂û
// Discretisation  S is the mean stretch, g the mean gradient of a corner's shape function. The second
//                 term is that of ∂R/∂x; it is of order strain², and takes away the moment of K·u
// Source          see Solid; the blocks: ParityStiffness
// Deviation       see Solid. No product with the full matrix: 45 products an element instead of 576
// Validity        strain below 0.1 (the inverse of tr S − S is a series of three terms)
// Checked by      SolidTests, ParityStiffnessTests

import LinearAlgebra

extension Solid {
  /// Adds the elastic forces to `force` and stores the strain energies. The same bits always: groups
  /// scatter in their order.
  mutating func addElasticForces() {
    let groups = SolidBlock.lanes
    let (blocks, shape) = (ParityBlocks(parity), LocalShape(lattice.edges))
    for first in stride(from: 0, to: groupCount, by: groups) {
      let count = min(groups, groupCount - first)
      for slot in 0..<count {
        Self.gather(first + slot, position, corners, &block.values[slot])
      }
      Self.pull(
        first, count, blocks, shape, &rotation, &block.values, &strainEnergy)
      Self.scatter(first, count, lattice.elementCount, block.values, corners, &force)
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
      for slot in 0..<count {
        let group = Int(chosen[start + slot])
        Self.gather(group, position, corners, &block.values[0])
        let state = LaneState(block.values[0], &rotation, 4 * group, shape)
        block.store(state.modes.corners, at: slot)
      }
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
    _ group: Int, _ position: [SIMD4<Double>], _ corners: [SIMD4<Int32>],
    _ values: inout LaneCorners
  ) {
    let (from, by) = (position.span, corners.span)
    let first = 8 * group
    @inline(__always)
    func place(_ corner: Int) -> LaneVector {
      let nodes = by[first + corner]
      let (a, b) = (from[Int(nodes.x)], from[Int(nodes.y)])
      let (c, d) = (from[Int(nodes.z)], from[Int(nodes.w)])
      return LaneVector(
        x: SIMD4(a.x, b.x, c.x, d.x), y: SIMD4(a.y, b.y, c.y, d.y), z: SIMD4(a.z, b.z, c.z, d.z))
    }
    values.v0 = place(0)
    values.v1 = place(1)
    values.v2 = place(2)
    values.v3 = place(3)
    values.v4 = place(4)
    values.v5 = place(5)
    values.v6 = place(6)
    values.v7 = place(7)
  }

  /// Places of corners become what the elements pull with; rotations move along. A function of its
  /// own: together with gather or scatter the compiler takes vectors apart, at half the speed.
  @inline(never)
  private static func pull(
    _ first: Int, _ count: Int, _ blocks: ParityBlocks, _ shape: LocalShape,
    _ rotation: inout [SIMD4<Double>], _ values: inout [LaneCorners],
    _ energy: inout [SIMD4<Double>]
  ) {
    for slot in 0..<count {
      let state = LaneState(values[slot], &rotation, 4 * (first + slot), shape)
      let (push, work) = state.force(blocks, shape)
      values[slot] = push
      energy[first + slot] = work
    }
  }

  /// Subtracts the forces from the nodes, element after element of a group.
  @inline(never)
  private static func scatter(
    _ first: Int, _ count: Int, _ elements: Int, _ values: [LaneCorners],
    _ corners: [SIMD4<Int32>], _ force: inout [SIMD4<Double>]
  ) {
    for slot in 0..<count {
      let group = first + slot
      // the last group may be filled up with copies, which push nothing
      let lanes = min(4, elements - 4 * group)
      @inline(__always)
      func add(_ f: LaneVector, _ corner: Int) {
        let to = corners[8 * group + corner]
        if lanes == 4 {
          force[Int(to.x)] -= SIMD4(f.x.x, f.y.x, f.z.x, 0)
          force[Int(to.y)] -= SIMD4(f.x.y, f.y.y, f.z.y, 0)
          force[Int(to.z)] -= SIMD4(f.x.z, f.y.z, f.z.z, 0)
          force[Int(to.w)] -= SIMD4(f.x.w, f.y.w, f.z.w, 0)
        } else {
          for lane in 0..<lanes {
            force[Int(to[lane])] -= SIMD4(f.x[lane], f.y[lane], f.z[lane], 0)
          }
        }
      }
      add(values[slot].v0, 0)
      add(values[slot].v1, 1)
      add(values[slot].v2, 2)
      add(values[slot].v3, 3)
      add(values[slot].v4, 4)
      add(values[slot].v5, 5)
      add(values[slot].v6, 6)
      add(values[slot].v7, 7)
    }
  }
}

/// Rotations and local displacements of four elements at one time.
struct LaneState {
  let rotation: LaneRotation
  /// û of modes 1 … 7 in m, in the frame of each element.
  let modes: LaneCorners

  /// From the places of the corners; moves the quaternions at `place` along.
  @inline(__always)
  init(
    _ places: LaneCorners, _ turns: inout [SIMD4<Double>], _ place: Int, _ shape: LocalShape
  ) {
    let x = places.modes

    // the rotation that makes Rᵀ·F symmetric, by Newton's method from the last one; what remains is
    // the cube of the last step: below 1e-12
    let gradient = MeanGradient(x, shape)
    var q = LaneQuaternion(
      w: turns[place], i: turns[place + 1], j: turns[place + 2], k: turns[place + 3])
    var r = LaneRotation(q)
    for _ in 0..<60 {
      let way = q.step(r, gradient)
      r = LaneRotation(q)
      if !way.isAbove(1e-9) { break }
    }
    turns[place] = q.w
    turns[place + 1] = q.i
    turns[place + 2] = q.j
    turns[place + 3] = q.k

    rotation = r
    var u = LaneCorners(
      v0: .zero, v1: r.turnedBack(.eighth * x.v1), v2: r.turnedBack(.eighth * x.v2),
      v3: r.turnedBack(.eighth * x.v3), v4: r.turnedBack(.eighth * x.v4),
      v5: r.turnedBack(.eighth * x.v5), v6: r.turnedBack(.eighth * x.v6),
      v7: r.turnedBack(.eighth * x.v7))
    u.v1.x -= shape.half.x
    u.v2.y -= shape.half.y
    u.v4.z -= shape.half.z
    modes = u
  }

  /// What the elements pull at their corners with (N, world axes), and their strain energies (J).
  @inline(__always)
  func force(_ blocks: ParityBlocks, _ shape: LocalShape) -> (LaneCorners, SIMD4<Double>) {
    var f = blocks.force(modes)
    // work 4Σ û·f and moment 8Σ û × f of each element
    var work = SIMD4<Double>.zero
    var moment = LaneVector.zero
    @inline(__always)
    func add(_ u: LaneVector, _ f: LaneVector) {
      work += u.x * f.x + u.y * f.y + u.z * f.z
      moment.x += u.y * f.z - u.z * f.y
      moment.y += u.z * f.x - u.x * f.z
      moment.z += u.x * f.y - u.y * f.x
    }
    add(modes.v1, f.v1)
    add(modes.v2, f.v2)
    add(modes.v3, f.v3)
    add(modes.v4, f.v4)
    add(modes.v5, f.v5)
    add(modes.v6, f.v6)
    add(modes.v7, f.v7)

    // q × g, the term of ∂R/∂x: only the three modes of a mean gradient have one
    let (qx, qy, qz) = LaneStrain(modes, shape).halved(
      .eight * moment.x, .eight * moment.y, .eight * moment.z)
    f.v1.y -= shape.quarter.x * qz
    f.v1.z += shape.quarter.x * qy
    f.v2.x += shape.quarter.y * qz
    f.v2.z -= shape.quarter.y * qx
    f.v4.x -= shape.quarter.z * qy
    f.v4.y += shape.quarter.z * qx

    let r = rotation
    let push = LaneCorners(
      v0: .zero, v1: r.turned(f.v1), v2: r.turned(f.v2), v3: r.turned(f.v3), v4: r.turned(f.v4),
      v5: r.turned(f.v5), v6: r.turned(f.v6), v7: r.turned(f.v7))
    return (push.corners, .four * work)
  }
}
