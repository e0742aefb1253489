// Between particles and grid: momentum, velocities, fractions, density.
//
// Equation        see VolumeParticles; fraction of a half cell from its share Σ V·hat/(h/2)³: VolumeWeights+Settle
// Checked by      VolumeParticlesTests

/// Quadratic B-splines about the nodes and about the middles of one axis.
private struct SplineStencil {
  /// First of three nodes, and their weights and distances (in cells).
  let node: Int
  let nodeWeights: SIMD3<Double>
  let nodeWay: Double
  let middle: Int
  let middleWeights: SIMD3<Double>
  let middleWay: Double

  @inline(__always)
  init(_ place: Double) {
    let nearest = (place + 0.5).rounded(.down)
    node = Int(nearest) - 1
    nodeWay = nearest - 1 - place
    nodeWeights = SplineStencil.weights(place - nearest)
    let cell = place.rounded(.down)
    middle = Int(cell) - 1
    middleWay = cell - 0.5 - place
    middleWeights = SplineStencil.weights(place - cell - 0.5)
  }

  @inline(__always)
  private static func weights(_ d: Double) -> SIMD3<Double> {
    SIMD3(0.5 * (0.5 - d) * (0.5 - d), 0.75 - d * d, 0.5 * (0.5 + d) * (0.5 + d))
  }
}

extension VolumeParticles {
  /// Visits the 27 faces of each component around a point: axis, slot, weight, way there (m).
  @inline(__always)
  private static func visit(
    _ grid: VolumeGrid, _ point: SIMD3<Double>,
    _ use: (Int, Int, Double, SIMD3<Double>) -> Void
  ) {
    let place = point / grid.h
    let stencils = (SplineStencil(place.x), SplineStencil(place.y), SplineStencil(place.z))
    for axis in 0..<3 {
      let (x, y, z) = (axis == 0, axis == 1, axis == 2)
      let wx = x ? stencils.0.nodeWeights : stencils.0.middleWeights
      let wy = y ? stencils.1.nodeWeights : stencils.1.middleWeights
      let wz = z ? stencils.2.nodeWeights : stencils.2.middleWeights
      let i = x ? stencils.0.node : stencils.0.middle
      let j = y ? stencils.1.node : stencils.1.middle
      let k = z ? stencils.2.node : stencils.2.middle
      let way = SIMD3(
        x ? stencils.0.nodeWay : stencils.0.middleWay,
        y ? stencils.1.nodeWay : stencils.1.middleWay,
        z ? stencils.2.nodeWay : stencils.2.middleWay)
      let first = grid.slot(i, j, k)
      for p in 0..<3 {
        for q in 0..<3 {
          let weight = wx[p] * wy[q]
          let row = first + p * grid.strides.x + q * grid.strides.y
          for r in 0..<3 {
            let d = way + SIMD3(Double(p), Double(q), Double(r))
            use(axis, row + r, weight * wz[r], grid.h * d)
          }
        }
      }
    }
  }

  /// Velocities of faces from the particles at `points`, continued beyond by two layers.
  func gridVelocity(
    _ grid: VolumeGrid, room: VolumeRoom = VolumeRoom(), at points: [SIMD3<Double>]
  ) -> [SIMD4<Double>] {
    var field = VolumeField(grid: grid, room: room)
    var mass = field.faces
    var momentum = field.faces
    for index in points.indices {
      let (volume, velocity) = (volumes[index], velocities[index])
      let gradients = (xGradients[index], yGradients[index], zGradients[index])
      VolumeParticles.visit(grid, points[index]) { axis, slot, weight, way in
        let gradient = axis == 0 ? gradients.0 : axis == 1 ? gradients.1 : gradients.2
        let share = weight * volume
        mass[slot][axis] += share
        momentum[slot][axis] += share * (velocity[axis] + (gradient * way).sum())
      }
    }
    wrap(grid, &mass)
    wrap(grid, &momentum)
    // a quotient of sums is good however little there is
    let least = 1e-30 * grid.h * grid.h * grid.h
    for slot in mass.indices {
      for axis in 0..<3 where mass[slot][axis] > least {
        field.faces[slot][axis] = momentum[slot][axis] / mass[slot][axis]
        field.known[slot][axis] = 1
      }
    }
    field.holdWalls()
    field.extend(layers: 2)
    return field.faces
  }

  /// What went beyond periodic ends comes in at the other side.
  private func wrap(_ grid: VolumeGrid, _ sums: inout [SIMD4<Double>]) {
    for axis in 0..<3 where grid.isPeriodic(axis) {
      let (b, c) = ((axis + 1) % 3, (axis + 2) % 3)
      let far = grid.cells[axis] * grid.strides[axis]
      for p in -1...(grid.cells[b] + 1) {
        for q in -1...(grid.cells[c] + 1) {
          var cell = SIMD3<Int>.zero
          (cell[b], cell[c]) = (p, q)
          let first = grid.slot(cell.x, cell.y, cell.z)
          let stride = grid.strides[axis]
          sums[first + far - stride] += sums[first - stride]
          sums[first] += sums[first + far]
          sums[first + stride] += sums[first + far + stride]
        }
      }
    }
  }

  /// Velocities and gradients of the particles from the grid's, at `points`.
  mutating func take(_ field: VolumeField, at points: [SIMD3<Double>]) {
    let grid = field.grid
    let scale = 4 / (grid.h * grid.h)
    for index in points.indices {
      var velocity = SIMD3<Double>.zero
      var gradients = (SIMD3<Double>.zero, SIMD3<Double>.zero, SIMD3<Double>.zero)
      VolumeParticles.visit(grid, points[index]) { axis, slot, weight, way in
        let share = weight * field.faces[slot][axis]
        velocity[axis] += share
        switch axis {
        case 0: gradients.0 += share * way
        case 1: gradients.1 += share * way
        default: gradients.2 += share * way
        }
      }
      velocities[index] = velocity
      xGradients[index] = scale * gradients.0
      yGradients[index] = scale * gradients.1
      zGradients[index] = scale * gradients.2
    }
  }

  /// Moves all particles with a field.
  mutating func transport(_ field: VolumeField, _ time: Double) {
    for index in positions.indices { positions[index] = field.moved(positions[index], by: time) }
    guard !field.room.solids.isEmpty else { return }
    for index in positions.indices {
      positions[index] = field.room.held(positions[index], rim: 1e-6 * field.grid.h)
    }
  }

  /// Liquid fractions of half cells, with what an emitter will have let in after a time.
  func fill(
    _ weights: inout VolumeWeights, at points: [SIMD3<Double>], emitter: VolumeEmitter? = nil,
    after time: Double = 0
  ) {
    let grid = weights.grid
    let size = 0.5 * grid.h
    let scale = 1 / (size * size * size)
    let last = SIMD3(2 * grid.cells.x - 1, 2 * grid.cells.y - 1, 2 * grid.cells.z - 1)
    func bound(_ a: Int, _ axis: Int) -> Int {
      if a >= 0, a <= last[axis] { return a }
      if grid.isPeriodic(axis) { return (a + last[axis] + 1) % (last[axis] + 1) }
      // a wall gives back what would lie behind it
      return min(max(a, 0), last[axis])
    }
    for index in weights.halves.indices { weights.halves[index] = 0 }
    let room = weights.room.halves
    for index in points.indices {
      let place = points[index] / size - SIMD3(repeating: 0.5)
      let corner = place.rounded(.down)
      let d = place - corner
      let (a, b, c) = (Int(corner.x), Int(corner.y), Int(corner.z))
      var share = scale * volumes[index]
      if !room.isEmpty {
        // what would lie in a solid lies beside it
        var open = 0.0
        for p in 0...1 {
          for q in 0...1 {
            for r in 0...1 {
              let place = weights.place(bound(a + p, 0), bound(b + q, 1), bound(c + r, 2))
              open +=
                room[place] * (p == 0 ? 1 - d.x : d.x) * (q == 0 ? 1 - d.y : d.y)
                * (r == 0 ? 1 - d.z : d.z)
            }
          }
        }
        share /= max(open, 1e-3)
      }
      for p in 0...1 {
        let wx = share * (p == 0 ? 1 - d.x : d.x)
        let x = bound(a + p, 0)
        for q in 0...1 {
          let wy = wx * (q == 0 ? 1 - d.y : d.y)
          let y = bound(b + q, 1)
          for r in 0...1 {
            let place = weights.place(x, y, bound(c + r, 2))
            let open = room.isEmpty ? 1 : room[place]
            weights.halves[place] += open * wy * (r == 0 ? 1 - d.z : d.z)
          }
        }
      }
    }
    let entering = emitter?.fill(&weights, after: time) ?? 0
    weights.settle(volume: entering + scale * points.indices.reduce(0) { $0 + volumes[$1] })
  }
}
