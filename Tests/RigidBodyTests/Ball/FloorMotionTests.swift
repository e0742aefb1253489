import ClosedForms
import Foundation
import RigidBody
import Testing

@Suite("Motion on the floor")
struct FloorMotionTests {
  let radius = 0.05

  func motion(
    friction: PlanarFriction = .isotropic(0.2), resistance: Double = 0, inertia: Double = 0.4,
    gravity: Vector3 = Vector3(x: 0, y: 0, z: -10), drag: Double = 0, density: Double = 0,
    addedMass: Bool = false, level: Int = 0
  ) -> FloorMotion {
    let flight = BallFlight(
      mass: 1, diameter: 2 * radius, gravity: gravity,
      drag: drag > 0 ? .constant(drag) : .none, fluidDensity: density,
      viscosity: 1e-5, hasBuoyancy: false, hasAddedMass: addedMass)
    return FloorMotion(
      flight: flight, radius: radius, inertiaFactor: inertia, friction: friction,
      rollingResistance: resistance, level: level)
  }

  func state(_ vx: Double, _ vy: Double = 0) -> BallState {
    BallState(gap: 0, velocity: Vector3(x: vx, y: vy, z: 0))
  }

  // Fails if friction turns the wrong way, or the slip does not count the spin. Constant rates are
  // integrated exactly: some 16 roundings.
  @Test(
    "slides until it rolls",
    arguments: [
      (2.0, 0.0, 0.4), (2, 0, 2 / 3.0), (2, 100, 0.4), (2, -80, 0.4), (0, 50, 2 / 3.0),
      (-1, 60, 0.4),
    ]
      as [(Double, Double, Double)])
  func slideToRoll(velocity: Double, spin: Double, inertia: Double) throws {
    let ball = RollingBall(gravity: 10, friction: 0.2, inertiaFactor: inertia)
    let surface = radius * spin
    let stop = motion(inertia: inertia).settle(
      state(velocity), spin: Vector3(x: 0, y: spin, z: 3))
    let time = ball.slidingTime(velocity: velocity, surfaceSpeed: surface)
    let rolling = ball.rollingVelocity(velocity: velocity, surfaceSpeed: surface)
    let distance = ball.slidingDistance(velocity: velocity, surfaceSpeed: surface)
    #expect(abs((stop.rollTime ?? .nan) - time) < 1e-14)
    #expect(abs(stop.state.velocity.x - rolling) < 1e-14 && abs(stop.state.velocity.y) < 1e-15)
    #expect(abs(stop.state.x - distance) < 1e-14)
    #expect(abs(stop.spin.y - rolling / radius) < 1e-12 && stop.spin.z == 3)
    #expect(stop.ending == .endless("it rolls on: there is no rolling resistance"))
  }

  // The slip keeps its direction on a level floor: the path is a parabola (Coriolis 1835). Fails if
  // friction follows the velocity instead of the slip.
  @Test("a spinning ball curves")
  func curve() throws {
    let stop = motion().settle(state(3), spin: Vector3(x: -60, y: 0, z: 0))
    // slip (3, −3), direction (1, −1)/√2, friction 2 m/s² for t = |slip|/(2·3.5)
    let time = 18.0.squareRoot() / 7
    let push = 2 / 2.0.squareRoot()
    #expect(abs((stop.rollTime ?? .nan) - time) < 1e-14)
    #expect(abs(stop.state.x - (3 * time - 0.5 * push * time * time)) < 1e-14)
    #expect(abs(stop.state.y - 0.5 * push * time * time) < 1e-14)
    #expect(abs(stop.state.velocity.x - (3 - push * time)) < 1e-14)
    #expect(abs(stop.spin.x + stop.state.velocity.y / radius) < 1e-12)
  }

  // Fails if rolling resistance lacks the inertia of the spin, or if drag is left out:
  // (1 + κ)·dv/dt = −(r + k·v²), so t = (1 + κ)/√(rk)·atan(v√(k/r)), s = (1 + κ)/(2k)·ln(1 + kv²/r).
  @Test("rolls to a stop", arguments: [0.0, 0.5, 20])
  func stop(drag: Double) throws {
    let (v, inertia, resistance) = (2.0, 0.4, 0.001)
    let r = resistance / radius * 10
    let k = 0.5 * 1.2 * Double.pi * radius * radius * drag
    let stops = (0..<5).map {
      motion(resistance: resistance, drag: drag, density: drag > 0 ? 1.2 : 0, level: $0)
        .settle(state(v), spin: Vector3(x: 0, y: v / radius, z: 0))
    }
    let x = v * (k / r).squareRoot()
    let time = drag > 0 ? (1 + inertia) / (r * k).squareRoot() * atan(x) : (1 + inertia) * v / r
    let way = drag > 0 ? (1 + inertia) / (2 * k) * log1p(x * x) : (1 + inertia) * v * v / (2 * r)
    #expect(stops.allSatisfy { $0.ending == .atRest && $0.state.velocity == .zero })
    let errors = stops.map { abs($0.state.time - time) + abs($0.state.x - way) }
    // order 6: a factor of 64 a level, until rounding of 20 s and 10 m
    #expect(errors[4] < 1e-13, "\(errors)")
    for (coarse, fine) in zip(errors, errors.dropFirst()) where fine > 1e-11 {
      #expect(abs(log2(coarse / fine) - 6) < 0.1, "\(errors)")
    }
    #expect(stops.allSatisfy { $0.spin == .zero && $0.rollTime == nil })
  }

  // κ' = I/(m_eff·a²): the fluid goes along but does not turn. Fails if added mass is ignored.
  @Test("added mass slides on")
  func addedMass() {
    let displaced = 500 * Double.pi / 6 * 1e-3
    let stop = motion(density: 500, addedMass: true).settle(state(2), spin: .zero)
    let inertia = 0.4 / (1 + 0.5 * displaced)
    #expect(abs(stop.state.velocity.x - 2 / (1 + inertia)) < 1e-14)
  }

  // Fails if an ellipse acts as a circle: along an axis the slip sees that axis alone.
  @Test("a friction ellipse acts along its axes")
  func ellipse() {
    let friction = PlanarFriction(along: 0.1, across: 0.4, direction: 0)
    let along = motion(friction: friction).settle(state(2), spin: .zero)
    let across = motion(friction: friction).settle(state(0, 2), spin: .zero)
    let turned = motion(friction: PlanarFriction(along: 0.1, across: 0.4, direction: .pi / 2))
      .settle(state(2), spin: .zero)
    #expect(abs((along.rollTime ?? .nan) - 2 / (1 * 3.5)) < 1e-14)
    #expect(abs((across.rollTime ?? .nan) - 2 / (4 * 3.5)) < 1e-14)
    #expect(abs((turned.rollTime ?? .nan) - 2 / (4 * 3.5)) < 1e-14)
  }

  // Fails if a slope is compared with the wrong limit: tan θ ≤ μ(1 + 1/κ) rolls, above it slides.
  @Test("a slope rolls or slides", arguments: [(0.69, "rolls down"), (0.71, "slides")])
  func slope(tangent: Double, word: String) throws {
    let gravity = Vector3(x: 10 * tangent, y: 0, z: -10)
    let stop = motion(gravity: gravity).settle(state(0), spin: .zero)
    let why: String
    switch stop.ending {
    case .endless(let text), .sliding(let text): why = text
    case .atRest: why = "at rest"
    }
    #expect(why.contains(word), "\(why)")

    // after 2 s from rest: RollingBall's acceleration, with |g| = 10·√(1 + tan²)
    let ball = RollingBall(
      gravity: 10 * (1 + tangent * tangent).squareRoot(), friction: 0.2, inertiaFactor: 0.4)
    let speed = motion(gravity: gravity).speed(of: stop, after: 2)
    #expect(abs(speed - 2 * ball.acceleration(angle: atan(tangent))) < 1e-12)
  }

  // Fails if rolling resistance holds a ball on a slope that is too steep, or lets it go: tan θ = b/a.
  @Test("rolling resistance holds on a gentle slope")
  func held() {
    func ending(_ tangent: Double) -> FloorStop.Ending {
      motion(resistance: 0.005, gravity: Vector3(x: 10 * tangent, y: 0, z: -10))
        .settle(state(0), spin: .zero).ending
    }
    #expect(ending(0.099) == .atRest)
    #expect(ending(0.101) == .endless("it rolls down the slope"))
  }

  // Without friction a moment slows the spin only. Fails if rolling resistance stops the centre.
  @Test("does not stop what friction cannot hold")
  func frictionless() {
    let stop = motion(friction: .isotropic(0), resistance: 0.001)
      .settle(state(1), spin: Vector3(x: 0, y: 20, z: 0))
    #expect(stop.ending != .atRest && stop.state.velocity.x == 1)
    let sliding = motion(friction: .isotropic(0)).settle(state(1), spin: .zero)
    #expect(sliding.ending == .sliding("it slides on: friction cannot stop the slip"))
    #expect(sliding.rollTime == nil)
    #expect(motion(friction: .isotropic(0)).settle(state(0), spin: .zero).ending == .atRest)
  }
}
