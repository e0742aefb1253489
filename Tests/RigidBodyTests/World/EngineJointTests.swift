import Foundation
import RigidBody
import Testing

@Suite("Engine: joints and drives")
struct EngineJointTests {
  let gravity = 9.80665

  // Fails if a gear's reaction does not act on both sides, or the pulley's inertia is lost (RB35):
  // a = (m₂ − m₁)·g/(m₁ + m₂ + M/2).
  @Test("Atwood's machine over a heavy pulley")
  func atwood() throws {
    var scene = Scene(gravity: gravity)
    let radius = 0.2
    let pulley = scene.add(.cylinder(radius: radius, halfLength: 0.02), mass: 1)
    let left = scene.add(.sphere(radius: 0.05), mass: 2, at: Vector3(x: -0.2, y: 0, z: -1))
    let right = scene.add(.sphere(radius: 0.05), mass: 3, at: Vector3(x: 0.2, y: 0, z: -1))
    scene.join(.hinge, pulley, axisA: .unitZ, axisB: .unitZ)
    scene.join(
      .gear(ratioA: 1, turnsA: false, ratioB: radius, turnsB: true), left, pulley, axisA: .unitZ,
      axisB: .unitZ)
    scene.join(
      .gear(ratioA: 1, turnsA: false, ratioB: -radius, turnsB: true), right, pulley,
      axisA: .unitZ, axisB: .unitZ)
    let exact = gravity / 5.5
    let log = try scene.run(for: 2)
    note(
      "atwood", log.velocity(right).z + 2 * exact, log.velocity(left).z - 2 * exact,
      log.ledger.residual, exact)
    #expect(abs(log.velocity(right).z / (-2 * exact) - 1) < 1e-12)
    #expect(abs(log.velocity(left).z / (2 * exact) - 1) < 1e-12)
    #expect(abs(log.end.jointForces[1].z - 2 * (gravity + exact)) < 1e-11)
    #expect(abs(log.end.jointForces[2].z - 3 * (gravity - exact)) < 1e-11)
  }

  // Fails if redundant hinges break the solver or the mechanism changes its branch where all links are
  // collinear (RB15): five rods, period and place after 10 s.
  @Test("a double four-bar")
  func fourBar() throws {
    var scene = Scene(gravity: 9.81)
    let rod = Vector3(x: 1.0 / 12, y: 1.0 / 12, z: 1e-4)
    let half = 0.5 * Vector3.unitZ
    for i in 0..<3 {
      scene.add(
        .capsule(radius: 0.01, halfLength: 0.5), inertia: rod,
        at: Vector3(x: Double(i), y: 0, z: 0.5), velocity: 0.5 * .unitX, spin: .unitY)
      scene.join(.hinge, i, at: -half, and: Double(i) * .unitX)
    }
    for i in 0..<2 {
      scene.add(
        .capsule(radius: 0.01, halfLength: 0.5),
        inertia: Vector3(x: 1e-4, y: 1.0 / 12, z: 1.0 / 12),
        at: Vector3(x: Double(i) + 0.5, y: 0, z: 1), velocity: .unitX)
      scene.join(.hinge, 3 + i, i, at: -0.5 * .unitX, and: half)
      scene.join(.hinge, 3 + i, i + 1, at: 0.5 * .unitX, and: half)
    }
    let log = try scene.run(
      for: 10, level: 1, crossings: [Watch(name: "x") { $0.state.poses[0].position.x }])
    let tip = log.end.state.poses[0].world(half)
    note(
      "four bar", tip.x - 0.3284581114833527, tip.z - 0.9445185381985838,
      log.crossings[0].map(\.time), log.ledger.residual, log.steps, log.notes)
    #expect(abs(tip.x - 0.3284581114833527) < 1e-6)
    #expect(abs(tip.z - 0.9445185381985838) < 1e-6)
  }

  // Fails if the pivot's acceleration does not reach the body (RB32): upright is stable when the
  // pivot shakes faster than 31.539 Hz (Floquet), 0.2 m and 10 mm.
  @Test("a pendulum stands on a shaken pivot", arguments: [1.05, 0.95])
  func kapitza(factor: Double) throws {
    var scene = Scene(gravity: gravity)
    let tilt = Quaternion(.unitY, 0.01)
    let bob = scene.add(
      .sphere(radius: 0.01), inertia: 1e-9 * Vector3(x: 1, y: 1, z: 1),
      at: tilt.rotate(0.2 * .unitZ), turned: tilt)
    let pivot = scene.fix(
      .sphere(radius: 0.01),
      motion: .sinusoid(
        direction: .unitZ, amplitude: 0.01, frequency: factor * 31.538973498933967,
        phase: 0.5 * Double.pi))
    scene.join(.hinge, bob, pivot, at: -0.2 * .unitZ)
    let log = try scene.run(
      for: 3,
      watches: [Watch(name: "lean") { abs($0.state.poses[0].orientation.rotationVector.y) }])
    note("kapitza", factor, log.extremes[0].maximum, log.steps)
    // below: grows to a fall; above: stays within a few times the start (0.01 rad, and the stiffness
    // near the threshold is a tenth of that far away)
    #expect((log.extremes[0].maximum > 1) == (factor < 1))
    if factor > 1 { #expect(log.extremes[0].maximum < 0.05) }
  }

  // Fails if a motor slips, or its torque does not show up as work: ½·I·ω² and the lift of a weight.
  @Test("a motor keeps its rate, a torque motor its torque")
  func motors() throws {
    var scene = Scene(gravity: gravity)
    scene.add(.cylinder(radius: 0.2, halfLength: 0.1), mass: 3, spin: 4 * .unitZ)
    scene.join(.motor(rate: -4), 0, axisA: .unitZ, axisB: .unitZ)
    let turning = try scene.run(for: 2)
    note("motor", turning.spin(0), turning.ledger.residual)
    #expect((turning.spin(0) - 4 * .unitZ).length < 1e-12)
    let angle = turning.end.state.poses[0].orientation.rotationVector.z
    #expect(abs(angle - (8 - 2 * Double.pi)) < 1e-11)

    scene = Scene(gravity: gravity)
    scene.add(.cylinder(radius: 0.2, halfLength: 0.1), mass: 3)
    scene.join(.torqueMotor(torque: -0.3), 0, axisA: .unitZ, axisB: .unitZ)
    let pushed = try scene.run(for: 2)
    let spin = 0.3 * 2 / (0.5 * 3 * 0.04)
    note("torque", pushed.spin(0).z - spin, pushed.ledger.residual)
    #expect(abs(pushed.spin(0).z / spin - 1) < 1e-12)
    #expect(abs(pushed.ledger.workOfLoads / (0.5 * 0.06 * spin * spin) - 1) < 1e-12)
  }

  // Fails if a motor that starts at rest is not brought to its rate by an impact, or if the energy of
  // that jump is not booked.
  @Test("a motor that starts at rest jumps to its rate")
  func jump() throws {
    var scene = Scene(gravity: 0)
    scene.add(.cylinder(radius: 0.2, halfLength: 0.1), mass: 3)
    scene.join(.motor(rate: -4), 0, axisA: .unitZ, axisB: .unitZ)
    let log = try scene.run(for: 1)
    note("jump", log.spin(0), log.ledger)
    #expect((log.spin(0) - 4 * .unitZ).length < 1e-12)
    #expect(abs(log.ledger.residual) < 1e-12)
  }

  // Fails if a weld gives way: two balls as one body about their common centre; the weld carries
  // m·ω²·d/2.
  @Test("welded balls are one body")
  func weld() throws {
    let (spin, distance) = (5.0, 0.6)
    var scene = Scene(gravity: gravity)
    for side in [-0.5, 0.5] {
      scene.add(
        .sphere(radius: 0.1), mass: 2, at: side * distance * .unitX,
        velocity: side * distance * spin * .unitY + 3 * .unitZ, spin: spin * .unitZ)
    }
    scene.join(.weld, 1, 0, at: -distance * .unitX)
    let log = try scene.run(for: 2, level: 2)
    let middle = 0.5 * (log.position(0) + log.position(1))
    let exact = (3 * 2 - 2 * gravity) * Vector3.unitZ
    let arm = log.position(1) - log.position(0)
    let wanted = distance * Vector3(x: cos(10), y: sin(10), z: 0)
    note(
      "weld", (middle - exact).length, (arm - wanted).length,
      log.end.jointForces[0].length - 2 * spin * spin * 0.5 * distance, log.ledger.residual)
    #expect((middle - exact).length < 1e-12)
    #expect((arm - wanted).length < 1e-9)
    #expect(abs(log.end.jointForces[0].length - spin * spin * distance) < 1e-8)
  }

  // Fails if a slider on a turning body loses Coriolis or centrifugal terms: r = r₀·cosh(Ω·t), and
  // the rod pushes with 2·m·Ω·dr/dt.
  @Test("a bead on a turning rod")
  func bead() throws {
    let turning = 2.0
    var scene = Scene(gravity: 0)
    scene.add(
      .sphere(radius: 0.01), at: 0.1 * .unitX, velocity: 0.1 * turning * .unitY,
      spin: turning * .unitZ)
    scene.fix(.sphere(radius: 0.01), motion: .steady(velocity: .zero, spin: turning * .unitZ))
    scene.join(.slider, 0, 1, axisA: .unitX, axisB: .unitX)
    for level in 0...1 {
      let log = try scene.run(for: 1.5, level: level)
      let exact = 0.1 * cosh(3)
      note(
        "bead", level, log.position(0).length - exact,
        log.end.jointForces[0].length - 4 * 0.1 * turning * sinh(3), log.ledger.residual)
      #expect(abs(log.position(0).length / exact - 1) < 1e-8)
      // 2·m·Ω·r' = 2·Ω²·r₀·sinh; work of the rod is kinetic energy
      #expect(abs(log.end.jointForces[0].length / (0.2 * turning * turning * sinh(3)) - 1) < 1e-7)
    }
  }

  // Fails if accelerations in samples are not those of the state (RB26): 1.5·g·sin θ at the tip.
  @Test("the tip of a falling chimney", arguments: [30.0, 60, 90])
  func chimney(degrees: Double) throws {
    let turn = Quaternion(.unitY, degrees * Double.pi / 180)
    var scene = Scene(gravity: gravity)
    scene.add(
      .capsule(radius: 0.01, halfLength: 5), inertia: Vector3(x: 25.0 / 3, y: 25.0 / 3, z: 1e-4),
      at: turn.rotate(5 * .unitZ), turned: turn)
    scene.join(.hinge, 0, at: -5 * .unitZ)
    let log = try scene.run(for: 1e-3)
    let acceleration = log.start.accelerations[0]
    let tip = acceleration.velocity(at: turn.rotate(5 * .unitZ)).length
    let exact = 1.5 * gravity * sin(degrees * Double.pi / 180)
    note("chimney", degrees, tip / exact - 1)
    #expect(abs(tip / exact - 1) < 1e-12)
  }
}
