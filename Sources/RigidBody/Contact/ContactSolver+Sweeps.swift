// Block Gauss–Seidel sweeps with exact solutions of each contact: a start for Newton's method.
//
// Equation        one contact alone: u = W·r + b with W = J·M⁻¹·Fᵀ (3×3). Open if b_N ≥ 0; stick if
//                 r = −W⁻¹b lies in the cone; otherwise slip: u_N = 0, u_T = −λ·r_T with λ > 0,
//                   (S + λ)·r_T = −q,  S = W_TT − W_TN·W_NT/W_NN,  q = b_T − W_TN·b_N/W_NN,
//                   r_N = −(b_N + W_NT·r_T)/W_NN,  |r_T| = μ·r_N
// Discretisation  the root in λ by a secant kept in its bracket, to 1e-12 of the reaction; S by its
//                 two eigenvectors
// Source          sweeps: Jean 1999, CMAME 177, 235; the root in λ is derived here
// Deviation       none
// Validity        a contact that moves nothing keeps r = 0. Sweeps do not converge for every mass
//                 ratio: Newton has the last word
// Checked by      ContactSweepTests: one contact alone; ContactLawTests

extension ContactSolver {
  /// Improves `reaction` by sweeps over the groups, there and back; `motion` follows.
  mutating func sweep(_ count: Int) {
    for _ in 0..<count {
      for index in 0..<rows.groups.count { solveAlone(rows.groups[index]) }
      for index in (0..<rows.groups.count).reversed() { solveAlone(rows.groups[index]) }
    }
  }

  // exact reaction of one group while all others keep theirs
  private mutating func solveAlone(_ group: ContactRows.Group) {
    guard group.weight > 0 else { return }
    let first = group.first
    var u = (0.0, 0.0, 0.0)
    let (byA, byB) = (motion[group.bodyA], motion[group.bodyB])
    for k in 0..<group.count {
      let row = 2 * (first + k)
      let value =
        (rows.measure[row] * byA + rows.measure[row + 1] * byB).sum() + rows.bias[first + k]
      if k == 0 { u.0 = value } else if k == 1 { u.1 = value } else { u.2 = value }
    }
    let step: (Double, Double, Double)
    switch group.kind {
    case .bilateral: step = holding(group, u)
    case .unilateral:
      let w = couple(group, 0, 0)
      let r = reaction[first]
      // a force that does not oppose its own row (Painlevé) is left to Newton
      step = (w > 1e-6 * group.weight ? max(0, r - u.0 / w) - r : 0, 0, 0)
    case .cone: step = coneStep(group, u)
    }
    var (toA, toB) = (byA, byB)
    for k in 0..<group.count {
      let change = k == 0 ? step.0 : (k == 1 ? step.1 : step.2)
      reaction[first + k] += change
      toA += change * rows.effect[2 * (first + k)]
      toB += change * rows.effect[2 * (first + k) + 1]
    }
    // effects on the body that never moves are zero, so it stays so
    motion[group.bodyA] = toA
    motion[group.bodyB] = toB
  }

  /// Element of W = J·M⁻¹·Fᵀ of a group.
  private func couple(_ group: ContactRows.Group, _ row: Int, _ column: Int) -> Double {
    let i = 2 * (group.first + row)
    let j = 2 * (group.first + column)
    return (rows.measure[i] * rows.effect[j] + rows.measure[i + 1] * rows.effect[j + 1]).sum()
  }

  // W·change = −u with a small multiple of w added, because held rows may depend on each other
  private func holding(
    _ group: ContactRows.Group, _ u: (Double, Double, Double)
  ) -> (Double, Double, Double) {
    let extra = 1e-9 * group.weight
    let a = couple(group, 0, 0) + extra
    guard group.count > 1 else { return (-u.0 / a, 0, 0) }
    let b = couple(group, 0, 1)
    let d = couple(group, 1, 1) + extra - b * b / a
    let v1 = u.1 - b * u.0 / a
    guard group.count > 2 else {
      let y = -v1 / d
      return ((-u.0 - b * y) / a, y, 0)
    }
    let c = couple(group, 0, 2)
    let e = couple(group, 1, 2) - b * c / a
    let f = couple(group, 2, 2) + extra - c * c / a - e * e / d
    let z = -(u.2 - c * u.0 / a - e * v1 / d) / f
    let y = (-v1 - e * z) / d
    return ((-u.0 - b * y - c * z) / a, y, z)
  }

  private func coneStep(
    _ group: ContactRows.Group, _ u: (Double, Double, Double)
  ) -> (Double, Double, Double) {
    let first = group.first
    let r = (reaction[first], reaction[first + 1], reaction[first + 2])
    let (nn, n1, n2) = (couple(group, 0, 0), couple(group, 0, 1), couple(group, 0, 2))
    let (w11, w12, w22) = (couple(group, 1, 1), couple(group, 1, 2), couple(group, 2, 2))
    guard nn > 0 else { return (-r.0, -r.1, -r.2) }
    let b = (
      u.0 - nn * r.0 - n1 * r.1 - n2 * r.2, u.1 - n1 * r.0 - w11 * r.1 - w12 * r.2,
      u.2 - n2 * r.0 - w12 * r.1 - w22 * r.2
    )
    if b.0 >= 0 { return (-r.0, -r.1, -r.2) }

    // without the normal: S and q, then S by its eigenvectors
    let extra = 1e-12 * group.weight
    let (s11, s12, s22) = (
      w11 - n1 * n1 / nn + extra, w12 - n1 * n2 / nn, w22 - n2 * n2 / nn + extra
    )
    let (q1, q2) = (b.1 - n1 * b.0 / nn, b.2 - n2 * b.0 / nn)
    let middle = 0.5 * (s11 + s22)
    let half = 0.5 * (s11 - s22)
    let spread = (half * half + s12 * s12).squareRoot()
    let (high, low) = (middle + spread, max(middle - spread, extra))
    var (c, s) = (1.0, 0.0)
    if spread > 0 {
      let along = half >= 0 ? half + spread : s12
      let across = half >= 0 ? s12 : spread - half
      let length = (along * along + across * across).squareRoot()
      if length > 0 { (c, s) = (along / length, across / length) }
    }
    let qHigh = c * q1 + s * q2
    let qLow = -s * q1 + c * q2

    // |r_T| − μ·r_N falls from λ = 0 to the value of no tangent force
    func reactionAt(_ lambda: Double) -> (Double, Double, Double) {
      let x = -qHigh / (high + lambda)
      let y = -qLow / (low + lambda)
      let (t1, t2) = (c * x - s * y, s * x + c * y)
      return (-(b.0 + n1 * t1 + n2 * t2) / nn, t1, t2)
    }
    func excess(_ p: (Double, Double, Double)) -> Double {
      (p.1 * p.1 + p.2 * p.2).squareRoot() - group.friction * p.0
    }
    var p = reactionAt(0)
    if excess(p) > 0 {
      if group.friction == 0 { return (-b.0 / nn - r.0, -r.1, -r.2) }
      var lower = 0.0
      var upper = group.weight
      p = reactionAt(upper)
      for _ in 0..<60 where excess(p) > 0 {
        lower = upper
        upper *= 8
        p = reactionAt(upper)
      }
      var (below, above) = (excess(reactionAt(lower)), excess(p))
      for trial in 0..<60 {
        var lambda = lower + (upper - lower) * below / (below - above)
        if trial % 3 == 2 || !(lambda > lower && lambda < upper) { lambda = 0.5 * (lower + upper) }
        p = reactionAt(lambda)
        let value = excess(p)
        if abs(value) <= 1e-12 * p.0 || upper - lower <= 1e-15 * upper { break }
        if value > 0 { (lower, below) = (lambda, value) } else { (upper, above) = (lambda, value) }
      }
      let length = (p.1 * p.1 + p.2 * p.2).squareRoot()
      if !(p.0 > 0) || !(length > 0) { return (-b.0 / nn - r.0, -r.1, -r.2) }
      let shorten = group.friction * p.0 / length
      p = (p.0, shorten * p.1, shorten * p.2)
    }
    return (p.0 - r.0, p.1 - r.1, p.2 - r.2)
  }
}
