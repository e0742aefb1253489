// Contacts of bodies inside a bowl (sphere) or a pipe (endless cylinder).
//
// Equation        gap = R − r − |c − o| (bowl), R − r − |c − o − ((c − o)·a)a| (pipe); the normal
//                 points from the wall to the centre or axis
// Discretisation  closed forms
// Source          definitions
// Deviation       none
// Validity        spheres, capsules (ends), boxes and hulls (vertices): exact. A cylinder touches a
//                 bowl with its rims' farthest points, exactly; in a pipe it is represented by its
//                 24 fixed points on each rim, which lets the true rim pass by up to
//                 R_c(1 − cos 7.5°) = 0.86 % of its radius. On the axis the normal is arbitrary.
// Checked by      ManifoldTests, ManifoldRateTests

func bowlManifold(
  _ shape: Shape, _ a: MovingFrame, bowl: MovingFrame, _ radius: Double, _ margin: Double
) -> MovingManifold {
  var result = MovingManifold()
  if case .cylinder(let rimRadius, let half) = shape {
    for rim in Cylinder(a, rimRadius, half).rims {
      // farthest from the centre: opposite to the closest, unless the centre is on the axis
      let offset = bowl.origin - rim.centre
      if let radial = rim.radial(offset, threshold: flatness * rimRadius) {
        let point = rim.centre - rimRadius * radial
        result.add(
          .hollow(rim.lowestFeature, point, 0, centre: bowl.origin, radius), within: margin)
      } else {
        for (i, point) in rim.fixedPoints {
          result.add(.hollow(i, point, 0, centre: bowl.origin, radius), within: margin)
        }
      }
    }
    return result
  }
  for (i, point, thickness) in shape.extremes(a) {
    result.add(.hollow(i, point, thickness, centre: bowl.origin, radius), within: margin)
  }
  return result
}

func pipeManifold(
  _ shape: Shape, _ a: MovingFrame, pipe: MovingFrame, _ radius: Double, _ margin: Double
) -> MovingManifold {
  var result = MovingManifold()
  for (i, point, thickness) in shape.extremes(a) {
    let along = pipe.axis.dot(point - pipe.origin)
    let centre = pipe.origin + along * pipe.axis
    result.add(
      .hollow(i, point, thickness, centre: centre, radius, fallback: pipe.axes.x), within: margin)
  }
  return result
}

extension MovingContact {
  /// A point of A with a radius inside a sphere of B about `centre`.
  static func hollow(
    _ feature: UInt32, _ a: MovingVector, _ radiusA: Double, centre: MovingVector,
    _ radius: Double, fallback: Vector3 = Vector3(x: 0, y: 0, z: 1)
  ) -> Self {
    let offset = centre - a
    let normal = offset.unit(or: fallback)
    let gap = -(normal.dot(offset)) + (radius - radiusA)
    return Self(feature: feature, gap: gap, normal: normal, onA: a - radiusA * normal)
  }
}

extension Shape {
  /// Points with radii whose convex hull is the shape (24 points for a rim), with ids.
  func extremes(_ frame: MovingFrame) -> [(UInt32, MovingVector, Double)] {
    switch self {
    case .sphere(let radius): return [(0, frame.origin, radius)]
    case .capsule(let radius, let half):
      let segment = Segment(frame, half)
      return [(0, segment.end(0), radius), (1, segment.end(1), radius)]
    case .cylinder(let radius, let half):
      return Cylinder(frame, radius, half).rims.flatMap(\.fixedPoints).map { ($0.0, $0.1, 0) }
    case .box(let half):
      return ConvexHull.box(half: half).vertices.enumerated().map {
        (UInt32($0), frame.point($1), 0)
      }
    case .hull(let hull):
      return hull.vertices.enumerated().map { (UInt32($0), frame.point($1), 0) }
    case .plane, .bowl, .pipe: return []
    }
  }
}

extension Rim {
  /// The 24 points at fixed angles of the body, with ids.
  var fixedPoints: [(UInt32, MovingVector)] {
    (0..<rimCount).map { (UInt32(index * rimCount + $0), point($0)) }
  }
}
