// The quantities that a measure can name.

import Experience

enum WorkbenchQuantity: String, Sendable, CaseIterable {
  case position, velocity, speed, spin, attitude, energy
  case kineticEnergy = "kinetic-energy"
  case momentum
  case angularMomentum = "angular-momentum"
  case contactForce = "contact-force"
  case jointForce = "joint-force"
  case jointAngle = "joint-angle"
  case period, time, occurs, count, distance

  /// What a measure of the quantity needs beside its moment.
  enum Subject: Sendable { case body, bodyOrAll, contact, joint, swing, event, bodyOrTwo }

  var subject: Subject {
    switch self {
    case .position, .velocity, .speed, .spin, .attitude: .body
    case .energy, .kineticEnergy, .momentum, .angularMomentum: .bodyOrAll
    case .contactForce: .contact
    case .jointForce, .jointAngle: .joint
    case .period: .swing
    case .time, .occurs, .count: .event
    case .distance: .bodyOrTwo
    }
  }

  var isVector: Bool {
    switch self {
    case .position, .velocity, .spin, .attitude, .momentum, .angularMomentum, .contactForce,
      .jointForce:
      true
    // of one body: how far it is from its start
    case .distance: true
    default: false
    }
  }

  var unit: (symbol: String, dimension: Dimension) {
    switch self {
    case .position, .distance: ("m", .length)
    case .velocity, .speed: ("m/s", .speed)
    case .spin: ("rad/s", .angularSpeed)
    case .attitude, .jointAngle: ("rad", .angle)
    case .energy, .kineticEnergy: ("J", .energy)
    case .momentum: ("kg.m/s", WorkbenchKinds.momentumDimension)
    case .angularMomentum: ("kg.m^2/s", WorkbenchKinds.angularMomentumDimension)
    case .contactForce, .jointForce: ("N", .force)
    case .period, .time: ("s", .time)
    case .occurs, .count: ("1", .none)
    }
  }

  /// One sentence for reference pages.
  var about: String {
    switch self {
    case .position: "place of the centre of mass, or of a point of the body, in world axes"
    case .velocity: "velocity of the centre of mass, or of a point of the body, in world axes"
    case .speed: "length of that velocity"
    case .spin: "angular velocity in world axes"
    case .attitude:
      "turns about the body's own x, then y, then z; without a component the angle of the turn from world axes"
    case .energy:
      "energy of motion and of weight against the world's origin; of the whole scene with that of springs"
    case .kineticEnergy: "energy of motion and of spin"
    case .momentum: "mass times velocity of the centre of mass, of one body or of all that move"
    case .angularMomentum: "about the world's origin, of one body or of all that move"
    case .contactForce:
      "force on the body from its contacts, or from the contact named by `between`"
    case .jointForce: "force that the joint puts on the body named in `of`, or on its first body"
    case .jointAngle:
      "turn of the joint's second body against its first about the axis since the start; counts whole turns"
    case .period: "time from one turning point of the swing to the next one of the same side"
    case .time: "time from the start to the event"
    case .occurs: "event named happens before the time given"
    case .count: "number of events before the time given"
    case .distance:
      "distance of the centres of mass of two bodies, or of one body from where it started"
    }
  }

  /// The outcome that a measure of this quantity makes by default: what `plumbline list outcomes`
  /// shows.
  var definition: OutcomeDefinition {
    if self == .occurs { return OutcomeDefinition(event: rawValue, about) }
    let (symbol, dimension) = unit
    return OutcomeDefinition(
      rawValue, unit: symbol, dimension, isCount: self == .count,
      minimum: self == .energy || self == .jointAngle ? nil : 0, about)
  }
}
