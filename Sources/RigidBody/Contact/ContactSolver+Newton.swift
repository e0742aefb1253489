// One pass of the augmented Lagrangian: Newton on the motion, for fixed reactions of the start.
//
// Equation        gradient/M = a − M⁻¹·Fᵀ·(P_K(x) − r),  H·d = −gradient,  slope = dᵀ·gradient
// Discretisation  full step, or a root of the slope (it rises: the function is convex) within 50 %
// Source          rigid.md 3.3
// Deviation       the line search asks for the slope, not for the function: the function loses half
//                 of the digits near the minimum
// Validity        as ContactSolver
// Checked by      ContactSolverTests

extension ContactSolver {
  /// Motion and rows from the reactions; shifts; returns the certificate.
  mutating func evaluateStart() -> Double {
    let bodies = rows.bodyCount
    for body in 0..<bodies { motion[body] = free[body] }
    for group in rows.groups {
      var toA = SIMD8<Double>.zero
      var toB = SIMD8<Double>.zero
      for row in group.first..<(group.first + group.count) {
        toA += rows.effect[2 * row] * reaction[row]
        toB += rows.effect[2 * row + 1] * reaction[row]
      }
      motion[group.bodyA] += toA
      motion[group.bodyB] += toB
    }
    motion[bodies] = .zero

    var largest = 0.0
    var largestReaction = 0.0
    var rounding = 0.0
    var (low, high) = (Double.infinity, 0.0)
    for index in 0..<rows.groups.count {
      let group = rows.groups[index]
      guard group.weight > 0 else { continue }
      low = min(low, group.weight)
      high = max(high, group.weight)
      var square = 0.0
      for row in group.first..<(group.first + group.count) {
        let product =
          rows.measure[2 * row] * motion[group.bodyA]
          + rows.measure[2 * row + 1] * motion[group.bodyB]
        start[row] = product.sum() + rows.bias[row]
        square += reaction[row] * reaction[row]

        // size of the terms that the sum is made of: its rounding cannot be told from zero
        let size =
          rows.measure[2 * row] * free[group.bodyA] + rows.measure[2 * row + 1] * free[group.bodyB]
        let terms = (size * size).sum().squareRoot() + abs(rows.bias[row])
        rounding = max(rounding, terms / group.weight)
      }
      largestReaction = max(largestReaction, square.squareRoot())
      let residual = certify(index, group)
      states[index].residual = residual
      if !(residual <= largest) { largest = residual }
    }
    scale = max(largestReaction, Self.roundingShare * rounding)
    weightRatio = high > 0 ? high / low : 1
    return largest == 0 ? 0 : largest / scale
  }

  /// A residual of 1e-12 of this share of the terms of J·v is half an ulp of them.
  static var roundingShare: Double { 1e-4 }

  mutating func certify(_ index: Int, _ group: ContactRows.Group) -> Double {
    let first = group.first
    let inverse = 1 / group.weight
    switch group.kind {
    case .bilateral:
      var square = 0.0
      for row in first..<(first + group.count) { square += start[row] * start[row] }
      return square.squareRoot() * inverse
    case .unilateral:
      let x = reaction[first] - start[first] * inverse
      return x > 0 ? abs(start[first] * inverse) : abs(reaction[first])
    case .cone:
      let cone = FrictionCone(friction: group.friction)
      let step = cone.step(
        from: (reaction[first], reaction[first + 1], reaction[first + 2]),
        against: (start[first], start[first + 1], start[first + 2]), penalty: inverse, excess: 0)
      let (c0, c1, c2) = step.change
      let slip = (start[first + 1] * start[first + 1] + start[first + 2] * start[first + 2])
        .squareRoot()
      var shift = 0.0
      switch step.region {
      case .stick: break
      case .open: shift = group.friction * slip
      case .slip:
        let lack = group.friction * slip - states[index].shift
        shift = max(0, states[index].shift + overRelax(group) * lack)
      }
      states[index].slip = slip
      states[index].shift = shift
      states[index].lack = group.friction * slip - shift
      return (c0 * c0 + c1 * c1 + c2 * c2).squareRoot()
    }
  }

  func overRelax(_ group: ContactRows.Group) -> Double {
    relaxOn ? 1 + group.friction * group.friction : 1
  }

  /// Finds `change` = P_K(x) − r at the motion that balances it. False if no factor exists.
  mutating func relax(tolerance: Double) -> Bool {
    for body in 0...rows.bodyCount { moved[body] = .zero }
    for row in 0..<travel.count { (travel[row], along[row]) = (0, 0) }
    _ = evaluate(0)
    var norm = updateGradient()
    let goal = 0.1 * tolerance * reactionNorm()
    var isSameFactor = false

    let limit = 30
    for iteration in 0..<limit where norm > goal {
      if iteration == limit - 1 { return false }
      if !isFactored || !matchesFactor() {
        isFactored = false
        isSameFactor = false
        guard factor() else { return false }
      }
      let slope = solveDirection()
      let step = lineSearch(slope)
      for row in 0..<travel.count {
        travel[row] += step * along[row]
        along[row] = 0
      }
      for body in 0..<rows.bodyCount { moved[body] += step * direction[body] }
      let newNorm = updateGradient()

      // rounding: the same linear system again brings nothing more
      if isSameFactor && newNorm > 0.25 * norm && step == 1 {
        norm = newNorm
        break
      }
      isSameFactor = true
      norm = newNorm
    }
    return norm.isFinite
  }

  // largest |r|·√w, the effect of a reaction in the norm of the gradient
  private func reactionNorm() -> Double {
    var largest = 0.0
    for group in rows.groups where group.weight > 0 {
      var square = 0.0
      for row in group.first..<(group.first + group.count) {
        let value = reaction[row] + change[row]
        square += value * value
      }
      largest = max(largest, square * group.weight)
    }
    return largest.squareRoot()
  }

  /// P_K(x) − r of all rows at `travel` + t·`along`; returns Σ along·change.
  mutating func evaluate(_ t: Double) -> Double {
    var power = 0.0
    for index in 0..<rows.groups.count {
      let group = rows.groups[index]
      guard group.weight > 0 else { continue }
      let first = group.first
      let rho = states[index].stiffness / group.weight
      switch group.kind {
      case .bilateral:
        for row in first..<(first + group.count) {
          change[row] = -rho * (start[row] + (travel[row] + t * along[row]))
          power += along[row] * change[row]
        }
      case .unilateral:
        let u = start[first] + (travel[first] + t * along[first])
        let isClosed = reaction[first] - rho * u > 0
        change[first] = isClosed ? -rho * u : -reaction[first]
        steps[index].region = isClosed ? .stick : .open
        power += along[first] * change[first]
      case .cone:
        let d1 = travel[first + 1] + t * along[first + 1]
        let d2 = travel[first + 2] + t * along[first + 2]
        let u1 = start[first + 1] + d1
        let u2 = start[first + 2] + d2
        let r = (reaction[first], reaction[first + 1], reaction[first + 2])
        let u = (start[first] + (travel[first] + t * along[first]), u1, u2)
        let cone = FrictionCone(friction: group.friction)
        let step: FrictionCone.Step
        if true {
          // μ|u_T| − s, with the difference of the lengths in a form that does not cancel
          let sum = (u1 * u1 + u2 * u2).squareRoot() + states[index].slip
          let growth =
            sum > 0 ? (d1 * (start[first + 1] + u1) + d2 * (start[first + 2] + u2)) / sum : 0
          step = cone.step(
            from: r, against: u, penalty: rho,
            excess: states[index].lack + group.friction * growth)
        }
        steps[index] = step
        (change[first], change[first + 1], change[first + 2]) = step.change
        power += along[first] * step.change.0
        power += along[first + 1] * step.change.1 + along[first + 2] * step.change.2
      }
    }
    return power
  }

  /// Gradient over M, and its norm √(gᵀ·M·g).
  mutating func updateGradient() -> Double {
    for body in 0..<rows.bodyCount { gradient[body] = moved[body] }
    for group in rows.groups {
      var toA = SIMD8<Double>.zero
      var toB = SIMD8<Double>.zero
      for row in group.first..<(group.first + group.count) {
        toA += rows.effect[2 * row] * change[row]
        toB += rows.effect[2 * row + 1] * change[row]
      }
      gradient[group.bodyA] -= toA
      gradient[group.bodyB] -= toB
    }
    gradient[rows.bodyCount] = .zero
    var square = 0.0
    for body in 0..<rows.bodyCount {
      square += (rows.mass[body] * gradient[body] * gradient[body]).sum()
    }
    return square.squareRoot()
  }

  /// Newton direction and its rows; returns the slope dᵀ·gradient.
  mutating func solveDirection() -> Double {
    for body in 0..<rows.bodyCount { direction[body] = -(rows.mass[body] * gradient[body]) }
    backSolve()
    direction[rows.bodyCount] = .zero
    for group in rows.groups {
      let toA = direction[group.bodyA]
      let toB = direction[group.bodyB]
      for row in group.first..<(group.first + group.count) {
        along[row] = (rows.measure[2 * row] * toA + rows.measure[2 * row + 1] * toB).sum()
      }
    }
    var slope = 0.0
    for body in 0..<rows.bodyCount {
      slope += (rows.mass[body] * gradient[body] * direction[body]).sum()
    }
    return slope
  }

  /// Step length at which the slope is below half of that at the start; leaves `change` there.
  mutating func lineSearch(_ slope: Double) -> Double {
    var inertia = 0.0
    var offset = 0.0
    for body in 0..<rows.bodyCount {
      let weighted = rows.mass[body] * direction[body]
      offset += (weighted * moved[body]).sum()
      inertia += (weighted * direction[body]).sum()
    }
    func slopeAt(_ t: Double, _ power: Double) -> Double { offset + t * inertia - power }

    var (low, high) = (0.0, 1.0)
    var slopeLow = slope
    var slopeHigh = slopeAt(1, evaluate(1))
    if !(slopeHigh > 0.5 * abs(slope)) { return 1 }
    for trial in 0..<30 {
      // secant, with every third step a bisection
      var t = low - slopeLow * (high - low) / (slopeHigh - slopeLow)
      if trial % 3 == 2 || !(t > low && t < high) { t = 0.5 * (low + high) }
      let value = slopeAt(t, evaluate(t))
      if abs(value) <= 0.5 * abs(slope) { return t }
      if value < 0 { (low, slopeLow) = (t, value) } else { (high, slopeHigh) = (t, value) }
    }
    return high
  }
}
