// Velocities after an impact: Newton's or Poisson's law under the exact cone, with an energy check.
//
// Equation    v⁺ = v⁻ + M⁻¹·Jᵀ·r;  Newton: u_N⁺ + e·u_N⁻ and r_N complementary, tangents under the cone
//             of μ with u_T⁺ + e_t·u_T⁻;  Poisson: the same with e = 0 gives r^c, then at least
//             (1 + e)·r_N^c with u_N⁺ ≥ 0
// Source      Newton and Poisson in this form: Pfeiffer & Glocker 1996, ch. 8
// Deviation   where Newton's law with friction would create energy (eccentric impacts), Poisson's is
//             used instead; the second phase of Poisson adds no friction
// Validity    rigid bodies; e belongs to the pair, the geometry and the speed
// Checked by  EngineImpactTests: momentum, e recovered, closed forms of rods, discs and cannons

extension Dynamics {
  /// What one call did.
  struct ImpactResult {
    /// Change of kinetic energy, in J; below 0 for a loss.
    var energy = 0.0
    /// Work of prescribed motions, in J: a part of `energy` that was not lost.
    var workOfMotions = 0.0
    /// Normal impulse of each contact of the list, in N·s.
    var impulses: [Double] = []
    var certificate = 0.0
    /// Newton's law would have created energy.
    var usedPoisson = false
  }

  /// Resolves the impacts of the given contacts (and joints) at once. `active`: which of the contacts
  /// take part; `bounces`: approaches faster than this rebound; `press`: approach in m/s that the search
  /// starts from at every contact (see `jam`).
  mutating func impact(
    _ state: inout EngineState, _ phase: Phase, active: Set<Int>, bounces: Double,
    press: Double = 0
  ) -> ImpactResult {
    let frames = frames(state)
    let (rows, geometries) = rows(frames, phase, isImpact: true)
    let before = motion(of: state)
    let energyBefore = kineticEnergy(before)
    var (used, bias, coefficient) = (RowBuffer(frames: frames), [Double](), [Double]())
    var origin: [Int] = []
    for (g, group) in rows.groups.enumerated() {
      let range = Array(group.first..<(group.first + group.count))
      var (e, grip) = (0.0, 0.0)
      if case .contact(let index) = rows.owners[g] {
        guard active.contains(index), let geometry = geometries[index] else { continue }
        let law = setup.pairs[phase.contacts[index].pair].law
        if geometry.approach < -bounces { (e, grip) = (law.restitution, law.grip) }
        origin.append(index)
      } else {
        origin.append(-1)
      }
      used.copy(range, of: rows, group, law: group.law)
      for (k, row) in range.enumerated() {
        let u = rows.measure(row, before) + rows.velocityBias[row]
        let factor = k == 0 ? e : grip
        bias.append(rows.velocityBias[row] + factor * u)
        coefficient.append(k == 0 ? e : 0)
      }
    }
    var result = ImpactResult()
    if press > 0 {
      var pressed = bias
      for (g, group) in used.groups.enumerated() where origin[g] >= 0 {
        pressed[group.first] -= press
      }
      _ = solve(&used, free: before, bias: pressed)
    }
    var (after, certificate, _) = solve(&used, free: before, bias: bias)
    // given motions may do work on what they strike: the check is on the relative motion
    let gain = kineticEnergy(after) - energyBefore - workOfGivenMotions(used)
    let scale = max(energyBefore, kineticEnergy(after))
    let wantsPoisson = origin.contains { index in
      index >= 0 && setup.pairs[phase.contacts[index].pair].law.impactLaw == .poisson
    }
    if wantsPoisson || gain > 1e-12 * scale, bias.indices.contains(where: { coefficient[$0] > 0 }) {
      result.usedPoisson = true
      (after, certificate) = poisson(&used, before, coefficient)
    }
    result.energy = kineticEnergy(after) - energyBefore
    result.workOfMotions = workOfGivenMotions(used)
    state.ledger.push = state.ledger.push + used.push
    result.certificate = certificate
    result.impulses = Array(repeating: 0, count: phase.contacts.count)
    for (g, group) in used.groups.enumerated() where origin[g] >= 0 {
      result.impulses[origin[g]] = used.reaction[group.first]
    }
    setMotion(after, &state)
    return result
  }

  private mutating func poisson(
    _ rows: inout RowBuffer, _ before: [Double], _ coefficient: [Double]
  ) -> (motion: [Double], certificate: Double) {
    rows.reaction = rows.reaction.map { _ in 0 }
    let (compressed, first, _) = solve(&rows, free: before, bias: rows.velocityBias)
    let compression = rows.reaction
    // the impulse of restitution, then nothing may still approach
    var pushed = compressed
    for group in rows.groups {
      let row = group.first
      let extra = coefficient[row] * compression[row]
      guard extra > 0 else { continue }
      for (offset, body) in [(0, group.bodyA), (6, group.bodyB)]
      where body >= 0 && !rows.frames.isPrescribed[body] {
        for c in 0..<6 {
          pushed[6 * body + c] +=
            rows.jacobian[12 * row + offset + c] * extra / mass[6 * body + c]
        }
      }
    }
    var second = rows
    second.reaction = second.reaction.map { _ in 0 }
    let (after, certificate, _) = solve(&second, free: pushed, bias: rows.velocityBias)
    for row in rows.reaction.indices {
      rows.reaction[row] = compression[row] * (1 + coefficient[row]) + second.reaction[row]
    }
    return (after, max(first, certificate))
  }

  func kineticEnergy(_ motion: [Double]) -> Double {
    var sum = 0.0
    for index in setup.bodies.indices where !setup.bodies[index].isPrescribed {
      for c in 0..<6 {
        let v = motion[6 * index + c]
        sum += 0.5 * mass[6 * index + c] * v * v
      }
    }
    return sum
  }

  /// Work of prescribed motions during an impact, in J.
  private func workOfGivenMotions(_ rows: RowBuffer) -> Double {
    rows.reaction.indices.reduce(0) { $0 - rows.reaction[$1] * rows.velocityBias[$1] }
  }
}
