// One step of a test: forces, kick, drift, and the balance of energy.
//
// Equation        v(n+½) = v(n−½) + ½(Δt + Δt')·f/m; x(n+1) = x(n) + Δt'·v(n+½)
// Discretisation  order 2; see BrickTest
// Source          see BrickTest
// Deviation       none
// Validity        see StepLimit
// Checked by      BrickTestTests

extension BrickTest {
  /// Sets the velocities half a step back and the first entry of the ledger.
  mutating func begin() {
    evaluateForces()
    let half = -0.5 * step
    for node in 0..<solid.nodeCount {
      solid.velocity[node] += half * acceleration(node)
    }
    if case .strike(_, _, let mass, _) = setup.loading {
      toolVelocity += half * (toolForce / mass - setup.gravity)
    }
    openLedger()
  }

  /// Adds a velocity (m/s) at each reference place (m from the middle of the brick) before a run.
  public mutating func addVelocity(_ field: (SIMD3<Double>) -> SIMD3<Double>) {
    precondition(steps == 0, "velocities are added before the first step")
    for node in 0..<solid.nodeCount {
      solid.velocity[node] += SIMD4(field(setup.lattice.reference(node: node)), 0)
    }
    openLedger()
  }

  // first entry of the ledger, from a step that is taken back
  private mutating func openLedger() {
    let before = (solid, toolVelocity)
    kick()
    ledger.start = ledger.total
    ledger.startKinetic = ledger.kinetic + ledger.striker
    (solid.velocity, toolVelocity) = (before.0.velocity, before.1)
    solid.position = before.0.position
  }

  @inline(__always)
  func acceleration(_ node: Int) -> SIMD4<Double> {
    solid.force[node] / solid.mass[node] - SIMD4(0, 0, setup.gravity, 0)
  }

  /// Moves on by one step.
  public mutating func advance() {
    evaluateForces()
    // before the first crack a step is about four times as long: every one is checked
    if steps % (firstOpening == nil ? 1 : setup.checkInterval) == 0,
      cracks.insert(into: &solid, partition: partition, isProjected: setup.isProjected)
    {
      if firstOpening == nil {
        limit = StepLimit(
          solid: solid, isOpen: true, stiffnessFactor: setup.stiffnessFactor,
          contactRate: contactRate)
      }
      // nodes have come apart: all forces again
      evaluateForces()
      if firstOpening == nil {
        firstOpening = time
        changeStep(to: step)
      }
    }
    watch()
    kick()
    record()
    steps += 1
    time += step
    moveTool()
  }

  /// All forces at the positions now.
  mutating func evaluateForces() {
    for node in 0..<solid.nodeCount { solid.force[node] = .zero }
    solid.addElasticForces()
    cracks.addForces(to: &solid)
    if var contact = nose {
      nose = nil
      contact.addForces(to: &solid, tip: toolHeight, lead: lead(ofTool: true))
      toolForce = abs(contact.force.z)
      nose = contact
    }
    for index in supports.indices {
      var contact = supports[index]
      contact.addForces(to: &solid, tip: 0, lead: lead(ofTool: false))
      supports[index] = contact
    }
  }

  // what pads may know of the coming step
  private func lead(ofTool isTool: Bool) -> PadLead {
    var speed = 0.0
    switch setup.loading {
    case .strike(_, _, let mass, _) where isTool:
      speed = toolVelocity + step * (toolForce / mass - setup.gravity)
    case .bend(_, _, let end, let ramp) where isTool:
      let way = Self.travel(time + step, speed: end, ramp: ramp) - (toolStart - toolHeight)
      speed = -way / step
    default: break
    }
    return PadLead(last: lastStep, next: step, gravity: setup.gravity, speed: speed)
  }

  // re-centres the velocities half a new step back; the invariant moves by a known amount
  private mutating func changeStep(to next: Double) {
    let shift = 0.5 * (lastStep - next)
    var change = 0.0
    let squares = 0.125 * (lastStep * lastStep - next * next)
    for node in 0..<solid.nodeCount {
      let a = acceleration(node)
      solid.velocity[node] += shift * a
      change += squares * solid.mass[node] * (a * a).sum()
    }
    if case .strike(_, _, let mass, _) = setup.loading {
      let a = toolForce / mass - setup.gravity
      toolVelocity += shift * a
      change += squares * mass * a * a
    }
    ledger.stepChange += change
    lastStep = next
  }

  /// Velocities to n+½, positions to n+1, energies at n.
  mutating func kick() {
    let dt = step
    let g = SIMD4(0, 0, setup.gravity, 0)
    let alpha = isDamped ? setup.settleDamping : 0
    let (keep, gain) = (
      (1 - 0.5 * alpha * dt) / (1 + 0.5 * alpha * dt), dt / (1 + 0.5 * alpha * dt)
    )
    var kinetic = SIMD4<Double>.zero
    var (before, after) = (kinetic, kinetic)
    var height = 0.0
    for node in 0..<solid.nodeCount {
      let mass = solid.mass[node]
      let old = solid.velocity[node]
      let new = keep * old + gain * (solid.force[node] / mass - g)
      height += mass * solid.position[node].z
      kinetic += mass * (old * new)
      if alpha > 0 {
        before += mass * (old * (old + new))
        after += mass * (new * (old + new))
      }
      solid.velocity[node] = new
      solid.position[node] += dt * new
    }
    ledger.damping += 0.25 * alpha * dt * before.sum()
    ledger.kinetic = 0.5 * kinetic.sum()
    ledger.weight = setup.gravity * height
    if case .strike(_, _, let mass, _) = setup.loading {
      let old = toolVelocity
      toolVelocity += dt * (toolForce / mass - setup.gravity)
      ledger.striker = 0.5 * mass * old * toolVelocity
      ledger.weight += mass * setup.gravity * toolHeight
    }
    ledger.strain = solid.totalStrainEnergy
    ledger.cohesive = cracks.stored
    ledger.fracture = cracks.dissipated
    ledger.softening = cracks.excess
    ledger.contact = 0
    ledger.crush = 0
    ledger.slip = cracks.heat
    for contact in supports { add(contact) }
    if let nose { add(nose) }
    nose?.keep()
    for index in supports.indices { supports[index].keep() }
    // the second half of this loss belongs to the next half step
    pendingDamping = 0.25 * alpha * dt * after.sum()
  }

  private mutating func add(_ contact: PadContact) {
    ledger.contact += contact.stored
    ledger.crush += contact.crushed
    ledger.slip += contact.heat
  }

  private mutating func record() {
    let travel = travel
    if toolForce > peak.force {
      (peak.time, peak.force, peak.travel) = (time, toolForce, travel)
      deflectionAtPeak = sagNodes.sag(of: solid)
    }
    if steps % setup.sampleInterval == 0 {
      var sample = ForceSample()
      (sample.time, sample.force, sample.travel) = (time, toolForce, travel)
      history.append(sample)
    }
    if ledger.input > 0 {
      worstResidual = max(worstResidual, abs(ledger.residual) / ledger.input)
    }
    ledger.damping += pendingDamping
  }

  private mutating func watch() {
    ledger.work -= 0.5 * (nose?.force.z ?? 0) * pendingTravel
    pendingTravel = 0
    // vibrating cracks creep on for ever: only work that matters counts
    if cracks.dissipated > markedWork + 0.05 * setup.material.fractureEnergy * smallestFace {
      markedWork = cracks.dissipated
      lastSoftening = time
    }
    if toolForce > 0 { lastTouch = time }
    if setup.settleDamping > 0 { isDamped = isQuiet }
  }

  private mutating func moveTool() {
    switch setup.loading {
    case .strike: toolHeight += step * toolVelocity
    case .bend(_, _, let speed, let ramp):
      let next = toolStart - Self.travel(time, speed: speed, ramp: ramp)
      movePlaten(to: next)
    case .pull(_, _, let speed, let ramp):
      movePlaten(to: toolStart + Self.travel(time, speed: speed, ramp: ramp))
    case .fall, .free: break
    }
  }

  // work of the platen by the trapezoid; its second half waits for the next force
  private mutating func movePlaten(to height: Double) {
    pendingTravel = height - toolHeight
    ledger.work -= 0.5 * (nose?.force.z ?? 0) * pendingTravel
    toolHeight = height
  }

  /// Way of the platen: its speed rises as 3s² − 2s³ over the ramp.
  static func travel(_ time: Double, speed: Double, ramp: Double) -> Double {
    guard ramp > 0 else { return speed * time }
    if time > ramp { return speed * (time - 0.5 * ramp) }
    let part = max(time, 0) / ramp
    return speed * ramp * part * part * part * (1 - 0.5 * part)
  }
}
