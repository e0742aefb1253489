import Foundation
import RigidBody
import Testing

@Suite("Distances of manifolds")
struct ManifoldDistanceTests {
  /// Nearest point of a solid to a world point, written apart from the library: by clamping for
  /// round shapes and boxes, by Dykstra's projections on half-spaces for hulls.
  static func project(_ p: Vector3, _ shape: Shape, _ pose: Pose) -> Vector3 {
    let q = pose.orientation.matrix.toBody(p - pose.position)
    return pose.world(local(q, shape))
  }

  static func local(_ q: Vector3, _ shape: Shape) -> Vector3 {
    func clamp(_ x: Double, _ h: Double) -> Double { max(-h, min(h, x)) }
    func ball(_ c: Vector3, _ r: Double) -> Vector3 {
      let d = q - c
      return d.length <= r ? q : c + (r / d.length) * d
    }
    switch shape {
    case .sphere(let r): return ball(.zero, r)
    case .box(let h): return Vector3(x: clamp(q.x, h.x), y: clamp(q.y, h.y), z: clamp(q.z, h.z))
    case .capsule(let r, let h): return ball(Vector3(x: 0, y: 0, z: clamp(q.z, h)), r)
    case .cylinder(let r, let h):
      let rho = (q.x * q.x + q.y * q.y).squareRoot()
      let s = rho > r ? r / rho : 1
      return Vector3(x: s * q.x, y: s * q.y, z: clamp(q.z, h))
    case .hull(let hull):
      var x = q
      var corrections = [Vector3](repeating: .zero, count: hull.faces.count)
      for _ in 0..<300 {
        for (i, n) in hull.normals.enumerated() {
          let y = x + corrections[i]
          let height = n.dot(y - hull.vertices[hull.faces[i][0]])
          x = height > 0 ? y - height * n : y
          corrections[i] = y - x
        }
      }
      return x
    default: return q
    }
  }

  /// Distance by alternating projections (Cheney & Goldstein 1959): never below the true one.
  static func distance(_ scene: ContactScene) -> Double {
    var p = scene.poseB.position
    var distance = Double.infinity
    for _ in 0..<3000 {
      let a = project(p, scene.shapeA, scene.poseA)
      p = project(a, scene.shapeB, scene.poseB)
      if distance - (a - p).length < 1e-15 { break }
      distance = (a - p).length
    }
    return distance
  }

  static let bodies = ManifoldRateTests.bodies

  // Fails if a feature is missing (empty manifold of close bodies), a gap is not the distance of the
  // bodies, or a point is not on A. Polyhedra against each other may report less where a vertex is
  // beside a face (stated in Manifold+Polyhedra), never more. The other order of each
  // pair is the matter of the symmetry test.
  @Test("are those of projections", arguments: (0..<25).filter { $0 / 5 <= $0 % 5 })
  func distances(index: Int) {
    let (a, b) = (Self.bodies[index / 5], Self.bodies[index % 5])
    let arePolyhedra = [1, 4].contains(index / 5) && [1, 4].contains(index % 5)
    var random = SplitMix(state: UInt64(50 + index))
    for trial in 0..<30 {
      var scene = ContactScene(
        shapeA: a, poseA: Pose(position: .zero, orientation: random.orientation()), shapeB: b,
        poseB: Pose(position: 0.1 * random.vector(), orientation: random.orientation()))
      let direction = random.direction()
      // close in by the oracle's distance, so that the library is not asked
      var reach = 3.0
      for _ in 0..<12 {
        scene.poseA.position = scene.poseB.position + reach * direction
        reach -= 0.9 * max(0, Self.distance(scene) - 0.02)
      }
      scene.poseA.position = scene.poseB.position + reach * direction
      let expected = Self.distance(scene)
      let found = scene.manifold(margin: 0.1).points.min { $0.gap < $1.gap }
      guard let found else {
        Issue.record("\(a) on \(b), trial \(trial): nothing at \(expected)")
        continue
      }
      #expect(found.gap <= expected + 1e-7, "\(a) on \(b), trial \(trial)")
      guard !arePolyhedra else { continue }
      #expect(abs(found.gap - expected) < 1e-4, "\(a) on \(b), trial \(trial)")
      let onA = Self.project(found.point, a, scene.poseA)
      #expect((onA - found.point).length < 1e-9, "\(a) on \(b), trial \(trial)")
    }
  }
}
