// Liquids whose viscosity follows from the rate of shear: the solve repeated until both agree.
//
// Equation        μ = μ(γ̇), γ̇² = 2(e_rr² + e_θθ² + e_zz²) + 4 e_rz², at centres with the mean of the four
//                 nodes' shear, at nodes with the mean of the four centres' rest
// Discretisation  Picard with a relaxation of 0.7 until no viscosity changes by more than 1e-4
//                 of itself, or ψ by 1e-6 of its largest value
// Source          method note of this project; Papanastasiou 1987 for yield stresses
// Deviation       after 60 repetitions the step is taken with what is left, which the audit tells
// Checked by      StreamSystemTests: pipes of power-law and Bingham liquids

extension StreamSystem {
  /// Solves with viscosities that belong to the solution; leaves them in the problem.
  /// - Returns: the last change of ψ over its largest value, or nil if there is no solution.
  public mutating func solve(_ problem: inout StreamProblem, _ law: ViscosityLaw) -> Double? {
    if law.isNewtonian { return solve(problem) ? 0 : nil }
    var change = Double.infinity
    var before: [Double] = []
    for _ in 0..<60 {
      guard solve(problem) else { return nil }
      let viscosity = refresh(&problem, law)
      change = StreamSystem.difference(psi, before)
      before = psi
      if change < 1e-6 || viscosity < 1e-4 { break }
    }
    return change
  }

  /// Largest difference over the largest value.
  private static func difference(_ a: [Double], _ b: [Double]) -> Double {
    // the first solve has nothing before it
    guard a.count == b.count else { return 1 }
    var (change, largest) = (0.0, 0.0)
    for index in a.indices {
      change = max(change, abs(a[index] - b[index]))
      largest = max(largest, abs(a[index]))
    }
    return largest > 0 ? change / largest : 0
  }

  /// Moves the viscosities towards those of the present rates.
  private func refresh(_ problem: inout StreamProblem, _ law: ViscosityLaw) -> Double {
    let grid = problem.grid
    var normal = [Double](repeating: 0, count: grid.nr * grid.nz)
    var shear = [Double](repeating: 0, count: grid.nodeCount)
    var isShear = [Bool](repeating: false, count: grid.nodeCount)
    for sample in samples {
      switch sample.kind {
      case .normal(let cell):
        let rate = sample.value(psi)
        normal[cell] += 2 * rate * rate
      case .shear(let node):
        let rate = sample.value(psi)
        shear[node] = 4 * rate * rate
        isShear[node] = true
      case .face: break
      }
    }
    var largest = 0.0
    func move(_ value: inout Double, to square: Double) {
      let target = law.viscosity(rate: square.squareRoot())
      largest = max(largest, abs(target - value) / target)
      value += 0.7 * (target - value)
    }
    for i in 0..<grid.nr {
      for j in 0..<grid.nz where problem.weights.centre(i, j) > 0 {
        var (sum, weight) = (0.0, 0.0)
        for (a, b) in [(i, j), (i + 1, j), (i, j + 1), (i + 1, j + 1)] {
          let node = grid.node(a, b)
          // the axis has no shear, and counts
          guard isShear[node] || (a == 0 && !grid.isPlane) else { continue }
          let share = a == 0 ? problem.weights.centre(i, j) * 0.25 : problem.weights.node(a, b)
          sum += share * shear[node]
          weight += share
        }
        let cell = i * grid.nz + j
        move(&problem.centreViscosity[cell], to: normal[cell] + (weight > 0 ? sum / weight : 0))
      }
    }
    for i in 0...grid.nr {
      for j in 0...grid.nz where isShear[grid.node(i, j)] {
        var (sum, weight) = (0.0, 0.0)
        for (a, b) in [(i - 1, j - 1), (i, j - 1), (i - 1, j), (i, j)]
        where a >= 0 && a < grid.nr && b >= 0 && b < grid.nz {
          let share = problem.weights.centre(a, b)
          sum += share * normal[a * grid.nz + b]
          weight += share
        }
        let node = grid.node(i, j)
        move(&problem.nodeViscosity[node], to: shear[node] + (weight > 0 ? sum / weight : 0))
      }
    }
    return largest
  }
}
