// A closed contact at a state: frame, arms, relative velocity, and the rows it adds.
//
// Equation    u = v_A + ω_A×(p − x_A) − v_B − ω_B×(p − x_B), with p the geometric point of contact;
//             du_N/dt = n·a_rel + ṅ·u + n·(ω_A×(ṗ − v_A) − ω_B×(ṗ − v_B))
//             sliding: force per unit normal reaction n − μ(|u_T|)·d, d = u_T/|u_T|
//             μ(u) = μ_k + (μ_s − μ_k)·exp(−(u/u_s)²) + c·u (Armstrong-Hélouvry et al. 1994)
// Source      methods of nonsmooth mechanics: Pfeiffer & Glocker 1996; Stribeck law: Armstrong-
//             Hélouvry, Dupont & Canudas de Wit 1994, Automatica 30, 1083
// Validity    one point, or one corner of a patch
// Checked by  EngineRollingTests, EngineFrictionTests: rolling, sliding and spinning bodies against closed forms

import Foundation

struct ContactGeometry {
  let point: ContactPoint
  let a: Int
  let b: Int
  let armA: Vector3
  let armB: Vector3
  /// Velocity of A's material less B's at the point.
  let velocity: Vector3
  let tangent1: Vector3
  let tangent2: Vector3
  /// ω_A×(ṗ − v_A) − ω_B×(ṗ − v_B).
  let carried: Vector3
  /// Twists and positions of both bodies.
  let twists: (a: Twist, b: Twist)
  let positions: (a: Vector3, b: Vector3)

  init(_ point: ContactPoint, a: Int, b: Int, _ frames: Frames) {
    (self.point, self.a, self.b) = (point, a, b)
    let (twistA, twistB) = (frames.twist(a), frames.twist(b))
    twists = (twistA, twistB)
    positions = (frames.position(a), frames.position(b))
    armA = point.point - frames.position(a)
    armB = point.point - frames.position(b)
    velocity = twistA.velocity(at: armA) - twistB.velocity(at: armB)
    (tangent1, tangent2) = JointGeometry.normals(to: point.normal)
    carried =
      twistA.spin.cross(point.pointRate - twistA.velocity)
      - twistB.spin.cross(point.pointRate - twistB.velocity)
  }

  var normal: Vector3 { point.normal }
  var relativeSpin: Vector3 { twists.a.spin - twists.b.spin }
  /// Part of the relative spin along the surface.
  var rolling: Vector3 { relativeSpin - relativeSpin.dot(normal) * normal }
  var approach: Double { normal.dot(velocity) }
  /// Sliding velocity in world axes.
  var sliding: Vector3 { velocity - approach * normal }

  /// Speed of the point of contact over the material of A and of B, in m/s.
  var runSpeeds: (a: Double, b: Double) {
    (
      (point.pointRate - twists.a.velocity(at: armA)).length,
      (point.pointRate - twists.b.velocity(at: armB)).length
    )
  }

  /// J̇v of the normal row.
  var normalBias: Double { point.normalRate.dot(velocity) + normal.dot(carried) }

  func parts(_ e: Vector3) -> (RowPart, RowPart) {
    (RowPart(linear: e, angular: armA.cross(e)), RowPart(linear: -e, angular: -armB.cross(e)))
  }

  /// Parts of a wrench: force at the point and a torque on A, the opposite on B.
  func parts(force: Vector3, torque: Vector3) -> (RowPart, RowPart) {
    (
      RowPart(linear: force, angular: armA.cross(force) + torque),
      RowPart(linear: -force, angular: -armB.cross(force) - torque)
    )
  }

  /// Normal row alone, with the friction of sliding as an extra force and torque per unit reaction.
  func addNormal(
    to rows: inout RowBuffer, owner: RowBuffer.Owner, force: Vector3 = .zero,
    torque: Vector3 = .zero
  ) {
    rows.begin(.unilateral, a, b, owner)
    let (partA, partB) = parts(normal)
    if force == .zero, torque == .zero {
      rows.row(partA, partB, rateBias: normalBias, error: point.gap)
    } else {
      let (extraA, extraB) = parts(force: force, torque: torque)
      rows.row(
        partA, partB, rateBias: normalBias, error: point.gap, extraA: extraA, extraB: extraB,
        torqueExtra: torque == .zero ? nil : torque)
    }
  }

  /// Normal and tangents under a cone.
  func addCone(to rows: inout RowBuffer, owner: RowBuffer.Owner, friction: Double) {
    rows.begin(.cone(friction: friction), a, b, owner)
    let (partA, partB) = parts(normal)
    rows.row(partA, partB, rateBias: normalBias, error: point.gap)
    for t in [tangent1, tangent2] {
      let (tangentA, tangentB) = parts(t)
      rows.row(tangentA, tangentB, rateBias: t.dot(carried), error: .nan)
    }
  }
}

extension ContactLaw {
  /// Coefficient of sliding friction; `speed` may be slightly negative in a trial beyond a stop.
  func slidingFriction(at speed: Double) -> Double {
    var value = kineticFriction + viscousFriction * speed
    if stribeckSpeed > 0 {
      let x = speed / stribeckSpeed
      value += (staticFriction - kineticFriction) * exp(-x * x)
    }
    return value
  }

  /// Coefficient just after sticking ends.
  var onsetFriction: Double { stribeckSpeed > 0 ? staticFriction : kineticFriction }

  var isFrictionless: Bool {
    staticFriction == 0 && kineticFriction == 0 && viscousFriction == 0
  }
}
