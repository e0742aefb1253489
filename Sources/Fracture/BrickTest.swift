// One brick under a platen, under a striker or against a floor, until it has broken or not.
//
// Equation        m·a = −∂E/∂x + cracks + contacts + weight; a striker M·z'' = F − M·g
// Discretisation  leapfrog at the largest stable step; the step changes once, at the first crack
// Source          see Solid, CohesiveFaces, PadContact
// Deviation       none
// Validity        no rate effect of strength; pieces do not collide with each other except across their
//                 own crack; no contact of crack faces with tools
// Checked by      BrickTestTests: ledger, impulse, wall impact, quarter turn, same bits

import LinearAlgebra

/// State of a run. Make it, `run`, read outcomes, ask for `pieces()`.
public struct BrickTest: Sendable {
  public let setup: BrickSetup
  public internal(set) var solid: Solid
  public internal(set) var cracks: CohesiveFaces
  /// Time of the positions, in s.
  public internal(set) var time = 0.0
  public internal(set) var steps = 0
  public internal(set) var ledger = EnergyLedger()
  /// The step now, and what limits it.
  public internal(set) var limit: StepLimit
  /// Tip of the platen or striker, in m over the lower side of the brick at the start.
  public internal(set) var toolHeight: Double
  /// Velocity of the striker half a step ago, in m/s, up.
  public internal(set) var toolVelocity: Double
  /// Force on platen, striker or floor now, in N.
  public internal(set) var toolForce = 0.0
  /// Time (s), force (N) and travel of the tool (m, down).
  public internal(set) var history: [ForceSample] = []
  /// The largest force so far.
  public internal(set) var peak = ForceSample()
  /// Sag of the middle against the supports, half way up, at the peak, in m.
  public internal(set) var deflectionAtPeak = 0.0
  /// When the first face opened, in s; 0 with a notch.
  public internal(set) var firstOpening: Double?
  /// When softening had last taken another twentieth of G_F times the area of a face, in s.
  public internal(set) var lastSoftening = 0.0
  /// When a tool last touched, in s.
  public internal(set) var lastTouch = 0.0
  /// Largest |residual| over input, of all steps.
  public internal(set) var worstResidual = 0.0
  var nose: PadContact?
  var supports: [PadContact] = []
  let partition = CornerPartition()
  let sagNodes: SagNodes
  let toolStart: Double
  /// Steps of the last move and of the next one, in s.
  var lastStep: Double
  var isDamped = false
  /// Halves of a trapezoid that wait for the next step.
  var pendingTravel = 0.0
  var pendingDamping = 0.0
  /// Work of softening at `lastSoftening`, in J.
  var markedWork = 0.0
  /// Area of the smallest face, in m².
  let smallestFace: Double

  /// - Throws: `InvalidFracture` for tools that miss the brick and settings out of range.
  public init(setup: BrickSetup) throws(InvalidFracture) {
    try setup.check()
    self.setup = setup
    let lattice = setup.lattice
    let top = lattice.size.z
    cracks = setup.cohesiveFaces()
    toolHeight = top
    toolVelocity = 0
    var stiffest = 0.0
    var toolRate = 0.0
    switch setup.loading {
    case .bend(let head, let under, _, _), .strike(let head, let under, _, _):
      solid = try Solid(
        lattice: lattice, material: setup.material, centre: SIMD3(0, 0, 0.5 * lattice.size.z))
      let contact = try PadContact.vertical(head.shape, side: -1, pad: head.pad, on: lattice)
      nose = contact
      stiffest = contact.largestStiffness
      for end in [-0.5, 0.5] {
        let shape = ToolShape.line(x: end * under.span, radius: under.radius, width: under.width)
        let support = try PadContact.vertical(shape, side: 1, pad: under.pad, on: lattice)
        stiffest = max(stiffest, support.largestStiffness)
        supports.append(support)
      }
      if case .strike(_, _, let mass, let speed) = setup.loading {
        toolVelocity = -speed
        toolRate = contact.totalStiffness / mass
      }
    case .pull(let upper, let lower, _, _):
      solid = try Solid(
        lattice: lattice, material: setup.material, centre: SIMD3(0, 0, 0.5 * lattice.size.z))
      let ends = [
        try PadContact.vertical(upper.shape, side: -1, pad: upper.pad, on: lattice),
        try PadContact.vertical(lower.shape, side: 1, pad: lower.pad, on: lattice),
      ]
      (nose, supports) = (ends[0], [ends[1]])
      stiffest = ends.map(\.largestStiffness).max() ?? 0
    case .fall(let floor, let turn, let velocity, let spin):
      let still = try Solid(lattice: lattice, material: setup.material, turn: turn)
      let lowest = still.position.map(\.z).min() ?? 0
      solid = try Solid(
        lattice: lattice, material: setup.material, centre: SIMD3(0, 0, -lowest), turn: turn,
        speed: velocity, spin: spin)
      let contact = PadContact.floor(pad: floor, under: lattice, frame: Rotation(solid.turn(of: 0)))
      stiffest = contact.largestStiffness
      nose = contact
      toolHeight = 0
    case .free(let turn, let velocity, let spin):
      solid = try Solid(
        lattice: lattice, material: setup.material, turn: turn, speed: velocity, spin: spin)
    }
    contactRate = stiffest / solid.cornerMass + toolRate
    limit = StepLimit(
      solid: solid, isOpen: setup.notch != nil, stiffnessFactor: setup.stiffnessFactor,
      contactRate: contactRate)
    sagNodes = SagNodes(setup)
    if setup.startsSettled, setup.span != nil, setup.gravity > 0 {
      try ElasticReference.settle(&solid, on: supports, gravity: setup.gravity)
      if let head = nose { toolHeight = head.touchingTip(solid) }
    }
    toolStart = toolHeight
    smallestFace = (0..<3).map { lattice.faceArea(axis: $0) }.min() ?? 0
    lastStep = limit.step * setup.stepFactor
    if let notch = setup.notch { cut(notch) }
    begin()
  }

  // opens the faces of a notch and takes their strength
  private mutating func cut(_ notch: Notch) {
    let lattice = setup.lattice
    var places: [SIMD3<Int>] = []
    for face in 0..<lattice.faceCount where notch.contains(face, of: lattice) {
      cracks.open(face, share: 1)
      places += lattice.corners(of: face)
    }
    for place in places { solid.split(at: place, isOpen: cracks.isOpen, partition: partition) }
    cracks.kill()
    firstOpening = 0
  }

  /// Contact stiffness over mass, in 1/s².
  let contactRate: Double

  /// Way of the tool since the start, in m: down, or up where it pulls.
  public var travel: Double {
    if case .pull = setup.loading { return toolHeight - toolStart }
    return toolStart - toolHeight
  }

  /// Step of the next move, in s.
  public var step: Double { limit.step * setup.stepFactor }
  public var elementCount: Int { setup.lattice.elementCount }

  /// Runs until a time in s.
  public mutating func run(until end: Double) {
    while time < end { advance() }
  }

  /// Runs a number of steps.
  public mutating func runSteps(_ count: Int) {
    for _ in 0..<count { advance() }
  }

  /// Runs until the cracks are at rest (`isSettled`) or to a time in s. True if they are.
  public mutating func runUntilSettled(limit end: Double) -> Bool {
    while time < end {
      for _ in 0..<64 { advance() }
      if isSettled { return true }
    }
    return isSettled
  }
}

/// One entry of the force history.
public struct ForceSample: Sendable, Hashable {
  /// In s.
  public var time = 0.0
  /// In N, up on the tool.
  public var force = 0.0
  /// Way of the tool since the start, in m, down.
  public var travel = 0.0

  public init() {}
}
