import ClosedForms
import Foundation
import RigidBody
import Testing

@Suite("Pieces of flight")
struct BallPieceTests {
  static let terminalSpeed = 9.0
  static let relaxationTime = 0.5

  /// Unit mass without buoyancy; a drag of the given terminal speed under 10 m/s².
  static let quadratic: BallFlight = {
    let diameter = 0.1
    let coefficient = 2 * 10 / (Double.pi / 4 * diameter * diameter * 81)
    return BallFlight(
      mass: 1, diameter: diameter, gravity: Vector3(x: 0, y: 0, z: -10),
      drag: .constant(coefficient), fluidDensity: 1, viscosity: 1e-5, hasBuoyancy: false,
      hasAddedMass: false)
  }()

  /// Stokes drag: m/(3πηd) is the relaxation time.
  static let linear = BallFlight(
    mass: 1, diameter: 0.1, gravity: Vector3(x: 0, y: 0, z: -10), drag: .stokes, fluidDensity: 1,
    viscosity: 1 / (3 * Double.pi * 0.1 * relaxationTime), hasBuoyancy: false, hasAddedMass: false)

  func state(_ gap: Double, _ w: Double, x: Double = 0) -> BallState {
    BallState(gap: gap, velocity: Vector3(x: x, y: 0, z: w))
  }

  /// Errors of levels 0 … 5 fall as by order 6: by 2^5.5 at least a level until rounding. Where the
  /// fourth level is still above rounding, the error is C·h⁶(1 + c·h): the excess of the observed
  /// order halves with each level, and 2·p₂ − p₁, which is free of it, is 6 within 0.1.
  func expectOrder(
    _ errors: [Double], rounding: Double, location: SourceLocation = #_sourceLocation
  ) {
    let orders = zip(errors, errors.dropFirst()).filter { $1 > 100 * rounding }
      .map { log2($0 / $1) }
    #expect(orders.allSatisfy { $0 > 5.5 }, "\(errors)", sourceLocation: location)
    if orders.count >= 4 {
      let order = 2 * orders[orders.count - 1] - orders[orders.count - 2]
      #expect(abs(order - 6) < 0.1, "\(errors)", sourceLocation: location)
    }
    #expect(errors[5] < 400 * rounding, "\(errors)", sourceLocation: location)
  }

  // Fails if dt/ds, the split at half the terminal speed or the mesh is wrong. Thrown up at twice,
  // let go from four heights, thrown down slower and faster than the terminal speed.
  @Test("meet quadratic drag at order 6")
  func quadraticDrag() throws {
    let exact = QuadraticDragFall(gravity: 10, terminalSpeed: BallPieceTests.terminalSpeed)
    let rises = try (0..<6).map {
      try #require(BallPiece(flight: BallPieceTests.quadratic, level: $0).rise(state(0, 18)))
    }
    expectOrder(rises.map { abs($0.gap - exact.rise(speed: 18)) }, rounding: 1e-15)
    expectOrder(rises.map { abs($0.time - exact.timeUp(speed: 18)) }, rounding: 1e-15)
    #expect(rises.allSatisfy { $0.velocity.z == 0 })

    for (height, speed) in [(0.5, 0.0), (2, 0), (20, 0), (1000, 0), (5, 3), (5, 8.9), (5, 30)] {
      let falls = try (0..<6).map {
        try #require(
          BallPiece(flight: BallPieceTests.quadratic, level: $0).fall(state(height, -speed)))
      }
      let time = exact.timeDown(distance: height, speed: speed)
      let impact = exact.speedDown(distance: height, speed: speed)
      expectOrder(falls.map { abs($0.time - time) }, rounding: 4e-16 * time)
      expectOrder(falls.map { abs(-$0.velocity.z - impact) }, rounding: 4e-16 * impact)
      #expect(falls.allSatisfy { $0.gap == 0 })
    }
  }

  // Fails if a viscous law is integrated in another variable, or motion across is lost:
  // x = u·τ·(1 − exp(−t/τ)) does not depend on the fall.
  @Test("meet linear drag at order 6")
  func linearDrag() throws {
    let tau = BallPieceTests.relaxationTime
    let exact = LinearDragFall(gravity: 10, relaxationTime: tau)
    let rises = try (0..<6).map {
      try #require(BallPiece(flight: BallPieceTests.linear, level: $0).rise(state(0, 12, x: 2)))
    }
    let up = tau * log1p(12 / exact.terminalSpeed)
    expectOrder(rises.map { abs($0.time - up) }, rounding: 1e-16)
    let top = exact.height(from: 0, velocity: 12, time: up)
    expectOrder(rises.map { abs($0.gap - top) }, rounding: 4e-16)
    expectOrder(rises.map { abs($0.x + 2 * tau * expm1(-up / tau)) }, rounding: 2e-16)

    for (height, speed) in [(0.05, 0.0), (2, 0), (40, 0), (2, 4), (2, 20)] {
      let falls = try (0..<6).map {
        try #require(
          BallPiece(flight: BallPieceTests.linear, level: $0).fall(state(height, -speed, x: 2)))
      }
      let time = exact.fallTime(height: height, velocity: -speed)
      let impact = -exact.velocity(velocity: -speed, time: time)
      let range = -2 * tau * expm1(-time / tau)
      expectOrder(falls.map { abs($0.time - time) }, rounding: 4e-16 * time)
      expectOrder(falls.map { abs(-$0.velocity.z - impact) }, rounding: 4e-16 * impact)
      expectOrder(falls.map { abs($0.x - range) }, rounding: 4e-16 * range)
      expectOrder(falls.map { abs($0.velocity.x - 2 * exp(-time / tau)) }, rounding: 1e-15)
    }
  }

  // Energy of an oblique throw: kinetic + potential + what drag took stays the same. Fails if the
  // dissipation misses a component. The balance is integrated beside the motion: order 6 again.
  @Test(
    "an oblique throw keeps its energy balance",
    arguments: [SphereDrag.constant(0.4), .morrison, .stokes])
  func energy(law: SphereDrag) throws {
    let flight = BallFlight(
      mass: 0.0027, diameter: 0.04, gravity: Vector3(x: 1, y: -2, z: -9), drag: law,
      fluidDensity: 1.2, viscosity: 1.8e-5, hasBuoyancy: true, hasAddedMass: true)
    let start = BallState(gap: 0.5, velocity: Vector3(x: 12, y: -5, z: 9))
    func balance(_ level: Int) throws -> (error: Double, lost: Double) {
      let piece = BallPiece(flight: flight, level: level)
      let apex = try #require(piece.rise(start))
      let end = try #require(piece.fall(apex))
      let kinetic = 0.5 * (end.velocity.dot(end.velocity) - start.velocity.dot(start.velocity))
      let way = Vector3(x: end.x, y: end.y, z: -0.5)
      return (abs(kinetic - flight.drive.dot(way) + end.dissipated), end.dissipated)
    }
    let levels = try (0..<5).map(balance)
    #expect(levels[4].error < 1e-12 * 125 && levels[4].lost > 0)
    #expect(levels[2].error < levels[0].error / 100 || levels[0].error < 1e-10)
  }

  // Fails if a parabola is integrated, or its root loses digits near the floor.
  @Test("a vacuum is a parabola")
  func vacuum() throws {
    let flight = BallFlight(
      mass: 1, diameter: 0.1, gravity: Vector3(x: 2, y: 0, z: -10), drag: .none, fluidDensity: 0,
      viscosity: 0, hasBuoyancy: true, hasAddedMass: true)
    let piece = BallPiece(flight: flight, level: 0)
    let apex = try #require(piece.rise(state(1, 5, x: 3)))
    #expect(apex.time == 0.5 && apex.gap == 2.25 && apex.x == 1.75 && apex.velocity.x == 4)
    let end = try #require(piece.fall(apex))
    let drop = 0.45.squareRoot()
    #expect(abs(end.time - 0.5 - drop) < 2.3e-16 && abs(end.velocity.z + 45.0.squareRoot()) < 9e-16)
    #expect(abs(end.x - (1.75 + 4 * drop + drop * drop)) < 1e-15)
    let fast = try #require(piece.fall(state(1e-9, -100)))
    // t = h/v·(1 − gh/2v² + …)
    #expect(abs(fast.time - 1e-11 * (1 - 5e-13)) < 1e-26)
  }

  // Fails if plain time meets a barrier, or the gap and the speed change places.
  @Test("drifts in plain time")
  func drift() {
    let exact = QuadraticDragFall(gravity: 10, terminalSpeed: BallPieceTests.terminalSpeed)
    let end = BallPiece(flight: BallPieceTests.quadratic, level: 2).drift(state(30, 18), for: 2)
    let (height, velocity) = exact.state(height: 30, velocity: 18, time: 2)
    // order 6 at 32 to 128 steps of 2 s, with a kink of the third derivative at the apex
    #expect(abs(end.gap - height) < 1e-6 && abs(end.velocity.z - velocity) < 1e-6)
    #expect(abs(end.time - 2) < 1e-14)
    #expect(BallPiece(flight: BallPieceTests.quadratic, level: 0).drift(end, for: 0) == end)
  }

  // Fails if a floor that is never reached gets a time: floats, hangs without weight, escapes.
  @Test("says when the piece does not end")
  func endless() {
    func flight(_ gravity: Double, density: Double = 0, central: CentralGravity? = nil)
      -> BallFlight
    {
      BallFlight(
        mass: 1, diameter: 0.1, gravity: Vector3(x: 0, y: 0, z: -gravity), drag: .constant(0.4),
        fluidDensity: density, viscosity: 1e-3, hasBuoyancy: true, hasAddedMass: true,
        central: central)
    }
    let floating = BallPiece(flight: flight(10, density: 3000), level: 0)
    #expect(floating.rise(state(1, 1)) == nil && floating.fall(state(1, 0)) == nil)
    // thrown down into the liquid it turns round before the floor, or reaches it
    #expect(floating.fall(state(10, -1)) == nil && floating.fall(state(1e-3, -5)) != nil)
    let weightless = BallPiece(flight: flight(0), level: 0)
    #expect(weightless.rise(state(1, 1)) == nil && weightless.fall(state(1, 0)) == nil)
    #expect(weightless.fall(state(1, -2))?.time == 0.5)

    // the escape speed of this body is √(2·4e14/6.4e6) = 11180.3 m/s
    let planet = CentralGravity(parameter: 4e14, radius: 6.4e6)
    for level in 0..<4 {
      let piece = BallPiece(flight: flight(0, central: planet), level: level)
      #expect(piece.rise(state(0, 5000)) != nil)
      #expect(piece.rise(state(0, 11_181)) == nil)
      #expect(piece.rise(state(0, 20_000)) == nil)
    }
  }
}
