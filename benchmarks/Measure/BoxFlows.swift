// Fast diagonalisation against conjugate gradients, and flows in boxes.
//
//   Poisson: seven points on n³ cells, zero on all sides; the right side of a rough known solution.
//   fast: FastDiagonalisation, set up once, best of 5. CG: plain conjugate gradients from zero to a
//   residual of 1e-8, stencil and sums fused, best of 2. Both in this run, one thread each.
//   error: largest difference to the known solution over its largest value.
//   cavity: Newton with all coarser grids; steps: BoxFlow until a step changes 1e-10 of the speed.

import Fluid
import Foundation
import LinearAlgebra

struct BoxFlowTable {
  private func best(_ repeats: Int, _ work: () throws -> Void) rethrows -> Double {
    var least = Double.infinity
    for _ in 0..<repeats { least = min(least, try Machine.seconds(work)) }
    return least
  }

  private func poisson() {
    var table = TextTable([
      "n", "set-up ms", "fast ms", "GFLOP/s", "error", "CG steps", "CG ms", "error", "CG / fast",
    ])
    for n in [64, 96, 128] {
      let axis = GridAxis(count: n, spacing: 1, low: .dirichletNode, high: .dirichletNode)
      var solver = FastDiagonalisation(axes: [axis, axis, axis])
      let setup = Machine.seconds { solver = FastDiagonalisation(axes: [axis, axis, axis]) }
      let exact = (0..<solver.count).map { index in
        sin(0.05 * Double(index)) + Double(index * 7919 % 10007) / 10007
      }
      var right = exact
      GridLaplacian(axes: [axis, axis, axis]).apply(exact, into: &right)
      var field = right
      let fast = best(5) {
        field = right
        solver.solve(&field)
      }
      var gradients = PlainConjugateGradients(cells: n)
      let slow = best(2) { gradients.solve(right, tolerance: 1e-8) }
      table.add([
        "\(n)", figures(setup * 1e3), figures(fast * 1e3), figures(solver.operations / fast / 1e9),
        figures(difference(field, exact), 2), "\(gradients.steps)", figures(slow * 1e3),
        figures(difference(gradients.solution, exact), 2), figures(slow / fast),
      ])
    }
    table.print()
  }

  private func difference(_ a: [Double], _ b: [Double]) -> Double {
    let size = b.reduce(0) { max($0, abs($1)) }
    return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } / size
  }

  private func cavity() throws {
    var table = TextTable(["Re", "cells", "Newton s", "steps", "time steps s", "steps", "ratio"])
    for (reynolds, cells, isMarched) in [
      (100.0, 64, true), (400, 64, true), (1000, 64, true), (100, 128, false), (400, 128, false),
      (1000, 128, false),
    ] {
      var flow: LidDrivenCavity?
      let newton = try best(2) { flow = try LidDrivenCavity(reynolds: reynolds, cells: cells) }
      var row = [figures(reynolds, 4), "\(cells)", figures(newton), "\(flow?.steps ?? 0)"]
      if isMarched {
        let still = BoxSide.Closing.walls(lowSpeed: 0, highSpeed: 0)
        let lid = BoxSide.Closing.walls(lowSpeed: 0, highSpeed: 1)
        var march = try BoxFlow(
          x: BoxSide(length: 1, cells: cells, closing: still),
          y: BoxSide(length: 1, cells: cells, closing: lid), viscosity: 1 / reynolds)
        var steps: Int?
        let time = try Machine.seconds {
          steps = try march.settle(step: 0.5 / Double(cells), tolerance: 1e-10, limit: 40_000)
        }
        row += [figures(time), steps.map(String.init) ?? "not steady", figures(time / newton)]
      } else {
        row += ["-", "-", "-"]
      }
      table.add(row)
    }
    table.print()
  }

  private func step() throws {
    var table = TextTable(["cells", "ms a step", "GFLOP/s of the products over the whole step"])
    for n in [64, 128, 256] {
      let side = try BoxSide(length: 2 * Double.pi, cells: n, closing: .periodic)
      var flow = try BoxFlow(x: side, y: side, viscosity: 0.05)
      flow.start { (sin($0) * cos($1), -cos($0) * sin($1)) }
      try flow.advance(by: 0.1, steps: 20)
      let time = try best(3) { try flow.advance(by: 0.1, steps: 20) } / 20
      let operations = 3 * 8 * pow(Double(n), 3)
      table.add(["\(n)²", figures(time * 1e3), figures(operations / time / 1e9)])
    }
    table.print()
  }

  func run() throws {
    BLAS.useOneThread()
    print(Machine.line)
    print("OpenBLAS kernels: \(BLAS.kernel), one thread\n")
    print("Poisson equation in a cube")
    poisson()
    print("\nSteady lid-driven cavity")
    try cavity()
    print("\nOne step of the plane periodic flow, three solves")
    try step()
  }
}

/// Conjugate gradients for the seven-point matrix with zero beyond all sides.
struct PlainConjugateGradients {
  let cells: Int
  private(set) var steps = 0
  private(set) var solution: [Double] = []

  init(cells: Int) { self.cells = cells }

  mutating func solve(_ right: [Double], tolerance: Double) {
    let n = cells
    let (row, plane) = (n + 2, (n + 2) * (n + 2))
    let count = plane * (n + 2)
    solution = [Double](repeating: 0, count: n * n * n)
    var residual = right
    // the direction has a layer of zeros round it, so that the stencil has no branches
    var direction = [Double](repeating: 0, count: count)
    var image = solution
    var square = residual.reduce(0) { $0 + $1 * $1 }
    let goal = tolerance * tolerance * square
    var ratio = 0.0
    steps = 0
    while square > goal, steps < 10 * n {
      let energy = residual.withUnsafeBufferPointer { r in
        direction.withUnsafeMutableBufferPointer { p in
          image.withUnsafeMutableBufferPointer { q in
            guard let r = r.baseAddress, let p = p.baseAddress, let q = q.baseAddress else {
              return 1.0
            }
            for line in 0..<(n * n) {
              let at = p + Self.start(line, n)
              let from = r + line * n
              for i in stride(from: 0, to: n, by: 4) {
                Self.store(Self.load(from + i) + ratio * Self.load(at + i), at + i)
              }
            }
            var sum = SIMD4<Double>.zero
            for line in 0..<(n * n) {
              let at = p + Self.start(line, n)
              let to = q + line * n
              for i in stride(from: 0, to: n, by: 4) {
                let c = at + i
                let own = Self.load(c)
                let sides = Self.load(c - 1) + Self.load(c + 1)
                let rows = Self.load(c - row) + Self.load(c + row)
                let planes = Self.load(c - plane) + Self.load(c + plane)
                let value = 6 * own - sides - rows - planes
                sum += own * value
                Self.store(value, to + i)
              }
            }
            return sum.sum()
          }
        }
      }
      let step = square / energy
      let next = direction.withUnsafeBufferPointer { p in
        solution.withUnsafeMutableBufferPointer { x in
          residual.withUnsafeMutableBufferPointer { r in
            image.withUnsafeBufferPointer { q in
              guard let p = p.baseAddress, let q = q.baseAddress, let x = x.baseAddress,
                let r = r.baseAddress
              else { return 0.0 }
              var sum = SIMD4<Double>.zero
              for line in 0..<(n * n) {
                let from = p + Self.start(line, n)
                for i in stride(from: 0, to: n, by: 4) {
                  let to = line * n + i
                  Self.store(Self.load(x + to) + step * Self.load(from + i), x + to)
                  let rest = Self.load(r + to) - step * Self.load(q + to)
                  Self.store(rest, r + to)
                  sum += rest * rest
                }
              }
              return sum.sum()
            }
          }
        }
      }
      ratio = next / square
      square = next
      steps += 1
    }
  }

  /// First inner point of a line of the array with a layer round it.
  @inline(__always)
  private static func start(_ line: Int, _ n: Int) -> Int {
    (line / n + 1) * (n + 2) * (n + 2) + (line % n + 1) * (n + 2) + 1
  }

  @inline(__always)
  private static func load(_ place: UnsafePointer<Double>) -> SIMD4<Double> {
    UnsafeRawPointer(place).loadUnaligned(as: SIMD4<Double>.self)
  }

  @inline(__always)
  private static func store(_ value: SIMD4<Double>, _ place: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(place).storeBytes(of: value, as: SIMD4<Double>.self)
  }
}

extension SIMD4<Double> {
  fileprivate func sum() -> Double { (self[0] + self[1]) + (self[2] + self[3]) }
}
