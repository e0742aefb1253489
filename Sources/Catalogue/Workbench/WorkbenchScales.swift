// Sizes that the accuracy and the noise of a measure refer to: the largest of its kind in a run.

import RigidBody

struct WorkbenchScales {
  /// In m.
  private(set) var length: Double
  /// In m/s.
  private(set) var speed = 0.0
  /// In rad/s.
  private(set) var spin = 0.0
  /// In m/s².
  private(set) var acceleration = 0.0
  /// In N.
  private(set) var force = 0.0
  /// In J.
  private(set) var energy = 0.0
  /// In kg.
  private var mass = 0.0
  /// In s.
  private(set) var time = 0.0

  init(_ log: RunLog, _ world: WorkbenchWorld, size: Double) {
    length = size
    let free = world.setup.bodies.indices.filter { !world.setup.bodies[$0].isPrescribed }
    let samples =
      [log.start, log.end] + log.reports + log.events.flatMap { [$0.before, $0.after] }
    mass = free.reduce(0) { $0 + world.setup.bodies[$1].mass }
    for sample in samples {
      for index in free {
        let (pose, twist) = (sample.state.poses[index], sample.state.twists[index])
        length = max(length, (pose.position - world.start.poses[index].position).length)
        speed = max(speed, twist.velocity.length)
        spin = max(spin, twist.spin.length)
        if index < sample.accelerations.count {
          acceleration = max(acceleration, sample.accelerations[index].velocity.length)
        }
      }
      force = max(force, (sample.contactForces + sample.jointForces).map(\.length).max() ?? 0)
    }
    let pull = world.setup.gravity.length
    speed = max(speed, (pull * size).squareRoot(), 1e-300)
    let radius = free.map { world.setup.bodies[$0].shape.extent }.filter(\.isFinite).max() ?? size
    spin = max(spin, speed / max(radius, 1e-300))
    acceleration = max(acceleration, pull)
    force = max(force, mass * pull, 1e-300)
    let ledger = log.ledger
    let losses = [
      ledger.workOfLoads, ledger.workOfMotions, ledger.frictionHeat, ledger.dampingHeat,
      ledger.impactLoss,
    ]
    // energies above the zero of the weight: only what changes counts
    energy = max(0.5 * mass * speed * speed, losses.map(abs).max() ?? 0, 1e-300)
    time = max(length, 1e-300) / speed
  }

  func scale(of quantity: WorkbenchQuantity) -> Double {
    switch quantity {
    case .position, .distance: length
    case .velocity, .speed: speed
    case .spin: spin
    case .attitude, .jointAngle: 1
    case .energy, .kineticEnergy: energy
    case .momentum: mass * speed
    case .angularMomentum: mass * speed * length
    case .contactForce, .jointForce: force
    case .period, .time: 0
    case .occurs, .count: 1
    }
  }

  /// How fast a quantity can change, for the noise of an event's time.
  func rate(of quantity: WorkbenchQuantity) -> Double {
    switch quantity {
    case .position, .distance: speed
    case .velocity, .speed: acceleration
    case .attitude, .jointAngle: spin
    case .energy, .kineticEnergy: mass * speed * acceleration
    case .momentum: mass * acceleration
    default: scale(of: quantity) / max(time, 1e-300)
    }
  }
}
