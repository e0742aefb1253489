import ClosedForms
import Foundation
import RigidBody
import Testing

@Suite("Engine: rolling")
struct EngineRollingTests {
  let gravity = 9.80665

  /// A round body of inertia factor κ on an incline that falls towards +x of the incline.
  func incline(
    angle: Double, factor: Double, radius: Double = 0.05, law: ContactLaw, speed: Double = 0,
    spin: Double = 0
  ) -> Scene {
    var scene = Scene(gravity: gravity)
    let tilt = Quaternion(.unitY, angle)
    let moment = factor * radius * radius
    scene.add(
      .sphere(radius: radius), inertia: moment * Vector3(x: 1, y: 1, z: 1),
      at: tilt.rotate(radius * .unitZ), velocity: tilt.rotate(speed * .unitX), spin: spin * .unitY)
    scene.fix(.plane, turned: tilt)
    scene.pair(0, 1, law)
    return scene
  }

  // Fails if rolling loses energy or the point of contact moves wrongly (RB01): ½·a·t² with
  // a = g·sin α/(1 + κ).
  @Test("the incline race", arguments: [0.4, 2.0 / 3, 0.5, 1])
  func race(factor: Double) throws {
    let angle = 20 * Double.pi / 180
    let ball = RollingBall(gravity: gravity, friction: 0.5, inertiaFactor: factor)
    let time = (4 / ball.acceleration(angle: angle)).squareRoot()
    let log = try incline(angle: angle, factor: factor, law: ContactLaw(staticFriction: 0.5)).run(
      for: time)
    let moved = log.position(0) - log.start.state.poses[0].position
    note("race", factor, moved.length - 2, log.spin(0).y * 0.05 - log.velocity(0).length)
    #expect(abs(moved.length - 2) < 1e-12)
    #expect(abs(log.spin(0).y * 0.05 / log.velocity(0).length - 1) < 1e-12)
    #expect(abs(log.ledger.residual) < 1e-12)
  }

  // Fails if the line of contact of a lying roller is not shared by its ends, or if it turns off.
  @Test("rollers on an incline", arguments: [true, false])
  func rollers(isCapsule: Bool) throws {
    let (angle, radius) = (0.3, 0.05)
    let shape =
      isCapsule
      ? Shape.capsule(radius: radius, halfLength: 0.2)
      : Shape.cylinder(radius: radius, halfLength: 0.2)
    let tilt = Quaternion(.unitY, angle)
    var scene = Scene(gravity: gravity)
    scene.add(
      shape, at: tilt.rotate(radius * .unitZ), turned: tilt * Quaternion(.unitX, Double.pi / 2))
    scene.fix(.plane, turned: tilt)
    scene.pair(0, 1, ContactLaw(staticFriction: 0.5))
    let log = try scene.run(for: 1)
    let factor = shape.solidInertia.z / (radius * radius)
    let exact = gravity * sin(angle) / (1 + factor)
    note(
      "rollers", isCapsule, log.velocity(0).length / exact - 1, log.position(0).y, log.spin(0),
      log.ledger.residual)
    #expect(abs(log.velocity(0).length / exact - 1) < 1e-11)
    #expect(abs(log.position(0).y) < 1e-11)
  }

  // Fails if the threshold of slipping or the friction of a slipping ball is wrong (RB02).
  @Test("a ball slips on a steep incline")
  func steep() throws {
    let friction = 0.1
    let ball = RollingBall(gravity: gravity, friction: friction, inertiaFactor: 0.4)
    let angle = Double.pi / 4
    let log = try incline(angle: angle, factor: 0.4, law: ContactLaw(staticFriction: friction)).run(
      for: 1)
    note("steep", log.velocity(0).length - ball.acceleration(angle: angle))
    #expect(abs(log.velocity(0).length / ball.acceleration(angle: angle) - 1) < 1e-12)
    let turning = 2.5 * friction * gravity * cos(angle) / 0.05
    #expect(abs(log.spin(0).y / turning - 1) < 1e-12)
    for (factor, slips) in [(1 - 1e-8, false), (1 + 1e-6, true)] {
      let edge = try incline(
        angle: factor * ball.steepestRollingAngle, factor: 0.4,
        law: ContactLaw(staticFriction: friction)
      ).run(for: 1)
      #expect(edge.events(.slip).isEmpty != slips)
    }
  }

  // Fails if the change from slipping to rolling is not located (RB05, RB03: 5/7 of the speed).
  @Test("slipping turns into rolling", arguments: [(2.0, 0.0), (2, -250), (0, 300), (1, 100)])
  func becomesRolling(speed: Double, spin: Double) throws {
    let radius = 0.03
    let ball = RollingBall(gravity: gravity, friction: 0.2, inertiaFactor: 0.4)
    let log = try incline(
      angle: 0, factor: 0.4, radius: radius, law: ContactLaw(staticFriction: 0.2), speed: speed,
      spin: spin
    ).run(for: 3)
    let stick = try #require(log.events(.stick).first)
    let time = ball.slidingTime(velocity: speed, surfaceSpeed: radius * spin)
    let final = ball.rollingVelocity(velocity: speed, surfaceSpeed: radius * spin)
    let distance =
      ball.slidingDistance(velocity: speed, surfaceSpeed: radius * spin) + final * (3 - time)
    note(
      "rolls", speed, spin, stick.time - time, log.velocity(0).x - final,
      log.position(0).x - distance)
    #expect(abs(stick.time - time) < 1e-12)
    #expect(abs(log.velocity(0).x - final) < 1e-12)
    #expect(abs(log.position(0).x - distance) < 1e-11)
  }

  // Fails if curvature terms of two round surfaces are wrong, or lift-off and slip are not located
  // (RB07). Rolls until 2·sin θ = μ·(17·cos θ − 10·cos θ₀), then y = v²/(gL) obeys
  // dy/dθ = 2·sin θ − 2μ·(cos θ − y) until y = cos θ; solved here in closed form.
  @Test("a ball leaves a larger ball", arguments: [10.0, 1, 0])
  func leavesBall(friction: Double) throws {
    let (first, large, small) = (0.1, 0.5, 0.05)
    let exact = Departure(start: first, friction: friction)
    var scene = Scene(gravity: gravity)
    let distance = large + small
    scene.add(
      .sphere(radius: small), at: distance * Vector3(x: sin(first), y: 0, z: cos(first)))
    scene.fix(.sphere(radius: large))
    scene.pair(0, 1, ContactLaw(staticFriction: friction))
    var errors: [Double] = []
    for level in 0...1 {
      let log = try scene.run(for: 2, level: level)
      let lift = try #require(log.events(.liftOff).first)
      let place = lift.after.state.poses[0].position
      errors.append(atan2(place.x, place.z) - exact.angle)
      if friction > 0 {
        let slip = try #require(log.events(.slip).first).after.state.poses[0].position
        #expect(abs(atan2(slip.x, slip.z) - exact.slipAngle) < 1e-8)
        note("slip angle", atan2(slip.x, slip.z) - exact.slipAngle)
      }
    }
    note("departure", friction, exact.angle * 180 / .pi, errors)
    // lift-off is seen as an acceleration above 1e-10·g; steps of 0.2 rad and less
    #expect(abs(errors[0]) < 1e-6)
    #expect(abs(errors[1]) < 1e-8)
  }

  // Fails if two contacts of one ball do not share its weight (RB10): (5/9)·g·sin α at 90°.
  @Test("a ball in a groove")
  func groove() throws {
    let (angle, radius) = (20 * Double.pi / 180, 0.05)
    var scene = Scene(gravity: 0)
    scene.setup.gravity = gravity * Vector3(x: sin(angle), y: 0, z: -cos(angle))
    scene.add(.sphere(radius: radius), at: radius * 2.0.squareRoot() * .unitZ)
    for side in [-1.0, 1] {
      scene.fix(.plane, turned: Quaternion(.unitX, side * Double.pi / 4))
      scene.pair(0, scene.setup.bodies.count - 1, ContactLaw(staticFriction: 1))
    }
    let log = try scene.run(for: 1)
    let exact = 5.0 / 9 * gravity * sin(angle)
    note("groove", log.velocity(0).x / exact - 1, log.position(0))
    #expect(abs(log.velocity(0).x / exact - 1) < 1e-12)
    #expect(abs(log.position(0).y) < 1e-12)
  }

  // Fails if a hollow surface curves the wrong way, or lift-off inside a loop is missed (RB06 without
  // friction): 5·g·(R − r) is the square of the speed that just passes the top.
  @Test("a ball in a loop", arguments: [1e-7, -1e-4])
  func loop(excess: Double) throws {
    let (large, small) = (0.5, 0.02)
    let critical = (5 * gravity * (large - small)).squareRoot()
    var scene = Scene(gravity: gravity)
    scene.add(
      .sphere(radius: small), at: -(large - small) * .unitZ,
      velocity: (1 + excess) * critical * .unitX)
    scene.fix(.bowl(radius: large))
    scene.pair(0, 1)
    let log = try scene.run(for: 1.2, level: 2)
    note("loop", excess, log.events.map { "\($0.kind) \($0.time)" }, log.ledger.residual, log.steps)
    #expect(log.events(.liftOff).isEmpty == (excess > 0))
    if let lift = log.events(.liftOff).first {
      // leaves where cos θ = (2 − v²/(g·L))/3, θ from the lowest point
      let place = lift.after.state.poses[0].position
      let exact = (2 - 5 * (1 + excess) * (1 + excess)) / 3
      note("loop leaves", -place.z / place.length - exact)
      #expect(abs(-place.z / place.length - exact) < 1e-9)
    }
  }
}

/// A ball that rolls from rest at the angle `start` down a ball, and leaves it.
private struct Departure {
  var slipAngle = 0.0
  var angle = 0.0

  init(start: Double, friction: Double) {
    let (c0, mu) = (cos(start), friction)
    func root(_ low: Double, _ high: Double, _ f: (Double) -> Double) -> Double {
      var (low, high) = (low, high)
      for _ in 0..<100 {
        let middle = 0.5 * (low + high)
        if f(middle) > 0 { low = middle } else { high = middle }
      }
      return low
    }
    guard mu > 0 else {
      angle = acos(2.0 / 3 * c0)
      return
    }
    slipAngle = root(start, 0.94) { mu * (17 * cos($0) - 10 * c0) - 2 * sin($0) }
    // particular solution A·sin + B·cos, and C·exp(2μθ)
    let a = -6 * mu / (1 + 4 * mu * mu)
    let b = (4 * mu * mu - 2) / (1 + 4 * mu * mu)
    let s = slipAngle
    let c = 10.0 / 7 * (c0 - cos(s)) - a * sin(s) - b * cos(s)
    angle = root(s, 1.2) { cos($0) - a * sin($0) - b * cos($0) - c * exp(2 * mu * ($0 - s)) }
  }
}
