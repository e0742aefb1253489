import Experience
import Foundation
import Fracture
import RigidBody
import Testing

@testable import Catalogue

/// The hand-over of a broken brick to rigid bodies, and what these do.
@Suite("Pieces of a brick as rigid bodies")
struct PieceWorldTests {
  func dropped(
    _ height: String, _ attitude: String, restitution: Double = 0.5, strength: String = "3 MPa",
    energy: String = "50 N/m"
  ) throws -> (BrickBreakModel, [Double]) {
    let scene = try SceneFiles.scene(
      """
      plumbline: 1
      experience: brick-break
      brick: { size: "[240, 120, 60] mm", density: 1800 kg/m^3, youngs-modulus: 10 GPa, poisson-ratio: 0.2, tensile-strength: \(strength), fracture-energy: \(energy) }
      test: { fall: { height: \(height), attitude: "\(attitude)", floor: { restitution: \(restitution), friction: 0.6 } } }
      resolution: 20 mm

      """)
    let experiment = try #require(scene.experiment as? BrickBreakExperiment)
    return (experiment.model, experiment.inputs.map(\.law.nominal))
  }

  // Fails if a body has other axes, another spin or another centre than its piece.
  @Test("mass, momentum and angular momentum about the origin go over to 1e-12")
  func momenta() throws {
    let (model, values) = try dropped("1 m", "[0, 45, 0] deg", strength: "1 MPa", energy: "5 N/m")
    let run = try BrickBreakRun(model, values, level: 0)
    let world = try PieceWorld(
      run.pieces, of: run.test, floor: ContactLaw(staticFriction: 0.6), gravity: 9.80665)
    try #require(run.pieces.count >= 2, "nothing broke: the test has no pieces to look at")
    var (mass, p, l) = (0.0, Vector3.zero, Vector3.zero)
    var (mass1, p1, l1) = (0.0, Vector3.zero, Vector3.zero)
    for (index, number) in world.numbers.enumerated() {
      let piece = run.pieces.pieces[number]
      let body = world.setup.bodies[index + 1]
      let (pose, twist) = (world.start.poses[index + 1], world.start.twists[index + 1])
      let x = PieceWorld.vector(piece.centre)
      let v = PieceWorld.vector(piece.velocity)
      mass += piece.mass
      p = p + piece.mass * v
      l = l + piece.mass * x.cross(v) + PieceWorld.vector(piece.angularMomentum)
      mass1 += body.mass
      p1 = p1 + body.mass * twist.velocity
      let local = pose.orientation.matrix.toBody(twist.spin)
      let own = Vector3(
        x: body.inertia.x * local.x, y: body.inertia.y * local.y, z: body.inertia.z * local.z)
      // a piece may have been lifted out of the pad, which is not part of its motion
      l1 = l1 + body.mass * x.cross(twist.velocity) + pose.orientation.rotate(own)
      #expect((pose.position - x).length <= world.lift + 1e-15)
    }
    let speed = 4.43
    #expect(abs(mass1 - mass) < 1e-12 * mass)
    #expect((p1 - p).length < 1e-12 * 3.11 * speed)
    #expect((l1 - l).length < 1e-12 * 3.11 * speed * 0.24)
    // the corner that was crushed
    #expect(world.lift < 0.01)
  }

  // Fails if hulls of pieces are turned or shifted against the elements they stand for.
  @Test("corners of the hull lie where the nodes of the piece are")
  func corners() throws {
    let (model, values) = try dropped("0.5 m", "[20, 40, 0] deg")
    let run = try BrickBreakRun(model, values, level: 0)
    let world = try PieceWorld(
      run.pieces, of: run.test, floor: ContactLaw(staticFriction: 0.6), gravity: 9.80665)
    for (index, number) in world.numbers.enumerated() {
      let piece = run.pieces.pieces[number]
      let body = world.setup.bodies[index + 1]
      let pose = world.start.poses[index + 1]
      guard case .hull(let hull) = body.shape else {
        Issue.record("a piece is no hull")
        return
      }
      var low = Vector3(x: .infinity, y: .infinity, z: .infinity)
      var high = -low
      for vertex in hull.vertices {
        let place = pose.world(body.shapePose.world(vertex))
        low = Vector3(x: min(low.x, place.x), y: min(low.y, place.y), z: min(low.z, place.z))
        high = Vector3(x: max(high.x, place.x), y: max(high.y, place.y), z: max(high.z, place.z))
      }
      // elastic strains of 1e-3 at most, and the opening of half-cracked hinges
      let (a, b) = (PieceWorld.vector(piece.low), PieceWorld.vector(piece.high))
      #expect((low - a).length < 2e-3 + world.lift && (high - b).length < 2e-3 + world.lift)
    }
  }

  // Closed form: a flat brick that flies up with v from a gap z lands after (v + √(v² + 2gz))/g, and its
  // bounces, each e times as fast, add 2 e w/(g (1 − e)).
  @Test("a whole brick that fell flat bounces as the sum of its bounces says")
  func bounces() throws {
    let (model, values) = try dropped("20 mm", "[0, 0, 0] deg")
    let run = try BrickBreakRun(model, values, level: 0)
    try #require(run.pieces.count == 1)
    let fall = try #require(try PieceFall(model, values, run: run, level: 1))
    let (v, g, e) = (run.pieces.pieces[0].velocity.z, 9.80665, 0.5)
    let z = fall.world.start.poses[1].position.z - 0.03
    #expect(z > 0 && fall.world.lift == 0)
    let w = (v * v + 2 * g * z).squareRoot()
    let expected = (v + w) / g + 2 * e * w / (g * (1 - e))
    let rest = try #require(fall.rest)
    // 1.9e-6 early: a spin of 2e-12 rad/s, rounding of the grid, ends the last bounces, 4e-13 m high, on
    // one corner before the other
    #expect(
      abs(rest / expected - 1) < 1e-5,
      "\(rest) against \(expected), spin \(fall.world.start.twists[1].spin)")
    #expect(fall.spread < 1e-9)
  }

  // Fails if the restitution of the scene has no effect on what is reported.
  @Test("pieces come to rest on the floor, later with a livelier floor")
  func livelier() throws {
    func rest(_ restitution: Double) throws -> Double {
      let (model, values) = try dropped("20 mm", "[0, 0, 0] deg", restitution: restitution)
      let run = try BrickBreakRun(model, values, level: 0)
      return try #require(try PieceFall(model, values, run: run, level: 0)?.rest)
    }
    #expect(try rest(0.7) > rest(0.1) + 0.02)
  }
}
