import Foundation
import RigidBody
import Testing

@Suite("Friction cone")
struct FrictionConeTests {
  static let frictions = [0, 0.01, 0.5, 1, 10, 1e6]

  // Fails if a formula of one region is used in another, or σ has a wrong factor. The projection is
  // the only point p of the cone with x − p in the polar cone and (x − p)·p = 0 (Moreau).
  @Test("meets Moreau's decomposition", arguments: frictions)
  func moreau(friction: Double) {
    let cone = FrictionCone(friction: friction)
    for index in 0..<500 {
      let t = Double(index)
      let x = (3 * sin(1.7 * t), 2 * sin(2.3 * t + 1), 2 * sin(3.1 * t + 2))
      let p = cone.project(normal: x.0, x.1, x.2)
      let (q0, q1, q2) = (x.0 - p.0, x.1 - p.1, x.2 - p.2)

      // rounding: some ulp of |x| < 5, times μ where the tangent is scaled by it
      let allowed = 1e-14 * max(1, friction)
      let tangent = (p.1 * p.1 + p.2 * p.2).squareRoot()
      let polar = (q1 * q1 + q2 * q2).squareRoot()
      #expect(tangent <= friction * p.0 + allowed)
      #expect(q0 + friction * polar <= allowed)
      #expect(abs(q0 * p.0 + q1 * p.1 + q2 * p.2) <= 5 * allowed)
    }
  }

  // Fails if a region's border is in the wrong place: values by hand for μ = 1.
  @Test("inside, outside, on the surface")
  func byHand() {
    let cone = FrictionCone(friction: 1)
    #expect(cone.project(normal: 2, 1, 1) == (2, 1, 1))
    #expect(cone.project(normal: -2, 1, 1) == (0, 0, 0))
    let p = cone.project(normal: 0, 3, 4)
    #expect(abs(p.0 - 2.5) < 1e-15 && abs(p.1 - 1.5) < 1e-15 && abs(p.2 - 2) < 1e-15)
  }

  // Fails if the form for fast slip cancels: at ρ|u_T| = 1e9·|r| the plain formula is wrong in the
  // eighth digit. Pure slip with u_N = 0: the reaction must stay (1, −μτ)·r_N.
  @Test("keeps all digits when the slip is fast", arguments: [0.1, 0.5, 2])
  func fast(friction: Double) {
    let cone = FrictionCone(friction: friction)
    let r = (0.3, -0.3 * friction * 0.6, -0.3 * friction * 0.8)
    let step = cone.step(from: r, against: (0, 0.6e9, 0.8e9), penalty: 1, excess: 0)
    #expect(step.region == .slip)
    #expect(abs(step.change.0) <= 1e-15)
    #expect(abs(step.change.1) <= 1e-15 && abs(step.change.2) <= 1e-15)
  }

  // Fails if the disc takes its radius from the old normal, or the tangent has the wrong sign.
  @Test("the split step stays on its disc and opposes the slip", arguments: [0.1, 0.5, 2])
  func split(friction: Double) {
    let cone = FrictionCone(friction: friction)
    let step = cone.splitStep(from: (1, 0, 0), against: (-1, 3, 4), penalty: 1)
    #expect(step.region == .slip || friction == 2)
    if step.region == .slip {
      #expect(abs(step.change.0 - 1) < 1e-15)
      #expect(abs(step.change.1 + 2 * friction * 0.6) < 1e-15)
      #expect(abs(step.change.2 + 2 * friction * 0.8) < 1e-15)
    }
    #expect(cone.splitStep(from: (1, 0, 0), against: (2, 3, 4), penalty: 1).region == .open)
    #expect(cone.splitStep(from: (1, 0, 0), against: (0, 0.01, 0), penalty: 1).region == .stick)
  }
}
