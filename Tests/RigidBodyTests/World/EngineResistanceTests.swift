import Foundation
import RigidBody
import Testing

@Suite("Engine: resistance to rolling and spinning")
struct EngineResistanceTests {
  let gravity = 9.80665
  let radius = 0.1

  func ball(
    _ law: ContactLaw, angle: Double = 0, speed: Double = 0, spin: Double = 0
  ) -> Scene {
    var scene = Scene(gravity: gravity)
    let tilt = Quaternion(.unitY, angle)
    scene.add(
      .sphere(radius: radius), mass: 2, at: tilt.rotate(radius * .unitZ),
      velocity: speed * .unitX, spin: speed / radius * .unitY + spin * .unitZ)
    scene.fix(.plane, turned: tilt)
    scene.pair(0, 1, law)
    return scene
  }

  // Fails if the moment b·N acts on the wrong inertia or does not end in a held state:
  // dv/dt = −b·g/(r·(1 + κ)). Constant deceleration is exact; the stop is bracketed.
  @Test("a rolling ball stops", arguments: [1e-4, 2e-3, 0.01])
  func rolling(length: Double) throws {
    let law = ContactLaw(staticFriction: 0.5, rollingResistance: length)
    let deceleration = length * gravity / (radius * 1.4)
    let time = 1 / deceleration
    let log = try ball(law, speed: 1).run(for: time + 1)
    let rest = try #require(log.events(.rest).last)
    note(
      "rolling", length, rest.time / time - 1, log.position(0).x / (0.5 * time) - 1,
      log.spin(0).length)
    #expect(abs(rest.time / time - 1) < 1e-11)
    #expect(abs(log.position(0).x / (0.5 * time) - 1) < 1e-11)
    #expect(log.velocity(0).length < 1e-15)
    #expect(log.spin(0).length < 1e-14)
    #expect(abs(log.ledger.frictionHeat / (0.7 * 2) - 1) < 1e-11)
  }

  // Fails if spinning has no end or b_n is taken for b: dω/dt = −b_n·m·g/I.
  @Test("a spinning ball stops")
  func spinning() throws {
    let law = ContactLaw(staticFriction: 0.5, spinningResistance: 1e-3)
    let time = 0.4 * radius * radius * 20 / (1e-3 * gravity)
    let log = try ball(law, spin: 20).run(for: time + 1)
    let rest = try #require(log.events(.rest).last)
    note("spinning", rest.time / time - 1, log.spin(0))
    #expect(abs(rest.time / time - 1) < 1e-11)
    #expect(log.spin(0).length < 1e-14)
    #expect(log.position(0).x == 0)
  }

  // Fails if the ball rolls off below tan α = b/r or is held above it; a = g·(sin − (b/r)·cos)/(1 + κ).
  @Test("holds on an incline up to b/r")
  func incline() throws {
    let law = ContactLaw(staticFriction: 0.5, rollingResistance: 0.01)
    let limit = atan(0.1)
    let below = try ball(law, angle: (1 - 1e-8) * limit).run(for: 5)
    #expect(below.velocity(0).length < 1e-15)
    let angle = (1 + 1e-4) * limit
    let above = try ball(law, angle: angle).run(for: 5)
    let exact = 5 * gravity * (sin(angle) - 0.1 * cos(angle)) / 1.4
    note("incline b/r", below.velocity(0).length, above.velocity(0).length / exact - 1)
    // g's rounding in the difference: 1e-16/1e-5, and the iteration on the load, 1e-14/1e-5
    #expect(abs(above.velocity(0).length / exact - 1) < 1e-8)
  }
}
