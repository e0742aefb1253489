// How large shapes are and how far apart at least.
//
// Equation        distance ≥ |o_A − o_B| − R_A − R_B; for a half-space n·(o_A − o) − R_A; for a bowl
//                 R − |o_A − o| − R_A; for a pipe the same with the distance from the axis
// Discretisation  none
// Source          triangle inequality
// Deviation       none
// Validity        a bound: negative values say nothing about overlap
// Checked by      ShapeBoundsTests

/// Radius about the shape's origin of the smallest ball that holds the shape, in m; infinite for
/// planes, bowls and pipes.
public func boundingRadius(of shape: Shape) -> Double {
  switch shape {
  case .sphere(let radius): radius
  case .box(let half): half.length
  case .capsule(let radius, let half): radius + half
  case .cylinder(let radius, let half): (radius * radius + half * half).squareRoot()
  case .hull(let hull): hull.vertices.reduce(0) { max($0, $1.length) }
  case .plane, .bowl, .pipe: .infinity
  }
}

/// A number that is not above the distance of two shapes in m, from bounding balls.
///
/// Infinite for two of planes, bowls and pipes, which never touch each other.
public func distanceLowerBound(
  _ shapeA: Shape, _ poseA: Pose, _ shapeB: Shape, _ poseB: Pose
) -> Double {
  let (radiusA, radiusB) = (boundingRadius(of: shapeA), boundingRadius(of: shapeB))
  if radiusA.isInfinite && radiusB.isInfinite { return .infinity }
  if radiusA.isInfinite { return distanceLowerBound(shapeB, poseB, shapeA, poseA) }
  let offset = poseA.position - poseB.position
  switch shapeB {
  case .plane:
    return poseB.orientation.matrix.z.dot(offset) - radiusA
  case .bowl(let radius):
    return radius - offset.length - radiusA
  case .pipe(let radius):
    let axis = poseB.orientation.matrix.z
    return radius - (offset - offset.dot(axis) * axis).length - radiusA
  default:
    return offset.length - radiusA - radiusB
  }
}
