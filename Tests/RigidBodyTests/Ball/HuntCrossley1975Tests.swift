import Foundation
import RigidBody
import Testing

@Suite("Hunt and Crossley 1975")
struct HuntCrossley1975Tests {
  // roots of d (1 + e) = ln[(1 + d) / (1 - e d)] by mpmath 1.3 with 30 digits
  static let roots: [(Double, Double)] = [
    (0.999, 0.00150150135120108529), (0.95, 0.0789266052874152312), (0.9, 0.166481950685308105),
    (0.8, 0.373146203365053668), (0.7, 0.634828281266416743), (0.5, 1.43275053327137503),
    (0.3, 3.08708198112962424), (0.1, 9.99815939749566782),
  ]

  // Fails if the relation is wrong or loses digits near e = 1, where the damping is known to
  // 1e-16 / (1 - e); the factor 8 covers the six rounded operations.
  @Test("meets 18 digits both ways", arguments: roots)
  func bothWays(e: Double, d: Double) {
    #expect(abs(HuntCrossley1975.damping(restitution: e) - d) < 8 * 1.1e-16 / (1 - e) * d)
    #expect(abs(HuntCrossley1975.restitution(damping: d) - e) < 1e-15)
  }

  // Fails if the relation does not belong to the force law: here F = x (1 + c x') is integrated
  // with RK4 and 3e-4 steps, whose error is of the order of (3e-4)^4; the end is found linearly
  // within a step, error 3e-4^2 / 8 times the force's slope.
  @Test("belongs to the force law", arguments: [0.1, 0.5, 2])
  func forceLaw(c: Double) {
    func rate(_ x: Double, _ v: Double) -> (Double, Double) { (v, -x * (1 + c * v)) }
    let h = 3e-4
    var (x, v) = (0.0, 1.0)
    var last = (x, v)
    repeat {
      last = (x, v)
      let a = rate(x, v)
      let b = rate(x + h / 2 * a.0, v + h / 2 * a.1)
      let s = rate(x + h / 2 * b.0, v + h / 2 * b.1)
      let t = rate(x + h * s.0, v + h * s.1)
      x += h / 6 * (a.0 + 2 * b.0 + 2 * s.0 + t.0)
      v += h / 6 * (a.1 + 2 * b.1 + 2 * s.1 + t.1)
    } while x > 0
    let end = last.1 + (v - last.1) * last.0 / (last.0 - x)
    #expect(abs(HuntCrossley1975.restitution(damping: c) + end) < 1e-7)
  }

  // Fails if small damping is lost to cancellation: e = 1 - 2 d/3 + 4 d^2 / 9 - ...
  @Test("has the series of small damping", arguments: [1e-12, 1e-8, 1e-5])
  func small(d: Double) {
    let series = 1 - 2 * d / 3 + 4 * d * d / 9
    #expect(abs(HuntCrossley1975.restitution(damping: d) - series) < 2.3e-16 + d * d * d)
  }

  // Fails if a limit traps or does not end.
  @Test("has limits")
  func limits() {
    #expect(HuntCrossley1975.restitution(damping: 0) == 1)
    #expect(HuntCrossley1975.restitution(damping: .infinity) == 0)
    // e d tends to 1 for strong damping
    #expect(abs(HuntCrossley1975.restitution(damping: 1e6) * 1e6 - 1) < 1e-12)
    #expect(HuntCrossley1975.damping(restitution: 1) == 0)
    #expect(HuntCrossley1975.damping(restitution: 0) == .infinity)
    #expect(HuntCrossley1975.restitution(damping: .nan).isNaN)
    #expect(HuntCrossley1975.damping(restitution: .nan).isNaN)
  }
}
