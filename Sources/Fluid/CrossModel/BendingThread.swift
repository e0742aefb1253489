// Frequency of a liquid rope that coils on a plate.
//
// Equation        that of CoilEquations; control numbers β = 4H²/a₀², G = gH²/(3νU₀), Re = U₀H/(3ν)
// Discretisation  CoilSolver, order 4, the way with 150 intervals at most. The first solution is the rope without weight and mass from a
//                 drawn guess; then the viscosity falls by factors of two from where neither matters
//                 to the given one, in smaller steps where Newton fails
// Source          Ribe 2004, Proc. R. Soc. A 460, 3223; regimes: Maleki et al. 2004, Phys. Rev. Lett.
//                 93, 214502; Ribe, Habibi & Bonn 2012, Annu. Rev. Fluid Mech. 44, 249
// Deviation       that of CoilEquations
// Validity        steady coiling, H/a₀ from 10 to 1000. `inertia` = U₁²/(gR) above about 1 with a tall
//                 fall has several steady states: the one found is that of the falling viscosity, and
//                 a fold on the way is an error. Whether the rope folds or meanders instead, and
//                 whether the state is stable, is not asked
// Checked by      BendingThreadTests: viscous and gravitational limits, power balance, order

import Foundation

/// Steady coiling rope.
public struct BendingThread: Sendable {
  /// Angular frequency of the coil, in rad/s.
  public let frequency: Double
  /// Radius of the coil, in m.
  public let coilRadius: Double
  /// Speed and radius of the rope where it is laid, in m/s and m.
  public let impactSpeed: Double
  public let impactRadius: Double
  /// Length of the rope between nozzle and plate, in m.
  public let length: Double
  /// Centripetal acceleration in the coil over gravity, U₁²/(gR); infinite without gravity.
  public let inertia: Double
  /// Difference between the dissipated and the fed power, over the dissipated one: the error of the
  /// solution as an integral that the scheme does not use.
  public let powerDefect: Double
  /// Newton steps on the way.
  public let iterations: Int
  /// Centre line in m, from the nozzle, z up.
  public let shape: [SIMD3<Double>]

  /// Finds the coiling rope. SI units; gravity may be zero; `hasInertia` false drops the mass but not
  /// the weight.
  /// - Throws: `InvalidFlow` for arguments that are not above 0, a slenderness outside the range above,
  ///   cells outside 50…20,000, or if the way to the solution is lost.
  public init(
    viscosity: Double, inflow: Double, nozzleDiameter: Double, height: Double, gravity: Double,
    cells: Int = 200, hasInertia: Bool = true
  ) throws(InvalidFlow) {
    try requirePositive("viscosity", viscosity)
    try requirePositive("inflow", inflow)
    try requirePositive("nozzleDiameter", nozzleDiameter)
    try requirePositive("height", height)
    guard gravity.isFinite, gravity >= 0 else {
      throw InvalidFlow("gravity", gravity, expected: "a finite number, 0 or above")
    }
    guard (50...20_000).contains(cells) else {
      throw InvalidFlow("cells", Double(cells), expected: "a number from 50 to 20000")
    }
    let radius = nozzleDiameter / 2
    guard (10...1000).contains(height / radius) else {
      throw InvalidFlow("height over nozzle radius", height / radius, expected: "10 to 1000")
    }
    let speed = inflow / (Double.pi * radius * radius)
    let target = CoilEquations(
      slenderness: 4 * pow(height / radius, 2),
      weight: gravity * height * height / (3 * viscosity * speed),
      inertia: hasInertia ? speed * height / (3 * viscosity) : 0)
    var solver = Self.drawn(intervals: min(cells, 150))
    try Self.lead(&solver, to: target, viscosity: viscosity, cells: cells)

    let (n, m) = (solver.intervals, CoilEquations.size)
    let values = solver.values
    let last = n * m
    let (omega, rope) = (
      values[last + CoilEquations.frequency], values[last + CoilEquations.length]
    )
    frequency = omega * speed / height
    coilRadius = values[last] * height
    impactSpeed = speed * exp(values[last + CoilEquations.speed])
    impactRadius = (inflow / (Double.pi * impactSpeed)).squareRoot()
    length = rope * height
    inertia = impactSpeed * impactSpeed / (gravity * coilRadius)
    iterations = solver.iterations
    shape = (0...n).map { height * SIMD3(values[$0 * m], values[$0 * m + 1], values[$0 * m + 2]) }

    powerDefect = Self.defect(solver, target, rope)
  }

  /// Dissipation against weight times height, the pull of the nozzle and the kinetic energy that comes
  /// in: ∫ D ds = β(G + Re/2) − N(0)·t(0), by Simpson's rule.
  private static func defect(
    _ solver: CoilSolver, _ equations: CoilEquations, _ length: Double
  ) -> Double {
    let ends = solver.values.withUnsafeBufferPointer { values in
      values.baseAddress.map { y in
        (0...solver.intervals).map { equations.dissipation(y + $0 * CoilEquations.size) }
      }
    }
    guard let ends else { return .infinity }
    var sum = 0.0
    for i in 0..<solver.intervals {
      let centre = equations.dissipation(solver.middle(equations, i))
      sum += (solver.mesh[i + 1] - solver.mesh[i]) / 6 * (ends[i] + 4 * centre + ends[i + 1])
    }
    let falling = equations.slenderness * (equations.weight + 0.5 * equations.inertia)
    let fed = falling - equations.tension(solver.values)
    return (length * sum - fed) / (length * sum)
  }

  private static func lead(
    _ solver: inout CoilSolver, to target: CoilEquations, viscosity: Double, cells: Int
  ) throws(InvalidFlow) {
    let coarse = solver.intervals
    // a rope that does not stretch, then the true one, then its weight and its mass
    var equations = CoilEquations(slenderness: 1e8, weight: 0)
    for slenderness in [1e8, target.slenderness] {
      equations.slenderness = slenderness
      guard solver.converge(equations) else {
        throw InvalidFlow("height over nozzle radius", slenderness, expected: "a weightless coil")
      }
      solver.remesh(equations, intervals: coarse)
    }
    // forces are of order one where β(G + Re) is
    let first = min(1, 1 / (target.slenderness * (target.weight + target.inertia) + 1e-9))
    var (part, next, factor) = (0.0, first, 2.0)
    while part < 1 {
      let before = solver
      equations.weight = next * target.weight
      equations.inertia = next * target.inertia
      if solver.converge(equations) {
        if next < 1 { solver.remesh(equations, intervals: coarse) }
        part = next
        factor = min(2, factor * factor)
      } else {
        solver = before
        factor = factor.squareRoot()
        guard factor > 1.0005, part > 0 else {
          throw InvalidFlow(
            "viscosity", viscosity, expected: "\(viscosity / part) or more, where a fold was met")
        }
      }
      next = min(1, max(part, 0.5 * first) * factor)
    }

    // on all points, chosen for this very rope
    solver.remesh(equations, intervals: cells)
    guard solver.converge(equations) else {
      throw InvalidFlow("cells", Double(cells), expected: "more")
    }
  }

  // a curve from the nozzle to a circle of a quarter of the height, with a swing to the side
  private static func drawn(intervals n: Int) -> CoilSolver {
    let (radius, swing) = (0.25, 0.1)
    let quarter = Double.pi / 2
    typealias Vector = SIMD3<Double>
    func cross(_ a: Vector, _ b: Vector) -> Vector {
      Vector(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
    }
    var (places, tangents, bends, arc) = ([Vector](), [Vector](), [Vector](), [0.0])
    for i in 0...n {
      let s = Double(i) / Double(n)
      let first = Vector(
        2 * radius * s, 4 * swing * (2 * s - 3 * s * s), -quarter * cos(quarter * s))
      let second = Vector(
        2 * radius, 4 * swing * (2 - 6 * s), quarter * quarter * sin(quarter * s))
      let size = (first * first).sum().squareRoot()
      let tangent = first / size
      places.append(Vector(radius * s * s, 4 * swing * s * s * (1 - s), -sin(quarter * s)))
      tangents.append(tangent)
      bends.append((second - (second * tangent).sum() * tangent) / (size * size))
      if i > 0 {
        let step = places[i] - places[i - 1]
        arc.append(arc[i - 1] + (step * step).sum().squareRoot())
      }
    }
    let length = arc[n]
    let spins = arc.map { (1 - $0 / length) / radius }
    let turns = (0...n).map { cross(tangents[$0], bends[$0]) + spins[$0] * tangents[$0] }
    var values: [Double] = []
    for i in 0...n {
      let (a, b) = (max(0, i - 1), min(n, i + 1))
      let moment = (turns[b] - turns[a]) / (arc[b] - arc[a])
      for vector in [places[i], tangents[i], bends[i]] {
        values += [vector.x, vector.y, vector.z]
      }
      values += [spins[i], 0, 0, 0, moment.x, moment.y, moment.z, 0, 1 / radius, length]
    }
    return CoilSolver(mesh: arc.map { $0 / length }, values: values)
  }
}
