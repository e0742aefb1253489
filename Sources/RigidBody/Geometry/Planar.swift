// Vectors and outlines in the plane of a contact patch.

/// Two components in the tangent plane, in the unit of the quantity.
public struct Planar: Sendable, Hashable {
  public var x: Double
  public var y: Double

  @inlinable
  public init(x: Double, y: Double) { (self.x, self.y) = (x, y) }

  @inlinable
  public static var zero: Planar { Planar(x: 0, y: 0) }
  @inlinable
  public static func + (a: Planar, b: Planar) -> Planar { Planar(x: a.x + b.x, y: a.y + b.y) }
  @inlinable
  public static func - (a: Planar, b: Planar) -> Planar { Planar(x: a.x - b.x, y: a.y - b.y) }
  @inlinable
  public static func * (s: Double, a: Planar) -> Planar { Planar(x: s * a.x, y: s * a.y) }
  @inlinable
  public func dot(_ b: Planar) -> Double { x * b.x + y * b.y }
  /// Turning sense of self to b, along the normal.
  @inlinable
  public func cross(_ b: Planar) -> Double { x * b.y - y * b.x }
  @inlinable
  public var length: Double { dot(self).squareRoot() }
  /// The vector turned by a quarter counter-clockwise.
  @inlinable
  public var turned: Planar { Planar(x: -y, y: x) }
}

/// A flat area. Coordinates are those of the plane; see `PatchPlane` for the way from the world.
public enum PlanarOutline: Sendable, Hashable {
  /// Corners counter-clockwise, convex, in m.
  case polygon([Planar])
  case disc(centre: Planar, radius: Double)

  /// Area in m², centroid in m, and second moments about the centroid in m⁴ (xx = ∫x²).
  public var moments: (area: Double, centroid: Planar, xx: Double, xy: Double, yy: Double) {
    switch self {
    case .disc(let centre, let r):
      let area = Double.pi * r * r
      return (area, centre, area * r * r / 4, 0, area * r * r / 4)
    case .polygon(let corners):
      guard let first = corners.first else { return (0, .zero, 0, 0, 0) }
      var (area, sx, sy, xx, xy, yy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
      for i in corners.indices {
        let (a, b) = (corners[i] - first, corners[(i + 1) % corners.count] - first)
        let c = a.cross(b)
        area += c / 2
        sx += c * (a.x + b.x) / 6
        sy += c * (a.y + b.y) / 6
        xx += c * (a.x * a.x + a.x * b.x + b.x * b.x) / 12
        yy += c * (a.y * a.y + a.y * b.y + b.y * b.y) / 12
        xy += c * (a.x * b.y + 2 * a.x * a.y + 2 * b.x * b.y + b.x * a.y) / 24
      }
      guard area > 0 else { return (0, first, 0, 0, 0) }
      let centre = Planar(x: sx / area, y: sy / area)
      return (
        area, first + centre, xx - area * centre.x * centre.x, xy - area * centre.x * centre.y,
        yy - area * centre.y * centre.y
      )
    }
  }

  /// Largest distance of the outline from a point.
  func reach(from point: Planar) -> Double {
    switch self {
    case .disc(let centre, let radius): (centre - point).length + radius
    case .polygon(let corners): corners.reduce(0) { max($0, ($1 - point).length) }
    }
  }
}

/// Tangent axes of a patch: (first, second, normal) is right-handed, the origin is the centroid.
public struct PatchPlane: Sendable, Hashable {
  public let origin: Vector3
  public let first: Vector3
  public let second: Vector3
  /// The outline about the centroid.
  public let outline: PlanarOutline

  public init(_ patch: ContactPatch) {
    let t1 = patch.normal.anyNormal
    let t2 = patch.normal.cross(t1)
    (first, second) = (t1, t2)
    switch patch.outline {
    case .disc(let centre, let radius):
      origin = centre
      outline = .disc(centre: .zero, radius: radius)
    case .polygon(let corners):
      let start = corners.first ?? .zero
      let flat = corners.map { Planar(x: ($0 - start).dot(t1), y: ($0 - start).dot(t2)) }
      let centroid = PlanarOutline.polygon(flat).moments.centroid
      origin = start + centroid.x * t1 + centroid.y * t2
      outline = .polygon(flat.map { $0 - centroid })
    }
  }
}
