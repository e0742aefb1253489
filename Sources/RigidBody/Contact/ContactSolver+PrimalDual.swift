extension ContactSolver {
  /// Newton on motion and reactions together, the friction bound inside. Returns the certificate.
  mutating func newton(tolerance: Double, from first: Double, limit: Int) -> Double {
    isLive = true
    defer { isLive = false }
    var certificate = first
    for iteration in 0..<limit where !(certificate <= tolerance) {
      locate()
      guard factor() else { return certificate }
      aim()
      for row in 0..<reaction.count { reaction[row] += change[row] }
      certificate = evaluateStart()
      keepIfBest(certificate)
      if traceSolver { traceLine("    newton", iteration, certificate, [0,1,2].map { k in steps.filter { Int($0.region.rawValue) == k }.count }) }
      if !certificate.isFinite { return certificate }
    }
    return certificate
  }

  // regions at r − u/w
  private mutating func locate() {
    for index in 0..<rows.groups.count {
      let group = rows.groups[index]
      guard group.weight > 0 else { continue }
      let first = group.first
      let inverse = 1 / group.weight
      switch group.kind {
      case .bilateral: break
      case .unilateral:
        steps[index].region = reaction[first] - inverse * start[first] > 0 ? .stick : .open
      case .cone:
        steps[index] = FrictionCone(friction: group.friction).splitStep(
          from: (reaction[first], reaction[first + 1], reaction[first + 2]),
          against: (start[first], start[first + 1], start[first + 2]), penalty: inverse)
      }
    }
  }

  // change of the reactions: e − G·(J·dv), where (M + Fᵀ·G·J)·dv = Fᵀ·e
  private mutating func aim() {
    for body in 0..<rows.bodyCount { direction[body] = .zero }
    for index in 0..<rows.groups.count {
      let group = rows.groups[index]
      guard group.weight > 0 else { continue }
      respond(index, group, moved: false)
      let forces = rows.isSymmetric ? rows.measure : rows.push
      for row in group.first..<(group.first + group.count) {
        direction[group.bodyA] += forces[2 * row] * change[row]
        direction[group.bodyB] += forces[2 * row + 1] * change[row]
      }
    }
    backSolve()
    direction[rows.bodyCount] = .zero
    for index in 0..<rows.groups.count {
      let group = rows.groups[index]
      guard group.weight > 0 else { continue }
      for row in group.first..<(group.first + group.count) {
        along[row] =
          (rows.measure[2 * row] * direction[group.bodyA]
          + rows.measure[2 * row + 1] * direction[group.bodyB]).sum()
      }
      respond(index, group, moved: true)
    }
  }

  private mutating func respond(_ index: Int, _ group: ContactRows.Group, moved: Bool) {
    let first = group.first
    let rho = states[index].stiffness / group.weight
    func u(_ k: Int) -> Double { moved ? start[first + k] + along[first + k] : start[first + k] }
    if group.kind != .bilateral && steps[index].region == .open {
      for row in first..<(first + group.count) { change[row] = -reaction[row] }
      return
    }
    if group.kind != .cone || steps[index].region == .stick {
      for k in 0..<group.count { change[first + k] = -rho * u(k) }
      return
    }
    let step = steps[index]
    let (t1, t2) = step.direction
    let normal = -rho * u(0)
    let (r1, r2) = (reaction[first + 1], reaction[first + 2])
    let forward = group.friction * (reaction[first] + normal) - (r1 * t1 + r2 * t2)
    let swing = moved ? (along[first + 2] * t1 - along[first + 1] * t2) / group.weight : 0
    let side =
      (-(r2 * t1 - r1 * t2) - step.turning * swing)
      * sideGain(step.turning, states[index].stiffness)
    change[first] = normal
    change[first + 1] = forward * t1 - side * t2
    change[first + 2] = forward * t2 + side * t1
  }
}
