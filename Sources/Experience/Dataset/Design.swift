// Points of a sampling plan in the unit cube, scrambled with the key of their split.
//
// Source      Sobol sequence with the direction numbers of Joe & Kuo 2008, SIAM J. Sci. Comput. 30,
//             2635 (file new-joe-kuo-6.21201, first ten dimensions); digital shift: Cranley &
//             Patterson 1976, in its bitwise form.
// Property    a point depends on the split's key and its index only.
// Checked by  DesignTests: stratification of every dimension, independence of splits.

/// The unscrambled sequence.
enum Sobol {
  static let dimensions = 10

  /// degree, coefficients a, initial numbers m.
  private static let table: [(s: Int, a: UInt64, m: [UInt64])] = [
    (1, 0, [1]), (2, 1, [1, 3]), (3, 1, [1, 3, 1]), (3, 2, [1, 1, 1]), (4, 1, [1, 1, 3, 3]),
    (4, 4, [1, 3, 5, 13]), (5, 2, [1, 1, 5, 5, 17]), (5, 4, [1, 1, 5, 5, 5]),
    (5, 7, [1, 1, 7, 11, 19]),
  ]

  /// Direction numbers of a dimension, highest bit first, 52 bits.
  static func directions(_ dimension: Int) -> [UInt64] {
    if dimension == 0 { return (0..<52).map { 1 << UInt64(51 - $0) } }
    let (s, a, initial) = table[dimension - 1]
    var m = initial
    for i in s..<52 {
      var value = m[i - s] ^ (m[i - s] << UInt64(s))
      for k in 1..<max(1, s) where (a >> UInt64(s - 1 - k)) & 1 == 1 {
        value ^= m[i - k] << UInt64(k)
      }
      m.append(value)
    }
    return m.prefix(52).enumerated().map { $1 << UInt64(51 - $0) }
  }

  /// 52 bits of point `index` (Gray-code free: direct sum over the bits of the index).
  static func bits(_ index: Int, _ directions: [UInt64]) -> UInt64 {
    var bits: UInt64 = 0
    var rest = index
    var position = 0
    while rest > 0 {
      if rest & 1 == 1 { bits ^= directions[position] }
      rest >>= 1
      position += 1
    }
    return bits
  }
}

/// A design of `count` points in `dimensions` dimensions.
struct DesignPoints {
  let kind: Plan.Design
  let count: Int
  let key: [UInt8]
  private let directions: [[UInt64]]
  private let shifts: [UInt64]
  private let orders: [[Int]]
  private let grid: [Int]

  init(_ kind: Plan.Design, count: Int, dimensions: Int, key: [UInt8]) {
    (self.kind, self.count, self.key) = (kind, count, key)
    shifts = (0..<dimensions).map { Hashes.seed(key: key, message: "design/\($0)") }
    directions = kind == .sobol ? (0..<dimensions).map(Sobol.directions) : []
    orders = kind == .latinHypercube ? shifts.map { DesignPoints.permutation(count, seed: $0) } : []
    // the smallest full grid that has room for all points; later points of it are left out
    var side = 1
    while DesignPoints.power(side, dimensions) < count { side += 1 }
    grid = Array(repeating: side, count: dimensions)
  }

  private static func power(_ base: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { product, _ in
      let (value, overflow) = product.multipliedReportingOverflow(by: base)
      return overflow ? .max : value
    }
  }

  private static func permutation(_ count: Int, seed: UInt64) -> [Int] {
    var order = Array(0..<count)
    var generator = SplitMix64(seed: seed)
    order.shuffle(using: &generator)
    return order
  }

  /// Coordinates in (0, 1).
  func point(_ index: Int) -> [Double] {
    shifts.indices.map { dimension in
      let random = CounterRandom(seed: shifts[dimension])
      switch kind {
      case .sobol:
        let bits = Sobol.bits(index, directions[dimension]) ^ (shifts[dimension] >> 12)
        return (Double(bits) + 0.5) * 0x1p-52
      case .latinHypercube:
        let u = random.uniform(stream: 0, index: UInt64(index))
        return (Double(orders[dimension][index]) + u) / Double(count)
      case .random: return random.uniform(stream: 0, index: UInt64(index))
      case .grid:
        let stride = grid[..<dimension].reduce(1, *)
        return (Double(index / stride % grid[dimension]) + 0.5) / Double(grid[dimension])
      }
    }
  }
}
