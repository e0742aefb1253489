// Refuses numbers that no body can have.

extension Engine {
  static func check(_ setup: WorldSetup, _ start: WorldState) throws(EngineProblem) {
    func fail(_ text: String) -> EngineProblem { EngineProblem(code: "R101", text) }
    guard start.poses.count == setup.bodies.count, start.twists.count == setup.bodies.count else {
      throw fail("\(setup.bodies.count) bodies need as many poses and velocities")
    }
    for (index, body) in setup.bodies.enumerated() {
      let (pose, twist) = (start.poses[index], start.twists[index])
      let numbers = [
        pose.position.x, pose.position.y, pose.position.z, pose.orientation.norm,
        twist.velocity.x, twist.velocity.y, twist.velocity.z, twist.spin.x, twist.spin.y,
        twist.spin.z,
      ]
      guard numbers.allSatisfy(\.isFinite) else {
        throw fail("`\(body.name)` starts at a position or velocity that is not finite")
      }
      guard abs(pose.orientation.norm - 1) < 1e-6 else {
        throw fail("the quaternion of `\(body.name)` has length \(pose.orientation.norm), not 1")
      }
      guard !body.isPrescribed else { continue }
      guard body.mass > 0, body.mass.isFinite else {
        throw fail("`\(body.name)` has the mass \(body.mass) kg; it has to be above 0")
      }
      let i = body.inertia
      guard i.x > 0, i.y > 0, i.z > 0, (i.x + i.y + i.z).isFinite else {
        throw fail("a moment of inertia of `\(body.name)` is not above 0")
      }
      let slack = 1e-9 * (i.x + i.y + i.z)
      guard i.x + i.y >= i.z - slack, i.y + i.z >= i.x - slack, i.z + i.x >= i.y - slack else {
        throw fail("the moments of inertia of `\(body.name)` break the triangle inequality")
      }
    }
    for joint in setup.joints {
      guard joint.a < setup.bodies.count, joint.b < setup.bodies.count, joint.a >= -1,
        joint.b >= -1, joint.a != joint.b
      else { throw fail("the joint `\(joint.name)` names a body that is not there, or one twice") }
    }
    for pair in setup.pairs {
      guard setup.bodies.indices.contains(pair.a), setup.bodies.indices.contains(pair.b),
        pair.a != pair.b
      else { throw fail("a contact names a body that is not there, or one twice") }
    }
    try checkParts(setup)
  }

  /// Pairs that overlap at the start, deepest point of each.
  public static func overlaps(setup: WorldSetup, start: WorldState) -> [(
    a: Int, b: Int, depth: Double
  )] {
    let dynamics = Dynamics(setup: setup, start: start.poses)
    var state = EngineState(
      time: start.time, poses: start.poses, velocities: start.twists.map(\.velocity),
      spins: start.twists.map(\.spin))
    state.time = start.time
    let frames = dynamics.frames(state)
    return setup.pairs.indices.compactMap { index in
      let pair = setup.pairs[index]
      guard pair.law.compliance == .rigid else { return nil }
      let deepest = dynamics.manifold(index, frames, within: 0).points.map(\.gap).min() ?? 0
      return deepest < 0 ? (pair.a, pair.b, -deepest) : nil
    }
  }
}
