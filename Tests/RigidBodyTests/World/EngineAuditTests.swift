import Foundation
import RigidBody
import Testing

@Suite("Engine: audits of a run")
struct EngineAuditTests {
  /// A box that is thrown on a floor, bounces, slides, tumbles and comes to rest.
  func tumble(_ restitution: Double = 0.4) -> Scene {
    var scene = Scene()
    scene.add(
      .box(half: Vector3(x: 0.05, y: 0.1, z: 0.15)), at: 0.5 * .unitZ,
      turned: Quaternion(rotationVector: Vector3(x: 0.3, y: 0.4, z: 0.2)),
      velocity: Vector3(x: 1, y: 0.3, z: 0), spin: Vector3(x: 1, y: 2, z: 3))
    scene.fix(.plane)
    scene.pair(0, 1, ContactLaw(staticFriction: 0.3, restitution: restitution))
    return scene
  }

  // Fails if any sink of energy is missing or counted twice: what came in and what went out, with
  // friction that turns and steps of level 1 (order 6: 1e-7 of the fall).
  @Test("the balance of energy closes", arguments: [0.0, 0.4])
  func energy(restitution: Double) throws {
    for level in 0...1 {
      let log = try tumble(restitution).run(for: 1, level: level)
      note(
        "energy", restitution, level, log.ledger, log.events.count, log.steps, log.notes,
        log.largestPenetration)
      let bound = level == 0 ? 1e-4 : 1e-6
      #expect(abs(log.ledger.residual) < bound * log.ledger.initial)
      #expect(log.ledger.frictionHeat >= 0)
      #expect(log.largestPenetration < 1e-10)
    }
  }

  // Fails if forces in a sample are not those that accelerate the bodies: m·a = m·g + ΣF in every
  // report, and the internal forces cancel.
  @Test("forces are rates of momentum")
  func momentum() throws {
    var scene = tumble()
    scene.add(
      .sphere(radius: 0.08), mass: 3, at: Vector3(x: 0.3, y: 0.1, z: 0.7), velocity: -1 * .unitX)
    scene.pair(0, 2, ContactLaw(staticFriction: 0.2, restitution: 0.3))
    scene.pair(2, 1, ContactLaw(staticFriction: 0.3, restitution: 0.5))
    scene.join(.spring(stiffness: 40, damping: 1, length: 0.2), 2, 0)
    let times = (1...40).map { 0.02 * Double($0) }
    let log = try scene.run(for: 0.8, reports: times)
    try #require(log.reports.count == 40)
    var worst = 0.0
    for sample in log.reports {
      for (body, mass) in [(0, 1.0), (2, 3)] {
        var force = mass * scene.setup.gravity
        for (i, pair) in scene.setup.pairs.enumerated() {
          if pair.a == body { force = force + sample.contactForces[i] }
          if pair.b == body { force = force - sample.contactForces[i] }
        }
        for (i, joint) in scene.setup.joints.enumerated() {
          if joint.a == body { force = force + sample.jointForces[i] }
          if joint.b == body { force = force - sample.jointForces[i] }
        }
        worst = max(worst, (mass * sample.accelerations[body].velocity - force).length)
      }
    }
    note("momentum", worst, log.momentumResidual)
    #expect(worst < 1e-10)
  }

  // Fails if reports are not at their times, or lie beside the path: a throw is known everywhere.
  @Test("reports, extremes and crossings of a throw")
  func observer() throws {
    var scene = Scene(gravity: 10)
    scene.add(.sphere(radius: 0.1), velocity: Vector3(x: 1, y: 0, z: 5))
    let height = Watch(name: "z", integrates: true) { $0.state.poses[0].position.z }
    let less = Watch(name: "z − 1") { $0.state.poses[0].position.z - 1 }
    let log = try scene.run(
      for: 1.2, reports: [0, 0.3, 0.7, 1.2], watches: [height], crossings: [less])
    #expect(log.reports.map(\.state.time) == [0, 0.3, 0.7, 1.2])
    for sample in log.reports {
      let t = sample.state.time
      #expect(abs(sample.state.poses[0].position.z - (5 * t - 5 * t * t)) < 1e-14)
    }
    let top = log.extremes[0]
    note(
      "observer", top.maximum - 1.25, top.timeOfMaximum - 0.5, top.minimum + 1.2,
      top.integral - (3.6 - 2.88), log.crossings[0].map(\.time))
    #expect(abs(top.maximum - 1.25) < 1e-14)
    #expect(abs(top.timeOfMaximum - 0.5) < 1e-7)
    #expect(abs(top.minimum + 1.2) < 1e-14)
    // Simpson is exact for a parabola
    #expect(abs(top.integral - (2.5 * 1.44 - 5.0 / 3 * 1.728)) < 1e-13)
    let roots = [0.5 - 0.05.squareRoot(), 0.5 + 0.05.squareRoot()]
    try #require(log.crossings[0].count == 2)
    for (crossing, root) in zip(log.crossings[0], roots) {
      #expect(abs(crossing.time - root) < 1e-14)
    }
    #expect(log.crossings[0].map(\.isRising) == [true, false])
  }

  // Fails if a load acts too long or too short: it is met at its instants, so velocities are exact.
  @Test("loads that begin and end")
  func loads() throws {
    var scene = Scene(gravity: 0)
    scene.add(.sphere(radius: 0.1), mass: 2)
    scene.setup.loads = [
      AppliedLoad(body: 0, force: 3 * .unitX, from: 0.123, until: 0.789),
      AppliedLoad(body: 0, torque: 0.5 * .unitZ, from: 0.3, until: 0.4),
    ]
    let log = try scene.run(for: 1)
    note("loads", log.velocity(0).x - 0.999, log.events.map { "\($0.kind) \($0.time)" })
    #expect(abs(log.velocity(0).x - 1.5 * 0.666) < 1e-14)
    #expect(abs(log.spin(0).z - 0.05 / (0.4 * 2 * 0.01)) < 1e-12)
    #expect(log.events(.load).map(\.time) == [0.123, 0.3, 0.4, 0.789])
  }

  // Fails if the same run gives other bits a second time.
  @Test("two runs give the same bits")
  func repeats() throws {
    let (a, b) = (try tumble().run(for: 0.6), try tumble().run(for: 0.6))
    #expect(a.end.state == b.end.state)
    #expect(a.events.map(\.time) == b.events.map(\.time))
  }
}
