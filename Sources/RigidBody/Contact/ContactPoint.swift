// Where two bodies touch or nearly touch.

/// One feature pair: a vertex over a face, two crossing edges, a sphere and a plane …
public struct ContactPoint: Sendable, Hashable {
  /// The same feature pair has the same number in every manifold of a pair of bodies.
  public var feature: UInt32
  /// Signed distance along the normal, in m; negative when the bodies overlap.
  public var gap: Double
  /// Unit vector from body B to body A, in world axes: a positive reaction pushes A along it.
  public var normal: Vector3
  /// Rate of `normal` when both bodies move with their twists, in 1/s.
  public var normalRate: Vector3
  /// The point of contact in world axes, in m.
  public var point: Vector3
  /// Rate of the geometric point (not of the material), in m/s.
  public var pointRate: Vector3
  /// Index of the patch that this point is a corner of; −1 for a point of its own.
  public var patch: Int

  public init(
    feature: UInt32, gap: Double, normal: Vector3, normalRate: Vector3 = .zero, point: Vector3,
    pointRate: Vector3 = .zero, patch: Int = -1
  ) {
    (self.feature, self.gap, self.normal) = (feature, gap, normal)
    (self.normalRate, self.point, self.pointRate) = (normalRate, point, pointRate)
    self.patch = patch
  }
}

/// A flat area on which two faces lie on each other.
public struct ContactPatch: Sendable, Hashable {
  public enum Outline: Sendable, Hashable {
    /// Corners in world axes, counter-clockwise about the normal.
    case polygon([Vector3])
    case disc(centre: Vector3, radius: Double)
  }
  public var outline: Outline
  public var normal: Vector3

  public init(outline: Outline, normal: Vector3) { (self.outline, self.normal) = (outline, normal) }
}

/// All feature pairs of two bodies that are closer than a margin.
public struct Manifold: Sendable, Hashable {
  public var points: [ContactPoint] = []
  public var patches: [ContactPatch] = []
  public init() {}
}
