// A convex polyhedron. (Faces are built from points by the geometry work in progress.)

/// Vertices, and faces as loops of vertex indices, counter-clockwise seen from outside.
public struct ConvexHull: Sendable, Hashable {
  public let vertices: [Vector3]
  public let faces: [[Int]]
  public init(vertices: [Vector3], faces: [[Int]]) {
    (self.vertices, self.faces) = (vertices, faces)
  }
}
