import RigidBody
import Testing

@Suite("Engine: refused input")
struct EngineProblemTests {
  func scene() -> Scene {
    var scene = Scene()
    scene.add(.sphere(radius: 0.1), at: .unitZ)
    scene.fix(.plane)
    scene.pair(0, 1)
    return scene
  }

  static let edits: [(String, @Sendable (inout Scene) -> Void)] = [
    ("mass 0", { $0.setup.bodies[0].mass = 0 }),
    ("mass below 0", { $0.setup.bodies[0].mass = -1 }),
    ("mass nan", { $0.setup.bodies[0].mass = .nan }),
    ("mass infinite", { $0.setup.bodies[0].mass = .infinity }),
    ("inertia 0", { $0.setup.bodies[0].inertia.y = 0 }),
    ("inertia nan", { $0.setup.bodies[0].inertia.y = .nan }),
    ("inertia breaks the triangle", { $0.setup.bodies[0].inertia = Vector3(x: 1, y: 1, z: 3) }),
    ("place nan", { $0.start.poses[0].position.x = .nan }),
    ("velocity infinite", { $0.start.twists[0].velocity.y = .infinity }),
    ("spin nan", { $0.start.twists[0].spin.z = .nan }),
    ("quaternion too long", { $0.start.poses[0].orientation.w = 2 }),
    ("a pose is missing", { $0.start.poses.removeLast() }),
    ("a twist is missing", { $0.start.twists.removeLast() }),
    ("pair with a body that is not there", { $0.pair(0, 7) }),
    ("pair of a body with itself", { $0.pair(0, 0) }),
    ("joint with a body that is not there", { $0.join(.ball, 0, 9) }),
    ("joint of a body with itself", { $0.join(.ball, 0, 0) }),
    ("load on a body that is not there", { $0.setup.loads = [AppliedLoad(body: 5)] }),
    ("load on no body", { $0.setup.loads = [AppliedLoad(body: -1)] }),
    ("gravity nan", { $0.setup.gravity.x = .nan }),
    ("friction below 0", { $0.setup.pairs[0].law.staticFriction = -0.1 }),
    ("friction nan", { $0.setup.pairs[0].law.kineticFriction = .nan }),
    ("kinetic above static friction", { $0.setup.pairs[0].law.kineticFriction = 0.5 }),
    ("restitution above 1", { $0.setup.pairs[0].law.restitution = 1.5 }),
    ("restitution below 0", { $0.setup.pairs[0].law.restitution = -0.5 }),
    ("radius 0", { $0.setup.bodies[0].shape = .sphere(radius: 0) }),
    ("radius nan", { $0.setup.bodies[0].shape = .sphere(radius: .nan) }),
    ("joint axis of length 0", { $0.join(.hinge, 0, -1, axisA: .zero) }),
    ("rod of negative length", { $0.join(.rod(length: -1), 0) }),
    ("stiffness nan", { $0.join(.spring(stiffness: .nan, damping: 0, length: 1), 0) }),
    ("free plane", { $0.add(.plane) }),
  ]

  // Fails if a number that no scene can have traps, hangs or runs to an answer.
  @Test("refuses", arguments: edits.indices)
  func refuses(index: Int) {
    var scene = scene()
    Self.edits[index].1(&scene)
    var refused = false
    do { _ = try scene.run(for: 0.1) } catch { refused = error is EngineProblem }
    note("refused", Self.edits[index].0, refused)
    #expect(refused, "\(Self.edits[index].0)")
  }

  @Test("accepts the scene without the edit")
  func accepts() throws {
    #expect(try scene().run(for: 0.1).isFinite)
  }

  @Test("refuses a duration that is not a time", arguments: [-1, .nan, .infinity])
  func durations(duration: Double) {
    #expect(throws: EngineProblem.self) { try scene().run(for: duration) }
  }
}
