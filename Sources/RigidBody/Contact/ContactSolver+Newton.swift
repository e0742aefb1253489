// Newton's method on motion and reactions together.
//
// Equation        open   r + dr = 0
//                 stick  u + J·dv = −(w/c)·dr
//                 slip   normal as stick; along τ = x_T/|x_T|: r_τ + dr_τ = μ(r_N + dr_N);
//                        across: r_⊥ + dr_⊥ = B·(dr_⊥ − J_⊥·dv/w),  B = μ·x_N/|x_T| < 1
//                 each gives dr = e − G·J·dv, and M·dv = Fᵀ·dr gives (M + Fᵀ·G·J)·dv = Fᵀ·e
// Discretisation  full steps; regions from x = r − u/w before each
// Source          Alart & Curnier 1991, CMAME 92, 353
// Deviation       1 − B is kept above B/c, as the proximal term does for stick
// Validity        converges fast near a solution; far away it may wander, so steps are counted
// Checked by      ContactSolverTests

import Foundation

extension ContactSolver {
  /// Steps of one attempt at full c.
  static let mostSteps = 15

  /// Improves `reaction` by Newton steps; keeps the best iterate; returns the last certificate.
  ///
  /// Ends at `goal`, or below `tolerance` when a step gains less than a factor 10.
  /// With a `ramp`, c starts at 1 and grows by a factor 10 each `ramp` steps: reactions follow slowly
  /// while regions are still wrong.
  mutating func newton(goal: Double, tolerance: Double, from first: Double, ramp: Int) -> Double {
    var certificate = first
    softness = 1
    for step in 0..<(7 * ramp + Self.mostSteps) where !(certificate <= goal) {
      if ramp > 0 { softness = max(1, Self.firstStiffness / pow(10, Double(step / ramp))) }
      if !isSeeded { locate() }
      isSeeded = false
      isExchanged = needsExchange()
      let isSame = !isExchanged && isFactored && matchesFactor()
      if !isSame {
        guard factorisations < Self.mostFactors else { return certificate }
        guard factor() else {
          soften()
          return certificate
        }
      }
      aim()
      for row in 0..<reaction.count { reaction[row] += change[row] }
      let before = certificate
      certificate = evaluate()
      keepIfBest(certificate)
      guard certificate.isFinite else { return certificate }
      if certificate <= tolerance && certificate > 0.1 * before { return certificate }

      // same regions, and still slow: some group carries more than its own w tells
      if isSame && softness == 1 && certificate > 1e-3 * before && certificate > goal {
        guard stiffen(goal: goal) else { return certificate }
      }
    }
    return certificate
  }

  /// c of a group in this step.
  @inline(__always)
  func stiffness(_ index: Int) -> Double { states[index].stiffness / softness }

  /// Raises c of the groups that are not done. False if none can be raised.
  private mutating func stiffen(goal: Double) -> Bool {
    var isRaised = false
    for index in 0..<states.count where states[index].residual > 0.1 * goal * scale {
      // w is the mean mobility of a group. What it carries may move far less: a heavy body on a light
      // contact, or a long arm, which a small inertia lets turn but not stretch. (Compact bodies have
      // w·m up to ten.)
      let spread = max(rows.massRatio, 0.1 * rows.groups[index].weight * rows.heaviest)
      let limit = Self.firstStiffness * spread
      guard states[index].stiffness < limit else { continue }
      states[index].stiffness = min(1e3 * states[index].stiffness, limit)
      isRaised = true
    }
    return isRaised
  }

  // no factor: penalties are beyond what rounding leaves of the masses
  private mutating func soften() {
    for index in 0..<states.count {
      states[index].stiffness = max(1, 0.01 * states[index].stiffness)
    }
  }

  // H is not symmetric if a contact slips with friction, or a force differs from its row
  private func needsExchange() -> Bool {
    if !rows.isSymmetric { return true }
    for index in 0..<rows.groups.count
    where steps[index].region == .slip && rows.groups[index].friction > 0 { return true }
    return false
  }

  // regions at x = r − u/w
  mutating func locate() {
    for index in 0..<rows.groups.count {
      let group = rows.groups[index]
      guard group.weight > 0 else { continue }
      let first = group.first
      let inverse = 1 / group.weight
      switch group.kind {
      case .bilateral: steps[index].region = .stick
      case .unilateral:
        steps[index].region = reaction[first] - inverse * measured[first] > 0 ? .stick : .open
      case .cone:
        steps[index] = FrictionCone(friction: group.friction).splitStep(
          from: (reaction[first], reaction[first + 1], reaction[first + 2]),
          against: (measured[first], measured[first + 1], measured[first + 2]), penalty: inverse)
      }
    }
  }

  // change of the reactions
  private mutating func aim() {
    for body in 0..<rows.bodyCount { direction[body] = .zero }
    for index in 0..<rows.groups.count {
      let group = rows.groups[index]
      guard group.weight > 0 else { continue }
      respond(index, group, moved: false)
      var (toA, toB) = (direction[group.bodyA], direction[group.bodyB])
      for row in group.first..<(group.first + group.count) {
        if rows.isSymmetric {
          toA += rows.measure[2 * row] * change[row]
          toB += rows.measure[2 * row + 1] * change[row]
        } else {
          toA += rows.push[2 * row] * change[row]
          toB += rows.push[2 * row + 1] * change[row]
        }
      }
      direction[group.bodyA] = toA
      direction[group.bodyB] = toB
    }
    if isExchanged { lu.solve(&direction) } else { cholesky.solve(&direction) }
    direction[rows.bodyCount] = .zero
    for index in 0..<rows.groups.count {
      let group = rows.groups[index]
      guard group.weight > 0 else { continue }
      let (byA, byB) = (direction[group.bodyA], direction[group.bodyB])
      for row in group.first..<(group.first + group.count) {
        along[row] = (rows.measure[2 * row] * byA + rows.measure[2 * row + 1] * byB).sum()
      }
      respond(index, group, moved: true)
    }
  }

  // dr = e − G·J·dv of one group; e alone if nothing has moved
  private mutating func respond(_ index: Int, _ group: ContactRows.Group, moved: Bool) {
    let first = group.first
    let rho = stiffness(index) / group.weight
    let region = steps[index].region
    if region == .open {
      for row in first..<(first + group.count) { change[row] = -reaction[row] }
    } else if region == .stick {
      for row in first..<(first + group.count) {
        change[row] = -rho * (moved ? measured[row] + along[row] : measured[row])
      }
    } else {
      let step = steps[index]
      let (t1, t2) = step.direction
      let normal = -rho * (moved ? measured[first] + along[first] : measured[first])
      let (r1, r2) = (reaction[first + 1], reaction[first + 2])
      let forward = group.friction * (reaction[first] + normal) - (r1 * t1 + r2 * t2)
      let swing = moved ? (along[first + 2] * t1 - along[first + 1] * t2) / group.weight : 0
      let across =
        (r1 * t2 - r2 * t1 - step.turning * swing)
        * step.sideGain(stiffness: stiffness(index))
      change[first] = normal
      change[first + 1] = forward * t1 - across * t2
      change[first + 2] = forward * t2 + across * t1
    }
  }
}
