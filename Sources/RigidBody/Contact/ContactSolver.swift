// Solver of contact problems with the exact Coulomb cone: proximal augmented Lagrangian.
//
// Equation        for frozen s_i = μ_i|u_T,i| minimise
//                   ½|v − v_free|²_M + Σ|P_K(x_i)|²/(2ρ_i),  x_i = r_i − ρ_i(J_i·v + b_i + s_i·n)
//                 then r ← P_K(x), v ← v_free + M⁻¹·Fᵀ·r, s ← μ|u_T|, until
//                   max_i |r_i − P_K(r_i − û_i/w_i)| ≤ tolerance · max_i |r_i|   (the certificate)
// Discretisation  inner: semismooth Newton, H = M + Σ Fᵀρ·P'·J (Cholesky), line search on the slope.
//                 All is kept relative to the motion v of the pass's start (a = v − v_start, change
//                 of r), so that rounding of fast motions never meets the penalty ρ
// Source          rigid.md 3.3; de Saxcé & Feng 1998; multipliers: Rockafellar 1976, Math. Oper.
//                 Res. 1, 97
// Deviation       ρ_i = c_i/w_i with c_i of each group raised on its own; s = 0 where a contact
//                 sticks; if s does not settle, or where forces are not the transpose of the rows,
//                 Newton on the whole inclusion with s = μ|u_T| inside (nonsymmetric, LU)
// Validity        any μ ≥ 0; reports the certificate it reached, whatever it is
// Checked by      ContactSolverTests, ContactStackTests, ContactOracleTests

import LinearAlgebra

/// Keeps factor, penalties and memory from one call to the next; results depend on them only within
/// the certificate. One solver belongs to one island.
public struct ContactSolver: Sendable {
  /// What the solver knows of a group between the passes.
  struct GroupState: Sendable {
    /// c of ρ = c/w.
    var stiffness = 0.0
    /// |u_T| at the start of the pass.
    var slip = 0.0
    /// μ|u_T| − s at the start of the pass.
    var lack = 0.0
    /// s.
    var shift = 0.0
    /// |r − P_K(r − û/w)|.
    var residual = Double.infinity
  }

  static let firstStiffness = 1e5
  static let lastStiffness = 1e7

  var rows = ContactRows()
  var states: [GroupState] = []
  var steps: [FrictionCone.Step] = []
  // one number a row: reaction, J·v + b at the start of the pass, its change since, its change along
  // the Newton direction, and P_K(x) − r
  var reaction: [Double] = []
  var start: [Double] = []
  var travel: [Double] = []
  var along: [Double] = []
  var change: [Double] = []
  // one vector a body
  var free: [SIMD8<Double>] = []
  var motion: [SIMD8<Double>] = []
  var moved: [SIMD8<Double>] = []
  var gradient: [SIMD8<Double>] = []
  var direction: [SIMD8<Double>] = []

  var cholesky = BlockCholesky()
  var lu = DenseLU()
  var luRight: [Double] = []
  var diagonal: [SIMD8<Double>] = []
  var lower: [SIMD8<Double>] = []
  var factored: [FrictionCone.Step] = []
  var factoredStiffness: [Double] = []
  var isFactored = false
  var isLive = false
  var factorisations = 0

  var best: [Double] = []
  var bestCertificate = Double.infinity
  /// Largest w over smallest w.
  var weightRatio = 1.0
  /// Largest |r|, or what stands for it where there is none.
  var scale = 0.0
  var solution = ContactSolution(
    motion: [], reaction: [], certificate: .infinity, factorisations: 0, outerPasses: 0)

  public init() {}

  /// Solves from `problem.reaction`: all zero is a cold start, otherwise it is the first guess.
  ///
  /// The result is the best iterate; its certificate tells how good. Reactions of hyperstatic rows
  /// depend on the guess; from zero they are those of least norm (weighted by w).
  ///
  /// Where that does not converge (a cold start with a large μ takes a sticking contact for one that
  /// slides fast and lifts), a second attempt starts from the reactions that would hold every cone.
  public mutating func solve(
    _ problem: ContactProblem, tolerance: Double = 1e-12, maximumOuter: Int = 60
  ) -> ContactSolution {
    let first = solveOnce(problem, tolerance: tolerance, maximumOuter: maximumOuter)
    guard !(first.certificate <= 1e-10) else { return first }
    var held = problem
    for index in held.groups.indices {
      if case .cone = held.groups[index].law { held.groups[index].law = .bilateral }
    }
    held.reaction = held.reaction.map { _ in 0 }
    var again = problem
    again.reaction = solveOnce(held, tolerance: tolerance, maximumOuter: maximumOuter).reaction
    let second = solveOnce(again, tolerance: tolerance, maximumOuter: maximumOuter)
    return second.certificate < first.certificate ? second : first
  }

  private mutating func solveOnce(
    _ problem: ContactProblem, tolerance: Double, maximumOuter: Int
  ) -> ContactSolution {
    begin(problem)
    var certificate = evaluateStart()
    keepIfBest(certificate)
    var passes = 0
    var before = certificate
    var slow = 0

    while !(certificate <= tolerance), passes < maximumOuter, factorisations < 600 {
      passes += 1
      isLive = !rows.isSymmetric || slow >= 3
      guard relax(tolerance: tolerance) else {
        soften()
        continue
      }
      for row in 0..<reaction.count { reaction[row] += change[row] }
      certificate = evaluateStart(damped: slow == 2)
      keepIfBest(certificate)
      if !certificate.isFinite {
        reaction = best
        certificate = evaluateStart()
        soften()
      } else if certificate > 0.1 * before {
        stiffen(tolerance: tolerance)
        slow += 1
        if slow > 8 { slow = 0 }
      } else {
        slow = 0
      }
      before = certificate
    }
    return finish(passes)
  }

  private mutating func begin(_ problem: ContactProblem) {
    rows.load(problem)
    let (bodies, count, groups) = (rows.bodyCount, rows.rowCount, rows.groups.count)
    if free.count != bodies + 1 {
      free = [SIMD8<Double>](repeating: .zero, count: bodies + 1)
      (motion, moved, gradient, direction) = (free, free, free, free)
    }
    if reaction.count != count {
      reaction = [Double](repeating: 0, count: count)
      (start, travel, along, change) = (reaction, reaction, reaction, reaction)
    }
    if rows.patternChanged || states.count != groups {
      states = [GroupState](repeating: GroupState(), count: groups)
      for index in 0..<groups { states[index].stiffness = Self.firstStiffness }
      steps = [FrictionCone.Step](repeating: FrictionCone.Step(), count: groups)
      factored = steps
      factoredStiffness = [Double](repeating: 0, count: groups)
      setPattern()
    }
    if rows.geometryChanged { isFactored = false }
    for body in 0..<bodies {
      var values = SIMD8<Double>.zero
      for lane in 0..<6 { values[lane] = problem.free[6 * body + lane] }
      free[body] = values
    }
    for row in 0..<count { reaction[row] = problem.reaction[row] }
    bestCertificate = .infinity
    factorisations = 0
    startFromCone()
  }

  // a guess outside its cone would be no reaction at all
  private mutating func startFromCone() {
    for index in 0..<rows.groups.count {
      let group = rows.groups[index]
      let first = group.first
      if group.weight == 0 || !(first..<(first + group.count)).allSatisfy({ reaction[$0].isFinite })
      {
        for row in first..<(first + group.count) { reaction[row] = 0 }
        continue
      }
      switch group.kind {
      case .bilateral: break
      case .unilateral: reaction[first] = max(0, reaction[first])
      case .cone:
        let p = FrictionCone(friction: group.friction).project(
          normal: reaction[first], reaction[first + 1], reaction[first + 2])
        (reaction[first], reaction[first + 1], reaction[first + 2]) = p
      }
    }
  }

  private mutating func keepIfBest(_ certificate: Double) {
    guard certificate < bestCertificate else { return }
    bestCertificate = certificate
    if best.count != reaction.count { best = reaction }
    for row in 0..<reaction.count { best[row] = reaction[row] }
  }

  private mutating func finish(_ passes: Int) -> ContactSolution {
    if best.count == reaction.count, best != reaction {
      reaction = best
      _ = evaluateStart()
    }
    if solution.motion.count != 6 * rows.bodyCount {
      solution.motion = [Double](repeating: 0, count: 6 * rows.bodyCount)
    }
    if solution.reaction.count != reaction.count { solution.reaction = reaction }
    for body in 0..<rows.bodyCount {
      for lane in 0..<6 { solution.motion[6 * body + lane] = motion[body][lane] }
    }
    for row in 0..<reaction.count { solution.reaction[row] = reaction[row] }
    solution.certificate = bestCertificate
    solution.factorisations = factorisations
    solution.outerPasses = passes
    return solution
  }

  // ρ of the groups that gained less than a factor 10
  private mutating func stiffen(tolerance: Double) {
    // bodies of very different mass: what a light contact carries exceeds what its w tells
    let limit = Self.lastStiffness * weightRatio
    for index in 0..<states.count where states[index].residual > 0.1 * tolerance * scale {
      states[index].stiffness = min(10 * states[index].stiffness, limit)
    }
  }

  private mutating func soften() {
    for index in 0..<states.count { states[index].stiffness *= 0.1 }
    isFactored = false
  }
}
