// Which prop is under the mouse: the first surface that a ray meets.
//
// Spheres, boxes, capsules, cylinders and meshes in closed form; endless props cannot be grasped.
// Checked by PickingTests.

import Experience

/// A prop under the mouse.
public struct Pick: Sendable, Hashable {
  public var prop: Int
  /// Where the ray meets it, in m, world axes.
  public var point: Point3
  /// The same in the axes of the prop.
  public var local: Point3
  /// From the eye, in m.
  public var distance: Double
}

extension Ray {
  /// The nearest prop that moves, or any prop with `isFixedToo`.
  public func pick(in stage: Stage, poses: [FramePose], isFixedToo: Bool = false) -> Pick? {
    var best: Pick?
    for (index, (prop, pose)) in zip(stage.props, poses).enumerated() {
      if prop.isFixed && !isFixedToo { continue }
      let local = Ray(
        origin: pose.unplace(origin), direction: pose.unturned(direction))
      guard let distance = local.meets(prop.shape, meshes: stage.meshes),
        distance < best?.distance ?? .infinity
      else { continue }
      best = Pick(
        prop: index, point: point(at: distance), local: local.point(at: distance),
        distance: distance)
    }
    return best
  }

  /// Distance to a shape in its own axes.
  func meets(_ shape: PropShape, meshes: [TriangleMesh]) -> Double? {
    switch shape {
    case .sphere(let radius): return meetsSphere(.zero, radius)
    case .box(let half): return meetsBox(half)
    case .capsule(let radius, let half):
      let ends = [-half, half].compactMap { meetsSphere(Point3(0, 0, $0), radius) }
      return (ends + [meetsTube(radius, half)].compactMap { $0 }).min()
    case .cylinder(let radius, let half):
      return ([meetsTube(radius, half)] + [-half, half].map { meetsDisc($0, radius) })
        .compactMap { $0 }.min()
    case .mesh(let index):
      guard meshes.indices.contains(index) else { return nil }
      return meshes[index].triangles.compactMap { meetsTriangle($0, meshes[index].vertices) }.min()
    case .plane, .bowl, .pipe: return nil
    }
  }

  private func meetsSphere(_ centre: Point3, _ radius: Double) -> Double? {
    let offset = origin - centre
    let b = offset.dot(direction)
    let root = b * b - offset.dot(offset) + radius * radius
    guard root >= 0 else { return nil }
    let distance = -b - root.squareRoot()
    return distance > 0 ? distance : nil
  }

  private func meetsBox(_ half: Point3) -> Double? {
    var (enter, leave) = (0.0, Double.infinity)
    for axis in 0..<3 {
      if direction[axis] == 0 {
        if abs(origin[axis]) > half[axis] { return nil }
        continue
      }
      let a = (-half[axis] - origin[axis]) / direction[axis]
      let b = (half[axis] - origin[axis]) / direction[axis]
      enter = max(enter, min(a, b))
      leave = min(leave, max(a, b))
    }
    return enter <= leave && enter > 0 ? enter : nil
  }

  private func meetsTube(_ radius: Double, _ half: Double) -> Double? {
    let a = direction.x * direction.x + direction.y * direction.y
    let b = origin.x * direction.x + origin.y * direction.y
    let c = origin.x * origin.x + origin.y * origin.y - radius * radius
    let root = b * b - a * c
    guard a > 0, root >= 0 else { return nil }
    let distance = (-b - root.squareRoot()) / a
    return distance > 0 && abs(point(at: distance).z) <= half ? distance : nil
  }

  private func meetsDisc(_ height: Double, _ radius: Double) -> Double? {
    guard direction.z != 0 else { return nil }
    let distance = (height - origin.z) / direction.z
    let hit = point(at: distance)
    return distance > 0 && hit.x * hit.x + hit.y * hit.y <= radius * radius ? distance : nil
  }

  /// Moller & Trumbore 1997, J. Graphics Tools 2(1), 21: barycentric coordinates from products.
  private func meetsTriangle(_ triangle: SIMD3<UInt32>, _ vertices: [Point3]) -> Double? {
    let corners = [triangle.x, triangle.y, triangle.z].map(Int.init)
    guard corners.allSatisfy(vertices.indices.contains) else { return nil }
    let a = vertices[corners[0]]
    let (e1, e2) = (vertices[corners[1]] - a, vertices[corners[2]] - a)
    let p = direction.cross(e2)
    let determinant = e1.dot(p)
    guard abs(determinant) > 1e-300 else { return nil }
    let offset = origin - a
    let u = offset.dot(p) / determinant
    let q = offset.cross(e1)
    let v = direction.dot(q) / determinant
    let distance = e2.dot(q) / determinant
    return u >= 0 && v >= 0 && u + v <= 1 && distance > 0 ? distance : nil
  }
}
