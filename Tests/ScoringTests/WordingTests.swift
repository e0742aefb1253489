import Experience
import Foundation
import Testing

@testable import Scoring

@Suite("Wording")
struct WordingTests {
  // The C library is the oracle. Fails if a figure, a sign or a point differs, above all next to a half
  // and next to a power of ten.
  @Test("prints numbers as the C library does")
  func numbers() {
    var random = SplitMix64(seed: 31)
    var short = 0
    func check(_ value: Double) {
      for decimals in 0...14 {
        guard let text = RoundedText.trimmed(value, decimals: decimals) else { continue }
        short += 1
        var known = String(format: "%.\(decimals)f", value)
        if known.contains(".") {
          while known.hasSuffix("0") { known.removeLast() }
          if known.hasSuffix(".") { known.removeLast() }
        }
        #expect(text == known, "\(value) \(decimals)")
      }
    }
    for value in [0.5, 1.5, 2.5, 0.125, 0.0625, 999.5, 0.9995, 99.95, 1e9, 123_456.5, 1e-7, 5e-8] {
      for near in [value, value.nextUp, value.nextDown, -value] { check(near) }
    }
    for _ in 0..<800 {
      check(Double.random(in: -10...10, using: &random))
      check(exp(Double.random(in: -18...20, using: &random)))
      check(Double(Int.random(in: 1...99_999, using: &random)) / 1000)
    }
    #expect(short > 15_000)
    // a half goes to the even figure, as in the C library
    #expect(Wording.number(0.9996) == "1" && Wording.number(1234.5) == "1234")
    #expect(Wording.number(-0.00123456, digits: 4) == "-0.001235")
  }
}
