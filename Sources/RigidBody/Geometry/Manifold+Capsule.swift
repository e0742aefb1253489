// Contacts of capsules with capsules and polyhedra.
//
// Equation        gap = distance of the cores − radii. Feature pairs: end over side, side across side
//                 or edge, end over face, edge, vertex; each with its own gap
// Discretisation  closed forms
// Source          definitions
// Deviation       cores within 1e-5 rad of parallel have no crossing point of their own: the ends
//                 carry the contact, which misses at most L²·1e-10/(2·distance of the cores)
// Validity        the cores stay outside the other core or polyhedron, or only an end is inside
// Checked by      ManifoldTests, ManifoldRateTests

/// Sine below which two directions count as parallel for the crossing of curved sides.
private let parallelSine = 1e-5

/// Ids: 0, 1 ends of A over B; 2, 3 ends of B under A; 4 the sides; 5 to 8 end on end.
func capsuleManifold(
  _ a: Segment, _ radiusA: Double, _ b: Segment, _ radiusB: Double, _ margin: Double
) -> MovingManifold {
  var result = MovingManifold()
  let near = 1e-9 * (a.half + b.half + radiusA + radiusB)

  for i in 0...1 {
    let end = a.end(i)
    if abs(b.coordinate(end.value)) <= b.half + near {
      result.add(
        .pointLine(
          UInt32(i), end, radiusA, origin: b.origin, direction: b.direction, radiusB),
        within: margin)
    }
  }
  for i in 0...1 {
    let end = b.end(i)
    guard abs(a.coordinate(end.value)) <= a.half + near else { continue }
    let contact = MovingContact.pointLine(
      UInt32(2 + i), end, radiusB, origin: a.origin, direction: a.direction, radiusA
    ).swapped
    if !result.holds(contact.onA.value, within: 4 * near) { result.add(contact, within: margin) }
  }

  // both closest points between the ends
  if let (s, t) = a.crossing(b.frame.position, b.frame.axes.z, sine: parallelSine),
    abs(s) < a.half, abs(t) < b.half
  {
    let contact = MovingContact.lines(
      4, a.origin, a.direction, radiusA, b.origin, b.direction, radiusB,
      outward: (a.frame.position + s * a.frame.axes.z) - (b.frame.position + t * b.frame.axes.z))
    if !result.holds(contact.onA.value, within: 4 * near) { result.add(contact, within: margin) }
  }

  // ends that are each other's closest points
  for i in 0...1 {
    for j in 0...1 {
      let (endA, endB) = (a.end(i), b.end(j))
      let (alongB, alongA) = (b.coordinate(endA.value), a.coordinate(endB.value))
      let beyondB = j == 0 ? alongB < -b.half - near : alongB > b.half + near
      let beyondA = i == 0 ? alongA < -a.half - near : alongA > a.half + near
      guard beyondA, beyondB else { continue }
      result.add(
        .points(UInt32(5 + 2 * i + j), endA, radiusA, endB, radiusB), within: margin)
    }
  }
  return result
}

/// Ids: 0, 1 ends; 16 + edge; 2²⁰ + vertex.
func capsuleManifold(
  _ a: Segment, _ radius: Double, _ b: Polyhedron, _ margin: Double
) -> MovingManifold {
  var found = ContactCandidates(near: 1e-9 * (a.half + radius + b.size))

  // an end over a face always counts, over an edge or vertex only if the capsule leads away from it
  for i in 0...1 {
    let end = a.end(i)
    let part = b.closestPart(to: end.value)
    let contact = b.contact(UInt32(i), end, radius, part)
    let inward = a.end(1 - i).value - end.value
    let violation = max(0, -contact.normal.value.dot(inward)) / (2 * a.half + radius)
    if case .face = part {
      found.add(contact, violation: violation, limit: 2)
    } else {
      found.add(contact, violation: violation, limit: 1e-9)
    }
  }

  // the side across an edge
  for (j, edge) in b.hull.edges.enumerated() {
    let start = b.vertices[edge.start]
    let direction = b.edgeDirection(j)
    let length = b.edgeVector(j).value.length
    guard
      let (s, t) = a.crossing(start.value, direction.value, sine: 1e-3),
      abs(s) < a.half - found.near, t > found.near, t < length - found.near
    else { continue }
    let outward = b.normals[edge.left].value + b.normals[edge.right].value
    let contact = MovingContact.lines(
      UInt32(16 + j), a.origin, a.direction, radius, start, direction, 0, outward: outward)
    found.add(contact, violation: b.edgeViolation(j, contact.normal.value))
  }

  // the side on a vertex
  for (j, vertex) in b.vertices.enumerated()
  where abs(a.coordinate(vertex.value)) < a.half - found.near {
    let contact = MovingContact.pointLine(
      1 << 20 | UInt32(j), vertex, 0, origin: a.origin, direction: a.direction, radius
    ).swapped
    found.add(contact, violation: b.vertexViolation(j, contact.normal.value), limit: 1e-3)
  }
  return found.manifold(within: margin)
}
