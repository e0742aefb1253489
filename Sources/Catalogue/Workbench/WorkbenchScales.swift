// Sizes that the accuracy and the noise of a measure refer to: the largest of its kind in a run up to
// the time at which it is decided, so that what happens later does not loosen it.

import RigidBody

struct WorkbenchScales {
  /// Largest values of a run up to a time.
  struct Sizes {
    /// In m.
    var length: Double
    /// In m/s.
    var speed: Double
    /// In rad/s.
    var spin: Double
    /// In m/s².
    var acceleration: Double
    /// In N.
    var force: Double

    func merged(with other: Sizes) -> Sizes {
      Sizes(
        length: max(length, other.length), speed: max(speed, other.speed),
        spin: max(spin, other.spin), acceleration: max(acceleration, other.acceleration),
        force: max(force, other.force))
    }
  }

  /// In ascending order of time; each entry holds what has been up to its time.
  private var course: [(time: Double, sizes: Sizes)] = []
  /// What holds without any motion.
  private let floor: Sizes
  /// In kg.
  private let mass: Double
  /// Radius of the largest body, in m.
  private let radius: Double
  /// In J: energies that the ledger's residual is compared with.
  let energy: Double

  init(_ log: RunLog, _ world: WorkbenchWorld, size: Double) {
    let setup = world.setup
    let free = setup.bodies.indices.filter { !setup.bodies[$0].isPrescribed }
    let mass = free.reduce(0) { $0 + setup.bodies[$1].mass }
    let extent = free.map { setup.bodies[$0].shape.extent }.filter(\.isFinite).max() ?? size
    let pull = setup.gravity.length
    floor = Sizes(
      length: size, speed: max((pull * size).squareRoot(), 1e-300), spin: 0,
      acceleration: pull, force: max(mass * pull, 1e-300))
    (self.mass, radius) = (mass, max(extent, 1e-300))

    let samples =
      [log.start] + log.reports + log.events.flatMap { [$0.before, $0.after] } + [log.end]
    var sizes = floor
    for sample in samples.sorted(by: { $0.state.time < $1.state.time }) {
      sizes = sizes.merged(with: WorkbenchScales.sizes(of: sample, world, free))
      course.append((sample.state.time, sizes))
    }
    let ledger = log.ledger
    let losses = [
      ledger.workOfLoads, ledger.workOfMotions, ledger.frictionHeat, ledger.dampingHeat,
      ledger.impactLoss,
    ]
    energy = max(0.5 * mass * sizes.speed * sizes.speed, losses.map(abs).max() ?? 0, 1e-300)
  }

  private static func sizes(
    of sample: WorldSample, _ world: WorkbenchWorld, _ free: [Int]
  ) -> Sizes {
    var sizes = Sizes(length: 0, speed: 0, spin: 0, acceleration: 0, force: 0)
    for index in free {
      let (pose, twist) = (sample.state.poses[index], sample.state.twists[index])
      sizes.length = max(
        sizes.length, (pose.position - world.start.poses[index].position).length)
      sizes.speed = max(sizes.speed, twist.velocity.length)
      sizes.spin = max(sizes.spin, twist.spin.length)
      if index < sample.accelerations.count {
        sizes.acceleration = max(
          sizes.acceleration, sample.accelerations[index].velocity.length)
      }
    }
    for force in sample.contactForces + sample.jointForces {
      sizes.force = max(sizes.force, force.length)
    }
    return sizes
  }

  /// Sizes up to a time; NaN: of the whole run.
  private func sizes(_ time: Double) -> Sizes {
    guard !time.isNaN else { return course.last?.sizes ?? floor }
    return course.last { $0.time <= time }?.sizes ?? floor
  }

  /// A time in which something of the size of the scene moves, in s.
  func duration(_ time: Double) -> Double {
    let sizes = sizes(time)
    return max(sizes.length, 1e-300) / sizes.speed
  }

  /// What an accuracy of a quantity refers to at least.
  func scale(of quantity: WorkbenchQuantity, until time: Double) -> Double {
    let sizes = sizes(time)
    // a spin of rounding is none
    let rolling = sizes.speed / radius
    let spin = sizes.spin > 1e-9 * rolling ? sizes.spin : rolling
    switch quantity {
    case .position, .distance: return sizes.length
    case .velocity, .speed: return sizes.speed
    case .spin: return spin
    case .attitude, .jointAngle, .occurs, .count: return 1
    case .energy, .kineticEnergy: return max(0.5 * mass * sizes.speed * sizes.speed, 1e-300)
    case .momentum: return mass * sizes.speed
    case .angularMomentum: return mass * sizes.speed * sizes.length
    case .contactForce, .jointForce: return sizes.force
    case .period, .time: return 0
    }
  }

  /// What its noise refers to at least: spins follow from speeds at the surface.
  func noise(of quantity: WorkbenchQuantity, until time: Double) -> Double {
    let sizes = sizes(time)
    let scale = scale(of: quantity, until: time)
    return quantity == .spin ? max(scale, sizes.speed / radius) : scale
  }

  /// How fast it can change, for the noise of an event's time.
  func rate(of quantity: WorkbenchQuantity, until time: Double) -> Double {
    let sizes = sizes(time)
    switch quantity {
    case .position, .distance: return sizes.speed
    case .velocity, .speed: return sizes.acceleration
    case .attitude, .jointAngle: return max(sizes.spin, sizes.speed / radius)
    case .energy, .kineticEnergy: return mass * sizes.speed * sizes.acceleration
    case .momentum: return mass * sizes.acceleration
    default: return scale(of: quantity, until: time) / max(duration(time), 1e-300)
    }
  }
}
