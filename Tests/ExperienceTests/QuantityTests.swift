import Experience
import Testing

@Suite("Quantity")
struct QuantityTests {
  // Fails if a tolerance is not in its own unit, or a relative one does not refer to the centre.
  @Test(
    "reads a value with its tolerance",
    arguments: [
      ("1 m ± 5 mm", 1, 0.005), ("0.8 ± 0.05", 0.8, 0.05), ("0.8 ± 2 %", 0.8, 0.016),
      ("-10 m/s ± 10 %", -10, 1), ("1m+/-1cm", 1, 0.01), ("25 degC ± 2 degC", 298.15, 2),
      ("25 degC ± 9 degF", 298.15, 5), ("80 % ± 5 %", 0.8, 0.05),
      ("30 deg ± 0.5 deg", .pi / 6, .pi / 360),
      ("5 ± 0", 5, 0), ("3", 3, 0), (" 3.5  kg ", 3.5, 0), ("1e3 mm", 1, 0),
    ] as [(String, Double, Double)])
  func tolerance(text: String, centre: Double, halfWidth: Double) throws {
    let quantity = try Quantity.parse(text)
    #expect(abs(quantity.nominal - centre) <= 4 * centre.ulp)
    switch quantity.law {
    case .exact: #expect(halfWidth == 0)
    case .tolerance(_, let width): #expect(abs(width - halfWidth) <= 4 * halfWidth.ulp)
    default: Issue.record("\(text) is another law")
    }
    #expect(quantity.source == text)
  }

  // Fails if the place points at another part: an editor underlines `length` characters there.
  @Test(
    "says what is wrong and where",
    arguments: [
      ("", .number, 0, 1), ("abc", .number, 0, 3), ("1:30", .number, 0, 4), ("2,5", .number, 0, 3),
      ("2,5 m", .number, 0, 5), ("1_000 m", .number, 0, 7), ("nan", .nonfinite, 0, 3),
      (".inf m", .nonfinite, 0, 6), ("1e400 m", .nonfinite, 0, 7), ("1e305 Tm", .nonfinite, 0, 8),
      ("1 m ± x", .number, 6, 1), ("1 m ± -5 mm", .negativeTolerance, 6, 5),
      ("1 m ± 1e400 m", .nonfinite, 6, 7), ("1 m ±", .number, 5, 1),
    ] as [(String, Quantity.Failure.Reason, Int, Int)])
  func errors(text: String, reason: Quantity.Failure.Reason, offset: Int, length: Int) {
    let failure = #expect(throws: Quantity.Failure.self) { try Quantity.parse(text) }
    #expect(failure?.reason == reason, "\(text)")
    #expect(failure?.offset == offset && failure?.length == length, "\(text): \(failure as Any)")
  }

  // Fails if the quick look for the sign takes one with a mark on it, or loses the first of two.
  @Test(
    "takes no other character for the sign of a tolerance",
    arguments: [
      "1 m ±\u{338} 5 mm", "1 m ± 5 mm ± 1 mm", "1 µm ±", "±", "1 m + 5 mm", "1 m ∓ 1 mm",
    ])
  func signs(text: String) {
    #expect(throws: Quantity.Failure.self) { try Quantity.parse(text) }
  }

  // Fails if the unit's error loses its place or its suggestion, or a dimension is not compared.
  @Test("points at the unit")
  func unitErrors() throws {
    let unknown = #expect(throws: Quantity.Failure.self) { try Quantity.parse("1.5 mertes") }
    guard case .unit(let part)? = unknown?.reason else { Issue.record("no unit error"); return }
    #expect(part.part == "mertes" && unknown?.offset == 4 && unknown?.length == 6)

    let mixed = #expect(throws: Quantity.Failure.self) { try Quantity.parse("1 m ± 2 s") }
    #expect(mixed?.reason == .toleranceDimension(try Unit.parse("s")))
    #expect(mixed?.offset == 6 && mixed?.length == 3)
    #expect(throws: Quantity.Failure.self) { try Quantity.parse("1 m ± 0.1") }
  }

  // Fails if a law that is written and read again is not the same to the last bit.
  @Test("text of a law reads back to the same law")
  func roundTrip() throws {
    let laws: [Law] = [
      .exact(0.1), .exact(-1e-300), .tolerance(centre: 1 / 3.0, halfWidth: 0.1),
      .tolerance(centre: 1e21, halfWidth: Double.leastNonzeroMagnitude),
    ]
    for law in laws {
      for unit in ["m", "1", ""] {
        #expect(try Quantity.parse(Quantity.text(of: law, unit: unit)).law == law)
      }
    }
    let uniform = Quantity.json(of: .uniform(low: 1, high: 2), unit: "m")
    #expect(uniform.line == #"{"low":"1 m","high":"2 m"}"#)
    #expect(
      Quantity.json(of: .normal(mean: 1, sd: 2), unit: "1").line == #"{"value":"1","sd":"2"}"#)
    #expect(Quantity.json(of: .oneOf([1, 2]), unit: "s").line == #"{"one-of":["1 s","2 s"]}"#)
  }
}
