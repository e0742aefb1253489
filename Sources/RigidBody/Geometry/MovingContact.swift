// Contacts of two features that move: points, lines, planes and circles, with radii.
//
// Equation        gap = n·(a − b) with a, b the closest points of the features and n the unit vector
//                 along a − b (or the normal of the plane); rates by the product rule
// Discretisation  closed forms; a circle against a line or circle by Newton's method to rounding,
//                 its rate by the implicit function
// Source          definitions; no approximation
// Deviation       none
// Validity        features apart, or overlapping where the sign is given by `outward`
// Checked by      ManifoldRateTests

/// One feature pair with rates, from body B to body A.
struct MovingContact {
  var feature: UInt32
  var gap: MovingScalar
  var normal: MovingVector
  /// Point on the surface of A.
  var onA: MovingVector
  var patch = -1

  /// Point on the surface of B.
  var onB: MovingVector { onA - gap * normal }

  /// The same pair with A and B exchanged.
  var swapped: Self {
    Self(feature: feature, gap: gap, normal: -normal, onA: onB, patch: patch)
  }

  var contactPoint: ContactPoint {
    ContactPoint(
      feature: feature, gap: gap.value, normal: normal.value, normalRate: normal.rate,
      point: onA.value, pointRate: onA.rate, patch: patch)
  }
}

extension MovingContact {
  /// Two points with radii; `fallback` is the normal of points that coincide.
  static func points(
    _ feature: UInt32, _ a: MovingVector, _ radiusA: Double, _ b: MovingVector, _ radiusB: Double,
    fallback: Vector3 = Vector3(x: 0, y: 0, z: 1)
  ) -> Self {
    let offset = a - b
    let normal = offset.unit(or: fallback)
    let gap = normal.dot(offset) - (radiusA + radiusB)
    return Self(feature: feature, gap: gap, normal: normal, onA: a - radiusA * normal)
  }

  /// A point with a radius over a plane through `origin`, whose normal points to A.
  static func pointPlane(
    _ feature: UInt32, _ a: MovingVector, _ radiusA: Double, origin: MovingVector,
    normal: MovingVector
  ) -> Self {
    let gap = normal.dot(a - origin) - radiusA
    return Self(feature: feature, gap: gap, normal: normal, onA: a - radiusA * normal)
  }

  /// A plane of A, whose normal points to B (out of A), over a point of B.
  static func planePoint(
    _ feature: UInt32, origin: MovingVector, outward: MovingVector, _ b: MovingVector,
    _ radiusB: Double
  ) -> Self {
    pointPlane(feature, b, radiusB, origin: origin, normal: outward).swapped
  }

  /// A point with a radius and an endless line of B with a radius.
  static func pointLine(
    _ feature: UInt32, _ a: MovingVector, _ radiusA: Double, origin: MovingVector,
    direction: MovingVector, _ radiusB: Double
  ) -> Self {
    let along = direction.dot(a - origin)
    return points(
      feature, a, radiusA, origin + along * direction, radiusB,
      fallback: direction.value.anyNormal)
  }

  /// Two endless lines with radii that are not parallel; the normal is the one with a positive
  /// product with `outward`.
  static func lines(
    _ feature: UInt32, _ a: MovingVector, _ directionA: MovingVector, _ radiusA: Double,
    _ b: MovingVector, _ directionB: MovingVector, _ radiusB: Double, outward: Vector3
  ) -> Self {
    let product = directionA.cross(directionB)
    let sign: Double = product.value.dot(outward) < 0 ? -1 : 1
    let normal = (sign * product).unit(or: directionA.value.anyNormal)
    let offset = a - b
    let gap = normal.dot(offset) - (radiusA + radiusB)
    // foot on A: (b − a) × directionB · product / |product|²
    let along = (-offset).cross(directionB).dot(product) / product.dot(product)
    return Self(
      feature: feature, gap: gap, normal: normal,
      onA: a + along * directionA - radiusA * normal)
  }
}

/// Contacts of a pair before they are exchanged or published.
struct MovingManifold {
  var contacts: [MovingContact] = []
  /// Outlines lie halfway between both surfaces.
  var patches: [ContactPatch] = []

  mutating func add(_ contact: MovingContact, within margin: Double) {
    if contact.gap.value <= margin { contacts.append(contact) }
  }

  var swapped: Self {
    var result = Self()
    result.contacts = contacts.map(\.swapped)
    result.patches = patches.map { patch in
      var other = ContactPatch(outline: patch.outline, normal: -patch.normal)
      if case .polygon(let corners) = patch.outline { other.outline = .polygon(corners.reversed()) }
      return other
    }
    return result
  }

  var manifold: Manifold {
    var result = Manifold()
    result.points = contacts.map(\.contactPoint)
    result.patches = patches
    return result
  }

  /// Whether a contact lies within `distance` of the point on A.
  func holds(_ point: Vector3, within distance: Double) -> Bool {
    contacts.contains { ($0.onA.value - point).length <= distance }
  }
}
