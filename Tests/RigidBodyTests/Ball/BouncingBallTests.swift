import ClosedForms
import Foundation
import RigidBody
import Testing

@Suite("Bouncing ball")
struct BouncingBallTests {
  func ball(
    gravity: Double = 10, drag: SphereDrag = .none, density: Double = 0, restitution: Restitution,
    friction: Double = 0, grip: Double = 0, resistance: Double = 0, duration: Double = 1000,
    kept: Int = 64, buoyancy: Bool = false, central: CentralGravity? = nil
  ) -> BouncingBall {
    BouncingBall(
      flight: BallFlight(
        mass: 1, diameter: 0.1, gravity: Vector3(x: 0, y: 0, z: -gravity), drag: drag,
        fluidDensity: density, viscosity: 1.8e-5, hasBuoyancy: buoyancy, hasAddedMass: false,
        central: central),
      impact: SphereImpact(mass: 1, radius: 0.05, inertiaFactor: 0.4), restitution: restitution,
      friction: .isotropic(friction), grip: grip, rollingResistance: resistance,
      duration: duration, kept: kept)
  }

  func start(_ gap: Double, _ vx: Double = 0, _ vz: Double = 0) -> BallState {
    BallState(gap: gap, velocity: Vector3(x: vx, y: 0, z: vz))
  }

  // Fails if time, speed or height is passed on wrongly from a flight to the next. Two roundings an
  // impact; thirty of them.
  @Test("meets the bounce series of a vacuum")
  func vacuum() throws {
    let log = try ball(restitution: .constant(0.8)).run(from: start(1, 0, 3), spin: .zero, level: 0)
    let exact = VacuumFall(gravity: 10)
    let times = exact.impactTimes(height: 1, velocity: 3, restitution: 0.8, count: 30)
    let heights = exact.reboundHeights(height: 1, velocity: 3, restitution: 0.8, count: 30)
    try #require(log.impacts.count >= 30 && log.apexes.count >= 30)
    for index in 0..<30 {
      #expect(abs(log.impacts[index].before.time - times[index]) < 1e-14)
      #expect(abs(log.apexes[index].gap - heights[index]) < 1e-14)
    }
    let rest = exact.restTime(height: 1, velocity: 3, restitution: 0.8)
    #expect(abs((log.rest?.time ?? .nan) - rest) < 1e-13)
    #expect(log.maxSpeed == log.impacts[0].before.velocity.length)
    #expect(log.apexesAboveThreshold == heights.count { $0 > 1e-3 } && log.energyError < 1e-15)
  }

  // Fails if drag is left out of a rise, or the thrown ball (faster than its terminal speed) is not
  // followed. Level 5: errors of flight below 1e-12.
  @Test("meets the bounce series of quadratic drag", arguments: [(4.0, 0.0), (1, -20), (0, 25)])
  func quadratic(height: Double, velocity: Double) throws {
    let terminal = 8.0
    let coefficient = 2 * 10 / (1.2 * Double.pi / 4 * 0.01 * terminal * terminal)
    let log = try ball(drag: .constant(coefficient), density: 1.2, restitution: .constant(0.9))
      .run(from: start(height, 0, velocity), spin: .zero, level: 5)
    let exact = QuadraticDragFall(gravity: 10, terminalSpeed: terminal)
      .bounces(height: height, velocity: velocity, restitution: 0.9, count: 8)
    try #require(log.impacts.count >= 8)
    for (impact, bounce) in zip(log.impacts, exact) {
      #expect(abs(impact.before.time - bounce.time) < 1e-11)
      #expect(abs(-impact.before.velocity.z - bounce.speed) < 1e-11)
    }
    for (apex, bounce) in zip(log.apexes, exact) {
      #expect(abs(apex.gap - bounce.reboundHeight) < 1e-11)
    }
    let fastest = max(abs(velocity), log.impacts[0].before.velocity.length)
    #expect(log.maxSpeed == fastest && log.energyError < 1e-10)
  }

  // Fails if energy is made in flight or at an impact: with spin, grip and drag, over every law.
  @Test("never gains energy")
  func energy() throws {
    for law in [SphereDrag.morrison, .cliftGauvin, .stokes, .constant(0.5)] {
      let log = try ball(
        drag: law, density: 1.2, restitution: .constant(0.7), friction: 0.4, grip: 0.5,
        resistance: 0.001
      ).run(from: start(1, 4, 2), spin: Vector3(x: 30, y: -80, z: 10), level: 3)
      #expect(log.energyError < 1e-9, "\(law): \(log.energyError)")
      #expect(log.impacts.allSatisfy { $0.energyChange <= 0 } && log.rest != nil)
      #expect(log.ending == "at rest")
      for impact in log.impacts {
        // what the impact reports is the change of both kinetic energies (m = 1, I = 0.001)
        let before = impact.before.velocity
        #expect(impact.energyChange <= -0.5 * 0.51 * before.z * before.z * (1 - 1e-12))
      }
    }
  }

  // Fails if a run that would take forever is cut silently, or a million impacts take minutes.
  @Test("stops at a million impacts")
  func impactLimit() {
    let error = #expect(throws: BouncingBall.TooManyImpacts.self) {
      try ball(restitution: .constant(1), duration: 1e9).run(
        from: start(0.05), spin: .zero, level: 0)
    }
    // impacts at 0.1·(2n − 1): the millionth plus one, summed with a million roundings
    let time = error?.time ?? .nan
    let height = error?.height ?? .nan
    #expect(abs(time / 200_000.1 - 1) < 1e-9)
    #expect(abs(height - 0.05) < 1e-9)
  }

  // Fails if the cap is ignored, or the last flight is not followed to it: 0.45 s is 0.25 s after
  // the impact at 0.2 s.
  @Test("ends at its duration")
  func duration() throws {
    let ball = ball(restitution: .constant(1), duration: 0.45)
    let log = try ball.run(from: start(0.2), spin: .zero, level: 0)
    #expect(log.impactCount == 1 && log.rest == nil && log.ending == "the duration is over")
    let early = try self.ball(restitution: .constant(1), duration: 0.1)
      .run(from: start(0.2), spin: .zero, level: 0)
    #expect(early.impactCount == 0 && abs(early.maxSpeed - 1) < 1e-14)
  }

  // Fails if a ball that does not come back has impacts: no gravity, lighter than the fluid, faster
  // than the escape speed of 11180 m/s.
  @Test("says when the ball does not return")
  func neverReturns() throws {
    let free = try ball(gravity: 0, restitution: .constant(0.5), duration: 10)
      .run(from: start(1, 0, 2), spin: .zero, level: 0)
    #expect(free.ending == "it rises and does not come back" && free.impacts.isEmpty)
    let still = try ball(gravity: 0, restitution: .constant(0.5), duration: 10)
      .run(from: start(1), spin: .zero, level: 0)
    #expect(still.ending == "it does not reach the floor" && still.maxSpeed == 0)
    let balloon = try ball(
      drag: .constant(0.5), density: 3000, restitution: .constant(0.5), duration: 10, buoyancy: true
    ).run(from: start(1), spin: .zero, level: 0)
    #expect(balloon.ending == "it does not reach the floor" && balloon.impacts.isEmpty)
    let planet = CentralGravity(parameter: 4e14, radius: 6.4e6)
    let rocket = try ball(gravity: 0, restitution: .constant(0.5), duration: 1e9, central: planet)
      .run(from: start(0, 0, 12_000), spin: .zero, level: 2)
    #expect(rocket.ending == "it rises and does not come back" && rocket.impacts.isEmpty)
  }

  // Fails if impacts beyond the kept ones are not counted, or keeping fewer changes the motion.
  @Test("keeps the first impacts and counts all")
  func kept() throws {
    let long = try ball(restitution: .constant(0.9)).run(from: start(1), spin: .zero, level: 0)
    let short = try ball(restitution: .constant(0.9), kept: 3).run(
      from: start(1), spin: .zero, level: 0)
    #expect(short.impacts == Array(long.impacts.prefix(3)) && short.apexes.count == 3)
    #expect(short.impactCount == long.impactCount && short.rest == long.rest)
    #expect(short.apexesAboveThreshold == long.apexesAboveThreshold && short.impactCount > 64)
  }

  // A superball keeps hopping back and forth (Garwin 1969): grip 1, e = 1. Fails if spin is lost
  // between impacts.
  @Test("spin goes on through a flight")
  func superball() throws {
    let log = try ball(restitution: .constant(1), friction: 100, grip: 1, duration: 4)
      .run(from: start(0.2, 1), spin: .zero, level: 0)
    let map = GarwinBounce(inertiaFactor: 0.4, grip: 1)
    var (v, w) = (1.0, 0.0)
    for impact in log.impacts {
      (v, w) = map.floor(velocity: v, surfaceSpeed: w)
      #expect(abs(impact.velocityAfter.x - v) < 1e-13)
      #expect(abs(0.05 * impact.spinAfter.y - w) < 1e-13)
      #expect(abs(impact.energyChange) < 1e-13)
    }
    #expect(log.impacts.count == 10)
  }

  // The rigid picture of a law with e → 1 ends below the indentation. Fails if it runs for ever, or if
  // the ball goes on through the floor where it ends: it is never faster than at its first impact.
  @Test("ends a viscoelastic series where the contact does not open")
  func viscoelastic() throws {
    let law = Restitution.viscoelastic(stiffness: 1e8, dissipation: 1e-4)
    let log = try ball(restitution: law).run(from: start(0.5), spin: .zero, level: 0)
    #expect(log.rest == nil && log.ending.contains("indentation"))
    #expect(log.impactCount > 5 && log.impactCount < 10_000)
    let speeds = log.impacts.map { -$0.before.velocity.z }
    let ratios = zip(speeds, speeds.dropFirst()).map { $1 / $0 }
    #expect(log.maxSpeed == speeds[0])
    #expect(ratios == ratios.sorted(), "slower impacts are more elastic")
  }
}
