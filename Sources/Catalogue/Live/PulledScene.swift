// The pulls of a session as forces of a scene, so that a run that someone pulled at can be repeated.
//
// Equation        between two frames the means over time of the force of the spring and of its moment
//                 about the centre of mass: a force there and a torque that give the body the same
//                 momentum. A force at the grasped point would depend on the attitude, and errors of that
//                 would grow
// Discretisation  Simpson's rule on the cubics through places, attitudes and velocities of both frames:
//                 order 4 in their distance, 1/60 s
// Validity        where the window went on in fixed steps, as far as these are right
// Checked by      PulledSceneTests: the run of the written scene against the session

import Experience
import Foundation

/// A scene with forces in place of hands.
public struct PulledScene: Sendable {
  /// Resolved, in SI.
  public let scene: JSON
  /// Forces that stand for the pulls.
  public let count: Int

  /// - Parameters:
  ///   - source: frames from the start of the scene on.
  ///   - pulls: with the instants at which they began to hold; nil is a release.
  /// - Throws: `RunFailure` R006 for a scene that cannot hold forces, with the reason.
  public init(
    of scene: Scene, _ source: some FrameSource, pulls: [(time: Double, pull: Pull?)]
  ) throws {
    guard scene.definition.name == "workbench", var object = scene.resolved.object else {
      throw RunFailure(
        code: "R006",
        "a scene of `\(scene.definition.name)` has no `forces:` to hold pulls: only the workbench has"
      )
    }
    var forces = object["forces"]?.array ?? []
    let (props, times) = (source.stage.props, source.times)
    let before = forces.count
    var next = 0
    var held: Pull?
    for (index, (from, until)) in zip(times, times.dropFirst()).enumerated() {
      while next < pulls.count, pulls[next].time <= from {
        held = pulls[next].pull
        next += 1
      }
      guard let held, props.indices.contains(held.prop) else { continue }
      let ends = (try source.frame(index), try source.frame(index + 1))
      let (force, torque) = PulledScene.mean(
        held, about: props[held.prop].centreOfMass, ends.0.poses[held.prop],
        ends.1.poses[held.prop], over: until - from)
      forces.append(
        .object([
          ("on", .text(props[held.prop].name)), ("force", PulledScene.vector(force, "N")),
          ("torque", PulledScene.vector(torque, "N.m")),
          ("from", PulledScene.quantity(from, "s")), ("until", PulledScene.quantity(until, "s")),
        ]))
    }
    count = forces.count - before
    object["name"] = .text("\(scene.name)-pulled")
    object["forces"] = .array(forces)
    self.scene = .object(object)
  }

  /// Mean force in N and mean moment in N·m about a point of the body, between two poses, `time`
  /// seconds apart.
  static func mean(
    _ pull: Pull, about centre: Point3, _ a: FramePose, _ b: FramePose, over time: Double
  ) -> (force: Point3, torque: Point3) {
    var mean = (force: Point3.zero, torque: Point3.zero)
    for (pose, weight) in [(a, 1.0 / 6), (middle(a, b, over: time), 4.0 / 6), (b, 1.0 / 6)] {
      let (force, point) = pull.force(at: pose)
      mean.force += weight * force
      mean.torque += weight * (point - pose.place(centre)).cross(force)
    }
    return mean
  }

  /// Halfway in time on the cubics through places, attitudes and their rates at both ends.
  private static func middle(_ a: FramePose, _ b: FramePose, over time: Double) -> FramePose {
    func rate(_ pose: FramePose) -> Turn {
      let (q, w) = (pose.turn, pose.spin)
      let v = Point3(q.x, q.y, q.z)
      let vector = 0.5 * (q.w * w + w.cross(v))
      return Turn(vector.x, vector.y, vector.z, -0.5 * w.dot(v))
    }
    // q and −q are one attitude
    let sign = (a.turn * b.turn).sum() < 0 ? -1.0 : 1
    let turn = 0.5 * (a.turn + sign * b.turn) + (time / 8) * (rate(a) - sign * rate(b))
    let length = (turn * turn).sum().squareRoot()
    let step = b.position - a.position
    return FramePose(
      position: 0.5 * (a.position + b.position) + (time / 8) * (a.velocity - b.velocity),
      turn: length > 0 ? turn / length : a.turn,
      velocity: (1.5 / time) * step - 0.25 * (a.velocity + b.velocity),
      spin: 0.5 * (a.spin + b.spin))
  }

  private static func quantity(_ value: Double, _ unit: String) -> JSON {
    .text("\(JSON.text(of: value)) \(unit)")
  }

  private static func vector(_ v: Point3, _ unit: String) -> JSON {
    .text("[\(JSON.text(of: v.x)), \(JSON.text(of: v.y)), \(JSON.text(of: v.z))] \(unit)")
  }
}
