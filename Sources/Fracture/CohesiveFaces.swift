// All faces that have opened: where, how far, and what they carry.
//
// Equation        tractions of CohesiveLaw at the four corners of a face, an area A = h²/4 each; work on
//                 the jump in the frame of the face is A·T·(g' − ω × g), so that a point pulls with ±A·T
//                 and turns the frame, that is its two elements, with the moment A·g × T
// Discretisation  frame of a face: mean rotation of its two elements, see FaceFrame; a point sleeps
//                 until its two corners have come apart
// Source          virtual work of the jump in its frame
// Deviation       none
// Validity        openings small beside the edge while traction remains; closed points that slide more
//                 than a quarter of an edge are counted (`largestSlide`), their pairs no longer face
//                 each other
// Checked by      CohesiveFacesTests, BrickTestTests

/// State of the cracks of a solid.
public struct CohesiveFaces: Sendable {
  /// k = κ·E/h, as κ.
  public let stiffnessFactor: Double
  /// Coulomb coefficient after debonding.
  public let friction: Double
  /// Tensile strength of each face of the lattice, in Pa; infinity: it never opens.
  public let strength: [Double]
  /// Fracture energy of each face, in J/m².
  public let fractureEnergy: [Double]
  /// True for each face of the lattice that has opened.
  public private(set) var isOpen: [Bool]
  /// The opened faces in their order.
  public private(set) var faces: [Int32] = []
  /// Share c of strength and energy that a face has: below 1 only where the law is projected.
  public private(set) var shares: [Double] = []
  /// Four points a face.
  public private(set) var points: [CohesivePoint] = []
  /// Sums over all faces, in J: ψ − ψ₀, softening by the law, what steps took beside it, slip heat.
  public private(set) var stored = 0.0
  public private(set) var dissipated = 0.0
  public private(set) var excess = 0.0
  public private(set) var heat = 0.0
  /// Longest tangential way of a closed, debonded point, in m.
  public private(set) var largestSlide = 0.0
  var lowestStrength: Double
  /// Moment of the tractions on each element, in N·m: scratch of one evaluation.
  private var couples: [SIMD3<Double>] = []

  init(
    stiffnessFactor: Double, friction: Double, strength: [Double], fractureEnergy: [Double]
  ) {
    (self.stiffnessFactor, self.friction) = (stiffnessFactor, friction)
    (self.strength, self.fractureEnergy) = (strength, fractureEnergy)
    isOpen = [Bool](repeating: false, count: strength.count)
    lowestStrength = strength.min() ?? .infinity
  }

  func law(of index: Int, in solid: Solid) -> CohesiveLaw {
    let face = Int(faces[index])
    let axis = Int(solid.lattice.faceAxis[face])
    return CohesiveLaw(
      stiffness: stiffnessFactor * solid.material.young / solid.lattice.edges[axis],
      fractureEnergy: fractureEnergy[face] * shares[index], friction: friction)
  }

  mutating func open(_ face: Int, share: Double) {
    isOpen[face] = true
    faces.append(Int32(face))
    shares.append(share)
    for _ in 0..<4 { points.append(CohesivePoint()) }
  }

  /// Takes all strength from the faces that are open: a notch.
  mutating func kill() {
    for index in points.indices {
      let strength = strength[Int(faces[index / 4])]
      points[index].ceiling = strength
      points[index].peak = .infinity
      points[index].damage = 1
    }
  }

  /// Wakes the point at `index`, which carries the traction `t` (Pa, normal first) now.
  mutating func wake(_ index: Int, traction t: SIMD3<Double>, in solid: Solid) {
    let law = law(of: index / 4, in: solid)
    let strength = strength[Int(faces[index / 4])] * shares[index / 4]
    points[index] = law.insert(t, strength: strength)
  }

  /// Nodes below and above point `index`.
  @inline(__always)
  func nodes(of index: Int, in solid: Solid) -> (low: Int, high: Int) {
    let face = Int(faces[index / 4])
    let axis = Int(solid.lattice.faceAxis[face])
    let corner = Lattice.faceCorner(axis, index % 4)
    return (
      solid.node(Int(solid.lattice.faceLow[face]), corner),
      solid.node(Int(solid.lattice.faceHigh[face]), corner & ~(1 << axis))
    )
  }

  /// Mean opening fraction of face number `index` of `faces`; sleeping points count as 0.
  public func opening(of index: Int, in solid: Solid) -> Double {
    let law = law(of: index, in: solid)
    var sum = 0.0
    for point in points[(4 * index)..<(4 * index + 4)] where point.isActive {
      sum += law.opening(point)
    }
    return sum / 4
  }

  /// Adds the tractions to the forces of the solid and sums the energies.
  mutating func addForces(to solid: inout Solid) {
    (stored, dissipated, excess, heat) = (0, 0, 0, 0)
    largestSlide = 0
    guard !faces.isEmpty else { return }
    if couples.isEmpty {
      couples = [SIMD3<Double>](repeating: .zero, count: solid.lattice.elementCount)
    }
    for index in faces.indices {
      let face = Int(faces[index])
      let axis = Int(solid.lattice.faceAxis[face])
      let (low, high) = (Int(solid.lattice.faceLow[face]), Int(solid.lattice.faceHigh[face]))
      let law = law(of: index, in: solid)
      let area = 0.25 * solid.lattice.faceArea(axis: axis)

      let frame = FaceFrame(low: solid.turn(of: low), high: solid.turn(of: high), axis: axis)
      let (normal, first, second) = (frame.normal, frame.first, frame.second)
      var moment = SIMD3<Double>.zero

      for place in 0..<4 where points[4 * index + place].isActive {
        let (below, above) = nodes(of: 4 * index + place, in: solid)
        let gap = solid.position[above] - solid.position[below]
        let way = SIMD3(gap.x, gap.y, gap.z)
        let jump = SIMD3(dot(way, normal), dot(way, first), dot(way, second))
        let t = law.traction(jump, &points[4 * index + place])
        let point = points[4 * index + place]
        if jump.x < 0, point.damage == 1 {
          largestSlide = max(largestSlide, (jump.y * jump.y + jump.z * jump.z).squareRoot())
        }
        let pull = area * (normal * t.x + first * t.y + second * t.z)
        solid.force[below] += SIMD4(pull, 0)
        solid.force[above] -= SIMD4(pull, 0)
        moment += cross(way, pull)
        stored += area * (point.stored - point.storedAtStart)
        dissipated += area * law.dissipated(point)
        excess += area * point.excess
        heat += area * point.heat
      }
      guard moment != .zero else { continue }
      let share = frame.share(of: moment)
      couples[low] += share.low
      couples[high] += share.high
    }

    // without these a slipped pair, whose forces are not in one line, would make energy as it turns
    for element in couples.indices where couples[element] != .zero {
      solid.addCouple(couples[element], to: element)
      couples[element] = .zero
    }
  }
}
