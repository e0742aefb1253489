// Contacts of convex polyhedra: vertices over faces, faces over vertices, crossing edges.
//
// Equation        gap(vertex v, face n, o) = n·(v − o);  gap(edges) = n·(p − q), n ∝ e_A × e_B
// Discretisation  separating axes over faces and edge pairs pick the direction; around it every
//                 feature pair within 0.2 rad is listed with its own gap and normal
// Source          Gottschalk, Lin & Manocha 1996, SIGGRAPH 96, 171 (axes); edge pairs by arcs on the
//                 Gauss map: Gregorius 2013, GDC talk "The separating axis test"
// Deviation       no common normal: almost parallel faces keep one gap for each corner. A vertex also
//                 counts when it is beside the face by no more than its gap
// Validity        a vertex that is apart from an edge or vertex is measured along the best face normal
//                 or edge product, a lower bound of the distance. Edges within 1e-3 rad of parallel do
//                 not cross. Cost of the edge pairs: edges(A) × edges(B)
// Checked by      ManifoldTests, ManifoldRateTests

/// Sine by which a normal may leave the cone of a vertex or edge: the far side of a thin plate, which
/// is close but can never touch, leaves it by 1.
private let coneSine = 0.5

/// Best direction of separation.
struct Separation {
  var gap = -Double.infinity
  /// From B to A.
  var normal = Vector3.zero
  /// The pair of edges, if they define the direction.
  var edges: (a: Int, b: Int)?
}

extension Polyhedron {
  /// Largest separation from `other` along the face normals of this body, with the normal outward.
  func faceSeparation(from other: Polyhedron) -> Separation {
    var best = Separation()
    for i in normals.indices {
      let normal = normals[i].value
      let gap = other.lowest(along: normal) - normal.dot(planePoint(i).value)
      if gap > best.gap { best = Separation(gap: gap, normal: normal) }
    }
    return best
  }

  /// Largest separation of this body (A) from `other` (B) along products of edges.
  func edgeSeparation(from other: Polyhedron) -> Separation {
    var best = Separation()
    let others = other.hull.edges.indices.map { other.edgeDirection($0).value }
    for (i, edge) in hull.edges.enumerated() {
      let along = edgeDirection(i).value
      let (left, right) = (normals[edge.left].value, normals[edge.right].value)
      let start = vertices[edge.start].value
      for (j, otherEdge) in other.hull.edges.enumerated() {
        // the arcs of the normals of A and of the opposite normals of B must cross
        let (otherLeft, otherRight) = (
          -other.normals[otherEdge.left].value, -other.normals[otherEdge.right].value
        )
        let (p, q) = (otherLeft.dot(along), otherRight.dot(along))
        guard p * q < 0 else { continue }
        let (r, s) = (left.dot(others[j]), right.dot(others[j]))
        guard r * s < 0, p * s > 0 else { continue }
        let product = along.cross(others[j])
        let size = product.length
        guard size > 1e-6 else { continue }
        let sign: Double = product.dot(otherLeft + otherRight) < 0 ? 1 : -1
        let normal = (sign / size) * product
        let gap = normal.dot(start - other.vertices[otherEdge.start].value)
        if gap > best.gap { best = Separation(gap: gap, normal: normal, edges: (i, j)) }
      }
    }
    return best
  }
}

func polyhedraManifold(_ a: Polyhedron, _ b: Polyhedron, _ margin: Double) -> MovingManifold {
  var result = MovingManifold()

  // direction of contact; faces are preferred where an edge pair says the same
  var best = b.faceSeparation(from: a)
  let faceOfA = a.faceSeparation(from: b)
  if faceOfA.gap > best.gap {
    best = Separation(gap: faceOfA.gap, normal: -faceOfA.normal)
  }
  guard best.gap <= margin else { return result }
  let size = a.size + b.size
  let crossing = a.edgeSeparation(from: b)
  guard crossing.gap <= margin else { return result }
  if crossing.gap > best.gap + 1e-6 * size { best = crossing }

  let pairs = FeaturePairs(a, b, best, margin, near: 1e-9 * size)
  pairs.addVertices(to: &result)
  pairs.addEdges(to: &result)
  pairs.addPatch(to: &result)
  return result
}

/// The search for feature pairs around a direction of contact.
private struct FeaturePairs {
  let a: Polyhedron
  let b: Polyhedron
  let best: Separation
  let margin: Double
  /// Distance below which points are the same, in m.
  let near: Double
  /// Faces that look at the other body; nil if none is within `directionSine` of the direction.
  let faceA: Int?
  let faceB: Int?

  init(_ a: Polyhedron, _ b: Polyhedron, _ best: Separation, _ margin: Double, near: Double) {
    (self.a, self.b, self.best, self.margin, self.near) = (a, b, best, margin, near)
    let (i, j) = (a.face(along: -best.normal), b.face(along: best.normal))
    let cosine = (1 - directionSine * directionSine).squareRoot()
    faceA = -a.normals[i].value.dot(best.normal) >= cosine ? i : nil
    faceB = b.normals[j].value.dot(best.normal) >= cosine ? j : nil
  }

  static func feature(_ kind: UInt32, _ i: Int, _ j: Int) -> UInt32 {
    kind << 28 | UInt32(i & 0x3fff) << 14 | UInt32(j & 0x3fff)
  }

  /// Vertices of A over the face of B, then vertices of B under the face of A.
  func addVertices(to result: inout MovingManifold) {
    if let faceB {
      for (i, vertex) in a.vertices.enumerated() {
        let contact = MovingContact.pointPlane(
          Self.feature(0, i, faceB), vertex, 0, origin: b.planePoint(faceB),
          normal: b.normals[faceB])
        guard contact.gap.value <= margin,
          b.depthInPrism(faceB, vertex.value) >= -near - max(0, contact.gap.value),
          a.vertexViolation(i, -contact.normal.value) <= coneSine
        else { continue }
        result.add(contact, within: margin)
      }
    }
    if let faceA {
      for (j, vertex) in b.vertices.enumerated() {
        let contact = MovingContact.planePoint(
          Self.feature(1, j, faceA), origin: a.planePoint(faceA), outward: a.normals[faceA],
          vertex, 0)
        guard contact.gap.value <= margin,
          a.depthInPrism(faceA, vertex.value) >= -near - max(0, contact.gap.value),
          b.vertexViolation(j, contact.normal.value) <= coneSine,
          !result.holds(contact.onA.value, within: 4 * near + abs(contact.gap.value) * 1e-6)
        else { continue }
        result.add(contact, within: margin)
      }
    }
  }

  /// Edges that can be as close as the margin.
  private func edges(of body: Polyhedron, facing direction: Vector3) -> [Int] {
    let reach = body.lowest(along: direction) + margin - best.gap + near
    return body.hull.edges.indices.filter {
      let edge = body.hull.edges[$0]
      return min(
        body.vertices[edge.start].value.dot(direction), body.vertices[edge.end].value.dot(direction)
      ) <= reach
    }
  }

  /// Edges that cross between their ends.
  func addEdges(to result: inout MovingManifold) {
    let edgesOfB = edges(of: b, facing: -best.normal)
    for i in edges(of: a, facing: best.normal) {
      let (startA, alongA) = (a.vertices[a.hull.edges[i].start], a.edgeVector(i))
      for j in edgesOfB {
        let (startB, alongB) = (b.vertices[b.hull.edges[j].start], b.edgeVector(j))
        let isBest = best.edges.map { $0.a == i && $0.b == j } ?? false
        let product = alongA.value.cross(alongB.value)
        let square = product.dot(product)
        let (lengthA, lengthB) = (alongA.value.length, alongB.value.length)
        guard square > 1e-6 * (lengthA * lengthB) * (lengthA * lengthB) else { continue }

        // both feet strictly inside their edges, in m from the ends
        let offset = startB.value - startA.value
        let s = offset.cross(alongB.value).dot(product) / square * lengthA
        let t = offset.cross(alongA.value).dot(product) / square * lengthB
        guard isBest || (s > near && s < lengthA - near && t > near && t < lengthB - near)
        else { continue }
        let contact = MovingContact.lines(
          Self.feature(2, i, j), startA, alongA.unit(or: best.normal), 0, startB,
          alongB.unit(or: best.normal), 0, outward: best.normal)
        let cosine = contact.normal.value.dot(best.normal)
        let normal = contact.normal.value
        let violation = max(a.edgeViolation(i, -normal), b.edgeViolation(j, normal))
        guard
          isBest
            || (cosine * cosine >= 1 - directionSine * directionSine && violation <= coneSine),
          !result.holds(contact.onA.value, within: 8 * near)
        else { continue }
        result.add(contact, within: margin)
      }
    }
  }

  /// The common area of two faces that are parallel to 1e-6.
  func addPatch(to result: inout MovingManifold) {
    guard let faceA, let faceB else { return }
    let (normalA, normalB) = (a.normals[faceA].value, b.normals[faceB].value)
    guard (normalA + normalB).length <= 4 * flatness else { return }
    let outline = clip(
      a.hull.faces[faceA].reversed().map { a.vertices[$0].value },
      by: b.hull.faces[faceB].map { b.vertices[$0].value }, normal: normalB, near: near)
    guard outline.count >= 3 else { return }

    // gap of the two planes over each corner
    let (originA, originB) = (a.planePoint(faceA).value, b.planePoint(faceB).value)
    let gaps = outline.map { normalB.dot($0 - originB) - normalA.dot($0 - originA) }
    let (low, high) = (gaps.min() ?? 0, gaps.max() ?? 0)
    guard high <= margin, high - low <= flatness * (a.size + b.size) else { return }
    let members = result.contacts.indices.filter {
      let gap = result.contacts[$0].gap.value
      return gap >= low - flatness * (a.size + b.size) && gap <= high + flatness * (a.size + b.size)
    }
    guard members.count >= 3 else { return }
    for i in members { result.contacts[i].patch = 0 }
    let corners = outline.map { corner in
      let (onA, onB) = (normalA.dot(corner - originA), normalB.dot(corner - originB))
      return corner - 0.5 * (onB * normalB + onA * normalA)
    }
    result.patches.append(ContactPatch(outline: .polygon(corners), normal: normalB))
  }
}

/// A convex polygon cut by the prism over another; both counter-clockwise about the normal.
func clip(
  _ polygon: [Vector3], by frame: [Vector3], normal: Vector3, near: Double
) -> [Vector3] {
  var corners = polygon
  for i in frame.indices {
    let start = frame[i]
    let inward = normal.cross(frame[(i + 1) % frame.count] - start)
    let size = inward.length
    guard size > 0 else { continue }
    let depths = corners.map { ($0 - start).dot(inward) / size }
    var kept: [Vector3] = []
    for k in corners.indices {
      let next = (k + 1) % corners.count
      if depths[k] >= -near { kept.append(corners[k]) }
      if (depths[k] > near && depths[next] < -near) || (depths[k] < -near && depths[next] > near) {
        let fraction = depths[k] / (depths[k] - depths[next])
        kept.append(corners[k] + fraction * (corners[next] - corners[k]))
      }
    }
    corners = kept
  }

  // corners that fell together
  var result: [Vector3] = []
  for corner in corners where !result.contains(where: { ($0 - corner).length <= 8 * near }) {
    result.append(corner)
  }
  return result
}
