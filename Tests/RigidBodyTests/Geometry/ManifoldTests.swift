import Foundation
import RigidBody
import Testing

@Suite("Manifolds of shape pairs")
struct ManifoldTests {
  static let up = Vector3(x: 0, y: 0, z: 1)
  static let unitBox = Shape.box(half: Vector3(x: 1, y: 1, z: 1))

  static func at(_ x: Double, _ y: Double, _ z: Double, turn: Vector3 = .zero) -> Pose {
    Pose(position: Vector3(x: x, y: y, z: z), orientation: Quaternion(rotationVector: turn))
  }

  func manifold(_ a: Shape, _ poseA: Pose, _ b: Shape, _ poseB: Pose = at(0, 0, 0)) -> Manifold {
    ContactScene(shapeA: a, poseA: poseA, shapeB: b, poseB: poseB).manifold()
  }

  static func area(_ outline: ContactPatch.Outline, _ normal: Vector3) -> Double {
    switch outline {
    case .disc(_, let radius): return Double.pi * radius * radius
    case .polygon(let c):
      var sum = Vector3.zero
      for i in c.indices { sum = sum + (c[i] - c[0]).cross(c[(i + 1) % c.count] - c[0]) }
      return 0.5 * sum.dot(normal)
    }
  }

  // Fails if a radius or a sign is lost: the gap of a ball over a floor is its height.
  @Test("of round bodies are heights and distances")
  func round() throws {
    let floor = manifold(.sphere(radius: 0.5), Self.at(1, 2, 0.52), .plane)
    #expect(floor.points.count == 1)
    let floorPoint = try #require(floor.points.first)
    #expect(abs(floorPoint.gap - 0.02) < 1e-15)
    #expect(floorPoint.normal == Self.up)
    #expect((floorPoint.point - Vector3(x: 1, y: 2, z: 0.02)).length < 1e-15)

    let pair = manifold(.sphere(radius: 1), Self.at(3, 0, 4), .sphere(radius: 4.01))
    let pairPoint = try #require(pair.points.first)
    #expect(abs(pairPoint.gap + 0.01) < 1e-14)
    #expect((pairPoint.normal - Vector3(x: 0.6, y: 0, z: 0.8)).length < 1e-15)

    let bowl = manifold(.sphere(radius: 1), Self.at(0, 0, -3.97), .bowl(radius: 5))
    let bowlPoint = try #require(bowl.points.first)
    #expect(abs(bowlPoint.gap - 0.03) < 1e-14)
    #expect((bowlPoint.normal - Self.up).length < 1e-15)

    let pipe = manifold(.sphere(radius: 1), Self.at(0, -3.97, 7), .pipe(radius: 5))
    let pipePoint = try #require(pipe.points.first)
    #expect(abs(pipePoint.gap - 0.03) < 1e-14)
    #expect((pipePoint.normal - Vector3(x: 0, y: 1, z: 0)).length < 1e-15)
  }

  // Fails if corners are lost or doubled, the outline is clockwise or has the wrong area.
  @Test("of a box on a box are the corners of the common area")
  func boxOnBox() {
    // flush, shifted by half an edge, and turned by 45°: area of square and turned square is that of
    // the regular octagon, 8(√2 − 1)
    let cases: [(Pose, Int, Double)] = [
      (Self.at(0, 0, 2), 4, 4), (Self.at(1, 0, 2), 4, 2), (Self.at(1, 1, 2.01), 4, 1),
      (
        Self.at(0, 0, 2, turn: Vector3(x: 0, y: 0, z: Double.pi / 4)), 8,
        8 * (2.0.squareRoot() - 1)
      ),
    ]
    for (pose, count, area) in cases {
      let result = manifold(Self.unitBox, pose, Self.unitBox)
      #expect(result.points.count == count)
      #expect(result.patches.count == 1 && result.points.allSatisfy { $0.patch == 0 })
      for point in result.points {
        #expect(abs(point.gap - (pose.position.z - 2)) < 1e-14)
        #expect((point.normal - Self.up).length < 1e-14)
      }
      if let patch = result.patches.first {
        #expect(abs(Self.area(patch.outline, patch.normal) - area) < 1e-12)
      }
    }
  }

  // Fails if nearly parallel faces are collapsed to one gap: each corner of a plank that is tilted by
  // 0.01 about y keeps its own height, x·sin + z·cos.
  @Test("of almost flat boxes keep a gap for each corner")
  func almostFlat() {
    let tilt = 0.01
    let plank = Shape.box(half: Vector3(x: 0.5, y: 0.5, z: 0.1))
    let result = manifold(
      plank, Self.at(0, 0, 1.12, turn: Vector3(x: 0, y: tilt, z: 0)), Self.unitBox)
    #expect(result.points.count == 4 && result.patches.isEmpty)
    let gaps = result.points.map(\.gap).sorted()
    let expected = [-1.0, -1, 1, 1].map { 0.12 + $0 * 0.5 * sin(tilt) - 0.1 * cos(tilt) }
    for (gap, value) in zip(gaps, expected) { #expect(abs(gap - value) < 1e-14) }
    #expect(Set(result.points.map(\.feature)).count == 4)
  }

  // Fails if the far sides of thin plates count, which are within the margin but never touch.
  @Test("of thin plates are their near sides")
  func plates() {
    let plate = Shape.box(half: Vector3(x: 0.5, y: 0.5, z: 0.005))
    let turned = manifold(plate, Self.at(0.1, 0, 0.01, turn: Vector3(x: 0, y: 0, z: 0.4)), plate)
    #expect(turned.points.count >= 4 && turned.points.allSatisfy { abs($0.gap) < 1e-14 })
    #expect(turned.patches.count == 1)
  }

  // Fails if an edge on a face is not a line of two points, or if crossing edges are not one point.
  @Test("of edges are lines and points")
  func edges() throws {
    // standing on an edge: half diagonal √2
    let root = 2.0.squareRoot()
    let line = manifold(
      Self.unitBox, Self.at(0.3, 0, 1 + root, turn: Vector3(x: 0, y: Double.pi / 4, z: 0)),
      .box(half: Vector3(x: 2, y: 0.5, z: 1)))
    #expect(line.points.count == 2)
    for point in line.points {
      #expect(abs(point.gap) < 1e-14 && abs(abs(point.point.y) - 0.5) < 1e-14)
      #expect((point.normal - Self.up).length < 1e-14)
    }
    // roof ridge across roof ridge
    let ridge = Self.at(0, 0, 0, turn: Vector3(x: 0, y: Double.pi / 4, z: 0))
    let cross = manifold(
      Self.unitBox, Self.at(0.1, 0.2, 2 * root + 0.01, turn: Vector3(x: Double.pi / 4, y: 0, z: 0)),
      Self.unitBox, ridge)
    #expect(cross.points.count == 1)
    let crossPoint = try #require(cross.points.first)
    #expect(abs(crossPoint.gap - 0.01) < 1e-14)
    #expect((crossPoint.point - Vector3(x: 0, y: 0.2, z: root + 0.01)).length < 1e-14)
  }

  // Fails if a flat cylinder is not a disc of 24 points, a lying one not two points, or a tilted one
  // misses its lowest point: height of the centre − R·sin − h·cos.
  @Test("of a cylinder on a plane are disc, line and lowest point")
  func cylinder() throws {
    let can = Shape.cylinder(radius: 0.5, halfLength: 1)
    let flat = manifold(can, Self.at(0, 0, 1), .plane)
    #expect(flat.points.count == 24 && flat.patches.count == 1)
    #expect(flat.patches.first?.outline == .disc(centre: .zero, radius: 0.5))

    let lying = manifold(
      can, Self.at(0, 0, 0.5, turn: Vector3(x: Double.pi / 2, y: 0, z: 0)), .plane)
    #expect(lying.points.count == 2 && lying.patches.isEmpty)
    #expect(lying.points.allSatisfy { abs($0.gap) < 1e-15 && abs(abs($0.point.y) - 1) < 1e-15 })

    let tilt = 0.3
    let height = 0.5 * sin(tilt) + cos(tilt)
    let tilted = manifold(
      can, Self.at(0, 0, height, turn: Vector3(x: 0, y: tilt, z: 0)), .plane)
    #expect(tilted.points.count == 1)
    let tiltedPoint = try #require(tilted.points.first)
    #expect(abs(tiltedPoint.gap) < 1e-15)
  }

  // Fails if cylinders lose the line, the disc or the border of a face.
  @Test("of cylinders with boxes and cylinders")
  func cylinders() throws {
    let can = Shape.cylinder(radius: 0.5, halfLength: 1)
    let onBox = manifold(can, Self.at(0.2, 0.1, 2), Self.unitBox)
    #expect(onBox.points.count == 24)
    #expect(
      onBox.patches.first?.outline
        == .disc(
          centre: Vector3(x: 0.2, y: 0.1, z: 1), radius: 0.5))

    // half over the border: half a disc, within the area error of the polygon
    let half = manifold(can, Self.at(1, 0, 2), Self.unitBox)
    #expect(half.patches.count == 1 && half.points.count >= 12)
    if let patch = half.patches.first {
      let area = Self.area(patch.outline, patch.normal)
      #expect(abs(area / (Double.pi / 8) - 1) < 7.2e-4)
    }
    #expect(half.points.allSatisfy { abs($0.gap) < 1e-14 && $0.point.x < 1 + 1e-9 })

    // lying on a box, over both borders
    let lying = manifold(
      .cylinder(radius: 0.5, halfLength: 3),
      Self.at(0, 0, 1.5, turn: Vector3(x: Double.pi / 2, y: 0, z: 0)), Self.unitBox)
    #expect(lying.points.count == 2)
    #expect(lying.points.allSatisfy { abs($0.gap) < 1e-14 && abs(abs($0.point.y) - 1) < 1e-9 })

    let side = manifold(can, Self.at(1.01, 0, 0.5), can)
    #expect(side.points.count == 2 && side.points.allSatisfy { abs($0.gap - 0.01) < 1e-14 })
    let stack = manifold(can, Self.at(0, 0, 2), can)
    #expect(stack.points.count == 24 && stack.patches.count == 1)
    let across = manifold(
      can, Self.at(0, 0, 1, turn: Vector3(x: 0, y: Double.pi / 2, z: 0)),
      can, Self.at(0, 0, 0, turn: Vector3(x: Double.pi / 2, y: 0, z: 0)))
    let acrossPoint = try #require(across.points.first)
    #expect(across.points.count == 1 && abs(acrossPoint.gap) < 1e-14)
  }

  // Fails if parallel capsules are one point, or crossed ones more than one.
  @Test("of capsules are lines and points")
  func capsules() throws {
    let capsule = Shape.capsule(radius: 0.25, halfLength: 1)
    let side = manifold(capsule, Self.at(0.51, 0, 0.5), capsule)
    #expect(side.points.count == 2 && side.points.allSatisfy { abs($0.gap - 0.01) < 1e-15 })
    #expect(side.points.map(\.point.z).sorted() == [-0.5, 1])
    let across = manifold(
      capsule, Self.at(0, 0.5, 0, turn: Vector3(x: 0, y: Double.pi / 2, z: 0)), capsule)
    let acrossPoint = try #require(across.points.first)
    #expect(across.points.count == 1 && abs(acrossPoint.gap) < 1e-15)
    let onBox = manifold(
      capsule, Self.at(0.5, 0, 1.25, turn: Vector3(x: 0, y: Double.pi / 2, z: 0)), Self.unitBox)
    #expect(onBox.points.count == 2)
    #expect(onBox.points.map(\.point.x).min().map { abs($0 + 0.5) < 1e-14 } ?? false)
    #expect(onBox.points.map(\.point.x).max().map { abs($0 - 1) < 1e-14 } ?? false)
  }

  // Fails if sides that are parallel to an edge have no contact: a can and a capsule stand beside the
  // upright edge of a box, on its diagonal.
  @Test("of sides along an edge are lines")
  func sidesAlongEdges() {
    let diagonal = 0.5.squareRoot()
    let direction = Vector3(x: diagonal, y: diagonal, z: 0)
    for half in [0.5, 1.5] {
      for gap in [0.01, 0, -0.01] {
        let distance = 2.0.squareRoot() + 0.3 + gap
        let pose = Pose(position: distance * direction + 0.1 * Self.up)
        for shape in [
          Shape.cylinder(radius: 0.3, halfLength: half), .capsule(radius: 0.3, halfLength: half),
        ] {
          let result = manifold(shape, pose, Self.unitBox)
          #expect(result.points.count == 2, "\(shape), \(gap)")
          for point in result.points {
            #expect(abs(point.gap - gap) < 1e-14 && (point.normal - direction).length < 1e-13)
          }
          let heights = result.points.map(\.point.z).sorted()
          let expected = half < 1 ? [-0.4, 0.6] : [-1, 1]
          for (z, value) in zip(heights, expected) { #expect(abs(z - value) < 1e-12) }
        }
      }
    }
  }

  // Fails if a manifold depends on the order of its arguments beyond signs and sides.
  @Test("are antisymmetric", arguments: ManifoldRateTests.pairs.indices)
  func swapping(index: Int) {
    let (a, b) = ManifoldRateTests.pairs[index]
    var random = SplitMix(state: UInt64(3000 + index))
    for trial in 0..<20 {
      var scene = ContactScene(
        shapeA: a, poseA: Pose(position: .zero, orientation: random.orientation()),
        twistA: random.twist(), shapeB: b,
        poseB: Pose(position: random.vector(), orientation: random.orientation()),
        twistB: random.twist())
      scene.place(&random, gap: trial % 2 == 0 ? 0.01 : -0.01)
      let (one, two) = (scene.manifold(), scene.swapped.manifold())
      #expect(one.points.count == two.points.count && !one.points.isEmpty)
      for p in one.points {
        // equal shapes come in another order, so partners are found by place
        let place = p.point - p.gap * p.normal
        guard
          let q = two.points.min(by: {
            ($0.point - place).length < ($1.point - place).length
          })
        else { continue }
        #expect((place - q.point).length < 1e-12)
        #expect(abs(p.gap - q.gap) < 1e-12 && (p.normal + q.normal).length < 1e-12)
        #expect((p.normalRate + q.normalRate).length < 1e-9 * (1 + p.normalRate.length))
        if a != b { #expect(p.feature == q.feature) }
      }
    }
  }

  // Fails if a world axis enters a manifold: the scene turned as a whole has the same gaps and ids,
  // and turned normals, points and rates.
  @Test("turn with the scene", arguments: ManifoldRateTests.pairs.indices)
  func turning(index: Int) {
    let (a, b) = ManifoldRateTests.pairs[index]
    var random = SplitMix(state: UInt64(4000 + index))
    for _ in 0..<20 {
      var scene = ContactScene(
        shapeA: a, poseA: Pose(position: .zero, orientation: random.orientation()),
        twistA: random.twist(), shapeB: b,
        poseB: Pose(position: random.vector(), orientation: random.orientation()),
        twistB: random.twist())
      scene.place(&random, gap: 0.01)
      let q = random.orientation()
      let turned = ContactScene(
        shapeA: a, poseA: scene.poseA.rotated(q), twistA: scene.twistA.rotated(q), shapeB: b,
        poseB: scene.poseB.rotated(q), twistB: scene.twistB.rotated(q)
      ).manifold()
      let plain = scene.manifold()
      #expect(plain.points.count == turned.points.count)
      for (p, r) in zip(plain.points, turned.points) {
        #expect(p.feature == r.feature && abs(p.gap - r.gap) < 1e-11)
        #expect((q.rotate(p.normal) - r.normal).length < 1e-10)
        #expect((q.rotate(p.point) - r.point).length < 1e-10)
        #expect((q.rotate(p.pointRate) - r.pointRate).length < 1e-7 * (1 + p.pointRate.length))
      }
    }
  }

  // Fails if a degenerate direction gives a number that is none: same place, same orientation,
  // aligned axes, touching corners.
  @Test("have numbers in degenerate poses", arguments: ManifoldRateTests.pairs.indices)
  func degenerate(index: Int) {
    let (a, b) = ManifoldRateTests.pairs[index]
    let twist = Twist(velocity: Self.up, spin: Vector3(x: 1, y: 2, z: 3))
    let quarter = Vector3(x: Double.pi / 2, y: 0, z: 0)
    for turn in [Vector3.zero, quarter, 2 * quarter, Vector3(x: 0, y: 1e-9, z: 0)] {
      for offset in [Vector3.zero, Self.up, 0.5 * Self.up, Vector3(x: 0.6, y: 0.4, z: 0.8)] {
        let scene = ContactScene(
          shapeA: a, poseA: Pose(position: offset, orientation: Quaternion(rotationVector: turn)),
          twistA: twist, shapeB: b, poseB: Self.at(0, 0, 0))
        for point in scene.manifold(margin: 1).points {
          #expect(abs(point.normal.length - 1) < 1e-12)
          #expect(point.gap.isFinite && point.point.length.isFinite)
          #expect(point.normalRate.length.isFinite && point.pointRate.length.isFinite)
        }
      }
    }
  }

  // Fails if an id depends on which other features are close: a box slides over a border, and the
  // corner that stays keeps its number.
  @Test("keep the ids of features")
  func ids() {
    let small = Shape.box(half: Vector3(x: 0.5, y: 0.5, z: 0.5))
    func feature(_ shift: Double) -> UInt32? {
      let result = manifold(small, Self.at(shift, 0, 1.5), Self.unitBox)
      let corner = Vector3(x: shift - 0.5, y: -0.5, z: 1)
      return result.points.first { ($0.point - corner).length < 1e-12 }?.feature
    }
    #expect(feature(0) != nil && feature(0) == feature(0.3) && feature(0.3) == feature(0.8))
  }
}
