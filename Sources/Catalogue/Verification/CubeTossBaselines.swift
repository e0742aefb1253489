// Predictors without mechanics, and tosses that are the same toss.
//
// Model       "stays": the recorded rows up to the first contact, then that pose for ever.
//             "nearest": the rows of that other toss whose start is nearest, shifted along the board,
//             turned about the vertical (horizontal velocities aligned) and with the faces renamed
//             (24 turns of the cube); its last row stays
// Distance    (Δz/a)² + |Δv|²/(g·a) + angle² + |Δω|²·a/g at the first row
// Validity    a level board without preferred direction and a symmetric cube
// Checked by  CubeTossScoreTests: a turned copy is found, taken for a copy, and predicts exactly

import Foundation
import RigidBody

extension CubeTosses {
  /// Tosses that have the same heights in all rows as one with a lower number: copies that were
  /// turned about the vertical and shifted. Maps each to the first of its kind.
  public var copies: [Int: Int] {
    var list: [Int: Int] = [:]
    for (index, toss) in tosses.enumerated() {
      let twin = tosses[..<index].first { other in
        // recorded to 8 digits
        other.rows.count == toss.rows.count
          && zip(other.rows, toss.rows).allSatisfy {
            abs($0.position.z - $1.position.z) < 1e-6
          }
      }
      if let twin { list[toss.number] = list[twin.number] ?? twin.number }
    }
    return list
  }
}

/// A toss with its start, in true lengths.
struct CubeTossPath: Sendable {
  let number: Int
  let poses: [Pose]
  let start: CubeTossStart
  /// Row of the first contact.
  let contact: Int

  init(_ toss: CubeToss, _ setup: CubeTossSetup, scale: Double) {
    number = toss.number
    poses = toss.poses(setup, scale: scale)
    start = toss.fittedStart(setup, scale: scale)
    contact = CubeToss.firstContact(poses, setup)
  }

  /// Where the cube stays if it stays where it first touched.
  var stays: [Pose] { poses.indices.map { poses[min($0, contact)] } }
}

enum CubeTossNeighbour {
  /// The turns that map a cube onto itself.
  static let symmetries: [Quaternion] = {
    let quarter = 0.5 * Double.pi
    func turn(_ x: Double, _ y: Double, _ z: Double) -> Quaternion {
      Quaternion(rotationVector: quarter * Vector3(x: x, y: y, z: z))
    }
    let up = [
      turn(0, 0, 0), turn(1, 0, 0), turn(2, 0, 0), turn(3, 0, 0), turn(0, 1, 0), turn(0, 3, 0),
    ]
    return up.flatMap { first in (0..<4).map { first * turn(0, 0, Double($0)) } }
  }()

  /// Rows of the nearest of `others`, made to start where `path` starts.
  static func prediction(
    for path: CubeTossPath, among others: [CubeTossPath], _ setup: CubeTossSetup
  ) -> [Pose] {
    let (a, g) = (setup.halfWidth, setup.gravity)
    let own = path.start
    var best = (distance: Double.infinity, index: -1, yaw: Quaternion.identity, body: 0)
    for (index, other) in others.enumerated() where other.number != path.number {
      let its = other.start
      let angle =
        atan2(own.twist.velocity.y, own.twist.velocity.x)
        - atan2(its.twist.velocity.y, its.twist.velocity.x)
      let yaw = Quaternion(rotationVector: Vector3(x: 0, y: 0, z: angle))
      let height = (own.pose.position.z - its.pose.position.z) / a
      let velocity = (own.twist.velocity - yaw.rotate(its.twist.velocity)).length
      let spin = (own.twist.spin - yaw.rotate(its.twist.spin)).length
      let known = height * height + velocity * velocity / (g * a) + spin * spin * a / g
      guard known < best.distance else { continue }
      for (k, symmetry) in symmetries.enumerated() {
        let turned = Pose(
          position: .zero, orientation: yaw * its.pose.orientation * symmetry)
        let turn = turned.angle(to: own.pose)
        if known + turn * turn < best.distance {
          best = (known + turn * turn, index, yaw, k)
        }
      }
    }
    guard best.index >= 0 else { return path.stays }
    let other = others[best.index]
    let origin = other.poses[0].position
    let shift = Vector3(x: path.poses[0].position.x, y: path.poses[0].position.y, z: 0)
    let from = Vector3(x: origin.x, y: origin.y, z: 0)
    return path.poses.indices.map { row in
      let pose = other.poses[min(row, other.poses.count - 1)]
      return Pose(
        position: shift + best.yaw.rotate(pose.position - from),
        orientation: best.yaw * pose.orientation * symmetries[best.body])
    }
  }
}
