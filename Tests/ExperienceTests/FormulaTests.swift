import Experience
import Foundation
import Testing

@Suite("Formula")
struct FormulaTests {
  // Closed forms of a ball drop (worked example `baseline.ball-drop`, h = 1 m, e = 0.8).
  // Fails with a wrong precedence, or if ^ binds to the left.
  @Test("evaluates the closed forms of a first course")
  func ballDrop() throws {
    let drop = ["h": 1.0, "e": 0.8, "g": 9.80665]
    let expected = [
      "sqrt(2*g*h)": 4.428690551393267, "sqrt(2*h/g)": 0.45160075575178754, "e^2*h": 0.64,
      "sqrt(2*h/g)*(1+e)/(1-e)": 4.064406801766087,
    ]
    for (source, value) in expected {
      #expect(abs(try Formula(source).evaluate(drop) - value) < 1e-9, "\(source)")
    }
  }

  @Test(
    "follows the grammar",
    arguments: [
      ("2^3^2", 512.0), ("-2^2", -4), ("8/4/2", 1), ("2-3-4", -5), ("2 * -3", -6),
      ("2^-1", 0.5), ("1e2 + .5e1*0", .nan), ("min(3, 1, 2) + max(4,5)", 6), ("ln(exp(1))", 1),
      ("log10(1e-3)", -3), ("abs(-2)", 2), ("(((1)))", 1), ("cos(0) + sin(0) + tan(0)", 1),
      ("4^0.5", 2),
    ])
  func grammar(source: String, value: Double) throws {
    // a number must start with a digit
    if value.isNaN {
      #expect(throws: Formula.Failure.self) { try Formula(source) }
    } else {
      #expect(abs(try Formula(source).evaluate([:]) - value) < 1e-12)
    }
  }

  // A message without a place is useless in a long formula. Fails if offsets count from a token.
  @Test(
    "names the place of an error",
    arguments: [
      ("2*(h", 4), ("2*", 2), ("", 0), ("2 3", 2), ("sqr(2)", 0), ("sqrt(1,2)", 0), ("h $ 2", 2),
      ("1e400", 0), ("_a", 0), ("min()", 4), ("ä", 0), ("1 + ü", 4),
    ])
  func place(source: String, offset: Int) {
    do throws(Formula.Failure) {
      _ = try Formula(source)
      Issue.record("`\(source)` was read")
    } catch { #expect(error.offset == offset, "\(source): \(error.message)") }
  }

  @Test("names what is not bound")
  func unbound() throws {
    let formula = try Formula("2*speed_max + speed_max")
    #expect(formula.names == ["speed_max"])
    do throws(Formula.Failure) {
      _ = try formula.evaluate(["speed_may": 1])
      Issue.record("an unbound name was evaluated")
    } catch {
      #expect(error.offset == 2)
      #expect(error.message.contains("did you mean `speed_may`?"))
    }
  }

  // Nothing that a plan can hold may trap: division by zero, roots of negative numbers, deep and
  // long texts, and 20,000 random ones.
  @Test("never traps")
  func hostile() throws {
    #expect(try Formula("1/0").evaluate([:]) == .infinity)
    #expect(try Formula("sqrt(0-1)").evaluate([:]).isNaN)
    #expect(try Formula("10^400").evaluate([:]) == .infinity)
    #expect(try Formula("2^1e300").evaluate([:]) == .infinity)
    for hostile in [
      String(repeating: "(", count: 5000), String(repeating: "-", count: 9000),
      String(repeating: "1+", count: 4000) + "1", String(repeating: "2^", count: 4000) + "1",
      String(repeating: "1", count: 20_000), String(repeating: "sqrt(", count: 100),
    ] {
      #expect(throws: Formula.Failure.self) { try Formula(hostile) }
    }
    var random = SplitMix64(seed: 11)
    let alphabet = Array("0123456789.eE+-*/^(),_ hgsqrtminln\u{e4}")
    for _ in 0..<20_000 {
      let text = String((0..<24).map { _ in alphabet.randomElement(using: &random) ?? "(" })
      if let formula = try? Formula(text) { _ = try? formula.evaluate(["h": 1, "g": 2]) }
    }
  }
}
