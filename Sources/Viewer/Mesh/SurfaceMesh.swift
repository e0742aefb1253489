// Triangles with a normal at every corner, as the graphics card and the vector picture take them.
//
// Convention   outward normals; corners counter-clockwise seen from outside.
// Checked by   SurfaceMeshTests: closed, oriented, normals of length 1 and outward.

import Experience

/// A drawn surface; positions in m, in the axes of its prop.
public struct SurfaceMesh: Sendable, Hashable {
  public var positions: [Point3] = []
  /// Of length 1, one for each position.
  public var normals: [Point3] = []
  /// Three for each triangle.
  public var indices: [UInt32] = []
  /// A colour number for each position, or empty.
  public var scalars: [Float] = []

  public init() {}

  public var triangleCount: Int { indices.count / 3 }

  @discardableResult
  mutating func add(_ position: Point3, _ normal: Point3) -> UInt32 {
    positions.append(position)
    normals.append(normal)
    return UInt32(positions.count - 1)
  }

  mutating func triangle(_ a: UInt32, _ b: UInt32, _ c: UInt32) { indices += [a, b, c] }

  mutating func quad(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) {
    triangle(a, b, c)
    triangle(a, c, d)
  }

  /// The same surface looked at from its other side.
  var inward: SurfaceMesh {
    var mesh = self
    mesh.normals = normals.map { -$0 }
    for triangle in 0..<triangleCount { mesh.indices.swapAt(3 * triangle + 1, 3 * triangle + 2) }
    return mesh
  }
}
