// Rows of joints: constraint, its gradient, and the part of its second derivative without accelerations.
//
// Equation    coincidence   e·(x_A + r_A − x_B − r_B) = 0,  J̇v = e·(ω_A×(ω_A×r_A) − ω_B×(ω_B×r_B))
//             alignment     p·s = 0 with p fixed in A, s fixed in B
//             shift         p·(x_A + r_A − x_B − r_B) = 0 with p fixed in B
//             distance      |d| − L = 0,  J̇v = (|ḋ|² − (n·ḋ)²)/|d| + n·(centripetal terms)
// Frames      world axes; spins of bodies enter through ω×, their rates are the unknowns
// Source      derived here by differentiating each constraint twice
// Checked by  JointRowsTests: differences along a motion; pendulums, four-bar, heavy top

import Foundation

extension Frames {
  func rotation(_ body: Int) -> Rotation { body < 0 ? .identity : rotations[body] }
  func twist(_ body: Int) -> Twist { body < 0 ? .zero : twists[body] }
  func position(_ body: Int) -> Vector3 { body < 0 ? .zero : poses[body].position }
}

/// A joint at a state.
struct JointGeometry {
  let joint: Joint
  let rotationA: Rotation
  let rotationB: Rotation
  let twistA: Twist
  let twistB: Twist
  /// From the centres of mass to the anchors, world axes.
  let armA: Vector3
  let armB: Vector3
  /// Anchor A less anchor B.
  let separation: Vector3

  init(_ joint: Joint, _ frames: Frames) {
    self.joint = joint
    (rotationA, rotationB) = (frames.rotation(joint.a), frames.rotation(joint.b))
    (twistA, twistB) = (frames.twist(joint.a), frames.twist(joint.b))
    (armA, armB) = (rotationA.toWorld(joint.anchorA), rotationB.toWorld(joint.anchorB))
    separation = frames.position(joint.a) + armA - frames.position(joint.b) - armB
  }

  /// Velocity of anchor A less that of anchor B.
  var separationRate: Vector3 { twistA.velocity(at: armA) - twistB.velocity(at: armB) }

  /// Acceleration of the separation when no body accelerates.
  var centripetal: Vector3 {
    twistA.spin.cross(twistA.spin.cross(armA)) - twistB.spin.cross(twistB.spin.cross(armB))
  }

  /// Parts of a row that measures the separation along `e`.
  private func parts(along e: Vector3) -> (RowPart, RowPart) {
    (
      RowPart(linear: e, angular: armA.cross(e)),
      RowPart(linear: -e, angular: -armB.cross(e))
    )
  }

  // MARK: Rows

  func addRows(to rows: inout RowBuffer, owner: RowBuffer.Owner) {
    let (a, b) = (joint.a, joint.b)
    switch joint.kind {
    case .ball:
      rows.begin(.bilateral, a, b, owner)
      coincide(&rows)
    case .hinge, .torqueMotor:
      rows.begin(.bilateral, a, b, owner)
      coincide(&rows)
      rows.begin(.bilateral, a, b, owner)
      alignAxes(&rows)
    case .motor(let rate):
      rows.begin(.bilateral, a, b, owner)
      coincide(&rows)
      rows.begin(.bilateral, a, b, owner)
      alignAxes(&rows)
      // (ω_B − ω_A)·s = rate: a row of velocities only
      let s = rotationA.toWorld(joint.axisA)
      let drift = twistA.spin.cross(s).dot(twistB.spin - twistA.spin)
      rows.begin(.bilateral, a, b, owner)
      rows.row(
        RowPart(linear: .zero, angular: -s), RowPart(linear: .zero, angular: s), rateBias: drift,
        error: .nan)
      rows.addVelocityBias(-rate)
    case .weld:
      rows.begin(.bilateral, a, b, owner)
      coincide(&rows)
      rows.begin(.bilateral, a, b, owner)
      alignTriad(&rows)
    case .slider:
      rows.begin(.bilateral, a, b, owner)
      alignTriad(&rows)
      rows.begin(.bilateral, a, b, owner)
      let (p, q) = JointGeometry.normals(to: joint.axisB)
      for axis in [p, q] { shift(along: rotationB.toWorld(axis), &rows) }
    case .rod(let length):
      rows.begin(.bilateral, a, b, owner)
      distance(length, sign: 1, &rows)
    case .rope(let length):
      rows.begin(.unilateral, a, b, owner)
      distance(length, sign: -1, &rows)
    case .gear(let ratioA, let turnsA, let ratioB, let turnsB):
      rows.begin(.bilateral, a, b, owner)
      let (partA, biasA) = gearPart(
        ratioA, turnsA, joint.axisA, rotationA, twistA, armA)
      let (partB, biasB) = gearPart(
        ratioB, turnsB, joint.axisB, rotationB, twistB, armB)
      rows.row(partA, partB, rateBias: biasA + biasB, error: .nan)
    case .spring, .strap: break
    }
  }

  private func coincide(_ rows: inout RowBuffer) {
    let bias = centripetal
    for e in [Vector3(x: 1, y: 0, z: 0), Vector3(x: 0, y: 1, z: 0), Vector3(x: 0, y: 0, z: 1)] {
      let (partA, partB) = parts(along: e)
      rows.row(partA, partB, rateBias: e.dot(bias), error: e.dot(separation))
    }
  }

  /// p of A stays perpendicular to s of B.
  private func align(_ p: Vector3, _ s: Vector3, _ rows: inout RowBuffer) {
    let (wA, wB) = (twistA.spin, twistB.spin)
    let (rateP, rateS) = (wA.cross(p), wB.cross(s))
    let bias = wA.cross(rateP).dot(s) + 2 * rateP.dot(rateS) + p.dot(wB.cross(rateS))
    let axis = p.cross(s)
    rows.row(
      RowPart(linear: .zero, angular: axis), RowPart(linear: .zero, angular: -axis),
      rateBias: bias, error: p.dot(s))
  }

  private func alignAxes(_ rows: inout RowBuffer) {
    let (p, q) = JointGeometry.normals(to: joint.axisA)
    let s = rotationB.toWorld(joint.axisB)
    align(rotationA.toWorld(p), s, &rows)
    align(rotationA.toWorld(q), s, &rows)
  }

  private func alignTriad(_ rows: inout RowBuffer) {
    // axes of A, and the axes of B that agreed with them at the start
    let turned = joint.relative.conjugate.matrix
    func axisB(_ v: Vector3) -> Vector3 { rotationB.toWorld(turned.toWorld(v)) }
    let (x, y, z) = (
      Vector3(x: 1, y: 0, z: 0), Vector3(x: 0, y: 1, z: 0), Vector3(x: 0, y: 0, z: 1)
    )
    align(rotationA.toWorld(y), axisB(z), &rows)
    align(rotationA.toWorld(z), axisB(x), &rows)
    align(rotationA.toWorld(x), axisB(y), &rows)
  }

  /// Anchor A stays in the plane through anchor B with the normal `p`, fixed in B.
  private func shift(along p: Vector3, _ rows: inout RowBuffer) {
    let (wA, wB) = (twistA.spin, twistB.spin)
    let rate = wB.cross(p)
    let bias =
      p.dot(wA.cross(wA.cross(armA)) - wB.cross(wB.cross(armB)))
      + 2 * rate.dot(separationRate) + wB.cross(rate).dot(separation)
    rows.row(
      RowPart(linear: p, angular: armA.cross(p)),
      RowPart(linear: -p, angular: p.cross(separation) - armB.cross(p)),
      rateBias: bias, error: p.dot(separation))
  }

  private func distance(_ length: Double, sign: Double, _ rows: inout RowBuffer) {
    let d = separation.length
    // anchors on top of each other have no direction: a rod of length 0 is a ball joint
    let n = d > 0 ? (1 / d) * separation : Vector3(x: 0, y: 0, z: 1)
    let rate = separationRate
    let along = n.dot(rate)
    let bias = (d > 0 ? (rate.dot(rate) - along * along) / d : 0) + n.dot(centripetal)
    let (partA, partB) = parts(along: sign * n)
    rows.row(partA, partB, rateBias: sign * bias, error: sign * (d - length))
  }

  private func gearPart(
    _ ratio: Double, _ turns: Bool, _ axis: Vector3, _ rotation: Rotation, _ twist: Twist,
    _ arm: Vector3
  ) -> (RowPart, Double) {
    let s = rotation.toWorld(axis)
    if turns { return (RowPart(linear: .zero, angular: ratio * s), 0) }
    let w = twist.spin
    let bias = w.cross(s).dot(twist.velocity(at: arm)) + s.dot(w.cross(w.cross(arm)))
    return (RowPart(linear: ratio * s, angular: ratio * arm.cross(s)), ratio * bias)
  }

  /// Two unit vectors perpendicular to a unit vector and to each other.
  static func normals(to axis: Vector3) -> (Vector3, Vector3) {
    let other =
      abs(axis.x) < 0.6 ? Vector3(x: 1, y: 0, z: 0) : Vector3(x: 0, y: 1, z: 0)
    let p = axis.cross(other)
    let first = (1 / p.length) * p
    return (first, axis.cross(first))
  }

  // MARK: Springs

  /// Tension of a spring or strap (positive pulls the anchors together), and its parts.
  func tension() -> (force: Double, length: Double, rate: Double, direction: Vector3) {
    let d = separation.length
    let n = d > 0 ? (1 / d) * separation : Vector3(x: 0, y: 0, z: 1)
    let rate = n.dot(separationRate)
    switch joint.kind {
    case .spring(let k, let c, let length): return (k * (d - length) + c * rate, d, rate, n)
    case .strap(let k, let c, let length):
      return (k * (d - length) + c * rate, d, rate, n)
    default: return (0, d, rate, n)
    }
  }
}
