import Foundation
import RigidBody
import Testing

@Suite("Bounds of shapes")
struct ShapeBoundsTests {
  // Fails if a bound is above a gap: both are distances, the bound must not be larger.
  @Test("are below the gaps", arguments: ManifoldRateTests.pairs.indices)
  func bound(index: Int) {
    let (a, b) = ManifoldRateTests.pairs[index]
    var random = SplitMix(state: UInt64(6000 + index))
    for _ in 0..<20 {
      var scene = ContactScene(
        shapeA: a, poseA: Pose(position: .zero, orientation: random.orientation()), shapeB: b,
        poseB: Pose(position: random.vector(), orientation: random.orientation()))
      scene.place(&random, gap: 0.02)
      let bound = distanceLowerBound(a, scene.poseA, b, scene.poseB)
      let gap = scene.manifold().points.map(\.gap).min() ?? -.infinity
      #expect(bound <= gap + 1e-12)
    }
  }

  // Fails if a radius is too small: spheres are exact, corners and rims by Pythagoras.
  @Test("are radii about the origin")
  func radii() {
    #expect(boundingRadius(of: .sphere(radius: 2)) == 2)
    #expect(boundingRadius(of: .box(half: Vector3(x: 2, y: 3, z: 6))) == 7)
    #expect(boundingRadius(of: .capsule(radius: 1, halfLength: 2)) == 3)
    #expect(boundingRadius(of: .cylinder(radius: 3, halfLength: 4)) == 5)
    #expect(boundingRadius(of: .hull(.box(half: Vector3(x: 2, y: 3, z: 6)))) == 7)
    #expect(boundingRadius(of: .plane) == .infinity)
    #expect(
      distanceLowerBound(.plane, Pose(position: .zero), .plane, Pose(position: .zero)) == .infinity)
  }
}
