// Accelerations and reactions at one state, while the phase (what is closed, what slides) is frozen.
//
// Equation    M·a = F + Jᵀ·λ,  d(J·v)/dt under the laws of the rows (ContactProblem), solved for
//             accelerations: what sticks obeys the cone in u̇, what slides pushes along n − μ·d
// Source      Pfeiffer & Glocker 1996, Multibody Dynamics with Unilateral Contacts, ch. 4
// Validity    velocities are consistent with what is closed
// Checked by  EngineOrderTests, EngineJointTests

import LinearAlgebra

/// Accelerations at a state with what causes them.
struct Evaluation {
  var rows: RowBuffer
  /// Of each body, world axes.
  var linear: [Vector3]
  /// Rate of the spin in body axes.
  var angular: [Vector3]
  var rates: LedgerRates
  /// For each closed contact; nil where the surfaces are no longer near each other.
  var geometries: [ContactGeometry?]
  /// For each closed contact: rate of the relative velocity, normal and along both tangents.
  var motion: [Vector3]
  /// For each closed contact: normal reaction in N.
  var normalReaction: [Double]
  var certificate: Double
  /// Largest reaction over smallest mass: what the certificate is relative to, in m/s².
  var reactionScale: Double
  /// For each closed contact: its pair.
  var pairs: [Int]
  /// Force on body a of springs and straps.
  var springForces: [(joint: Int, force: Vector3)]
  /// Force on body a of contacts that give way.
  var compliantForces: [(pair: Int, force: Vector3)]
}

struct Dynamics: Sendable {
  let setup: WorldSetup
  let start: [Pose]
  /// Largest radius of a body about its shape's origin, in m.
  let length: Double
  /// 1/mass and 1/inertia come from here: 6 numbers a body.
  let mass: [Double]
  /// Radius about the shape's origin that holds the shape, in m; infinite for surfaces without end.
  let radii: [Double]
  let hasCompliance: Bool
  let hasResistance: Bool
  private var solvers: [ContactSolver]

  init(setup: WorldSetup, start: [Pose]) {
    (self.setup, self.start) = (setup, start)
    let radii = setup.bodies.map { $0.shape.size }.filter { $0.isFinite && $0 > 0 }
    length = radii.max() ?? 1
    hasResistance = setup.pairs.contains {
      $0.law.rollingResistance > 0 || $0.law.spinningResistance > 0
    }
    hasCompliance = setup.pairs.contains { $0.law.compliance != .rigid }
    self.radii = setup.bodies.map { $0.shape.boundingRadius }
    mass = setup.bodies.indices.flatMap { index -> [Double] in
      let (m, i) = (setup.inertialMass(index), setup.bodies[index].inertia)
      return [m, m, m, i.x, i.y, i.z]
    }
    solvers = Array(repeating: ContactSolver(), count: setup.bodies.count)
  }

  // MARK: Kinematics

  func frames(_ state: EngineState) -> Frames {
    var frames = Frames(
      time: state.time, poses: state.poses,
      rotations: state.poses.map { $0.orientation.matrix }, twists: [],
      accelerations: Array(repeating: .zero, count: setup.bodies.count),
      isPrescribed: setup.bodies.map(\.isPrescribed))
    frames.twists.reserveCapacity(setup.bodies.count)
    for (index, body) in setup.bodies.enumerated() {
      if let motion = body.motion {
        let (pose, twist, acceleration) = motion.state(at: state.time, from: start[index])
        frames.poses[index] = pose
        frames.rotations[index] = pose.orientation.matrix
        frames.twists.append(twist)
        frames.accelerations[index] = acceleration
      } else {
        frames.twists.append(
          Twist(
            velocity: state.velocities[index],
            spin: frames.rotations[index].toWorld(state.spins[index])))
      }
    }
    return frames
  }

  /// Feature pairs of a pair of bodies that are closer than `margin`.
  func manifold(_ pair: Int, _ frames: Frames, within margin: Double) -> Manifold {
    let (a, b) = (setup.pairs[pair].a, setup.pairs[pair].b)
    return contactManifold(
      setup.bodies[a].shape, frames.shapePose(a, setup), frames.shapeTwist(a, setup),
      setup.bodies[b].shape, frames.shapePose(b, setup), frames.shapeTwist(b, setup),
      within: margin)
  }

  // MARK: Rows

  /// Rows of all joints and closed contacts; contacts that are no longer near have none.
  func rows(_ frames: Frames, _ phase: Phase, isImpact: Bool = false) -> (
    rows: RowBuffer, geometries: [ContactGeometry?]
  ) {
    var rows = RowBuffer(frames: frames)
    for (index, joint) in setup.joints.enumerated() {
      if case .rope = joint.kind, !phase.isTaut[index] { continue }
      JointGeometry(joint, frames).addRows(to: &rows, owner: .joint(index))
    }
    var geometries: [ContactGeometry?] = Array(repeating: nil, count: phase.contacts.count)
    var index = 0
    while index < phase.contacts.count {
      let pair = phase.contacts[index].pair
      var end = index
      while end < phase.contacts.count, phase.contacts[end].pair == pair { end += 1 }
      let manifold = manifold(pair, frames, within: 0.05 * length)
      for contact in index..<end {
        guard
          let point = manifold.points.first(where: {
            $0.feature == phase.contacts[contact].feature
          })
        else { continue }
        geometries[contact] = ContactGeometry(
          point, a: setup.pairs[pair].a, b: setup.pairs[pair].b, frames)
      }
      addContacts(index..<end, pair, manifold, &geometries, phase, isImpact, &rows)
      index = end
    }
    return (rows, geometries)
  }

  private func addContacts(
    _ range: Range<Int>, _ pair: Int, _ manifold: Manifold,
    _ geometries: inout [ContactGeometry?], _ phase: Phase, _ isImpact: Bool,
    _ rows: inout RowBuffer
  ) {
    let law = setup.pairs[pair].law
    let sliding = isImpact ? [:] : patchFriction(range, pair, manifold, geometries, phase)
    for index in range {
      guard let geometry = geometries[index] else { continue }
      let contact = phase.contacts[index]
      let owner = RowBuffer.Owner.contact(index)
      if law.isFrictionless {
        geometry.addNormal(to: &rows, owner: owner)
      } else if contact.slides, !isImpact {
        let (force, torque) =
          sliding[index] ?? pointFriction(geometry, contact, law)
        geometry.addNormal(to: &rows, owner: owner, force: force, torque: torque)
      } else {
        geometry.addCone(
          to: &rows, owner: owner,
          friction: isImpact
            ? law.kineticFriction
            : contact.isStarting ? law.onsetFriction : law.staticFriction)
      }
      if !isImpact { addResistance(geometry, contact, law, owner, &rows) }
    }
  }

  /// Friction per unit normal reaction of a point that slides.
  private func pointFriction(
    _ geometry: ContactGeometry, _ contact: ClosedContact, _ law: ContactLaw
  ) -> (force: Vector3, torque: Vector3) {
    let sliding = geometry.sliding
    if contact.isStraight {
      // on a curved surface the direction turns with the normal
      let along = contact.direction.dot(geometry.normal)
      let tangent = contact.direction - along * geometry.normal
      let direction = (1 / max(tangent.length, 1e-300)) * tangent
      let speed = sliding.dot(direction)
      return (-law.slidingFriction(at: speed) * direction, .zero)
    }
    let speed = sliding.length
    // beyond the stop of a trial step the direction stays, with a negative speed
    let sign: Double = sliding.dot(contact.direction) < 0 ? -1 : 1
    return (-law.slidingFriction(at: sign * speed) * ((sign / speed) * sliding), .zero)
  }

  // MARK: Accelerations

  mutating func evaluate(_ state: EngineState, _ phase: Phase, guess: [Double]? = nil)
    -> Evaluation
  {
    let frames = frames(state)
    var forces = BodyForces(setup, frames, phase)
    let compliant = hasCompliance ? compliantForces(frames, phase) : []
    for (pair, force, point, dissipation) in compliant {
      for (body, sign) in [(setup.pairs[pair].a, 1.0), (setup.pairs[pair].b, -1.0)] {
        let arm = point - frames.poses[body].position
        forces.add(sign * force, arm: arm, to: body, frames)
        if frames.isPrescribed[body] {
          forces.rates.motions -= sign * force.dot(frames.twists[body].velocity(at: arm))
        }
      }
      forces.rates.damping += dissipation
    }
    var (rows, geometries) = rows(frames, phase)
    var free = Array(repeating: 0.0, count: 6 * setup.bodies.count)
    for (index, body) in setup.bodies.enumerated() where !body.isPrescribed {
      let (f, i) = (forces.force[index], body.inertia)
      let relative = state.spins[index]
      let frameSpin =
        setup.frameSpin == .zero ? Vector3.zero : frames.rotations[index].toBody(setup.frameSpin)
      let w = relative + frameSpin
      let gyro = w.cross(Vector3(x: i.x * w.x, y: i.y * w.y, z: i.z * w.z))
      let turned = relative.cross(frameSpin)
      let t = forces.torque[index] - gyro
      free[6 * index] = f.x / mass[6 * index]
      free[6 * index + 1] = f.y / mass[6 * index]
      free[6 * index + 2] = f.z / mass[6 * index]
      free[6 * index + 3] = t.x / i.x + turned.x
      free[6 * index + 4] = t.y / i.y + turned.y
      free[6 * index + 5] = t.z / i.z + turned.z
    }
    if let guess, guess.count == rows.reaction.count { rows.reaction = guess }
    var (motion, certificate, scale) = solve(&rows, free: free, bias: rows.accelerationBias)
    var rates = forces.rates
    if hasResistance {
      let resistances = phase.contacts.indices.compactMap { index -> Resistance? in
        guard let geometry = geometries[index] else { return nil }
        let contact = phase.contacts[index]
        let torque = resistance(geometry, contact, setup.pairs[contact.pair].law)
        guard torque != .zero, let row = rows.normalRow(of: index) else { return nil }
        return Resistance(geometry: geometry, torque: torque, row: row)
      }
      // the moment follows the normal reaction, which it hardly changes: a few rounds
      for _ in 0..<30 where !resistances.isEmpty {
        let before = resistances.map { rows.reaction[$0.row] }
        var pushed = free
        for (resistance, reaction) in zip(resistances, before) {
          apply(reaction * resistance.torque, resistance.geometry, frames, &pushed)
        }
        (motion, certificate, scale) = solve(&rows, free: pushed, bias: rows.accelerationBias)
        let change = zip(resistances, before).map { abs(rows.reaction[$0.row] - $1) }.max() ?? 0
        if change <= 1e-14 * (before.map { abs($0) }.max() ?? 0) { break }
      }
      for resistance in resistances {
        rates.friction -=
          rows.reaction[resistance.row] * resistance.torque.dot(resistance.geometry.relativeSpin)
      }
    }
    for row in rows.reaction.indices {
      rates.motions -= rows.reaction[row] * rows.velocityBias[row]
    }
    rates.push = rows.push
    for (index, body) in setup.bodies.enumerated() where !body.isPrescribed {
      rates.push = rates.push + forces.force[index]
    }
    var result = Evaluation(
      rows: rows, linear: [], angular: [], rates: rates, geometries: geometries,
      motion: Array(repeating: .zero, count: geometries.count),
      normalReaction: Array(repeating: 0, count: geometries.count), certificate: certificate,
      reactionScale: scale, pairs: phase.contacts.map(\.pair), springForces: forces.springs,
      compliantForces: compliant.map { ($0.pair, $0.force) })
    for index in setup.bodies.indices {
      let m = motion[(6 * index)..<(6 * index + 6)]
      let o = m.startIndex
      if frames.isPrescribed[index] {
        result.linear.append(frames.accelerations[index].velocity)
        result.angular.append(.zero)
      } else {
        result.linear.append(Vector3(x: m[o], y: m[o + 1], z: m[o + 2]))
        result.angular.append(Vector3(x: m[o + 3], y: m[o + 4], z: m[o + 5]))
      }
    }
    readContacts(&result, motion, phase)
    return result
  }

  private struct Resistance {
    let geometry: ContactGeometry
    /// On A, per unit normal reaction.
    let torque: Vector3
    let row: Int
  }

  /// Adds the acceleration that a torque on A, and its opposite on B, makes.
  private func apply(
    _ torque: Vector3, _ geometry: ContactGeometry, _ frames: Frames, _ free: inout [Double]
  ) {
    for (body, sign) in [(geometry.a, 1.0), (geometry.b, -1.0)] where !frames.isGiven(body) {
      let t = frames.rotations[body].toBody(sign * torque)
      free[6 * body + 3] += t.x / mass[6 * body + 3]
      free[6 * body + 4] += t.y / mass[6 * body + 4]
      free[6 * body + 5] += t.z / mass[6 * body + 5]
    }
  }

  /// Relative accelerations and reactions of the contacts; heat and work of what slides.
  private func readContacts(_ result: inout Evaluation, _ motion: [Double], _ phase: Phase) {
    let rows = result.rows
    for (g, group) in rows.groups.enumerated() {
      guard case .contact(let index) = rows.owners[g], let geometry = result.geometries[index],
        group.law != .bilateral
      else { continue }
      var rate = [0.0, 0.0, 0.0]
      for k in 0..<group.count {
        rate[k] =
          rows.measure(group.first + k, motion) + rows.accelerationBias[group.first + k]
      }
      result.motion[index] = Vector3(x: rate[0], y: rate[1], z: rate[2])
      let reaction = rows.reaction[group.first]
      result.normalReaction[index] = reaction
      if case .unilateral = group.law {
        // force of friction on A, and what it does to the relative motion and to given motions
        let friction = reaction * (rows.forceOnA[group.first] - geometry.normal)
        let extra = rows.torqueExtra[group.first].map { reaction * $0 } ?? .zero
        let (twistA, twistB) = (rows.frames.twist(geometry.a), rows.frames.twist(geometry.b))
        result.rates.friction -=
          friction.dot(geometry.velocity) + extra.dot(twistA.spin - twistB.spin)
        if rows.frames.isGiven(geometry.b) {
          result.rates.motions +=
            friction.dot(twistB.velocity(at: geometry.armB)) + extra.dot(twistB.spin)
        }
        if rows.frames.isGiven(geometry.a) {
          result.rates.motions -=
            friction.dot(twistA.velocity(at: geometry.armA)) + extra.dot(twistA.spin)
        }
      }
    }
  }

  // MARK: Solving

  /// Solves all islands; `free` and the result have 6 numbers a body. Reactions end up in `rows`.
  mutating func solve(
    _ rows: inout RowBuffer, free: [Double], bias: [Double]
  ) -> (motion: [Double], certificate: Double, scale: Double) {
    var motion = free
    var (certificate, scale) = (0.0, 0.0)
    guard !rows.groups.isEmpty else { return (motion, 0, 0) }
    let islands = Islands(rows)
    for (index, members) in islands.bodies.enumerated() {
      var problem = ContactProblem()
      for body in members {
        problem.mass.append(contentsOf: mass[(6 * body)..<(6 * body + 6)])
        problem.free.append(contentsOf: free[(6 * body)..<(6 * body + 6)])
      }
      func local(_ body: Int) -> Int {
        body < 0 || rows.frames.isPrescribed[body]
          ? -1 : members.firstIndex(of: body) ?? -1
      }
      for g in islands.groups[index] {
        var group = rows.groups[g]
        let source = group.first
        (group.bodyA, group.bodyB) = (local(group.bodyA), local(group.bodyB))
        group.first = problem.bias.count
        problem.groups.append(group)
        let range = (12 * source)..<(12 * (source + group.count))
        problem.jacobian.append(contentsOf: rows.jacobian[range])
        if rows.hasForces { problem.force.append(contentsOf: rows.force[range]) }
        for k in 0..<group.count {
          problem.bias.append(bias[source + k])
          problem.reaction.append(rows.reaction[source + k])
        }
      }
      let solution = solvers[members[0]].solve(
        problem, tolerance: 1e-13, toRounding: true)
      certificate = max(certificate, solution.certificate)
      let largest = solution.reaction.reduce(0) { max($0, abs($1)) }
      let lightest = members.reduce(Double.infinity) { min($0, mass[6 * $1]) }
      scale = max(scale, largest / lightest)
      for (k, body) in members.enumerated() {
        for c in 0..<6 { motion[6 * body + c] = solution.motion[6 * k + c] }
      }
      var cursor = 0
      for g in islands.groups[index] {
        for k in 0..<rows.groups[g].count {
          rows.reaction[rows.groups[g].first + k] = solution.reaction[cursor]
          cursor += 1
        }
      }
    }
    return (motion, certificate, scale)
  }
}

extension Frames {
  /// Whether the motion of a body is known: prescribed, or the world.
  func isGiven(_ body: Int) -> Bool { body < 0 || isPrescribed[body] }
}

extension RowBuffer {
  /// Sum of the reactions on all free bodies: inner ones cancel.
  var push: Vector3 {
    var sum = Vector3.zero
    for row in reaction.indices where reaction[row] != 0 {
      for o in [12 * row, 12 * row + 6] {
        sum = sum + reaction[row] * Vector3(x: force[o], y: force[o + 1], z: force[o + 2])
      }
    }
    return sum
  }
}
