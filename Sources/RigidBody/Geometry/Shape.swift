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

extension Shape {
  /// A typical size, in m: the largest radius or half edge; infinite for a plane.
  var size: Double {
    switch self {
    case .sphere(let radius), .bowl(let radius), .pipe(let radius): radius
    case .box(let half): max(half.x, half.y, half.z)
    case .capsule(let radius, let halfLength): radius + halfLength
    case .cylinder(let radius, let halfLength): max(radius, halfLength)
    case .plane: .infinity
    case .hull(let hull): hull.vertices.map(\.length).max() ?? 0
    }
  }

  /// How far another body has to come in to be nearer to the far side, in m: the smallest radius or
  /// half edge; infinite for surfaces without end.
  var halfThickness: Double {
    switch self {
    case .sphere(let radius): radius
    case .box(let half): min(half.x, half.y, half.z)
    case .capsule(let radius, _): radius
    case .cylinder(let radius, let halfLength): min(radius, halfLength)
    case .plane, .bowl, .pipe: .infinity
    case .hull(let hull):
      // nearest face seen from the mean of the vertices
      hull.faces.indices.map { face in
        let mean = (1 / Double(max(hull.vertices.count, 1))) * hull.vertices.reduce(.zero, +)
        return hull.normals[face].dot(hull.vertices[hull.faces[face][0]] - mean)
      }.min() ?? 0
    }
  }

  /// Radius of a ball about the origin that holds the shape; infinite for surfaces without end.
  var boundingRadius: Double {
    switch self {
    case .sphere(let radius): radius
    case .box(let half): half.length
    case .capsule(let radius, let halfLength): radius + halfLength
    case .cylinder(let radius, let halfLength):
      (radius * radius + halfLength * halfLength).squareRoot()
    case .plane, .bowl, .pipe: .infinity
    case .hull(let hull): hull.vertices.map(\.length).max() ?? 0
    }
  }
}
