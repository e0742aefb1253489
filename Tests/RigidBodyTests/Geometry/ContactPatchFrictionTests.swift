import Foundation
import RigidBody
import Testing

@Suite("Friction of a patch")
struct ContactPatchFrictionTests {
  static let square = PlanarOutline.polygon([
    Planar(x: -0.5, y: -0.5), Planar(x: 0.5, y: -0.5), Planar(x: 0.5, y: 0.5),
    Planar(x: -0.5, y: 0.5),
  ])
  static let pentagon = PlanarOutline.polygon([
    Planar(x: 0.1, y: -0.3), Planar(x: 0.9, y: 0), Planar(x: 0.8, y: 0.7), Planar(x: 0.2, y: 0.9),
    Planar(x: -0.4, y: 0.2),
  ])

  // Fails if the closed form or a sign is wrong: mean distance from the centre of a square is
  // (√2 + asinh 1)/6 of the edge, of a disc 2/3 of the radius.
  @Test("of pure spin is the mean radius")
  func spin() {
    for sign in [-1.0, 1] {
      let twist = PlanarTwist(velocity: .zero, spin: 3 * sign)
      let square = ContactPatchFriction(Self.square, twist: twist).wrench(alpha: 1, beta: .zero)
      #expect(abs(square.torque + sign * 0.38259785823210635) < 1e-15)
      #expect(square.force.length < 1e-16)
      let disc = ContactPatchFriction(.disc(centre: .zero, radius: 1.5), twist: twist)
      let pressure = 1 / (Double.pi * 2.25)
      #expect(abs(disc.wrench(alpha: pressure, beta: .zero).torque + sign) < 1e-14)
    }
  }

  // Fails if the torque is off: a disc I = m R²/2 under N = m g stops after 3Rω/(4μg). The torque is
  // constant while it spins, so the time is Iω/(μτ).
  @Test("stops a disc after 3Rω/(4μg)")
  func spinDown() {
    let (radius, mu, g, omega) = (0.2, 0.3, 9.81, 7.0)
    let friction = ContactPatchFriction(
      .disc(centre: .zero, radius: radius), twist: PlanarTwist(velocity: .zero, spin: omega))
    let torque = friction.wrenchPerReaction.map { mu * g * $0.force.torque } ?? 0
    let time = -0.5 * radius * radius * omega / torque
    #expect(abs(time / (3 * radius * omega / (4 * mu * g)) - 1) < 1e-14)
  }

  // Fails if translation is not Coulomb's law at the centre of pressure.
  @Test("of translation acts at the centre of pressure")
  func translation() throws {
    let force = 7.0
    for outline in [Self.square, Self.pentagon, .disc(centre: Planar(x: 1, y: 2), radius: 0.5)] {
      let p = try #require(
        winklerPressure(outline, force: force, momentX: 0.2, momentY: -0.3))
      #expect(!p.isClipped)
      let friction = ContactPatchFriction(
        outline, twist: PlanarTwist(velocity: Planar(x: 3, y: 4), spin: 0))
      let wrench = friction.wrench(alpha: p.alpha, beta: p.beta)
      #expect((wrench.force - Planar(x: -4.2, y: -5.6)).length < 1e-13)
      // centre of pressure x = −My/N, y = Mx/N
      let arm = Planar(x: 0.3 / force, y: 0.2 / force)
      #expect(abs(wrench.torque - arm.cross(wrench.force)) < 1e-13)
    }
  }

  /// Quadrature of the definition on a signed fan of triangles about `fan`: 400 × 5 Gauss points
  /// along each edge, 5 along each ray.
  static func reference(
    _ corners: [Planar], _ origin: Planar, _ twist: PlanarTwist, _ alpha: Double, _ beta: Planar,
    _ fan: Planar
  ) -> PlanarWrench {
    var force = Planar.zero
    var torque = 0.0
    let nodes = [
      -0.9061798459386640, -0.5384693101056831, 0, 0.5384693101056831, 0.9061798459386640,
    ]
    let weights = [
      0.2369268850561891, 0.4786286704993665, 0.5688888888888889, 0.4786286704993665,
      0.2369268850561891,
    ]
    let pieces = 400
    for i in corners.indices {
      let (a, b) = (corners[i] - fan, corners[(i + 1) % corners.count] - fan)
      for k in 0..<pieces {
        for (n, w) in zip(nodes, weights) {
          let t = (Double(k) + 0.5 * (1 + n)) / Double(pieces)
          let ray = a + t * (b - a)
          for (m, v) in zip(nodes, weights) {
            let r = 0.5 * (1 + m)
            let x = fan + r * ray - origin
            let velocity = twist.velocity + twist.spin * x.turned
            guard velocity.length > 0 else { continue }
            let area = 0.25 * w * v / Double(pieces) * r * a.cross(b)
            let f = (-(alpha + beta.dot(x)) * area / velocity.length) * velocity
            force = force + f
            torque += x.cross(f)
          }
        }
      }
    }
    return PlanarWrench(force: force, torque: torque)
  }

  // Fails if any boundary integral is wrong, or the change to quadrature at four patch radii: the
  // reference integrates the definition along rays from the instant centre, where the integrand is
  // smooth; 400 × 5 × 5 points an edge are exact to 1e-12.
  @Test("agrees with fine quadrature", arguments: [0.0, 0.1, 0.6, 1.5, 3.9, 4.1, 20, 1000])
  func quadrature(distance: Double) {
    guard case .polygon(let corners) = Self.pentagon else { return }
    let centroid = Self.pentagon.moments.centroid
    let reach = corners.map { ($0 - centroid).length }.max() ?? 1
    for k in 0..<7 {
      let angle = 0.3 + Double(k)
      let spin = k % 2 == 0 ? 1.3 : -0.7
      let offset = distance * reach * Planar(x: cos(angle), y: sin(angle))
      // the instant centre is at the offset: u = −ω k×offset
      let twist = PlanarTwist(velocity: -spin * offset.turned, spin: spin)
      let beta = Planar(x: 0.4, y: -0.6)
      let found = ContactPatchFriction(Self.pentagon, twist: twist).wrench(alpha: 1.2, beta: beta)
      let fan = distance < 5 ? centroid + offset : centroid
      let expected = Self.reference(corners, centroid, twist, 1.2, beta, fan)
      #expect((found.force - expected.force).length < 2e-12)
      #expect(abs(found.torque - expected.torque) < 2e-12)
    }
  }

  // Fails if the arcs are wrong anywhere, also with the instant centre on the rim.
  @Test(
    "of a disc is the limit of polygons", arguments: [0.0, 0.3, 0.95, 1, 1.02, 2, 3.9, 4.1, 50])
  func disc(distance: Double) {
    func polygon(_ count: Int) -> PlanarOutline {
      .polygon(
        (0..<count).map {
          let angle = 2 * Double.pi * Double($0) / Double(count)
          return Planar(x: 1 + cos(angle), y: sin(angle))
        })
    }
    let twist = PlanarTwist(
      velocity: -1 * Planar(x: 0.6 * distance, y: 0.8 * distance).turned, spin: 1)
    func torque(_ outline: PlanarOutline) -> [Double] {
      let w = ContactPatchFriction(outline, twist: twist)
        .wrench(alpha: 1, beta: Planar(x: 0.3, y: 0.5))
      return [w.force.x, w.force.y, w.torque]
    }
    // the area error is of second order in the side: Richardson takes it out and leaves the fourth,
    // (2π/1000)⁴ = 1.6e-9; a centre on the rim adds a third, (2π/2000)³ = 3e-8
    let tolerance = distance == 1 ? 3e-8 : 1.6e-9
    let (coarse, fine) = (torque(polygon(1000)), torque(polygon(2000)))
    let found = torque(.disc(centre: Planar(x: 1, y: 0), radius: 1))
    for k in 0..<3 {
      #expect(abs(found[k] - (4 * fine[k] - coarse[k]) / 3) < tolerance)
    }
  }

  // Fails if the linear map is not the friction of Winkler's pressure.
  @Test("is linear in the reaction")
  func linear() throws {
    let twist = PlanarTwist(velocity: Planar(x: 0.2, y: -0.1), spin: 0.9)
    let friction = ContactPatchFriction(Self.pentagon, twist: twist)
    let map = try #require(friction.wrenchPerReaction)
    let p = try #require(winklerPressure(Self.pentagon, force: 5, momentX: 0.3, momentY: 0.2))
    let direct = friction.wrench(alpha: p.alpha, beta: p.beta)
    let force = 5 * map.force.force + 0.3 * map.momentX.force + 0.2 * map.momentY.force
    let torque = 5 * map.force.torque + 0.3 * map.momentX.torque + 0.2 * map.momentY.torque
    #expect((direct.force - force).length < 1e-14 && abs(direct.torque - torque) < 1e-14)
  }

  // Fails if the clipped pressure does not carry the load: a square with the load at e = a/3 from the
  // centre rests on a strip of width 3(a/2 − e), with the largest pressure 2N/(strip).
  @Test("clips the pressure at zero")
  func clipped() throws {
    let e = 1.0 / 3
    let p = try #require(winklerPressure(Self.square, force: 2, momentX: 0, momentY: -2 * e))
    #expect(p.isClipped && abs(p.beta.y) < 1e-12)
    guard case .polygon(let corners) = p.loaded else { return }
    let width = 3 * (0.5 - e)
    #expect(abs(corners.map(\.x).min().map { 0.5 - $0 - width } ?? 1) < 1e-12)
    #expect(abs(p.alpha + 0.5 * p.beta.x - 2 * 2 / width) < 1e-11)

    // the same for a skew load: moments of the pressure come back
    let skew = try #require(winklerPressure(Self.pentagon, force: 3, momentX: 0.9, momentY: 0.3))
    #expect(skew.isClipped)
    let m = skew.loaded.moments
    let centroid = Self.pentagon.moments.centroid
    let d = m.centroid - centroid
    let mean = skew.alpha + skew.beta.dot(d)
    #expect(abs(m.area * mean - 3) < 1e-12)
    let momentX = m.area * mean * d.y + m.xy * skew.beta.x + m.yy * skew.beta.y
    let momentY = -(m.area * mean * d.x + m.xx * skew.beta.x + m.xy * skew.beta.y)
    #expect(abs(momentX - 0.9) < 1e-12 && abs(momentY - 0.3) < 1e-12)

    // a disc at the limit of its core e = R/4, and beyond
    let disc = PlanarOutline.disc(centre: .zero, radius: 2)
    #expect(winklerPressure(disc, force: 1, momentX: 0.499, momentY: 0)?.isClipped == false)
    let half = try #require(winklerPressure(disc, force: 1, momentX: 1.2, momentY: 0))
    let n = half.loaded.moments
    let carried = n.area * (half.alpha + half.beta.dot(n.centroid))
    #expect(abs(carried - 1) < 5e-4)
    #expect(winklerPressure(Self.square, force: 1, momentX: 0.51, momentY: 0) == nil)
    #expect(winklerPressure(Self.square, force: -1, momentX: 0, momentY: 0) == nil)
    #expect(winklerPressure(disc, force: 1, momentX: 2.1, momentY: 0) == nil)
  }

  // Fails if the way from the world to the plane turns or mirrors the patch.
  @Test("takes a patch of a manifold")
  func plane() throws {
    let box = Shape.box(half: Vector3(x: 0.5, y: 0.25, z: 0.1))
    let scene = ContactScene(
      shapeA: box, poseA: Pose(position: Vector3(x: 3, y: 4, z: 0.1)), shapeB: .plane,
      poseB: Pose(position: .zero))
    let plane = PatchPlane(try #require(scene.manifold().patches.first))
    #expect((plane.origin - Vector3(x: 3, y: 4, z: 0)).length < 1e-15)
    #expect((plane.first.cross(plane.second) - Vector3(x: 0, y: 0, z: 1)).length < 1e-15)
    #expect(abs(plane.outline.moments.area - 0.5) < 1e-15)
  }
}
