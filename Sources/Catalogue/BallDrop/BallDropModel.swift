// Which input plays which part in a ball drop: indices into the list of inputs, and choices of law.

import RigidBody

/// The set-up of a ball drop without its numbers.
struct BallDropModel: Sendable {
  enum Heaviness: Sendable {
    case mass(Int)
    case density(Int)
  }
  enum Gravity: Sendable {
    case down(Int)
    case vector([Int])
    case central(parameter: Int, radius: Int)
  }
  enum Drag: Sendable {
    case law(SphereDrag)
    case coefficient(Int)
  }
  enum RestitutionInput: Sendable {
    case constant(Int)
    case viscoelastic(modulus: Int, dissipation: Int)
    case huntCrossley(damping: Int)
    case springDashpot(ratio: Int)
  }
  enum Friction: Sendable {
    case isotropic(Int)
    case elliptic(along: Int, across: Int, angle: Double)
  }

  let diameter: Int
  let heaviness: Heaviness
  let isShell: Bool
  let height: Int
  let velocity: [Int]
  let spin: [Int]
  let tilt: Int
  let grip: Int
  let rollingResistance: Int
  /// In s.
  let duration: Double
  var gravity = Gravity.down(0)
  var fluid: (density: Int, viscosity: Int)?
  var drag = Drag.law(.morrison)
  var hasBuoyancy = true
  var hasAddedMass = true
  /// Whether the liquid remembers the motion (Basset); then nothing but a plumb fall is modelled.
  var hasHistory = false
  var frameSpin: [Int] = []
  var restitution = RestitutionInput.constant(0)
  /// Approach speeds for which the restitution was made, in m/s.
  var speeds: ClosedRange<Double>?
  var friction = Friction.isotropic(0)
}
