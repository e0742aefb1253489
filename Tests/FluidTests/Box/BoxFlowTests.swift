import ClosedForms
import Fluid
import Foundation
import LinearAlgebra
import Testing

@Suite("Box flow")
struct BoxFlowTests {
  // Fails if convection, its extrapolation in time or the projection has order 1: carried along, the
  // vortices do not balance themselves as resting ones do. Steps go with h.
  @Test("travelling Taylor-Green vortices have order 2")
  func taylorGreen() throws {
    BLAS.useOneThread()
    let exact = TaylorGreen(viscosity: 0.05, amplitude: 1, drift: (0.3, 0.2))
    var errors: [Double] = []
    for n in [16, 32, 64] {
      let side = try BoxSide(length: 2 * .pi, cells: n, closing: .periodic)
      var flow = try BoxFlow(x: side, y: side, viscosity: exact.viscosity)
      flow.start { exact.velocity($0, $1, time: 0) }
      try flow.advance(by: 2, steps: 2 * n)
      var worst = 0.0
      for j in 0..<n {
        for i in 0..<n {
          let (face, middle) = (Double(i) * side.spacing, (Double(j) + 0.5) * side.spacing)
          let u = exact.velocity(face, middle, time: 2).x - flow.velocityX(face: i, row: j)
          let v = exact.velocity(middle, face, time: 2).y - flow.velocityY(face: i, column: j)
          worst = max(worst, abs(u), abs(v))
        }
      }
      errors.append(worst)
      #expect((flow.divergence.map(abs).max() ?? 1) <= 1e-13)
    }
    for k in 0...1 {
      let order = log2(errors[k] / errors[k + 1])
      #expect(abs(order - 2) < 0.1, "order \(order), errors \(errors)")
    }
    #expect(errors[2] < 1e-3)
  }

  // Fails if the jump of the plate is left to ring (θ = 1/2 from the first step), or if the wall lies
  // at the first unknown. In x and in y: the two components share one kernel.
  @Test("a plate that starts, order 2", arguments: [true, false])
  func couette(isAlongX: Bool) throws {
    BLAS.useOneThread()
    var errors: [Double] = []
    for n in [8, 16, 32, 64] {
      let long = try BoxSide(length: 1, cells: 4, closing: .periodic)
      let gap = try BoxSide(
        length: 2, cells: n, closing: .walls(lowSpeed: 0, highSpeed: 0.5))
      var flow =
        isAlongX
        ? try BoxFlow(x: long, y: gap, viscosity: 4) : try BoxFlow(x: gap, y: long, viscosity: 4)
      try flow.advance(by: 0.1, steps: n)
      let error = (0..<n).map { row in
        let height = (Double(row) + 0.5) / Double(n)
        let speed =
          isAlongX ? flow.velocityX(face: 2, row: row) : flow.velocityY(face: 2, column: row)
        return abs(speed - 0.5 * ChannelFlow.couetteStart(height: height, time: 0.1))
      }
      errors.append(error.max() ?? .infinity)
    }
    for k in 0..<3 {
      let order = log2(errors[k] / errors[k + 1])
      #expect(abs(order - 2) < 0.1, "order \(order), errors \(errors)")
    }
  }

  // Fails if the wall is one or no cell away. The scheme is exact for a parabola but for the mirrored
  // wall: its mean is (1 + 2/n²) of the exact one, which is the order 2 in closed form.
  @Test("plane Poiseuille flow", arguments: [8, 32])
  func poiseuille(cells n: Int) throws {
    BLAS.useOneThread()
    let long = try BoxSide(length: 1, cells: 4, closing: .periodic)
    let gap = try BoxSide(length: 1, cells: n, closing: .walls(lowSpeed: 0, highSpeed: 0))
    var flow = try BoxFlow(x: long, y: gap, viscosity: 0.5, acceleration: (3, 0))
    let steps = try flow.settle(step: 0.2, tolerance: 1e-13, limit: 100)
    #expect(steps != nil)
    let mean = (0..<n).reduce(0) { $0 + flow.velocityX(face: 0, row: $1) } / Double(n)
    let exact = 3 / 0.5 * ChannelFlow.poiseuilleMean
    #expect(abs(mean / exact - 1 - 2 / Double(n * n)) <= 1e-12)
    // the acceleration across is carried by the pressure alone
    var heavy = try BoxFlow(x: long, y: gap, viscosity: 0.5, acceleration: (0, -9.81))
    try heavy.advance(by: 1, steps: 10)
    let drop = heavy.pressure[0] - heavy.pressure[4 * (n - 1)]
    #expect(abs(drop - 9.81 * (1 - 1 / Double(n))) <= 1e-11)
    #expect(abs(heavy.velocityX(face: 1, row: 1)) <= 1e-13)
  }

  // Fails if one of these is solved.
  @Test("refuses")
  func refuses() throws {
    let side = try BoxSide(length: 1, cells: 8, closing: .periodic)
    #expect(throws: InvalidFlow("viscosity", -0.1, expected: "a finite number above 0")) {
      try BoxFlow(x: side, y: side, viscosity: -0.1)
    }
    #expect(throws: InvalidFlow.self) {
      try BoxFlow(x: side, y: side, viscosity: 1, acceleration: (0, .infinity))
    }
    #expect(throws: InvalidFlow("length", 0, expected: "a finite number above 0")) {
      try BoxSide(length: 0, cells: 8, closing: .periodic)
    }
    #expect(throws: InvalidFlow("cells", 3, expected: "a number from 4 to 4096")) {
      try BoxSide(length: 1, cells: 3, closing: .periodic)
    }
    #expect(throws: InvalidFlow.self) {
      try BoxSide(length: 1, cells: 8, closing: .walls(lowSpeed: .nan, highSpeed: 0))
    }
    var fast = try BoxFlow(x: side, y: side, viscosity: 0.01)
    fast.start { x, y in (sin(2 * .pi * y), 0) }
    let refusal = try #require(throws: InvalidFlow.self) { try fast.advance(by: 1, steps: 2) }
    #expect(refusal.quantity == "Courant number")
    #expect(throws: InvalidFlow.self) { try fast.advance(by: -1, steps: 2) }
    #expect(throws: InvalidFlow.self) { try fast.advance(by: 1, steps: 0) }
  }
}

@Suite("Rectangular duct")
struct RectangularDuctTests {
  // Fails if the walls or the sum over cells are off. Two grids and the order give eight digits.
  @Test("square duct")
  func square() throws {
    BLAS.useOneThread()
    let rates = try [32, 64, 128].map {
      try RectangularDuct(width: 1, height: 1, cells: $0).flowRate
    }
    let exact = ChannelFlow.squareDuct
    #expect(abs(exact - 0.0351443) <= 1e-7)
    let order = log2((rates[0] - exact) / (rates[1] - exact))
    #expect(abs(order - 2) < 0.02, "order \(order)")
    let refined = (4 * rates[2] - rates[1]) / 3
    #expect(abs(refined / exact - 1) <= 1e-5)
  }

  // A slot ten times as wide as high: Q → w h³/12 (1 − 0.630 h/w), White 1991, section 3-3.
  @Test("wide slot")
  func slot() throws {
    let rate = try RectangularDuct(width: 10, height: 1, cells: 128).flowRate
    #expect(abs(rate / (10.0 / 12 * (1 - 0.0630)) - 1) <= 1e-3)
  }

  @Test("refuses")
  func refuses() {
    #expect(throws: InvalidFlow("length", -1, expected: "a finite number above 0")) {
      try RectangularDuct(width: -1, height: 1, cells: 8)
    }
  }
}
