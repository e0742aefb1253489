// Step sizes, instants that have to be met, and rest.

import Foundation

extension Engine {
  struct TimeStop {
    var time: Double
    /// Something jumps there: a load, a motion.
    var isEvent: Bool
  }

  /// Instants that steps have to end at, ascending.
  func timeStops() -> [TimeStop] {
    var stops: [Double: Bool] = [:]
    for time in options.reportTimes { stops[time] = stops[time] ?? false }
    for load in setup.loads {
      for time in [load.from, load.until] where time.isFinite { stops[time] = true }
    }
    for body in setup.bodies { for time in body.motion?.corners ?? [] { stops[time] = true } }
    return stops.filter { $0.key > state.time && $0.key <= options.duration }
      .map { TimeStop(time: $0.key, isEvent: $0.value) }.sorted { $0.time < $1.time }
  }

  /// Step at this level, in s.
  func stepSize(_ evaluation: Evaluation) -> Double {
    var rate = max(fixedRate, 20 / options.duration)
    for index in setup.bodies.indices {
      let twist = twist(index)
      rate = max(rate, twist.spin.length)
      if setup.fluidDensity > 0, setup.bodies[index].drag != .none {
        rate = max(rate, dragRate(index, speed: twist.velocity.length))
      }
    }
    // a body on a rod turns about its end without any spin of its own
    for joint in setup.joints {
      switch joint.kind {
      case .rod, .rope, .spring, .strap:
        let geometry = JointGeometry(joint, evaluation.rows.frames)
        let d = geometry.separation.length
        let along = d > 0 ? geometry.separationRate.dot(geometry.separation) / d : 0
        let across = (geometry.separationRate.dot(geometry.separationRate) - along * along)
        if d > 0 { rate = max(rate, max(0, across).squareRoot() / d) }
      default: break
      }
    }
    // a point of contact may run round a rim while the body hardly turns (a coin that wobbles)
    for geometry in evaluation.geometries {
      guard let geometry else { continue }
      let speeds = geometry.runSpeeds
      for (body, speed) in [(geometry.a, speeds.a), (geometry.b, speeds.b)] where body >= 0 {
        if case .cylinder(let radius, _) = setup.bodies[body].shape {
          rate = max(rate, speed / radius)
        }
      }
    }
    var h = 0.2 / rate
    // a body must not cross another unseen
    var fastest = 0.0
    for index in setup.bodies.indices where !setup.bodies[index].isPrescribed {
      fastest = max(fastest, twist(index).velocity.length)
    }
    if !setup.pairs.isEmpty, fastest > 0 { h = min(h, 0.5 * smallestSize / fastest) }
    for pair in setup.pairs { h = min(h, timeToPass(pair, evaluation)) }
    h *= exp2(-Double(options.level))
    // friction that turns: fine against its stiffness, finer and finer towards a stop, where the
    // direction has a power law
    for (index, contact) in phase.contacts.enumerated() where contact.slides && !contact.isStraight
    {
      guard let geometry = evaluation.geometries[index] else { continue }
      let law = setup.pairs[contact.pair].law
      let speed = geometry.sliding.length
      let push =
        evaluation.normalReaction[index] * law.slidingFriction(at: speed)
        * dynamics.mobility(geometry)
      let own = evaluation.slidingRate(geometry).length
      let limit = exp2(-1 - Double(options.level)) * speed / max(push, own, 1e-300)
      h = min(h, limit)
    }
    return h
  }

  /// Rates that do not change during a run, in rad/s.
  private var fixedRate: Double {
    var rate = setup.frameSpin.length
    let pull = setup.gravity.length
    for body in setup.bodies { rate = max(rate, body.motion?.rate ?? 0) }
    func inverseMass(_ body: Int) -> Double {
      body < 0 || setup.bodies[body].isPrescribed ? 0 : 1 / setup.bodies[body].mass
    }
    for joint in setup.joints {
      let mobility = inverseMass(joint.a) + inverseMass(joint.b)
      switch joint.kind {
      case .spring(let k, let c, _), .strap(let k, let c, _):
        rate = max(rate, (k * mobility).squareRoot(), c * mobility)
      case .rod(let length), .rope(let length):
        if length > 0 { rate = max(rate, (pull / length).squareRoot()) }
      default:
        for arm in [joint.anchorA.length, joint.anchorB.length] where arm > 1e-9 * dynamics.length {
          rate = max(rate, (pull / arm).squareRoot())
        }
      }
    }
    for pair in setup.pairs {
      switch pair.law.compliance {
      case .rigid: break
      case .linear(let k, let c):
        let mobility = inverseMass(pair.a) + inverseMass(pair.b)
        rate = max(rate, (k * mobility).squareRoot(), c * mobility)
      case .hertz(let modulus):
        let mobility = inverseMass(pair.a) + inverseMass(pair.b)
        rate = max(rate, (modulus * smallestSize * mobility).squareRoot())
      }
      if pair.law.stribeckSpeed > 0 {
        let drop = abs(pair.law.staticFriction - pair.law.kineticFriction)
        rate = max(rate, 0.858 * drop * pull / pair.law.stribeckSpeed)
      }
      rate = max(rate, pair.law.viscousFriction * pull)
      for body in [pair.a, pair.b] {
        switch setup.bodies[body].shape {
        case .bowl(let radius), .pipe(let radius): rate = max(rate, (pull / radius).squareRoot())
        default: break
        }
      }
    }
    if !setup.pairs.isEmpty { rate = max(rate, (pull / dynamics.length).squareRoot()) }
    return rate
  }

  private func dragRate(_ index: Int, speed: Double) -> Double {
    let body = setup.bodies[index]
    switch body.drag {
    case .none: return 0
    case .area(let coefficient, let area):
      return 0.5 * setup.fluidDensity * coefficient * area * speed / body.mass
    case .sphere(_, let diameter):
      let inertial = 0.5 * setup.fluidDensity * (Double.pi / 4 * diameter * diameter) * speed
      return (inertial + 3 * Double.pi * diameter * setup.fluidViscosity) / body.mass
    }
  }

  /// Time in which two bodies of finite size can neither meet, if they are apart, nor pass through
  /// each other, if they are near, in s.
  private func timeToPass(_ pair: ContactPair, _ evaluation: Evaluation) -> Double {
    let frames = evaluation.rows.frames
    let (a, b) = (setup.bodies[pair.a], setup.bodies[pair.b])
    let radius = dynamics.radii[pair.a] + dynamics.radii[pair.b]
    guard radius.isFinite else { return .infinity }
    let (twistA, twistB) = (frames.shapeTwist(pair.a, setup), frames.shapeTwist(pair.b, setup))
    var speed = (twistA.velocity - twistB.velocity).length
    for index in [pair.a, pair.b] {
      // a ball that turns sweeps nothing
      if case .sphere = setup.bodies[index].shape { continue }
      speed += dynamics.radii[index] * frames.twists[index].spin.length
    }
    let pull = (evaluation.linear[pair.a] - evaluation.linear[pair.b]).length
    let apart =
      (frames.shapePose(pair.a, setup).position - frames.shapePose(pair.b, setup).position).length
      - radius
    let way = max(a.shape.halfThickness + b.shape.halfThickness, apart)
    // from way = speed·t + ½·pull·t²
    let sum = speed + (speed * speed + 2 * pull * way).squareRoot()
    return sum > 0 ? 2 * way / sum : .infinity
  }

  private var smallestSize: Double {
    setup.bodies.map { $0.shape.size }.filter(\.isFinite).min() ?? 1
  }

  // MARK: Rest

  func isAtRest(_ evaluation: Evaluation) -> Bool {
    let level = dynamics.accelerationNoise(evaluation, noise)
    return setup.bodies.indices.allSatisfy { index in
      guard !setup.bodies[index].isPrescribed else { return true }
      let radius = dynamics.radii[index].isFinite ? dynamics.radii[index] : dynamics.length
      return state.velocities[index].length + radius * state.spins[index].length
        <= 1e3 * noise.speed
        && evaluation.linear[index].length <= level
        && radius * evaluation.angular[index].length <= level
    }
  }

  /// At rest, and nothing will change that.
  func restsForGood(_ evaluation: Evaluation) -> Bool {
    guard isAtRest(evaluation) else { return false }
    let isQuiet = setup.bodies.allSatisfy { !($0.motion?.isMoving ?? false) }
    let isLast = setup.loads.allSatisfy { load in
      !(load.from > state.time && load.from < options.duration)
        && !(load.until > state.time && load.until < options.duration)
    }
    return isQuiet && isLast
  }
}

extension Engine {
  /// Renews the directions of sliding at the start of a step, and whether they turn.
  mutating func aim(_ evaluation: Evaluation) {
    let frames = evaluation.rows.frames
    for (index, contact) in phase.contacts.enumerated() where contact.rolls {
      guard let rolling = evaluation.geometries[index]?.rolling else { continue }
      if rolling.length * dynamics.length > 1e6 * noise.speed {
        phase.contacts[index].rollingAxis = (1 / rolling.length) * rolling
      }
    }
    for (members, radius) in dynamics.patches(phase, evaluation.geometries)
    where phase.contacts[members[0]].slides {
      guard let geometry = evaluation.geometries[members[0]] else { continue }
      var (velocity, rate) = (Vector3.zero, Vector3.zero)
      for index in members {
        guard let corner = evaluation.geometries[index] else { continue }
        velocity = velocity + (1 / Double(members.count)) * corner.sliding
        rate = rate + (1 / Double(members.count)) * evaluation.slidingRate(corner)
      }
      let relative = frames.twist(geometry.a).spin - frames.twist(geometry.b).spin
      let turn = radius * relative.dot(geometry.normal)
      let turnRate =
        radius * evaluation.relativeAngular(geometry).dot(geometry.normal)
      let size = (velocity.dot(velocity) + turn * turn).squareRoot()
      var (direction, turning) = (phase.contacts[members[0]].direction, 0.0)
      // carried along a curved surface, a direction turns with the normal
      direction = direction - direction.dot(geometry.normal) * geometry.normal
      if radius > 0 { turning = phase.contacts[members[0]].turning / radius }
      let norm = (direction.dot(direction) + turning * turning).squareRoot()
      if norm > 0 { (direction, turning) = ((1 / norm) * direction, turning / norm) }
      // a direction is renewed when the velocity has left it by more than rounding
      let (dv, dt) = (velocity - size * direction, turn - size * turning)
      if size > 1e3 * noise.speed,
        dv.dot(dv) + dt * dt > 1e-28 * size * size + 1e-6 * noise.speed * noise.speed
      {
        (direction, turning) = ((1 / size) * velocity, turn / size)
      }
      // the part of the acceleration across the direction
      let along = rate.dot(direction) + turnRate * turning
      let across = rate - along * direction
      let acrossTurn = turnRate - along * turning
      let turnsBy = (across.dot(across) + acrossTurn * acrossTurn).squareRoot()
      // what is left of a slide at 1e-6 of the scene's speed is 1e-12 of its size
      // (a direction that is kept does not relax any more, so what is kept must be near rounding)
      let rounding = max(1e-2 * noise.acceleration, dynamics.solverNoise(evaluation))
      let isStraight = turnsBy <= max(1e-12 * abs(along), rounding) || size < 1e6 * noise.speed
      for index in members {
        phase.contacts[index].direction = direction
        phase.contacts[index].turning = turning * radius
        phase.contacts[index].isStraight = isStraight
      }
    }
  }
}

extension Dynamics {
  /// Acceleration of a contact point per force there, at most, in 1/kg.
  func mobility(_ geometry: ContactGeometry, isPatch: Bool = false) -> Double {
    var sum = 0.0
    for (body, arm) in [(geometry.a, geometry.armA), (geometry.b, geometry.armB)]
    where body >= 0 && !setup.bodies[body].isPrescribed {
      let i = setup.bodies[body].inertia
      sum += 1 / mass[6 * body]
      // a face does not tip
      if isPatch { continue }
      sum += arm.dot(arm) / min(i.x, i.y, i.z)
    }
    return sum
  }
}

extension Evaluation {
  /// Rate of the sliding velocity at a contact, along the surface, in m/s².
  func slidingRate(_ geometry: ContactGeometry) -> Vector3 {
    let rate =
      linear(geometry.a) - linear(geometry.b) + turning(geometry.a, geometry.armA)
      - turning(geometry.b, geometry.armB) + geometry.carried
    return rate - rate.dot(geometry.normal) * geometry.normal
  }

  func relativeAngular(_ geometry: ContactGeometry) -> Vector3 {
    func angular(_ body: Int) -> Vector3 {
      guard body >= 0, !rows.frames.isPrescribed[body] else { return .zero }
      return rows.frames.rotations[body].toWorld(self.angular[body])
    }
    return angular(geometry.a) - angular(geometry.b)
  }

  func linear(_ body: Int) -> Vector3 { body < 0 ? .zero : linear[body] }

  /// Acceleration of a point at `arm` by the rate of the spin, world axes.
  func turning(_ body: Int, _ arm: Vector3) -> Vector3 {
    guard body >= 0 else { return .zero }
    if rows.frames.isPrescribed[body] {
      return rows.frames.accelerations[body].spin.cross(arm)
    }
    return rows.frames.rotations[body].toWorld(angular[body]).cross(arm)
  }
}
