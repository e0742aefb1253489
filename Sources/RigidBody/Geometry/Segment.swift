// The core of a capsule and the axis of a cylinder.

/// A piece of the third axis of a frame, from −half to half.
struct Segment {
  let frame: MovingFrame
  let half: Double

  init(_ frame: MovingFrame, _ half: Double) { (self.frame, self.half) = (frame, half) }

  var origin: MovingVector { frame.origin }
  var direction: MovingVector { frame.axis }

  /// The end at −half (0) or at half (1).
  func end(_ index: Int) -> MovingVector {
    frame.point(Vector3(x: 0, y: 0, z: index == 0 ? -half : half))
  }

  /// Coordinate along the segment of the foot of a point.
  func coordinate(_ point: Vector3) -> Double { (point - frame.position).dot(frame.axes.z) }

  /// Coordinates of the closest points of two endless lines, nil when they are parallel to `sine`.
  func crossing(_ other: Vector3, _ direction: Vector3, sine: Double) -> (Double, Double)? {
    let product = frame.axes.z.cross(direction)
    let square = product.dot(product)
    guard square > sine * sine else { return nil }
    let offset = other - frame.position
    return (
      offset.cross(direction).dot(product) / square,
      offset.cross(frame.axes.z).dot(product) / square
    )
  }
}
