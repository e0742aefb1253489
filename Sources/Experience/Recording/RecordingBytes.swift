// Numbers as bytes, little-endian, and back: a reader that never trusts a count.
//
// Discretisation  varint: 7 bits a byte, least first, the high bit says that more follow; signed
//                 numbers as zigzag, (n << 1) ^ (n >> 63)

/// Numbers appended as bytes.
public struct ByteWriter {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  public mutating func byte(_ value: UInt8) { bytes.append(value) }
  public mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }

  public mutating func fixed<Number: FixedWidthInteger>(_ value: Number) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  public mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  public mutating func count(_ value: Int) { varint(UInt64(value)) }
  public mutating func signed(_ value: Int64) {
    varint(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  public mutating func text(_ value: String) {
    count(value.utf8.count)
    bytes.append(contentsOf: value.utf8)
  }
}

struct ByteReader {
  let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var rest: Int { bytes.count - position }

  private func end() -> RecordingProblem { .corrupt("a block ends inside a number") }

  mutating func byte() throws(RecordingProblem) -> UInt8 {
    guard position < bytes.count else { throw end() }
    position += 1
    return bytes[position - 1]
  }

  mutating func fixed<Number: FixedWidthInteger>(
    _: Number.Type
  ) throws(RecordingProblem) -> Number {
    let size = MemoryLayout<Number>.size
    guard rest >= size else { throw end() }
    var value = Number.zero
    for index in (0..<size).reversed() {
      value = value << 8 | Number(truncatingIfNeeded: bytes[position + index])
    }
    position += size
    return value
  }

  mutating func varint() throws(RecordingProblem) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
      guard shift < 64 else { throw .corrupt("a number has more than 64 bits") }
    }
    throw end()
  }

  mutating func signed() throws(RecordingProblem) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// A number of things that take at least `each` bytes: more than the block can hold is refused.
  mutating func count(each: Int = 1) throws(RecordingProblem) -> Int {
    let value = try varint()
    guard value <= UInt64(rest / max(each, 1)) else {
      throw .corrupt("a block claims \(value) things and has \(rest) bytes left")
    }
    return Int(value)
  }

  /// A number below a limit.
  mutating func index(below limit: Int) throws(RecordingProblem) -> Int {
    let value = try varint()
    guard value < UInt64(max(limit, 0)) else {
      throw .corrupt("an index is \(value), below \(limit) is allowed")
    }
    return Int(value)
  }

  mutating func text() throws(RecordingProblem) -> String {
    let length = try count()
    defer { position += length }
    return String(decoding: bytes[position..<(position + length)], as: UTF8.self)
  }

  mutating func slice(_ length: Int) throws(RecordingProblem) -> ArraySlice<UInt8> {
    guard length >= 0, length <= rest else { throw end() }
    defer { position += length }
    return bytes[position..<(position + length)]
  }
}
