import Testing

@testable import Experience

@Suite("Numbers of prompts")
struct PromptNumberTests {
  // Fails if a value moves by more than 1e-12 of itself, or a name, a word or an end of a sentence is hurt.
  @Test(
    "are cut to twelve figures and nothing else is",
    arguments: [
      ("diameter 0.040600000000000004 m", "diameter 0.0406 m"),
      ("attitude [0, -1.5707963267948966, 0] rad.", "attitude [0, -1.57079632679, 0] rad."),
      ("1.2041062774092224 kg/m^3", "1.20410627741 kg/m^3"),
      ("0.000018134058821488238 Pa.s", "0.0000181340588215 Pa.s"),
      ("9.80665 m/s^2, 101325 Pa and 0.8 ± 0.05", "9.80665 m/s^2, 101325 Pa and 0.8 ± 0.05"),
      ("body v2.1234567890123456 stays", "body v2.1234567890123456 stays"),
      ("ends with 1.00000000000000022.", "ends with 1."),
      ("123456789012345678 stays, 12e stays", "123456789012345678 stays, 12e stays"),
      ("1.2345678901234567e-30 m", "1.23456789012e-30 m"),
    ])
  func rounds(text: String, expected: String) {
    #expect(PromptNumbers.rounded(text) == expected)
  }
}
