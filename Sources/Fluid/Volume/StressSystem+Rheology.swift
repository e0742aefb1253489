// Liquids whose viscosity follows from the rate of shear: the solve repeated until both agree.
//
// Equation        γ̇² = 2(e_xx² + e_yy² + e_zz²) + 4(e_xy² + e_xz² + e_yz²); at centres each shear is the
//                 mean square over the cell's four edges, at edges the rest is that of the four centres
// Discretisation  Picard with a relaxation of 0.7 until no velocity changes by more than 1e-4 of the
//                 fastest, 30 times at most
// Source          method note of this project
// Checked by      StressSystemTests: plane flow of a power-law liquid

extension StressSystem {
  /// Solves with viscosities that belong to the solution; leaves them in the problem.
  /// - Returns: the last change of a velocity over the fastest; nil if a solve did not end.
  public mutating func solve(_ problem: inout VolumeProblem, _ law: ViscosityLaw) -> Double? {
    if law.isNewtonian { return solve(problem) ? 0 : nil }
    if problem.viscosities.isEmpty {
      problem.viscosities = [SIMD4<Double>](
        repeating: SIMD4(repeating: problem.viscosity), count: problem.grid.slotCount)
    }
    var change = Double.infinity
    var before: [SIMD4<Double>] = []
    for _ in 0..<30 {
      guard solve(problem) else { return nil }
      refresh(&problem, law)
      let fastest = StressSystem.largest(velocity)
      if !before.isEmpty, fastest > 0 {
        change = StressSystem.difference(velocity, before) / fastest
      }
      before = velocity
      if change < 1e-4 || fastest == 0 { break }
    }
    return change
  }

  /// Moves the viscosities towards those of the present rates.
  private func refresh(_ problem: inout VolumeProblem, _ law: ViscosityLaw) {
    let count = slots.count
    let perLength = 1 / (problem.grid.h * problem.grid.h)
    var rates = [SIMD8<Double>](repeating: .zero, count: count + 1)
    _ = StressSystem.scatter(velocity, near, rates, rates, &rates)
    // 4e² of the shear samples: half the jump over a cell, f times as much at a wall
    var shears = [SIMD4<Double>](repeating: .zero, count: count + 1)
    var weights = shears
    var squares = shears
    for index in 0..<count {
      for pair in 0..<3 where share[index][4 + pair] > 0 {
        let f = factors[index][pair]
        let jump = f * (rates[index][4 + pair] + wallShear[index][pair])
        shears[index][pair] = jump * jump * perLength
        weights[index][pair] = share[index][4 + pair] / f
      }
    }
    func neighbour(_ index: Int, _ axis: Int, _ side: Int) -> Int {
      Int(near[6 * index + 2 * axis + side])
    }
    // mean squares at centres: x, y, z for the pairs, w for the normal strains
    for index in 0..<count where share[index][0] > 0 {
      let rate = rates[index]
      squares[index].w =
        2 * perLength * factors[index].w * factors[index].w
        * (rate[1] * rate[1] + rate[2] * rate[2] + rate[3] * rate[3])
      for (pair, axes) in StressSystem.pairs.enumerated() {
        let across = neighbour(index, axes.0, 1)
        let corners = [
          index, across, neighbour(index, axes.1, 1),
          across < count ? neighbour(across, axes.1, 1) : count,
        ]
        var (sum, all) = (0.0, 0.0)
        for corner in corners where corner < count {
          sum += weights[corner][pair] * shears[corner][pair]
          all += weights[corner][pair]
        }
        squares[index][pair] = all > 0 ? sum / all : 0
      }
    }
    func relaxed(_ value: Double, _ square: Double) -> Double {
      value + 0.7 * (law.viscosity(rate: square.squareRoot()) - value)
    }
    for index in 0..<count {
      let slot = Int(slots[index])
      if share[index][0] > 0 {
        problem.viscosities[slot].x = relaxed(problem.viscosities[slot].x, squares[index].sum())
      }
      for (pair, axes) in StressSystem.pairs.enumerated() where share[index][4 + pair] > 0 {
        let across = neighbour(index, axes.0, 0)
        let corners = [
          index, across, neighbour(index, axes.1, 0),
          across < count ? neighbour(across, axes.1, 0) : count,
        ]
        var (sum, all) = (0.0, 0.0)
        for corner in corners where corner < count && share[corner][0] > 0 {
          sum += share[corner][0] * (squares[corner].sum() - squares[corner][pair])
          all += share[corner][0]
        }
        let rest = all > 0 ? sum / all : 0
        problem.viscosities[slot][1 + pair] = relaxed(
          problem.viscosities[slot][1 + pair], rest + shears[index][pair])
      }
    }
  }
}
