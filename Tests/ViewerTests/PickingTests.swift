import Experience
import Testing

@testable import Viewer

@Suite("Picking")
struct PickingTests {
  static let shapes: [(PropShape, Double)] = [
    (.sphere(radius: 0.5), 0.5), (.box(half: Point3(0.5, 0.3, 0.2)), 0.5),
    (.capsule(radius: 0.4, halfLength: 0.6), 0.4), (.cylinder(radius: 0.3, halfLength: 1), 0.3),
    (.mesh(0), 0.25),
  ]
  static let tetrahedron = TriangleMesh(
    vertices: [
      Point3(0.25, -5, -5), Point3(0.25, 5, -5), Point3(0.25, 0, 5), Point3(-1, 0, 0),
    ],
    triangles: [SIMD3(0, 1, 2), SIMD3(0, 2, 3), SIMD3(2, 1, 3), SIMD3(1, 0, 3)])

  // Fails if a form is missed, or met at another distance than its closed form says.
  @Test("a ray along −x meets each form where its surface is", arguments: shapes.indices)
  func meetsForms(index: Int) throws {
    let (shape, extent) = PickingTests.shapes[index]
    let ray = Ray(origin: Point3(3, 0, 0), direction: Point3(-1, 0, 0))
    let distance = try #require(ray.meets(shape, meshes: [PickingTests.tetrahedron]))
    #expect(abs(distance - (3 - extent)) < 1e-12)
    let away = Ray(origin: Point3(3, 0, 0), direction: Point3(1, 0, 0))
    #expect(away.meets(shape, meshes: [PickingTests.tetrahedron]) == nil)
  }

  // Fails if the pose is left out, the farther of two props is taken, or a fixed one is grasped.
  @Test("the nearest prop that moves is picked, in its own axes")
  func picksTheNearest() throws {
    var stage = Stage(scene: "s", experience: "e")
    stage.props = [
      Prop(name: "wall", shape: .box(half: Point3(1, 1, 1)), isFixed: true),
      Prop(name: "far", shape: .sphere(radius: 0.2)),
      Prop(name: "near", shape: .sphere(radius: 0.2)),
    ]
    // a quarter turn about z
    let turn = Turn(0, 0, 0.5.squareRoot(), 0.5.squareRoot())
    let poses = [
      FramePose(position: Point3(4, 0, 0)), FramePose(position: Point3(0, 0, 0)),
      FramePose(position: Point3(1, 0, 0), turn: turn),
    ]
    let ray = Ray(origin: Point3(9, 0, 0), direction: Point3(-1, 0, 0))
    let pick = try #require(ray.pick(in: stage, poses: poses))
    #expect(pick.prop == 2)
    #expect((pick.point - Point3(1.2, 0, 0)).length < 1e-12)
    #expect((pick.local - Point3(0, -0.2, 0)).length < 1e-12)
    #expect(ray.pick(in: stage, poses: poses, isFixedToo: true)?.prop == 0)
  }

  // Fails if the spring of the mouse has another law than the one that is drawn in newtons.
  @Test("a pull of the reach holds the weight")
  func pullHoldsWeight() {
    let pull = Pull(
      prop: 0, at: .zero, toward: Point3(0, 0, 0.3), mass: 2, gravity: 9.80665, reach: 0.3)
    let (force, _) = pull.force(at: FramePose())
    #expect((force - Point3(0, 0, 2 * 9.80665)).length < 1e-12)
    // half damped: c = √(k·m) is half of the critical 2√(k·m)
    let moving = pull.force(at: FramePose(velocity: Point3(0, 0, 1))).force
    #expect(abs(moving.z - force.z + (pull.stiffness * 2).squareRoot()) < 1e-12)
    // the damper acts along the spring, as in the run that is pulled at
    #expect(pull.force(at: FramePose(velocity: Point3(1, 0, 0))).force == force)
  }
}
