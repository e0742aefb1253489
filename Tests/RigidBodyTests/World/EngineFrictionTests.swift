import ClosedForms
import Foundation
import RigidBody
import Testing

@Suite("Engine: dry friction")
struct EngineFrictionTests {
  let gravity = 9.80665

  /// A box of 2 kg on an incline that falls towards +x of the incline; vectors in axes of the incline.
  func block(
    _ law: ContactLaw, angle: Double = 0, velocity: Vector3 = .zero,
    half: Vector3 = Vector3(x: 0.25, y: 0.25, z: 0.25)
  ) -> Scene {
    var scene = Scene(gravity: gravity)
    let tilt = Quaternion(.unitY, angle)
    let box = scene.add(
      .box(half: half), mass: 2, at: tilt.rotate(half.z * .unitZ), turned: tilt,
      velocity: tilt.rotate(velocity))
    let floor = scene.fix(.plane, turned: tilt)
    scene.pair(box, floor, law)
    return scene
  }

  // Fails if friction is smoothed, if a step ends after the stop, or if anything creeps afterwards.
  // x = v²/(2μg), t = v/(μg): polynomials that the method integrates exactly; the stop is bracketed
  // to 4 ulp of its time; 1e-12 leaves a hundred roundings of each.
  @Test("stops where and when Coulomb says", arguments: [0.05, 0.5, 1.5])
  func stops(friction: Double) throws {
    let scene = block(
      ContactLaw(staticFriction: friction), velocity: 5 * .unitX,
      half: Vector3(x: 2, y: 2, z: 0.1))
    let time = 5 / (friction * gravity)
    let log = try scene.run(for: time + 5)
    let stop = try #require(log.events(.stick).first)
    note("stop", stop.time / time - 1, log.position(0).x / (2.5 * time) - 1)
    #expect(abs(stop.time / time - 1) < 1e-12)
    #expect(abs(log.position(0).x / (2.5 * time) - 1) < 1e-12)
    // a stop takes the velocity away to rounding of what it was
    #expect(log.velocity(0).length < 1e-15 * 5)
    #expect(log.spin(0).length < 1e-15 * 5)
  }

  // Fails if a pyramid stands for the cone (29 % short at 45°) or if an axis is preferred.
  @Test("slides equally far in every direction", arguments: [0, 0.3, 0.7853981633974483, 1.1, 2.9])
  func isIsotropic(angle: Double) throws {
    let direction = cos(angle) * Vector3.unitX + sin(angle) * Vector3.unitY
    let scene = block(
      ContactLaw(staticFriction: 0.4), velocity: 2 * direction,
      half: Vector3(x: 0.3, y: 0.2, z: 0.02))
    let log = try scene.run(for: 1)
    let exact = 4 / (2 * 0.4 * gravity)
    let end = log.position(0)
    note("isotropy", end.dot(direction) / exact - 1, end.cross(direction).z)
    #expect(abs(end.dot(direction) / exact - 1) < 1e-12)
    #expect(abs(end.cross(direction).z) < 1e-12)
    #expect(log.velocity(0).length < 1e-15 * 2)
  }

  // Fails if a block creeps below the friction angle: nothing may move at all, not even slowly.
  @Test("holds at 1 − 1e-9 of the friction angle", arguments: [0.1, 0.5, 1.2])
  func holds(friction: Double) throws {
    let angle = (1 - 1e-9) * atan(friction)
    let half = Vector3(x: 0.6, y: 0.25, z: 0.25)
    let scene = block(ContactLaw(staticFriction: friction), angle: angle, half: half)
    let log = try scene.run(for: 10)
    let drift = (log.position(0) - scene.start.poses[0].position).length
    note("holds", drift, log.velocity(0).length, log.events.map(\.kind))
    // promise P3: 1e-12 m in 10 s; a velocity of 1e-20 m/s is 1e-19 m
    #expect(drift < 1e-12)
    #expect(log.velocity(0).length < 1e-20)
    #expect(log.events(.slip).isEmpty)
  }

  // Fails if the onset of sliding is late or early, or static friction goes on acting. a = g·(sin −
  // μ·cos) is 4e-7·g here, so a rounding of g is 6e-10 of it; ten of them.
  @Test("accelerates rightly at 1 + 1e-6 of the friction angle", arguments: [0.1, 0.5, 1.2])
  func slips(friction: Double) throws {
    let angle = (1 + 1e-6) * atan(friction)
    let half = Vector3(x: 0.6, y: 0.25, z: 0.25)
    let scene = block(ContactLaw(staticFriction: friction), angle: angle, half: half)
    let log = try scene.run(for: 10)
    let exact = gravity * (sin(angle) - friction * cos(angle)) * 10
    note("slips", log.velocity(0).length / exact - 1)
    #expect(abs(log.velocity(0).length / exact - 1) < 6e-9)
  }

  // Fails if kinetic and static friction are exchanged or if the normal force lags behind the pull:
  // the force at angle θ that starts an 8 kg block is μ·m·g/(cos θ + μ·sin θ).
  @Test("a pull at an angle starts the block at its threshold", arguments: [0, 0.4, 0.785, 1.047])
  func pull(angle: Double) throws {
    let (mass, friction) = (8.0, 0.45)
    let threshold = friction * mass * gravity / (cos(angle) + friction * sin(angle))
    for (factor, moves) in [(1 - 1e-9, false), (1 + 1e-6, true)] {
      var scene = Scene(gravity: gravity)
      let half = Vector3(x: 0.4, y: 0.3, z: 0.1)
      scene.add(.box(half: half), mass: mass, at: 0.1 * .unitZ)
      scene.fix(.plane)
      scene.pair(0, 1, ContactLaw(staticFriction: friction))
      let force = factor * threshold * Vector3(x: cos(angle), y: 0, z: sin(angle))
      scene.setup.loads = [AppliedLoad(body: 0, force: force)]
      let log = try scene.run(for: 1)
      #expect((log.velocity(0).x > 1e-7) == moves)
      if !moves { #expect(log.velocity(0).length < 1e-20) }
    }
  }

  // Fails if friction does not fall to its kinetic value once the block moves (BP05: 2.6405 m).
  @Test("a pull of 40 N at 35°")
  func constantPull() throws {
    var scene = Scene(gravity: gravity)
    scene.add(.box(half: Vector3(x: 0.4, y: 0.3, z: 0.1)), mass: 8, at: 0.1 * .unitZ)
    scene.fix(.plane)
    scene.pair(0, 1, ContactLaw(staticFriction: 0.5, kineticFriction: 0.4))
    let angle = 35 * Double.pi / 180
    scene.setup.loads = [
      AppliedLoad(body: 0, force: 40 * Vector3(x: cos(angle), y: 0, z: sin(angle)))
    ]
    let log = try scene.run(for: 2)
    let normal = 8 * gravity - 40 * sin(angle)
    let exact = 0.5 * (40 * cos(angle) - 0.4 * normal) / 8 * 4
    note("bp05", log.position(0).x / exact - 1, exact - 2.6405061882941014)
    #expect(abs(log.position(0).x / exact - 1) < 1e-12)
    #expect(abs(log.end.contactForces[0].z / normal - 1) < 1e-12)
  }

  // Fails if viscous friction is taken at the start of a step or forgotten near the stop. With
  // μ(u) = μ + c·u/(m·g): t = (m/c)·ln(1 + c·v/(μ·m·g)) (BP22). Order 6 with steps of v/20 at most.
  @Test("Coulomb and viscous friction stop a block")
  func viscous() throws {
    let (mass, friction, drag, speed) = (8.0, 0.2, 4.0, 3.0)
    let weight = mass * gravity
    let ratio = drag * speed / (friction * weight)
    let time = mass / drag * log1p(ratio)
    let distance =
      mass * speed / drag - friction * mass * mass * gravity / (drag * drag) * log1p(ratio)
    for level in 0...1 {
      var law = ContactLaw(staticFriction: friction)
      law.viscousFriction = drag / weight
      var scene = block(law, velocity: speed * .unitX, half: Vector3(x: 0.5, y: 0.5, z: 0.05))
      scene.setup.bodies[0].mass = mass
      scene.setup.bodies[0].inertia = 4 * scene.setup.bodies[0].inertia
      let log = try scene.run(for: 3, level: level)
      let stop = try #require(log.events(.stick).first)
      note("viscous", level, stop.time - time, log.position(0).x - distance)
      #expect(abs(stop.time / time - 1) < 1e-9)
      #expect(abs(log.position(0).x / distance - 1) < 1e-9)
      #expect(log.velocity(0).length < 1e-15 * 3)
    }
  }

  // Fails if the Stribeck curve has a wrong factor, or if it is frozen inside a step. The stop takes
  // ∫du/(g·μ(u)), here by Simpson's rule with 4000 panels (1e-12 of smooth integrands).
  @Test("Stribeck friction stops a block")
  func stribeck() throws {
    let law = ContactLaw(
      staticFriction: 0.5, kineticFriction: 0.35, stribeckSpeed: 0.3, viscousFriction: 0.1)
    func friction(_ u: Double) -> Double {
      0.35 + 0.15 * exp(-u * u / 0.09) + 0.1 * u
    }
    let speed = 2.0
    var (time, distance) = (0.0, 0.0)
    let panels = 4000
    for i in 0...panels {
      let u = speed * Double(i) / Double(panels)
      let weight = (i == 0 || i == panels ? 1.0 : i % 2 == 1 ? 4 : 2) * speed / Double(3 * panels)
      time += weight / (gravity * friction(u))
      distance += weight * u / (gravity * friction(u))
    }
    for level in 0...1 {
      let scene = block(law, velocity: speed * .unitX, half: Vector3(x: 0.5, y: 0.5, z: 0.05))
      let log = try scene.run(for: 3, level: level)
      let stop = try #require(log.events(.stick).first)
      note("stribeck", level, stop.time / time - 1, log.position(0).x / distance - 1, log.steps)
      #expect(abs(stop.time / time - 1) < 1e-8)
      #expect(abs(log.position(0).x / distance - 1) < 1e-8)
      #expect(log.velocity(0).length < 1e-15 * 3)
    }
  }

  // Fails if friction forgets that the belt moves, or the ledger does not tell heat from work of the
  // belt (BP12): slips for V/(μ·g), heat m·V²/2, work of the belt m·V².
  @Test("a belt takes a block along")
  func belt() throws {
    let (belt, friction, mass) = (1.2, 0.4, 8.0)
    var scene = Scene(gravity: gravity)
    scene.add(.box(half: Vector3(x: 0.2, y: 0.2, z: 0.1)), mass: mass, at: 0.1 * .unitZ)
    scene.fix(.plane, motion: .steady(velocity: belt * .unitX, spin: .zero))
    scene.pair(0, 1, ContactLaw(staticFriction: friction))
    let log = try scene.run(for: 2)
    let stick = try #require(log.events(.stick).first)
    let time = belt / (friction * gravity)
    note(
      "belt", stick.time / time - 1, log.ledger.frictionHeat - 5.76,
      log.ledger.workOfMotions - 11.52, log.velocity(0))
    #expect(abs(stick.time / time - 1) < 1e-12)
    #expect(abs(log.velocity(0).x / belt - 1) < 1e-14)
    #expect(abs(log.position(0).x - (belt * 2 - 0.5 * belt * time)) < 1e-12)
    #expect(abs(log.ledger.frictionHeat / (0.5 * mass * belt * belt) - 1) < 1e-12)
    #expect(abs(log.ledger.workOfMotions / (mass * belt * belt) - 1) < 1e-12)
  }

  // Fails if the load on a face inside a stack is not shared rightly: the third of five boxes comes
  // out at 5·μ·m·g while the two above are held by rails (BP20).
  @Test("the middle of a stack is pulled out at its threshold")
  func pullsOut() throws {
    let (mass, friction) = (2.0, 0.35)
    for (factor, moves) in [(1 - 1e-8, false), (1 + 1e-6, true)] {
      var scene = Scene(gravity: gravity)
      let half = Vector3(x: 0.3, y: 0.3, z: 0.05)
      for i in 0..<5 {
        scene.add(.box(half: half), mass: mass, at: (0.05 + 0.1 * Double(i)) * .unitZ)
      }
      scene.fix(.plane)
      for i in 0..<5 {
        scene.pair(i, i == 0 ? 5 : i - 1, ContactLaw(staticFriction: friction))
      }
      for i in 3..<5 {
        scene.join(.slider, i, -1, and: scene.start.poses[i].position, axisA: .unitZ, axisB: .unitZ)
      }
      scene.setup.loads = [
        AppliedLoad(body: 2, force: factor * 5 * friction * mass * gravity * .unitX)
      ]
      let log = try scene.run(for: 0.2)
      note("pull out", factor, log.velocity(2).x, log.largestCertificate)
      #expect((log.velocity(2).x > 1e-8) == moves)
      #expect(log.velocity(1).length < 1e-12)
      #expect(log.velocity(3).length < 1e-12)
    }
  }

  // Fails if faces of a hull do not share load and friction as those of a box do.
  @Test("a hull slides like the box that it is")
  func hull() throws {
    let half = Vector3(x: 0.3, y: 0.2, z: 0.05)
    var corners: [Vector3] = []
    for x in [-1.0, 1] {
      for y in [-1.0, 1] {
        for z in [-1.0, 1] { corners.append(Vector3(x: x * half.x, y: y * half.y, z: z * half.z)) }
      }
    }
    var scene = block(
      ContactLaw(staticFriction: 0.4), velocity: Vector3(x: 2, y: 1, z: 0), half: half)
    scene.setup.bodies[0].shape = .hull(try ConvexHull(points: corners))
    let log = try scene.run(for: 1)
    let exact = 5 / (2 * 0.4 * gravity)
    note("hull", log.position(0).length, (log.position(0) - 0.05 * .unitZ).length / exact - 1)
    #expect(abs((log.position(0) - 0.05 * .unitZ).length / exact - 1) < 1e-12)
  }
}
