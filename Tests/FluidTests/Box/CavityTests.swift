import ClosedForms
import Fluid
import Foundation
import LinearAlgebra
import Testing

@Suite("Lid-driven cavity")
struct CavityTests {
  /// Values on 32², 64² and 128² at the places of a table, horizontal speeds first.
  func ladder(_ reynolds: Int, _ tables: [CavityTable]) throws -> [[[Double]]] {
    BLAS.useOneThread()
    return try [32, 64, 128].map { cells in
      let flow = try LidDrivenCavity(reynolds: Double(reynolds), cells: cells)
      return tables.map { table in
        table.heights.map { flow.horizontalSpeed(atHeight: $0) }
          + table.places.map { flow.verticalSpeed(atPosition: $0) }
      }
    }
  }

  func largest(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).map { abs($0 - $1) }.max() ?? .infinity
  }

  // Fails for any wrong term of the momentum: an upwind flux, a lid one cell too low, a wall taken at
  // the face. The band is the last correction; the table's own error stands beside it. At Re 1000
  // 32 cells do not resolve the layers, so the order is asked of the error.
  @Test("speeds on the centre lines", arguments: [(100, 0.15), (400, 0.25), (1000, 0.45)])
  func tables(reynolds: Int, slack: Double) throws {
    let table = try #require(CavityTable.refined(reynolds: reynolds))
    let exact = table.horizontal + table.vertical
    let values = try ladder(reynolds, [table]).map { $0[0] }
    let refined = zip(values[1], values[2]).map { (4 * $1 - $0) / 3 }
    #expect(largest(refined, exact) <= 1e-3)
    for index in exact.indices {
      let band = abs(values[2][index] - refined[index]) + table.accuracy
      #expect(abs(refined[index] - exact[index]) <= band)
    }
    let order = log2(largest(values[1], exact) / largest(values[2], exact))
    #expect(abs(order - 2) <= slack, "order \(order)")
  }

  // The same against a spectral method, whose digits are not ours.
  @Test("Botella & Peyret at Re 1000")
  func spectral() throws {
    let table = CavityTable.spectral
    let exact = table.horizontal + table.vertical
    let values = try ladder(1000, [table]).map { $0[0] }
    let refined = zip(values[1], values[2]).map { (4 * $1 - $0) / 3 }
    #expect(largest(refined, exact) <= 1e-3)
  }

  // Fails if elimination of the pressure changed the equations: the time-dependent solver, which has a
  // pressure and no stream function, must come to rest in the same discrete flow.
  @Test("is the steady state of the time-dependent solver")
  func steady() throws {
    BLAS.useOneThread()
    let n = 24
    let still = BoxSide.Closing.walls(lowSpeed: 0, highSpeed: 0)
    let lid = BoxSide.Closing.walls(lowSpeed: 0, highSpeed: 1)
    var flow = try BoxFlow(
      x: BoxSide(length: 1, cells: n, closing: still),
      y: BoxSide(length: 1, cells: n, closing: lid), viscosity: 0.01)
    let steps = try flow.settle(step: 0.02, tolerance: 1e-13, limit: 5000)
    #expect(steps != nil)
    let steady = try LidDrivenCavity(reynolds: 100, cells: n)
    for row in 0..<n {
      let other = steady.horizontalSpeed(atHeight: (Double(row) + 0.5) / Double(n))
      // what is left after the last step decays over some 500 steps
      #expect(abs(flow.velocityX(face: n / 2, row: row) - other) <= 1e-10)
    }
    #expect((flow.divergence.map(abs).max() ?? 1) <= 1e-11)
  }

  // Fails if one of these is solved: each error must name the argument and its value.
  @Test("refuses")
  func refuses() {
    #expect(throws: InvalidFlow("reynolds", -1, expected: "a finite number above 0")) {
      try LidDrivenCavity(reynolds: -1, cells: 32)
    }
    #expect(throws: InvalidFlow("reynolds", 1e5, expected: "1e-3 to 5000")) {
      try LidDrivenCavity(reynolds: 1e5, cells: 32)
    }
    for cells in [0, 33, 1024] {
      #expect(
        throws: InvalidFlow("cells", Double(cells), expected: "an even number from 8 to 256")
      ) { try LidDrivenCavity(reynolds: 100, cells: cells) }
    }
  }
}
