// One number over the frames of a chunk: what is left after extrapolation, as varints.
//
// Equation        order 0: q(k);  1: q(k) − q(k−1);  2: second, 3: third difference. Sums wrap around,
//                 so every pattern of 64 bits comes back as it was.
// Discretisation  the order that takes the fewest bytes, in the first byte of the column

enum RecordingColumn {
  static let highestOrder = 3

  static func write(_ values: [Int64], to out: inout ByteWriter) {
    guard !values.isEmpty else { return }
    var best = values
    var order = 0
    var size = length(values)
    var differences = values
    for candidate in 1...highestOrder where values.count > 1 && size > values.count {
      for index in (1..<differences.count).reversed() {
        differences[index] &-= differences[index - 1]
      }
      let length = length(differences)
      if length < size { (best, order, size) = (differences, candidate, length) }
    }
    out.byte(UInt8(order))
    for value in best { out.signed(value) }
  }

  /// `count` is at most what the reader has bytes for.
  static func read(_ count: Int, from reader: inout ByteReader) throws(RecordingProblem) -> [Int64]
  {
    guard count > 0 else { return [] }
    let order = Int(try reader.byte())
    guard order <= highestOrder else { throw .corrupt("a column of order \(order)") }
    guard count <= reader.rest else { throw .corrupt("a column is longer than its block") }
    var values: [Int64] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try reader.signed()) }
    for _ in 0..<order {
      for index in 1..<max(count, 1) { values[index] &+= values[index - 1] }
    }
    return values
  }

  /// Bytes that the values take.
  private static func length(_ values: [Int64]) -> Int {
    values.reduce(0) { sum, value in
      let pattern = UInt64(bitPattern: (value << 1) ^ (value >> 63))
      return sum + max(1, (70 - pattern.leadingZeroBitCount) / 7)
    }
  }
}
