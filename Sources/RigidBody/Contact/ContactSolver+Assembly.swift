// Newton's matrix by blocks, and its factor.
//
// Equation        H = M + Σ Fᵀ·G·J,  G = ρ·P'_K(x);  with the shift inside (live)
//                 G = ρ·P'·(1 + μ·n·τᵀ), τ = u_T/|u_T|
// Discretisation  6×6 blocks of the bodies of each group, columns of 8 lanes; never a whole J
// Source          rigid.md 3.3, 3.4
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
    cholesky.setPattern(bodyCount: bodies, edges: unique.map { ($0 / bodies, $0 % bodies) })

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
    isFactored = false
  }

  /// The factor in hand belongs to the present regions, directions and penalties.
  func matchesFactor() -> Bool {
    if isLive { return false }
    for index in 0..<rows.groups.count {
      if factoredStiffness[index] != states[index].stiffness { return false }
      let (old, new) = (factored[index], steps[index])
      if old.region != new.region { return false }
      guard new.region == .slip else { continue }

      // a direction that is off by d leaks ρ·d² into free directions: small against M below 1e-5
      let turn = max(
        abs(old.direction.0 - new.direction.0), abs(old.direction.1 - new.direction.1))
      if turn > 1e-5 || abs(old.turning - new.turning) > 0.1 * new.turning { return false }
    }
    return true
  }

  /// Assembles and factors; false if the matrix is not positive definite (or singular).
  mutating func factor() -> Bool {
    factorisations += 1
    if isLive { return factorLive() }
    assemble()
    for index in 0..<states.count {
      factored[index] = steps[index]
      factoredStiffness[index] = states[index].stiffness
    }
    isFactored = cholesky.factor(diagonal: diagonal, lower: lower)
    return isFactored
  }

  /// `direction` ← H⁻¹·`direction`.
  mutating func backSolve() {
    guard isLive else {
      cholesky.solve(&direction)
      return
    }
    for body in 0..<rows.bodyCount {
      for lane in 0..<6 { luRight[6 * body + lane] = direction[body][lane] }
    }
    lu.solve(&luRight)
    for body in 0..<rows.bodyCount {
      for lane in 0..<6 { direction[body][lane] = luRight[6 * body + lane] }
    }
  }

  /// ρ·P'(x), by rows; with the derivative of the shift if live.
  private func response(_ index: Int, _ group: ContactRows.Group) -> Response? {
    if isLive { return liveResponse(index, group) }
    let rho = states[index].stiffness / group.weight
    switch group.kind {
    case .bilateral: return Response(diagonal: rho)
    case .unilateral: return steps[index].region == .open ? nil : Response(diagonal: rho)
    case .cone:
      let step = steps[index]
      guard step.region != .open else { return nil }
      let p = FrictionCone(friction: group.friction).derivative(step)
      let g = Response(
        n: (rho * p.0, rho * p.1, rho * p.2), s: (rho * p.1, rho * p.3, rho * p.4),
        t: (rho * p.2, rho * p.4, rho * p.5))
      return g
    }
  }

  private func liveResponse(_ index: Int, _ group: ContactRows.Group) -> Response? {
    let rho = states[index].stiffness / group.weight
    guard group.kind == .cone else {
      return group.kind == .unilateral && steps[index].region == .open
        ? nil : Response(diagonal: rho)
    }
    let step = steps[index]
    switch step.region {
    case .open: return nil
    case .stick: return Response(diagonal: rho)
    case .slip:
      let (t1, t2) = step.direction
      let turning = step.turning / group.weight * sideGain(step.turning, states[index].stiffness)
      return Response(
        n: (rho, 0, 0),
        s: (rho * group.friction * t1, turning * t2 * t2, -turning * t1 * t2),
        t: (rho * group.friction * t2, -turning * t1 * t2, turning * t1 * t1))
    }
  }

  /// 1/(1 − B + B/c).
  @inline(__always)
  func sideGain(_ turning: Double, _ stiffness: Double) -> Double {
    1 / (1 - turning + turning / stiffness)
  }

  private mutating func assemble() {
    for index in 0..<diagonal.count { diagonal[index] = .zero }
    for index in 0..<lower.count { lower[index] = .zero }
    for body in 0..<rows.bodyCount {
      for lane in 0..<6 { diagonal[6 * body + lane][lane] = rows.mass[body][lane] }
    }
    let bodies = rows.bodyCount
    for index in 0..<rows.groups.count {
      let group = rows.groups[index]
      guard group.weight > 0, let g = response(index, group) else { continue }
      let a = triple(rows.measure, group, side: 0)
      let b = triple(rows.measure, group, side: 1)
      let ga = g.times(a)
      let gb = g.times(b)
      if group.bodyA < bodies { Self.add(a, ga, to: &diagonal, at: 6 * group.bodyA) }
      if group.bodyB < bodies { Self.add(b, gb, to: &diagonal, at: 6 * group.bodyB) }
      guard group.pair >= 0 else { continue }
      if group.isRowA {
        Self.add(a, gb, to: &lower, at: 6 * group.pair)
      } else {
        Self.add(b, ga, to: &lower, at: 6 * group.pair)
      }
    }
  }

  private mutating func factorLive() -> Bool {
    let bodies = rows.bodyCount
    if luRight.count != 6 * bodies { luRight = [Double](repeating: 0, count: 6 * bodies) }
    lu.reset(size: 6 * bodies)
    for body in 0..<bodies {
      for lane in 0..<6 { lu[6 * body + lane, 6 * body + lane] = rows.mass[body][lane] }
    }
    let forces = rows.isSymmetric ? rows.measure : rows.push
    for index in 0..<rows.groups.count {
      let group = rows.groups[index]
      guard group.weight > 0, let g = response(index, group) else { continue }
      let sides = [group.bodyA, group.bodyB]
      for (left, bodyRow) in sides.enumerated() where bodyRow < bodies {
        let force = triple(forces, group, side: left)
        for (right, bodyColumn) in sides.enumerated() where bodyColumn < bodies {
          let measured = g.times(triple(rows.measure, group, side: right))
          for column in 0..<6 {
            let values =
              force.0 * measured.0[column] + force.1 * measured.1[column]
              + force.2 * measured.2[column]
            for row in 0..<6 { lu[6 * bodyRow + row, 6 * bodyColumn + column] += values[row] }
          }
        }
      }
    }
    return lu.factor()
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
