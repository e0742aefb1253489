import ClosedForms
import Foundation
import RigidBody
import Testing

@Suite("Film of a ball")
struct BallFilmTests {
  static let radius = 0.1

  func ball(
    drag: SphereDrag, gravity: Vector3 = Vector3(x: 0, y: 0, z: -9.8), restitution: Double = 0.5,
    rolling: Double = 0.002, duration: Double = 6
  ) -> BouncingBall {
    let flight = BallFlight(
      mass: 1, diameter: 2 * Self.radius, gravity: gravity, drag: drag, fluidDensity: 1.2,
      viscosity: 1.8e-5, hasBuoyancy: false, hasAddedMass: false)
    return BouncingBall(
      flight: flight,
      impact: SphereImpact(mass: 1, radius: Self.radius, inertiaFactor: 0.4),
      restitution: .constant(restitution), friction: .isotropic(0.3), grip: 0,
      rollingResistance: rolling, duration: duration)
  }

  static func times(to end: Double) -> [Double] { (0...Int(60 * end)).map { Double($0) / 60 } }

  // Fails if looking changes a step or a rounding of the run.
  @Test("a run that is filmed is the same run", arguments: [SphereDrag.none, .morrison])
  func isTheSame(drag: SphereDrag) throws {
    let ball = ball(drag: drag)
    let start = BallState(gap: 1, velocity: Vector3(x: 1, y: 0.2, z: 2))
    let spin = Vector3(x: 3, y: 30, z: 5)
    let plain = try ball.run(from: start, spin: spin, level: 1)
    var film: BallFilm? = BallFilm(times: Self.times(to: 6), spin: spin)
    let filmed = try ball.run(from: start, spin: spin, level: 1, film: &film)
    #expect(plain.impacts == filmed.impacts && plain.rest == filmed.rest)
    #expect(plain.energyError == filmed.energyError && plain.maxSpeed == filmed.maxSpeed)
    #expect(film?.shots.map(\.state.time) == Self.times(to: 6))
  }

  // A fall against quadratic drag has a closed form; level 3 meets it to 1e-12 (order 6, BallPieceTests).
  // Fails if a shot is interpolated from the ends of its step, which are 0.1 s apart.
  @Test("shots in a fall meet the closed form")
  func closedForm() throws {
    let coefficient = 0.47
    let ball = ball(drag: .constant(coefficient))
    let strength = 0.5 * 1.2 * Double.pi * Self.radius * Self.radius * coefficient
    let exact = QuadraticDragFall(gravity: 9.8, terminalSpeed: (9.8 / strength).squareRoot())
    var film: BallFilm? = BallFilm(times: Self.times(to: 6), spin: .zero)
    let run = try ball.run(
      from: BallState(gap: 20, velocity: .zero), spin: .zero, level: 3, film: &film)
    let landing = try #require(run.impacts.first?.before.time)
    let shots = try #require(film?.shots.filter { $0.state.time < landing })
    #expect(shots.count > 100)
    for shot in shots {
      // z = h − (v²/g)·ln cosh(g·t/v)
      let v = exact.terminalSpeed
      let height = 20 - v * v / 9.8 * log(cosh(9.8 * shot.state.time / v))
      #expect(abs(shot.state.gap - height) < 1e-11, "\(shot.state.time)")
      let speed = shot.state.gap < 20 ? exact.speedDown(distance: 20 - shot.state.gap) : 0
      #expect(abs(shot.state.velocity.z + speed) < 1e-10)
    }
  }

  // In flight the spin is constant, so the turn is exp(ω·t). Rolling: the turn is the way over the radius.
  // Fails if the turn lags, or slips.
  @Test("the turn follows the spin")
  func turn() throws {
    let spin = Vector3(x: 0, y: 7, z: 0)
    var film: BallFilm? = BallFilm(times: Self.times(to: 0.2), spin: spin)
    _ = try ball(drag: .none, duration: 0.2).run(
      from: BallState(gap: 3, velocity: .zero), spin: spin, level: 0, film: &film)
    let last = try #require(film?.shots.last)
    #expect(abs(last.turn.rotationVector.y - 7 * last.state.time) < 1e-14)

    // a ball that rolls from the start: v = ω·a, no impact, no slide
    let rolling = Vector3(x: 0, y: 10, z: 0)
    var course: BallFilm? = BallFilm(times: Self.times(to: 1), spin: rolling)
    _ = try ball(drag: .none, rolling: 0).run(
      from: BallState(gap: 0, velocity: Vector3(x: 1, y: 0, z: 0)), spin: rolling, level: 1,
      film: &course)
    let shots = try #require(course?.shots)
    #expect(shots.count == 61)
    for shot in shots.dropFirst() {
      #expect(shot.support == .rolling && shot.state.gap == 0)
      #expect(abs(shot.state.x - shot.state.time) < 1e-12)
      let half = 0.5 * shot.state.x / Self.radius
      #expect(abs(shot.turn.y - sin(half)) < 1e-11 && abs(shot.turn.w - cos(half)) < 1e-11)
    }
  }

  // A ball that slides is braked by μg and rolls at 5/7 of its speed. Fails if the force of the floor
  // does not act on the ball as the motion says.
  @Test("the floor's force is that of the motion")
  func force() throws {
    var film: BallFilm? = BallFilm(times: Self.times(to: 2), spin: .zero)
    let log = try ball(drag: .none, rolling: 0).run(
      from: BallState(gap: 0, velocity: Vector3(x: 2, y: 0, z: 0)), spin: .zero, level: 2,
      film: &film)
    let slide = try #require(log.sliding)
    #expect(abs(slide - 2 * 2 / (7 * 0.3 * 9.8)) < 1e-12)
    for shot in try #require(film?.shots).dropFirst() {
      let t = shot.state.time
      #expect(abs(shot.push.z - 9.8) < 1e-12)
      if t < slide {
        #expect(shot.support == .sliding && abs(shot.push.x + 0.3 * 9.8) < 1e-12)
        #expect(abs(shot.state.velocity.x - (2 - 0.3 * 9.8 * t)) < 1e-11)
        #expect(abs(shot.spin.y - 2.5 * 0.3 * 9.8 * t / Self.radius) < 1e-9)
      } else {
        #expect(shot.support == .rolling && abs(shot.push.x) < 1e-12)
        #expect(abs(shot.state.velocity.x - 10.0 / 7) < 1e-12)
      }
    }
  }
}
