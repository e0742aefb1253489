import LinearAlgebra
import Testing

@testable import Fracture

@Suite("Couples on elements and faces")
struct SolidCoupleTests {
  /// Two elements, turned and strained by 0.3 %.
  func body() throws -> Solid {
    BLAS.useOneThread()
    var body = try Solid(
      lattice: Lattice(counts: SIMD3(2, 1, 1), edges: SIMD3(0.02, 0.01, 0.015)),
      material: Samples.material(), turn: SIMD4(0.8, 0.2, -0.4, 0.4))
    let noise = Samples.noise(3 * body.nodeCount, seed: 5)
    for node in 0..<body.nodeCount {
      for axis in 0..<3 { body.position[node][axis] += 3e-5 * noise[3 * node + axis] }
    }
    body.addElasticForces()
    for node in 0..<body.nodeCount { body.force[node] = .zero }
    return body
  }

  /// Rate of turn (rad/s, world axes) of a unit quaternion that goes from `p` to `q` in `time` (s).
  func rate(_ p: SIMD4<Double>, _ q: SIMD4<Double>, _ time: Double) -> SIMD3<Double> {
    let d = (q - p) / time
    let m = 0.5 * (p + q)
    let (a, b) = (SIMD3(d.y, d.z, d.w), SIMD3(m.y, m.z, m.w))
    return 2 * (m.x * a - d.x * b - cross(a, b))
  }

  // Fails if the inverse is that of the unstrained element: errors are then of order strain.
  @Test("a couple has its moment, no force, and the power of the element's rotation")
  func power() throws {
    var body = try body()
    let moment = SIMD3(0.3, -1.1, 0.7)
    body.addCouple(moment, to: 1)
    var (sum, turn, work) = (SIMD3<Double>.zero, SIMD3<Double>.zero, 0.0)
    let noise = Samples.noise(3 * body.nodeCount, seed: 9)
    var (back, ahead) = (body, body)
    let way = 1e-7
    for node in 0..<body.nodeCount {
      let (p, f) = (body.position[node], body.force[node])
      let speed = SIMD4(noise[3 * node], noise[3 * node + 1], noise[3 * node + 2], 0)
      sum += SIMD3(f.x, f.y, f.z)
      turn += cross(SIMD3(p.x, p.y, p.z), SIMD3(f.x, f.y, f.z))
      work += (f * speed).sum()
      back.position[node] -= way * speed
      ahead.position[node] += way * speed
    }
    back.addElasticForces()
    ahead.addElasticForces()
    let spin = rate(back.turn(of: 1), ahead.turn(of: 1), 2 * way)
    #expect((sum * sum).sum().squareRoot() < 1e-12)
    #expect(((turn - moment) * (turn - moment)).sum().squareRoot() < 1e-12)
    #expect(abs(work / (moment * spin).sum() - 1) < 1e-7)
  }

  // Fails if the moment is halved between elements that differ by a large turn.
  @Test("the frame of a face turns as its elements share a moment", arguments: [1.0, -1.0])
  func frame(sign: Double) {
    func unit(_ q: SIMD4<Double>) -> SIMD4<Double> { q / (q * q).sum().squareRoot() }
    let (p, q) = (unit(SIMD4(1, 0.3, -0.2, 0.1)), unit(SIMD4(0.9, -0.5, 0.2, 0.6)))
    let (dp, dq) = (SIMD4(0.2, -0.7, 0.3, 0.5), SIMD4(-0.4, 0.1, 0.8, -0.3))
    let way = 1e-6
    func ends(_ s: Double) -> (SIMD4<Double>, SIMD4<Double>) {
      (unit(p + s * way * dp), unit(q + s * way * dq))
    }
    let ((a, b), (c, d)) = (ends(-1), ends(1))
    let face = FaceFrame(low: p, high: sign * q, axis: 1)
    let spin = rate(unit(a + b), unit(c + d), 2 * way)
    let moment = SIMD3(1.0, 2, -0.5)
    let share = face.share(of: moment)
    let (low, high) = (rate(a, c, 2 * way), rate(b, d, 2 * way))
    let power = (share.low * low).sum() + (share.high * high).sum()
    #expect(abs(power - (moment * spin).sum()) < 1e-8)
    #expect(((share.low + share.high - moment) * (share.low + share.high - moment)).sum() < 1e-28)
    #expect(abs((face.normal * face.normal).sum() - 1) < 1e-14)
  }

  // Fails without the moments on the elements: a slipped, closed pair then pulls out of line.
  @Test("a crack that has slipped carries no moment as a whole")
  func slipped() throws {
    var body = try body()
    var cracks = CohesiveFaces(
      stiffnessFactor: 8, friction: 0, strength: [3e6], fractureEnergy: [50])
    cracks.open(0, share: 1)
    for place in [SIMD3(1, 0, 0), SIMD3(1, 1, 0), SIMD3(1, 0, 1), SIMD3(1, 1, 1)] {
      body.split(at: place, isOpen: cracks.isOpen, partition: CornerPartition())
    }
    for index in 0..<4 { cracks.wake(index, traction: SIMD3(3e6, 0, 0), in: body) }
    cracks.kill()
    // 1 mm along the face, closed by 10 µm
    let axes = Rotation(body.turn(of: 1))
    for corner in 0..<8 {
      body.position[body.node(1, corner)] += SIMD4(1e-3 * axes.y - 1e-5 * axes.x, 0)
    }
    for node in 0..<body.nodeCount { body.force[node] = .zero }
    cracks.addForces(to: &body)
    var (sum, turn, scale) = (SIMD3<Double>.zero, SIMD3<Double>.zero, 0.0)
    for node in 0..<body.nodeCount {
      let (p, f) = (body.position[node], body.force[node])
      sum += SIMD3(f.x, f.y, f.z)
      turn += cross(SIMD3(p.x, p.y, p.z), SIMD3(f.x, f.y, f.z))
      scale += (f * f).sum().squareRoot()
    }
    #expect(scale > 1000)
    #expect((sum * sum).sum().squareRoot() < 1e-13 * scale)
    #expect((turn * turn).sum().squareRoot() < 1e-13 * scale * 0.05)
  }
}
