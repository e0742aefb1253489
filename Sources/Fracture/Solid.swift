// Elastic body of equal boxes whose elements may turn by any angle; nodes carry all the mass.
//
// Equation        m·a = −∂E/∂x, E = Σ ½·uᵀKu with u = Rᵀ(x − x̄) − X, R the rotation of the element
// Discretisation  one rotation an element, from its mean deformation gradient (polar decomposition by
//                 Newton's method from the last one, to 1e-12); corner masses ρV/8
// Source          rotation from a warm start: Müller, Bender, Chentanez & Macklin 2016, Motion in
//                 Games; incompatible modes: see HexElement
// Deviation       their step is linear in convergence (2/3 of the angle); ours is Newton's. The term of
//                 ∂R/∂x is kept, so that the force is the exact gradient of E and carries no moment
// Validity        small strain, any rotation
// Checked by      SolidTests: 1 rad stores nothing, free spin, gradient of E, bar wave, quarter turn

import LinearAlgebra

/// Positions, velocities and rotations of a lattice, and the nodes that its corners share.
///
/// Elements stand in groups of four, so that a kernel treats four at a time; the last group is filled
/// up with copies of the last element, which receive no force.
public struct Solid: Sendable {
  public let lattice: Lattice
  public let material: BrittleMaterial
  public let element: HexElement
  /// x, y, z in m (the fourth number is 0), one a node.
  public internal(set) var position: [SIMD4<Double>]
  /// In m/s, half a step before `position`.
  public internal(set) var velocity: [SIMD4<Double>]
  /// Sum of all forces on a node, in N.
  var force: [SIMD4<Double>]
  /// Mass of each node, in kg.
  public internal(set) var mass: [Double]
  /// Nodes of corner c of the four elements of group g at 8g + c.
  var corners: [SIMD4<Int32>]
  /// Unit quaternions w, x, y, z of the four elements of group g at 4g … 4g+3.
  var rotation: [SIMD4<Double>]
  /// Strain energies of the four elements of a group, in J.
  var strainEnergy: [SIMD4<Double>]
  /// Groups of four.
  let groupCount: Int
  /// Stiffness of the element in its parity modes.
  let parity: ParityStiffness
  /// Right factor of the stress recovery, 24×48 by columns.
  let recovery: [Double]
  /// Scratch of one block of stress recovery: displacements in lanes.
  var block: SolidBlock

  /// A body without strain: X of the lattice turned by `turn` (w, x, y, z), its middle at `centre`
  /// (m), moving with `speed` (m/s) and turning with `spin` (rad/s, world axes).
  public init(
    lattice: Lattice, material: BrittleMaterial, centre: SIMD3<Double> = .zero,
    turn: SIMD4<Double> = SIMD4(1, 0, 0, 0), speed: SIMD3<Double> = .zero,
    spin: SIMD3<Double> = .zero
  ) throws(InvalidFracture) {
    let norm = (turn * turn).sum().squareRoot()
    guard norm.isFinite, norm > 1e-6 else {
      throw InvalidFracture("turn", norm, expected: "a quaternion that is not zero")
    }
    (self.lattice, self.material) = (lattice, material)
    element = try HexElement(material: material, edges: lattice.edges)
    parity = ParityStiffness(element.stiffness)
    precondition(parity.leak < 1e-13, "an element is not its own mirror image: \(parity.leak)")
    let unit = turn / norm
    let matrix = Rotation(unit)
    position = []
    velocity = []
    for node in 0..<lattice.nodeCount {
      let arm = matrix.turned(lattice.reference(node: node))
      position.append(SIMD4(centre + arm, 0))
      velocity.append(SIMD4(speed + cross(spin, arm), 0))
    }
    force = [SIMD4<Double>](repeating: .zero, count: lattice.nodeCount)
    let count = lattice.elementCount
    groupCount = (count + 3) / 4
    corners = (0..<(8 * groupCount)).map { index in
      var nodes = SIMD4<Int32>.zero
      for lane in 0..<4 {
        let element = min(4 * (index / 8) + lane, count - 1)
        nodes[lane] = lattice.corners[8 * element + index % 8]
      }
      return nodes
    }
    rotation = (0..<(4 * groupCount)).map { SIMD4(repeating: unit[$0 % 4]) }
    strainEnergy = [SIMD4<Double>](repeating: .zero, count: groupCount)
    var transposed = [Double](repeating: 0, count: 24 * 48)
    for row in 0..<48 {
      for column in 0..<24 {
        transposed[row * 24 + column] = element.cornerStress[column * 48 + row]
      }
    }
    recovery = transposed
    block = SolidBlock()
    var shares = [Int](repeating: 0, count: lattice.nodeCount)
    for node in lattice.corners { shares[Int(node)] += 1 }
    let corner = material.density * lattice.cellVolume / 8
    mass = shares.map { Double($0) * corner }
  }

  /// Mass of one corner of an element, in kg.
  public var cornerMass: Double { material.density * lattice.cellVolume / 8 }
  /// Number of nodes now; splits add some.
  public var nodeCount: Int { position.count }

  /// Node of a corner of an element now.
  @inline(__always)
  public func node(_ element: Int, _ corner: Int) -> Int {
    Int(corners[8 * (element >> 2) + corner][element & 3])
  }

  /// Rotation of an element as a unit quaternion (w, x, y, z).
  @inline(__always)
  public func turn(of element: Int) -> SIMD4<Double> {
    let (first, lane) = (4 * (element >> 2), element & 3)
    return SIMD4(
      rotation[first][lane], rotation[first + 1][lane], rotation[first + 2][lane],
      rotation[first + 3][lane])
  }

  /// Mean position of the corners of an element, in m.
  public func centre(of element: Int) -> SIMD3<Double> {
    var sum = SIMD4<Double>.zero
    for corner in 0..<8 { sum += position[node(element, corner)] }
    return SIMD3(sum.x, sum.y, sum.z) / 8
  }

  /// Strain energy at the last evaluation of the forces, in J.
  public var totalStrainEnergy: Double {
    var sum = SIMD4<Double>.zero
    for group in 0..<(groupCount - 1) { sum += strainEnergy[group] }
    var total = sum.sum()
    for element in (4 * (groupCount - 1))..<lattice.elementCount {
      total += strainEnergy[groupCount - 1][element & 3]
    }
    return total
  }
}

/// Columns of one block of elements; four elements to a number.
struct SolidBlock: Sendable {
  /// Groups of four in a block: 512 elements, so that displacements and stresses stay in the cache.
  static let groups = 128
  /// From one column to the next: not a multiple of 4 kB, or all columns would share cache sets.
  static let stride = groups + 2
  private(set) var local = [SIMD4<Double>](repeating: .zero, count: 24 * stride)
  /// Groups that are gathered, turned and scattered together: they stay in the first cache.
  static let lanes = 16
  /// Values at the corners of `lanes` groups.
  var values = [LaneCorners](
    repeating: LaneCorners(
      v0: .zero, v1: .zero, v2: .zero, v3: .zero, v4: .zero, v5: .zero, v6: .zero, v7: .zero),
    count: lanes)

  /// Displacements of the corners of one group.
  mutating func store(_ u: LaneCorners, at slot: Int) {
    let corners = [u.v0, u.v1, u.v2, u.v3, u.v4, u.v5, u.v6, u.v7]
    for (corner, vector) in corners.enumerated() {
      let column = 3 * corner * Self.stride + slot
      local[column] = vector.x
      local[column + Self.stride] = vector.y
      local[column + 2 * Self.stride] = vector.z
    }
  }
}

/// A rotation matrix, by columns.
struct Rotation {
  var x: SIMD3<Double>
  var y: SIMD3<Double>
  var z: SIMD3<Double>

  /// From a unit quaternion (w, x, y, z).
  @inline(__always)
  init(_ q: SIMD4<Double>) {
    let (w, a, b, c) = (q.x, q.y, q.z, q.w)
    x = SIMD3(1 - 2 * (b * b + c * c), 2 * (a * b + w * c), 2 * (a * c - w * b))
    y = SIMD3(2 * (a * b - w * c), 1 - 2 * (a * a + c * c), 2 * (b * c + w * a))
    z = SIMD3(2 * (a * c + w * b), 2 * (b * c - w * a), 1 - 2 * (a * a + b * b))
  }

  /// R·v.
  func turned(_ v: SIMD3<Double>) -> SIMD3<Double> { x * v.x + y * v.y + z * v.z }
  /// Rᵀ·v.
  func turnedBack(_ v: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3((x * v).sum(), (y * v).sum(), (z * v).sum())
  }
  subscript(axis: Int) -> SIMD3<Double> { axis == 0 ? x : axis == 1 ? y : z }
}

/// Sum in the order x, y, z; the `sum()` of a vector pairs its lanes and is not kept in registers.
@inline(__always)
func dot(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double { a.x * b.x + a.y * b.y + a.z * b.z }

@inline(__always)
func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
  SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}
