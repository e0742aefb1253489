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

  /// The point of the rim that is deepest against a direction, nil when the disc is flat to it.
  func lowest(along normal: MovingVector) -> MovingVector? {
    let axis = frame.axis
    let sideways = normal - normal.dot(axis) * axis
    guard sideways.value.length > 0.5 * flatness else { return nil }
    return centre - radius * sideways.unit(or: frame.axes.x)
  }

  /// Points at fixed angles of the body.
  func point(_ index: Int) -> MovingVector {
    let angle = 2 * Double.pi * Double(index) / Double(rimCount)
    return frame.point(Vector3(x: radius * cos(angle), y: radius * sin(angle), z: height))
  }

  /// Contacts over a plane; `isInside` says which points of the rim have the plane below them.
  func addContacts(
    with origin: MovingVector, _ normal: MovingVector, _ margin: Double,
    to result: inout MovingManifold, where isInside: (Vector3) -> Bool
  ) {
    let lowest = lowest(along: normal)
    if let lowest, isInside(lowest.value) {
      result.add(
        .pointPlane(lowestFeature, lowest, 0, origin: origin, normal: normal), within: margin)
    }

    // the fixed points matter when the disc itself faces the plane
    guard outward.value.dot(normal.value) < -0.5 else { return }
    let first = result.contacts.count
    for i in 0..<rimCount {
      let point = point(i)
      if let lowest {
        let cosine = (point.value - centre.value).dot(lowest.value - centre.value)
        if cosine > 0.5 * radius * radius { continue }
      }
      guard isInside(point.value) else { continue }
      result.add(
        .pointPlane(
          UInt32(index * rimCount + i), point, 0, origin: origin, normal: normal), within: margin)
    }
    guard lowest == nil, result.contacts.count == first + rimCount else { return }
    for i in first..<result.contacts.count { result.contacts[i].patch = result.patches.count }
    let gap = normal.value.dot(centre.value - origin.value)
    result.patches.append(
      ContactPatch(
        outline: .disc(centre: centre.value - 0.5 * gap * normal.value, radius: radius),
        normal: normal.value))
  }
}
