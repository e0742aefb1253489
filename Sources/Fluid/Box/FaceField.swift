// One velocity component on the faces of a plane staggered grid, with a layer of ghosts.

/// Values on the faces across one axis. Position (along, across) counts faces along that axis from 0
/// and cells across it from 0; one ghost lies outside on every side.
struct FaceField: Sendable {
  /// Cells along the axis that the faces cut, and across it.
  let along: BoxSide
  let across: BoxSide
  /// Distance in memory of neighbours along and across. x runs fastest for both components.
  let stepAlong: Int
  let stepAcross: Int
  var values: [Double]

  /// Faces across the x axis (u) or across the y axis (v).
  init(along: BoxSide, across: BoxSide, isFastAlong: Bool) {
    (self.along, self.across) = (along, across)
    stepAlong = isFastAlong ? 1 : across.cells + 2
    stepAcross = isFastAlong ? along.cells + 3 : 1
    values = [Double](repeating: 0, count: (along.cells + 3) * (across.cells + 2))
  }

  func index(_ face: Int, _ cell: Int) -> Int { (face + 1) * stepAlong + (cell + 1) * stepAcross }

  /// Offset and lengths of the unknowns in memory order: (fast count, slow count, row step).
  var block: (start: Int, fast: Int, slow: Int, row: Int) {
    let (first, count) = along.faces
    let start = index(first, 0)
    return stepAlong == 1
      ? (start, count, across.cells, stepAcross) : (start, across.cells, count, stepAlong)
  }

  /// Sets wall faces to zero and ghosts to what the closings say: no-slip walls mirror the velocity
  /// about their own, half a cell away.
  mutating func fillGhosts() {
    let (n, m) = (along.cells, across.cells)
    for cell in 0..<m {
      if along.walls == nil {
        values[index(-1, cell)] = values[index(n - 1, cell)]
        values[index(n, cell)] = values[index(0, cell)]
        values[index(n + 1, cell)] = values[index(1, cell)]
      } else {
        values[index(0, cell)] = 0
        values[index(n, cell)] = 0
      }
    }
    for face in -1...(n + 1) {
      if let walls = across.walls {
        values[index(face, -1)] = 2 * walls.low - values[index(face, 0)]
        values[index(face, m)] = 2 * walls.high - values[index(face, m - 1)]
      } else {
        values[index(face, -1)] = values[index(face, m - 1)]
        values[index(face, m)] = values[index(face, 0)]
      }
    }
  }

  /// Largest size of an unknown; infinite if one is not a number.
  var largest: Double {
    let (start, fast, slow, row) = block
    var result = 0.0
    for j in 0..<slow {
      for i in 0..<fast {
        let size = abs(values[start + j * row + i])
        result = size.isNaN ? .infinity : max(result, size)
      }
    }
    return result
  }

  /// Adds packed unknowns.
  mutating func add(_ unknowns: [Double]) {
    let (start, fast, slow, row) = block
    for j in 0..<slow {
      for i in 0..<fast { values[start + j * row + i] += unknowns[j * fast + i] }
    }
  }

  /// Convection (u·∇) of this component and ν times its Laplacian, at the packed unknowns.
  /// `other` is the component across; both with ghosts filled.
  func momentum(
    _ other: FaceField, viscosity: Double, convection: inout [Double], friction: inout [Double]
  ) {
    let (start, fast, slow, row) = block
    let (a, b) = (stepAlong, stepAcross)
    // the other component before this face on the low side; then its steps in our directions
    let corner = other.index(0, along.faces.first - 1)
    let (otherAlong, otherAcross) = (other.stepAcross, other.stepAlong)
    let otherRow = a == 1 ? otherAcross : otherAlong
    let (perAlong, perAcross) = (1 / along.spacing, 1 / across.spacing)
    let (curveAlong, curveAcross) = (
      viscosity * perAlong * perAlong, viscosity * perAcross * perAcross
    )
    values.withUnsafeBufferPointer { u in
      other.values.withUnsafeBufferPointer { w in
        convection.withUnsafeMutableBufferPointer { inertia in
          friction.withUnsafeMutableBufferPointer { stress in
            for j in 0..<slow {
              for i in 0..<fast {
                let c = start + j * row + i
                let k = corner + j * otherRow + i
                let (own, before, behind) = (u[c], u[c - a], u[c + a])
                let (low, high) = (u[c - b], u[c + b])

                // momentum through the four sides of the cell round the face
                let ahead = (own + behind) * (own + behind)
                let back = (own + before) * (own + before)
                let top = (own + high) * (w[k + otherAcross] + w[k + otherAcross + otherAlong])
                let bottom = (own + low) * (w[k] + w[k + otherAlong])
                inertia[j * fast + i] =
                  0.25 * ((ahead - back) * perAlong + (top - bottom) * perAcross)
                stress[j * fast + i] =
                  curveAlong * (before - 2 * own + behind) + curveAcross * (low - 2 * own + high)
              }
            }
          }
        }
      }
    }
  }
}
