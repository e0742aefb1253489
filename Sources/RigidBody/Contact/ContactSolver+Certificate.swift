// Motion from reactions, rows from motion, and how far they are from the law.
//
// Equation        v = v_free + M⁻¹·Fᵀ·r,  u = J·v + bias,
//                 certificate max_i |r_i − P_K(r_i − û_i/w_i)| / scale,  û = u + μ|u_T|n,
//                 scale = max(max_i |r_i|, 1e-4·max_i U_i/w_i), U_i the size of the terms of u_i
// Discretisation  none
// Source          rigid.md 3.3
// Deviation       the second entry of the scale replaces an absolute speed there: with it the
//                 certificate is the same in all units. At 1e-12 it allows u_i/U_i = 1e-16, less
//                 than half an ulp of the terms of u_i
// Validity        as ContactSolver
// Checked by      ContactSolverTests

extension ContactSolver {
  /// See above; without unit.
  static let roundingShare = 1e-4

  /// Sets `motion` and `measured` from `reaction`, and the residuals; returns the certificate.
  mutating func evaluate() -> Double {
    for body in 0..<rows.bodyCount { motion[body] = free[body] }
    for group in rows.groups {
      var (toA, toB) = (motion[group.bodyA], motion[group.bodyB])
      for row in group.first..<(group.first + group.count) {
        toA += rows.effect[2 * row] * reaction[row]
        toB += rows.effect[2 * row + 1] * reaction[row]
      }
      motion[group.bodyA] = toA
      motion[group.bodyB] = toB
    }

    var largest = 0.0
    var square = 0.0
    var rounding = 0.0
    for index in 0..<rows.groups.count {
      let group = rows.groups[index]
      guard group.weight > 0 else { continue }
      let (byA, byB) = (motion[group.bodyA], motion[group.bodyB])
      let (freeA, freeB) = (free[group.bodyA], free[group.bodyB])
      var sum = 0.0
      for row in group.first..<(group.first + group.count) {
        let (a, b) = (rows.measure[2 * row], rows.measure[2 * row + 1])
        measured[row] = (a * byA + b * byB).sum() + rows.bias[row]
        sum += reaction[row] * reaction[row]
        let (termsA, termsB) = (a * freeA, b * freeB)
        let terms = (termsA * termsA + termsB * termsB).sum() + rows.bias[row] * rows.bias[row]
        rounding = max(rounding, terms / (group.weight * group.weight))
      }
      square = max(square, sum)
      let residual = certify(group)
      states[index].residual = residual
      // written so that a NaN gets through
      if !(residual <= largest) { largest = residual }
    }
    scale = max(square.squareRoot(), Self.roundingShare * rounding.squareRoot())
    return largest == 0 ? 0 : largest / scale
  }

  /// |r − P_K(r − û/w)| of one group.
  private func certify(_ group: ContactRows.Group) -> Double {
    let first = group.first
    let inverse = 1 / group.weight
    switch group.kind {
    case .bilateral:
      var square = 0.0
      for row in first..<(first + group.count) { square += measured[row] * measured[row] }
      return square.squareRoot() * inverse
    case .unilateral:
      let step = inverse * measured[first]
      return reaction[first] - step > 0 ? abs(step) : abs(reaction[first])
    case .cone:
      let step = FrictionCone(friction: group.friction).step(
        from: (reaction[first], reaction[first + 1], reaction[first + 2]),
        against: (measured[first], measured[first + 1], measured[first + 2]), penalty: inverse,
        excess: 0)
      let (n, t1, t2) = step.change
      return (n * n + t1 * t1 + t2 * t2).squareRoot()
    }
  }
}
