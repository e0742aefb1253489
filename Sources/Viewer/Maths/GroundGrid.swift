// The plane that the grid is drawn on, and how wide its squares are.
//
// A scene with a floor has the grid on its first plane; another gets a faint one at the level of
// its lowest point, rounded down to the grid.

import Experience

/// A grid in the plane z = 0 of its own axes.
public struct GroundGrid: Sendable {
  public var pose: FramePose
  /// Side of a square in m: 1, 2 or 5 times a power of ten.
  public var step: Double
  /// The grid lies on a plane of the scene.
  public var isFloor: Bool

  public init(stage: Stage, frame: Frame, camera: Camera) {
    step = GroundGrid.step(for: camera)
    for (prop, pose) in zip(stage.props, frame.poses.isEmpty ? stage.poses : frame.poses) {
      if case .plane = prop.shape {
        (self.pose, isFloor) = (pose, true)
        return
      }
    }
    isFloor = false
    let up = stage.up
    let low = camera.target - camera.sceneRadius * up
    let height = low.dot(up)
    let level =
      height > 0 && height < 0.6 * camera.sceneRadius
      ? 0
      : (height / step - 1e-9)
        .rounded(.down) * step
    pose = FramePose(position: level * up, turn: GroundGrid.turn(to: up))
  }

  /// Eight to twenty squares from the eye to the target.
  static func step(for camera: Camera) -> Double {
    ValueText.roundStep(below: 0.12 * min(camera.distance, 12 * camera.sceneRadius))
  }

  /// Turns +z into a direction.
  static func turn(to up: Point3) -> Turn {
    let z = Point3(0, 0, 1)
    let c = z.dot(up)
    if c < -0.999999 { return Turn(1, 0, 0, 0) }
    let axis = z.cross(up)
    let w = 1 + c
    let size = (axis.dot(axis) + w * w).squareRoot()
    return Turn(axis.x, axis.y, axis.z, w) / size
  }

  /// Where a ray meets the plane in front of the eye.
  func meets(_ ray: Ray) -> Point3? {
    let normal = pose.turned(Point3(0, 0, 1))
    let rate = ray.direction.dot(normal)
    guard abs(rate) > 1e-6 else { return nil }
    let distance = (pose.position - ray.origin).dot(normal) / rate
    return distance > 0 ? ray.point(at: distance) : nil
  }
}
