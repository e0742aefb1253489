// The draws of the bootstrap, and the means of several tables under them.
//
// Method      a replicate is the number of times that each cluster was drawn; its means are sums of
//             count·loss in cluster order. Drawing once and summing many columns is what makes
//             hundreds of thousands of clusters affordable. Equal columns (the model's losses against
//             two references) are summed once. Replicates go in blocks and clusters in tiles, so that
//             a tile is read from memory once a block; the order of each sum is that of the clusters.
// Draw        ⌊C·(u ≫ 11)·2⁻⁵³⌋ in whole numbers: the high half of a product of 128 bits. The product in
//             doubles, which defines the draw, is rounded by less than C·2⁻⁵³, so it can only differ
//             where the low half is that close to the next whole number; there it is computed.
// Unsafe      the draws of 200,000 clusters are billions of steps, which index buffers without checks;
//             what that saves was not measured apart.
// Checked by  BootstrapTests (the worked interval; a table alone and among others; a plain resampling
//             with checks, around the sizes of blocks and tiles).

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
        let width = UInt64(size) << 11
        let limit = 0 &- width
        for _ in 0..<size {
          let bits = random.next() >> 11
          let product = bits.multipliedFullWidth(by: width)
          var place = Int(truncatingIfNeeded: product.high)
          if product.low >= limit {
            place = Int(Double(size) * (Double(Int64(bitPattern: bits)) * 0x1p-53))
          }
          counts[start &+ place] &+= 1
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
    // counts of a tile under four replicates, as the numbers that multiply the losses
    var factors = Array(repeating: SIMD4<Double>.zero, count: Resampling.tile)
    var start = 0
    for size in shape {
      var parts = Array(repeating: SIMD8<Double>.zero, count: groups.count * block)
      for first in stride(from: start, to: start + size, by: Resampling.tile) {
        let rows = first..<min(first + Resampling.tile, start + size)
        for four in stride(from: 0, to: block, by: 4) {
          Resampling.convert(
            counts[four], counts[four + 1], counts[four + 2], counts[four + 3], rows, to: &factors)
          for (group, column) in groups.enumerated() {
            Resampling.add(column, factors, rows, to: &parts, at: group * block + four)
          }
        }
      }
      let weight = Double(shape.count) * Double(size)
      for index in sums.indices { sums[index] += parts[index] / weight }
      start += size
    }
    return sums
  }

  /// Counts of rows under four replicates as doubles.
  private static func convert(
    _ countA: [Int32], _ countB: [Int32], _ countC: [Int32], _ countD: [Int32],
    _ rows: Range<Int>, to factors: inout [SIMD4<Double>]
  ) {
    countA.withUnsafeBufferPointer { countA in
      countB.withUnsafeBufferPointer { countB in
        countC.withUnsafeBufferPointer { countC in
          countD.withUnsafeBufferPointer { countD in
            factors.withUnsafeMutableBufferPointer { factors in
              for row in rows {
                factors[row &- rows.lowerBound] = SIMD4<Double>(
                  SIMD4<Int32>(countA[row], countB[row], countC[row], countD[row]))
              }
            }
          }
        }
      }
    }
  }

  /// Adds rows of a group under four replicates.
  private static func add(
    _ column: [SIMD8<Double>], _ factors: [SIMD4<Double>], _ rows: Range<Int>,
    to parts: inout [SIMD8<Double>], at place: Int
  ) {
    var (a, b, c, d) = (parts[place], parts[place + 1], parts[place + 2], parts[place + 3])
    column.withUnsafeBufferPointer { column in
      factors.withUnsafeBufferPointer { factors in
        for row in rows {
          let value = column[row]
          let factor = factors[row &- rows.lowerBound]
          a += value * factor[0]
          b += value * factor[1]
          c += value * factor[2]
          d += value * factor[3]
        }
      }
    }
    (parts[place], parts[place + 1]) = (a, b)
    (parts[place + 2], parts[place + 3]) = (c, d)
  }
}
