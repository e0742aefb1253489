// Texts and numbers as bytes in blocks, which are never moved when more come.
//
// Layout      of a record: for each text its length in 4 bytes and its UTF-8; then the number of
//             doubles in 4 bytes and their bits, little-endian.
// Checked by  ScoreSheetTests.

struct ByteBlocks: Sendable {
  private static let size = 1 << 20

  private var blocks: [[UInt8]] = []

  /// Where the record stands.
  mutating func append(_ texts: [String], numbers: [Double]) -> Int {
    let length = texts.reduce(4 + 8 * numbers.count) { $0 + 4 + $1.utf8.count }
    // a record longer than a block has one of its own
    if blocks.last.map({ $0.count + length > ByteBlocks.size }) ?? true {
      blocks.append([])
      blocks[blocks.count - 1].reserveCapacity(max(ByteBlocks.size, length))
    }
    let last = blocks.count - 1
    let place = last * ByteBlocks.size + blocks[last].count
    for text in texts {
      append(UInt64(text.utf8.count), bytes: 4)
      blocks[last].append(contentsOf: text.utf8)
    }
    append(UInt64(numbers.count), bytes: 4)
    for number in numbers { append(number.bitPattern, bytes: 8) }
    return place
  }

  private mutating func append(_ value: UInt64, bytes: Int) {
    withUnsafeBytes(of: value.littleEndian) {
      blocks[blocks.count - 1].append(contentsOf: $0.prefix(bytes))
    }
  }

  private func integer(_ block: [UInt8], _ start: inout Int, bytes: Int) -> UInt64 {
    defer { start += bytes }
    return (0..<bytes).reduce(0) { $0 | UInt64(block[start + $1]) << (8 * $1) }
  }

  private func text(_ block: [UInt8], _ start: inout Int) -> String {
    let count = Int(integer(block, &start, bytes: 4))
    defer { start += count }
    return String(decoding: block[start..<(start + count)], as: UTF8.self)
  }

  /// The first text of a record.
  func text(_ place: Int) -> String {
    var start = place % ByteBlocks.size
    return text(blocks[place / ByteBlocks.size], &start)
  }

  func read(_ place: Int, texts count: Int) -> (texts: [String], numbers: [Double]) {
    let block = blocks[place / ByteBlocks.size]
    var start = place % ByteBlocks.size
    let texts = (0..<count).map { _ in text(block, &start) }
    let numbers = (0..<Int(integer(block, &start, bytes: 4))).map { _ in
      Double(bitPattern: integer(block, &start, bytes: 8))
    }
    return (texts, numbers)
  }
}
