// Surface tension of axisymmetric liquids against closed forms and the equation of Young and Laplace.
//
// Sources     Reid 1960, Q. Appl. Math. 18, 86 (modes of a viscous drop; the limits are Lamb's ω² = 8γ/(ρR³),
//             decay 5ν/R², and Taylor's creeping 20γ/(19μR), which is row F22 of the ladder). Values of
//             the mode with two waves come from its dispersion relation, solved with 30 digits by a
//             program of its own: potential and vortical part, no shear at the surface, normal stress
//             −p + 2μ u′ = −4γ ξ/R².
//             Bashforth & Adams 1883 (drops that stand)

import Foundation
import Testing

@testable import Fluid

@Suite("Surface tension")
struct SurfaceTensionTests {
  static let tension = 0.05

  /// A drop of 1 cm in the middle of a grid of `n` cells in its radius: R(1 + εP₂(cos θ)), no gravity.
  static func drop(_ n: Int, by stretch: Double, viscosity: Double, factor: Double = 1)
    -> MeridianFlow
  {
    let h = 0.01 / Double(n)
    var setup = MeridianSetup(
      grid: MeridianGrid(nr: 8 * n / 5, nz: 4 * n, hr: h, hz: h), density: 1000,
      law: .newtonian(viscosity), gravity: 0)
    setup.hasFloor = false
    setup.surfaceTension = tension
    setup.stepFactor = factor
    let points = (0...12 * n).map { k -> MeridianPoint in
      let angle = Double.pi * Double(k) / Double(12 * n)
      let c = cos(angle)
      let radius = 0.01 * (1 + stretch * 0.5 * (3 * c * c - 1))
      let isEnd = k == 0 || k == 12 * n
      return MeridianPoint(isEnd ? 0 : radius * sin(angle), 0.02 + radius * c)
    }
    return MeridianFlow(setup: setup, surface: LiquidSurface(points: points))
  }

  /// Height over width, less one.
  static func stretch(_ flow: MeridianFlow) -> Double {
    let z = flow.surface.points.map(\.z)
    let r = flow.surface.points.map(\.r).max() ?? 1
    return ((z.max() ?? 0) - (z.min() ?? 0)) / (2 * r) - 1
  }

  // Fails if the axis is not mirrored, if a curvature is missing, or if weights ignore the spacing. The largest
  // error, where the spacing changes fastest, falls more slowly than order 2.
  @Test("curvature of an ellipsoid with uneven points, at order 2 of the window in the mean")
  func curvature() {
    let (a, b) = (1.0, 0.6)
    var errors: [Double] = []
    var largest = 1.0
    for count in [200, 400] {
      var points: [MeridianPoint] = []
      var exact: [Double] = []
      for k in 0...count {
        // uneven, and symmetric about neither end
        let x = Double(k) / Double(count)
        let t = Double.pi * (x + 0.08 * sin(7 * x * Double.pi) / 7)
        let isEnd = k == 0 || k == count
        points.append(MeridianPoint(isEnd ? 0 : a * sin(t), b * cos(t)))
        let speed = (pow(a * cos(t), 2) + pow(b * sin(t), 2)).squareRoot()
        exact.append(a * b / pow(speed, 3) + b / (a * speed))
      }
      let got = LiquidSurface(points: points).curvatures(window: 24 / Double(count))
      let parts = zip(got, exact).map { abs($0 / $1 - 1) }
      largest = parts.max() ?? 1
      errors.append((parts.map { $0 * $0 }.reduce(0, +) / Double(parts.count)).squareRoot())
    }
    #expect(largest < 3e-3)
    #expect(log2(errors[0] / errors[1]) > 1.8)
  }

  // A ball feels nothing: fails if pulls on faces are no balanced forces. In units of its relaxation.
  @Test("a ball stays at rest")
  func rest() throws {
    let changes = try [8, 16].map { n -> Double in
      var flow = Self.drop(n, by: 0, viscosity: 1)
      while flow.time < 0.5 { try flow.step(until: 0.5) }
      return abs(Self.stretch(flow))
    }
    #expect(changes[1] < 1e-5)
    #expect(log2(changes[0] / changes[1]) > 2.5)
  }

  // From inertia alone to creeping, half as long again as the limit. Fails if waves of two cells grow.
  @Test("steps are stable with margin", arguments: [1e-3, 0.05, 1, 10])
  func stable(viscosity: Double) throws {
    var flow = Self.drop(8, by: 1e-4, viscosity: viscosity, factor: 1.5)
    var largest = 0.0
    for _ in 0..<300 {
      try flow.step(until: 1e9)
      largest = max(largest, abs(Self.stretch(flow)))
    }
    #expect(largest < 3e-4)
  }

  // Steps halved and taken to none, since backward Euler damps. Fails if the pull is not that of γ, or if the
  // stress at the surface is not only that.
  @Test("a thin drop swings as Reid's does")
  func oscillation() throws {
    let viscosity = 0.05
    let (expected, decay) = (19.6546865555478, 2.11670304089977)
    let found = try [1.0, 0.5].map { factor -> (turning: Double, decay: Double) in
      var flow = Self.drop(12, by: 0.02, viscosity: viscosity, factor: factor)
      var last = (time: 0.0, value: Self.stretch(flow))
      var (zeros, peaks): ([Double], [(time: Double, value: Double)]) = ([], [(0, abs(last.value))])
      var best = (time: 0.0, value: 0.0)
      while zeros.count < 4 {
        try flow.step(until: 2)
        let value = Self.stretch(flow)
        if abs(value) > best.value { best = (flow.time, abs(value)) }
        if value * last.value < 0 {
          zeros.append(
            last.time + (flow.time - last.time) * last.value / (last.value - value))
          if zeros.count > 1 { peaks.append(best) }
          best = (0, 0)
        }
        last = (flow.time, value)
      }
      let (a, b) = (peaks[1], peaks[peaks.count - 1])
      return (3 * Double.pi / (zeros[3] - zeros[0]), log(a.value / b.value) / (b.time - a.time))
    }
    #expect(abs((2 * found[1].turning - found[0].turning) / expected - 1) < 5e-3)
    #expect(abs((2 * found[1].decay - found[0].decay) / decay - 1) < 0.04)
  }

  /// Height of a drop that stands on a circle of radius `foot`, by Runge and Kutta's steps from its top.
  static func standing(volume: Double, foot: Double, gravity: Double) -> Double {
    // r, z down, volume for an angle of the slope; nil if the slope is upright before the foot
    func drop(_ top: Double) -> (height: Double, volume: Double)? {
      var y = SIMD4<Double>(0, 0, 0, 0)
      func slope(_ y: SIMD4<Double>) -> SIMD4<Double> {
        let hoop = y.x > 1e-12 ? sin(y.w) / y.x : top
        return SIMD4(
          cos(y.w), sin(y.w), Double.pi * y.x * y.x * sin(y.w),
          2 * top + 1000 * gravity * y.y / tension - hoop)
      }
      let step = foot / 4000
      while true {
        let a = slope(y)
        let b = slope(y + 0.5 * step * a)
        let c = slope(y + 0.5 * step * b)
        let next = y + step / 6 * (a + 2 * b + 2 * c + slope(y + step * c))
        guard next.w < 0.5 * Double.pi else { return nil }
        if next.x >= foot {
          let end = y + (foot - y.x) / (next.x - y.x) * (next - y)
          return (end.y, end.z)
        }
        y = next
      }
    }
    var (low, high) = (0.0, 1 / foot)
    for _ in 0..<50 {
      let middle = 0.5 * (low + high)
      if let found = drop(middle), found.volume < volume { low = middle } else { high = middle }
    }
    return drop(low)?.height ?? 0
  }

  // A disc whose foot no slip holds. Fails if the end at the plate pulls, or if gravity and tension do not
  // balance. The work on faces is what the surface loses.
  @Test("a mound becomes the drop of Young and Laplace")
  func sessile() throws {
    let gravity = 9.80665
    let (foot, height) = (0.003, 0.001)
    let errors = try [4, 8].map { n -> (height: Double, work: Double) in
      let h = height / Double(n)
      var setup = MeridianSetup(
        grid: MeridianGrid(nr: 5 * n, nz: 3 * n, hr: h, hz: h), density: 1000,
        law: .newtonian(0.5), gravity: gravity)
      setup.surfaceTension = Self.tension
      var flow = MeridianFlow(
        setup: setup,
        surface: LiquidSurface(points: [
          MeridianPoint(0, height), MeridianPoint(foot, height), MeridianPoint(foot, 0),
        ]))
      let before = flow.surface.area
      while flow.time < 0.6 { try flow.step(until: 0.6) }
      let expected = Self.standing(
        volume: Double.pi * foot * foot * height, foot: foot, gravity: gravity)
      let lost = Self.tension * (before - flow.surface.area)
      return (flow.surface.top / expected - 1, flow.audit.tensionWork / lost - 1)
    }
    #expect(abs(errors[1].height) < 5e-3)
    #expect(abs(errors[1].work) < 0.06)
  }
}
