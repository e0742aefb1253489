// What is fixed in a test on one brick.
//
// Equation        none
// Discretisation  none
// Source          none
// Deviation       none
// Validity        edges resolve the crack: see `largestEdge`
// Checked by      BrickTestTests: refused input

/// A line or ball that presses on the brick from above.
public struct Nose: Sendable, Hashable {
  public let shape: ToolShape
  public let pad: Pad

  /// `shape` in m from the middle of the brick.
  public init(shape: ToolShape, pad: Pad) { (self.shape, self.pad) = (shape, pad) }
}

/// Two parallel supports under the brick; the brick may lift off and come back.
public struct Supports: Sendable, Hashable {
  /// Distance between them along x, in m.
  public let span: Double
  /// Radius of the cylinders, in m; infinity needs a width.
  public let radius: Double
  /// Width of the strip that carries, in m; nil: as the radius allows.
  public let width: Double?
  public let pad: Pad

  public init(span: Double, radius: Double = .infinity, width: Double?, pad: Pad) {
    (self.span, self.radius, self.width, self.pad) = (span, radius, width, pad)
  }
}

/// What is done to the brick.
public enum Loading: Sendable, Hashable {
  /// A platen moves down at a speed (m/s) that it reaches smoothly over `ramp` (s).
  case bend(nose: Nose, supports: Supports, speed: Double, ramp: Double)
  /// Two grips, glued to the upper and the lower surface, are pulled apart as the platen moves.
  case pull(upper: Nose, lower: Nose, speed: Double, ramp: Double)
  /// A rigid striker of a mass (kg) touches the brick at a speed (m/s, down) at time 0.
  case strike(nose: Nose, supports: Supports, mass: Double, speed: Double)
  /// The brick touches a floor at time 0: turned by `turn` (w, x, y, z), moving at `velocity` (m/s)
  /// and turning at `spin` (rad/s, world axes).
  case fall(floor: Pad, turn: SIMD4<Double>, velocity: SIMD3<Double>, spin: SIMD3<Double>)
  /// Nothing touches it.
  case free(turn: SIMD4<Double>, velocity: SIMD3<Double>, spin: SIMD3<Double>)
}

/// Where cracks may run.
public enum CrackRegion: Sendable, Hashable {
  case everywhere
  case nowhere
  /// Only the faces of one plane across an axis (0, 1, 2), at a place along it (m from the middle).
  case plane(axis: Int, at: Double)
}

/// All settings of one run.
public struct BrickSetup: Sendable {
  public let lattice: Lattice
  public let material: BrittleMaterial
  public let loading: Loading
  /// In m/s², down.
  public var gravity = 9.80665
  /// Strength over its mean at each place; nil: 1.
  public var field: StrengthField?
  /// The fracture energy follows the field as the strength does.
  public var fieldScalesFractureEnergy = true
  /// Coulomb coefficient in cracks after debonding.
  public var crackFriction = 0.0
  public var cracks = CrackRegion.everywhere
  /// Cut into the body before the test.
  public var notch: Notch?
  /// Strength and energy of a face by its slope to the principal stress.
  public var isProjected = false
  /// Steps between two checks of the strength, once a first face has opened.
  public var checkInterval = 4
  /// κ in the stiffness κE/h of a crack.
  public var stiffnessFactor = 8.0
  /// Mass-proportional damping once nothing softens any more, in 1/s; booked as loss. It slows the
  /// brick as a whole too: only for one that rests on its supports.
  public var settleDamping = 0.0
  /// A face with at least this mean opening fraction is cut.
  public var cutOpening = 0.95
  /// Step over its limit.
  public var stepFactor = 1.0
  /// Start in the static equilibrium under gravity on the supports (strike and bend).
  public var startsSettled = true
  /// Steps between two entries of the force history.
  public var sampleInterval = 4

  /// A full brick: size in m, cells along x (span), y (width) and z (depth).
  /// - Throws: `InvalidFracture` for a brick thinner than two elements or a span beyond its length.
  public init(
    size: SIMD3<Double>, cells: SIMD3<Int>, material: BrittleMaterial, loading: Loading
  ) throws(InvalidFracture) {
    for axis in 0..<3 {
      try requirePositive("size", size[axis])
      guard cells[axis] >= 2 else {
        throw InvalidFracture("cells", Double(cells[axis]), expected: "at least 2 elements")
      }
    }
    let counts = SIMD3(Double(cells.x), Double(cells.y), Double(cells.z))
    let lattice = try Lattice(counts: cells, edges: size / counts)
    try self.init(lattice: lattice, material: material, loading: loading)
  }

  /// Any body of boxes: saw cuts, discs.
  public init(
    lattice: Lattice, material: BrittleMaterial, loading: Loading
  ) throws(InvalidFracture) {
    (self.lattice, self.material, self.loading) = (lattice, material, loading)
    switch loading {
    case .bend(_, let supports, let speed, let ramp):
      try requirePositive("speed", speed)
      try requireNonnegative("ramp", ramp)
      try Self.check(supports, lattice)
    case .pull(_, _, let speed, let ramp):
      try requirePositive("speed", speed)
      try requireNonnegative("ramp", ramp)
    case .strike(_, let supports, let mass, let speed):
      try requirePositive("mass", mass)
      try requireNonnegative("speed", speed)
      try Self.check(supports, lattice)
    case .fall(_, _, let velocity, let spin), .free(_, let velocity, let spin):
      let sum = velocity.sum() + spin.sum()
      guard sum.isFinite else { throw InvalidFracture("velocity", sum, expected: "finite numbers") }
    }
  }

  private static func check(_ supports: Supports, _ lattice: Lattice) throws(InvalidFracture) {
    try requirePositive("span", supports.span)
    guard supports.span <= lattice.size.x else {
      throw InvalidFracture("span", supports.span, expected: "at most \(lattice.size.x) m")
    }
  }

  /// Throws for a setting that no run can have; the others are refused where they are made.
  func check() throws(InvalidFracture) {
    try requireNonnegative("gravity", gravity)
    try requireNonnegative("crackFriction", crackFriction)
    try requireNonnegative("settleDamping", settleDamping)
    try requirePositive("stiffnessFactor", stiffnessFactor)
    guard stepFactor > 0, stepFactor <= 1 else {
      throw InvalidFracture("stepFactor", stepFactor, expected: "above 0, at most 1")
    }
    guard cutOpening > 0, cutOpening <= 1 else {
      throw InvalidFracture("cutOpening", cutOpening, expected: "above 0, at most 1")
    }
    for (name, value) in [("checkInterval", checkInterval), ("sampleInterval", sampleInterval)] {
      guard value >= 1 else {
        throw InvalidFracture(name, Double(value), expected: "at least 1 step")
      }
    }
  }

  /// Largest element edge that resolves a crack of this material in this depth, in m; a run with
  /// larger edges deserves a warning.
  public var largestEdge: Double { material.largestEdge(depth: lattice.size.z) }
  public var isResolved: Bool {
    max(lattice.edges.x, lattice.edges.y, lattice.edges.z) <= largestEdge * (1 + 1e-9)
  }

  func mayCrack(_ face: Int) -> Bool {
    switch cracks {
    case .everywhere: return true
    case .nowhere: return false
    case .plane(let axis, let place):
      guard Int(lattice.faceAxis[face]) == axis else { return false }
      return abs(lattice.centre(face: face)[axis] - place) < 0.5 * lattice.edges[axis]
    }
  }

  /// The closed cracks at the start.
  func cohesiveFaces() -> CohesiveFaces {
    var strengths: [Double] = []
    var energies: [Double] = []
    for face in 0..<lattice.faceCount {
      let isWeak = mayCrack(face) || (notch?.contains(face, of: lattice) ?? false)
      let factor = isWeak ? field?.factor(at: lattice.centre(face: face)) ?? 1 : 1
      strengths.append(isWeak ? material.strength * factor : .infinity)
      energies.append(material.fractureEnergy * (fieldScalesFractureEnergy ? factor : 1))
    }
    return CohesiveFaces(
      stiffnessFactor: stiffnessFactor, friction: crackFriction, strength: strengths,
      fractureEnergy: energies)
  }
}

extension BrickSetup {
  /// Distance between the supports, in m; nil without supports.
  var span: Double? {
    switch loading {
    case .bend(_, let supports, _, _), .strike(_, let supports, _, _): supports.span
    case .pull, .fall, .free: nil
    }
  }
}
