// The outline of a convex form as the eye sees it.
//
// Equation     the convex hull of the projected points of the form; a sphere gives the circle across the
//              line of sight.
// Source       hull in the plane: Andrew 1979, Inf. Process. Lett. 9, 216.
// Checked by   SilhouetteTests.

import Experience
import Foundation

enum Silhouette {
  /// Corners in order around the form; empty for forms without an outline, or behind the eye.
  static func of(_ prop: Prop, at pose: FramePose, in stage: Stage, _ lens: Lens) -> [Spot] {
    var spots: [Spot] = []
    for point in points(of: prop.shape, at: pose, in: stage, lens) {
      guard let spot = lens.spot(point) else { return [] }
      spots.append(spot)
    }
    return hull(spots)
  }

  /// In world axes.
  private static func points(
    of shape: PropShape, at pose: FramePose, in stage: Stage, _ lens: Lens
  ) -> [Point3] {
    switch shape {
    case .sphere(let radius): return circle(pose.position, radius, lens)
    case .capsule(let radius, let half):
      return [-half, half].flatMap { circle(pose.place(Point3(0, 0, $0)), radius, lens) }
    case .cylinder(let radius, let half):
      return turns.flatMap { turn in
        [-half, half].map { pose.place(Point3(radius * turn.x, radius * turn.y, $0)) }
      }
    case .box, .mesh: return stage.corners(of: shape).map(pose.place)
    case .plane, .bowl, .pipe: return []
    }
  }

  private static func circle(_ centre: Point3, _ radius: Double, _ lens: Lens) -> [Point3] {
    let sight = (centre - lens.camera.eye).unit(or: -lens.camera.outward)
    let u = sight.across
    let v = sight.cross(u)
    return turns.map { centre + radius * ($0.x * u + $0.y * v) }
  }

  private static let turns: [Spot] = (0..<24).map {
    let angle = 2 * Double.pi * Double($0) / 24
    return Spot(cos(angle), sin(angle))
  }

  /// Convex hull of points of the picture.
  static func hull(_ spots: [Spot]) -> [Spot] {
    let sorted = spots.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    guard sorted.count > 2 else { return sorted }
    func chain(_ list: [Spot]) -> [Spot] {
      var chain: [Spot] = []
      for spot in list {
        while chain.count > 1 {
          let (a, b) = (chain[chain.count - 2], chain[chain.count - 1])
          let turn = (b.x - a.x) * (spot.y - a.y) - (b.y - a.y) * (spot.x - a.x)
          guard turn <= 0 else { break }
          chain.removeLast()
        }
        chain.append(spot)
      }
      return chain.dropLast()
    }
    return chain(sorted) + chain(sorted.reversed())
  }
}
