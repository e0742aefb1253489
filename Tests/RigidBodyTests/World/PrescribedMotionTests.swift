import Foundation
import RigidBody
import Testing

@testable import RigidBody

@Suite("Prescribed motion")
struct PrescribedMotionTests {
  static let motions: [Motion] = [
    .fixed, .steady(velocity: Vector3(x: 1, y: -2, z: 0.5), spin: Vector3(x: 0.3, y: 0.8, z: -2)),
    .sinusoid(
      direction: Vector3(x: 0, y: 0.6, z: 0.8), amplitude: 0.3, frequency: 1.5, phase: 0.4),
    .table(
      direction: .unitX, times: [0, 1, 3, 4], displacements: [0, 2, -1, 5]),
  ]
  let start = Pose(
    position: Vector3(x: 1, y: 2, z: 3),
    orientation: Quaternion(rotationVector: Vector3(x: 0.4, y: -0.2, z: 1)))

  // Fails if a twist is not the rate of its pose or an acceleration not that of its twist. Central
  // differences of order 6, h = 1e-3: truncation ω⁷h⁶ = 1e-11, rounding 1e-13.
  @Test("twists are rates of poses", arguments: motions.indices, [0.3, 1.7, 3.3])
  func rates(index: Int, time: Double) {
    let (motion, h) = (Self.motions[index], 1e-3)
    let now = motion.state(at: time, from: start)
    func difference(_ f: (Double) -> Vector3) -> Vector3 {
      let d = (1...3).map { f(time + h * Double($0)) - f(time - h * Double($0)) }
      return (1 / h) * (0.75 * d[0] - 0.15 * d[1] + 1.0 / 60 * d[2])
    }
    let velocity = difference { motion.state(at: $0, from: start).pose.position }
    let acceleration = difference { motion.state(at: $0, from: start).twist.velocity }
    let spin = difference {
      (motion.state(at: $0, from: start).pose.orientation * now.pose.orientation.conjugate)
        .rotationVector
    }
    note(
      "motion", index, time, (velocity - now.twist.velocity).length, (spin - now.twist.spin).length,
      (acceleration - now.acceleration.velocity).length)
    #expect((velocity - now.twist.velocity).length < 1e-9)
    #expect((spin - now.twist.spin).length < 1e-9)
    #expect((acceleration - now.acceleration.velocity).length < 1e-8)
  }

  // Fails if a motion does not start at the pose at time 0, whatever its phase.
  @Test("starts where it is put", arguments: motions.indices)
  func starts(index: Int) {
    let pose = Self.motions[index].state(at: 0, from: start).pose
    #expect((pose.position - start.position).length < 1e-15)
    #expect(pose.orientation == start.orientation)
  }

  // Fails if a table is read one entry off, at its corners, before or after.
  @Test("a table is piecewise linear")
  func table() {
    let motion = Self.motions[3]
    for (time, shift, speed) in [
      (0, 0.0, 2.0), (0.5, 1, 2), (1, 2, -1.5), (2, 0.5, -1.5), (3, -1, 6), (3.5, 2, 6),
      (4, 5, 0), (9, 5, 0),
    ] {
      let state = motion.state(at: time, from: start)
      #expect(abs(state.pose.position.x - 1 - shift) < 1e-14)
      #expect(state.twist.velocity.x == speed)
    }
  }
}
