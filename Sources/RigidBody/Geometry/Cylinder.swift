// A cylinder in motion, and the circles that bound its two discs.
//
// Equation        rim: c + R(u·cos φ + w·sin φ), u, w, a the axes of the body
// Discretisation  lowest point over a plane in closed form
// Source          definitions
// Deviation       see Manifold+Plane for the rim points
// Validity        see Manifold+Plane and Manifold+Cylinder
// Checked by      ManifoldTests, ManifoldRateTests

import Foundation

/// A cylinder with its frame.
struct Cylinder {
  let frame: MovingFrame
  let radius: Double
  let half: Double

  init(_ frame: MovingFrame, _ radius: Double, _ half: Double) {
    (self.frame, self.radius, self.half) = (frame, radius, half)
  }

  var axis: Segment { Segment(frame, half) }
  var rims: [Rim] { [Rim(self, 0), Rim(self, 1)] }
}

/// The edge of one of the two discs.
struct Rim {
  /// 0 at −z, 1 at +z.
  let index: Int
  let frame: MovingFrame
  let radius: Double
  /// Height of the disc in the frame.
  let height: Double

  init(_ cylinder: Cylinder, _ index: Int) {
    (self.index, frame, radius) = (index, cylinder.frame, cylinder.radius)
    height = index == 0 ? -cylinder.half : cylinder.half
  }

  var centre: MovingVector { frame.point(Vector3(x: 0, y: 0, z: height)) }
  /// Normal of the disc, out of the cylinder.
  var outward: MovingVector { height < 0 ? -frame.axis : frame.axis }

  /// Id of the point of the rim that is found by closeness.
  var lowestFeature: UInt32 { UInt32(2 * rimCount + index) }

  /// The part of a vector in the plane of the disc as a unit vector, nil when it is not longer than
  /// `threshold`. Taken from components in the plane: n − (n·a)a would lose digits at small tilts.
  func radial(_ vector: MovingVector, threshold: Double) -> MovingVector? {
    let side = frame.side
    let across = frame.direction(Vector3(x: 0, y: 1, z: 0))
    let (x, y) = (vector.dot(side), vector.dot(across))
    let length = (x * x + y * y)
    guard length.value > threshold * threshold else { return nil }
    let size = length.squareRoot
    return (x / size) * side + (y / size) * across
  }

  /// The point of the rim that is deepest against a direction, nil when the disc is flat to it.
  func lowest(along normal: MovingVector) -> MovingVector? {
    radial(normal, threshold: rimFlatness).map { centre - radius * $0 }
  }

  /// The point of the rim that is closest to a point beside the axis.
  func closest(to point: MovingVector) -> MovingVector {
    let direction = radial(point - centre, threshold: 1e-150) ?? frame.side
    return centre + radius * direction
  }

  /// Points at fixed angles of the body.
  func point(_ index: Int) -> MovingVector {
    let angle = 2 * Double.pi * Double(index) / Double(rimCount)
    return frame.point(Vector3(x: radius * cos(angle), y: radius * sin(angle), z: height))
  }

  /// Sine by which a direction leaves the cone between disc and side at a point of the rim.
  func violation(_ point: Vector3, _ direction: Vector3) -> Double {
    let radial = (1 / radius) * (point - centre.value)
    return max(0, -direction.dot(radial), -direction.dot(outward.value))
  }

  /// Contacts over a plane of B; `isInside` says which points have the plane below them. Adds the
  /// outline when the whole disc lies flat.
  func addContacts(
    base: UInt32 = 0, with origin: MovingVector, _ normal: MovingVector,
    to found: inout ContactCandidates, where isInside: (Vector3) -> Bool
  ) {
    let lowest = lowest(along: normal)
    if let lowest, isInside(lowest.value) {
      found.add(
        .pointPlane(base + lowestFeature, lowest, 0, origin: origin, normal: normal),
        violation: violation(lowest.value, -normal.value))
    }

    // the fixed points matter when the disc itself faces the plane
    guard outward.value.dot(normal.value) < -0.5 else { return }
    for i in 0..<rimCount {
      let point = point(i)
      if let lowest {
        let cosine = (point.value - centre.value).dot(lowest.value - centre.value)
        if cosine > 0.5 * radius * radius { continue }
      }
      guard isInside(point.value) else { continue }
      found.add(
        .pointPlane(
          base + UInt32(index * rimCount + i), point, 0, origin: origin, normal: normal),
        violation: lowest == nil ? 0 : 1, limit: 1)
    }
  }
}
