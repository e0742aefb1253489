// Pose, twist and acceleration of a body whose motion is given.
//
// Equation        steady: x = x₀ + v·t, q = exp(ω·t)·q₀;  sinusoid: x = x₀ + d·A·(sin(2πft + φ) − sin φ);
//                 table: x = x₀ + d·s(t), s piecewise linear, constant outside its times
// Discretisation  none: closed forms at any time
// Validity        the corners of a table are jumps of velocity: the engine stops at each of them
// Checked by      PrescribedMotionTests: differences of poses against twists

import Foundation

extension Motion {
  /// Pose, twist and acceleration (world axes) at a time, from the pose at time 0. At a corner of a
  /// table the twist is that of the piece that begins there.
  func state(at time: Double, from start: Pose) -> (pose: Pose, twist: Twist, acceleration: Twist) {
    switch self {
    case .fixed: return (start, .zero, .zero)
    case .steady(let velocity, let spin):
      let turn = Quaternion(rotationVector: time * spin)
      return (
        Pose(
          position: start.position + time * velocity,
          orientation: spin == .zero ? start.orientation : turn * start.orientation),
        Twist(velocity: velocity, spin: spin), .zero
      )
    case .sinusoid(let direction, let amplitude, let frequency, let phase):
      let rate = 2 * Double.pi * frequency
      let angle = rate * time + phase
      return (
        Pose(
          position: start.position + direction * (amplitude * (sin(angle) - sin(phase))),
          orientation: start.orientation),
        Twist(velocity: direction * (amplitude * rate * cos(angle))),
        Twist(velocity: direction * (-amplitude * rate * rate * sin(angle)))
      )
    case .table(let direction, let times, let displacements):
      guard let next = times.firstIndex(where: { $0 > time }), next > 0 else {
        let last =
          (times.first.map { time < $0 } ?? true) ? displacements.first : displacements.last
        let pose = Pose(
          position: start.position + direction * (last ?? 0), orientation: start.orientation)
        return (pose, .zero, .zero)
      }
      let (t0, t1) = (times[next - 1], times[next])
      let (s0, s1) = (displacements[next - 1], displacements[next])
      let speed = (s1 - s0) / (t1 - t0)
      return (
        Pose(
          position: start.position + direction * (s0 + speed * (time - t0)),
          orientation: start.orientation),
        Twist(velocity: direction * speed), .zero
      )
    }
  }

  /// Instants at which the velocity jumps, in s.
  var corners: [Double] {
    if case .table(_, let times, _) = self { times } else { [] }
  }

  /// Angular frequency that a step has to resolve, in rad/s.
  var rate: Double {
    switch self {
    case .fixed, .table: 0
    case .steady(_, let spin): spin.length
    case .sinusoid(_, _, let frequency, _): 2 * Double.pi * frequency
    }
  }

  var isMoving: Bool {
    switch self {
    case .fixed: false
    case .steady(let velocity, let spin): velocity != .zero || spin != .zero
    case .sinusoid, .table: true
    }
  }
}
