import Foundation
import Testing

@testable import RigidBody

@Suite("Rotation chart")
struct RotationChartTests {
  /// θ and its rate along q(t) = exp(a·t)·exp(½·b·t²) with the spin in body axes, all in closed form.
  func spinInBody(_ a: Vector3, _ b: Vector3, _ t: Double) -> Vector3 {
    Quaternion(rotationVector: (0.5 * t * t) * b).conjugate.rotate(a) + t * b
  }

  // Fails if the sign of ½·θ×ω is that of world rates, or κ is wrong: the rate of the rotation vector
  // of a known motion by central differences of order 6 (h = 5e-3: truncation and rounding < 1e-11).
  @Test("gives the rate of the rotation vector", arguments: [1e-3, 0.09, 0.11, 0.5, 1.2, 2.2])
  func rate(time: Double) {
    let (a, b) = (Vector3(x: 0.6, y: -0.5, z: 0.7), Vector3(x: -0.3, y: 0.4, z: 0.2))
    func theta(_ t: Double) -> Vector3 {
      (Quaternion(rotationVector: t * a) * Quaternion(rotationVector: (0.5 * t * t) * b))
        .rotationVector
    }
    let h = 5e-3
    let d = (1...3).map { theta(time + h * Double($0)) - theta(time - h * Double($0)) }
    let exact = (1 / h) * (0.75 * d[0] - 0.15 * d[1] + 1.0 / 60 * d[2])
    let rate = RotationChart.rate(theta(time), spin: spinInBody(a, b, time))
    note("chart", time, (rate - exact).length)
    #expect((rate - exact).length < 2e-11)
  }

  // Fails if the series and the closed form of κ do not meet where they change over, |θ| = 0.1: a
  // jump would break the order of steps that cross it. Series to θ⁸ leave 1e-12 of κ at 0.1.
  @Test("series and closed form agree")
  func meets() {
    let (axis, spin) = (Vector3(x: 0, y: 0.6, z: 0.8), Vector3(x: 1, y: 2, z: -1))
    let below = RotationChart.rate(0.1 * (1 - 1e-12) * axis, spin: spin)
    let above = RotationChart.rate(0.1 * (1 + 1e-12) * axis, spin: spin)
    note("meets", (below - above).length)
    #expect((below - above).length < 1e-12)
    #expect(RotationChart.rate(.zero, spin: spin) == spin)
  }
}
