// A convex polyhedron in motion: boxes and hulls in world axes.
//
// Equation        prism of a face: (p − v)·(n × e) ≥ 0 for each edge e of its loop
// Discretisation  none
// Source          definitions
// Deviation       none
// Validity        convex and closed
// Checked by      ManifoldTests, ManifoldRateTests

/// Vertices and normals of a hull with their rates.
struct Polyhedron {
  let frame: MovingFrame
  let hull: ConvexHull
  let vertices: [MovingVector]
  let normals: [MovingVector]
  /// Largest distance of a vertex from the origin, in m.
  let size: Double

  init(_ hull: ConvexHull, _ frame: MovingFrame) {
    (self.hull, self.frame) = (hull, frame)
    vertices = hull.vertices.map { frame.point($0) }
    normals = hull.normals.map { frame.direction($0) }
    size = hull.vertices.reduce(0) { max($0, $1.length) }
  }

  init(box half: Vector3, _ frame: MovingFrame) { self.init(ConvexHull.box(half: half), frame) }

  /// Nil for shapes that are not polyhedra.
  init?(_ shape: Shape, _ frame: MovingFrame) {
    switch shape {
    case .box(let half): self.init(ConvexHull.box(half: half), frame)
    case .hull(let hull): self.init(hull, frame)
    default: return nil
    }
  }

  /// A vertex of the face, as a point of its plane.
  func planePoint(_ face: Int) -> MovingVector { vertices[hull.faces[face][0]] }

  /// From start to end, not normalised.
  func edgeVector(_ edge: Int) -> MovingVector {
    vertices[hull.edges[edge].end] - vertices[hull.edges[edge].start]
  }

  func edgeDirection(_ edge: Int) -> MovingVector {
    edgeVector(edge).unit(or: frame.axes.z)
  }

  /// Signed distance of a world point from the nearest side plane of the prism over a face, positive
  /// inside.
  func depthInPrism(_ face: Int, _ point: Vector3) -> Double {
    let loop = hull.faces[face]
    let normal = normals[face].value
    var depth = Double.infinity
    for i in loop.indices {
      let start = vertices[loop[i]].value
      let edge = vertices[loop[(i + 1) % loop.count]].value - start
      depth = min(depth, (point - start).dot(normal.cross(edge)) / max(edge.length, 1e-300))
    }
    return depth
  }

  /// The face whose normal is closest to a direction.
  func face(along direction: Vector3) -> Int {
    var best = 0
    var value = -Double.infinity
    for (i, normal) in normals.enumerated() {
      let product = normal.value.dot(direction)
      if product > value { (best, value) = (i, product) }
    }
    return best
  }

  /// Smallest product of a vertex with a direction.
  func lowest(along direction: Vector3) -> Double {
    vertices.reduce(Double.infinity) { min($0, $1.value.dot(direction)) }
  }

  /// Largest signed distance of a world point from the planes of the faces, and that face.
  func nearestPlane(_ point: Vector3) -> (face: Int, distance: Double) {
    var best = (face: 0, distance: -Double.infinity)
    for i in normals.indices {
      let distance = normals[i].value.dot(point - planePoint(i).value)
      if distance > best.distance { best = (i, distance) }
    }
    return best
  }

  /// A part of the surface.
  enum Part {
    case face(Int)
    case edge(Int)
    case vertex(Int)
  }

  /// The part of the surface that is closest to a world point; inside, the face with the nearest
  /// plane.
  func closestPart(to point: Vector3) -> Part {
    let nearest = nearestPlane(point)
    if nearest.distance <= 0 { return .face(nearest.face) }
    var best = Part.face(nearest.face)
    var distance = Double.infinity
    for i in normals.indices {
      let height = normals[i].value.dot(point - planePoint(i).value)
      if height > 0, height < distance, depthInPrism(i, point) >= 0 {
        (best, distance) = (.face(i), height)
      }
    }
    for (i, edge) in hull.edges.enumerated() {
      let start = vertices[edge.start].value
      let along = vertices[edge.end].value - start
      let fraction = (point - start).dot(along) / along.dot(along)
      guard fraction > 0, fraction < 1 else { continue }
      let length = (point - start - fraction * along).length
      if length < distance { (best, distance) = (.edge(i), length) }
    }
    for (i, vertex) in vertices.enumerated() {
      let length = (point - vertex.value).length
      if length < distance { (best, distance) = (.vertex(i), length) }
    }
    return best
  }

  /// Contact of a point of A with a radius and a part of this polyhedron as B.
  func contact(
    _ feature: UInt32, _ point: MovingVector, _ radius: Double, _ part: Part
  ) -> MovingContact {
    switch part {
    case .face(let i):
      return .pointPlane(feature, point, radius, origin: planePoint(i), normal: normals[i])
    case .edge(let i):
      return .pointLine(
        feature, point, radius, origin: vertices[hull.edges[i].start],
        direction: edgeDirection(i), 0)
    case .vertex(let i):
      return .points(feature, point, radius, vertices[i], 0)
    }
  }

  /// Sine by which a direction leaves the arc between the normals of the faces of an edge; 0 inside.
  func edgeViolation(_ edge: Int, _ direction: Vector3) -> Double {
    let along = edgeDirection(edge).value
    let (left, right) = (hull.edges[edge].left, hull.edges[edge].right)
    return max(
      0, -normals[left].value.cross(direction).dot(along),
      -direction.cross(normals[right].value).dot(along))
  }

  /// Sine by which a direction leaves the normal cone of a vertex; 0 inside.
  func vertexViolation(_ vertex: Int, _ direction: Vector3) -> Double {
    var worst = 0.0
    for (i, edge) in hull.edges.enumerated() where edge.start == vertex || edge.end == vertex {
      let along = edgeDirection(i).value.dot(direction)
      worst = max(worst, edge.start == vertex ? along : -along)
    }
    return worst
  }
}
