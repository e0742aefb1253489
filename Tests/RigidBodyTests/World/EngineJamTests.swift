import Foundation
import RigidBody
import Testing

@Suite("Engine: slides that jam")
struct EngineJamTests {
  let gravity = 9.80665

  // Fails if a run hangs, gives up or invents energy where rigid friction has no accelerations
  // (Painlevé): a cube of edge a that slides at v with 1 + 1.5(1 − μ) < 0 stops at once about its front
  // edge, spin 3v/(4a), loss m·v²·5/16; then it falls back without bounce. Turned scenes alike.
  @Test(
    "a cube stops about its front edge",
    arguments: [(1.7, 0.0), (1.9, 0), (2, 0), (3, 0.5), (10, 0), (1e3, 0), (1e6, 0.5)])
  func cube(friction: Double, heading: Double) throws {
    let (edge, mass, speed) = (1.0, 2.0, 3.0)
    let turn = Quaternion(.unitZ, heading)
    var scene = Scene(gravity: gravity)
    scene.add(
      .box(half: 0.5 * edge * Vector3(x: 1, y: 1, z: 1)), mass: mass, at: 0.5 * edge * .unitZ,
      turned: turn, velocity: turn.rotate(speed * .unitX))
    scene.fix(.plane)
    scene.pair(0, 1, ContactLaw(staticFriction: friction))
    let log = try scene.run(for: 1e-3)
    let spin = 0.75 * speed / edge
    let energy = mass * (edge * edge / 3) * spin * spin
    note("jam", friction, log.spin(0).length / spin - 1, log.ledger.residual, log.notes)
    #expect(log.hadJam && !log.isUnresolved && log.notes.count == 1)
    #expect(abs(log.ledger.impactLoss / (mass * speed * speed * 5 / 16) - 1) < 1e-9)
    #expect(abs(log.ledger.residual) < 1e-9 * energy)
    // gravity slows it by g·(a/2)/(2a²/3)·t
    let slowed = spin - 0.75 * gravity / edge * 1e-3
    #expect(abs(log.spin(0).length / slowed - 1) < 1e-5)
    // the front edge does not move: the centre runs round it
    let front = Vector3(x: 0.5 * edge, y: 0, z: -0.5 * edge)
    let arm = scene.start.poses[0].orientation.rotate(front)
    let velocity = log.velocity(0) + log.spin(0).cross(arm)
    #expect(velocity.length < 1e-2 * speed)
  }

  // Fails if a jam depends on who moves: the same cube at rest, laid on a belt that runs at −v.
  @Test("a cube jams on a belt as it does on the floor", arguments: [2.0, 10])
  func belt(friction: Double) throws {
    let speed = 3.0
    var scene = Scene(gravity: gravity)
    scene.add(.box(half: Vector3(x: 0.5, y: 0.5, z: 0.5)), at: 0.5 * .unitZ)
    scene.fix(.plane)
    scene.setup.bodies[1].motion = .steady(velocity: -speed * .unitX, spin: .zero)
    scene.pair(0, 1, ContactLaw(staticFriction: friction))
    let log = try scene.run(for: 1e-3)
    note("jam on a belt", friction, log.spin(0).length, log.ledger.residual, log.notes)
    #expect(log.hadJam && !log.isUnresolved)
    #expect(abs(log.ledger.impactLoss / (speed * speed * 5 / 16) - 1) < 1e-9)
    #expect(abs(log.ledger.residual) < 1e-9)
    #expect(abs(log.spin(0).length / (0.75 * speed - 0.75 * gravity * 1e-3) - 1) < 1e-5)
  }

  // Fails if a slide is ended where it has accelerations: below the limit of 5/3 it goes on.
  @Test("a cube slides on below the limit", arguments: [0.9, 1.5, 1.66])
  func below(friction: Double) throws {
    var scene = Scene(gravity: gravity)
    scene.add(
      .box(half: Vector3(x: 0.5, y: 0.5, z: 0.5)), at: 0.5 * .unitZ, velocity: 3 * .unitX)
    scene.fix(.plane)
    scene.pair(0, 1, ContactLaw(staticFriction: friction))
    let log = try scene.run(for: 1e-5)
    #expect(!log.hadJam && !log.isUnresolved)
    // on the front edge alone N = m·g/(1 + 1.5(1 − μ)) once it tips, m·g before
    let load = friction > 1 ? 1 / (1 + 1.5 * (1 - friction)) : 1
    let slowed = 3 - friction * load * gravity * 1e-5
    note("below", friction, log.velocity(0).x - slowed)
    #expect(abs(log.velocity(0).x - slowed) < 2e-3 * (3 - slowed) + 1e-12)
  }
}
