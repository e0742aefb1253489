// The free surface of an axisymmetric liquid: a polygon of material points in the half plane.
//
// Discretisation  points run from the upper end (the lip of a nozzle, or the axis) to the lower end (where
//                 the liquid meets a wall, or the axis again); the liquid lies on the axis' side. Spacing
//                 between 0.15 and 0.5 cells; points are put in by a cubic through four neighbours.
// Source          front tracking: Unverdi & Tryggvason 1992, J. Comput. Phys. 100, 25
// Deviation       a point of an overhang that comes within half a cell of a wall has wetted it
// Validity        one connected liquid that touches the axis; no closed air rings
// Checked by      LiquidSurfaceTests: volumes and fractions of cones and spheres to rounding

/// A point of the half plane, in m.
public struct MeridianPoint: Sendable, Hashable {
  public var r: Double
  public var z: Double
  public init(_ r: Double, _ z: Double) { (self.r, self.z) = (r, z) }
}

public struct LiquidSurface: Sendable, Hashable {
  public var points: [MeridianPoint]
  /// Plane flow: volumes are areas.
  public let isPlane: Bool

  public init(points: [MeridianPoint], isPlane: Bool = false) {
    (self.points, self.isPlane) = (points, isPlane)
  }

  /// Volume between surface and axis, in m³ per radian (m² in the plane).
  public var volume: Double {
    var sum = 0.0
    for index in 1..<max(1, points.count) {
      let (a, b) = (points[index - 1], points[index])
      sum += (a.z - b.z) * moment(a.r, b.r)
    }
    return sum
  }

  /// Mean of r²/2 (r in the plane) along an edge.
  @inline(__always)
  func moment(_ a: Double, _ b: Double) -> Double {
    isPlane ? 0.5 * (a + b) : (a * a + a * b + b * b) / 6
  }

  /// Area of the surface per radian (length in the plane).
  public var area: Double {
    var sum = 0.0
    for index in 1..<max(1, points.count) {
      let (a, b) = (points[index - 1], points[index])
      let (x, y) = (b.r - a.r, b.z - a.z)
      sum += (x * x + y * y).squareRoot() * (isPlane ? 1 : 0.5 * (a.r + b.r))
    }
    return sum
  }

  public var top: Double { points.map(\.z).max() ?? 0 }

  /// Largest radius at which the surface stands `thickness` above the floor, interpolated along the
  /// surface; 0 if it is nowhere that high.
  public func radius(atThickness thickness: Double) -> Double {
    var largest = 0.0
    for index in 1..<max(1, points.count) {
      let (a, b) = (points[index - 1], points[index])
      guard (a.z - thickness) * (b.z - thickness) <= 0, a.z != b.z else { continue }
      let share = (thickness - a.z) / (b.z - a.z)
      largest = max(largest, a.r + share * (b.r - a.r))
    }
    return largest
  }

  /// Height of the surface where it is highest at a radius; nil if it does not reach that far.
  public func height(atRadius radius: Double) -> Double? {
    var highest: Double?
    for index in 1..<max(1, points.count) {
      let (a, b) = (points[index - 1], points[index])
      guard (a.r - radius) * (b.r - radius) <= 0 else { continue }
      let z = a.r == b.r ? max(a.z, b.z) : a.z + (radius - a.r) / (b.r - a.r) * (b.z - a.z)
      highest = max(highest ?? z, z)
    }
    return highest
  }

  /// Largest radius of the surface at a height; nil if it does not pass there.
  public func radius(atHeight height: Double) -> Double? {
    let largest = radius(atThickness: height)
    return largest > 0 ? largest : nil
  }

  /// √(mean r²) over the volume, in m.
  public var rmsRadius: Double {
    var sum = 0.0
    for index in 1..<max(1, points.count) {
      let (a, b) = (points[index - 1], points[index])
      // ∫ r³ dr from the axis, averaged along the edge
      let (x, y) = (a.r, b.r)
      let mean =
        (x * x * x * x + x * x * x * y + x * x * y * y + x * y * y * y + y * y * y * y) / 20
      sum += (a.z - b.z) * mean
    }
    return (sum / volume).squareRoot()
  }
}
