// Newton's matrix by blocks, and its factor.
//
// Equation        H = M + Σ Fᵀ·G·J;  stick: G = ρ·1, ρ = c/w;  slip, in the axes n, τ, ⊥:
//                   G = [ρ 0 0; μρ 0 0; 0 0 B/(w(1 − B + B/c))]
// Discretisation  6×6 blocks of the bodies of each group, columns of 8 lanes; never a whole J
// Source          as ContactSolver+Newton; blocks: rigid.md 3.4
// Deviation       none
// Validity        as ContactSolver
// Checked by      ContactSolverTests

import LinearAlgebra

extension ContactSolver {
  /// Pairs of bodies, blocks and kernel of the present groups.
  mutating func setPattern() {
    let bodies = rows.bodyCount
    var keys: [Int] = []
    for group in rows.groups where group.bodyA < bodies && group.bodyB < bodies {
      guard group.bodyA != group.bodyB else { continue }
      keys.append(min(group.bodyA, group.bodyB) * bodies + max(group.bodyA, group.bodyB))
    }
    keys.sort()
    var unique: [Int] = []
    for key in keys where unique.last != key { unique.append(key) }
    let edges = unique.map { ($0 / bodies, $0 % bodies) }
    cholesky.setPattern(bodyCount: bodies, edges: edges)
    lu.setPattern(bodyCount: bodies, pairs: cholesky.pairs)

    for index in 0..<rows.groups.count {
      let (a, b) = (rows.groups[index].bodyA, rows.groups[index].bodyB)
      rows.groups[index].pair = -1
      guard a < bodies, b < bodies, a != b else { continue }
      let key = min(a, b) * bodies + max(a, b)
      var (low, high) = (0, unique.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if unique[middle] < key { low = middle + 1 } else { high = middle }
      }
      rows.groups[index].pair = low
      rows.groups[index].isRowA = cholesky.pairs[low].row == a
    }
    diagonal = [SIMD8<Double>](repeating: .zero, count: 6 * bodies)
    lower = [SIMD8<Double>](repeating: .zero, count: 6 * unique.count)
    upper = lower
    isFactored = false
  }

  /// The Cholesky factor in hand belongs to the present regions and penalties.
  func matchesFactor() -> Bool {
    for index in 0..<states.count
    where factored[index] != steps[index].region
      || factoredStiffness[index] != stiffness(index)
    { return false }
    return true
  }

  /// Assembles and factors; false if the matrix is not positive definite, or singular.
  mutating func factor() -> Bool {
    factorisations += 1
    assemble()
    isFactored = false
    if isExchanged { return lu.factor(diagonal: diagonal, lower: lower, upper: upper) }
    for index in 0..<states.count {
      factored[index] = steps[index].region
      factoredStiffness[index] = stiffness(index)
    }
    isFactored = cholesky.factor(diagonal: diagonal, lower: lower)
    return isFactored
  }

  /// G by rows; nil where it is zero.
  @inline(__always)
  private func response(_ index: Int, _ group: ContactRows.Group) -> Response? {
    let rho = stiffness(index) / group.weight
    let step = steps[index]
    switch step.region {
    case .open: return nil
    case .stick: return Response(diagonal: rho)
    case .slip:
      let (t1, t2) = step.direction
      let side =
        step.turning / group.weight * step.sideGain(stiffness: stiffness(index))
      let forward = rho * group.friction
      return Response(
        n: (rho, 0, 0), s: (forward * t1, side * t2 * t2, -side * t1 * t2),
        t: (forward * t2, -side * t1 * t2, side * t1 * t1))
    }
  }

  private mutating func assemble() {
    for index in 0..<diagonal.count { diagonal[index] = .zero }
    for index in 0..<lower.count { lower[index] = .zero }
    for body in 0..<rows.bodyCount {
      for lane in 0..<6 { diagonal[6 * body + lane][lane] = rows.mass[body][lane] }
    }
    if isExchanged {
      for index in 0..<upper.count { upper[index] = .zero }
    }
    let bodies = rows.bodyCount
    for index in 0..<rows.groups.count {
      let group = rows.groups[index]
      guard group.weight > 0, let g = response(index, group) else { continue }
      let ja = triple(rows.measure, group, side: 0)
      let jb = triple(rows.measure, group, side: 1)
      let fa = rows.isSymmetric ? ja : triple(rows.push, group, side: 0)
      let fb = rows.isSymmetric ? jb : triple(rows.push, group, side: 1)
      let ga = g.times(ja)
      let gb = g.times(jb)
      if group.bodyA < bodies { Self.add(fa, ga, to: &diagonal, at: 6 * group.bodyA) }
      if group.bodyB < bodies { Self.add(fb, gb, to: &diagonal, at: 6 * group.bodyB) }
      guard group.pair >= 0 else { continue }
      let start = 6 * group.pair
      if group.isRowA {
        Self.add(fa, gb, to: &lower, at: start)
        if isExchanged { Self.add(fb, ga, to: &upper, at: start) }
      } else {
        Self.add(fb, ga, to: &lower, at: start)
        if isExchanged { Self.add(fa, gb, to: &upper, at: start) }
      }
    }
  }

  private typealias Triple = (SIMD8<Double>, SIMD8<Double>, SIMD8<Double>)

  // rows of a group on one side; missing rows are zero
  private func triple(
    _ source: [SIMD8<Double>], _ group: ContactRows.Group, side: Int
  ) -> (SIMD8<Double>, SIMD8<Double>, SIMD8<Double>) {
    let first = 2 * group.first + side
    return (
      source[first], group.count > 1 ? source[first + 2] : .zero,
      group.count > 2 ? source[first + 4] : .zero
    )
  }

  // block += Fᵀ·(G·J), column by column
  @inline(__always)
  private static func add(
    _ force: Triple, _ measured: Triple, to blocks: inout [SIMD8<Double>], at start: Int
  ) {
    for column in 0..<6 {
      var sum = force.0 * measured.0[column]
      sum += force.1 * measured.1[column]
      sum += force.2 * measured.2[column]
      blocks[start + column] += sum
    }
  }

  /// A 3×3 matrix by rows.
  private struct Response {
    var n: (Double, Double, Double)
    var s: (Double, Double, Double)
    var t: (Double, Double, Double)

    init(diagonal rho: Double) { (n, s, t) = ((rho, 0, 0), (0, rho, 0), (0, 0, rho)) }

    init(
      n: (Double, Double, Double), s: (Double, Double, Double), t: (Double, Double, Double)
    ) { (self.n, self.s, self.t) = (n, s, t) }

    @inline(__always)
    func times(_ j: Triple) -> Triple {
      (
        j.0 * n.0 + j.1 * n.1 + j.2 * n.2, j.0 * s.0 + j.1 * s.1 + j.2 * s.2,
        j.0 * t.0 + j.1 * t.1 + j.2 * t.2
      )
    }
  }
}
