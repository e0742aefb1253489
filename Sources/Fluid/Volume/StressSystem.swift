// Pressure and viscous stresses of a liquid with a free surface, solved at once.
//
// Equation        [D M⁻¹Dᵀ   D M⁻¹Eᵀ        ] [p]   [D u* − h s]
//                 [E M⁻¹Dᵀ   E M⁻¹Eᵀ + 1/C  ] [τ] = [E u*      ],   u = u* − M⁻¹(Dᵀp + Eᵀτ)
//                 p, τ: −Δt W p/(ρh) and Δt W τ/(ρh), both tensions; C = 2κW, κ = μΔt/(ρh²); shear κf²W
// Discretisation  D, E: differences between neighbours (E of shear: the sum of two). At a wall the strain
//                 is taken over half a cell: f = 2, and W counts the inside. Free surface: natural
//                 condition; a face without liquid that a sample needs is an unknown with a small mass.
//                 Order 1 to 1.4 with a free surface, 2 between walls. Conjugate gradients, matrix free;
//                 preconditioner: the seven unknowns of each cell, inverted (single precision)
// Source          Larionov, Batty & Bridson 2017, ACM Trans. Graph. 36(4): variational Stokes;
//                 Batty & Bridson 2010, arXiv:1010.2832
// Deviation       one field of weights; W is divided out of all rows (a change of variables that block
//                 preconditioning does not feel), which leaves differences and one diagonal
// Validity        a connected liquid or several; enclosed liquid needs s = 0 in the mean
// Checked by      StressSystemTests: Couette, Poiseuille at order 2, mound, hydrostatic rest, splitting

/// What a solve tells about itself.
public struct StressAudit: Sendable, Hashable {
  public var cells = 0
  public var iterations = 0
  /// Change of the velocity between two stops a factor of 10 apart, over the fastest.
  public var velocityChange = Double.infinity
  /// Largest |div u − s|·h over the fastest velocity.
  public var divergence = 0.0
  /// In W: power of gravity, dissipation, rate of kinetic energy, and the known loss of backward Euler,
  /// ½ρ|u − u*|²/Δt, with u* without gravity.
  public var gravityPower = 0.0
  public var dissipation = 0.0
  public var kineticRate = 0.0
  public var eulerLoss = 0.0
  /// Power of what is prescribed (walls, inlet) and of the source s, in W.
  public var boundaryPower = 0.0
  /// Force of the liquid on the floor (low end of z), downward, in N.
  public var floorForce = 0.0
  /// Largest velocity component at faces that are at least 0.3 full, in m/s.
  public var fastest = 0.0
  /// Root of the mean of |u|² over the liquid, in m/s.
  public var rmsSpeed = 0.0
  /// In m³, by the weights of centres.
  public var volume = 0.0

  public init() {}

  /// What is missing in the balance of energy, over the largest part of it.
  public var energyError: Double {
    let rest = gravityPower + boundaryPower - dissipation - kineticRate - eulerLoss
    let size = max(abs(gravityPower), dissipation, abs(kineticRate), eulerLoss)
    return size > 0 ? abs(rest) / size : 0
  }
}

/// Which unknowns a solve has: all of them, or one kind for a split step.
public enum StressKind: Sendable, Hashable {
  case coupled
  case pressureOnly
  case viscousOnly
}

/// Workspace and result of the solve. Kept from step to step for its memory and its warm start.
public struct StressSystem: Sendable {
  /// Slot of each active cell, in rising order; then one place for what is not there.
  private(set) var slots: [Int32] = []
  /// Active number of each slot, or −1.
  private(set) var number: [Int32] = []
  /// Neighbours −x, +x, −y, +y, −z, +z of each active cell.
  var near: [Int32] = []
  /// 1/M of the three lower faces; 0 where the velocity is prescribed.
  var lightness: [SIMD4<Double>] = []
  /// M of unknown faces, and weights without floor.
  var mass: [SIMD4<Double>] = []
  var faceWeight: [SIMD4<Double>] = []
  /// Diagonal 1/C of p, xx, yy, zz, xy, xz, yz; the first and last are 0.
  var compliance: [SIMD8<Double>] = []
  /// f·W of the same, 0 where inactive.
  var share: [SIMD8<Double>] = []
  /// Wall velocities that enter shear samples, with their sign.
  var wallShear: [SIMD4<Double>] = []
  /// f of the shear samples, and in w of the normal ones.
  var factors: [SIMD4<Double>] = []
  var inverse: [SIMD8<Float>] = []
  /// Prescribed velocities.
  var fixed: [SIMD4<Double>] = []
  /// Tensions, scaled as in the header.
  var tension: [SIMD8<Double>] = []
  /// Result: velocities of the three lower faces of each active cell, in m/s.
  public internal(set) var velocity: [SIMD4<Double>] = []
  public internal(set) var audit = StressAudit()
  /// Mass of a face without liquid, relative to a full one.
  static let massFloor = 3e-3
  /// Least weight of a centre or edge.
  static let leastWeight = 1e-6
  /// Change of the velocity, over the fastest, between stops a factor of 10 apart that ends a solve.
  public var tolerance = 1e-5
  /// Largest |div u|·h over the fastest velocity.
  public var divergenceTolerance = 1e-6
  public var iterationLimit = 20_000
  var lastStep = 0.0

  public init() {}

  public var count: Int { slots.count }

  /// Active number at a slot.
  func active(_ slot: Int) -> Int? {
    slot < number.count && number[slot] >= 0 ? Int(number[slot]) : nil
  }

  // MARK: Which samples are active

  /// Finds active samples, their weights and neighbours; carries tensions over from the last solve.
  mutating func assemble(_ problem: VolumeProblem) {
    let grid = problem.grid
    let old = (number: number, tension: tension, share: share, step: lastStep)
    lastStep = problem.step
    number = [Int32](repeating: -1, count: grid.slotCount)
    slots.removeAll(keepingCapacity: true)
    audit = StressAudit()
    guard let (first, end) = problem.weights.window() else {
      clear()
      return
    }
    // one cell more on each side, for the faces that samples on the rim need
    var (from, to) = (SIMD3<Int>.zero, SIMD3<Int>.zero)
    for axis in 0..<3 {
      let all = grid.isPeriodic(axis)
      from[axis] = all ? 0 : max(0, first[axis] - 1)
      to[axis] = all ? grid.last(axis) : min(grid.last(axis), end[axis])
    }
    mark(problem, from, to)
    var places: [SIMD3<Int>] = []
    for i in from.x...to.x {
      for j in from.y...to.y {
        for k in from.z...to.z {
          let slot = grid.slot(i, j, k)
          guard number[slot] >= 0 else { continue }
          number[slot] = Int32(slots.count)
          slots.append(Int32(slot))
          places.append(SIMD3(i, j, k))
        }
      }
    }
    clear()
    audit.cells = 0
    for (index, place) in places.enumerated() {
      join(grid, index, place)
      weigh(problem, index, place)
      if share[index][0] > 0 { audit.cells += 1 }
    }
    guard old.step > 0, old.number.count == number.count else { return }
    let ratio = problem.step / old.step
    for (index, slot) in slots.enumerated() {
      let before = old.number[Int(slot)]
      guard before >= 0 else { continue }
      let was = old.tension[Int(before)]
      let had = old.share[Int(before)]
      var value = SIMD8<Double>.zero
      for lane in 0..<7 where had[lane] > 0 {
        value[lane] = ratio * was[lane] * min(share[index][lane] / had[lane], 8)
      }
      tension[index] = value
    }
  }

  private mutating func clear() {
    let all = slots.count + 1
    near = [Int32](repeating: Int32(slots.count), count: 6 * all)
    lightness = [SIMD4<Double>](repeating: .zero, count: all)
    mass = lightness
    faceWeight = lightness
    wallShear = lightness
    factors = lightness
    fixed = lightness
    velocity = lightness
    compliance = [SIMD8<Double>](repeating: .zero, count: all)
    share = compliance
    tension = compliance
  }

  /// Marks the cells of all active samples and of the faces that they need.
  private mutating func mark(_ problem: VolumeProblem, _ from: SIMD3<Int>, _ to: SIMD3<Int>) {
    let grid = problem.grid
    for i in from.x...to.x {
      for j in from.y...to.y {
        for k in from.z...to.z {
          let place = SIMD3(i, j, k)
          if StressSystem.isCell(grid, place),
            problem.weights.mean(2 * i, 2 * j, 2 * k) > StressSystem.leastWeight
          {
            number[grid.slot(i, j, k)] = 0
            for axis in 0..<3 { number[StressSystem.neighbour(grid, place, axis, 1)] = 0 }
          }
          for pair in StressSystem.pairs {
            guard StressSystem.edge(problem, place, pair) > StressSystem.leastWeight else {
              continue
            }
            number[grid.slot(i, j, k)] = 0
            for axis in [pair.0, pair.1] where place[axis] > 0 || grid.isPeriodic(axis) {
              number[StressSystem.neighbour(grid, place, axis, -1)] = 0
            }
          }
        }
      }
    }
  }

  /// Axes of the shear samples xy, xz, yz.
  static let pairs = [(0, 1), (0, 2), (1, 2)]

  static func isCell(_ grid: VolumeGrid, _ place: SIMD3<Int>) -> Bool {
    place.x < grid.cells.x && place.y < grid.cells.y && place.z < grid.cells.z
  }

  /// Slot of the neighbour along an axis.
  static func neighbour(
    _ grid: VolumeGrid, _ place: SIMD3<Int>, _ axis: Int, _ side: Int
  ) -> Int {
    var other = place
    other[axis] += side
    if grid.isPeriodic(axis) {
      other[axis] = (other[axis] + grid.cells[axis]) % grid.cells[axis]
    }
    return grid.slot(other.x, other.y, other.z)
  }

  /// Lower corner, in half cells, of the eight that a shear sample owns.
  static func corner(_ place: SIMD3<Int>, _ pair: (Int, Int)) -> SIMD3<Int> {
    var corner = 2 &* place
    corner[pair.0] -= 1
    corner[pair.1] -= 1
    return corner
  }

  /// Weight of a shear sample, 0 if there is none: along slip and open ends, and where two ends meet.
  static func edge(_ problem: VolumeProblem, _ place: SIMD3<Int>, _ pair: (Int, Int)) -> Double {
    let grid = problem.grid
    let third = 3 - pair.0 - pair.1
    guard place[third] < grid.cells[third], factor(problem, place, pair) > 0 else { return 0 }
    let corner = corner(place, pair)
    return problem.weights.mean(corner.x, corner.y, corner.z)
  }

  /// Least room of a sample: below it strains are no longer divided by it.
  static let leastRoom = 1e-3

  /// f of a shear sample: 1 inside, 2 on a wall, 0 if there is none.
  static func factor(_ problem: VolumeProblem, _ place: SIMD3<Int>, _ pair: (Int, Int)) -> Double {
    let grid = problem.grid
    switch (grid.end(pair.0, place[pair.0]), grid.end(pair.1, place[pair.1])) {
    case (nil, nil): return 1
    case (.some, .some): return 0
    case (.wall, nil), (nil, .wall): return 2
    default:
      // the mouth of an inlet lets nothing pass along it
      guard pair.1 == 2, place.z == grid.cells.z else { return 0 }
      let (i, j) = (place.x, place.y)
      let beside = pair.0 == 0 ? problem.inletSpeed(i - 1, j) : problem.inletSpeed(i, j - 1)
      return problem.inletSpeed(i, j) != nil && beside != nil ? 2 : 0
    }
  }

  private mutating func join(_ grid: VolumeGrid, _ index: Int, _ place: SIMD3<Int>) {
    for axis in 0..<3 {
      for side in [-1, 1] {
        let slot = StressSystem.neighbour(grid, place, axis, side)
        if number[slot] >= 0 { near[6 * index + 2 * axis + (side + 1) / 2] = number[slot] }
      }
    }
  }

  private mutating func weigh(_ problem: VolumeProblem, _ index: Int, _ place: SIMD3<Int>) {
    let grid = problem.grid
    let slot = Int(slots[index])
    let scale = problem.step / (problem.density * grid.h * grid.h)
    let kappa =
      scale
      * (problem.viscosities.isEmpty
        ? SIMD4(repeating: problem.viscosity) : problem.viscosities[slot])
    if StressSystem.isCell(grid, place) {
      let weight = problem.weights.mean(2 * place.x, 2 * place.y, 2 * place.z)
      if weight > StressSystem.leastWeight {
        for lane in 0..<4 { share[index][lane] = weight }
        let factor =
          1 / max(problem.weights.room.open(grid, 2 &* place), StressSystem.leastRoom)
        factors[index].w = factor
        for lane in 1..<4 {
          share[index][lane] = factor * weight
          compliance[index][lane] = 1 / (2 * kappa[0] * factor * factor * weight)
        }
      }
      audit.volume += weight * grid.h * grid.h * grid.h
    }
    for (number, pair) in StressSystem.pairs.enumerated() {
      let weight = StressSystem.edge(problem, place, pair)
      guard weight > StressSystem.leastWeight else { continue }
      let room = problem.weights.room.open(grid, StressSystem.corner(place, pair))
      let factor =
        StressSystem.factor(problem, place, pair) / max(room, StressSystem.leastRoom)
      share[index][4 + number] = factor * weight
      factors[index][number] = factor
      compliance[index][4 + number] = 1 / (kappa[1 + number] * factor * factor * weight)
      // the wall's own velocity, along the other axis
      for (across, along) in [pair, (pair.1, pair.0)] {
        if case .wall(let speed) = grid.end(across, place[across]) {
          wallShear[index][number] = place[across] == 0 ? -speed[along] : speed[along]
        }
      }
    }
    for axis in 0..<3 {
      let isFace = (0..<3).allSatisfy { $0 == axis || place[$0] < grid.cells[$0] }
      guard isFace else { continue }
      var corner = 2 &* place
      corner[axis] -= 1
      let weight = problem.weights.mean(corner.x, corner.y, corner.z)
      faceWeight[index][axis] = weight
      mass[index][axis] = max(weight, StressSystem.massFloor)
      switch grid.end(axis, place[axis]) {
      case nil: break
      case .open:
        guard axis == 2, place.z == grid.cells.z,
          let speed = problem.inletSpeed(place.x, place.y)
        else { break }
        fixed[index][axis] = speed
        continue
      default: continue
      }
      if problem.weights.room.isClosed(grid, corner) { continue }
      lightness[index][axis] = 1 / mass[index][axis]
    }
  }

  /// Velocities by slot; NaN-free, 0 where there is no active cell.
  public func spread(into field: inout [SIMD4<Double>]) {
    for (index, slot) in slots.enumerated() { field[Int(slot)] = velocity[index] }
  }
}
