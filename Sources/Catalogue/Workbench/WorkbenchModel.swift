// A workbench scene without its numbers: which input plays which part, and choices of law.

import Experience
import RigidBody

struct WorkbenchModel: Sendable {
  /// Indices of three inputs.
  typealias Triple = [Int]

  enum Shape: Sendable {
    case sphere(Int)
    case box(Triple)
    case capsule(radius: Int, length: Int)
    case cylinder(radius: Int, length: Int)
    case plane
    case convex([Triple])
    case bowl(Int)
    case pipe(Int)

    var isUnbounded: Bool {
      switch self {
      case .plane, .bowl, .pipe: true
      default: false
      }
    }
  }

  enum Heaviness: Sendable {
    case none
    case mass(Int)
    case density(Int)
  }

  enum Attitude: Sendable {
    case none
    case angles(Triple)
    case quaternion([Int])
  }

  enum Drag: Sendable {
    case none
    case sphere
    case area(coefficient: Int, area: Int)
  }

  enum Motion: Sendable {
    case fixed
    case steady(velocity: Triple, spin: Triple)
    case sinusoid(direction: Vector3, amplitude: Int, frequency: Int, phase: Int)
    case table(direction: Vector3, times: [Int], displacements: [Int])
  }

  struct Body: Sendable {
    var name: String
    var shape: Shape
    var heaviness: Heaviness
    var inertia: Triple?
    var position: Triple
    var attitude: Attitude
    var velocity: Triple
    var spin: Triple
    var drag: Drag
    var motion: Motion?
  }

  enum Compliance: Sendable {
    case none
    case hertz(modulus: Int)
    case material(modulus: Int, poisson: Int)
    case linear(stiffness: Int, damping: Int)
  }

  struct Law: Sendable {
    var staticFriction: Int
    var kineticFriction: Int?
    var stribeckSpeed: Int?
    var viscousFriction: Int?
    var restitution: Int
    var grip: Int
    var rollingResistance: Int
    var spinningResistance: Int
    var impactLaw: ContactLaw.ImpactLaw
    var compliance: Compliance
  }

  struct Pair: Sendable {
    var a: Int
    var b: Int
    /// Index into `laws`.
    var law: Int
  }

  enum Anchors: Sendable {
    /// Nothing was said: the centres of mass.
    case centres
    /// One point in world axes at the start.
    case world(Triple)
    /// One point in the axes of each body.
    case own(Triple, Triple)
  }

  struct Joint: Sendable {
    var name: String
    /// Word of the format.
    var kind: String
    /// Index of a body, or −1 for the world.
    var a: Int
    var b: Int
    var anchors: Anchors
    /// World axes at the start.
    var axisA: Vector3
    var axisB: Vector3
    var length: Int?
    var stiffness: Int?
    var damping: Int?
    var rate: Int?
    var torque: Int?
    var radiusA: Int?
    var radiusB: Int?

    /// Whether the anchors have to coincide.
    var pinsAnchors: Bool { ["hinge", "ball", "weld", "motor", "slider"].contains(kind) }
  }

  struct Load: Sendable {
    var body: Int
    var force: Triple
    var torque: Triple
    var point: Triple
    var from: Int
    var until: Int?
  }

  var bodies: [Body] = []
  var laws: [Law] = []
  var pairs: [Pair] = []
  var joints: [Joint] = []
  var loads: [Load] = []
  /// Components of the gravity vector, and beside it a downward one.
  var gravity: Triple = []
  var downwardGravity: Int?
  var fluid: (density: Int, viscosity: Int)?
  var hasBuoyancy = true
  var hasAddedMass = true
  var frameSpin: Triple = []
  var impactOrder = RunOptions.ImpactOrder.sequential
  /// In s.
  var duration = 10.0
  var measures: [WorkbenchMeasure] = []

  func body(named name: String) -> Int? { bodies.firstIndex { $0.name == name } }
}
