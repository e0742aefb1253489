// Contacts of a sphere with convex bodies: always one point.
//
// Equation        gap = |c − p| − r, p the closest point of the other body's surface or core
// Discretisation  closed forms
// Source          definitions
// Deviation       none
// Validity        the centre lies outside the other body, or overlaps by the nearest face, side or cap
// Checked by      ManifoldTests, ManifoldRateTests

/// One id for all: which part of a convex body is the closest is not an event for a sphere.
func sphereManifold(
  centre: MovingVector, _ radius: Double, _ shape: Shape, _ b: MovingFrame, _ margin: Double
) -> MovingManifold {
  var result = MovingManifold()
  switch shape {
  case .sphere(let other):
    result.add(.points(0, centre, radius, b.origin, other), within: margin)
  case .capsule(let other, let half):
    result.add(Segment(b, half).contact(0, centre, radius, other), within: margin)
  case .cylinder(let other, let half):
    result.add(Cylinder(b, other, half).contact(0, centre, radius), within: margin)
  default:
    guard let polyhedron = Polyhedron(shape, b) else { return result }
    let part = polyhedron.closestPart(to: centre.value)
    result.add(polyhedron.contact(0, centre, radius, part), within: margin)
  }
  return result
}

extension Segment {
  /// Contact of a point of A with a radius and this segment as B, thickened by a radius.
  func contact(
    _ feature: UInt32, _ point: MovingVector, _ radius: Double, _ thickness: Double
  ) -> MovingContact {
    let along = coordinate(point.value)
    if abs(along) < half {
      return .pointLine(
        feature, point, radius, origin: origin, direction: direction, thickness)
    }
    return .points(
      feature, point, radius, end(along < 0 ? 0 : 1), thickness,
      fallback: direction.value.anyNormal)
  }
}

extension Cylinder {
  /// Contact of a point of A with a radius and this cylinder as B.
  func contact(_ feature: UInt32, _ point: MovingVector, _ radius: Double) -> MovingContact {
    let local = frame.local(point.value)
    let distance = (local.x * local.x + local.y * local.y).squareRoot()
    let (beside, above) = (distance - self.radius, abs(local.z) - half)
    let rim = Rim(self, local.z < 0 ? 0 : 1)

    // the side, also for a centre inside that is nearer to the side than to the cap
    if above <= 0, beside >= above {
      return .pointLine(
        feature, point, radius, origin: frame.origin, direction: frame.axis, self.radius)
    }
    if beside <= 0 {
      return .pointPlane(feature, point, radius, origin: rim.centre, normal: rim.outward)
    }
    return .points(feature, point, radius, rim.closest(to: point), 0, fallback: rim.outward.value)
  }
}
