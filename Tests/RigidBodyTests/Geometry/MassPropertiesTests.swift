import Foundation
import RigidBody
import Testing

@Suite("Mass properties")
struct MassPropertiesTests {
  // Fails if a coefficient of a closed form is wrong: the integrals over slices z = const of discs
  // (area A(z), A²/4π across) are evaluated by Simpson's rule, exact here but for the half balls'
  // polynomials of degree 4 with an error of 1e-12.
  @Test("of round solids are sums over slices")
  func slices() throws {
    let shapes: [(Shape, Double, (Double) -> Double)] = [
      (.sphere(radius: 0.7), 0.7, { 0.49 - $0 * $0 }),
      (.cylinder(radius: 0.3, halfLength: 0.8), 0.8, { _ in 0.09 }),
      (
        .capsule(radius: 0.3, halfLength: 0.5), 0.8,
        { z in
          let beyond = max(0, abs(z) - 0.5)
          return 0.09 - beyond * beyond
        }
      ),
    ]
    for (shape, top, square) in shapes {
      let found = try #require(MassProperties(solid: shape, density: 3))
      var (volume, along, across) = (0.0, 0.0, 0.0)
      let count = 16000
      for k in 0..<count {
        // Simpson on each slice; the slices meet the kinks at |z| = 0.5
        let low = -top + 2 * top * Double(k) / Double(count)
        let width = 2 * top / Double(count)
        for (node, weight) in [(0.0, 1.0 / 6), (0.5, 4.0 / 6), (1, 1.0 / 6)] {
          let z = low + node * width
          let r2 = max(0, square(z))
          let area = Double.pi * r2 * width * weight
          volume += area
          along += 3 * area * r2 / 2
          across += 3 * area * (r2 / 4 + z * z)
        }
      }
      #expect(abs(found.volume / volume - 1) < 1e-10 && abs(found.mass / (3 * volume) - 1) < 1e-10)
      #expect(abs(found.inertia.zz / along - 1) < 1e-10)
      #expect(abs(found.inertia.xx / across - 1) < 1e-10 && found.inertia.yy == found.inertia.xx)
    }
    #expect(MassProperties.shell(radius: 2, mass: 3).inertia.xx == 8)
  }

  // Fails if the tetrahedra of a hull miss a sign, a shift or a product: a box that is turned and
  // shifted is a hull, its principal moments are m(b² + c²)/3 and its axes those of the turn.
  @Test("of a turned box are those of the box")
  func turnedBox() throws {
    let half = Vector3(x: 0.3, y: 0.5, z: 0.9)
    var random = SplitMix(state: 5)
    for _ in 0..<20 {
      let pose = Pose(position: random.vector(), orientation: random.orientation())
      let corners = ConvexHull.box(half: half).vertices.map { pose.world($0) }
      let hull = try ConvexHull(points: corners)
      let found = try #require(MassProperties(solid: .hull(hull), mass: 2))
      let box = try #require(MassProperties(solid: .box(half: half), mass: 2))
      #expect(abs(found.volume - 1.08) < 1e-13 && abs(found.mass - 2) < 1e-14)
      #expect((found.centre - pose.position).length < 1e-13)
      let (moments, shapePose) = found.body
      let sorted = [moments.x, moments.y, moments.z].sorted()
      let expected = [box.inertia.xx, box.inertia.yy, box.inertia.zz].sorted()
      for (a, b) in zip(sorted, expected) { #expect(abs(a - b) < 1e-13) }
      // the box measured in body axes is aligned with them and centred
      for corner in corners {
        let p = shapePose.world(corner)
        let sizes = [abs(p.x), abs(p.y), abs(p.z)].sorted()
        for (a, b) in zip(sizes, [0.3, 0.5, 0.9]) { #expect(abs(a - b) < 1e-12) }
      }
    }
  }

  // Fails if the axes are not a right-handed triad of the tensor: T e = λ e for the turned axes.
  @Test("have principal axes", arguments: 0..<30)
  func principal(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    // equal values and diagonal tensors among them
    var tensor = SymmetricTensor.square(of: random.vector())
    if seed % 3 != 0 { tensor = tensor + SymmetricTensor.square(of: random.vector()) }
    if seed % 5 == 0 { tensor = SymmetricTensor(xx: 1, yy: 2, zz: 2) }
    let (values, axes) = tensor.principal
    let r = axes.matrix
    for (axis, value) in [(r.x, values.x), (r.y, values.y), (r.z, values.z)] {
      #expect((tensor.times(axis) - value * axis).length < 1e-14)
    }
    #expect((r.x.cross(r.y) - r.z).length < 1e-14)
  }

  // Fails if impossible moments pass: I₁ > I₂ + I₃ belongs to no body; a plate is the limit.
  @Test("know which inertia a body can have")
  func possible() {
    #expect(MassProperties.isPossible(inertia: Vector3(x: 1, y: 1, z: 2)))
    #expect(!MassProperties.isPossible(inertia: Vector3(x: 1, y: 1, z: 2.001)))
    #expect(!MassProperties.isPossible(inertia: Vector3(x: 1, y: 0, z: 1)))
    #expect(!MassProperties.isPossible(inertia: Vector3(x: .nan, y: 1, z: 1)))
    #expect(MassProperties(solid: .plane, density: 1) == nil)
    #expect(MassProperties(solid: .sphere(radius: 0), mass: 1) == nil)
    #expect(MassProperties(solid: .sphere(radius: 1), density: -1) == nil)
  }
}
