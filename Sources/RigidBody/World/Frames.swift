// Rotation matrices, twists and prescribed accelerations of all bodies at one state.

struct Frames {
  var time: Double
  var poses: [Pose]
  var rotations: [Rotation]
  /// Spin in world axes.
  var twists: [Twist]
  /// Of prescribed bodies; zero for the others.
  var accelerations: [Twist]
  var isPrescribed: [Bool]

  /// Pose of a body's shape.
  func shapePose(_ body: Int, _ setup: WorldSetup) -> Pose {
    let local = setup.bodies[body].shapePose
    if local.position == .zero, local.orientation == .identity { return poses[body] }
    return Pose(
      position: poses[body].position + rotations[body].toWorld(local.position),
      orientation: poses[body].orientation * local.orientation)
  }

  /// Velocity of the shape's origin, and spin.
  func shapeTwist(_ body: Int, _ setup: WorldSetup) -> Twist {
    let local = setup.bodies[body].shapePose
    if local.position == .zero { return twists[body] }
    let offset = rotations[body].toWorld(local.position)
    return Twist(velocity: twists[body].velocity(at: offset), spin: twists[body].spin)
  }
}
