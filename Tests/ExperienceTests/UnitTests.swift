import Experience
import Testing

@Suite("Unit")
struct UnitTests {
  // Worked conversions: exact definitions (NIST SP 811, appendix B) multiplied out elsewhere.
  // Fails with a wrong factor, prefix, power or offset. Two roundings: 4 ulp.
  @Test(
    "converts to SI",
    arguments: [
      (3.6, "km/h", 1), (12, "lbf", 53.37865938312599), (1, "psi", 6894.757293168361),
      (5000, "cP", 5), (25, "degC", 298.15), (77, "degF", 298.15), (100, "cSt", 1e-4),
      (2.5, "N*m", 2.5), (1.5, "kJ", 1500), (180, "deg", Double.pi), (80, "%", 0.8),
      (18, "uPa.s", 18e-6), (18, "µPa·s", 18e-6), (1000, "g/L", 1000), (7.8, "g/cm^3", 7800),
      (9.81, "m/s²", 9.81), (60, "rpm", 2 * Double.pi), (1, "rev/s", 2 * Double.pi),
      (1, "kg/(m.s)", 1), (1, "kg/m.s", 1), (1, "mi", 1609.344), (16, "oz", 0.45359237),
      (1, "m^3/s^2", 1), (1, "s^-1", 1), (2, "ft", 0.6096), (1, "mph", 0.44704), (1, "dam", 10),
      (1, "Mg", 1000), (1, "mmol", 1e-3), (7, "1", 7), (7, "", 7), (1, "1/s", 1),
      (20, "°C", 293.15),
    ] as [(Double, String, Double)])
  func converts(value: Double, symbol: String, expected: Double) throws {
    let unit = try Unit.parse(symbol)
    #expect(abs(unit.toSI(value) - expected) <= 4 * expected.ulp, "\(symbol)")
    #expect(abs(unit.fromSI(expected) - value) <= 1e-12 * max(1, value))
  }

  // Fails if a symbol of `list units` is not read, or read as something else.
  @Test("reads every symbol of its own table")
  func everySymbol() throws {
    for row in Unit.all {
      let unit = try Unit.parse(row.symbol)
      #expect(unit.factor == row.factor && unit.dimension == row.dimension, "\(row.symbol)")
      let squared = try Unit.parse("\(row.symbol)^2")
      #expect(squared.dimension.isSame(as: row.dimension + row.dimension))
    }
  }

  // Fails if a prefix shadows a unit: min is a minute, not a milli-inch; cd no centi-day.
  @Test(
    "prefers a whole symbol to a prefix",
    arguments: [("min", 60), ("ft", 0.3048), ("cd", 1), ("Pa", 1), ("h", 3600), ("T", nil)]
      as [(String, Double?)])
  func ambiguous(symbol: String, factor: Double?) {
    #expect((try? Unit.parse(symbol))?.factor == factor)
  }

  // Fails if text is dropped silently: a wrong unit must never be the number one.
  @Test(
    "refuses what is no unit",
    arguments: [
      "furlong", "m/", "/s", "m//s", "m^", "m^x", "m^10", "m^½", "(m", "m)", "m s", "kkg", "kft",
      "m^2^2", "degC/m", "()", ".", " m", "m ",
    ])
  func refuses(text: String) {
    #expect(throws: Unit.Unknown.self) { try Unit.parse(text) }
  }

  // Fails if nesting is not limited: a text of brackets must not overflow the stack.
  @Test("refuses a hundred thousand brackets")
  func brackets() {
    let open = String(repeating: "(", count: 100_000)
    let close = String(repeating: ")", count: 100_000)
    #expect(throws: Unit.Unknown.self) { try Unit.parse(open + "m" + close) }
    #expect(throws: Unit.Unknown.self) { try Unit.parse(open) }
  }

  // Fails if the message names the whole text, or suggests something far away.
  @Test("names the part and the nearest symbol")
  func suggests() {
    let unknown = #expect(throws: Unit.Unknown.self) { try Unit.parse("kg/metre^3") }
    #expect(unknown?.part == "metre")
    let near = #expect(throws: Unit.Unknown.self) { try Unit.parse("rps") }
    #expect(near?.part == "rps" && near?.suggestion == "rpm")
    let far = #expect(throws: Unit.Unknown.self) { try Unit.parse("parsec") }
    #expect(far?.part == "parsec" && far?.suggestion == nil)
  }

  // Fails if the angle is part of the SI dimension, or lost before a scene can ask for it.
  @Test("keeps an angle beside the SI exponents")
  func angle() throws {
    let (spin, frequency) = (try Unit.parse("rad/s").dimension, try Unit.parse("Hz").dimension)
    #expect(spin.isSame(as: frequency) && spin != frequency)
    #expect(spin.exponents == [0, 0, -1, 0, 0, 0, 0] && spin.angle == 1)
    #expect(try Unit.parse("deg").dimension.isDimensionless)
  }

  // Fails if signs or brackets of the printed base units are wrong.
  @Test("describes a dimension in base units")
  func description() throws {
    let expected = [
      "Pa.s": "kg/(m.s)", "Pa": "kg/(m.s^2)", "1": "1", "Hz": "1/s", "N*m": "m^2.kg/s^2",
    ]
    for (symbol, text) in expected { #expect(try Unit.parse(symbol).dimension.description == text) }
    let energy = Dimension.energy
    #expect(Dimension(exponents: energy.exponents) == energy)
    #expect(Dimension(exponents: [1]) == nil)
  }
}
