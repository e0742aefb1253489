// Two shapes in random motion, for tests of manifolds.

import Foundation
import RigidBody

/// SplitMix64 (Steele, Lea & Flood 2014, OOPSLA 14, 453): the same scenes everywhere.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func number(_ range: ClosedRange<Double> = -1...1) -> Double {
    Double.random(in: range, using: &self)
  }
  mutating func vector() -> Vector3 { Vector3(x: number(), y: number(), z: number()) }
  mutating func direction() -> Vector3 {
    while true {
      let v = vector()
      if v.length > 0.1, v.length < 1 { return (1 / v.length) * v }
    }
  }
  mutating func orientation() -> Quaternion {
    while true {
      let q = Quaternion(w: number(), x: number(), y: number(), z: number())
      if q.norm > 0.1, q.norm < 1 { return q.normalized }
    }
  }
  mutating func twist() -> Twist { Twist(velocity: vector(), spin: vector()) }
}

extension Pose {
  /// The pose after a time of steady motion.
  func moved(_ twist: Twist, by time: Double) -> Pose {
    Pose(
      position: position + time * twist.velocity,
      orientation: (Quaternion(rotationVector: time * twist.spin) * orientation).normalized)
  }

  /// The pose of a rotated scene.
  func rotated(_ q: Quaternion) -> Pose {
    Pose(position: q.rotate(position), orientation: (q * orientation).normalized)
  }
}

extension Twist {
  func rotated(_ q: Quaternion) -> Twist {
    Twist(velocity: q.rotate(velocity), spin: q.rotate(spin))
  }
}

/// A pair of moving shapes.
struct ContactScene {
  var shapeA: Shape
  var poseA: Pose
  var twistA = Twist.zero
  var shapeB: Shape
  var poseB: Pose
  var twistB = Twist.zero
  var margin = 0.05

  func manifold(after time: Double = 0, margin wider: Double? = nil) -> Manifold {
    contactManifold(
      shapeA, poseA.moved(twistA, by: time), twistA, shapeB, poseB.moved(twistB, by: time),
      twistB, within: wider ?? margin)
  }

  /// With A and B exchanged.
  var swapped: ContactScene {
    ContactScene(
      shapeA: shapeB, poseA: poseB, twistA: twistB, shapeB: shapeA, poseB: poseA,
      twistB: twistA, margin: margin)
  }

  /// Shifts A along `direction`, which leads out of B, until the smallest gap is `gap`.
  mutating func bring(along direction: Vector3, to gap: Double) {
    for _ in 0..<60 {
      let smallest = manifold(margin: 100).points.map(\.gap).min() ?? -0.1
      if abs(smallest - gap) < 1e-13 { return }
      poseA.position = poseA.position + (gap - smallest) * direction
    }
  }

  /// Worst errors of the identities: rate of gap, of normal, of point, relative to 1 + rates.
  func rateErrors(step: Double = 1e-5) -> (worst: Double, compared: Int, report: String) {
    let now = manifold()
    let (before, after) = (
      manifold(after: -step, margin: 2 * margin), manifold(after: step, margin: 2 * margin)
    )
    var worst = 0.0
    var compared = 0
    var report = ""
    for point in now.points {
      guard let old = before.points.first(where: { $0.feature == point.feature }),
        let new = after.points.first(where: { $0.feature == point.feature })
      else { continue }
      compared += 1
      let gapRate = (new.gap - old.gap) / (2 * step)
      let material =
        twistA.velocity(at: point.point - poseA.position)
        - twistB.velocity(at: point.point - poseB.position)
      let normalRate = (1 / (2 * step)) * (new.normal - old.normal)
      let pointRate = (1 / (2 * step)) * (new.point - old.point)
      let errors = [
        abs(gapRate - point.normal.dot(material)),
        (normalRate - point.normalRate).length / (1 + normalRate.length),
        (pointRate - point.pointRate).length / (1 + pointRate.length),
        abs(point.normal.length - 1),
      ]
      let largest = errors.max() ?? 0
      if !(largest <= worst) {
        worst = largest
        report = "feature \(point.feature): gap, normal, point, unit: \(errors)"
      }
    }
    return (worst, compared, report)
  }
}
