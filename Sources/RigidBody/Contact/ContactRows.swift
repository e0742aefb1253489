// A contact problem packed for the solver: one vector of 8 lanes (6 used) a row and body.
//
// Equation        rows J and F; effects M⁻¹·Fᵀ;  w_i = tr(J_i·M⁻¹·J_iᵀ)/k of each group of k rows
// Discretisation  none. A body index of −1 becomes an extra body that never moves, so that no loop
//                 asks; its rows are zero, because its motion is in the bias
// Source          rigid.md 3.3
// Deviation       w of a row whose force differs from its measure uses the measure alone: it stays
//                 positive
// Validity        masses positive and finite
// Checked by      ContactSolverTests

/// Rows, effects and masses, and whether they are those of the call before.
struct ContactRows: Sendable {
  /// Rows that share a law.
  struct Group: Sendable {
    enum Kind: UInt8, Sendable { case bilateral, unilateral, cone }
    var kind = Kind.bilateral
    /// Coefficient of friction (cones).
    var friction = 0.0
    var bodyA = 0
    var bodyB = 0
    var first = 0
    var count = 0
    /// w, motion per reaction; 0 if the group moves nothing.
    var weight = 0.0
    /// Index of the off-diagonal block; −1 if only one body moves.
    var pair = -1
    /// The block's rows belong to body A (otherwise to B).
    var isRowA = true
  }

  var bodyCount = 0
  var groups: [Group] = []
  /// J: two vectors a row, body A and body B.
  var measure: [SIMD8<Double>] = []
  /// F, same layout; empty if it is J.
  var push: [SIMD8<Double>] = []
  /// M⁻¹·Fᵀ, same layout.
  var effect: [SIMD8<Double>] = []
  /// Last entry: the body that never moves. Lanes 6 and 7 are 0.
  var mass: [SIMD8<Double>] = []
  var inverseMass: [SIMD8<Double>] = []
  var bias: [Double] = []
  /// Bodies or pairs of groups differ from those of the call before.
  var patternChanged = true
  /// Some coefficient or mass differs from those of the call before.
  var geometryChanged = true

  /// Largest mass over smallest mass.
  var massRatio = 1.0
  /// In kg.
  var heaviest = 0.0

  var rowCount: Int { bias.count }
  /// Every force acts along what its row measures.
  var isSymmetric: Bool { push.isEmpty }

  private static func pack(_ values: [Double], at start: Int, if moves: Bool) -> SIMD8<Double> {
    guard moves else { return .zero }
    return SIMD8(
      values[start], values[start + 1], values[start + 2], values[start + 3], values[start + 4],
      values[start + 5], 0, 0)
  }

  /// Takes a problem over, and notes what changed.
  mutating func load(_ problem: ContactProblem) {
    let bodies = problem.bodyCount
    let rows = problem.rowCount
    patternChanged = bodies != bodyCount || groups.count != problem.groups.count
    geometryChanged = patternChanged || rows != rowCount
    bodyCount = bodies
    loadMasses(problem)

    if bias.count != rows {
      bias = [Double](repeating: 0, count: rows)
      measure = [SIMD8<Double>](repeating: .zero, count: 2 * rows)
      effect = measure
    }
    for row in 0..<rows { bias[row] = problem.bias[row] }
    if groups.count != problem.groups.count {
      groups = [Group](repeating: Group(), count: problem.groups.count)
    }
    let hasForce = !problem.force.isEmpty && problem.force != problem.jacobian
    if !hasForce {
      if !push.isEmpty { push.removeAll(keepingCapacity: true) }
    } else if push.count != 2 * rows {
      push = [SIMD8<Double>](repeating: .zero, count: 2 * rows)
      geometryChanged = true
    }

    for index in 0..<groups.count {
      let given = problem.groups[index]
      var group = groups[index]
      let bodyA = given.bodyA < 0 ? bodies : given.bodyA
      let bodyB = given.bodyB < 0 ? bodies : given.bodyB
      if group.bodyA != bodyA || group.bodyB != bodyB || group.first != given.first
        || group.count != given.count
      {
        patternChanged = true
        geometryChanged = true
      }
      switch given.law {
      case .bilateral: (group.kind, group.friction) = (.bilateral, 0)
      case .unilateral: (group.kind, group.friction) = (.unilateral, 0)
      case .cone(let friction): (group.kind, group.friction) = (.cone, friction)
      }
      (group.bodyA, group.bodyB) = (bodyA, bodyB)
      (group.first, group.count) = (given.first, given.count)

      var trace = 0.0
      for row in given.first..<(given.first + given.count) {
        for (side, body) in [(0, bodyA), (1, bodyB)] {
          let moves = body < bodies
          let start = 12 * row + 6 * side
          let coefficients = Self.pack(problem.jacobian, at: start, if: moves)
          let slot = 2 * row + side
          if measure[slot] != coefficients {
            measure[slot] = coefficients
            geometryChanged = true
          }
          let scaled = coefficients * inverseMass[body]
          trace += (coefficients * scaled).sum()
          if hasForce {
            let force = Self.pack(problem.force, at: start, if: moves)
            if push[slot] != force {
              push[slot] = force
              geometryChanged = true
            }
            effect[slot] = force * inverseMass[body]
          } else {
            effect[slot] = scaled
          }
        }
      }
      group.weight = given.count > 0 ? trace / Double(given.count) : 0
      groups[index] = group
    }
  }

  private mutating func loadMasses(_ problem: ContactProblem) {
    if mass.count != bodyCount + 1 {
      mass = [SIMD8<Double>](repeating: .zero, count: bodyCount + 1)
      inverseMass = mass
      geometryChanged = true
    }
    var (low, high) = (Double.infinity, 0.0)
    for body in 0..<bodyCount {
      let values = Self.pack(problem.mass, at: 6 * body, if: true)
      (low, high) = (min(low, values[0]), max(high, values[0]))
      guard mass[body] != values else { continue }
      geometryChanged = true
      mass[body] = values
      var inverse = SIMD8<Double>.zero
      for lane in 0..<6 { inverse[lane] = 1 / values[lane] }
      inverseMass[body] = inverse
    }
    massRatio = bodyCount > 0 ? high / low : 1
    heaviest = high
    mass[bodyCount] = .zero
    inverseMass[bodyCount] = .zero
  }
}
