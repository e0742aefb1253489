import Foundation
import RigidBody
import Testing

@Suite("Fixed steps")
struct TimeStepperTests {
  let gravity = 9.80665

  func stepper(_ scene: Scene, _ step: Double) throws -> TimeStepper {
    try TimeStepper(setup: scene.setup, start: scene.start, step: step)
  }

  // Fails if reactions are impulses per another step, or a stack at rest moves: each face carries the
  // weights above it.
  @Test("a stack stands and carries its weight")
  func stack() throws {
    var scene = Scene(gravity: gravity)
    let half = Vector3(x: 0.1, y: 0.1, z: 0.1)
    for i in 0..<10 { scene.add(.box(half: half), at: (0.1 + 0.2 * Double(i)) * .unitZ) }
    scene.fix(.plane)
    for i in 0..<10 {
      scene.pair(i, i == 0 ? 10 : i - 1, ContactLaw(staticFriction: 0.5))
    }
    var steps = try stepper(scene, 1e-3)
    for _ in 0..<1000 { steps.advance() }
    for (i, force) in steps.normalForces.enumerated() {
      #expect(abs(force / (gravity * Double(10 - i)) - 1) < 1e-9)
    }
    let drift =
      zip(steps.current.poses, scene.start.poses)
      .map { ($0.position - $1.position).length }.max() ?? 1
    note("stepper stack", drift, steps.largestCertificate)
    #expect(drift < 1e-11 && steps.largestCertificate < 1e-10)
  }

  // Fails if the cone is a pyramid or friction acts on the velocity of another instant: v²/(2μg), with
  // an error of first order, the same in every direction.
  @Test("a block stops where Coulomb says, at first order", arguments: [0, 0.4, Double.pi / 4])
  func stop(angle: Double) throws {
    let exact = 1 / (2 * 0.4 * gravity)
    let errors = try [4e-3, 2e-3, 1e-3].map { step in
      var scene = Scene(gravity: gravity)
      scene.add(
        .box(half: Vector3(x: 0.2, y: 0.2, z: 0.05)), at: 0.05 * .unitZ,
        velocity: Vector3(x: cos(angle), y: sin(angle), z: 0))
      scene.fix(.plane)
      scene.pair(0, 1, ContactLaw(staticFriction: 0.4))
      var steps = try stepper(scene, step)
      while steps.time < 0.5 { steps.advance() }
      let p = steps.current.poses[0].position
      #expect(abs(p.y * cos(angle) - p.x * sin(angle)) < 1e-10)
      return hypot(p.x, p.y) - exact
    }
    note("stepper stop", errors)
    #expect(
      abs(errors[2]) < 0.6e-3 && abs(errors[0] / errors[2]) > 3 && abs(errors[0] / errors[2]) < 5)
  }

  // Fails if a block creeps below its friction angle.
  @Test("no creep at 0.999 of the friction angle")
  func creep() throws {
    var scene = Scene(gravity: gravity)
    let turned = Quaternion(.unitY, 0.999 * atan(0.4))
    let half = Vector3(x: 0.4, y: 0.4, z: 0.05)
    scene.add(.box(half: half), at: turned.rotate(0.05 * .unitZ), turned: turned)
    scene.fix(.plane, turned: turned)
    scene.pair(0, 1, ContactLaw(staticFriction: 0.4))
    var steps = try stepper(scene, 1e-3)
    for _ in 0..<1000 { steps.advance() }
    let drift = (steps.current.poses[0].position - scene.start.poses[0].position).length
    note("stepper creep", drift)
    #expect(drift < 1e-11)
  }
}
