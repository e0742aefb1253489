// Normals for triangles that come without: hard edges for bodies, smooth for liquid surfaces.
//
// Corners of a triangle without area, or outside the list of vertices, are left out.

import Experience

extension SurfaceMesh {
  /// A body with edges: faces that meet at less than 30° share a normal.
  public init(faceted mesh: TriangleMesh) {
    self.init()
    let faces = SurfaceMesh.faces(of: mesh)
    var around: [Point3: [Int]] = [:]
    for (index, face) in faces.enumerated() {
      for corner in face.corners { around[mesh.vertices[corner], default: []].append(index) }
    }
    let hasScalars = mesh.scalars.count == mesh.vertices.count
    for face in faces {
      for corner in face.corners {
        let vertex = mesh.vertices[corner]
        var sum = Point3.zero
        for other in around[vertex] ?? [] where faces[other].normal.dot(face.normal) > 0.866 {
          sum += faces[other].area * faces[other].normal
        }
        indices.append(add(vertex, sum.unit(or: face.normal)))
        if hasScalars { scalars.append(mesh.scalars[corner]) }
      }
    }
  }

  /// A smooth surface: every vertex has the mean normal of its triangles, by area.
  public init(smooth mesh: TriangleMesh) {
    self.init()
    var sums = [Point3](repeating: .zero, count: mesh.vertices.count)
    for face in SurfaceMesh.faces(of: mesh) {
      for corner in face.corners {
        sums[corner] += face.area * face.normal
        indices.append(UInt32(corner))
      }
    }
    for (vertex, sum) in zip(mesh.vertices, sums) { add(vertex, sum.unit()) }
    if mesh.scalars.count == mesh.vertices.count { scalars = mesh.scalars }
  }

  private static func faces(
    of mesh: TriangleMesh
  ) -> [(corners: [Int], normal: Point3, area: Double)] {
    mesh.triangles.compactMap { triangle in
      let corners = [Int(triangle.x), Int(triangle.y), Int(triangle.z)]
      guard corners.allSatisfy(mesh.vertices.indices.contains) else { return nil }
      let (a, b, c) = (
        mesh.vertices[corners[0]], mesh.vertices[corners[1]], mesh.vertices[corners[2]]
      )
      let product = (b - a).cross(c - a)
      guard product.length > 0, product.isFinite else { return nil }
      return (corners, product.unit(), 0.5 * product.length)
    }
  }
}
