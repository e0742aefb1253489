import Foundation
import RigidBody
import Testing

/// Bodies that lie on each other: the poses where features tie and faces are parallel.
@Suite("Manifolds of bodies at rest")
struct ManifoldRestTests {
  /// A support with its upper surface at z = 0.
  static let supports: [(shape: Shape, pose: Pose)] = {
    let prism = (0..<6).flatMap { i -> [Vector3] in
      let angle = Double.pi / 3 * Double(i)
      return [-0.3, 0.3].map { Vector3(x: cos(angle), y: sin(angle), z: $0) }
    }
    var result: [(Shape, Pose)] = [
      (.plane, Pose(position: .zero)),
      (
        .box(half: Vector3(x: 0.9, y: 0.7, z: 0.4)),
        Pose(position: Vector3(x: 0, y: 0, z: -0.4))
      ),
      (
        .cylinder(radius: 0.8, halfLength: 0.5),
        Pose(position: Vector3(x: 0, y: 0, z: -0.5))
      ),
    ]
    if let hull = try? ConvexHull(points: prism) {
      result.append((.hull(hull), Pose(position: Vector3(x: 0, y: 0, z: -0.3))))
    }
    return result
  }()

  /// A body with its lower surface at z = 0, and the turn about x that lays it down.
  static let riders: [(shape: Shape, height: Double, turn: Double)] = {
    var result: [(Shape, Double, Double)] = [
      (.box(half: Vector3(x: 0.5, y: 0.4, z: 0.3)), 0.3, 0),
      (.box(half: Vector3(x: 0.3, y: 0.3, z: 0.3)), 0.3 * 2.0.squareRoot(), Double.pi / 4),
      (.cylinder(radius: 0.4, halfLength: 0.3), 0.3, 0),
      (.cylinder(radius: 0.3, halfLength: 0.5), 0.3, Double.pi / 2),
      (.capsule(radius: 0.2, halfLength: 0.4), 0.2, Double.pi / 2),
      (.sphere(radius: 0.4), 0.4, 0),
    ]
    let roof = [
      Vector3(x: -0.4, y: -0.3, z: 0), Vector3(x: 0.4, y: -0.3, z: 0),
      Vector3(x: 0.3, y: 0.4, z: 0),
      Vector3(x: -0.2, y: 0.3, z: 0), Vector3(x: 0, y: 0, z: 0.5),
    ]
    if let hull = try? ConvexHull(points: roof) { result.append((.hull(hull), 0, 0)) }
    return result
  }()

  static func scene(
    _ rider: Int, _ support: Int, gap: Double, tilt: Double, _ random: inout SplitMix
  ) -> ContactScene {
    let (body, base) = (riders[rider], supports[support])
    let lay = Quaternion(rotationVector: Vector3(x: body.turn, y: 0, z: 0))
    let yaw = Quaternion(rotationVector: Vector3(x: 0, y: 0, z: 3 * random.number()))
    let angle = 3 * random.number()
    let tip = Quaternion(rotationVector: tilt * Vector3(x: cos(angle), y: sin(angle), z: 0))
    let position = Vector3(x: 0.3 * random.number(), y: 0.3 * random.number(), z: body.height + gap)
    return ContactScene(
      shapeA: body.shape, poseA: Pose(position: position, orientation: tip * yaw * lay),
      twistA: random.twist(), shapeB: base.shape, poseB: base.pose, twistB: random.twist())
  }

  static let pairs: [(Int, Int)] = riders.indices.flatMap { a in supports.indices.map { (a, $0) } }

  // Fails if a body that lies flat has points with another gap or normal than all others, too few
  // of them, or no patch under a face.
  @Test("have one gap where surfaces are parallel", arguments: pairs.indices)
  func flat(index: Int) {
    let (rider, support) = Self.pairs[index]
    var random = SplitMix(state: UInt64(9000 + index))
    for trial in 0..<40 {
      let gap = [0.0, 0.01, -0.01][trial % 3]
      let scene = Self.scene(rider, support, gap: gap, tilt: 0, &random)
      let q = random.orientation()
      let turned = ContactScene(
        shapeA: scene.shapeA, poseA: scene.poseA.rotated(q), shapeB: scene.shapeB,
        poseB: scene.poseB.rotated(q))
      for result in [scene.manifold(), turned.manifold()] {
        let isTurned = result.points.first.map { $0.normal.z < 0.999999 } ?? false
        let up = isTurned ? q.rotate(ManifoldTests.up) : ManifoldTests.up
        let comment: Comment = "\(Self.riders[rider]) on \(Self.supports[support]), \(trial)"
        for point in result.points where point.gap < gap + 1e-6 {
          #expect(abs(point.gap - gap) < 1e-13, comment)
          #expect((point.normal - up).length < 1e-10, comment)
        }
        #expect(abs((result.points.map(\.gap).min() ?? 1) - gap) < 1e-13, comment)
        let isFace = [0, 2, 6].contains(rider)
        let isLine = [1, 3, 4].contains(rider)
        let needed = isFace ? 3 : isLine ? 2 : 1
        #expect(result.points.count >= needed, comment)
        if isFace { #expect(result.patches.count == 1, comment) }
      }
    }
  }

  // Fails if a feature of parallel or nearly parallel surfaces has a wrong rate. The lowest point of a
  // rim runs with 1/tilt, so a step errs by (step/tilt)² of the rate: steps of 1e-4·tilt where it
  // exists; rounding is 1e-16/step over the smallest sine of tilts and crossing edges, 1e-3.
  @Test("have exact rates", arguments: pairs.indices, [0, 1e-10, 1e-3, 0.03])
  func rates(index: Int, tilt: Double) {
    let (rider, support) = Self.pairs[index]
    var random = SplitMix(state: UInt64(9500 + index))
    var compared = 0
    for trial in 0..<40 {
      let scene = Self.scene(
        rider, support, gap: trial % 2 == 0 ? 0.01 : -0.01, tilt: tilt, &random)
      let result = scene.rateErrors(step: tilt == 1e-3 ? 1e-7 : 1e-6)
      compared += result.compared
      #expect(
        result.worst < 1e-6,
        "\(Self.riders[rider]) on \(Self.supports[support]), \(trial): \(result.report)")
    }
    #expect(compared >= 40)
  }

  // Fails if the lowest point of a rim that is almost flat runs wrongly, where differences see nothing:
  // it stays when the cylinder spins about its own axis, and turns with the body about the normal or
  // about the level of the tilt. Rounding of a direction is 1e-16/tilt.
  @Test("the lowest point of an almost flat rim runs as it must", arguments: [1e-8, 1e-6, 1e-4])
  func almostFlat(tilt: Double) throws {
    let orientation = Quaternion(rotationVector: tilt * Vector3.unitX)
    let centre = Vector3(x: 0, y: 0, z: 0.2 * cos(tilt) + 0.1 * sin(tilt))
    for (spin, turns) in [
      (orientation.rotate(.unitZ), false), (Vector3.unitZ, true), (Vector3.unitX, true),
    ] {
      let scene = ContactScene(
        shapeA: .cylinder(radius: 0.1, halfLength: 0.2),
        poseA: Pose(position: centre, orientation: orientation),
        twistA: Twist(velocity: .zero, spin: spin), shapeB: .plane, poseB: Pose(position: .zero))
      let lowest = try #require(scene.manifold(margin: 1e-3).points.min { $0.gap < $1.gap })
      let expected = turns ? spin.cross(lowest.point - centre) : .zero
      #expect(abs(lowest.gap) < 1e-15)
      #expect((lowest.pointRate - expected).length < 1e-16 / tilt + 1e-15)
    }
  }
}
