import Foundation
import RigidBody
import Testing

@Suite("Rates of contact points")
struct ManifoldRateTests {
  static let hull: Shape = {
    var random = SplitMix(state: 77)
    let points = (0..<20).map { _ in 0.4 * random.direction() }
    return (try? ConvexHull(points: points)).map { .hull($0) } ?? .plane
  }()
  static let bodies: [Shape] = [
    .sphere(radius: 0.3), .box(half: Vector3(x: 0.3, y: 0.2, z: 0.4)),
    .capsule(radius: 0.15, halfLength: 0.3), .cylinder(radius: 0.25, halfLength: 0.3), hull,
  ]

  static var pairs: [(Shape, Shape)] {
    var result: [(Shape, Shape)] = []
    for a in bodies {
      for b in bodies { result.append((a, b)) }
      result.append((a, .plane))
      result.append((.plane, a))
      result.append((a, .bowl(radius: 3)))
      result.append((a, .pipe(radius: 2)))
    }
    return result
  }

  // Fails if a rate of gap, normal or point is not the derivative along both twists: a lost term of
  // a spin, the point on the wrong body, a foot that slides at the wrong speed. Differences of step
  // 1e-5 err by 1e-10 of third derivatives and by 1e-11 of rounding; skew edges and small distances
  // raise the third derivative, hence 2e-6.
  @Test("are derivatives of the geometry", arguments: pairs.indices)
  func rates(index: Int) throws {
    let (a, b) = Self.pairs[index]
    var random = SplitMix(state: UInt64(1000 + index))
    var compared = 0
    for trial in 0..<60 {
      var scene = ContactScene(
        shapeA: a, poseA: Pose(position: .zero, orientation: random.orientation()),
        twistA: random.twist(), shapeB: b,
        poseB: Pose(position: 0.1 * random.vector(), orientation: random.orientation()),
        twistB: random.twist())
      scene.place(&random, gap: trial % 3 == 0 ? -0.01 : 0.02)
      let result = scene.rateErrors()
      compared += result.compared
      #expect(result.worst < 2e-6, "\(a) on \(b), trial \(trial): \(result.report)")
    }
    #expect(compared >= 50, "\(a) on \(b): only \(compared) points")
  }
}

extension ContactScene {
  /// Brings the bodies together in a random direction.
  mutating func place(_ random: inout SplitMix, gap: Double) {
    let direction = random.direction()
    switch (shapeA, shapeB) {
    case (_, .plane):
      poseA.position = poseB.position + 0.5 * direction
      bring(along: poseB.orientation.rotate(Vector3(x: 0, y: 0, z: 1)), to: gap)
    case (.plane, _):
      var other = swapped
      other.place(&random, gap: gap)
      self = other.swapped
    case (_, .bowl), (_, .pipe):
      let local = poseB.orientation.matrix.toBody(direction)
      var flat = direction
      if case .pipe = shapeB {
        flat = poseB.orientation.rotate(Vector3(x: local.x, y: local.y, z: 0))
        flat = (1 / flat.length) * flat
      }
      poseA.position = poseB.position + flat
      bring(along: -flat, to: gap)
    default:
      poseA.position = poseB.position + 2 * direction
      bring(along: direction, to: gap)
    }
  }
}
