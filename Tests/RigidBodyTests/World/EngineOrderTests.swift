import ClosedForms
import Foundation
import RigidBody
import Testing

@Suite("Engine: order of convergence")
struct EngineOrderTests {
  /// Orders from halving to halving, against exact values.
  func orders(_ errors: [Double]) -> [Double] {
    zip(errors, errors.dropFirst()).map { log2(abs($0 / $1)) }
  }

  // Fails if a stage, the chart of rotations or the projection onto a hinge lowers the order. The
  // angle at T/8 of an oscillation of 150° by the arithmetic-geometric mean's descent (amplitude
  // function of Landen). The projections add an order to what the seven stages promise.
  @Test("pendulum from 150°")
  func pendulum() throws {
    let (gravity, inertia, amplitude) = (9.80665, 0.3, 150 * Double.pi / 180)
    let exact = PendulumSwing(
      frequency: (gravity / (1 + inertia)).squareRoot(), amplitude: amplitude)
    #expect(
      abs(
        PendulumSwing(frequency: gravity.squareRoot(), amplitude: amplitude).period
          - 3.535701938311401) < 1e-13)
    let turn = Quaternion(.unitY, amplitude)
    var scene = Scene(gravity: gravity)
    scene.add(
      .sphere(radius: 0.01), inertia: inertia * Vector3(x: 1, y: 1, z: 1),
      at: turn.rotate(-1 * .unitZ), turned: turn)
    scene.join(.hinge, 0, at: .unitZ)
    let errors = try (0...2).map { level in
      let end = try scene.run(for: 17, level: level).position(0)
      return atan2(-end.x, -end.z) - exact.angle(at: 17)
    }
    note("pendulum", errors, orders(errors))
    #expect(orders(errors)[0] > 5.9)
    #expect(orders(errors)[1] > 5.9)
    #expect(abs(errors[2]) < 1e-9)
  }

  // Fails if the gyroscopic term or the ball joint's J̇v is wrong (RB20): reference by DOP853 and
  // Radau, 1e-10 apart, so that only errors above 1e-8 say anything about the order.
  // Fails if the solver loses what a long arm with a small inertia carries: order 6 fell to 2 and the
  // period was 1e-10 off, because its penalty was measured by how easily the end of the arm turns.
  @Test("a small ball on a long arm", arguments: [0.01, 0.1])
  func longArm(radius: Double) throws {
    let (gravity, amplitude, arm) = (9.80665, 150 * Double.pi / 180, 1.0)
    let inertia = 0.4 * radius * radius
    let period = PendulumSwing(
      frequency: (gravity * arm / (arm * arm + inertia)).squareRoot(), amplitude: amplitude
    ).period
    let place = Vector3(x: arm * sin(amplitude), y: 0, z: -arm * cos(amplitude))
    var scene = Scene(gravity: gravity)
    scene.add(.sphere(radius: radius), at: place)
    scene.join(.hinge, 0, at: -1 * place, axisA: .unitY, axisB: .unitY)
    let errors = try (0...2).map { level -> Double in
      let log = try scene.run(for: 0.75 * period, level: level)
      // at three quarters of a period it hangs down
      let x = log.position(0)
      return atan2(x.x, -x.z)
    }
    note("long arm", radius, errors, orders(errors))
    // rounding is 1e-13 by now
    #expect(abs(errors[2]) < 5e-12)
    #expect(log2(abs(errors[0] / errors[2])) > 2 * 5.5)
  }

  @Test("heavy top")
  func top() throws {
    var scene = Scene(gravity: 9.81)
    let spin = Vector3(x: 0, y: 150, z: -4.61538)
    scene.add(
      .sphere(radius: 0.1), mass: 15, inertia: Vector3(x: 0.234375, y: 0.46875, z: 0.234375),
      at: .unitY, velocity: spin.cross(.unitY), spin: spin)
    scene.join(.ball, 0, at: -1 * .unitY)
    let exact = Vector3(x: -0.15041682274023077, y: -0.7241655916285618, z: -0.673022269568365)
    let logs = try (0...2).map { try scene.run(for: 2, level: $0) }
    let errors = logs.map { ($0.position(0) - exact).length }
    let losses = logs.map(\.ledger.residual)
    note("top", errors, orders(errors), losses, orders(losses))
    // energy has no error of the reference
    #expect(orders(losses).allSatisfy { $0 > 5.9 })
    #expect(errors[1] < 1e-8)
    #expect(errors[2] < 1.2e-10)
  }

  // Fails if rods to a moving body have a wrong J̇v (RB17, two point masses from 90°).
  @Test("double pendulum")
  func doublePendulum() throws {
    // the reference has points: the inertia of a ball never enters, as nothing turns the balls
    var scene = Scene(gravity: 9.81)
    scene.add(.sphere(radius: 0.01), at: .unitX)
    scene.add(.sphere(radius: 0.01), at: 2 * .unitX)
    scene.join(.rod(length: 1), 0)
    scene.join(.rod(length: 1), 1, 0)
    let exact = (-0.6271867050665308, -1.301315550209812)
    let errors = try (0...3).map { level -> Double in
      let log = try scene.run(for: 5, level: level)
      let (a, b) = (log.position(0), log.position(1) - log.position(0))
      return max(abs(atan2(a.x, -a.z) - exact.0), abs(atan2(b.x, -b.z) - exact.1))
    }
    note("double", errors, orders(errors))
    #expect(abs(orders(errors)[1] - 6) < 0.1)
    #expect(errors[2] < 1e-8)
  }

  // Fails if friction that turns is held fixed inside a step (BP15): |v| + v_downhill is constant on
  // a slope with tan α = μ; speeds tend to v/2. With w = downhill speed, s = |v| = v₀ − w and
  // ds/dt = −dw/dt: g·sin α·t = ∫ ds/(w/s − 1)…, here in closed form by y = direction.
  @Test("a block launched across a slope")
  func lateral() throws {
    let (friction, gravity) = (0.4, 9.80665)
    let angle = atan(friction)
    let pull = gravity * sin(angle)
    let tilt = Quaternion(.unitY, angle)
    var scene = Scene(gravity: gravity)
    scene.add(
      .box(half: Vector3(x: 0.25, y: 0.25, z: 0.05)), mass: 2,
      at: tilt.rotate(0.05 * .unitZ), turned: tilt, velocity: .unitY)
    scene.fix(.plane, turned: tilt)
    scene.pair(0, 1, ContactLaw(staticFriction: friction))
    // c = cos of the angle between velocity and downhill: |v| = v₀/(1 + c), dc/dt = g·sin α·(1−c²)/|v|:
    // t(c) = v₀/(g·sin α)·∫₀^c dc/((1+c)²·(1−c))
    func time(_ c: Double) -> Double {
      (0.25 * log((1 + c) / (1 - c)) + 0.5 * c / (1 + c)) / pull
    }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<80 {
      let c = 0.5 * (low + high)
      if time(c) < 0.3 { low = c } else { high = c }
    }
    let speed = 1 / (1 + low)
    let exact = Vector3(x: speed * low, y: speed * (1 - low * low).squareRoot(), z: 0)
    let errors = try (0...3).map { level -> Double in
      let log = try scene.run(for: 0.3, level: level)
      return (tilt.conjugate.rotate(log.velocity(0)) - exact).length
    }
    // steps of a hundredth of the run and less: at rounding from the first level on
    note("lateral", errors, orders(errors))
    #expect(errors.allSatisfy { $0 < 1e-12 })
    let long = try scene.run(for: 10, level: 1)
    let end = tilt.conjugate.rotate(long.velocity(0))
    note("lateral end", end.x - 0.5, long.position(0).y - 2.0 / 3 / pull, long.steps)
    #expect(abs(long.position(0).y - 2.0 / 3 / pull) < 1e-8)
    #expect(abs(end.x - 0.5) < 1e-8)
  }

  // Fails if a turning surface moves the point of contact wrongly (RB08): a circle with 2Ω/7.
  @Test("a ball on a turntable")
  func turntable() throws {
    let (radius, table, speed) = (0.02, 3.0, 0.2)
    var scene = Scene()
    scene.add(
      .sphere(radius: radius), at: radius * .unitZ, velocity: speed * .unitY,
      spin: -speed / radius * .unitX)
    scene.fix(.plane, motion: .steady(velocity: .zero, spin: table * .unitZ))
    scene.pair(0, 1, ContactLaw(staticFriction: 5))
    let rate = 2 * table / 7
    let errors = try (0...2).map { level -> Double in
      let end = try scene.run(for: 5, level: level).position(0)
      let exact = speed / rate * Vector3(x: cos(5 * rate) - 1, y: sin(5 * rate), z: 0)
      return (end - exact - radius * .unitZ).length
    }
    note("turntable", errors, orders(errors))
    #expect(errors[0] < 1e-8)
    #expect(orders(errors).allSatisfy { abs($0 - 6) < 0.1 })
  }

  // Fails if rolling on a hollow cylinder loses the coupling of climb and spin (RB09): z oscillates
  // with √(2/7)·Ω about −5g·…: z = −(5g/(2Ω²))·(1 − cos(√(2/7)·Ω·t)).
  @Test("a ball in a vertical pipe")
  func pipe() throws {
    let (small, large, turning, gravity) = (0.02, 0.1, 8.0, 9.80665)
    var scene = Scene(gravity: gravity)
    let speed = turning * (large - small)
    scene.add(
      .sphere(radius: small), at: (large - small) * .unitX, velocity: speed * .unitY,
      spin: -speed / small * .unitZ)
    scene.fix(.pipe(radius: large))
    scene.pair(0, 1, ContactLaw(staticFriction: 5))
    let frequency = (2.0 / 7).squareRoot() * turning
    let time = 1.3
    let exact = -2.5 * gravity / (turning * turning) * (1 - cos(frequency * time))
    let errors = try (0...3).map { try scene.run(for: time, level: $0).position(0).z - exact }
    note("pipe", errors, orders(errors))
    #expect(orders(errors)[0...1].allSatisfy { $0 > 5.9 })
    #expect(abs(errors[2]) < 1e-10)
  }
}
