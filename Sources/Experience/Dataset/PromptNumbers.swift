// Numbers of a prompt with at most 12 significant figures.
//
// Why         conversions leave 0.040600000000000004 m of 40.6 mm, and derived values have 17 figures. What is
//             cut is below 1e-12 of the value; the scene beside the prompt holds every bit.
// Checked by  PromptNumberTests.

import Foundation

enum PromptNumbers {
  static let figures = 12

  /// The text with every longer number rounded.
  static func rounded(_ text: String) -> String {
    var result = ""
    var token = ""
    var previous: Character = " "
    func flush() {
      result += short(token) ?? token
      token = ""
    }
    for character in text {
      let isPart: Bool
      if token.isEmpty {
        // a number does not begin inside a name such as v2
        isPart = character.isASCII && character.isNumber && !previous.isLetter && previous != "_"
      } else {
        let last = token.last ?? " "
        isPart =
          (character.isASCII && character.isNumber) || (character == "." && !token.contains("."))
          || (character == "e" && !token.contains("e"))
          || ("+-".contains(character) && last == "e")
      }
      if isPart {
        token.append(character)
      } else {
        if !token.isEmpty { flush() }
        result.append(character)
      }
      previous = character
    }
    if !token.isEmpty { flush() }
    return result
  }

  private static func short(_ token: String) -> String? {
    // what follows a number may have been taken along: `12.` at the end of a sentence, `1e` of a word
    var number = token
    var rest = ""
    while let last = number.last, !last.isNumber {
      rest = String(number.removeLast()) + rest
    }
    let mantissa = number.prefix { $0 != "e" }
    guard mantissa.count(where: \.isNumber) > figures, mantissa.contains("."),
      let value = Double(number), value.isFinite, value != 0
    else { return nil }
    let places = figures - 1 - Int(log10(abs(value)).rounded(.down))
    return JSON.text(of: Quantum.round(value, places: places)) + rest
  }
}
