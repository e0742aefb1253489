// What does not change while a recording plays: the things to draw, and which way is down.
//
// Units: SI. Axes: right-handed; `down` tells gravity, z is up where there is none.
// The viewer, the exporters and the recording file know a run only through these types.

/// A vector in m, m/s, N … as its field says.
public typealias Point3 = SIMD3<Double>
/// A unit quaternion in the order (x, y, z, w): turns body axes into world axes.
public typealias Turn = SIMD4<Double>

/// Form of a prop in its own axes; round forms have their axis along z.
public enum PropShape: Sendable, Hashable {
  case sphere(radius: Double)
  /// Half edges.
  case box(half: Point3)
  /// Half of the cylindrical part.
  case capsule(radius: Double, halfLength: Double)
  case cylinder(radius: Double, halfLength: Double)
  /// Index into `Stage.meshes`.
  case mesh(Int)
  /// The half-space below the origin, whose normal is +z.
  case plane
  /// A hollow sphere that is looked into: bodies move inside.
  case bowl(radius: Double)
  /// An endless hollow cylinder along z.
  case pipe(radius: Double)
}

/// A thing that is drawn.
public struct Prop: Sendable, Hashable {
  public var name: String
  public var shape: PropShape
  /// In kg; scales force arrows by weight. 0 where nothing is known.
  public var mass: Double
  /// Never moves: drawn quietly, left out of trails.
  public var isFixed: Bool
  /// Number of a colour in the palette; bodies of one kind share it.
  public var colour: Int
  /// Centre of mass in its own axes, in m.
  public var centreOfMass: Point3

  public init(
    name: String, shape: PropShape, mass: Double = 0, isFixed: Bool = false, colour: Int = 0,
    centreOfMass: Point3 = .zero
  ) {
    (self.name, self.shape, self.mass, self.isFixed) = (name, shape, mass, isFixed)
    (self.colour, self.centreOfMass) = (colour, centreOfMass)
  }
}

/// Triangles with outward normals by the right-hand rule.
public struct TriangleMesh: Sendable, Hashable {
  /// In m.
  public var vertices: [Point3]
  public var triangles: [SIMD3<UInt32>]
  /// A number for each vertex that is shown as a colour, or empty.
  public var scalars: [Float]

  public init(
    vertices: [Point3] = [], triangles: [SIMD3<UInt32>] = [], scalars: [Float] = []
  ) {
    (self.vertices, self.triangles, self.scalars) = (vertices, triangles, scalars)
  }
}

/// Meaning of the scalars of particles and surfaces, for the legend.
public struct ScalarField: Sendable, Hashable {
  public var name: String
  /// SI symbol, "1" for a number.
  public var unit: String
  public var low: Double
  public var high: Double

  public init(name: String, unit: String, low: Double, high: Double) {
    (self.name, self.unit, self.low, self.high) = (name, unit, low, high)
  }
}

public struct Stage: Sendable, Hashable {
  /// Name of the scene and of its experience.
  public var scene: String
  public var experience: String
  public var about: String
  /// Acceleration of gravity in m/s².
  public var gravity: Point3
  public var props: [Prop]
  public var meshes: [TriangleMesh]
  public var field: ScalarField?
  /// Pose of each prop at the start; those that are fixed keep it.
  public var poses: [FramePose]

  public init(
    scene: String, experience: String, about: String = "",
    gravity: Point3 = Point3(0, 0, -9.80665), props: [Prop] = [], meshes: [TriangleMesh] = [],
    field: ScalarField? = nil, poses: [FramePose] = []
  ) {
    (self.scene, self.experience, self.about) = (scene, experience, about)
    (self.gravity, self.props, self.meshes) = (gravity, props, meshes)
    (self.field, self.poses) = (field, poses)
  }
}
