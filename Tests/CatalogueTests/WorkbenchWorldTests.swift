import Experience
import Foundation
import RigidBody
import Testing

@testable import Catalogue

/// From the text of a scene to the engine's set-up.
@Suite("Workbench set-ups")
struct WorkbenchWorldTests {
  static func scene(_ bodies: String, _ rest: String = "") throws -> Scene {
    try SceneFiles.scene(
      """
      plumbline: 1
      experience: workbench
      bodies:
      \(bodies)
      \(rest)
      measure:
        - { name: speed, of: a, quantity: speed }
      """)
  }

  static func world(_ scene: Scene) throws -> WorkbenchWorld {
    let experiment = try #require(scene.experiment as? WorkbenchExperiment)
    return try experiment.model.world(experiment.inputs.map(\.law.nominal))
  }

  private func near(
    _ a: Vector3, _ b: Vector3, _ tolerance: Double = 1e-12,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect((a - b).length <= tolerance, "\(a) is not \(b)", sourceLocation: location)
  }

  // A quarter turn about x, then one about the body's new y (the world's z), takes the body's x to
  // the world's y. Fails if the turns are taken in another order or about world axes.
  @Test("attitudes turn about the body's own axes, x first")
  func attitude() throws {
    let scene = try Self.scene(
      "  - { name: a, shape: { box: { size: \"[1, 2, 3] m\" } }, mass: 1 kg, attitude: \"[90, 90, 0] deg\" }"
    )
    let world = try Self.world(scene)
    let turn = world.start.poses[0].orientation
    near(turn.rotate(Vector3(x: 1, y: 0, z: 0)), Vector3(x: 0, y: 1, z: 0))
    near(turn.rotate(Vector3(x: 0, y: 1, z: 0)), Vector3(x: 0, y: 0, z: 1))
    // m/12·(b² + c²)
    near(world.setup.bodies[0].inertia, Vector3(x: 13 / 12.0, y: 10 / 12.0, z: 5 / 12.0))
    near(
      WorkbenchValues.angles(of: turn),
      Vector3(x: 0.5 * Double.pi, y: 0.5 * Double.pi, z: 0), 1e-7)
    let angles = Vector3(x: 0.3, y: -1.1, z: 2.4)
    let made = [
      Vector3(x: 0.3, y: 0, z: 0), Vector3(x: 0, y: -1.1, z: 0), Vector3(x: 0, y: 0, z: 2.4),
    ].reduce(Quaternion.identity) { $0 * Quaternion(rotationVector: $1) }
    near(WorkbenchValues.angles(of: made), angles)
  }

  // A wedge of edges 1, 2, 3 m has its centre of mass at a quarter of each edge, and a sixth of the
  // box's volume. Fails if a corner is not where the scene says, whatever the principal axes are.
  @Test("a convex body hangs about its centre of mass")
  func convex() throws {
    let points = ["0, 0, 0", "1, 0, 0", "0, 2, 0", "0, 0, 3"]
    let list = points.map { "\"[\($0)] m\"" }.joined(separator: ", ")
    let scene = try Self.scene(
      "  - { name: a, shape: { convex: { points: [\(list)] } }, density: 6 kg/m^3, position: \"[5, 6, 7] m\", attitude: \"[0, 0, 90] deg\" }"
    )
    let world = try Self.world(scene)
    let (body, pose) = (world.setup.bodies[0], world.start.poses[0])
    #expect(abs(body.mass - 6) < 1e-12)
    near(pose.position, Vector3(x: 5, y: 6, z: 7))
    guard case .hull(let hull) = body.shape else {
      Issue.record("not a hull")
      return
    }
    let corners = hull.vertices.map { pose.world(body.shapePose.world($0)) }
    // the corner at the origin of the points, seen from the centre and turned by 90 degrees
    let expected = Vector3(x: 5 + 0.5, y: 6 - 0.25, z: 7 - 0.75)
    #expect(corners.contains { ($0 - expected).length < 1e-12 })
    // trace of the tensor does not depend on axes: Σ = 2·m·(3/80)·(1 + 4 + 9)
    let trace = body.inertia.x + body.inertia.y + body.inertia.z
    #expect(abs(trace - 2 * 6 * 3.0 / 80 * 14) < 1e-12)
  }

  // Fails if an anchor of a joint is not at the point that the scene names, for any form of `at`.
  @Test("anchors and axes of joints")
  func joints() throws {
    let bodies = """
        - { name: a, shape: { box: { size: "[1, 1, 1] m" } }, mass: 1 kg, position: "[1, 0, 0] m", attitude: "[0, 0, 90] deg" }
        - { name: b, shape: { sphere: { radius: 0.1 m } }, mass: 1 kg, position: "[3, 0, 0] m" }
      """
    let joints = """
      joints:
        - { name: pin, kind: hinge, between: [world, a], at: "[0, 0, 0] m", axis: [1, 0, 0] }
        - { kind: rod, between: [a, b] }
        - { name: tie, kind: spring, between: [a, b], at: ["[0, -1, 0] m", "[0, 0, 0.1] m"], stiffness: 1 N/m, length: 1 m }
        - { name: line, kind: rope, between: [b, world], at: "[3, 0, 2] m" }
      """
    let scene = try Self.scene(bodies, joints)
    let world = try Self.world(scene)
    let list = world.setup.joints
    #expect(list.map(\.name) == ["pin", "joint-2", "tie", "line"])
    near(world.start.poses[0].world(list[0].anchorB), .zero)
    near(list[0].axisB, Vector3(x: 0, y: -1, z: 0))
    #expect(list[1].kind == .rod(length: 2))
    near(world.start.poses[0].world(list[2].anchorA), Vector3(x: 2, y: 0, z: 0))
    near(world.start.poses[1].world(list[2].anchorB), Vector3(x: 3, y: 0, z: 0.1))
    // from the world's point to the centre of the body
    #expect(list[3].kind == .rope(length: 2))
    near(list[3].anchorA, .zero)
    near(list[3].anchorB, Vector3(x: 3, y: 0, z: 2))
  }

  // Fails if `default` names pairs twice, pairs that cannot move, or none.
  @Test("contacts of all pairs")
  func contacts() throws {
    let bodies = """
        - { name: a, shape: { sphere: { radius: 0.1 m } }, mass: 1 kg, position: "[0, 0, 1] m" }
        - { name: b, shape: { sphere: { radius: 0.1 m } }, mass: 1 kg, position: "[1, 0, 1] m" }
        - { name: floor, shape: plane }
        - { name: wall, shape: plane, position: "[-1, 0, 0] m", attitude: "[0, 90, 0] deg" }
      """
    let scene = try Self.scene(
      bodies,
      """
      contacts:
        - { between: [b, a], restitution: 1, friction: 0 }
        - { default: true, restitution: 0, friction: { static: 0.5, kinetic: 0.3 } }
      """)
    let pairs = try Self.world(scene).setup.pairs
    #expect(pairs.map { [$0.a, $0.b] } == [[1, 0], [0, 2], [0, 3], [1, 2], [1, 3]])
    #expect(pairs[0].law.restitution == 1 && pairs[1].law.kineticFriction == 0.3)
  }

  // Fails if a material's density or a pair's friction is not that of the table, or the resolved
  // scene still needs the table.
  @Test("materials become numbers")
  func materials() throws {
    let scene = try Self.scene(
      """
        - { name: a, shape: { sphere: { radius: 0.1 m } }, material: steel, position: "[0, 0, 1] m" }
        - { name: floor, shape: plane, material: concrete }
      """, "contacts: [{ between: [a, floor] }]")
    let table = try SceneFiles.materials()
    let density = try #require(table.material("steel")?["density"]?.value)
    let friction = try #require(table.pair("steel", "concrete")?["friction"]?.value)
    let world = try Self.world(scene)
    #expect(abs(world.setup.bodies[0].mass / (4.0 / 3 * .pi * 1e-3 * density) - 1) < 1e-12)
    #expect(world.setup.pairs[0].law.staticFriction == friction)
    let again = try Scene.parse(
      SourceText(path: "resolved", text: scene.resolved.line), catalogue: Catalogue.experiences,
      materials: .empty)
    #expect(again.hash == scene.hash)
  }

  // Fails if a path of an input does not lead to its quantity in the scene, or a plan's value at a
  // path does not reach the input of that name.
  @Test("every path leads to its input")
  func paths() throws {
    let scene = try SceneFiles.scene(
      WorkbenchFormatTests.base.replacing("mass: 1 kg", with: "mass: 1 kg ± 5 %"))
    let inputs = scene.experiment.inputs
    for path in [
      "bodies.bob.mass", "bodies.bob.shape.sphere.radius", "bodies.bob.position.z",
      "contacts.0.friction.static", "contacts.1.restitution", "joints.joint-2.stiffness",
      "joints.pin.at.x", "forces.0.force.x", "forces.0.until", "motions.0.displacements.1",
      "environment.gravity",
    ] {
      let index = try #require(inputs.firstIndex { $0.path == path }, "\(path)")
      guard case .quantity(let quantity, let kind)? = scene.section.value(at: path) else {
        Issue.record("nothing at \(path)")
        continue
      }
      #expect(quantity.law == inputs[index].law, "\(path)")
      let value = Quantity(
        law: quantity.law.scaled(by: 1.0001), unit: quantity.unit, source: "")
      // the spring's ends and the table's corners may move, a touching scene may not
      let changed = try scene.replacing(
        [(path, .quantity(value, kind))], name: "changed", materials: .empty)
      #expect(changed.experiment.inputs[index].law == value.law, "\(path)")
    }
    #expect(inputs.first { $0.path == "bodies.bob.mass" }?.law.isExact == false)
    #expect(scene.section.value(at: "bodies.bib.mass") == nil)
    #expect(scene.section.value(at: "bodies.7.mass") == nil)
    #expect(scene.section.value(at: "bodies.bob.position.w") == nil)
  }

  // Fails if a plan cannot vary what stands in a list.
  @Test("plans vary values in lists")
  func plan() throws {
    let plan = try Plan.parse(
      SourceText(
        path: "p.plan.yaml",
        text: """
          plumbline: 1
          plan: bench
          scene: s.yaml
          vary:
            bodies.bob.mass: { low: 1 kg, high: 2 kg }
            bodies.bob.position.z: { low: 1 m, high: 2 m, tolerance: 1 mm }
            contacts.0.friction.static: { low: 0.5, high: 0.9 }
          splits: { calibration: 0, public: 2 }
          questions: [x-end, stays, { event: "touch > 0.5 s" }]
          """), catalogue: Catalogue.experiences, materials: .empty
    ) { _ in SourceText(path: "s.yaml", text: WorkbenchFormatTests.base) }
    #expect(plan.variations.count == 3)
    #expect(plan.questions.map(\.slot) == ["x-end", "stays", "touch-above-0.5-s"])
    let builder = DatasetBuilder(plan: plan, materials: .empty, sealedKey: nil)
    for instance in builder.instances {
      let scene = try builder.scene(of: instance)
      let inputs = scene.experiment.inputs
      let mass = try #require(inputs.first { $0.path == "bodies.bob.mass" }?.law.nominal)
      #expect(mass != 1 && (1...2).contains(mass))
      #expect(inputs.first { $0.path == "bodies.bob.position.z" }?.law.isExact == false)
      #expect(scene.definition.describe(scene.section).contains(JSON.text(of: mass)))
    }
  }
}
