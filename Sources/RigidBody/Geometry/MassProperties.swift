// Volume, mass, centre and inertia of homogeneous solids.
//
// Equation        V = ∫ dV,  c = ∫ x dV / V,  I = ρ ∫ (|x − c|²·1 − (x − c)(x − c)ᵀ) dV
// Discretisation  none: closed forms; polyhedra as signed tetrahedra from a vertex, each exact
// Source          tetrahedron moments: Tonon 2004, J. Math. Stat. 1, 8; others are standard
// Deviation       none
// Validity        homogeneous bodies. Positive finite measures; hulls with faces counter-clockwise
// Checked by      MassPropertiesTests

/// What a shape needs to become a body. Centre and tensor are in shape axes.
public struct MassProperties: Sendable, Hashable {
  /// In m³.
  public let volume: Double
  /// In kg.
  public let mass: Double
  /// Centre of mass from the origin of the shape, in m.
  public let centre: Vector3
  /// About the centre of mass, in kg·m².
  public let inertia: SymmetricTensor

  public init(volume: Double, mass: Double, centre: Vector3, inertia: SymmetricTensor) {
    (self.volume, self.mass, self.centre, self.inertia) = (volume, mass, centre, inertia)
  }

  /// A solid of `density` (kg/m³); nil for planes, bowls and pipes, and without a positive volume.
  public init?(solid shape: Shape, density: Double) {
    guard let unit = Self.unitDensity(of: shape), unit.volume > 0, unit.volume.isFinite,
      density > 0, density.isFinite
    else { return nil }
    self.init(
      volume: unit.volume, mass: density * unit.volume, centre: unit.centre,
      inertia: density * unit.inertia)
  }

  /// A solid of `mass` (kg); nil as above.
  public init?(solid shape: Shape, mass: Double) {
    guard let unit = Self.unitDensity(of: shape), unit.volume > 0 else { return nil }
    self.init(solid: shape, density: mass / unit.volume)
  }

  /// A thin spherical shell: `volume` is what it encloses.
  public static func shell(radius: Double, mass: Double) -> MassProperties {
    let moment = 2.0 / 3 * mass * radius * radius
    return MassProperties(
      volume: 4.0 / 3 * Double.pi * radius * radius * radius, mass: mass, centre: .zero,
      inertia: SymmetricTensor(xx: moment, yy: moment, zz: moment))
  }

  /// Principal moments in kg·m², and the pose of the shape axes in the body's principal axes.
  public var body: (inertia: Vector3, shapePose: Pose) {
    let (values, axes) = inertia.principal
    return (
      values,
      Pose(position: axes.conjugate.rotate(-centre), orientation: axes.conjugate)
    )
  }

  /// Whether moments belong to a body: positive, and none larger than the sum of the others, up to
  /// rounding (a flat plate is the limit).
  public static func isPossible(inertia i: Vector3) -> Bool {
    guard i.x.isFinite, i.y.isFinite, i.z.isFinite, i.x > 0, i.y > 0, i.z > 0 else { return false }
    let slack = 1e-12 * (i.x + i.y + i.z)
    return i.x <= i.y + i.z + slack && i.y <= i.z + i.x + slack && i.z <= i.x + i.y + slack
  }

  /// Properties at density 1.
  private static func unitDensity(of shape: Shape) -> MassProperties? {
    switch shape {
    case .sphere(let r):
      let volume = 4.0 / 3 * Double.pi * r * r * r
      let moment = 0.4 * volume * r * r
      return symmetric(volume, across: moment, along: moment)
    case .box(let h):
      let volume = 8 * h.x * h.y * h.z
      let (x, y, z) = (h.x * h.x, h.y * h.y, h.z * h.z)
      let inertia = SymmetricTensor(xx: y + z, yy: z + x, zz: x + y)
      return MassProperties(
        volume: volume, mass: volume, centre: .zero, inertia: (volume / 3) * inertia)
    case .cylinder(let r, let h):
      let volume = 2 * Double.pi * r * r * h
      return symmetric(
        volume, across: volume * (r * r / 4 + h * h / 3), along: 0.5 * volume * r * r)
    case .capsule(let r, let h):
      let (middle, ends) = (2 * Double.pi * r * r * h, 4.0 / 3 * Double.pi * r * r * r)
      // half balls: 83/320·m·r² about their own centre at 3r/8 from the disc, m = ends/2
      let shifted = 83.0 / 320 * r * r + (h + 0.375 * r) * (h + 0.375 * r)
      return symmetric(
        middle + ends, across: middle * (r * r / 4 + h * h / 3) + ends * shifted,
        along: (0.5 * middle + 0.4 * ends) * r * r)
    case .hull(let hull): return polyhedron(hull)
    case .plane, .bowl, .pipe: return nil
    }
  }

  private static func symmetric(
    _ volume: Double, across: Double, along: Double
  ) -> MassProperties {
    MassProperties(
      volume: volume, mass: volume, centre: .zero,
      inertia: SymmetricTensor(xx: across, yy: across, zz: along))
  }

  /// Sum over tetrahedra between a vertex and the triangles of all faces.
  private static func polyhedron(_ hull: ConvexHull) -> MassProperties? {
    guard let apex = hull.vertices.first else { return nil }
    var volume = 0.0
    var first = Vector3.zero
    var second = SymmetricTensor(xx: 0, yy: 0, zz: 0)
    for loop in hull.faces {
      for i in 1..<max(loop.count - 1, 1) {
        let a = hull.vertices[loop[0]] - apex
        let b = hull.vertices[loop[i]] - apex
        let c = hull.vertices[loop[i + 1]] - apex
        let determinant = a.dot(b.cross(c))
        let sum = a + b + c
        volume += determinant / 6
        first = first + (determinant / 24) * sum
        // ∫ x xᵀ over a tetrahedron with a corner at 0: det/120·(Σ v vᵀ + sum sumᵀ)
        let squares: SymmetricTensor = .square(of: a) + .square(of: b) + .square(of: c)
        second = second + (determinant / 120) * (squares + .square(of: sum))
      }
    }
    guard volume > 0 else { return nil }
    let centre = (1 / volume) * first
    let central = second + (-volume) * SymmetricTensor.square(of: centre)
    return MassProperties(
      volume: volume, mass: volume, centre: apex + centre, inertia: central.inertiaOfMoments)
  }
}
