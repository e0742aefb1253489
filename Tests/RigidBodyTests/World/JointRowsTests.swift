import Foundation
import Testing

@testable import RigidBody

@Suite("Joint rows")
struct JointRowsTests {
  /// A twist that varies in time, and the pose it leads to: x(t) and q(t) as polynomials in a chart,
  /// so that everything can be differenced. Nothing of the engine is used to make them.
  struct Path {
    var position: [Vector3]
    var first: Vector3
    var second: Vector3
    var start: Quaternion

    func pose(_ t: Double) -> Pose {
      let x = position[0] + t * position[1] + (0.5 * t * t) * position[2]
      // turns about two fixed axes, one after the other: spin and its rate follow in closed form
      let q =
        Quaternion(rotationVector: t * first) * Quaternion(rotationVector: (0.5 * t * t) * second)
        * start
      return Pose(position: x, orientation: q)
    }
    /// At t = 0: ω = first, dω/dt = second.
    var twist: Twist { Twist(velocity: position[1], spin: first) }
    var acceleration: Twist { Twist(velocity: position[2], spin: second) }
  }

  static func path(_ seed: Int) -> Path {
    func number(_ k: Int) -> Double { sin(Double(12.9898) * Double(seed * 31 + k) + 0.7) }
    func vector(_ k: Int) -> Vector3 {
      Vector3(x: number(3 * k), y: number(3 * k + 1), z: number(3 * k + 2))
    }
    return Path(
      position: [vector(0), vector(1), vector(2)], first: vector(3), second: vector(4),
      start: Quaternion(rotationVector: 1.3 * vector(5)))
  }

  static let kinds: [Joint.Kind] = [
    .ball, .hinge, .slider, .weld, .rod(length: 0.8), .rope(length: 0.8), .motor(rate: 0.4),
  ]

  func frames(_ paths: [Path], _ t: Double, prescribed: Bool = false) -> Frames {
    let poses = paths.map { $0.pose(t) }
    return Frames(
      time: t, poses: poses, rotations: poses.map { $0.orientation.matrix },
      twists: paths.map(\.twist), accelerations: paths.map(\.acceleration),
      isPrescribed: paths.map { _ in prescribed })
  }

  func rows(_ joint: Joint, _ frames: Frames) -> RowBuffer {
    var rows = RowBuffer(frames: frames)
    JointGeometry(joint, frames).addRows(to: &rows, owner: .joint(0))
    return rows
  }

  /// A joint between random anchors and axes, with the axes perpendicular to nothing in particular.
  func joint(_ kind: Joint.Kind, b: Int) -> Joint {
    func unit(_ v: Vector3) -> Vector3 { (1 / v.length) * v }
    return Joint(
      name: "j", kind: kind, a: 0, b: b, anchorA: Vector3(x: 0.3, y: -0.2, z: 0.5),
      anchorB: Vector3(x: -0.4, y: 0.1, z: 0.2), axisA: unit(Vector3(x: 1, y: 2, z: -1)),
      axisB: unit(Vector3(x: 0.3, y: -1, z: 0.6)),
      relative: Quaternion(rotationVector: Vector3(x: 0.3, y: 0.2, z: -0.5)))
  }

  // Fails if a gradient or the velocity part of a second derivative has a wrong term. The position
  // error of each row is differenced along a motion with known velocity and acceleration at t = 0.
  // Central differences of order 6 with h = 0.005: a short rod (0.2 m at 2 m/s) truncates (v·h/d)⁶ ≈ 2e-8
  // of 1e-2, rounding is 1e-16/h² = 4e-12 times the coefficients; 1e-9 is asked.
  @Test("meet differences of the constraint", arguments: kinds.indices, [1, -1])
  func differences(kind: Int, b: Int) throws {
    for seed in 0..<5 {
      let paths = [Self.path(2 * seed), Self.path(2 * seed + 1)]
      let joint = joint(Self.kinds[kind], b: b)
      let now = frames(paths, 0)
      let rows = rows(joint, now)
      let h = 0.005
      let errors = (-3...3).map { k in self.rows(joint, frames(paths, h * Double(k))).error }
      let velocity = motion(now, paths.map(\.twist))
      let acceleration = motion(now, paths.map(\.acceleration))
      for row in rows.error.indices where !rows.error[row].isNaN {
        let f = errors.map { $0[row] }
        let rate =
          ((f[6] - f[0]) / 60 - 3 * (f[5] - f[1]) / 20 + 3 * (f[4] - f[2]) / 4) / h
        let sums = [f[6] + f[0], f[5] + f[1], f[4] + f[2]]
        let second =
          (sums[0] / 90 - 3 * sums[1] / 20 + 1.5 * sums[2] - 49.0 / 18 * f[3]) / (h * h)
        let j = rows.measure(row, velocity) + rows.velocityBias[row]
        let k = rows.measure(row, acceleration) + rows.accelerationBias[row]
        note("rows", kind, b, row, j - rate, k - second)
        #expect(abs(j - rate) < 1e-9)
        #expect(abs(k - second) < 1e-9)
      }
    }
  }

  // Fails if the gears' rows differ from the rates they measure: shift s·v and turn s·ω, differenced
  // in the same way; the motor's row is (ω_B − ω_A)·s.
  @Test(
    "gears and motors meet differences of their velocities", arguments: [true, false],
    [true, false])
  func gears(turnsA: Bool, turnsB: Bool) {
    let (paths, h) = ([Self.path(11), Self.path(12)], 0.01)
    let gear = joint(.gear(ratioA: 2, turnsA: turnsA, ratioB: -0.7, turnsB: turnsB), b: 1)
    let motor = joint(.motor(rate: 0.4), b: 1)
    // spins away from t = 0 by differences of the orientation, so that only poses are trusted
    func twists(_ t: Double) -> [Twist] {
      paths.map { path in
        func log(_ s: Double) -> Vector3 {
          (path.pose(t + s).orientation * path.pose(t).orientation.conjugate).rotationVector
        }
        let d = 0.01
        let turns = (1...3).map { log(d * Double($0)) - log(-d * Double($0)) }
        let spin = (1 / d) * (0.75 * turns[0] - 0.15 * turns[1] + 1.0 / 60 * turns[2])
        return Twist(velocity: path.position[1] + t * path.position[2], spin: spin)
      }
    }
    func gearRate(_ t: Double) -> Double {
      let (poses, twists) = (paths.map { $0.pose(t) }, twists(t))
      var sum = 0.0
      for (i, ratio, axis, anchor, turns) in [
        (0, 2.0, gear.axisA, gear.anchorA, turnsA), (1, -0.7, gear.axisB, gear.anchorB, turnsB),
      ] {
        let s = poses[i].orientation.rotate(axis)
        let arm = poses[i].orientation.rotate(anchor)
        sum += ratio * s.dot(turns ? twists[i].spin : twists[i].velocity(at: arm))
      }
      return sum
    }
    func motorRate(_ t: Double) -> Double {
      let twists = twists(t)
      return (twists[1].spin - twists[0].spin).dot(
        paths[0].pose(t).orientation.rotate(motor.axisA)) - 0.4
    }
    let now = frames(paths, 0)
    let (velocity, acceleration) = (
      motion(now, paths.map(\.twist)), motion(now, paths.map(\.acceleration))
    )
    for (rows, f) in [(rows(gear, now), gearRate), (rows(motor, now), motorRate)] {
      let row = rows.error.count - 1
      let slope = (1...3).map { f(h * Double($0)) - f(-h * Double($0)) }
      let second = (0.75 * slope[0] - 0.15 * slope[1] + slope[2] / 60) / h
      let j = rows.measure(row, velocity) + rows.velocityBias[row]
      let k = rows.measure(row, acceleration) + rows.accelerationBias[row]
      note("gear", j - f(0), k - second)
      #expect(abs(j - f(0)) < 1e-9)
      #expect(abs(k - second) < 1e-8)
    }
  }

  // Fails if the part of a prescribed body is lost on its way into the bias.
  @Test("a prescribed body counts as much as a free one", arguments: kinds.indices)
  func prescribed(kind: Int) {
    let paths = [Self.path(3), Self.path(4)]
    let joint = joint(Self.kinds[kind], b: 1)
    let (free, given) = (frames(paths, 0), frames(paths, 0, prescribed: true))
    let (a, b) = (rows(joint, free), rows(joint, given))
    let (velocity, acceleration) = (
      motion(free, paths.map(\.twist)), motion(free, paths.map(\.acceleration))
    )
    for row in a.error.indices {
      let v = a.measure(row, velocity) + a.velocityBias[row]
      let w = a.measure(row, acceleration) + a.accelerationBias[row]
      #expect(abs(v - b.velocityBias[row]) < 1e-14)
      #expect(abs(w - b.accelerationBias[row]) < 1e-14)
    }
  }

  /// 6 numbers a body: linear in world axes, spin in body axes.
  func motion(_ frames: Frames, _ twists: [Twist]) -> [Double] {
    twists.indices.flatMap { i -> [Double] in
      let (v, w) = (twists[i].velocity, frames.rotations[i].toBody(twists[i].spin))
      return [v.x, v.y, v.z, w.x, w.y, w.z]
    }
  }
}
