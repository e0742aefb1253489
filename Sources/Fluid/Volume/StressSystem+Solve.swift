// Conjugate gradients on tensions, and the velocity that they leave.

extension StressSystem {
  /// One implicit step. False if it did not end within `iterationLimit`; the audit tells how far it came.
  /// - Parameter isWarm: begin with the tensions of the last solve.
  @discardableResult
  public mutating func solve(
    _ problem: VolumeProblem, kind: StressKind = .coupled, isWarm: Bool = true
  ) -> Bool {
    assemble(problem)
    return iterate(problem, kind, isWarm)
  }

  /// The solve itself, for weights that are assembled.
  mutating func iterate(_ problem: VolumeProblem, _ kind: StressKind, _ isWarm: Bool) -> Bool {
    let count = slots.count
    guard count > 0 else {
      audit.velocityChange = 0
      return true
    }
    invertBlocks(kind)
    // u* at unknown faces, what is prescribed at others
    var start = fixed
    for index in 0..<count {
      let thrown = problem.before[Int(slots[index])] + problem.step * SIMD4(problem.gravity, 0)
      start[index].replace(with: thrown, where: lightness[index] .> 0)
    }
    let zero = [SIMD8<Double>](repeating: .zero, count: count + 1)
    var residual = right(problem, start)
    var (smooth, image) = (zero, zero)
    let scale = StressSystem.precondition(residual, inverse, &smooth).squareRoot()
    if isWarm {
      restrict(kind)
      velocity = start
      StressSystem.gather(tension, near, lightness, -1, &velocity)
      residual = right(problem, velocity)
      for index in 0..<count { residual[index] -= compliance[index] * tension[index] }
    } else {
      tension = zero
    }
    var energy = StressSystem.precondition(residual, inverse, &smooth)
    var direction = smooth
    var push = [SIMD4<Double>](repeating: .zero, count: count + 1)
    var goal = 1e-3 * scale
    var last: [SIMD4<Double>] = []
    audit.iterations = 0
    audit.velocityChange = .infinity
    while true {
      if energy <= goal * goal {
        velocity = start
        StressSystem.gather(tension, near, lightness, -1, &velocity)
        let fastest = StressSystem.largest(velocity)
        let change = last.isEmpty ? .infinity : StressSystem.difference(velocity, last)
        audit.velocityChange = fastest > 0 ? change / fastest : 0
        audit.divergence =
          fastest > 0 && kind != .viscousOnly ? largestDivergence(residual) / fastest : 0
        last = velocity
        if energy <= 1e-28 * scale * scale { audit.velocityChange = 0 }
        if audit.velocityChange < tolerance, audit.divergence < divergenceTolerance { break }
        goal *= 0.1
      }
      guard audit.iterations < iterationLimit, energy.isFinite else { break }
      audit.iterations += 1
      push.withUnsafeMutableBufferPointer { $0.update(repeating: .zero) }
      StressSystem.gather(direction, near, lightness, 1, &push)
      let work = StressSystem.scatter(push, near, compliance, direction, &image)
      StressSystem.descend(energy / work, direction, image, &tension, &residual)
      let next = StressSystem.precondition(residual, inverse, &smooth)
      StressSystem.turn(next / energy, smooth, &direction)
      energy = next
    }
    measure(problem, start)
    return audit.velocityChange < tolerance && audit.divergence < divergenceTolerance
  }

  /// E u − h s with the motion of walls.
  private func right(
    _ problem: VolumeProblem, _ velocity: [SIMD4<Double>]
  ) -> [SIMD8<Double>] {
    var rates = [SIMD8<Double>](repeating: .zero, count: slots.count + 1)
    _ = StressSystem.scatter(velocity, near, rates, rates, &rates)
    for index in 0..<slots.count {
      for lane in 0..<3 { rates[index][4 + lane] += wallShear[index][lane] }
      if !problem.source.isEmpty {
        rates[index][0] -= problem.grid.h * problem.source[Int(slots[index])]
      }
    }
    return rates
  }

  /// Takes out tensions that a solve does not have.
  private mutating func restrict(_ kind: StressKind) {
    for index in 0..<slots.count {
      for lane in 0..<7 where !isUnknown(index, lane, kind) { tension[index][lane] = 0 }
    }
  }

  private func isUnknown(_ index: Int, _ lane: Int, _ kind: StressKind) -> Bool {
    switch kind {
    case .coupled: share[index][lane] > 0
    case .pressureOnly: lane == 0 && share[index][lane] > 0
    case .viscousOnly: lane > 0 && share[index][lane] > 0
    }
  }

  private func largestDivergence(_ residual: [SIMD8<Double>]) -> Double {
    var largest = 0.0
    for index in 0..<slots.count where share[index][0] > 0 {
      largest = max(largest, abs(residual[index][0]))
    }
    return largest
  }

  // MARK: The seven unknowns of a cell

  /// Inverts the block of each cell; rows of what is no unknown are 0.
  private mutating func invertBlocks(_ kind: StressKind) {
    let count = slots.count
    inverse = [SIMD8<Float>](repeating: .zero, count: 7 * (count + 1))
    var rows = [SIMD8<Double>](repeating: .zero, count: 7)
    for index in 0..<count {
      let m = lightness[index]
      func beside(_ side: Int) -> SIMD4<Double> { lightness[Int(near[6 * index + side])] }
      let (xLow, xHigh) = (beside(0), beside(1))
      let (yLow, yHigh) = (beside(2), beside(3))
      let (zLow, zHigh) = (beside(4), beside(5))
      let (xx, yy, zz) = (m.x + xHigh.x, m.y + yHigh.y, m.z + zHigh.z)
      let c = compliance[index]
      rows[0] = SIMD8(xx + yy + zz, xx, yy, zz, -m.x - m.y, -m.x - m.z, -m.y - m.z, 0)
      rows[1] = SIMD8(xx, xx + c[1], 0, 0, -m.x, -m.x, 0, 0)
      rows[2] = SIMD8(yy, 0, yy + c[2], 0, -m.y, 0, -m.y, 0)
      rows[3] = SIMD8(zz, 0, 0, zz + c[3], 0, -m.z, -m.z, 0)
      rows[4] = SIMD8(
        -m.x - m.y, -m.x, -m.y, 0, m.x + yLow.x + m.y + xLow.y + c[4], m.x, m.y, 0)
      rows[5] = SIMD8(
        -m.x - m.z, -m.x, 0, -m.z, m.x, m.x + zLow.x + m.z + xLow.z + c[5], m.z, 0)
      rows[6] = SIMD8(
        -m.y - m.z, 0, -m.y, -m.z, m.y, m.z, m.y + zLow.y + m.z + yLow.z + c[6], 0)
      var keep = SIMD8<Double>.zero
      for lane in 0..<7 where isUnknown(index, lane, kind) { keep[lane] = 1 }
      for lane in 0..<7 {
        if keep[lane] > 0, rows[lane][lane] > 0 {
          rows[lane] *= keep
        } else {
          (rows[lane], keep[lane]) = (.zero, 0)
          rows[lane][lane] = 1
        }
      }
      StressSystem.invert(&rows)
      for lane in 0..<7 where keep[lane] > 0 {
        // the mirror of the upper half, so that rounding leaves it symmetric
        var row = SIMD8<Float>(rows[lane] * keep)
        for other in 0..<lane { row[other] = inverse[7 * index + other][lane] }
        inverse[7 * index + lane] = row
      }
    }
  }

  /// Gauss–Jordan in place; positive definite, so without pivots.
  private static func invert(_ rows: inout [SIMD8<Double>]) {
    for pivot in 0..<7 {
      var row = rows[pivot]
      let factor = 1 / row[pivot]
      row *= factor
      row[pivot] = factor
      for other in 0..<7 where other != pivot {
        var next = rows[other]
        let share = next[pivot]
        next[pivot] = 0
        rows[other] = next - share * row
      }
      rows[pivot] = row
    }
  }
}
