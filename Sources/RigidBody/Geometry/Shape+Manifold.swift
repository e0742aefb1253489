// Which feature pairs of two shapes are close: dispatch over the pairs of shapes.
//
// Equation        the identity that every point keeps: d(gap)/dt = n·(v_A − v_B) at the point
// Discretisation  closed forms for each pair of features, see the files of the families
// Source          separating axes: Gottschalk, Lin & Manocha 1996, SIGGRAPH 96, 171;
//                 clipping: Sutherland & Hodgman 1974, Commun. ACM 17, 32
// Deviation       every feature pair keeps its own gap and normal; no common penetration depth
// Validity        overlaps up to a few percent of the size. Two half-spaces, bowls or pipes never
//                 touch. Limits of single pairs: see Manifold+Cylinder and Manifold+Hollow
// Checked by      ManifoldTests (closed forms, symmetry), ManifoldRateTests (differences of poses)

/// All feature pairs of two shapes with gap ≤ `margin` (m), from body B to body A.
///
/// Poses are those of the shape axes, twists the velocity of the shape's origin and the spin in world
/// axes. When the shapes are exchanged the same pairs come with the opposite normal, the point on the
/// other surface and the same feature ids; only for two equal shapes the ids depend on the order.
public func contactManifold(
  _ shapeA: Shape, _ poseA: Pose, _ twistA: Twist, _ shapeB: Shape, _ poseB: Pose,
  _ twistB: Twist, within margin: Double
) -> Manifold {
  let (a, b) = (MovingFrame(poseA, twistA), MovingFrame(poseB, twistB))
  if shapeA.precedes(shapeB) {
    return orderedManifold(shapeA, a, shapeB, b, margin).manifold
  }
  return orderedManifold(shapeB, b, shapeA, a, margin).swapped.manifold
}

/// The pairs in the order of `Shape.rank`.
private func orderedManifold(
  _ shapeA: Shape, _ a: MovingFrame, _ shapeB: Shape, _ b: MovingFrame, _ margin: Double
) -> MovingManifold {
  switch (shapeA, shapeB) {
  case (_, .plane): return planeManifold(shapeA, a, plane: b, margin)
  case (_, .bowl(let radius)): return bowlManifold(shapeA, a, bowl: b, radius, margin)
  case (_, .pipe(let radius)): return pipeManifold(shapeA, a, pipe: b, radius, margin)
  case (.sphere(let radius), _):
    return sphereManifold(centre: a.origin, radius, shapeB, b, margin)
  case (.capsule(let radius, let half), .capsule(let otherRadius, let otherHalf)):
    return capsuleManifold(
      Segment(a, half), radius, Segment(b, otherHalf), otherRadius, margin)
  case (.capsule(let radius, let half), .cylinder):
    return capsuleCylinderManifold(Segment(a, half), radius, shapeB, b, margin)
  case (.capsule(let radius, let half), .box(let size)):
    return capsuleManifold(Segment(a, half), radius, Polyhedron(box: size, b), margin)
  case (.capsule(let radius, let half), .hull(let hull)):
    return capsuleManifold(Segment(a, half), radius, Polyhedron(hull, b), margin)
  case (.cylinder(let radius, let half), .cylinder(let otherRadius, let otherHalf)):
    return cylinderManifold(
      Cylinder(a, radius, half), Cylinder(b, otherRadius, otherHalf), margin)
  case (.cylinder(let radius, let half), .box(let size)):
    return cylinderManifold(Cylinder(a, radius, half), Polyhedron(box: size, b), margin)
  case (.cylinder(let radius, let half), .hull(let hull)):
    return cylinderManifold(Cylinder(a, radius, half), Polyhedron(hull, b), margin)
  default:
    guard let first = Polyhedron(shapeA, a), let second = Polyhedron(shapeB, b) else {
      return MovingManifold()
    }
    return polyhedraManifold(first, second, margin)
  }
}

extension Shape {
  /// Place in the order of a pair: bodies first, surroundings last.
  var rank: Int {
    switch self {
    case .sphere: 0
    case .capsule: 1
    case .cylinder: 2
    case .box: 3
    case .hull: 4
    case .plane: 5
    case .bowl: 6
    case .pipe: 7
    }
  }

  /// Numbers that tell shapes of one kind apart.
  private var measures: [Double] {
    switch self {
    case .sphere(let radius), .bowl(let radius), .pipe(let radius): [radius]
    case .capsule(let radius, let half), .cylinder(let radius, let half): [radius, half]
    case .box(let half): [half.x, half.y, half.z]
    case .hull(let hull): hull.vertices.flatMap { [$0.x, $0.y, $0.z] }
    case .plane: []
    }
  }

  /// The order of a pair does not depend on the order of the arguments, unless both are equal.
  func precedes(_ other: Shape) -> Bool {
    if rank != other.rank { return rank < other.rank }
    let (mine, others) = (measures, other.measures)
    return mine == others || mine.lexicographicallyPrecedes(others)
  }
}
