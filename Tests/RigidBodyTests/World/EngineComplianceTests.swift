import ClosedForms
import Foundation
import RigidBody
import Testing

@Suite("Engine: contacts that give way")
struct EngineComplianceTests {
  func ball(_ compliance: ContactLaw.Compliance, speed: Double, mass: Double, level: Int) throws
    -> RunLog
  {
    var law = ContactLaw()
    law.compliance = compliance
    var scene = Scene(gravity: 0)
    scene.add(.sphere(radius: 0.025), mass: mass, at: 0.0251 * .unitZ, velocity: -speed * .unitZ)
    scene.fix(.plane)
    scene.pair(0, 1, law)
    return try scene.run(
      for: 3e-4 / speed + 0.003, level: level,
      watches: [Watch(name: "force") { $0.contactForces[0].z }],
      crossings: [
        Watch(name: "touch") { $0.state.poses[0].position.z - 0.025 },
        Watch(name: "turn") { $0.state.twists[0].velocity.z },
      ])
  }

  // Fails if the exponent, the factor 4/3·E*·√R or the end of the contact is wrong: Hertz 1882. The
  // force has a root singularity of order 1.5 at both ends: errors of h^2.5 there, none in the middle.
  @Test("Hertz: duration, peak force, full rebound")
  func hertz() throws {
    let (modulus, mass, speed) = (1.1e11, 0.5, 2.0)
    let exact = Hertz(stiffness: 4.0 / 3 * modulus * 0.025.squareRoot(), mass: mass)
    for level in [1, 3] {
      let log = try ball(.hertz(modulus: modulus), speed: speed, mass: mass, level: level)
      let touch = log.crossings[0].map(\.time)
      try #require(touch.count == 2)
      note(
        "hertz", level, (touch[1] - touch[0]) / exact.contactTime(speed: speed) - 1,
        log.extremes[0].maximum / exact.peakForce(speed: speed) - 1, log.velocity(0).z / speed - 1,
        log.steps, log.ledger.residual)
      let bound = level == 1 ? 1e-6 : 1e-8
      #expect(abs((touch[1] - touch[0]) / exact.contactTime(speed: speed) - 1) < bound)
      #expect(abs(log.extremes[0].maximum / exact.peakForce(speed: speed) - 1) < bound)
      #expect(abs(log.velocity(0).z / speed - 1) < bound)
    }
  }

  // Fails if the dashpot pulls at the end (BD20): speed at the instant without force.
  @Test("linear spring and dashpot", arguments: [0.0, 0.1, 0.5])
  func linear(ratio: Double) throws {
    let (mass, frequency, speed) = (0.5, 4000.0, 2.0)
    let exact = SpringDashpot(dampingRatio: ratio, frequency: frequency)
    let log = try ball(
      .linear(stiffness: mass * frequency * frequency, damping: 2 * ratio * frequency * mass),
      speed: speed, mass: mass, level: 2)
    let out = exact.velocity(speed: speed, time: exact.timeOfNoForce)
    note("linear", ratio, log.velocity(0).z + out, log.ledger.residual, log.steps)
    #expect(abs(log.velocity(0).z + out) < 1e-8)
    #expect(abs(log.ledger.residual) < 1e-8)
  }
}
