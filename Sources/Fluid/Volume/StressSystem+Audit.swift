// What a solve adds up to: power, dissipation, forces on the floor.

extension StressSystem {
  mutating func measure(_ problem: VolumeProblem, _ start: [SIMD4<Double>]) {
    let grid = problem.grid
    let cube = grid.h * grid.h * grid.h
    let scale = problem.density * cube
    let power = scale / problem.step
    let gravity = SIMD4(problem.gravity, 0)
    var rates = [SIMD8<Double>](repeating: .zero, count: slots.count + 1)
    _ = StressSystem.scatter(velocity, near, rates, rates, &rates)
    var forces = [SIMD4<Double>](repeating: .zero, count: slots.count + 1)
    let ones = [SIMD4<Double>](repeating: SIMD4(repeating: 1), count: slots.count + 1)
    StressSystem.gather(tension, near, ones, 1, &forces)
    var (squares, weights) = (0.0, 0.0)
    for index in 0..<slots.count {
      let slot = Int(slots[index])
      let (now, before) = (velocity[index], problem.before[slot])
      let full = faceWeight[index]
      for axis in 0..<3 {
        let u = now[axis]
        if full[axis] > 0.3 { audit.fastest = max(audit.fastest, abs(u)) }
        squares += full[axis] * u * u
        weights += full[axis]
        guard lightness[index][axis] > 0 else {
          // a face in a wall or inlet: what its own balance lacks is the wall's force
          let lack =
            mass[index][axis] * (u - before[axis] - problem.step * gravity[axis])
            + forces[index][axis]
          guard mass[index][axis] > 0 else { continue }
          if u != 0 {
            audit.boundaryPower += power * lack * u
            let (m, was) = (mass[index][axis], before[axis])
            audit.gravityPower += scale * m * gravity[axis] * u
            audit.kineticRate += 0.5 * power * m * (u * u - was * was)
            audit.eulerLoss += 0.5 * power * m * (u - was) * (u - was)
          }
          let z = slot % (grid.cells.z + 3) - 1
          if axis == 2, z == 0 { audit.floorForce += power * lack }
          continue
        }
        let (m, was) = (mass[index][axis], before[axis])
        audit.gravityPower += scale * m * gravity[axis] * u
        audit.kineticRate += 0.5 * power * m * (u * u - was * was)
        audit.eulerLoss += 0.5 * power * m * (u - was) * (u - was)
      }
      // 2μe² of each sample is the square of its rate over the compliance
      let limit = compliance[index]
      for lane in 1..<7 where limit[lane] > 0 {
        let wall = lane > 3 ? wallShear[index][lane - 4] : 0
        let rate = rates[index][lane] + wall
        audit.dissipation += power * rate * rate / limit[lane]
        // a sliding wall pulls with the tension of its samples
        audit.boundaryPower += power * tension[index][lane] * wall
      }
      if !problem.source.isEmpty, share[index][0] > 0 {
        audit.boundaryPower -= power * tension[index][0] * grid.h * problem.source[slot]
      }
    }
    audit.rmsSpeed = weights > 0 ? (3 * squares / weights).squareRoot() : 0
  }

  /// Power of gravity by the liquid in each face's own weight, over the volume of liquid, in W/m³.
  public func gravityPowerDensity(_ problem: VolumeProblem) -> Double {
    var (sum, liquid) = (0.0, 0.0)
    for index in 0..<slots.count {
      let flow = faceWeight[index] * velocity[index] * SIMD4(problem.gravity, 0)
      sum += flow.x + flow.y + flow.z
      liquid += share[index][0]
    }
    return liquid > 0 ? problem.density * sum / liquid : 0
  }
}
