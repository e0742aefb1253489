import Foundation
import RigidBody
import Testing

@Suite("Convex hulls")
struct ConvexHullTests {
  // Fails if coplanar facets stay apart, or points inside, on faces and on edges are kept: a grid of
  // 5³ points has the 8 corners, 6 faces and 12 edges of a cube, in any order and orientation.
  @Test("of a grid of points is a cube", arguments: 0..<10)
  func grid(seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    let q = seed == 0 ? Quaternion.identity : random.orientation()
    var points: [Vector3] = []
    for i in 0..<125 {
      points.append(
        q.rotate(Vector3(x: Double(i % 5), y: Double(i / 5 % 5), z: Double(i / 25))))
    }
    points.shuffle(using: &random)
    let hull = try ConvexHull(points: points)
    #expect(hull.vertices.count == 8 && hull.faces.count == 6 && hull.edges.count == 12)
    #expect(hull.faces.allSatisfy { $0.count == 4 })
    let volume = MassProperties(solid: .hull(hull), density: 1)?.volume ?? 0
    #expect(abs(volume - 64) < 1e-11)
  }

  // Fails if a point is outside a face or a face runs clockwise.
  @Test("of random points holds them all", arguments: [4, 5, 10, 50, 300])
  func random(count: Int) throws {
    var random = SplitMix(state: UInt64(count))
    let points = (0..<count).map { _ in random.vector() }
    let hull = try ConvexHull(points: points)
    for (normal, loop) in zip(hull.normals, hull.faces) {
      let offset = normal.dot(hull.vertices[loop[0]])
      #expect(points.allSatisfy { normal.dot($0) - offset < 1e-11 })
      for i in loop.indices {
        let (a, b) = (hull.vertices[loop[i]], hull.vertices[loop[(i + 1) % loop.count]])
        let c = hull.vertices[loop[(i + 2) % loop.count]]
        #expect((b - a).cross(c - b).dot(normal) > 0)
      }
    }
    #expect(hull.vertices.count - hull.edges.count + hull.faces.count == 2)
    for edge in hull.edges {
      // the left face runs along the edge, the right one against it
      let left = hull.faces[edge.left]
      let place = try #require(left.firstIndex(of: edge.start))
      #expect(left[(place + 1) % left.count] == edge.end)
    }
  }

  // Fails if points on a sphere lose one: each is a vertex.
  @Test("of points on a sphere has all as vertices")
  func sphere() throws {
    var random = SplitMix(state: 1)
    let hull = try ConvexHull(points: (0..<200).map { _ in random.direction() })
    #expect(hull.vertices.count == 200 && hull.faces.count == 396)
  }

  // Fails if input that has no hull is not refused with its reason.
  @Test("refuse what has no volume")
  func refused() {
    let o = Vector3.zero
    let (x, y, z) = (
      Vector3(x: 1, y: 0, z: 0), Vector3(x: 0, y: 1, z: 0), Vector3(x: 0, y: 0, z: 1)
    )
    #expect(throws: HullProblem.tooFewPoints(0)) { try ConvexHull(points: []) }
    #expect(throws: HullProblem.tooFewPoints(3)) { try ConvexHull(points: [o, x, y, y]) }
    #expect(throws: HullProblem.coplanar(thickness: 0)) {
      try ConvexHull(points: [o, x, y, x + y])
    }
    #expect(throws: HullProblem.coplanar(thickness: 0)) {
      try ConvexHull(points: [o, x, 2 * x, 3 * x])
    }
    #expect(throws: HullProblem.notFinite(index: 1)) {
      try ConvexHull(points: [o, Vector3(x: .nan, y: 0, z: 0), y, z])
    }
    #expect((try? ConvexHull(points: [o, x, y, z]))?.faces.count == 4)
  }
}
