// One step of a smooth phase: Butcher's method of order 6 on poses and velocities, then projections.
//
// Discretisation  seven stages; each solves the laws for accelerations with the phase frozen; rotations
//                 in RotationChart. Order 6. The drift off the constraints, of the size of the local
//                 error, is removed by M-orthogonal projections, which keep the order.
// Source          Butcher 1964 (RungeKutta6); Munthe-Kaas 1999; projection: Hairer, Lubich & Wanner
//                 2006, Geometric Numerical Integration, §IV.4
// Validity        no event inside the step; trial steps beyond an event continue the frozen phase
// Checked by      EngineOrderTests

import Foundation

extension Dynamics {
  /// Coefficients of the method (RungeKutta6 has them for a vector of eight).
  private static let third = 1.0 / 3
  private static let nodes: [Double] = [0, third, 2 * third, third, 0.5, 0.5, 1]
  private static let stages: [[Double]] = [
    [], row([1], 3), row([0, 2], 3), row([1, 4, -1], 12), row([-1, 18, -3, -6], 16),
    row([0, 9, -3, -6, 4], 8), row([9, -36, 63, 72, 0, -64], 44),
  ]
  private static let weights: [Double] = row([11, 0, 81, 81, -32, -32, 11], 120)

  private static func row(_ numerators: [Double], _ denominator: Double) -> [Double] {
    numerators.map { $0 / denominator }
  }

  /// Slopes of one stage.
  private struct Slope {
    var position: [Vector3]
    var chart: [Vector3]
    var velocity: [Vector3]
    var spin: [Vector3]
    var ledger: LedgerRates
  }

  /// Moves the free bodies by `h`; `first` is the evaluation at `state`.
  mutating func step(
    _ state: EngineState, _ phase: Phase, by h: Double, first: Evaluation
  ) -> EngineState {
    let count = setup.bodies.count
    var slopes: [Slope] = []
    slopes.reserveCapacity(7)
    let none = Array(repeating: Vector3.zero, count: count)
    slopes.append(
      Slope(
        position: state.velocities, chart: state.spins, velocity: first.linear,
        spin: first.angular, ledger: first.rates))
    var guess = first.rows.reaction
    var isPrescribed = Array(repeating: false, count: count)
    for index in 0..<count { isPrescribed[index] = setup.bodies[index].isPrescribed }

    func combined(_ coefficients: [Double]) -> (EngineState, [Vector3]) {
      var next = state
      var theta = none
      for (slope, a) in zip(slopes, coefficients) where a != 0 {
        let s = a * h
        for i in 0..<count where !isPrescribed[i] {
          next.poses[i].position = next.poses[i].position + s * slope.position[i]
          next.velocities[i] = next.velocities[i] + s * slope.velocity[i]
          next.spins[i] = next.spins[i] + s * slope.spin[i]
          theta[i] = theta[i] + s * slope.chart[i]
        }
        next.ledger = next.ledger + s * slope.ledger
      }
      for i in 0..<count where !isPrescribed[i] && theta[i] != .zero {
        next.poses[i].orientation =
          (state.poses[i].orientation * Quaternion(rotationVector: theta[i])).normalized
      }
      return (next, theta)
    }

    for stage in 1..<7 {
      var (point, theta) = combined(Dynamics.stages[stage])
      point.time = state.time + Dynamics.nodes[stage] * h
      let evaluation = evaluate(point, phase, guess: guess)
      guess = evaluation.rows.reaction
      for i in 0..<count { theta[i] = RotationChart.rate(theta[i], spin: point.spins[i]) }
      slopes.append(
        Slope(
          position: point.velocities, chart: theta, velocity: evaluation.linear,
          spin: evaluation.angular, ledger: evaluation.rates))
    }
    var (next, _) = combined(Dynamics.weights)
    next.time = state.time + h
    project(&next, phase, pushing: first)
    return next
  }

  // MARK: Projection

  /// Puts closed contacts and joints back to zero gap and zero relative velocity.
  mutating func project(_ state: inout EngineState, _ phase: Phase, pushing: Evaluation?) {
    guard !phase.contacts.isEmpty || !setup.joints.isEmpty else { return }
    for _ in 0..<4 {
      guard projectPositions(&state, phase) else { break }
    }
    projectVelocities(&state, phase)
  }

  /// One Newton step on the position errors; false when they were at rounding already.
  private mutating func projectPositions(_ state: inout EngineState, _ phase: Phase) -> Bool {
    let frames = frames(state)
    let (all, _) = rows(frames, phase)
    var (held, indices) = (RowBuffer(frames: frames), [Int]())
    var worst = 0.0
    for group in all.groups {
      let range = (group.first..<(group.first + group.count)).filter { !all.error[$0].isNaN }
      guard !range.isEmpty else { continue }
      held.copy(range, of: all, group, law: .bilateral)
      indices.append(contentsOf: range)
      for row in range { worst = max(worst, abs(all.error[row])) }
    }
    guard worst > 2e-16 * length, !indices.isEmpty else { return false }
    let free = Array(repeating: 0.0, count: mass.count)
    let (shift, _, _) = solve(
      &held, free: free, bias: indices.map { all.error[$0] })
    for index in setup.bodies.indices where !frames.isPrescribed[index] {
      let o = 6 * index
      state.poses[index].position =
        state.poses[index].position + Vector3(x: shift[o], y: shift[o + 1], z: shift[o + 2])
      let turn = Vector3(x: shift[o + 3], y: shift[o + 4], z: shift[o + 5])
      if turn != .zero {
        state.poses[index].orientation =
          (state.poses[index].orientation * Quaternion(rotationVector: turn)).normalized
      }
    }
    return worst > 1e-12 * length
  }

  /// Relative velocities of what is closed become zero: normals, and tangents of what sticks.
  mutating func projectVelocities(_ state: inout EngineState, _ phase: Phase) {
    let frames = frames(state)
    let (all, _) = rows(frames, phase)
    var (held, bias) = (RowBuffer(frames: frames), [Double]())
    let motion = motion(of: state)
    var worst = 0.0
    for group in all.groups {
      let range = group.first..<(group.first + group.count)
      held.copy(Array(range), of: all, group, law: .bilateral)
      for row in range {
        bias.append(all.velocityBias[row])
        worst = max(worst, abs(all.measure(row, motion) + all.velocityBias[row]))
      }
    }
    guard worst > 0 else { return }
    let (next, _, _) = solve(&held, free: motion, bias: bias)
    setMotion(next, &state)
  }

  /// Velocities as 6 numbers a body.
  func motion(of state: EngineState) -> [Double] {
    var motion: [Double] = []
    motion.reserveCapacity(6 * setup.bodies.count)
    for index in setup.bodies.indices {
      let (v, w) = (state.velocities[index], state.spins[index])
      motion.append(contentsOf: [v.x, v.y, v.z, w.x, w.y, w.z])
    }
    return motion
  }

  func setMotion(_ motion: [Double], _ state: inout EngineState) {
    for index in setup.bodies.indices where !setup.bodies[index].isPrescribed {
      let o = 6 * index
      state.velocities[index] = Vector3(x: motion[o], y: motion[o + 1], z: motion[o + 2])
      state.spins[index] = Vector3(x: motion[o + 3], y: motion[o + 4], z: motion[o + 5])
    }
  }
}
