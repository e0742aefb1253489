// One pass over the bytes of a JSON text that makes its tape.
//
// Numbers     as in `JSONParser+Number`, whose method and source hold here too.
// Canonical   a decimal of 15 digits or fewer is the shortest text of the double next to it, because two
//             of them never share a double (DBL_DIG of IEEE 754 binary64); so only its layout is looked at.
//             Of longer ones the text is made and compared.
// Checked by  JSONTapeTests.

import Foundation

struct JSONTapeScanner {
  private static let digitLimit: UInt64 = 1_000_000_000_000_000  // 10^15

  let bytes: UnsafePointer<UInt8>
  let count: Int
  let nodes: UnsafeMutablePointer<JSONTape.Node>
  private var position = 0
  private var length = 0
  /// Every number and text stands as RFC 8785 writes it; order and blanks are not meant.
  private(set) var isCanonical = true
  /// Blanks between values, and objects whose keys do not ascend, so far.
  private var disorder = 0

  init(
    bytes: UnsafePointer<UInt8>, count: Int, nodes: UnsafeMutablePointer<JSONTape.Node>
  ) {
    (self.bytes, self.count, self.nodes) = (bytes, count, nodes)
  }

  /// Reads one value with nothing but blanks around it; false: the parser must decide.
  mutating func whole() -> Bool {
    guard value(depth: 0) else { return false }
    skipBlanks()
    return position == count
  }

  private mutating func skipBlanks() {
    while position < count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0a, 0x0d: position += 1
      default: return
      }
      disorder += 1
    }
  }

  private mutating func value(depth: Int) -> Bool {
    guard depth < JSONTape.depthLimit else { return false }
    skipBlanks()
    guard position < count else { return false }
    switch bytes[position] {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return text(.text)
    case UInt8(ascii: "t"): return word("true", .yes)
    case UInt8(ascii: "f"): return word("false", .no)
    case UInt8(ascii: "n"): return word("null", .null)
    default: return number()
    }
  }

  /// Adds a node that ends at the position.
  private mutating func add(
    _ kind: JSONTape.Kind, from start: Int, to end: Int, isPlain: Bool = true, bits: UInt64 = 0
  ) {
    nodes[length] = JSONTape.Node(
      start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
      next: UInt32(truncatingIfNeeded: length + 1), kind: kind, isPlain: isPlain, bits: bits)
    length += 1
  }

  private mutating func word(_ word: StaticString, _ kind: JSONTape.Kind) -> Bool {
    let size = word.utf8CodeUnitCount
    guard position + size <= count else { return false }
    for index in 0..<size where bytes[position + index] != word.utf8Start[index] { return false }
    add(kind, from: position, to: position + size)
    position += size
    return true
  }

  private mutating func close(_ place: Int, since disorder: Int) {
    nodes[place].end = UInt32(truncatingIfNeeded: position)
    nodes[place].next = UInt32(truncatingIfNeeded: length)
    nodes[place].isPlain = self.disorder == disorder
  }

  private mutating func array(depth: Int) -> Bool {
    let (place, before) = (length, disorder)
    add(.array, from: position, to: position)
    position += 1
    skipBlanks()
    if position < count, bytes[position] == UInt8(ascii: "]") {
      position += 1
      close(place, since: before)
      return true
    }
    while true {
      guard value(depth: depth + 1) else { return false }
      skipBlanks()
      guard position < count else { return false }
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "]") {
        close(place, since: before)
        return true
      }
      guard byte == UInt8(ascii: ",") else { return false }
    }
  }

  private mutating func object(depth: Int) -> Bool {
    let (place, before) = (length, disorder)
    add(.object, from: position, to: position)
    position += 1
    skipBlanks()
    if position < count, bytes[position] == UInt8(ascii: "}") {
      position += 1
      close(place, since: before)
      return true
    }
    var last = -1
    while true {
      skipBlanks()
      guard position < count, bytes[position] == UInt8(ascii: "\"") else { return false }
      let key = length
      guard text(.key) else { return false }
      // a key behind the largest one so far cannot stand twice; any other is looked for
      if last < 0 || isAscending(last, key) {
        last = key
      } else {
        disorder += 1
        var earlier = place + 1
        while earlier < key {
          if isSame(earlier, key) { return false }
          earlier = Int(nodes[earlier + 1].next)
        }
      }
      skipBlanks()
      guard position < count, bytes[position] == UInt8(ascii: ":") else { return false }
      position += 1
      guard value(depth: depth + 1) else { return false }
      skipBlanks()
      guard position < count else { return false }
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "}") {
        close(place, since: before)
        return true
      }
      guard byte == UInt8(ascii: ",") else { return false }
    }
  }

  private func isAscending(_ one: Int, _ two: Int) -> Bool {
    JSONTape.isAscending(nodes[one], nodes[two], bytes)
  }

  private func isSame(_ one: Int, _ two: Int) -> Bool {
    nodes[one].bits == nodes[two].bits
      && !isAscending(one, two) && !isAscending(two, one)
  }

  /// A text or a key; it stands between its quotation marks.
  private mutating func text(_ kind: JSONTape.Kind) -> Bool {
    let start = position + 1
    var index = start
    var (isPlain, isASCII) = (true, true)
    while true {
      // eight bytes at a time, up to one that means something
      while index + 8 <= count, JSONTapeScanner.isDull(bytes + index) { index += 8 }
      guard index < count else { return false }
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\") {
        guard index + 1 < count else { return false }
        switch bytes[index + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "f"),
          UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
          break
        default: return false
        }
        isPlain = false
        index += 2
      } else if byte < 0x20 {
        return false
      } else if byte < 0x80 {
        index += 1
      } else {
        let size = UTF8Sequence.length(bytes + index, count - index)
        guard size > 0 else { return false }
        isASCII = false
        index += size
      }
    }
    position = index + 1
    guard kind == .key else {
      add(kind, from: start, to: index, isPlain: isPlain)
      return true
    }
    guard isPlain, isASCII else { return false }
    var prefix: UInt64 = 0
    for place in 0..<8 {
      prefix = prefix << 8 | (start + place < index ? UInt64(bytes[start + place]) : 0)
    }
    add(kind, from: start, to: index, bits: prefix)
    return true
  }

  /// Whether none of eight bytes ends a text, escapes, controls, or is outside ASCII.
  private static func isDull(_ place: UnsafePointer<UInt8>) -> Bool {
    let word = UnsafeRawPointer(place).loadUnaligned(as: UInt64.self)
    let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
    let escape = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
    let found =
      (quote &- ones) & ~quote | (escape &- ones) & ~escape | (word &- ones &* 0x20) & ~word | word
    return found & tops == 0
  }

  private mutating func number() -> Bool {
    let start = position
    var index = start
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    var mantissa: UInt64 = 0
    let firstDigit = index
    while index < count, bytes[index] &- 48 < 10 {
      mantissa = mantissa &* 10 &+ UInt64(bytes[index] &- 48)
      index += 1
    }
    let whole = index - firstDigit
    guard whole > 0, whole == 1 || bytes[firstDigit] != 48 else { return false }
    var decimals = 0
    if index < count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      let fraction = index
      while index < count, bytes[index] &- 48 < 10 {
        mantissa = mantissa &* 10 &+ UInt64(bytes[index] &- 48)
        index += 1
      }
      decimals = index - fraction
      guard decimals > 0 else { return false }
    }
    // 19 digits always fit into the mantissa; of more it means nothing
    let isShort = whole + decimals <= 19 && mantissa < JSONTapeScanner.digitLimit
    var isUsual = isShort && (decimals == 0 || bytes[index - 1] != 48)
    var power = 0
    if index < count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      isUsual =
        isUsual && bytes[index] == UInt8(ascii: "e") && whole == 1 && bytes[firstDigit] != 48
      index += 1
      let isDown = index < count && bytes[index] == UInt8(ascii: "-")
      let isSigned = index < count && (isDown || bytes[index] == UInt8(ascii: "+"))
      if isSigned { index += 1 }
      let exponent = index
      while index < count, bytes[index] &- 48 < 10 {
        power = min(power * 10 + Int(bytes[index] &- 48), 100_000)
        index += 1
      }
      guard index > exponent else { return false }
      // below 10^290 no double of the range is subnormal
      isUsual =
        isUsual && isSigned && bytes[exponent] != 48 && power < 290
        && power >= (isDown ? 7 : 21)
      if isDown { power = -power }
    } else {
      // smaller numbers have an exponent; zero has no sign
      isUsual =
        isUsual && (mantissa == 0 ? !isNegative : decimals <= 6 || mantissa >= smallest(decimals))
    }
    position = index
    let shift = power - decimals
    var value: Double
    if whole + decimals <= 19, mantissa <= 1 << 53, abs(shift) <= 22 {
      let scale = PowersOfTen.exact[abs(shift)]
      value = shift < 0 ? Double(mantissa) / scale : Double(mantissa) * scale
      if isNegative { value = -value }
    } else {
      let text = String(
        decoding: UnsafeBufferPointer(start: bytes + start, count: index - start), as: UTF8.self)
      guard let read = Double(text) else { return false }
      value = read
    }
    if !isUsual, isCanonical {
      isCanonical = JSON.text(of: value).utf8.elementsEqual(
        UnsafeBufferPointer(start: bytes + start, count: index - start))
    }
    add(.number, from: start, to: index, bits: value.bitPattern)
    return true
  }

  /// 10^(decimals − 6): the mantissa of one millionth.
  private func smallest(_ decimals: Int) -> UInt64 {
    decimals > 21 ? .max : UInt64(PowersOfTen.exact[decimals - 6])
  }
}

extension JSONTape {
  /// Whether one key comes before another, in the order of their bytes.
  static func isAscending(_ one: Node, _ two: Node, _ bytes: UnsafePointer<UInt8>) -> Bool {
    if one.bits != two.bits { return one.bits < two.bits }
    let (first, second) = (Int(one.end - one.start), Int(two.end - two.start))
    for index in 0..<min(first, second) {
      let (a, b) = (bytes[Int(one.start) + index], bytes[Int(two.start) + index])
      if a != b { return a < b }
    }
    return first < second
  }
}
