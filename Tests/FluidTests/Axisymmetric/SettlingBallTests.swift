// A ball in a closed vessel: wall factors, buoyancy, steady speed.

import Foundation
import Testing

@testable import Fluid

@Suite("Settling ball")
struct SettlingBallTests {
  func ball(
    _ n: Int, ratio: Double, density: Double = 7800, viscosity: Double = 5
  ) -> SettlingBall {
    let radius = 0.03
    let h = radius / Double(n)
    return SettlingBall(
      grid: MeridianGrid(nr: n, nz: 4 * n, hr: h, hz: h), radius: ratio * radius,
      height: 2 * radius, ballDensity: density, density: 1400, law: .newtonian(viscosity),
      gravity: 9.81)
  }

  @Test("wall factors converge to Bohlin's", arguments: [(0.2, 1.6794), (0.4, 3.5884)])
  func factors(_ ratio: Double, _ bohlin: Double) throws {
    let errors = try [16, 32].map { n -> Double in
      var sphere = ball(n, ratio: ratio)
      let a = sphere.radius
      let speed = try sphere.balance()
      return abs(2 * a * a * 6400 * 9.81 / 45 / -speed / bohlin - 1)
    }
    #expect(errors[1] < 0.02)
    #expect(log2(errors[0] / errors[1]) > 1.7)
  }

  @Test("a ball of the liquid's density stays")
  func neutral() throws {
    var sphere = ball(16, ratio: 0.3, density: 1400)
    for _ in 0..<10 { try sphere.step(until: 1) }
    #expect(abs(sphere.speed) < 1e-12)
  }

  @Test("it takes its steady speed, and gains nothing after")
  func steady() throws {
    // 50 Pa.s: the vessel forgets the start in R²/ν = 25 ms, the ball takes 250 ms for 5 mm
    var sphere = ball(32, ratio: 0.3, viscosity: 50)
    let expected = try ball(32, ratio: 0.3, viscosity: 50).balanced()
    while sphere.height > 0.055 { try sphere.step(until: 10) }
    // it sees the cells at every offset
    #expect(abs(sphere.speed / expected - 1) < 0.005)
  }
}

extension SettlingBall {
  fileprivate func balanced() throws -> Double {
    var copy = self
    return try copy.balance()
  }
}
