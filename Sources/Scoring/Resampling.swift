// The draws of the bootstrap, and the means of several tables under them.
//
// Method      a replicate is the number of times that each cluster was drawn; its means are sums of
//             count·loss in cluster order. Drawing once and summing many columns is what makes
//             hundreds of thousands of clusters affordable. Equal columns (the model's losses against
//             two references) are summed once. Replicates go in blocks and clusters in tiles, so that
//             a tile is read from memory once a block; the order of each sum is that of the clusters.
// Unsafe      the draws of 200,000 clusters are billions of steps, which index buffers without checks;
//             what that saves was not measured apart.
// Checked by  BootstrapTests (the worked interval; a table alone and among others).

import Experience

struct Resampling {
  /// Replicates that are drawn before any is summed, a multiple of 4.
  private static let block = 16
  /// Clusters that are summed at a time.
  private static let tile = 512

  /// Clusters of each stratum.
  let shape: [Int]
  /// Distinct columns of losses, eight at a time; strata one after the other.
  private let groups: [[SIMD8<Double>]]
  /// Of each table, the columns of its model and of its reference.
  private let places: [(model: Int, reference: Int)]

  init(shape: [Int], tables: [ClusterTable]) {
    self.shape = shape
    var known: [[Double]: Int] = [:]
    var columns: [[Double]] = []
    func place(_ loss: (ClusterTable.Cluster) -> Double, _ table: ClusterTable) -> Int {
      let column = table.strata.flatMap { $0.map(loss) }
      if let place = known[column] { return place }
      known[column] = columns.count
      columns.append(column)
      return columns.count - 1
    }
    places = tables.map { (place(\.model, $0), place(\.reference, $0)) }
    let total = shape.reduce(0, +)
    groups = stride(from: 0, to: columns.count, by: 8).map { first in
      let lanes = columns[first..<min(first + 8, columns.count)]
      return (0..<total).map { row in
        var value = SIMD8<Double>.zero
        for (lane, column) in lanes.enumerated() { value[lane] = column[row] }
        return value
      }
    }
  }

  /// For each table, the weighted mean losses (model, reference) of every replicate.
  func means(replicates: Int, seed: UInt64) -> [[SIMD2<Double>]] {
    var random = SplitMix64(seed: seed)
    var means = Array(repeating: [SIMD2<Double>](), count: places.count)
    for index in means.indices { means[index].reserveCapacity(replicates) }
    let total = shape.reduce(0, +)
    var counts = Array(repeating: [Int32](repeating: 0, count: total), count: Resampling.block)
    var done = 0
    while done < replicates {
      let size = min(Resampling.block, replicates - done)
      for index in 0..<size { random = draw(random, into: &counts[index]) }
      let sums = sums(counts)
      for replicate in 0..<size {
        for (table, place) in places.enumerated() {
          func sum(_ column: Int) -> Double {
            sums[column / 8 * Resampling.block + replicate][column % 8]
          }
          means[table].append(SIMD2(sum(place.model), sum(place.reference)))
        }
      }
      done += size
    }
    return means
  }

  /// C draws from each stratum of C clusters, strata in order; gives back the generator behind them.
  private func draw(_ random: SplitMix64, into counts: inout [Int32]) -> SplitMix64 {
    var random = random
    counts.withUnsafeMutableBufferPointer { counts in
      counts.update(repeating: 0)
      var start = 0
      for size in shape {
        let width = Double(size)
        for _ in 0..<size {
          // 53 bits fit a signed integer, which converts in one instruction
          let fraction = Double(Int64(bitPattern: random.next() >> 11)) * 0x1p-53
          counts[start &+ Int(truncatingIfNeeded: Int64(width * fraction))] &+= 1
        }
        start += size
      }
    }
    return random
  }

  /// Means over the strata of the means over their draws: of each group, a block of replicates.
  private func sums(_ counts: [[Int32]]) -> [SIMD8<Double>] {
    let block = Resampling.block
    var sums = Array(repeating: SIMD8<Double>.zero, count: groups.count * block)
    var start = 0
    for size in shape {
      var parts = Array(repeating: SIMD8<Double>.zero, count: groups.count * block)
      for first in stride(from: start, to: start + size, by: Resampling.tile) {
        let rows = first..<min(first + Resampling.tile, start + size)
        for (group, column) in groups.enumerated() {
          for four in stride(from: 0, to: block, by: 4) {
            Resampling.add(
              column, counts[four], counts[four + 1], counts[four + 2], counts[four + 3], rows,
              to: &parts, at: group * block + four)
          }
        }
      }
      let weight = Double(shape.count) * Double(size)
      for index in sums.indices { sums[index] += parts[index] / weight }
      start += size
    }
    return sums
  }

  /// Adds rows of a group under four replicates.
  private static func add(
    _ column: [SIMD8<Double>], _ countA: [Int32], _ countB: [Int32], _ countC: [Int32],
    _ countD: [Int32], _ rows: Range<Int>, to parts: inout [SIMD8<Double>], at place: Int
  ) {
    var (a, b, c, d) = (parts[place], parts[place + 1], parts[place + 2], parts[place + 3])
    column.withUnsafeBufferPointer { column in
      countA.withUnsafeBufferPointer { countA in
        countB.withUnsafeBufferPointer { countB in
          countC.withUnsafeBufferPointer { countC in
            countD.withUnsafeBufferPointer { countD in
              for row in rows {
                let value = column[row]
                a += value * Double(countA[row])
                b += value * Double(countB[row])
                c += value * Double(countC[row])
                d += value * Double(countD[row])
              }
            }
          }
        }
      }
    }
    (parts[place], parts[place + 1]) = (a, b)
    (parts[place + 2], parts[place + 3]) = (c, d)
  }
}
