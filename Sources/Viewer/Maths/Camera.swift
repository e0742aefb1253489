// Where the eye is, and how points of the world become points of the picture.
//
// Axes        world right-handed with `up` against gravity; picture x to the right, y DOWN, in
//             points from the upper left corner; depth 0 at the near, 1 at the far plane.
// Movement    the eye orbits a target; azimuth turns about `up`, elevation stays within ±89.9°,
//             so the picture is never upside down.
// Checked by  CameraTests.

import Experience
import Foundation

/// One of the six standard views.
public enum StandardView: String, Sendable, Hashable, CaseIterable {
  case front, back, left, right, top, bottom
  /// Half-way between front, right and top: where a window opens.
  case corner
}

/// An eye that looks at a target.
public struct Camera: Sendable, Hashable {
  /// Point that the eye turns about, in m.
  public var target: Point3
  /// Of the eye from the target, in m.
  public var distance: Double
  /// About `up`, in rad; 0 looks along +y (from the front), growing towards the right side.
  public var azimuth: Double
  /// Above the horizon, in rad.
  public var elevation: Double
  /// Whole vertical opening, in rad.
  public var angle: Double
  public var up: Point3
  /// Radius of what has to be inside near and far plane, in m.
  public var sceneRadius: Double

  public init(
    target: Point3 = .zero, distance: Double = 3, azimuth: Double = .degrees(35),
    elevation: Double = .degrees(20), angle: Double = .degrees(35), up: Point3 = Point3(0, 0, 1),
    sceneRadius: Double = 1
  ) {
    (self.target, self.distance, self.azimuth) = (target, distance, azimuth)
    (self.elevation, self.angle, self.up) = (elevation, angle, up.unit())
    self.sceneRadius = sceneRadius
  }

  /// Sees the whole box, from the corner, in a picture of the given width over height.
  public init(framing bounds: Bounds, up: Point3, aspect: Double) {
    self.init(up: up)
    frame(bounds, aspect: aspect)
  }

  /// Moves target and distance so that all corners of the box are seen, away from the edges of
  /// the picture, where the tables stand.
  public mutating func frame(_ bounds: Bounds, aspect: Double) {
    target = bounds.centre
    sceneRadius = max(bounds.radius, 1e-6)
    let tall = 0.74 * tan(half: angle)
    let wide = 0.84 * tan(half: angle) * max(aspect, 1e-3)
    distance = 0.5 * sceneRadius
    for corner in bounds.corners {
      let run = corner - target
      let depth = run.dot(outward)
      distance = max(distance, depth + abs(run.dot(right)) / wide)
      distance = max(distance, depth + abs(run.dot(above)) / tall)
    }
  }

  public mutating func look(_ view: StandardView) {
    switch view {
    case .front: (azimuth, elevation) = (0, 0)
    case .back: (azimuth, elevation) = (.pi, 0)
    case .right: (azimuth, elevation) = (.pi / 2, 0)
    case .left: (azimuth, elevation) = (-.pi / 2, 0)
    case .top: (azimuth, elevation) = (0, Camera.steepest)
    case .bottom: (azimuth, elevation) = (0, -Camera.steepest)
    case .corner: (azimuth, elevation) = (.degrees(35), .degrees(20))
    }
  }

  static let steepest = Double.degrees(89.9)

  /// Angles in rad.
  public mutating func orbit(by turn: Double, _ rise: Double) {
    azimuth = (azimuth + turn).remainder(dividingBy: 2 * .pi)
    elevation = min(Camera.steepest, max(-Camera.steepest, elevation + rise))
  }

  /// Moves the target with the mouse, by points of a picture `height` points high.
  public mutating func pan(by x: Double, _ y: Double, height: Double) {
    let metres = 2 * distance * tan(half: angle) / max(height, 1)
    target += (-x * right + y * above) * metres
  }

  /// Brings the eye nearer for a factor below 1.
  public mutating func zoom(by factor: Double) {
    guard factor.isFinite, factor > 0 else { return }
    distance = min(1e4 * sceneRadius, max(1e-3 * sceneRadius, distance * factor))
  }

  /// Level axes: to the right and away when seen from the front.
  private var level: (right: Point3, away: Point3) {
    // the world's x axis stays "to the right" in the front view of every upright scene
    let x = Point3(1, 0, 0) - up * up.x
    let right = x.length > 1e-3 ? x.unit() : up.across
    return (right, up.cross(right))
  }

  /// From the target to the eye, of length 1.
  public var outward: Point3 {
    let (side, away) = level
    let flat = sin(azimuth) * side - cos(azimuth) * away
    return cos(elevation) * flat + sin(elevation) * up
  }

  public var eye: Point3 { target + distance * outward }
  /// To the right in the picture.
  public var right: Point3 {
    let (side, away) = level
    return cos(azimuth) * side + sin(azimuth) * away
  }
  /// Upwards in the picture.
  public var above: Point3 { outward.cross(right) }

  var near: Double { max(distance - 3 * sceneRadius, 0.01 * distance) }
  var far: Double { distance + 60 * sceneRadius }

  /// The camera over a picture of a size in points.
  public func lens(width: Double, height: Double) -> Lens {
    Lens(camera: self, width: max(width, 1), height: max(height, 1))
  }
}
