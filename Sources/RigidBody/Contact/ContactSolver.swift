// Solver of contact problems with the exact Coulomb cone: semismooth Newton on motion and reactions.
//
// Equation        with x_i = r_i − u_i/w_i of each group (w_i = tr(W_ii)/k, W = J·M⁻¹·Fᵀ)
//                   bilateral   u = 0
//                   unilateral  r = max(0, x)
//                   cone        r_N = max(0, x_N),  r_T = nearest point to x_T with |r_T| ≤ μ·r_N
//                 and v = v_free + M⁻¹·Fᵀ·r. Certificate, after each step:
//                   max_i |r_i − P_K(r_i − û_i/w_i)| / max_i |r_i|,  û = u + μ|u_T|n
// Discretisation  Newton with a proximal term: held rows get r ← r − ρ(u + J·dv), ρ = c/w, so that
//                 (M + Fᵀ·G·J)·dv = Fᵀ·e always has a factor, redundant rows or not. This is the
//                 method of multipliers, with x decided at c = 1. Motion is recomputed from r each
//                 time, so dynamics are exact and errors of the factor are corrected.
//                 If 15 steps do not converge: Gauss–Seidel sweeps from the best iterate, and again
// Source          law: de Saxcé & Feng 1998; Newton on max and disc: Alart & Curnier 1991, CMAME 92,
//                 353; multipliers as proximal point: Rockafellar 1976, Math. Oper. Res. 1, 97
// Deviation       rigid.md 3.3 freezes s = μ|u_T| and minimises: on random sliding bodies the
//                 fixed point in s needed up to 600 factors or failed; the friction bound inside
//                 Newton needs 4–30. c is raised for each group on its own
// Validity        any μ ≥ 0; reports the certificate it reached, whatever it is
// Checked by      ContactSolverTests, ContactStackTests, ContactLawTests

import LinearAlgebra

/// Keeps factor, penalties and memory from one call to the next; results depend on them only within
/// the certificate. One solver belongs to one island.
public struct ContactSolver: Sendable {
  /// What the solver knows of a group between the steps.
  struct GroupState: Sendable {
    /// c of ρ = c/w, without unit.
    var stiffness = ContactSolver.firstStiffness
    /// |r − P_K(r − û/w)|, in the unit of r.
    var residual = 0.0
  }

  /// Error of a held row shrinks by about this factor a step; rounding of H grows by it.
  static let firstStiffness = 1e7
  /// Certificate below which no other start is tried.
  static let acceptable = 1e-11
  /// Factors after which the best iterate is returned.
  static let mostFactors = 600

  var rows = ContactRows()
  var states: [GroupState] = []
  var steps: [FrictionCone.Step] = []
  // one number a row: reaction, u = J·v + bias, J·dv, change of the reaction
  var reaction: [Double] = []
  var measured: [Double] = []
  var along: [Double] = []
  var change: [Double] = []
  // one vector a body
  var free: [SIMD8<Double>] = []
  var motion: [SIMD8<Double>] = []
  var direction: [SIMD8<Double>] = []

  var cholesky = BlockCholesky()
  var lu = BlockLU()
  var diagonal: [SIMD8<Double>] = []
  var lower: [SIMD8<Double>] = []
  var upper: [SIMD8<Double>] = []
  /// Regions and penalties that the Cholesky factor in hand belongs to.
  var factored: [FrictionCone.Region] = []
  var factoredStiffness: [Double] = []
  var isFactored = false
  var isExchanged = false
  var factorisations = 0
  /// What c is divided by while a start is still far off.
  var softness = 1.0
  private var isCold = true
  /// Steps go on while they gain, beyond the tolerance.
  private var goesToRounding = false
  /// The next Newton step takes the regions as they are.
  var isSeeded = false

  var best: [Double] = []
  var bestCertificate = Double.infinity
  /// Largest |r|, or what stands for it where there is none.
  var scale = 0.0
  private var solution = ContactSolution(
    motion: [], reaction: [], certificate: .infinity, factorisations: 0, outerPasses: 0)

  public init() { BLAS.useOneThread() }

  /// Solves from `problem.reaction`: all zero is a cold start, otherwise it is the first guess.
  ///
  /// `toRounding`: once below the tolerance, goes on while a step gains a factor 10.
  ///
  /// The result is the best iterate; its certificate tells how good. Reactions of hyperstatic rows
  /// depend on the guess; from zero they are those of least norm (weighted by w).
  ///
  /// Where that does not converge (a cold start with a large μ takes a sticking contact for one that
  /// slides fast and lifts), a second attempt starts from the reactions that would hold every cone.
  public mutating func solve(
    _ problem: ContactProblem, tolerance: Double = 1e-12, maximumOuter: Int = 40,
    toRounding: Bool = false
  ) -> ContactSolution {
    goesToRounding = toRounding
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
    var certificate = evaluate()
    keepIfBest(certificate)
    isSeeded = isCold && !(certificate <= tolerance)
    if isSeeded { seed() }
    var passes = 0
    var held = Double.infinity
    // a residual of a light contact is felt 1/ratio by the heavy body on it
    let goal =
      goesToRounding ? 1e-16 / rows.massRatio : max(1e-16, tolerance / rows.massRatio)

    // input that is not finite has no solution, and says so in the certificate
    while bestCertificate.isFinite, !(certificate <= goal), passes < maximumOuter,
      factorisations < Self.mostFactors
    {
      passes += 1
      certificate = newton(
        goal: goal, tolerance: tolerance, from: certificate, ramp: passes == 1 ? 0 : min(passes, 8))
      if bestCertificate <= tolerance { break }

      // rounding has the last word once nothing improves
      if bestCertificate <= Self.acceptable { break }
      if bestCertificate < 1e-8 && !(bestCertificate < 0.5 * held) { break }
      held = bestCertificate

      // another start: sweeps from the best iterate, twice as many each time, or from the last one,
      // because the best may be one that leads nowhere
      if passes % 2 == 1 {
        restoreBest()
      } else {
        projectReactions()
        _ = evaluate()
      }
      sweep(5 << min(passes, 6))
      certificate = evaluate()
      keepIfBest(certificate)
    }
    return finish(passes)
  }

  private mutating func begin(_ problem: ContactProblem) {
    rows.load(problem)
    let (bodies, count, groups) = (rows.bodyCount, rows.rowCount, rows.groups.count)
    if free.count != bodies + 1 {
      free = [SIMD8<Double>](repeating: .zero, count: bodies + 1)
      (motion, direction) = (free, free)
    }
    if reaction.count != count {
      reaction = [Double](repeating: 0, count: count)
      (measured, along, change, best) = (reaction, reaction, reaction, reaction)
    }
    if rows.patternChanged || states.count != groups {
      states = [GroupState](repeating: GroupState(), count: groups)
      steps = [FrictionCone.Step](repeating: FrictionCone.Step(), count: groups)
      factored = [FrictionCone.Region](repeating: .open, count: groups)
      factoredStiffness = [Double](repeating: 0, count: groups)
      setPattern()
    }
    if rows.geometryChanged { isFactored = false }
    for body in 0..<bodies {
      var values = SIMD8<Double>.zero
      for lane in 0..<6 { values[lane] = problem.free[6 * body + lane] }
      free[body] = values
    }
    isCold = true
    for row in 0..<count {
      reaction[row] = problem.reaction[row]
      best[row] = 0
      isCold = isCold && reaction[row] == 0
    }
    bestCertificate = .infinity
    factorisations = 0
    projectReactions()
  }

  /// Moves each reaction into its cone; what is not finite or moves nothing becomes zero.
  mutating func projectReactions() {
    for group in rows.groups {
      let first = group.first
      var isFinite = group.weight > 0
      for row in first..<(first + group.count) { isFinite = isFinite && reaction[row].isFinite }
      guard isFinite else {
        for row in first..<(first + group.count) { reaction[row] = 0 }
        continue
      }
      switch group.kind {
      case .bilateral: break
      case .unilateral: reaction[first] = max(0, reaction[first])
      case .cone:
        let (n, t1, t2) = (reaction[first], reaction[first + 1], reaction[first + 2])
        let isInside = n >= 0 && t1 * t1 + t2 * t2 <= group.friction * group.friction * n * n
        guard !isInside else { continue }
        let cone = FrictionCone(friction: group.friction)
        (reaction[first], reaction[first + 1], reaction[first + 2]) = cone.project(
          normal: n, t1, t2)
      }
    }
  }

  mutating func keepIfBest(_ certificate: Double) {
    guard certificate < bestCertificate else { return }
    bestCertificate = certificate
    for row in 0..<reaction.count { best[row] = reaction[row] }
  }

  // a start from zero takes all contacts for closed: Newton by itself would close one floor of a tower
  // a step
  private mutating func seed() {
    for index in 0..<steps.count { steps[index].region = .stick }
  }

  private mutating func restoreBest() {
    for row in 0..<reaction.count { reaction[row] = best[row] }
    projectReactions()
    _ = evaluate()
  }

  private mutating func finish(_ passes: Int) -> ContactSolution {
    if passes > 0 {
      // Newton's last iterate may leave a cone by the rounding that the certificate allows
      restoreBest()
      bestCertificate = evaluate()
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
}
