// Contacts of cylinders with polyhedra, cylinders and capsules.
//
// Equation        feature pairs: rim over face, vertex under disc, vertex or edge or line against the
//                 side, rim against edge, line or rim; each with its own gap and normal
// Discretisation  closed forms; rims against lines and rims by Newton (Rim+Line)
// Source          definitions
// Deviation       a disc on a face shows its 24 fixed points that are over the face, the corners of the
//                 face under it, and the crossings of rim and border. The outline is the true disc,
//                 or else a polygon with 96 sides a circle (area short by at most 0.071 %)
// Validity        overlaps up to a few percent. Not separate features: rims that touch at parallel
//                 tangents (coins edge on edge in one plane touch as sides do), and the overlap of a
//                 rim's point and a vertex (apart, they are listed).
//                 Two discs with equal axes and radii rest on the 24 points of the first
// Checked by      ManifoldTests, ManifoldRateTests

/// Sides of the polygon that stands for a disc which is cut.
private let outlineCount = 96

/// Ids: kind in the top four bits, then the two features.
private func feature(_ kind: UInt32, _ i: Int, _ j: Int) -> UInt32 {
  kind << 28 | UInt32(i & 0x3fff) << 14 | UInt32(j & 0x3fff)
}

func cylinderManifold(_ a: Cylinder, _ b: Polyhedron, _ margin: Double) -> MovingManifold {
  let near = 1e-9 * (a.radius + a.half + b.size)
  var found = ContactCandidates(near: near)
  for rim in a.rims {
    for (j, normal) in b.normals.enumerated() {
      rim.addContacts(
        base: feature(0, j, 0), with: b.planePoint(j), normal, to: &found
      ) { b.depthInPrism(j, $0) >= -near }
    }
    for (i, vertex) in b.vertices.enumerated() {
      let offset = vertex.value - rim.centre.value
      let height = offset.dot(rim.outward.value)
      guard (offset - height * rim.outward.value).length <= a.radius + found.near else { continue }
      let contact = MovingContact.planePoint(
        feature(1, i, rim.index), origin: rim.centre, outward: rim.outward, vertex, 0)
      found.add(contact, violation: b.vertexViolation(i, contact.normal.value))
    }
    for (i, vertex) in b.vertices.enumerated() {
      // only bodies apart have a direction between a rim and a vertex
      let point = rim.closest(to: vertex)
      let contact = MovingContact.points(feature(5, i, rim.index), point, 0, vertex, 0)
      guard contact.gap.value > near else { continue }
      let normal = contact.normal.value
      found.add(
        contact, violation: max(rim.violation(point.value, -normal), b.vertexViolation(i, normal)),
        limit: 1e-6)
    }
    for (j, edge) in b.hull.edges.enumerated() {
      let (start, length) = (b.vertices[edge.start], b.edgeVector(j).value.length)
      let outward = b.normals[edge.left].value + b.normals[edge.right].value
      rim.addCrossings(
        feature(4, j, rim.index), with: start, b.edgeDirection(j), from: 0, to: length,
        to: &found, outward: outward
      ) { b.edgeViolation(j, $0) }
    }
  }
  for (i, vertex) in b.vertices.enumerated() where abs(a.axis.coordinate(vertex.value)) <= a.half {
    let contact = MovingContact.pointLine(
      feature(2, i, 0), vertex, 0, origin: a.frame.origin, direction: a.frame.axis, a.radius
    ).swapped
    found.add(contact, violation: b.vertexViolation(i, contact.normal.value))
  }
  for (j, edge) in b.hull.edges.enumerated() {
    let (start, direction) = (b.vertices[edge.start], b.edgeDirection(j))
    guard let (s, t) = a.axis.crossing(start.value, direction.value, sine: 1e-3),
      abs(s) < a.half, t > 0, t < b.edgeVector(j).value.length
    else { continue }
    let outward = b.normals[edge.left].value + b.normals[edge.right].value
    let contact = MovingContact.lines(
      feature(3, j, 0), a.frame.origin, a.frame.axis, a.radius, start, direction, 0,
      outward: outward)
    found.add(contact, violation: b.edgeViolation(j, contact.normal.value))
  }

  var result = found.manifold(within: margin)
  guard let best = found.best else { return result }
  let face = b.face(along: best.normal.value)
  let corners = b.hull.faces[face].map { b.vertices[$0].value }
  for rim in a.rims where (rim.outward.value + b.normals[face].value).length <= flatness {
    let isInside = b.depthInPrism(face, rim.centre.value) >= a.radius
    let outline = clip(
      rim.polygon(about: b.normals[face].value), by: corners, normal: b.normals[face].value,
      near: found.near)
    result.addPatch(
      isInside ? nil : outline, rim, b.planePoint(face).value, b.normals[face].value)
  }
  return result
}

func cylinderManifold(_ a: Cylinder, _ b: Cylinder, _ margin: Double) -> MovingManifold {
  let near = 1e-9 * (a.radius + a.half + b.radius + b.half)
  var found = ContactCandidates(near: near)

  // rims over discs, and discs over rims
  for rim in a.rims {
    for other in b.rims {
      let pair = 2 * rim.index + other.index
      rim.addContacts(
        base: feature(0, pair, 0), with: other.centre, other.outward, to: &found
      ) { other.covers($0, near: near) }
    }
  }
  let firstOfB = found.candidates.count
  for rim in b.rims {
    for other in a.rims {
      let pair = 2 * rim.index + other.index
      rim.addContacts(
        base: feature(1, pair, 0), with: other.centre, other.outward, to: &found
      ) { other.covers($0, near: near) }
    }
  }
  for k in firstOfB..<found.candidates.count {
    found.candidates[k].contact = found.candidates[k].contact.swapped
  }

  // rims against the other side, rims against rims
  for rim in a.rims {
    rim.addLineContacts(feature(2, rim.index, 0), to: &found, with: b.axis, b.radius)
    for other in b.rims { rim.addContacts(feature(4, rim.index, other.index), other, to: &found) }
  }
  let second = found.candidates.count
  for rim in b.rims {
    rim.addLineContacts(feature(3, rim.index, 0), to: &found, with: a.axis, a.radius)
  }
  for k in second..<found.candidates.count {
    found.candidates[k].contact = found.candidates[k].contact.swapped
  }
  found.addSides(feature(5, 0, 0), a.axis, a.radius, b.axis, b.radius)

  // discs that lie on each other
  var result = found.manifold(within: margin)
  for rim in a.rims {
    for other in b.rims where (rim.outward.value + other.outward.value).length <= flatness {
      let normal = other.outward.value
      let offset = rim.centre.value - other.centre.value
      let shift = (offset - offset.dot(normal) * normal).length
      if shift <= b.radius - a.radius + found.near {
        result.dropRimOfB()
        result.addPatch(nil, rim, other.centre.value, normal)
      } else if shift <= a.radius - b.radius {
        result.addPatch(nil, other, rim.centre.value, normal)
      } else {
        let outline = clip(
          rim.polygon(about: normal), by: other.polygon(about: normal), normal: normal,
          near: found.near)
        result.addPatch(outline, rim, other.centre.value, normal)
      }
    }
  }
  return result
}

/// A capsule (A) and a cylinder (B).
func capsuleCylinderManifold(
  _ a: Segment, _ radius: Double, _ shape: Shape, _ frame: MovingFrame, _ margin: Double
) -> MovingManifold {
  guard case .cylinder(let other, let half) = shape else { return MovingManifold() }
  let b = Cylinder(frame, other, half)
  var found = ContactCandidates(near: 1e-9 * (a.half + radius + other + half))
  for i in 0...1 {
    let end = a.end(i)
    let contact = b.contact(UInt32(i), end, radius)
    let inward = a.end(1 - i).value - end.value
    let violation = max(0, -contact.normal.value.dot(inward)) / (2 * a.half + radius)
    found.add(contact, violation: violation, limit: b.isOverRim(end.value) ? 1e-9 : 2)
  }
  let first = found.candidates.count
  for rim in b.rims {
    rim.addLineContacts(feature(1, rim.index, 0), to: &found, with: a, radius)
  }
  for k in first..<found.candidates.count {
    found.candidates[k].contact = found.candidates[k].contact.swapped
  }
  found.addSides(feature(2, 0, 0), a, radius, b.axis, b.radius)
  return found.manifold(within: margin)
}

extension Cylinder {
  /// Whether the closest part of the surface is a rim.
  func isOverRim(_ point: Vector3) -> Bool {
    let local = frame.local(point)
    return abs(local.z) > half && local.x * local.x + local.y * local.y > radius * radius
  }
}

extension ContactCandidates {
  /// The sides of two round bodies, where both closest points lie between the ends.
  fileprivate mutating func addSides(
    _ feature: UInt32, _ a: Segment, _ radiusA: Double, _ b: Segment, _ radiusB: Double
  ) {
    guard let (s, t) = a.crossing(b.frame.position, b.frame.axes.z, sine: 1e-5),
      abs(s) < a.half, abs(t) < b.half
    else { return }
    let outward = (a.frame.position + s * a.frame.axes.z) - (b.frame.position + t * b.frame.axes.z)
    add(
      .lines(
        feature, a.origin, a.direction, radiusA, b.origin, b.direction, radiusB, outward: outward),
      violation: 0)
  }
}

extension MovingManifold {
  /// Takes out points of the rim of B where the rim of A says the same.
  fileprivate mutating func dropRimOfB() {
    let kept = contacts.filter { $0.feature >> 28 != 1 }
    if kept.count >= rimCount { contacts = kept }
  }

  /// Makes contacts of equal gap corners of a patch: the disc of the rim, or a polygon over it.
  fileprivate mutating func addPatch(
    _ outline: [Vector3]?, _ rim: Rim, _ origin: Vector3, _ normal: Vector3
  ) {
    let centre = rim.centre.value
    let gap = abs(normal.dot(centre - origin))
    let slack = 4 * flatness * rim.radius
    let members = contacts.indices.filter { abs(abs(contacts[$0].gap.value) - gap) <= slack }
    guard members.count >= 3, patches.isEmpty, (outline?.count ?? 3) >= 3 else { return }
    for i in members { contacts[i].patch = 0 }
    let shift = -0.5 * normal.dot(centre - origin) * normal
    if let outline {
      patches = [ContactPatch(outline: .polygon(outline.map { $0 + shift }), normal: normal)]
    } else {
      patches = [
        ContactPatch(outline: .disc(centre: centre + shift, radius: rim.radius), normal: normal)
      ]
    }
  }
}

extension Rim {
  /// Corners of a polygon in the circle, counter-clockwise about a normal along the axis.
  fileprivate func polygon(about normal: Vector3) -> [Vector3] {
    let sign: Double = normal.dot(frame.axes.z) < 0 ? -1 : 1
    return (0..<outlineCount).map {
      let angle = sign * 2 * Double.pi * Double($0) / Double(outlineCount)
      return point(angle: MovingScalar(angle)).point.value
    }
  }

  /// Whether a point lies over or under the disc.
  fileprivate func covers(_ point: Vector3, near: Double) -> Bool {
    let offset = point - centre.value
    let height = offset.dot(outward.value)
    return (offset - height * outward.value).length <= radius + near
  }

  /// Which of several points of the rim one is, by the half of the rim; a single one has no side, which
  /// rounding would choose where a line is parallel to the axis.
  private func side(of point: Vector3, along direction: Vector3, of count: Int) -> UInt32 {
    count > 1 && (point - centre.value).dot(direction) < 0 ? 2 : 0
  }

  /// Crossings with an edge of B: two at most, told apart by the side of the centre they are on.
  fileprivate func addCrossings(
    _ feature: UInt32, with origin: MovingVector, _ direction: MovingVector, from: Double,
    to end: Double, to found: inout ContactCandidates, outward: Vector3,
    violationOfB: (Vector3) -> Double
  ) {
    let angles = closestAngles(origin: origin, direction: direction)
    for angle in angles {
      let (point, tangent) = point(angle: angle)
      let along = direction.value.dot(point.value - origin.value)
      guard along > from, along < end else { continue }
      let product = tangent.cross(direction)
      guard product.value.length > 1e-3 * radius else { continue }
      let sign: Double = product.value.dot(outward) < 0 ? -1 : 1
      let normal = (sign * product).unit(or: outward)
      let gap = normal.dot(point - origin)
      let side = side(of: point.value, along: direction.value, of: angles.count)
      found.add(
        MovingContact(feature: feature + side, gap: gap, normal: normal, onA: point),
        violation: max(
          violation(point.value, -normal.value), violationOfB(normal.value)))
    }
  }

  /// Closest points to the side of a round body B.
  fileprivate func addLineContacts(
    _ feature: UInt32, to found: inout ContactCandidates, with axis: Segment, _ thickness: Double
  ) {
    let angles = closestAngles(origin: axis.origin, direction: axis.direction)
    for angle in angles {
      let (point, _) = point(angle: angle)
      guard abs(axis.coordinate(point.value)) <= axis.half + found.near else { continue }
      let side = side(of: point.value, along: axis.direction.value, of: angles.count)
      let contact = MovingContact.pointLine(
        feature + side, point, 0, origin: axis.origin, direction: axis.direction, thickness)
      found.add(contact, violation: violation(point.value, -contact.normal.value))
    }
  }

  /// Crossings of two rims, told apart by the side of the line of centres they are on.
  fileprivate func addContacts(
    _ feature: UInt32, _ other: Rim, to found: inout ContactCandidates
  ) {
    let angles = closestAngles(to: other)
    for (angle, otherAngle) in angles {
      let (p, tangent) = point(angle: angle)
      let (q, otherTangent) = other.point(angle: otherAngle)
      let product = tangent.cross(otherTangent)
      guard product.value.length > 1e-3 * radius * other.radius else { continue }
      let radial = (1 / other.radius) * (q.value - other.centre.value)
      let sign: Double = product.value.dot(radial + other.outward.value) < 0 ? -1 : 1
      let normal = (sign * product).unit(or: radial)
      let across = (other.centre.value - centre.value).cross(outward.value)
      let side = side(of: p.value, along: across, of: angles.count)
      found.add(
        MovingContact(
          feature: feature + side, gap: normal.dot(p - q), normal: normal, onA: p),
        violation: max(
          violation(p.value, -normal.value), other.violation(q.value, normal.value)))
    }
  }
}
