// A camera over a picture of a certain size: projection both ways.
//
// Checked by CameraTests.

import Experience

/// A half-line.
public struct Ray: Sendable, Hashable {
  public var origin: Point3
  /// Of length 1.
  public var direction: Point3

  public func point(at distance: Double) -> Point3 { origin + distance * direction }
}

/// Point of the picture, in points from the upper left corner.
public typealias Spot = SIMD2<Double>

public struct Lens: Sendable, Hashable {
  public let camera: Camera
  public let width: Double
  public let height: Double
  public let view: Matrix4
  public let projection: Matrix4
  private let both: Matrix4

  init(camera: Camera, width: Double, height: Double) {
    (self.camera, self.width, self.height) = (camera, width, height)
    view = .look(from: camera.eye, to: camera.target, up: camera.up)
    projection = .perspective(
      angle: camera.angle, aspect: width / height, near: camera.near, far: camera.far)
    both = projection * view
  }

  /// Place in the picture and distance from the eye along the line of sight in m; nil behind the
  /// near plane.
  public func project(_ point: Point3) -> (spot: Spot, depth: Double)? {
    let clip = both * SIMD4(point.x, point.y, point.z, 1)
    guard clip.w > 0.5 * camera.near, clip.w.isFinite else { return nil }
    let x = 0.5 * width * (1 + clip.x / clip.w)
    let y = 0.5 * height * (1 - clip.y / clip.w)
    return (Spot(x, y), clip.w)
  }

  public func spot(_ point: Point3) -> Spot? { project(point)?.spot }

  /// Points of the picture for one metre across the line of sight, at a place.
  public func pointsPerMetre(at point: Point3) -> Double {
    let depth = max(project(point)?.depth ?? camera.distance, camera.near)
    return 0.5 * height / (depth * tan(half: camera.angle))
  }

  /// Through a point of the picture.
  public func ray(through spot: Spot) -> Ray {
    let f = tan(half: camera.angle)
    let x = (2 * spot.x / width - 1) * f * width / height
    let y = (1 - 2 * spot.y / height) * f
    let direction = x * camera.right + y * camera.above - camera.outward
    return Ray(origin: camera.eye, direction: direction.unit())
  }

  /// The part of a segment in front of the near plane, projected; nil where nothing is.
  public func segment(_ a: Point3, _ b: Point3) -> (Spot, Spot)? {
    let limit = 0.51 * camera.near
    let forward = -camera.outward
    let (da, db) = ((a - camera.eye).dot(forward), (b - camera.eye).dot(forward))
    guard da > limit || db > limit else { return nil }
    var (one, other) = (a, b)
    if da < limit { one = a + (b - a) * ((limit - da) / (db - da)) }
    if db < limit { other = b + (a - b) * ((limit - db) / (da - db)) }
    guard let p = spot(one), let q = spot(other) else { return nil }
    return (p, q)
  }
}
