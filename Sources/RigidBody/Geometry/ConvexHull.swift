// A convex polyhedron with what separating axes need.
//
// Equation        face normal = sum of (vertex − centroid) × (next − centroid), normalised (Newell)
// Discretisation  none
// Source          Newell's method: Sutherland, Sproull & Schumacker 1974, Comput. Surv. 6, 1
// Deviation       none
// Validity        closed convex surface; `init(points:)` builds and checks one
// Checked by      ConvexHullTests

/// Vertices, and faces as loops of vertex indices, counter-clockwise seen from outside.
public struct ConvexHull: Sendable, Hashable {
  /// An edge and the two faces that meet in it.
  public struct Edge: Sendable, Hashable {
    /// Vertex indices; `left` runs through the edge from `start` to `end`.
    public let start: Int
    public let end: Int
    /// Face indices.
    public let left: Int
    public let right: Int
  }

  public let vertices: [Vector3]
  public let faces: [[Int]]
  /// Outward unit normal of each face.
  public let normals: [Vector3]
  /// Each edge once, in the order in which the faces bring them.
  public let edges: [Edge]

  /// A polyhedron that is known to be convex and closed, with valid indices; anything that comes from
  /// a user goes through `init(points:)`. Ids of contacts hold up to 16384 vertices, faces and edges.
  public init(vertices: [Vector3], faces: [[Int]]) {
    (self.vertices, self.faces) = (vertices, faces)
    normals = faces.map { Self.normal(of: $0.map { vertices[$0] }) }
    edges = Self.edges(of: faces)
  }

  /// Area vector direction of a loop.
  private static func normal(of loop: [Vector3]) -> Vector3 {
    let centre = (1 / Double(max(loop.count, 1))) * loop.reduce(.zero, +)
    var sum = Vector3.zero
    for i in loop.indices {
      sum = sum + (loop[i] - centre).cross(loop[(i + 1) % loop.count] - centre)
    }
    return (1 / max(sum.length, 1e-300)) * sum
  }

  /// Pairs each directed edge with its opposite; an edge without one is left out.
  private static func edges(of faces: [[Int]]) -> [Edge] {
    struct Directed: Hashable {
      let start: Int
      let end: Int
    }
    var owner: [Directed: Int] = [:]
    for (f, loop) in faces.enumerated() {
      for i in loop.indices {
        owner[Directed(start: loop[i], end: loop[(i + 1) % loop.count])] = f
      }
    }
    var result: [Edge] = []
    for (f, loop) in faces.enumerated() {
      for i in loop.indices {
        let (start, end) = (loop[i], loop[(i + 1) % loop.count])
        guard start < end, let other = owner[Directed(start: end, end: start)] else { continue }
        result.append(Edge(start: start, end: end, left: f, right: other))
      }
    }
    return result
  }

  /// Corner i has −x for an even i, −y for an even i/2, −z for i < 4; faces −x, x, −y, y, −z, z.
  public static func box(half h: Vector3) -> ConvexHull {
    ConvexHull(scaling: unitBox, by: h)
  }

  private static let unitBox = ConvexHull(
    vertices: (0..<8).map {
      Vector3(x: $0 & 1 == 0 ? -1 : 1, y: $0 & 2 == 0 ? -1 : 1, z: $0 & 4 == 0 ? -1 : 1)
    },
    faces: [
      [0, 4, 6, 2], [1, 3, 7, 5], [0, 1, 5, 4], [2, 6, 7, 3], [0, 2, 3, 1], [4, 5, 7, 6],
    ])

  /// A box keeps its normals and its topology when it is stretched along its axes.
  private init(scaling hull: ConvexHull, by h: Vector3) {
    vertices = hull.vertices.map { Vector3(x: $0.x * h.x, y: $0.y * h.y, z: $0.z * h.z) }
    (faces, normals, edges) = (hull.faces, hull.normals, hull.edges)
  }
}
