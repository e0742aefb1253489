// The convex hull of points, with coplanar facets merged into faces.
//
// Equation        hull = all planes through hull points that have every point on one side
// Discretisation  incremental: each point removes the triangles it sees and is joined to their
//                 horizon; then points within 1e-9 of a facet's plane form one face. O(n²)
// Source          incremental hull: Preparata & Shamos 1985, Computational Geometry, section 3.4;
//                 polygon of a face: Andrew 1979, Inf. Process. Lett. 9, 216
// Deviation       faces are rebuilt from planes, so that collinear and inner points drop out
// Validity        finite points; features thinner than 1e-9 of the extent are not resolved
// Checked by      ConvexHullTests

/// Why points have no hull.
public enum HullProblem: Error, Sendable, Hashable {
  /// How many different points there are; 4 are needed.
  case tooFewPoints(Int)
  /// Largest distance from a common plane, in m.
  case coplanar(thickness: Double)
  /// Index of the first point that is not finite.
  case notFinite(index: Int)
  /// The faces do not close: the points are thinner than what is resolved, of the extent in m.
  case unresolved(extent: Double)
}

extension ConvexHull {
  /// The hull of points in m, in any order; points inside or on faces and edges are dropped.
  ///
  /// Vertices keep the order of the points.
  public init(points: [Vector3]) throws(HullProblem) {
    for (i, p) in points.enumerated() {
      guard p.x.isFinite, p.y.isFinite, p.z.isFinite else {
        throw HullProblem.notFinite(index: i)
      }
    }
    let origin = points.first ?? .zero
    let extent = points.reduce(0) { max($0, ($1 - origin).length) }
    var distinct: [Vector3] = []
    for p in points where !distinct.contains(where: { ($0 - p).length <= 1e-12 * extent }) {
      distinct.append(p)
    }
    guard distinct.count >= 4 else { throw HullProblem.tooFewPoints(distinct.count) }

    let triangles = try Self.triangles(of: distinct, extent: extent)
    var used = Set<Int>()
    var faces = Self.faces(of: triangles, distinct, extent: extent)
    for face in faces { used.formUnion(face) }
    let order = used.sorted()
    var number: [Int: Int] = [:]
    for (new, old) in order.enumerated() { number[old] = new }
    faces = faces.map { $0.compactMap { number[$0] } }
    self.init(vertices: order.map { distinct[$0] }, faces: faces)

    // Euler: a closed surface has V − E + F = 2, and each side of a face belongs to an edge
    let sides = faces.reduce(0) { $0 + $1.count }
    guard vertices.count - edges.count + faces.count == 2, sides == 2 * edges.count else {
      throw HullProblem.unresolved(extent: extent)
    }
  }

  /// Corners counter-clockwise from outside, with the plane.
  private struct Triangle {
    let corners: [Int]
    let normal: Vector3
    let offset: Double

    init(_ a: Int, _ b: Int, _ c: Int, _ points: [Vector3]) {
      corners = [a, b, c]
      let product = (points[b] - points[a]).cross(points[c] - points[a])
      normal = (1 / max(product.length, 1e-300)) * product
      offset = normal.dot(points[a])
    }

    func height(_ p: Vector3) -> Double { normal.dot(p) - offset }
  }

  private struct Side: Hashable {
    let start: Int
    let end: Int
  }

  /// Largest tetrahedron that is found greedily, as a start.
  private static func seed(
    _ points: [Vector3], extent: Double
  ) throws(HullProblem) -> [Int] {
    func farthest(_ measure: (Vector3) -> Double) -> Int {
      points.indices.max { measure(points[$0]) < measure(points[$1]) } ?? 0
    }
    let a = farthest { -$0.x }
    let b = farthest { ($0 - points[a]).length }
    let along = points[b] - points[a]
    let c = farthest { along.cross($0 - points[a]).length }
    let plane = Triangle(a, b, c, points)
    let d = farthest { abs(plane.height($0)) }
    let thickness = abs(plane.height(points[d]))
    guard thickness > 1e-9 * extent, along.cross(points[c] - points[a]).length > 0 else {
      throw HullProblem.coplanar(thickness: thickness)
    }
    return plane.height(points[d]) < 0 ? [a, b, c, d] : [a, c, b, d]
  }

  private static func triangles(
    of points: [Vector3], extent: Double
  ) throws(HullProblem) -> [Triangle] {
    let start = try seed(points, extent: extent)
    let (a, b, c, d) = (start[0], start[1], start[2], start[3])
    var triangles = [
      Triangle(a, b, c, points), Triangle(a, d, b, points), Triangle(b, d, c, points),
      Triangle(c, d, a, points),
    ]
    for i in points.indices where !start.contains(i) {
      let seen = triangles.map { $0.height(points[i]) > 1e-12 * extent }
      guard seen.contains(true) else { continue }
      var sides = Set<Side>()
      for (triangle, isSeen) in zip(triangles, seen) where isSeen {
        for k in 0..<3 {
          sides.insert(Side(start: triangle.corners[k], end: triangle.corners[(k + 1) % 3]))
        }
      }
      var kept = zip(triangles, seen).filter { !$0.1 }.map(\.0)
      for side in sides.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) })
      where !sides.contains(Side(start: side.end, end: side.start)) {
        kept.append(Triangle(side.start, side.end, i, points))
      }
      triangles = kept
    }
    return triangles
  }

  /// One face for each plane: the polygon of all points within 1e-9 of the extent.
  private static func faces(
    of triangles: [Triangle], _ points: [Vector3], extent: Double
  ) -> [[Int]] {
    let near = 1e-9 * extent
    var faces: [[Int]] = []
    var planes: [Triangle] = []
    let byArea = triangles.sorted { area($0, points) > area($1, points) }
    for triangle in byArea where area(triangle, points) > 1e-12 * extent * extent {
      let isKnown = planes.contains { plane in
        plane.normal.dot(triangle.normal) > 0.5
          && triangle.corners.allSatisfy { abs(plane.height(points[$0])) <= near }
      }
      if isKnown { continue }
      planes.append(triangle)
      let members = points.indices.filter { abs(triangle.height(points[$0])) <= near }
      faces.append(polygon(of: members, points, normal: triangle.normal, near: near))
    }
    return faces
  }

  private static func area(_ triangle: Triangle, _ points: [Vector3]) -> Double {
    let c = triangle.corners.map { points[$0] }
    return 0.5 * (c[1] - c[0]).cross(c[2] - c[0]).length
  }

  /// Convex polygon counter-clockwise about the normal, without collinear points.
  private static func polygon(
    of members: [Int], _ points: [Vector3], normal: Vector3, near: Double
  ) -> [Int] {
    let first = normal.anyNormal
    let second = normal.cross(first)
    let sorted = members.map { (index: $0, x: points[$0].dot(first), y: points[$0].dot(second)) }
      .sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    func chain(_ row: [(index: Int, x: Double, y: Double)]) -> [Int] {
      var result: [(index: Int, x: Double, y: Double)] = []
      for p in row {
        while result.count >= 2 {
          let (a, b) = (result[result.count - 2], result[result.count - 1])
          let turn = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)
          let length = ((p.x - a.x) * (p.x - a.x) + (p.y - a.y) * (p.y - a.y)).squareRoot()
          if turn > near * length { break }
          result.removeLast()
        }
        result.append(p)
      }
      return result.dropLast().map(\.index)
    }
    return chain(sorted) + chain(sorted.reversed())
  }
}
