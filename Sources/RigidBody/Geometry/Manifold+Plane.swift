// Contacts with a half-space: every vertex, end or rim that is close.
//
// Equation        gap = n·(p − o) − r for a vertex or centre p;
//                 lowest point of a rim: p = c − R·u, u = (n − (n·a)a)/|n − (n·a)a|
// Discretisation  closed forms
// Source          definitions
// Deviation       a flat cylinder rests on 24 points of its rim at fixed angles of the body (the
//                 outline of the patch is the true disc); when it is tilted, those within 60° of the
//                 lowest point are left out: they say the same as the lowest point, later
// Validity        a rim is flat when its tilt is ≤ 1e-9; within that the lowest point is undefined. Gaps
//                 jump there by 1e-11·R at most: the deepest of the 24 points is 7.5° from the lowest
// Checked by      ManifoldTests, ManifoldRateTests

/// Points that have gaps within this fraction of the size of each other form a patch.
let flatness = 1e-6

/// Tilt in rad below which a rim is flat.
let rimFlatness = 1e-9

/// Rim points of a flat cylinder.
let rimCount = 24

func planeManifold(
  _ shape: Shape, _ a: MovingFrame, plane: MovingFrame, _ margin: Double
) -> MovingManifold {
  var result = MovingManifold()
  let (origin, normal) = (plane.origin, plane.axis)
  switch shape {
  case .sphere(let radius):
    result.add(
      .pointPlane(0, a.origin, radius, origin: origin, normal: normal), within: margin)
  case .capsule(let radius, let half):
    for (i, z) in [-half, half].enumerated() {
      result.add(
        .pointPlane(
          UInt32(i), a.point(Vector3(x: 0, y: 0, z: z)), radius, origin: origin, normal: normal),
        within: margin)
    }
  case .cylinder(let radius, let half):
    for rim in Cylinder(a, radius, half).rims {
      var found = ContactCandidates(near: 0)
      rim.addContacts(with: origin, normal, to: &found) { _ in true }
      for candidate in found.candidates { result.add(candidate.contact, within: margin) }
      if rim.lowest(along: normal) == nil, result.contacts.count >= rimCount,
        rim.outward.value.dot(normal.value) < 0
      {
        result.addDisc(rim, origin.value, normal.value)
      }
    }
  case .box(let half):
    addVertices(of: .box(half: half), a, origin, normal, margin, to: &result)
  case .hull(let hull):
    addVertices(of: hull, a, origin, normal, margin, to: &result)
  case .plane, .bowl, .pipe: break
  }
  return result
}

extension MovingManifold {
  /// Makes all contacts corners of a patch, the whole disc of a rim that lies flat.
  mutating func addDisc(_ rim: Rim, _ origin: Vector3, _ normal: Vector3) {
    for i in contacts.indices { contacts[i].patch = 0 }
    let centre = rim.centre.value
    let middle = centre - 0.5 * normal.dot(centre - origin) * normal
    patches = [
      ContactPatch(outline: .disc(centre: middle, radius: rim.radius), normal: normal)
    ]
  }
}

/// Every close vertex is a point; those of a face that lies flat become a patch.
private func addVertices(
  of hull: ConvexHull, _ a: MovingFrame, _ origin: MovingVector, _ normal: MovingVector,
  _ margin: Double, to result: inout MovingManifold
) {
  var gaps: [Double] = []
  gaps.reserveCapacity(hull.vertices.count)
  var size = 0.0
  for (i, vertex) in hull.vertices.enumerated() {
    let contact = MovingContact.pointPlane(
      UInt32(i), a.point(vertex), 0, origin: origin, normal: normal)
    gaps.append(contact.gap.value)
    size = max(size, vertex.length)
    result.add(contact, within: margin)
  }
  guard result.contacts.count >= 3 else { return }

  // the face that looks down, if all of its vertices are close and equally far
  guard
    let face = hull.faces.indices.min(by: {
      a.axes.toWorld(hull.normals[$0]).dot(normal.value)
        < a.axes.toWorld(hull.normals[$1]).dot(normal.value)
    })
  else { return }
  let loop = hull.faces[face]
  let low = loop.map { gaps[$0] }.min() ?? 0
  let high = loop.map { gaps[$0] }.max() ?? 0
  guard high <= margin, high - low <= flatness * size else { return }
  for i in result.contacts.indices where loop.contains(Int(result.contacts[i].feature)) {
    result.contacts[i].patch = 0
  }
  // seen along the normal, a face that looks down runs clockwise
  let corners = loop.reversed().map {
    a.point(hull.vertices[$0]).value - 0.5 * gaps[$0] * normal.value
  }
  result.patches.append(ContactPatch(outline: .polygon(corners), normal: normal.value))
}
