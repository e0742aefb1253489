import ClosedForms
import Foundation
import RigidBody
import Testing

@Suite("Engine: straps, ropes, springs")
struct EngineStrapTests {
  let gravity = 9.80665

  // Fails if a slack strap pushes or the instants of slack and taut are not located: between two
  // straps a mass makes two half oscillations and two free flights a round.
  @Test("a mass between two straps")
  func twoStraps() throws {
    let (stiffness, mass, free, amplitude) = (50.0, 2.0, 0.3, 0.2)
    var scene = Scene(gravity: 0)
    // anchors at ±2; each strap is taut beyond `free` on the other side of the middle
    scene.add(.sphere(radius: 0.01), mass: mass, at: (free + amplitude) * .unitX)
    for side in [-1.0, 1] {
      scene.join(
        .strap(stiffness: stiffness, damping: 0, length: 2 + free), 0, and: 2 * side * .unitX)
    }
    let frequency = (stiffness / mass).squareRoot()
    let round = 2 * Double.pi / frequency + 4 * free / (amplitude * frequency)
    var errors: [Double] = []
    for level in 0...2 {
      let log = try scene.run(for: 3.25 * round, level: level)
      errors.append(log.position(0).x - 0)
      #expect(log.events(.slack).count == 7)
      #expect(log.events(.taut).count == 6)
      note(
        "straps", level, log.events(.slack).map(\.time).first ?? 0, 0.5 * .pi / frequency,
        log.ledger.residual)
      let first = try #require(log.events(.slack).first)
      // order 6
      #expect(abs(first.time - 0.5 * Double.pi / frequency) < 1e-7 / pow(64, Double(level)))
    }
    note("two straps", errors)
    // a quarter round after the turn the mass is in the middle
    #expect(abs(errors[1]) < 1e-7)
    #expect(abs(errors[2]) < 2e-9)
  }

  // Fails if a dashpot in a strap pulls after the tension has ended: the rebound of the unilateral
  // spring and dashpot, exp(−z·(π − atan2(2z√(1−z²), 1−2z²))/√(1−z²)) (BD20: 0.744 for z = 0.1).
  @Test("a damped strap throws back without pulling")
  func dampedStrap() throws {
    let (mass, frequency, ratio) = (2.0, 30.0, 0.1)
    var scene = Scene(gravity: 0)
    scene.add(.sphere(radius: 0.01), mass: mass, at: 0.9 * .unitX, velocity: 1.5 * .unitX)
    scene.join(
      .strap(
        stiffness: mass * frequency * frequency, damping: 2 * ratio * frequency * mass, length: 1),
      0)
    let exact = SpringDashpot(dampingRatio: ratio, frequency: frequency)
    let speed = exact.velocity(speed: 1.5, time: exact.timeOfNoForce)
    let log = try scene.run(for: 1, level: 2)
    note(
      "damped strap", log.velocity(0).x - speed, speed / 1.5, log.ledger.residual,
      log.events.map { "\($0.kind) \($0.time)" })
    #expect(abs(log.velocity(0).x - speed) < 1e-9)
    #expect(abs(speed / -1.5 - 0.7440793977217797) < 1e-14)
    #expect(log.events(.slack).count == 1)
    // the strap is still stretched when its tension ends: what it holds then is its damper's
    #expect(abs(log.ledger.residual) < 1e-8)
  }

  // Fails if stick and slip are not located, or the strap force and friction act at different
  // instants (BP08: period, slip time, extremes of the force).
  @Test("stick–slip of a pack on a strap")
  func stickSlip() throws {
    let exact = StickSlip(
      mass: 8, stiffness: 400, speed: 0.05, staticFriction: 0.5, kineticFriction: 0.35,
      gravity: gravity)
    #expect(abs(exact.period - 1.6878019149666452) < 1e-14)
    let log = try pack(exact, duration: 8, level: 1)
    let (slips, sticks) = (log.events(.slip).map(\.time), log.events(.stick).map(\.time))
    try #require(slips.count >= 4 && sticks.count >= 3)
    let force = log.extremes[0]
    note(
      "stick slip", slips[3] - slips[2] - exact.period, sticks[2] - slips[2] - exact.slipTime,
      force.maximum - exact.largestForce, force.minimum - exact.smallestForce,
      slips[0] - exact.firstSlip)
    // a slip is seen as an acceleration of 1e-11·g, which takes 4e-11 s at k·v/m = 2.5 m/s³
    #expect(abs(slips[0] - exact.firstSlip) < 6e-11)
    #expect(abs(slips[3] - slips[2] - exact.period) < 1e-9)
    #expect(abs(sticks[2] - slips[2] - exact.slipTime) < 1e-9)
    #expect(abs(force.maximum - exact.largestForce) < 1e-7)
    // the force starts at 0 with a slack strap; its smallest value later is that inside the slip
    #expect(abs(log.ledger.residual) < 1e-9)
  }

  // Fails if the pack does not overshoot the hand (BP30: 1.0095 m/s): V + √(V² + (D·ω)²).
  @Test("the overshoot of a pack that breaks loose")
  func overshoot() throws {
    let exact = StickSlip(
      mass: 8, stiffness: 800, speed: 0.5, staticFriction: 0.5, kineticFriction: 0.4,
      gravity: gravity)
    #expect(abs(exact.largestSpeed - 1.009526288254345) < 1e-14)
    for level in 0...1 {
      let log = try pack(exact, duration: 0.5, level: level)
      note(
        "overshoot", log.extremes[1].maximum - exact.largestSpeed,
        try #require(log.events(.slip).first).time - exact.firstSlip)
      #expect(abs(log.extremes[1].maximum - exact.largestSpeed) < 1e-8)
      #expect(abs(try #require(log.events(.slip).first).time - exact.firstSlip) < 1e-11)
    }
  }

  func pack(_ exact: StickSlip, duration: Double, level: Int) throws -> RunLog {
    var scene = Scene(gravity: exact.gravity)
    // pulled at the height of the floor, so that the load does not shift to the front
    scene.add(
      .box(half: Vector3(x: 0.15, y: 0.09, z: 0.225)), mass: exact.mass, at: 0.225 * .unitZ)
    scene.fix(.plane)
    scene.fix(
      .sphere(radius: 0.01), at: 0.65 * .unitX,
      motion: .steady(velocity: exact.speed * .unitX, spin: .zero))
    scene.pair(
      0, 1,
      ContactLaw(staticFriction: exact.staticFriction, kineticFriction: exact.kineticFriction))
    scene.join(
      .strap(stiffness: exact.stiffness, damping: 0, length: 0.5), 0, 2,
      at: Vector3(x: 0.15, y: 0, z: -0.225))
    return try scene.run(
      for: duration, level: level,
      watches: [
        Watch(name: "force") { $0.jointForces[0].length },
        Watch(name: "speed") { $0.state.twists[0].velocity.x },
      ])
  }

  // Fails if a rope stretches, pushes, or keeps the radial speed at its jerk: the tangential part of
  // the velocity is left, and the mass swings on as a pendulum.
  @Test("a rope jerks taut")
  func rope() throws {
    var scene = Scene(gravity: gravity)
    scene.add(.sphere(radius: 0.01), at: 0.6 * .unitX)
    scene.join(.rope(length: 1), 0)
    let log = try scene.run(for: 2, level: 1)
    let taut = try #require(log.events(.taut).first)
    // falls 0.8 m: from (0.6, 0) to (0.6, −0.8)
    let speed = VacuumFall(gravity: gravity).impactSpeed(height: 0.8)
    #expect(abs(taut.time - VacuumFall(gravity: gravity).fallTime(height: 0.8)) < 1e-10)
    let after = taut.after.state.twists[0].velocity
    note(
      "rope", taut.time, after.length - 0.6 * speed,
      log.ledger.impactLoss - 0.5 * 0.64 * speed * speed, log.ledger.residual,
      log.position(0).length - 1, log.events.map { "\($0.kind) \($0.time)" })
    #expect(abs(after.length - 0.6 * speed) < 1e-9)
    #expect(abs(log.ledger.impactLoss - 0.5 * 0.64 * speed * speed) < 1e-8)
    #expect(abs(log.position(0).length - 1) < 1e-12)
    #expect(abs(log.ledger.residual) < 1e-7)
  }

  // Fails if a rope whose tension ends still holds: released at height cos θ₀ = −… a mass thrown up
  // on a rope leaves the circle where v² = g·L·cos of the angle from the top.
  @Test("a rope goes slack at the top")
  func slackRope() throws {
    var scene = Scene(gravity: gravity)
    let speed = (3.5 * gravity).squareRoot()
    scene.add(.sphere(radius: 0.01), at: -1 * .unitZ, velocity: speed * .unitX)
    scene.join(.rope(length: 1), 0)
    for level in 1...2 {
      let log = try scene.run(for: 1, level: level)
      let slack = try #require(log.events(.slack).first)
      let place = slack.after.state.poses[0].position
      // v² = 3.5·gL − 2·gL·(1 + z) and v² = gL·z give z = 1/2
      note("slack rope", place.z - 0.5)
      #expect(abs(place.z - 0.5) < 1e-7)
    }
  }

  // Fails if a spring has a wrong sign or damping: damped oscillation in closed form.
  @Test("a damped spring", arguments: [0.0, 0.2, 0.9])
  func spring(ratio: Double) throws {
    let exact = SpringDashpot(dampingRatio: ratio, frequency: 7)
    var scene = Scene(gravity: 0)
    scene.add(.sphere(radius: 0.01), mass: 3, at: .unitX, velocity: 0.4 * .unitX)
    scene.join(.spring(stiffness: 3 * 49, damping: 2 * ratio * 7 * 3, length: 1), 0)
    let log = try scene.run(for: 2, level: 2)
    note(
      "spring", ratio, log.position(0).x - 1 - exact.position(speed: 0.4, time: 2),
      log.ledger.residual)
    #expect(abs(log.position(0).x - 1 - exact.position(speed: 0.4, time: 2)) < 1e-9)
    #expect(abs(log.ledger.residual) < 1e-9)
  }
}
