// What the joints of a scene forbid at its start: rows over the velocities of the bodies.
//
// Equation        each row w·u = b: w weights of velocity and spin (world axes), b what a motor asks
// Discretisation  rank by modified Gram–Schmidt with pivots on rows of length 1, to 1e-9
// Source          definitions of the joints in `RigidBody.Joint`
// Validity        joints that hold all the time; ropes and springs forbid nothing
// Checked by      WorkbenchCheckTests

import RigidBody

struct WorkbenchRows {
  struct Row {
    var joint: Int
    /// Six numbers for each body.
    var weights: [Double]
    var target: Double
  }

  private(set) var rows: [Row] = []
  private let world: WorkbenchWorld
  /// Turns are counted in this length, in m.
  private let length: Double

  init(_ world: WorkbenchWorld, length: Double) {
    (self.world, self.length) = (world, length)
    for index in world.setup.joints.indices { add(index) }
  }

  private static let unitVectors = [
    Vector3(x: 1, y: 0, z: 0), Vector3(x: 0, y: 1, z: 0), Vector3(x: 0, y: 0, z: 1),
  ]

  /// Two unit vectors that span the plane across a unit vector.
  private func across(_ axis: Vector3) -> [Vector3] {
    let helper = abs(axis.x) < 0.6 ? Vector3(x: 1, y: 0, z: 0) : Vector3(x: 0, y: 1, z: 0)
    let first = axis.cross(helper)
    let unit = (1 / first.length) * first
    return [unit, axis.cross(unit)]
  }

  private mutating func add(_ index: Int) {
    let joint = world.setup.joints[index]
    func pose(_ body: Int) -> Pose {
      body < 0 ? Pose(position: .zero) : world.start.poses[body]
    }
    let (poseA, poseB) = (pose(joint.a), pose(joint.b))
    let (armA, armB) = (
      poseA.orientation.rotate(joint.anchorA), poseB.orientation.rotate(joint.anchorB)
    )
    let axis = poseA.orientation.rotate(joint.axisA)
    let axisB = poseB.orientation.rotate(joint.axisB)
    func shift(_ directions: [Vector3]) {
      for e in directions {
        add(index, joint, (-e, e.cross(armA)), (e, armB.cross(e)))
      }
    }
    func turn(_ directions: [Vector3], _ target: Double = 0) {
      for e in directions { add(index, joint, (.zero, -e), (.zero, e), target) }
    }
    let all = WorkbenchRows.unitVectors
    switch joint.kind {
    case .ball: shift(all)
    case .hinge, .torqueMotor:
      shift(all)
      turn(across(axis))
    case .motor(let rate):
      shift(all)
      turn(across(axis))
      turn([axis], rate)
    case .slider:
      shift(across(axis))
      turn(all)
    case .weld:
      shift(all)
      turn(all)
    case .rod:
      let line = poseB.position + armB - poseA.position - armA
      if line.length > 0 { shift([(1 / line.length) * line]) }
    case .gear(let ratioA, let turnsA, let ratioB, let turnsB):
      func part(_ ratio: Double, _ turns: Bool, _ axis: Vector3, _ arm: Vector3) -> (
        Vector3, Vector3
      ) {
        turns ? (.zero, ratio * axis) : (ratio * axis, arm.cross(ratio * axis))
      }
      add(index, joint, part(ratioA, turnsA, axis, armA), part(ratioB, turnsB, axisB, armB))
    case .spring, .strap, .rope: break
    }
  }

  private mutating func add(
    _ index: Int, _ joint: Joint, _ a: (Vector3, Vector3), _ b: (Vector3, Vector3),
    _ target: Double = 0
  ) {
    var weights = Array(repeating: 0.0, count: 6 * world.setup.bodies.count)
    for (body, part) in [(joint.a, a), (joint.b, b)] where body >= 0 {
      for (offset, value) in [
        part.0.x, part.0.y, part.0.z, part.1.x, part.1.y, part.1.z,
      ].enumerated() { weights[6 * body + offset] += value }
    }
    rows.append(Row(joint: index, weights: weights, target: target))
  }

  /// Largest mismatch of the velocities at the start, in m/s, with its joint.
  var mismatch: (joint: Int, size: Double)? {
    rows.map { row in
      var sum = -row.target
      for (body, twist) in world.start.twists.enumerated() {
        let numbers = [
          twist.velocity.x, twist.velocity.y, twist.velocity.z, twist.spin.x, twist.spin.y,
          twist.spin.z,
        ]
        for (offset, value) in numbers.enumerated() {
          sum += row.weights[6 * body + offset] * value
        }
      }
      let isTurn = (0..<world.start.twists.count).allSatisfy { body in
        row.weights[(6 * body)..<(6 * body + 3)].allSatisfy { $0 == 0 }
      }
      return (row.joint, abs(sum) * (isTurn ? length : 1))
    }.max { $0.1 < $1.1 }
  }

  /// How many rows follow from the others: what they forbid is forbidden twice.
  var surplus: Int {
    // only bodies that can move count
    let free = world.setup.bodies.indices.filter { !world.setup.bodies[$0].isPrescribed }
    var left = rows.map { row in
      free.flatMap { body -> [Double] in
        (0..<6).map { row.weights[6 * body + $0] / ($0 < 3 ? 1 : length) }
      }
    }.compactMap { row -> [Double]? in
      let size = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return size > 0 ? row.map { $0 / size } : nil
    }
    let silent = rows.count - left.count
    var rank = 0
    while let pivot = left.indices.max(by: { norm(left[$0]) < norm(left[$1]) }) {
      let size = norm(left[pivot]).squareRoot()
      guard size > 1e-9 else { break }
      let unit = left.remove(at: pivot).map { $0 / size }
      rank += 1
      for index in left.indices {
        var product = 0.0
        for k in unit.indices { product += unit[k] * left[index][k] }
        guard product != 0 else { continue }
        for k in unit.indices { left[index][k] -= product * unit[k] }
      }
    }
    return rows.count - rank - silent
  }

  private func norm(_ row: [Double]) -> Double { row.reduce(0) { $0 + $1 * $1 } }
}
