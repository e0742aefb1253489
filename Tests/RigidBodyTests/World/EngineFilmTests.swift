import Foundation
import RigidBody
import Testing

@Suite("Film of a world")
struct EngineFilmTests {
  /// A box that is thrown, lands, slides and rests on a floor.
  func log(frameTimes: [Double], level: Int = 0) throws -> RunLog {
    let half = Vector3(x: 0.2, y: 0.15, z: 0.1)
    let box = Body(
      name: "box", shape: .box(half: half), mass: 2,
      inertia: 2.0 / 3 * Vector3(x: 0.0325, y: 0.05, z: 0.0625))
    let setup = WorldSetup(
      bodies: [box, Body(name: "floor", shape: .plane, motion: .fixed)],
      pairs: [ContactPair(a: 0, b: 1, law: ContactLaw(staticFriction: 0.4, restitution: 0))])
    let start = WorldState(
      poses: [Pose(position: Vector3(x: 0, y: 0, z: 0.6)), Pose(position: .zero)],
      twists: [Twist(velocity: Vector3(x: 5, y: 0.4, z: 1)), .zero])
    var options = RunOptions(duration: 2, level: level)
    options.frameTimes = frameTimes
    var engine = try Engine(setup: setup, start: start, options: options)
    return try engine.run()
  }

  static let times = (0...120).map { Double($0) / 60 }

  // Fails if looking changes a step, an event or a rounding: then a recorded run would be another run.
  @Test("a run that is filmed is the same run, bit for bit")
  func isTheSame() throws {
    let (plain, filmed) = (try log(frameTimes: []), try log(frameTimes: Self.times))
    #expect(plain.end.state == filmed.end.state && plain.steps == filmed.steps)
    #expect(plain.ledger == filmed.ledger)
    #expect(plain.events.map(\.time) == filmed.events.map(\.time))
    #expect(plain.end.contactForces == filmed.end.contactForces)
    #expect(plain.frames.isEmpty && filmed.frames.count == Self.times.count)
    #expect(filmed.frames.map(\.sample.state.time) == Self.times)
  }

  // z = 0.6 + t − g·t²/2 in flight; on the floor it slides with −μg until it rests. Both are closed
  // forms, so a frame may be off by rounding alone: 1e-13 m. Fails if a frame is interpolated, taken
  // from a neighbouring step or from before an impact.
  @Test("frames between steps meet the closed form")
  func closedForm() throws {
    let g = 9.80665
    let filmed = try log(frameTimes: Self.times)
    let landing = (1 + (1 + 2 * g * 0.5).squareRoot()) / g
    let first = try #require(filmed.events.first { $0.kind == .contact })
    #expect(abs(first.time - landing) < 1e-13)
    var (flying, sliding, resting) = (0, 0, 0)
    for frame in filmed.frames {
      let (t, state) = (frame.sample.state.time, frame.sample.state)
      if t < landing {
        #expect(abs(state.poses[0].position.z - (0.6 + t - 0.5 * g * t * t)) < 1e-13)
        #expect(abs(state.poses[0].position.x - 5 * t) < 1e-13 && frame.contacts.isEmpty)
        flying += 1
      } else {
        #expect(abs(state.poses[0].position.z - 0.1) < 1e-13)
        #expect(frame.contacts.count == 4)
        let force = frame.contacts.map(\.force).reduce(.zero, +)
        #expect(abs(force.z - 2 * g) < 1e-10)
        if state.twists[0].velocity.length > 1e-12 {
          // friction points against the motion, at the cone's edge
          let size = hypot(force.x, force.y)
          #expect(abs(size - 0.4 * 2 * g) < 1e-10 && force.x < 0)
          #expect(frame.contacts.allSatisfy { $0.mode == .sliding && $0.friction == 0.4 })
          sliding += 1
        } else {
          #expect(frame.contacts.allSatisfy { $0.mode == .sticking })
          resting += 1
        }
      }
    }
    #expect(flying > 20 && sliding > 20 && resting > 5, "\(flying), \(sliding), \(resting)")
  }

  // Fails if a term of the ledger is left out of a frame, or an impact is counted late.
  @Test("the energy of each frame is accounted for")
  func energy() throws {
    for frame in try log(frameTimes: Self.times).frames {
      #expect(abs(frame.ledger.residual) < 1e-12 * frame.ledger.initial)
      #expect(frame.kineticEnergy >= 0 && frame.kineticEnergy <= frame.ledger.final + 1e-12)
    }
  }
}
