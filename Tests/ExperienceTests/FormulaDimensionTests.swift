import Experience
import Testing

@Suite("Formulas with dimensions")
struct FormulaDimensionTests {
  private func value(_ source: String) throws -> DimensionedValue {
    let names: [String: DimensionedValue] = [
      "h": DimensionedValue(2, .length), "g": DimensionedValue(9.80665, .acceleration),
      "v": DimensionedValue(3, .speed), "m": DimensionedValue(4, .mass),
      "a": DimensionedValue(0.5, .angle), "n": DimensionedValue(2, .none),
    ]
    return try Formula(source).evaluate { names[$0] }
  }

  // Fails if an exponent is added where it should be multiplied, or an angle is not a number.
  @Test(
    "follow the rules",
    arguments: [
      ("sqrt(2*g*h)", Dimension.speed), ("0.5*m*v^2", .energy), ("h^n", .area),
      ("v^2/(2*g) + h", .length), ("sqrt(h)*sqrt(h/g)/sqrt(h)", .time), ("exp(v^2/(g*h))", .none),
      ("m*g*sin(a)", .force), ("max(h, v*h/v, 0*h)", .length), ("-h/h", .none),
      ("abs(v)^-1", Dimension(length: -1, time: 1)), ("2^(h/h)", .none),
    ])
  func rules(_ source: String, _ dimension: Dimension) throws {
    #expect(try value(source).hasDimension(dimension), "\(source)")
  }

  // Fails if terms of different dimensions are added, or a length has a sine.
  @Test(
    "refuse what does not go together",
    arguments: ["h + v", "h - 1", "sin(h)", "exp(m)", "2^h", "min(h, v)", "ln(g)", "h^(v/v + h)"])
  func refuse(_ source: String) {
    #expect(throws: Formula.DimensionFailure.dimension) { try value(source) }
  }

  @Test("name what is not bound")
  func unbound() {
    #expect(throws: Formula.DimensionFailure.unbound("x")) { try value("h*x") }
  }

  @Test("have the value of the formula without dimensions")
  func values() throws {
    let expected = try Formula("sqrt(2*g*h)").evaluate(["g": 9.80665, "h": 2])
    #expect(try value("sqrt(2*g*h)").value == expected)
  }
}
