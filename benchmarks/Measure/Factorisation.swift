// Time of one factor by size and kernel, for the matrices of stacks of boxes.
//
//   n = 6 bodies, half-band 11 (a stack). dense: dpotrf; band: dpbtrf; small: 6x6 blocks in SIMD;
//   loop: plain Swift on an array; dense LU, band LU: dgetrf, dgbtrf.
//   assembly: a warm solve whose factor is forced anew (a changed coefficient), less the band or
//   dense factor, less a warm solve that needs no factor: blocks of 4 contacts a body, one back-solve
//   and one evaluation.
// The crossover is the first n > 12 at which the band beats the dense kernel.

import Foundation
import LinearAlgebra
import RigidBody

struct FactorisationTable {
  private func best(_ repeats: Int, prepare: () -> Void, _ work: () -> Void) -> Double {
    var least = Double.infinity
    for _ in 0..<repeats {
      prepare()
      least = min(least, Machine.seconds(work))
    }
    return least * 1e6
  }

  /// Element of a diagonally dominant matrix with half-band 11.
  private func element(_ row: Int, _ column: Int) -> Double {
    row == column ? 30 : 1 / Double(1 + (row + 2 * column) % 7)
  }

  private func dense(_ n: Int, _ repeats: Int) -> Double {
    var matrix = DenseCholesky()
    var isDone = true
    return best(
      repeats,
      prepare: {
        matrix.reset(size: n)
        for j in 0..<n { for i in j..<min(n, j + 12) { matrix[i, j] = element(i, j) } }
      },
      { isDone = matrix.factor() && isDone })
  }

  private func band(_ n: Int, _ repeats: Int) -> Double {
    var matrix = BandCholesky()
    var isDone = true
    return best(
      repeats,
      prepare: {
        matrix.reset(size: n, halfBand: min(11, n - 1))
        for j in 0..<n { for i in j..<min(n, j + 12) { matrix[i, j] = element(i, j) } }
      },
      { isDone = matrix.factor() && isDone })
  }

  private func denseLU(_ n: Int, _ repeats: Int) -> Double {
    var matrix = DenseLU()
    var isDone = true
    return best(
      repeats,
      prepare: {
        matrix.reset(size: n)
        for j in 0..<n {
          for i in max(0, j - 11)..<min(n, j + 12) { matrix[i, j] = element(i, j) }
        }
      },
      { isDone = matrix.factor() && isDone })
  }

  private func bandLU(_ n: Int, _ repeats: Int) -> Double {
    var matrix = BandLU()
    var isDone = true
    return best(
      repeats,
      prepare: {
        matrix.reset(size: n, halfBand: min(11, n - 1))
        for j in 0..<n {
          for i in max(0, j - 11)..<min(n, j + 12) { matrix[i, j] = element(i, j) }
        }
      },
      { isDone = matrix.factor() && isDone })
  }

  private func assembly(_ n: Int, _ repeats: Int, factor: Double) -> Double {
    var stacks = BoxStacks(height: n / 6)
    var solver = ContactSolver()
    let variants = (1...2).map { variant in
      stacks.variant = variant
      var problem = stacks.problem
      problem.reaction = solver.solve(problem, tolerance: 1e-10).reaction
      return problem
    }
    var (forced, held) = (Double.infinity, Double.infinity)
    for step in 0..<repeats {
      // the free motion differs by more than the tolerance, so one step is taken each time
      var problem = variants[step % 2]
      problem.free[2] *= 1 + 1e-6
      forced = min(forced, Machine.seconds { _ = solver.solve(problem, tolerance: 1e-10) })
      problem.reaction = solver.solve(problem, tolerance: 1e-10).reaction
      held = min(held, Machine.seconds { _ = solver.solve(problem, tolerance: 1e-10) })
    }
    return (forced - held) * 1e6 - factor
  }

  private func small(_ n: Int, _ repeats: Int) -> Double? {
    guard n <= 12 else { return nil }
    var matrix = SmallCholesky()
    var isDone = true
    return best(
      repeats,
      prepare: {
        matrix.reset(blocks: n / 6)
        for j in 0..<n { for i in j..<n { matrix[i, j] = element(i, j) } }
      },
      { isDone = matrix.factor() && isDone })
  }

  // columns from the left, as in a textbook
  private func loop(_ n: Int, _ repeats: Int) -> Double {
    var a = [Double](repeating: 0, count: n * n)
    return best(
      repeats,
      prepare: {
        for j in 0..<n { for i in j..<n { a[j * n + i] = i < j + 12 ? element(i, j) : 0 } }
      },
      {
        for j in 0..<n {
          let scale = 1 / a[j * n + j].squareRoot()
          for i in j..<n { a[j * n + i] *= scale }
          for k in (j + 1)..<max(j + 1, n) {
            let factor = a[j * n + k]
            for i in k..<n { a[k * n + i] -= factor * a[j * n + i] }
          }
        }
      })
  }

  func run() {
    BLAS.useOneThread()
    print(Machine.line)
    print("OpenBLAS kernels: \(BLAS.kernel), one thread; microseconds (best)\n")
    print(
      "     n     dense      band     small      loop  dense LU   band LU  assembly  band/dense")
    var crossover: Int?
    for n in [6, 12, 18, 24, 36, 48, 60, 96, 120, 300, 600] {
      let repeats = n < 100 ? 2000 : (n < 400 ? 50 : 10)
      let (full, narrow) = (dense(n, repeats), band(n, repeats))
      if narrow < full, crossover == nil, n > 12 { crossover = n }
      let kernel = small(n, repeats).map { String(format: "%8.2f", $0) } ?? "       -"
      let (fullLU, narrowLU) = (denseLU(n, repeats), bandLU(n, repeats))
      let blocks = assembly(n, repeats, factor: 4 * 11 < n ? narrow : full)
      print(
        String(format: "%6d  %8.2f  %8.2f  ", n, full, narrow) + kernel
          + String(
            format: "  %8.2f  %8.2f  %8.2f  %8.2f  %10.2f", loop(n, repeats), fullLU, narrowLU,
            blocks, narrow / full))
    }
    print(
      "\ncrossover: the band wins from n = \(crossover.map(String.init) ?? "never")",
      "(rule of BlockCholesky: half-band 11 < n/4, n > 44)")
  }
}
