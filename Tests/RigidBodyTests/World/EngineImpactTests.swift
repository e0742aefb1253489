import ClosedForms
import Foundation
import RigidBody
import Testing

@Suite("Engine: impacts")
struct EngineImpactTests {
  let gravity = 9.80665

  // Fails if e is applied to a speed from before or after the instant of contact, or if masses enter
  // wrongly. Momentum and relative speed by hand; a few roundings.
  @Test("two spheres give e back", arguments: [0, 0.25, 0.5, 0.75, 1])
  func spheres(restitution: Double) throws {
    var scene = Scene(gravity: 0)
    scene.add(.sphere(radius: 0.1), mass: 1, velocity: 3 * .unitX)
    scene.add(.sphere(radius: 0.2), mass: 5, at: .unitX, velocity: -1 * .unitX)
    scene.pair(0, 1, ContactLaw(restitution: restitution))
    let log = try scene.run(for: 1)
    let (a, b) = (log.velocity(0).x, log.velocity(1).x)
    note("spheres", restitution, (b - a) / 4 - restitution, a + 5 * b + 2)
    #expect(abs((b - a) / 4 - restitution) < 1e-14)
    #expect(abs(a + 5 * b + 2) < 1e-14)
    let hit = try #require(log.events(.contact).first)
    // located at a gap of −1e-12 of the larger ball
    #expect(abs(hit.time - 0.7 / 4) < 1.01e-12 * 0.2 / 4)
    #expect(abs(hit.impulse - (1 + restitution) * 4 * 5 / 6) < 1e-13)
    let loss = 0.5 * (1 - restitution * restitution) * 16 * 5 / 6
    #expect(abs(log.ledger.impactLoss - loss) < 1e-13)
  }

  // Fails if the four corners of a face share an impact so that the box turns or loses speed.
  @Test("a box that falls flat gives e back", arguments: [0, 0.3, 0.9, 1])
  func flatBox(restitution: Double) throws {
    var scene = Scene(gravity: gravity)
    scene.add(.box(half: Vector3(x: 0.2, y: 0.1, z: 0.1)), at: 1.1 * .unitZ)
    scene.fix(.plane)
    scene.pair(0, 1, ContactLaw(staticFriction: 0.3, restitution: restitution))
    let fall = VacuumFall(gravity: gravity)
    let log = try scene.run(for: fall.fallTime(height: 1) + 0.01)
    let hit = try #require(log.events(.contact).first)
    let up = hit.after.state.twists[0]
    note(
      "flat box", restitution, up.velocity.z / fall.impactSpeed(height: 1) - restitution,
      up.spin.length)
    #expect(abs(up.velocity.z / fall.impactSpeed(height: 1) - restitution) < 1e-12)
    #expect(up.spin.length < 1e-11)
    #expect(abs(hit.time / fall.fallTime(height: 1) - 1) < 1e-12)
  }

  // Fails if the lever of an eccentric impact is wrong (BD28): J = (1 + e)·v/(1/m + c²/I) with c the
  // horizontal half length; the far end is driven down faster than the fall.
  @Test("a tilted rod", arguments: [0, 0.5, 1])
  func rod(restitution: Double) throws {
    let (angle, speed) = (Double.pi / 6, 3.0)
    var scene = Scene(gravity: 0)
    let radius = 1e-3
    // axis z of the capsule turned into the direction (cos, 0, sin)
    scene.add(
      .capsule(radius: radius, halfLength: 0.5), mass: 1,
      inertia: Vector3(x: 1.0 / 12, y: 1.0 / 12, z: 1e-7),
      at: (0.5 * sin(angle) + radius + 0.3) * .unitZ,
      turned: Quaternion(.unitY, 0.5 * Double.pi - angle), velocity: -speed * .unitZ)
    scene.fix(.plane)
    scene.pair(0, 1, ContactLaw(restitution: restitution))
    let log = try scene.run(for: 0.11)
    let hit = try #require(log.events(.contact).first)
    let after = hit.after.state.twists[0]
    let lever = 0.5 * cos(angle)
    let impulse = (1 + restitution) * speed / (1 + 12 * lever * lever)
    note(
      "rod", restitution, after.velocity.z + speed - impulse,
      abs(after.spin.y) - 12 * impulse * lever)
    #expect(abs(after.velocity.z - (impulse - speed)) < 1e-13)
    #expect(abs(abs(after.spin.y) - 12 * impulse * lever) < 1e-12)
    #expect(abs(hit.impulse - impulse) < 1e-13)
    // the end that was struck leaves with e·v
    let near = after.velocity(at: -0.5 * Vector3(x: cos(angle), y: 0, z: sin(angle)))
    #expect(abs(near.z - restitution * speed) < 1e-12)
  }

  // Fails if friction in an impact leaves its cone, stops at zero slip too early, or turns only one
  // of the balls (RB37): slip with μ·J_n below the impulse that would stop the slip, else grip.
  @Test("oblique spheres, slipping and gripping", arguments: [0.05, 0.1, 0.5])
  func oblique(friction: Double) throws {
    let (e, speed, angle) = (0.9, 2.0, Double.pi / 6)
    let normal = Vector3(x: cos(angle), y: sin(angle), z: 0)
    let tangent = Vector3(x: -sin(angle), y: cos(angle), z: 0)
    var scene = Scene(gravity: 0)
    scene.add(.sphere(radius: 0.03), at: -0.06 * normal - 0.5 * .unitX, velocity: speed * .unitX)
    scene.add(.sphere(radius: 0.03))
    scene.pair(0, 1, ContactLaw(staticFriction: friction, restitution: e))
    let log = try scene.run(for: 0.3)
    let (vn, vt) = (speed * cos(angle), -speed * sin(angle))
    let pushed = 0.5 * (1 + e) * vn
    // the slip is stopped by the impulse |v_t|/(2/m + 2 R²/I)
    let tangential = min(friction * pushed, abs(vt) / (2 * (1 + 2.5)))
    let target = log.velocity(1)
    note("oblique", friction, target.dot(normal) - pushed, target.dot(tangent) + tangential)
    #expect(abs(target.dot(normal) - pushed) < 1e-12)
    #expect(abs(target.dot(tangent) - (vt < 0 ? -tangential : tangential)) < 1e-12)
    // both balls get the same turn
    let spin = tangential * 0.03 / (0.4 * 0.03 * 0.03)
    #expect(abs(abs(log.spin(0).z) - spin) < 1e-10)
    #expect((log.spin(0) - log.spin(1)).length < 1e-10)
  }

  // Fails if tangential restitution is applied to the wrong velocity (Garwin's superball).
  @Test("a ball that grips", arguments: [-0.5, 0, 0.6, 1])
  func grips(grip: Double) throws {
    var scene = Scene(gravity: 0)
    let radius = 0.05
    scene.add(
      .sphere(radius: radius), at: 0.3 * .unitZ, velocity: Vector3(x: 2, y: 0, z: -3),
      spin: -40 * .unitY)
    scene.fix(.plane)
    scene.pair(0, 1, ContactLaw(staticFriction: 10, restitution: 0.8, grip: grip))
    let log = try scene.run(for: 0.1)
    let exact = GarwinBounce(inertiaFactor: 0.4, grip: grip).floor(
      velocity: 2, surfaceSpeed: -40 * radius)
    note(
      "grip", grip, log.velocity(0).x - exact.velocity, log.spin(0).y * radius - exact.surfaceSpeed,
      log.velocity(0).z - 2.4, log.largestCertificate, log.notes)
    #expect(abs(log.velocity(0).x - exact.velocity) < 1e-13)
    #expect(abs(log.spin(0).y * radius - exact.surfaceSpeed) < 1e-13)
    #expect(abs(log.velocity(0).z - 2.4) < 1e-13)
  }

  // Fails if impacts at one instant are solved in the wrong order (BD26): one after the other the
  // upper ball leaves with 8.080 m/s, all at once with that of the lower one, 3.410 m/s.
  @Test("a small ball on a large one")
  func cannon() throws {
    let (m1, m2, floor, between) = (0.6, 0.058, 0.77, 0.75)
    let speed = VacuumFall(gravity: gravity).impactSpeed(height: 1)
    var scene = Scene(gravity: gravity)
    scene.add(.sphere(radius: 0.12), mass: m1, at: 1.12 * .unitZ)
    scene.add(.sphere(radius: 0.033), mass: m2, at: (1.24 + 0.033) * .unitZ)
    scene.fix(.plane)
    scene.pair(0, 2, ContactLaw(restitution: floor))
    scene.pair(1, 0, ContactLaw(restitution: between))
    for (order, exact) in [
      (
        RunOptions.ImpactOrder.sequential,
        speed * (floor + m1 / (m1 + m2) * (1 + between) * (1 + floor) - 1 - floor)
          + speed * floor
      ), (.simultaneous, floor * speed),
    ] {
      let log = try scene.run(
        RunOptions(duration: 0.4517, stopsAtRest: false, impactOrder: order))
      let hit = try #require(log.events(.contact).last)
      // two bodies: v₂⁺ = v₂ + (1 + e)·m₁/(m₁ + m₂)·(v₁ − v₂), v₁ = e·v, v₂ = −v
      let wanted =
        order == .sequential
        ? -speed + (1 + between) * m1 / (m1 + m2) * (floor + 1) * speed : exact
      let up = hit.after.state.twists[1].velocity.z
      note("cannon", order, up, wanted)
      #expect(abs(up / wanted - 1) < 1e-9)
      #expect(log.hadMultipleImpact)
    }
  }

  // Fails if bounces are lost, doubled or late before rest: times of the first, and the end of the
  // geometric series t₁·(1 + e)/(1 − e); the last bounce reached only 1e-14 of the ball.
  @Test("a bouncing ball comes to rest", arguments: [0, 0.2, 0.5, 0.86])
  func series(restitution: Double) throws {
    let fall = VacuumFall(gravity: gravity)
    var scene = Scene(gravity: gravity)
    scene.add(.sphere(radius: 0.1), at: 0.675 * .unitZ)
    scene.fix(.plane)
    scene.pair(0, 1, ContactLaw(restitution: restitution))
    let log = try scene.run(for: 6)
    let times = log.events(.contact).map(\.time)
    let exact = fall.impactTimes(height: 0.575, restitution: restitution, count: times.count)
    let rest = try #require(log.events(.rest).last)
    let end = fall.restTime(height: 0.575, restitution: restitution)
    note("series", restitution, times.count, rest.time - end, log.ledger.residual)
    // each impact is located at a gap of −1e-12 of the radius: twice that over the speed, summed
    var (speed, bound) = (fall.impactSpeed(height: 0.575), 0.0)
    for (time, wanted) in zip(times, exact) {
      bound += 2e-13 / speed + 1e-14
      #expect(abs(time - wanted) < bound)
      speed *= restitution
    }
    // what is left of the series when bounces up to 1e-12 of the radius are closed
    let left = 2 * (2 * 1e-13 / gravity).squareRoot() / (1 - restitution) + bound
    #expect(abs(rest.time - end) < left + 1e-11)
    #expect(log.isAtRest)
    #expect(abs(log.ledger.impactLoss / (gravity * 0.575) - 1) < 1e-11)
  }

  // Fails if a moving wall is taken for a fixed one: v' = (1 + e)·V − e·v.
  @Test("a moving wall")
  func movingWall() throws {
    var scene = Scene(gravity: 0)
    scene.add(.sphere(radius: 0.1), at: .unitZ, velocity: -2 * .unitZ)
    scene.fix(.plane, motion: .steady(velocity: 3 * .unitZ, spin: .zero))
    scene.pair(0, 1, ContactLaw(restitution: 0.7))
    let log = try scene.run(for: 1)
    note(
      "wall", log.velocity(0).z - (1.7 * 3 + 0.7 * 2), log.ledger.workOfMotions, log.ledger.residual
    )
    #expect(abs(log.velocity(0).z - (1.7 * 3 + 0.7 * 2)) < 1e-13)
    // seen with the wall, ½·(1 − e²)·25 J are lost; the wall's work is V·J on top
    let gain = 0.5 * (6.5 * 6.5 - 4)
    #expect(abs(log.ledger.final - log.ledger.initial - gain) < 1e-12)
    #expect(abs(log.ledger.residual) < 1e-12)
  }

  // Fails if Newton's cradle loses momentum; sequential impacts pass the speed on to the last ball.
  @Test("a row of five balls passes the speed on")
  func cradle() throws {
    var scene = Scene(gravity: 0)
    for i in 0..<5 {
      let x = i == 0 ? -0.5 : 0.2 * Double(i)
      scene.add(.sphere(radius: 0.1), at: x * .unitX, velocity: i == 0 ? .unitX : .zero)
    }
    for i in 1..<5 { scene.pair(i - 1, i, ContactLaw(restitution: 1)) }
    let log = try scene.run(for: 1)
    let speeds = (0..<5).map { log.velocity($0).x }
    note("cradle", speeds)
    #expect(abs(speeds[4] - 1) < 1e-13)
    #expect(speeds[0..<4].allSatisfy { abs($0) < 1e-13 })
  }
}
