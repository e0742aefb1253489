import Foundation
import Testing

@testable import Experience

@Suite("JSON tape")
struct JSONTapeTests {
  /// Random values with keys in any order, numbers in many forms, blanks now and then.
  struct Writer {
    var random: SplitMix64
    /// Chance in 100 that something is not canonical.
    var oddity = 0

    mutating func chance(_ percent: Int) -> Bool {
      Int.random(in: 0..<100, using: &random) < percent
    }

    mutating func blank() -> String {
      chance(oddity) ? [" ", "\t", "  "][Int(random.next() % 3)] : ""
    }

    mutating func number() -> String {
      let odd = [
        "1E5", "1e5", "-0", "0.0", "1.50", "1e400", "-1e400", "1e-400", "0.0000001", "1e-7",
        "1e+21", "1e21",
        "100000000000000000000", "1000000000000000000000", "5e-324", "2.2250738585072014e-308",
        "0.1000000000000000055511151231257827", "9007199254740993", "12345678901234567890", "1e-07",
        "0e0", "-0.0", "1.0e-9", "10e-9", "1.0", "123456789012345.6", "0.000001", "0.00000123",
      ]
      if chance(oddity) { return odd[Int(random.next() % UInt64(odd.count))] }
      let bits = random.next()
      switch bits % 6 {
      case 0: return JSON.text(of: Double(Int.random(in: -999...999, using: &random)))
      case 1:
        return JSON.text(of: Double(Int.random(in: 0..<1_000_000_000_000, using: &random)) / 1e12)
      case 2:
        let value = Double(bitPattern: random.next())
        return value.isFinite ? JSON.text(of: value) : "0"
      case 3: return JSON.text(of: Double.random(in: -5...5, using: &random))
      case 4:
        return JSON.text(of: Double(Int.random(in: 1...99, using: &random)) * 1e-13)
      default:
        return JSON.text(of: Double(Int.random(in: 1...99_999, using: &random)) / 1e3)
      }
    }

    mutating func text() -> String {
      let parts = [
        "a", "key", "±", "…", "é", "😀", "x y", "longer than eight bytes", "m/s", "/",
        #"\""#, #"\\"#, #"\n"#, #"\t"#,
      ]
      let odd = [#"\/"#, #"\u0041"#, #"\u00e9"#, #"\ud83d\ude00"#, #"\u001f"#]
      return (0..<Int.random(in: 0...4, using: &random)).map { _ in
        chance(oddity)
          ? odd[Int(random.next() % UInt64(odd.count))]
          : parts[Int(random.next() % UInt64(parts.count))]
      }.joined()
    }

    mutating func key(_ index: Int) -> String {
      // some with the same first eight bytes, some that are the start of others
      let names = ["a", "ab", "half-width", "half-width-s", "half-wid", "B", "_", "é"]
      if chance(oddity), chance(30) { return names[7] + "\(index)" }
      return names[Int(random.next() % 7)] + (chance(95) ? "\(index)" : "")
    }

    mutating func value(_ depth: Int) -> String {
      switch depth > 3 ? random.next() % 5 : random.next() % 8 {
      case 0: return ["true", "false", "null"][Int(random.next() % 3)]
      case 1, 2: return number()
      case 3, 4: return "\"\(text())\""
      case 5:
        let count = Int.random(in: 0...5, using: &random)
        return "["
          + (0..<count).map { _ in blank() + value(depth + 1) + blank() }
          .joined(separator: ",") + "]"
      default: return object(depth)
      }
    }

    mutating func object(_ depth: Int) -> String {
      var keys = (0..<Int.random(in: 0...6, using: &random)).map { key($0) }
      keys.shuffle(using: &random)
      let fields = keys.map { key in
        blank() + "\"\(key)\"" + blank() + ":" + blank() + value(depth + 1) + blank()
      }
      return "{" + fields.joined(separator: ",") + "}"
    }
  }

  /// What the tape makes of a line: its tree, its keys and values, and its checksum.
  static func read(_ line: [UInt8], _ tape: inout JSONTape) -> (json: JSON, checksum: UInt32?)? {
    tape.read(line) { value, canonical in
      (
        value.json,
        value.isObject
          ? canonical.checksum(value, leavingOut: "crc32", length: line.count) : nil
      )
    }
  }

  /// The parser and the writer are the oracle for both.
  static func check(_ line: [UInt8], _ tape: inout JSONTape) -> (isRead: Bool, hasSum: Bool) {
    var reader = JSONLineReader()
    let plain = try? reader.read(line)
    guard let (json, checksum) = read(line, &tape) else { return (false, false) }
    let shown = String(decoding: line, as: UTF8.self)
    // equal objects have their keys in the same order
    #expect(json == plain && json.line == plain?.line, "\(shown)")
    guard let checksum, case .object(var object)? = plain else { return (true, false) }
    object["crc32"] = nil
    #expect(
      CRC32.hexadecimal(JSON.object(object).canonical) == CRC32.hexadecimal(of: checksum),
      "\(shown)")
    return (true, true)
  }

  // Fails if a value, an order or a checksum of the tape is another than the general one's, on lines as
  // they are written; and if such lines are not read by the tape at all.
  @Test("reads what the parser reads, and sums what the writer writes")
  func usual() {
    var writer = Writer(random: SplitMix64(seed: 1))
    var tape = JSONTape()
    var (read, summed) = (0, 0)
    for _ in 0..<4000 {
      let result = JSONTapeTests.check(Array(writer.object(0).utf8), &tape)
      (read, summed) = (read + (result.isRead ? 1 : 0), summed + (result.hasSum ? 1 : 0))
    }
    // but for keys that stand twice
    #expect(read > 3500 && summed == read)
  }

  // The same with blanks, escapes, numbers and keys in other forms: a checksum may be left to the
  // general reader, but never be another one. Fails if a number such as 1.50, 1E5, -0 or 1e400 counts
  // as canonical.
  @Test("never differs on unusual lines")
  func unusual() {
    var writer = Writer(random: SplitMix64(seed: 2), oddity: 8)
    var tape = JSONTape()
    var (read, summed) = (0, 0)
    for _ in 0..<4000 {
      let result = JSONTapeTests.check(Array(writer.object(0).utf8), &tape)
      (read, summed) = (read + (result.isRead ? 1 : 0), summed + (result.hasSum ? 1 : 0))
    }
    #expect(read > 1000 && summed > 250 && summed < read)
  }

  // Fails if a damaged line is read as something, where the parser refuses it, or otherwise than it does.
  @Test("never reads a damaged line otherwise than the parser")
  func damaged() {
    var writer = Writer(random: SplitMix64(seed: 3), oddity: 2)
    var tape = JSONTape()
    for _ in 0..<8000 {
      var line = Array(writer.object(0).utf8)
      switch writer.random.next() % 4 {
      case 0: line.removeLast(Int.random(in: 0...min(6, line.count), using: &writer.random))
      case 1:
        line[Int(writer.random.next() % UInt64(line.count))] = UInt8(writer.random.next() & 0xff)
      case 2: line.insert(0x22, at: Int(writer.random.next() % UInt64(line.count)))
      default: line.remove(at: Int(writer.random.next() % UInt64(line.count)))
      }
      _ = JSONTapeTests.check(line, &tape)
    }
  }

  @Test(
    "leaves to the parser what it does not read",
    arguments: [
      "", " ", "{", "[", "[[", "\"", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}",
      "[1,]", "1.", "1e",
      "-", "01", "+1", "NaN", "Infinity", "-Infinity", "tru", "nul", "{\"a\":1,\"a\":2}",
      "{\"b\":1,\"a\":2,\"b\":3}",
      #"{"\u0061":1}"#, #"{"é":1}"#, #""\ud800""#, #""\x""#, "\"a\u{1}b\"", "1 2", "{} x", #""\"#,
    ])
  func refuses(text: String) {
    var tape = JSONTape()
    #expect(JSONTapeTests.read(Array(text.utf8), &tape) == nil)
    let deep = String(repeating: "[", count: 100_000)
    #expect(JSONTapeTests.read(Array(deep.utf8), &tape) == nil)
  }

  // Fails if any sequence of two to four bytes outside ASCII is taken for a letter that is none.
  @Test("takes only well-formed UTF-8")
  func utf8() {
    var wrong: [[UInt8]] = []
    for lead in UInt8(0x80)...0xff {
      for second in stride(from: UInt8(0), through: 0xfe, by: 1) {
        for tail in [[], [0x80], [0x80, 0x80], [0xbf, 0xc0], [0x7f]] as [[UInt8]] {
          let bytes = [lead, second] + tail
          let size = bytes.withUnsafeBufferPointer {
            $0.baseAddress.map { UTF8Sequence.length($0, bytes.count) } ?? 0
          }
          let isSound = size > 0
          let prefixes = (1...bytes.count).filter {
            String(validating: bytes.prefix($0), as: UTF8.self)?.unicodeScalars.count == 1
          }
          if isSound ? prefixes.first != size : !prefixes.isEmpty { wrong.append(bytes) }
        }
      }
    }
    #expect(wrong.isEmpty)
  }
}
