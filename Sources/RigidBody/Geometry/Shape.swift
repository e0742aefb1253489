// The shapes of bodies. A closed set: pairs are dispatched by tag.

/// A shape in its own axes; the origin is the shape's reference point (see each case).
public enum Shape: Sendable, Hashable {
  /// Origin at the centre.
  case sphere(radius: Double)
  /// Origin at the centre; half edges.
  case box(half: Vector3)
  /// Axis z, origin in the middle; `halfLength` of the cylindrical part.
  case capsule(radius: Double, halfLength: Double)
  /// Axis z, origin in the middle.
  case cylinder(radius: Double, halfLength: Double)
  /// The half-space z ≤ 0.
  case plane
  /// Vertices and faces of a convex polyhedron.
  case hull(ConvexHull)
  /// Everything outside a sphere (a bowl, a loop): bodies move inside. Origin at the centre.
  case bowl(radius: Double)
  /// Everything outside an endless cylinder along z: bodies move inside.
  case pipe(radius: Double)
}
