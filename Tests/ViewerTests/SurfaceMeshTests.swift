import Experience
import Testing

@testable import Viewer

@Suite("Surface meshes")
struct SurfaceMeshTests {
  static let closed: [(String, SurfaceMesh, Double)] = [
    // volume of the polyhedron's smooth form; the polyhedron has a little less
    ("sphere", .sphere(sides: 48), 4 / 3 * Double.pi),
    ("capsule", .capsule(radius: 0.5, halfLength: 1, sides: 48), 0.25 * .pi * 2 + .pi / 6),
    ("cylinder", .cylinder(sides: 48), 2 * .pi), ("box", .box(), 8),
  ]

  // Fails if a triangle is turned the wrong way (the sum counts it negative), missing or double.
  @Test("the divergence theorem gives the volume", arguments: closed.indices)
  func volume(index: Int) {
    let (name, mesh, volume) = SurfaceMeshTests.closed[index]
    var sum = 0.0
    for triangle in 0..<mesh.triangleCount {
      let (a, b, c) = corners(mesh, triangle)
      sum += a.dot(b.cross(c)) / 6
    }
    // 48 sides: sin(2π/48)/(2π/48) = 0.9971 around, and the same along the meridian
    #expect(sum <= volume * (1 + 1e-6) && sum > 0.99 * volume, "\(name)")
  }

  // Fails if the surface has a hole: an edge without its partner that runs the other way.
  @Test("every edge has a partner", arguments: closed.indices)
  func closedness(index: Int) {
    let (name, mesh, _) = SurfaceMeshTests.closed[index]
    var edges: [[SIMD3<Int>]: Int] = [:]
    for triangle in 0..<mesh.triangleCount {
      let (a, b, c) = corners(mesh, triangle)
      for (p, q) in [(a, b), (b, c), (c, a)] {
        edges[[key(p), key(q)], default: 0] += 1
        edges[[key(q), key(p)], default: 0] -= 1
      }
    }
    #expect(edges.values.allSatisfy { $0 == 0 }, "\(name)")
  }

  // Fails if a normal is not of length 1 or points inwards: the form would be lit from behind.
  @Test("normals are of length 1 and point outwards", arguments: closed.indices)
  func normals(index: Int) {
    let (name, mesh, _) = SurfaceMeshTests.closed[index]
    for (position, normal) in zip(mesh.positions, mesh.normals) {
      let n = Point3(normal)
      #expect(abs(n.length - 1) < 1e-6, "\(name)")
      #expect(n.dot(Point3(position)) > 0, "\(name)")
    }
  }

  // Fails if what is looked into keeps the outside's sense: it would be invisible.
  @Test("the inside of a bowl is seen from inside")
  func inward() {
    let mesh = SurfaceMesh.sphere(sides: 16).inward
    let (a, b, c) = corners(mesh, 40)
    #expect((b - a).cross(c - a).dot(a) < 0)
    #expect(mesh.normals[Int(mesh.indices[120])].dot(a) < 0)
  }

  // Fails if edges of a body are smoothed away, or a broken triangle traps.
  @Test("faces that meet at an edge keep their normals; broken triangles are left out")
  func faceted() {
    let cube = TriangleMesh(
      vertices: [
        Point3(0, 0, 0), Point3(1, 0, 0), Point3(1, 1, 0), Point3(0, 1, 0), Point3(0, 0, 1),
      ],
      triangles: [
        SIMD3(0, 2, 1), SIMD3(0, 3, 2), SIMD3(0, 1, 4), SIMD3(0, 0, 1), SIMD3(0, 1, 99),
      ])
    let mesh = SurfaceMesh(faceted: cube)
    #expect(mesh.triangleCount == 3)
    #expect(mesh.normals[0] == SIMD3(0, 0, -1))
    #expect(mesh.normals[6] == SIMD3(0, -1, 0))
  }

  private func corners(_ mesh: SurfaceMesh, _ triangle: Int) -> (Point3, Point3, Point3) {
    let list = (0..<3).map { mesh.positions[Int(mesh.indices[3 * triangle + $0])] }
    return (list[0], list[1], list[2])
  }

  /// Corners that are the same point of the body have the same key.
  private func key(_ point: Point3) -> SIMD3<Int> {
    SIMD3(
      Int((point.x * 1e5).rounded()), Int((point.y * 1e5).rounded()), Int((point.z * 1e5).rounded())
    )
  }
}
