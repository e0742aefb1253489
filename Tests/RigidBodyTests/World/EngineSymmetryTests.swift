import Foundation
import RigidBody
import Testing

@Suite("Engine: the same scene seen in another way")
struct EngineSymmetryTests {
  /// A box that slides, a ball that strikes it and rolls, a pendulum with a strap: everything at once.
  static func mixed() -> Scene {
    var scene = Scene()
    let half = Vector3(x: 0.2, y: 0.15, z: 0.1)
    let box = scene.add(
      .box(half: half), mass: 3, at: Vector3(x: 0, y: 0, z: 0.1),
      turned: Quaternion(.unitZ, 0.3), velocity: Vector3(x: 1.2, y: 0.4, z: 0))
    let ball = scene.add(
      .sphere(radius: 0.08), mass: 1, at: Vector3(x: 0.9, y: 0.35, z: 0.08),
      velocity: Vector3(x: -1, y: 0, z: 0), spin: Vector3(x: 3, y: -5, z: 2))
    let bob = scene.add(
      .capsule(radius: 0.05, halfLength: 0.1), mass: 2, at: Vector3(x: -0.9, y: 0.4, z: 1.2))
    let floor = scene.fix(.plane)
    let law = ContactLaw(staticFriction: 0.3, kineticFriction: 0.25, restitution: 0.4)
    scene.pair(box, floor, law)
    scene.pair(ball, floor, law)
    scene.pair(box, ball, law)
    scene.join(.ball, bob, -1, at: 0.3 * .unitX, and: Vector3(x: -0.6, y: 0.4, z: 1.2))
    scene.join(.strap(stiffness: 30, damping: 0.5, length: 1.1), bob, box, at: -0.1 * .unitZ)
    scene.setup.loads = [
      AppliedLoad(
        body: ball, force: Vector3(x: 0.4, y: 0.8, z: 0.2), torque: Vector3(x: 0.01, y: 0, z: 0.02),
        point: Vector3(x: 0, y: 0.02, z: 0), from: 0.1, until: 0.6)
    ]
    return scene
  }

  static let time = 0.8

  func sameEvents(_ a: RunLog, _ b: RunLog) -> Double {
    #expect(a.events.map(\.kind) == b.events.map(\.kind))
    return zip(a.events, b.events).map { abs($0.time - $1.time) }.max() ?? 0
  }

  // Fails if anything prefers the axes of the world: rotate every vector of the scene, and the run
  // is the rotated run. Differences of rounding, times the growth through two impacts.
  @Test(
    "turned",
    arguments: [
      Vector3(x: 0.4, y: 1.1, z: -0.6), Vector3(x: 0, y: 0, z: 2),
      Vector3(x: Double.pi, y: 0, z: 0),
    ])
  func turned(_ rotation: Vector3) throws {
    let q = Quaternion(rotationVector: rotation)
    let plain = Self.mixed()
    let log = try plain.run(for: Self.time)
    let other = try plain.turned(by: q, about: .zero).run(for: Self.time)
    let worst =
      zip(log.end.state.poses, other.end.state.poses).map { a, b in
        (q.rotate(a.position) - b.position).length
          + (q * a.orientation * b.orientation.conjugate).rotationVector.length
      }.max() ?? 1
    let late = sameEvents(log, other)
    note(
      "turned", rotation, worst, late, log.events.map { "\($0.kind) \($0.a)-\($0.b) \($0.time)" })
    #expect(worst < 1e-10)
    #expect(late < 1e-10)
  }

  // Fails if anything depends on the place of the origin.
  @Test("shifted")
  func shifted() throws {
    let shift = Vector3(x: 3, y: -7, z: 5)
    let plain = Self.mixed()
    let log = try plain.run(for: Self.time)
    let other = try plain.turned(by: .identity, about: shift).run(for: Self.time)
    let worst =
      zip(log.end.state.poses, other.end.state.poses).map { a, b in
        (a.position + shift - b.position).length
      }.max() ?? 1
    note("shifted", worst, sameEvents(log, other))
    #expect(worst < 1e-10)
  }

  // Fails if a tangent has a handedness that physics does not have: y → −y for the whole scene.
  @Test("mirrored")
  func mirrored() throws {
    let plain = Self.mixed()
    let log = try plain.run(for: Self.time)
    let other = try plain.mirrored().run(for: Self.time)
    let worst =
      zip(log.end.state.poses, other.end.state.poses).map { a, b in
        (Vector3(x: a.position.x, y: -a.position.y, z: a.position.z) - b.position).length
      }.max() ?? 1
    let late = sameEvents(log, other)
    note("mirrored", worst, late)
    #expect(worst < 1e-10)
    #expect(late < 1e-10)
  }

  // Fails if a number in the code has a unit: millimetres and grams, with the second kept.
  @Test("in other units", arguments: [(1e3, 1e3), (1e-3, 1e-6), (1e6, 1e-9), (1e-6, 1e9)])
  func units(length: Double, mass: Double) throws {
    let plain = Self.mixed()
    let log = try plain.run(for: Self.time)
    let other = try plain.scaled(length: length, mass: mass).run(for: Self.time)
    let worst =
      zip(log.end.state.poses, other.end.state.poses).map { a, b in
        (a.position - (1 / length) * b.position).length
      }.max() ?? 1
    let late = sameEvents(log, other)
    note("units", length, mass, worst, late)
    #expect(worst < 1e-10)
    #expect(late < 1e-10)
  }

  // Fails if the order of bodies or pairs decides anything.
  @Test("renumbered", arguments: [[3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1]])
  func renumbered(order: [Int]) throws {
    let plain = Self.mixed()
    let log = try plain.run(for: Self.time)
    let other = try plain.renumbered(order).run(for: Self.time)
    let worst =
      log.end.state.poses.indices.map { i in
        (log.position(i) - other.position(order[i])).length
      }.max() ?? 1
    note("renumbered", order, worst)
    #expect(worst < 1e-10)
  }
}
