// Velocity between faces, and beyond the liquid.
//
// Equation        u(x) = Σ u_i N₂(x − x_i) N₁(y − y_i) N₁(z − z_i) for the component along x, and so on
// Discretisation  quadratic B-spline along the component's own axis, hats across: the divergence of u(x)
//                 is the hat interpolation of the discrete one, hence 0 where that is. Order 2.
//                 Beyond the liquid, layers of faces take the mean of those that are known; beyond an end,
//                 what makes the velocity of the wall its own there. Third-order Runge–Kutta
// Source          Zhu & Bridson 2005, ACM Trans. Graph. 24, 965 (extrapolation); Ralston 1962, Math. Comp.
//                 16, 431 (the Runge–Kutta rule)
// Deviation       the splines of the usual transfers are quadratic along all axes, and not divergence-free
// Validity        points in the box; in the half cell at a wall the divergence is only near 0
// Checked by      VolumeParticlesTests: affine fields to rounding, divergence

public struct VolumeField: Sendable {
  public let grid: VolumeGrid
  let room: VolumeRoom
  /// Velocities of the three lower faces of each slot, in m/s.
  public internal(set) var faces: [SIMD4<Double>]
  /// 1 where the face has a value, for each of the three.
  var known: [SIMD4<Double>]

  /// At rest.
  public init(grid: VolumeGrid, room: VolumeRoom = VolumeRoom()) {
    (self.grid, self.room) = (grid, room)
    faces = [SIMD4<Double>](repeating: .zero, count: grid.slotCount)
    known = faces
  }

  /// Velocities of a solve, continued beyond the liquid.
  init(grid: VolumeGrid, room: VolumeRoom, system: StressSystem) {
    self.init(grid: grid, room: room)
    take(system, above: VolumeField.wet)
    holdWalls()
    extend(layers: 2)
    // a speck of liquid that is far from the rest
    take(system, above: StressSystem.massFloor)
    extend(layers: 2)
    reflect()
  }

  /// Share of liquid above which a face's own velocity is used. What holds a drier one is so weak that the
  /// mass floor's weight moves it at many times the speed of the front beside it.
  private static let wet = 0.03

  /// Velocities of faces that have none yet and more liquid than a share.
  private mutating func take(_ system: StressSystem, above least: Double) {
    for (index, slot) in system.slots.enumerated() {
      for axis in 0..<3
      where system.faceWeight[index][axis] > least && known[Int(slot)][axis] == 0 {
        faces[Int(slot)][axis] = system.velocity[index][axis]
        known[Int(slot)][axis] = 1
      }
    }
  }

  /// Faces in walls and solids are known everywhere.
  mutating func holdWalls() {
    for face in room.closed { (faces[face.slot][face.axis], known[face.slot][face.axis]) = (0, 1) }
    for axis in 0..<3 {
      for (end, place) in [(grid.low[axis], 0), (grid.high[axis], grid.cells[axis])] {
        switch end {
        case .wall, .slip: break
        default: continue
        }
        let (b, c) = ((axis + 1) % 3, (axis + 2) % 3)
        for p in 0..<grid.cells[b] {
          for q in 0..<grid.cells[c] {
            var cell = SIMD3<Int>.zero
            (cell[axis], cell[b], cell[c]) = (place, p, q)
            let slot = grid.slot(cell.x, cell.y, cell.z)
            (faces[slot][axis], known[slot][axis]) = (0, 1)
          }
        }
      }
    }
  }

  /// Gives faces next to known ones their mean, layer by layer.
  mutating func extend(layers: Int) {
    let strides = grid.strides
    let steps = [strides.x, -strides.x, strides.y, -strides.y, 1, -1]
    // cells of the box and the layer that keeps upper faces
    var inside = [Bool](repeating: false, count: grid.slotCount)
    for i in 0...grid.last(0) {
      for j in 0...grid.last(1) {
        for k in 0...grid.last(2) { inside[grid.slot(i, j, k)] = true }
      }
    }
    let exists = limits()
    var rim: [Int] = []
    for slot in faces.indices where inside[slot] && known[slot] != exists(slot) {
      if steps.contains(where: { known[slot + $0] != .zero }) { rim.append(slot) }
    }
    for _ in 0..<layers {
      var found: [(slot: Int, value: SIMD4<Double>, now: SIMD4<Double>)] = []
      for slot in rim {
        let open = exists(slot) - known[slot]
        guard open != .zero else { continue }
        var (sum, count) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
        for step in steps {
          sum += faces[slot + step] * known[slot + step]
          count += known[slot + step]
        }
        var value = faces[slot]
        var now = known[slot]
        for axis in 0..<3 where open[axis] > 0 && count[axis] > 0 {
          value[axis] = sum[axis] / count[axis]
          now[axis] = 1
        }
        if now != known[slot] { found.append((slot, value, now)) }
      }
      var next: [Int] = []
      for item in found {
        (faces[item.slot], known[item.slot]) = (item.value, item.now)
        for step in steps where inside[item.slot + step] { next.append(item.slot + step) }
      }
      next += rim
      next.sort()
      rim = next.enumerated().filter { $0.offset == 0 || next[$0.offset - 1] != $0.element }
        .map(\.element).filter { known[$0] != exists($0) }
    }
  }

  /// Which of the three lower faces a slot has.
  private func limits() -> (Int) -> SIMD4<Double> {
    let (ny, nz) = (grid.cells.y + 3, grid.cells.z + 3)
    let cells = grid.cells
    return { slot in
      let k = slot % nz - 1
      let j = slot / nz % ny - 1
      let i = slot / (nz * ny) - 1
      let (x, y, z) = (i < cells.x, j < cells.y, k < cells.z)
      return SIMD4(y && z ? 1 : 0, x && z ? 1 : 0, x && y ? 1 : 0, 0)
    }
  }

  /// Fills the layers outside the box.
  mutating func reflect() {
    for axis in 0..<3 {
      let count = grid.cells[axis]
      let (b, c) = ((axis + 1) % 3, (axis + 2) % 3)
      let stride = grid.strides[axis]
      for p in -1...(grid.cells[b] + 1) {
        for q in -1...(grid.cells[c] + 1) {
          var cell = SIMD3<Int>.zero
          (cell[axis], cell[b], cell[c]) = (0, p, q)
          let first = grid.slot(cell.x, cell.y, cell.z)
          let last = first + count * stride
          func mirrored(_ end: VolumeEnd, _ near: Int, _ face: Int, _ far: Int) -> SIMD4<Double> {
            var value = faces[near]
            switch end {
            case .wall(let speed):
              value = 2 * SIMD4(speed, 0) - value
              value[axis] = -faces[far][axis]
            case .slip: value[axis] = -faces[far][axis]
            default: value[axis] = faces[face][axis]
            }
            return value
          }
          if grid.isPeriodic(axis) {
            faces[first - stride] = faces[last - stride]
            faces[last] = faces[first]
            faces[last + stride] = faces[first + stride]
          } else {
            faces[first - stride] = mirrored(grid.low[axis], first, first, first + stride)
            // the cell above the last keeps its lower face
            let beyond = mirrored(grid.high[axis], last - stride, last, last - stride)
            for other in 0..<3 where other != axis { faces[last][other] = beyond[other] }
            faces[last + stride][axis] = beyond[axis]
          }
        }
      }
    }
  }

  /// Velocity at a point (m) of the box, in m/s.
  public func velocity(_ point: SIMD3<Double>) -> SIMD3<Double> {
    let place = point / grid.h
    let x = component(0, place.x, place.y, place.z, grid.strides.x, grid.strides.y, 1)
    let y = component(1, place.y, place.x, place.z, grid.strides.y, grid.strides.x, 1)
    let z = component(2, place.z, place.x, place.y, 1, grid.strides.x, grid.strides.y)
    return SIMD3(x, y, z)
  }

  @inline(__always)
  private func component(
    _ axis: Int, _ along: Double, _ b: Double, _ c: Double, _ stride: Int, _ bStride: Int,
    _ cStride: Int
  ) -> Double {
    let node = (along + 0.5).rounded(.down)
    let (bNode, cNode) = ((b - 0.5).rounded(.down), (c - 0.5).rounded(.down))
    let d = along - node
    let (q, r) = (b - 0.5 - bNode, c - 0.5 - cNode)
    let slot =
      grid.slot(0, 0, 0) + (Int(node) - 1) * stride + Int(bNode) * bStride + Int(cNode) * cStride
    let weights = SIMD3(0.5 * (0.5 - d) * (0.5 - d), 0.75 - d * d, 0.5 * (0.5 + d) * (0.5 + d))
    var sum = 0.0
    for n in 0..<3 {
      let at = slot + n * stride
      let low = (1 - r) * faces[at][axis] + r * faces[at + cStride][axis]
      let high =
        (1 - r) * faces[at + bStride][axis] + r * faces[at + bStride + cStride][axis]
      sum += weights[n] * ((1 - q) * low + q * high)
    }
    return sum
  }

  /// Where a point goes in a time, with this field throughout; held inside walls.
  func moved(_ point: SIMD3<Double>, by time: Double) -> SIMD3<Double> {
    let first = velocity(point)
    let second = velocity(held(point + 0.5 * time * first))
    let third = velocity(held(point + 0.75 * time * second))
    return point + time / 9 * (2 * first + 3 * second + 4 * third)
  }

  /// The nearest point of the box, a millionth of a cell inside.
  func held(_ point: SIMD3<Double>) -> SIMD3<Double> {
    let rim = SIMD3<Double>(repeating: 1e-6 * grid.h)
    let inside = point.clamped(lowerBound: rim, upperBound: grid.extent - rim)
    return room.solids.isEmpty ? inside : room.held(inside, rim: rim.x)
  }
}
