// The draws of the bootstrap, and the means of several tables under them.
//
// Method      a replicate is the number of times that each cluster was drawn; its means are sums of
//             count·loss in cluster order. Drawing once and summing many columns is what makes tens
//             of thousands of clusters affordable; replicates go in blocks of 4, so that a column is
//             read once a block.
// Checked by  BootstrapTests (the worked interval; a table alone and among others).

import Experience

struct Resampling {
  private static let block = 4
  private static let lanes = 4

  /// Clusters of each stratum.
  let shape: [Int]
  private let tables: Int
  /// For each four tables, (model, reference) pairs of every cluster, strata one after the other.
  private let columns: [[SIMD8<Double>]]

  init(shape: [Int], tables: [ClusterTable]) {
    self.shape = shape
    self.tables = tables.count
    let total = shape.reduce(0, +)
    columns = stride(from: 0, to: tables.count, by: Resampling.lanes).map { first in
      var column = Array(repeating: SIMD8<Double>.zero, count: total)
      for lane in 0..<min(Resampling.lanes, tables.count - first) {
        for (row, cluster) in tables[first + lane].strata.joined().enumerated() {
          column[row][2 * lane] = cluster.model
          column[row][2 * lane + 1] = cluster.reference
        }
      }
      return column
    }
  }

  /// For each table, the weighted mean losses (model, reference) of every replicate.
  func means(replicates: Int, seed: UInt64) -> [[SIMD2<Double>]] {
    var random = SplitMix64(seed: seed)
    var means = Array(repeating: [SIMD2<Double>](), count: tables)
    var counts = Array(
      repeating: [Int32](repeating: 0, count: shape.reduce(0, +)), count: Resampling.block)
    var done = 0
    while done < replicates {
      let size = min(Resampling.block, replicates - done)
      for index in 0..<size { draw(&random, into: &counts[index]) }
      for (group, column) in columns.enumerated() {
        let sums = sum(column, counts)
        for sum in sums[..<size] {
          for lane in 0..<min(Resampling.lanes, tables - Resampling.lanes * group) {
            means[Resampling.lanes * group + lane].append(
              SIMD2(sum[2 * lane], sum[2 * lane + 1]))
          }
        }
      }
      done += size
    }
    return means
  }

  /// C draws from each stratum of C clusters, strata in order.
  private func draw(_ random: inout SplitMix64, into counts: inout [Int32]) {
    for row in counts.indices { counts[row] = 0 }
    var start = 0
    for size in shape {
      let width = Double(size)
      for _ in 0..<size {
        counts[start + Int(width * (Double(random.next() >> 11) * 0x1p-53))] += 1
      }
      start += size
    }
  }

  /// Mean over the strata of the mean over their draws, for four replicates at once.
  private func sum(_ column: [SIMD8<Double>], _ counts: [[Int32]]) -> [SIMD8<Double>] {
    var (a, b, c, d) = (
      SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero
    )
    let (countA, countB, countC, countD) = (counts[0], counts[1], counts[2], counts[3])
    var start = 0
    for size in shape {
      var (partA, partB, partC, partD) = (
        SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero
      )
      for row in start..<(start + size) {
        let value = column[row]
        partA += value * Double(countA[row])
        partB += value * Double(countB[row])
        partC += value * Double(countC[row])
        partD += value * Double(countD[row])
      }
      let weight = Double(shape.count) * Double(size)
      a += partA / weight
      b += partB / weight
      c += partC / weight
      d += partD / weight
      start += size
    }
    return [a, b, c, d]
  }
}
