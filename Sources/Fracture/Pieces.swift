// What a broken brick falls into, as rigid bodies.
//
// Equation        M = Σm, x = Σm·x/M, v = Σm·v/M, L = Σm·(x − x̄)×(v − v̄), ω = I⁻¹·L
//                 lumping = ½L·(I⁻¹ − I_l⁻¹)L; vibration = E_k − ½Mv² − ½L·I_l⁻¹L ≥ 0
// Discretisation  elements joined over faces that are not cut; I of homogeneous boxes, I_l of the corner
//                 masses of the run (larger by about Mh²/3)
// Source          none: conservation
// Deviation       none
// Validity        cracks at rest; pieces below 1 % of the mass are dust: momentum, no collisions
// Checked by      BrickTestTests: mass, momentum, angular momentum and energy to 1e-12

/// One connected part.
public struct Piece: Sendable, Hashable {
  /// Its elements, ascending.
  public let elements: [Int32]
  /// In kg.
  public let mass: Double
  /// Centre of mass, in m.
  public let centre: SIMD3<Double>
  /// In m/s.
  public let velocity: SIMD3<Double>
  /// About the centre of mass, in kg·m²/s.
  public let angularMomentum: SIMD3<Double>
  /// Of homogeneous boxes about the centre, world axes: xx, yy, zz, xy, yz, zx, in kg·m².
  public let inertia: [Double]
  /// I⁻¹·L, in rad/s.
  public let spin: SIMD3<Double>
  /// Mean rotation of its elements (w, x, y, z).
  public let turn: SIMD4<Double>
  /// Corners of the box around its nodes, in m, world axes.
  public let low: SIMD3<Double>
  public let high: SIMD3<Double>
  /// Energy that a rigid body with the true inertia has more than the grid, in J.
  public let lumping: Double
  /// Kinetic energy that a rigid body cannot hold, in J.
  public let vibration: Double
  /// Elastic energy left, in J.
  public let strain: Double
  /// True below 1 % of the mass of the brick.
  public let isDust: Bool
}

/// The pieces of a brick, the largest first.
public struct Pieces: Sendable, Hashable {
  public let pieces: [Piece]
  /// Place in `pieces` of each element.
  public let label: [Int32]
  /// Mean opening fraction from which a face counted as cut.
  public let cutOpening: Double
  /// Smallest part of the mass that is a piece and not dust.
  public static let dustPart = 0.01

  /// Number of pieces that are not dust.
  public var count: Int { pieces.count { !$0.isDust } }
}

extension BrickTest {
  /// Pieces over faces with a mean opening below `cut` (default: that of the setup).
  public func pieces(cut: Double? = nil) -> Pieces {
    let limit = cut ?? setup.cutOpening
    let lattice = setup.lattice
    var isCut = [Bool](repeating: false, count: lattice.faceCount)
    for (index, face) in cracks.faces.enumerated() {
      isCut[Int(face)] = cracks.opening(of: index, in: solid) >= limit
    }
    var root = (0..<lattice.elementCount).map { Int32($0) }
    func find(_ element: Int32) -> Int32 {
      var at = element
      while root[Int(at)] != at {
        root[Int(at)] = root[Int(root[Int(at)])]
        at = root[Int(at)]
      }
      return at
    }
    for face in 0..<lattice.faceCount where !isCut[face] {
      let (a, b) = (find(lattice.faceLow[face]), find(lattice.faceHigh[face]))
      if a != b { root[Int(max(a, b))] = min(a, b) }
    }
    var members: [Int32: [Int32]] = [:]
    for element in 0..<Int32(lattice.elementCount) {
      members[find(element), default: []].append(element)
    }

    // the largest first, of equals the one with the lowest element
    let groups = members.values.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
    var label = [Int32](repeating: 0, count: lattice.elementCount)
    var made: [Piece] = []
    for (place, group) in groups.enumerated() {
      for element in group { label[Int(element)] = Int32(place) }
      made.append(Piece(group, of: solid, half: 0.5 * step))
    }
    return Pieces(pieces: made, label: label, cutOpening: limit)
  }
}

extension Piece {
  /// Velocities of the solid are those of half a step ago: the momenta of that moment are taken with
  /// the positions of the same moment.
  init(_ elements: [Int32], of solid: Solid, half: Double) {
    let corner = solid.cornerMass
    let count = 8 * Double(elements.count)
    var (x, v) = (SIMD3<Double>.zero, SIMD3<Double>.zero)
    var low = SIMD3(repeating: Double.infinity)
    var high = -low
    var kinetic = 0.0
    var strain = 0.0
    var quaternion = SIMD4<Double>.zero
    let first = solid.turn(of: Int(elements[0]))
    for element in elements {
      for place in 0..<8 {
        let (p, u) = Self.state(solid, element, place, half)
        x += p
        v += u
        kinetic += 0.5 * corner * (u * u).sum()
        low = pointwiseMin(low, p)
        high = pointwiseMax(high, p)
      }
      strain += solid.strainEnergy[Int(element) >> 2][Int(element) & 3]
      let turn = solid.turn(of: Int(element))
      quaternion += (turn * first).sum() < 0 ? -turn : turn
    }
    let mass = count * corner
    let (centre, mean) = (x / count, v / count)
    var moment = SIMD3<Double>.zero
    var lumped = SymmetricMatrix()
    var body = SymmetricMatrix()
    let h = solid.lattice.edges
    for element in elements {
      var middle = SIMD3<Double>.zero
      for place in 0..<8 {
        let (p, u) = Self.state(solid, element, place, half)
        let arm = p - centre
        moment += corner * cross(arm, u - mean)
        lumped.add(corner, at: arm)
        middle += arm / 8
      }
      body.add(8 * corner, at: middle)
      // a box about its own middle, in its own axes
      let frame = Rotation(solid.turn(of: Int(element)))
      let square = h * h
      for axis in 0..<3 {
        let own = 8 * corner / 12 * (square.sum() - square[axis])
        body.add(outer: frame[axis], times: own)
      }
    }
    let spin = body.solved(moment)
    let free = lumped.solved(moment)
    self.elements = elements
    (self.mass, self.centre, velocity, angularMomentum) = (mass, centre, mean, moment)
    inertia = body.numbers
    self.spin = spin
    turn = quaternion / (quaternion * quaternion).sum().squareRoot()
    (self.low, self.high) = (low, high)
    lumping = 0.5 * (moment * (spin - free)).sum()
    vibration = kinetic - 0.5 * mass * (mean * mean).sum() - 0.5 * (moment * free).sum()
    self.strain = strain
    isDust =
      mass < Pieces.dustPart * solid.lattice.cellVolume * solid.material.density
      * Double(solid.lattice.elementCount)
  }

  // position half a step ago, where the velocity is
  private static func state(
    _ solid: Solid, _ element: Int32, _ place: Int, _ half: Double
  ) -> (SIMD3<Double>, SIMD3<Double>) {
    let node = solid.node(Int(element), place)
    let (p, u) = (solid.position[node], solid.velocity[node])
    let velocity = SIMD3(u.x, u.y, u.z)
    return (SIMD3(p.x, p.y, p.z) - half * velocity, velocity)
  }
}
