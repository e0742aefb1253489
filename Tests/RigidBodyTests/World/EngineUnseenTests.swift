import Foundation
import RigidBody
import Testing

/// Events that begin and end inside one step, if a step is long enough.
@Suite("Engine: nothing is stepped over")
struct EngineUnseenTests {
  // Fails if a grazing impact is stepped over: the normal passes at b/(R + r) of the sum of radii, so
  // an elastic smooth ball is turned by 2·acos(b/(R + r)).
  @Test("a ball grazes a ball", arguments: [0.3, 0.9, 0.99, 0.999, 0.9999])
  func grazes(offset: Double) throws {
    var scene = Scene(gravity: 0)
    scene.add(
      .sphere(radius: 0.05), at: Vector3(x: -1.03, y: offset * 0.15, z: 0), velocity: 7 * .unitX)
    scene.fix(.sphere(radius: 0.1))
    scene.pair(0, 1, ContactLaw(restitution: 1))
    let log = try scene.run(for: 0.3)
    let exact = 2 * acos(offset)
    let turn = atan2(log.velocity(0).y, log.velocity(0).x)
    note("graze", offset, turn - exact, log.events.count, log.steps)
    #expect(abs(turn - exact) < 1e-9)
  }

  // Fails if steps are made for the size of a card and not for its thickness.
  @Test("a card falls on a card")
  func cards() throws {
    var scene = Scene()
    let card = Shape.box(half: Vector3(x: 0.5, y: 0.4, z: 1e-3))
    scene.add(card, at: .unitZ)
    scene.fix(card)
    scene.pair(0, 1, ContactLaw(staticFriction: 0.2))
    let log = try scene.run(for: 1)
    note("cards", log.position(0).z, log.steps)
    #expect(abs(log.position(0).z - 2e-3) < 1e-10)
  }

  // Fails if only the centres of bodies are watched: the tip of a turning rod sweeps over a ball.
  @Test("a turning rod strikes a ball", arguments: [true, false])
  func sweeps(isGiven: Bool) throws {
    var scene = Scene(gravity: 0)
    let lying = Quaternion(.unitY, Double.pi / 2)
    let rod = Shape.capsule(radius: 0.005, halfLength: 1)
    if isGiven {
      scene.fix(rod, turned: lying, motion: .steady(velocity: .zero, spin: .unitZ))
    } else {
      scene.add(rod, mass: 1000, turned: lying, spin: .unitZ)
    }
    scene.add(
      .sphere(radius: 0.01), mass: 1e-6, at: 0.9 * Vector3(x: cos(0.51), y: sin(0.51), z: 0))
    scene.pair(0, 1, ContactLaw(restitution: 1))
    let log = try scene.run(for: 1)
    note("sweep", isGiven, log.velocity(1).length, log.steps)
    // struck with 0.9 m/s, rebounds with twice that (the rod is 1e9 times heavier)
    #expect(log.events(.contact).count == 1)
    #expect(abs(log.velocity(1).length - 1.8) < 1e-2)
  }

  // Fails if the speed of bodies with given motions is forgotten in the step.
  @Test("a given plate strikes a ball at rest")
  func plate() throws {
    var scene = Scene(gravity: 0)
    scene.add(.sphere(radius: 0.02))
    scene.fix(
      .box(half: Vector3(x: 0.005, y: 0.5, z: 0.5)), at: -1.23 * .unitX,
      motion: .steady(velocity: 10 * .unitX, spin: .zero))
    scene.pair(0, 1, ContactLaw(restitution: 0.5))
    let log = try scene.run(for: 10)
    note("plate", log.velocity(0).x, log.steps)
    #expect(abs(log.velocity(0).x - 15) < 1e-12)
  }

  // Fails if the tip of a turning rod dips into a plane between two steps: touches at sin θ = h/L.
  @Test("the tip of a rod touches the floor", arguments: [0.9, 0.999])
  func tip(height: Double) throws {
    var scene = Scene(gravity: 0)
    scene.add(
      .capsule(radius: 0.01, halfLength: 1), at: (height + 0.01) * .unitZ,
      turned: Quaternion(.unitY, Double.pi / 2), spin: .unitY)
    scene.fix(.plane)
    scene.pair(0, 1, ContactLaw(restitution: 1))
    let log = try scene.run(for: 3)
    let hit = log.events(.contact).first?.time ?? -1
    note("tip", height, hit - asin(height), log.largestPenetration)
    #expect(abs(hit - asin(height)) < 1e-9)
  }

  // Fails if a short loss of contact is stepped over: a table that shakes with 1.001·g, lift-off at
  // A·ω²·sin(ωt) = g.
  @Test("a table that shakes a little too hard", arguments: [1.001, 1.2])
  func shaken(ratio: Double) throws {
    let (gravity, frequency) = (9.80665, 5.0)
    let rate = 2 * Double.pi * frequency
    var scene = Scene(gravity: gravity)
    scene.add(.sphere(radius: 0.05), at: 0.05 * .unitZ)
    scene.fix(
      .plane,
      motion: .sinusoid(
        direction: .unitZ, amplitude: ratio * gravity / (rate * rate), frequency: frequency,
        phase: 0))
    // starts with the table
    scene.start.twists[0].velocity = ratio * gravity / rate * .unitZ
    scene.pair(0, 1)
    let log = try scene.run(for: 0.19)
    let lift = log.events(.liftOff).first?.time ?? -1
    let exact = asin(1 / ratio) / rate
    note("shaken", ratio, lift - exact, log.steps)
    #expect(abs(lift - exact) < 1e-8)
  }

  // Fails if a short slip is stepped over: a belt that shakes sideways with 1.001·μ·g.
  @Test("a belt that shakes a little too hard", arguments: [1.001, 1.2])
  func belt(ratio: Double) throws {
    let (gravity, friction, frequency) = (9.80665, 0.3, 5.0)
    let rate = 2 * Double.pi * frequency
    let amplitude = ratio * friction * gravity / (rate * rate)
    var scene = Scene(gravity: gravity)
    scene.add(.box(half: Vector3(x: 0.2, y: 0.2, z: 0.05)), at: 0.05 * .unitZ)
    scene.fix(
      .plane,
      motion: .sinusoid(direction: .unitX, amplitude: amplitude, frequency: frequency, phase: 0))
    scene.start.twists[0].velocity = amplitude * rate * .unitX
    scene.pair(0, 1, ContactLaw(staticFriction: friction))
    let log = try scene.run(for: 0.19)
    let slip = log.events(.slip).first?.time ?? -1
    let exact = asin(1 / ratio) / rate
    note("belt", ratio, slip - exact)
    #expect(abs(slip - exact) < 1e-8)
  }

  // Fails if levels of noise come from gravity alone: a block that a load presses on a wall in
  // weightlessness holds below μ·N and accelerates with (F − μ·N)/m above.
  @Test("a block pressed on a floor without gravity", arguments: [0.9, 1.5])
  func weightless(factor: Double) throws {
    var scene = Scene(gravity: 0)
    scene.add(.box(half: Vector3(x: 0.2, y: 0.2, z: 0.05)), mass: 2, at: 0.05 * .unitZ)
    scene.fix(.plane)
    scene.pair(0, 1, ContactLaw(staticFriction: 0.4))
    scene.setup.loads = [
      AppliedLoad(body: 0, force: Vector3(x: factor * 0.4 * 10, y: 0, z: -10))
    ]
    let log = try scene.run(for: 1)
    let exact = max(0, (factor - 1) * 4 / 2)
    note("weightless", factor, log.velocity(0).x - exact, log.events.count, log.steps, log.notes)
    #expect(abs(log.velocity(0).x - exact) < 1e-12)
    #expect(log.notes.isEmpty)
  }
}
