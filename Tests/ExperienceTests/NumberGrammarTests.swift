import Experience
import Testing

@Suite("Number grammar")
struct NumberGrammarTests {
  // Fails if a sign, a fraction or an exponent is dropped.
  @Test(
    "reads decimal numbers",
    arguments: [
      ("0", 0), ("-0.5", -0.5), ("+12", 12), ("007", 7), ("1e3", 1000), ("1E-3", 1e-3),
      ("1.7976931348623157e308", Double.greatestFiniteMagnitude), ("1e-400", 0),
    ] as [(String, Double)])
  func reads(text: String, value: Double) throws {
    #expect(try NumberGrammar.parse(text) == value)
  }

  // Short numbers have a way of their own: fails if one differs from the library's reader in any bit.
  @Test("reads short numbers to the last bit")
  func short() throws {
    var random = SplitMix64(seed: 5)
    for _ in 0..<5000 {
      let count = Int.random(in: 1...18, using: &random)
      var text = (0..<count).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
      if count > 1, Bool.random(using: &random) {
        let point = Int.random(in: 1..<count, using: &random)
        text.insert(".", at: text.index(text.startIndex, offsetBy: point))
      }
      #expect(try NumberGrammar.parse(text).bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  // Fails if Swift's own, wider grammar shows through (hexadecimal, `.5`), or a local one (comma).
  @Test(
    "refuses other notations",
    arguments: [
      "", " ", "1 ", " 1", ".5", "5.", "1,5", "1_000", "1:30", "0x10", "1e", "1e+", "--1", "1e3.5",
      "½", "٣", "one", "1e3 m",
    ])
  func refuses(text: String) {
    #expect(throws: NumberGrammar.Failure.unparseable) { try NumberGrammar.parse(text) }
  }

  // Fails if a number without a finite value is taken for a spelling mistake, or gets through.
  @Test(
    "tells numbers that are not finite from text that is no number",
    arguments: ["nan", "NaN", ".nan", "-inf", "+Infinity", ".INF", "1e400", "-1e309"])
  func nonfinite(text: String) {
    #expect(throws: NumberGrammar.Failure.nonfinite) { try NumberGrammar.parse(text) }
  }

  // Fails if the number takes a letter of the unit with it: 5e is 5 and a unit, 5e3 is not.
  @Test(
    "finds where a number ends",
    arguments: [
      ("5 m", 1), ("5e", 1), ("5e3m", 3), ("5em", 1), ("5.m", 1), ("5.0.1", 3), ("-", 0), ("m", 0),
      ("1e+x", 1), ("", 0),
    ])
  func prefix(text: String, length: Int) {
    #expect(NumberGrammar.prefixLength(Array(text.utf8)[...]) == length)
  }
}
