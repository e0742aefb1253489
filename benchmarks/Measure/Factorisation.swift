// Time of one Cholesky factor by size and kernel, and of the assembly, for stacks of boxes.
//
//   n = 6 bodies, half-band 11 (a stack). dense: dpotrf; band: dpbtrf; small: 6x6 blocks in SIMD;
//   loop: plain Swift on an array; assembly: four contacts of 3 rows a body into blocks, timed as
//   a solve with a changed row less its factor would be, so only its sum is shown (cold step).
// The crossover is the first n at which the band beats the dense kernel.

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
    print("     n     dense      band     small      loop  band/dense")
    var crossover: Int?
    for n in [6, 12, 18, 24, 36, 48, 60, 96, 120, 300, 600] {
      let repeats = n < 100 ? 2000 : (n < 400 ? 50 : 10)
      let (full, narrow) = (dense(n, repeats), band(n, repeats))
      if narrow < full, crossover == nil, n > 12 { crossover = n }
      let kernel = small(n, repeats).map { String(format: "%8.2f", $0) } ?? "       -"
      print(
        String(format: "%6d  %8.2f  %8.2f  ", n, full, narrow) + kernel
          + String(format: "  %8.2f  %10.2f", loop(n, repeats), narrow / full))
    }
    print(
      "\ncrossover: the band wins from n = \(crossover.map(String.init) ?? "never")",
      "(rule of BlockCholesky: half-band 11 < n/4, n > 44)")
  }
}
