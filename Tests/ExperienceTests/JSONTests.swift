import Experience
import Foundation
import Testing

@Suite("JSON")
struct JSONTests {
  // RFC 8785, appendix B: bits of a double and its text. Fails if a digit is not the shortest, or
  // if the layout changes at another power of ten than 1e-7 and 1e21.
  @Test(
    "prints the numbers of RFC 8785, appendix B",
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
      (0x8000_0000_0000_0001, "-5e-324"), (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
      (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
      (0x4340_0000_0000_0000, "9007199254740992"),
      (0xc340_0000_0000_0000, "-9007199254740992"),
      (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"), (0x44b5_2d02_c7e1_4af6, "1e+23"),
      (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
      (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
      (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"), (0x444b_1ae4_d6e2_ef50, "1e+21"),
      (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"), (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
      (0x41b3_de43_5555_5553, "333333333.3333332"), (0x41b3_de43_5555_5554, "333333333.33333325"),
      (0x41b3_de43_5555_5555, "333333333.3333333"), (0x41b3_de43_5555_5556, "333333333.3333334"),
      (0x41b3_de43_5555_5557, "333333333.33333343"),
      (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
      (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ] as [(UInt64, String)])
  func numbers(bits: UInt64, text: String) throws {
    let value = Double(bitPattern: bits)
    #expect(JSON.text(of: value) == text)
    #expect(try JSON.parse(text) == .number(value))
  }

  // Fails if a number loses a bit on the way to text and back: 4,000 doubles over all exponents.
  @Test("numbers survive a round trip")
  func roundTrip() throws {
    let random = CounterRandom(seed: 7)
    for index in 0..<4000 {
      let value = Double(bitPattern: random.bits(stream: 1, index: UInt64(index)))
      guard value.isFinite else { continue }
      let back = try #require(JSON.parse(JSON.text(of: value)).number)
      #expect(back == value)
    }
  }

  // Fails if keys are sorted by scalar instead of UTF-16 unit (RFC 8785, 3.2.3: the emoji, whose
  // first unit is a surrogate, comes before U+FB33), or if an escape is not minimal.
  @Test("canonical text sorts by UTF-16 and escapes as little as possible")
  func canonical() throws {
    let text = #"{"\u20ac":"Euro Sign","\r":"CR","\ufb33":"dalet","1":"One","\ud83d\ude00":"face","#
    let value = try JSON.parse(
      text + #""\u0080":"Control","\u00f6":"o","a/b\"\\\b\u001f":[1.0,-0]}"#)
    let keys = ["\r", "1", "a/b\"\\\u{8}\u{1f}", "\u{80}", "ö", "€", "😀", "\u{fb33}"]
    var places: [String.Index] = []
    for key in keys {
      let quoted = JSON.text(key).line + ":"
      places.append(try #require(value.canonical.firstRange(of: quoted)).lowerBound)
    }
    #expect(places == places.sorted())
    #expect(value.canonical.contains(#""a/b\"\\\b\u001f":[1,0]"#))
    #expect(value.canonical.contains("\"😀\":\"face\""))
  }

  // Fails if a line reorders fields, or if the canonical form depends on their order.
  @Test("a line keeps the order, the canonical form does not depend on it")
  func order() throws {
    let (a, b) = (#"{"b":1,"a":[true,null,"x"]}"#, #"{ "a" : [true, null, "x"], "b": 1.0 }"#)
    let (first, second) = (try JSON.parse(a), try JSON.parse(b))
    #expect(first.line == a)
    #expect(second.line == #"{"a":[true,null,"x"],"b":1}"#)
    #expect(first.canonical == second.canonical)
  }

  // Fails if number words or an overflow become broken text: they have another code.
  @Test("reads number words and overflow as numbers that are not finite")
  func nonfinite() throws {
    #expect(try JSON.parse("NaN").number?.isNaN == true)
    #expect(try JSON.parse("[Infinity,-Infinity]") == .numbers([.infinity, -.infinity]))
    #expect(try JSON.parse("1e400") == .number(.infinity))
    #expect(try JSON.parse("-1e400") == .number(-.infinity))
    #expect(try JSON.parse("1e-400") == .number(0))
    #expect(JSON.numbers([.nan, .infinity]).line == "[null,null]")
  }

  // Fails if something that RFC 8259 does not allow is read, or if the place is wrong.
  @Test(
    "refuses what is no JSON, with the byte of the place",
    arguments: [
      ("", 0), ("nul", 0), ("01", 0), ("+1", 0), (".5", 0), ("1.", 0), ("1e", 0), ("[1,]", 3),
      ("[1 2]", 3), ("{a:1}", 1), (#"{"a" 1}"#, 5), (#"{"a":1,}"#, 7), ("[1", 2), ("1 2", 2),
      (#""a"#, 2), (#""\x""#, 3), (#""\u12g4""#, 3), (#""\u+123""#, 3), (#""\ud800""#, 7),
      ("\"a\nb\"", 2), (#"{"k":1, "k":2}"#, 8), ("'a'", 0),
    ])
  func refuses(text: String, offset: Int) {
    let error = #expect(throws: JSONError.self) { try JSON.parse(text) }
    #expect(error?.offset == offset, "\(text)")
  }

  // Fails if nesting is not counted: a parser that recurses 100,000 times overflows its stack.
  @Test("reads 63 levels and refuses more without recursing")
  func depth() throws {
    func nested(_ levels: Int) -> String {
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    #expect(try JSON.parse(nested(64)).kindName == "a list")
    let error = #expect(throws: JSONError.self) { try JSON.parse(nested(65)) }
    #expect(error?.offset == 64 && error?.message == "nested deeper than 64 levels")
    for open in ["[", #"{"a":"#] {
      #expect(throws: JSONError.self) { try JSON.parse(String(repeating: open, count: 100_000)) }
    }
  }

  // Fails if chatter around a reply is taken for an answer, or a second object is read.
  @Test("takes the first object of a reply")
  func firstObject() throws {
    let reply = "The answer is {\"p\": 0.25} or perhaps {\"p\": 1}."
    #expect(try JSON.firstObject(in: reply) == .object([("p", .number(0.25))]))
    #expect(throws: JSONError.self) { try JSON.firstObject(in: "none") }
    #expect(throws: JSONError.self) { try JSON.firstObject(in: "so {p: 1} it is") }
  }

  // Fails if removing or assigning a field loses the order of the others.
  @Test("fields keep their order")
  func fields() {
    var object = JSONObject([("a", .null), ("left out", nil), ("b", .bool(true)), ("c", .text(""))])
    object["b"] = nil
    object["a"] = .number(1)
    object["d"] = .null
    object["missing"] = nil
    #expect(object.keys == ["a", "c", "d"])
    #expect(JSON.object(object).line == #"{"a":1,"c":"","d":null}"#)
    #expect(JSON.array([.number(1), .text("x")]).numbers == nil)
    #expect(JSON.array([.number(1), .text("x")]).texts == nil)
  }

  // The library's reader rounds correctly. Fails if the short way of reading is taken for a number that
  // it does not read exactly: 20,000 texts with 1 to 20 digits and exponents around its limits.
  @Test("reads numbers as the library does")
  func exactNumbers() throws {
    var random = SplitMix64(seed: 11)
    for _ in 0..<20_000 {
      let digits = Int.random(in: 1...20, using: &random)
      var text = (0..<digits).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
      while text.count > 1, text.hasPrefix("0") { text.removeFirst() }
      if Bool.random(using: &random) {
        text += "." + String(Int.random(in: 0...99_999_999, using: &random))
      }
      if Bool.random(using: &random) { text += "e\(Int.random(in: -30...30, using: &random))" }
      if Bool.random(using: &random) { text = "-" + text }
      let value = try #require(JSON.parse(text).number)
      #expect(value.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
    for text in ["9007199254740993", "-0", "0e400", "1e400", "1e23", "8.5e22", "1e-400"] {
      #expect(try JSON.parse(text).number?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  // Fails if a remembered list or object stands in for another one, such as one that goes on where the
  // remembered one ends.
  @Test("a reader with a memory reads what one without reads")
  func memory() throws {
    var reader = JSONLineReader(remembering: true)
    var lines: [String] = []
    for index in 0..<60 {
      lines.append(
        #"{"a":[1,2,\#(index % 11)],"b":{"x":"\#(index % 3)"},"c":\#(index % 2 == 0 ? "1" : "11"),"d":"t"}"#
      )
      lines.append(#"{"b":[1,2],"a":{"x":"0"},"c":[1,2,\#(index % 4)]}"#)
    }
    for line in lines + [#"{"a":[1,2,0]x}"#, #"{"a":[1,2,0],"a":1}"#, "[1]", "{}"] {
      let plain = Result { try JSON.parse(line) }
      let remembered = Result { try reader.read(Array(line.utf8)) }
      #expect((try? plain.get()) == (try? remembered.get()), "\(line)")
      if case .failure(let one) = plain, case .failure(let two) = remembered {
        #expect(one as? JSONError == two as? JSONError)
      }
    }
  }

  // Fails if a field of an object with an index is found at the place of another one, above all after one
  // was taken out.
  @Test("objects of many fields keep order and places")
  func manyFields() {
    var object = JSONObject()
    for index in 0..<40 { object["k\(index)"] = .number(Double(index)) }
    object["k3"] = nil
    object["k5"] = .text("five")
    #expect(object.keys == (0..<40).filter { $0 != 3 }.map { "k\($0)" })
    #expect(object["k3"] == nil && object["k5"] == .text("five") && object["k39"] == .number(39))
    for index in 6..<40 { object["k\(index)"] = nil }
    #expect(object == JSONObject(object.pairs.map { ($0.key, $0.value) }))
    #expect(object["k5"] == .text("five") && object["k39"] == nil)
  }
}
