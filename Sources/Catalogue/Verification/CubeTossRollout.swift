// A toss replayed from its first row by the contact engine.
//
// Model       one rigid cube with one moment of inertia above a fixed level plane; Coulomb friction and a
//             constant coefficient of restitution at the corners; no drag (below 1e-3 of the weight)
// Validity    what the engine's contact law covers; nothing is known of the world but the fit
// Checked by  CubeTossFlightTests: exact free flight, and a cube that lands flat

import RigidBody

/// What is the same for all tosses.
public struct CubeTossModel: Sendable, Hashable {
  public var friction: Double
  public var restitution: Double
  /// True length over recorded length.
  public var scale: Double
  public var impactLaw: ContactLaw.ImpactLaw

  public init(
    friction: Double, restitution: Double, scale: Double,
    impactLaw: ContactLaw.ImpactLaw = .newton
  ) {
    (self.friction, self.restitution) = (friction, restitution)
    (self.scale, self.impactLaw) = (scale, impactLaw)
  }
}

/// Poses at the times of the rows, and what the run said about itself.
struct CubeTossRollout: Sendable {
  /// Empty if the engine refused.
  var poses: [Pose]
  /// Speed of the centre just before the first contact, in m/s.
  var impactSpeed: Double?
  /// Energy that is not accounted for over the energy at the start; and the largest certificate.
  var residual = 0.0
  var certificate = 0.0
  var isUnresolved = false
}

extension CubeTossModel {
  func rollout(
    from start: CubeTossStart, rows: Int, _ setup: CubeTossSetup
  ) -> CubeTossRollout {
    let half = setup.halfWidth
    let cube = Body(
      name: "cube", shape: .box(half: Vector3(x: half, y: half, z: half)), mass: setup.mass,
      inertia: Vector3(x: setup.inertia, y: setup.inertia, z: setup.inertia))
    let board = Body(name: "board", shape: .plane, motion: .fixed)
    let law = ContactLaw(
      staticFriction: friction, restitution: restitution, impactLaw: impactLaw)
    let world = WorldSetup(
      bodies: [cube, board], pairs: [ContactPair(a: 0, b: 1, law: law)],
      gravity: Vector3(x: 0, y: 0, z: -setup.gravity))
    let times = (0..<rows).map { Double($0) / setup.rate }
    let state = WorldState(
      poses: [start.pose, Pose(position: .zero)], twists: [start.twist, .zero])
    let options = RunOptions(duration: times.last ?? 0, reportTimes: times)
    do throws(EngineProblem) {
      var engine = try Engine(setup: world, start: state, options: options)
      let log = try engine.run()
      let first = log.events.first { $0.kind == .contact }
      return CubeTossRollout(
        poses: log.reports.map { $0.state.poses[0] },
        impactSpeed: first?.before.state.twists[0].velocity.length,
        residual: log.ledger.residual / max(log.ledger.initial.magnitude, 1e-12),
        certificate: log.largestCertificate, isUnresolved: log.isUnresolved)
    } catch {
      return CubeTossRollout(poses: [], impactSpeed: nil, isUnresolved: true)
    }
  }
}
