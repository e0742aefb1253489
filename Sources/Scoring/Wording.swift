// Numbers and sentences of scores, from fixed templates.
//
// Checked by  ScorerTests.

import Experience
import Foundation

enum Wording {
  /// Decimal text with `digits` significant figures and a decimal point in every locale.
  static func number(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return "not finite" }
    guard value != 0 else { return "0" }
    let power = Int(log10(abs(value)).rounded(.down))
    guard power > -8, power < 9 else { return trimmed(formatted(value, digits - 1, "e")) }
    let decimals = max(0, digits - 1 - power)
    return RoundedText.trimmed(value, decimals: decimals)
      ?? trimmed(formatted(value, decimals, "f"))
  }

  /// "4.95 %", with three figures.
  static func percent(_ share: Double) -> String { "\(number(100 * share)) %" }

  /// Decimal text with a fixed number of decimals.
  static func fixed(_ value: Double, decimals: Int) -> String {
    formatted(value, decimals, "f")
  }

  /// What `String(format:)` writes, several times as fast, and with a decimal point in every locale.
  private static func formatted(_ value: Double, _ digits: Int, _ form: String) -> String {
    let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
      _ = withVaList([Int32(clamping: digits), value]) {
        vsnprintf(buffer.baseAddress, buffer.count, "%.*" + form, $0)
      }
      return buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
    return text.utf8.contains(UInt8(ascii: ",")) ? text.replacing(",", with: ".") : text
  }

  /// Without zeros behind the last figure that says something.
  private static func trimmed(_ text: String) -> String {
    guard text.contains("."), !text.contains("e") else { return text }
    var digits = Substring(text)
    while digits.last == "0" { digits.removeLast() }
    if digits.last == "." { digits.removeLast() }
    return String(digits)
  }

  static func quantity(_ value: Double, _ unit: String, digits: Int = 3) -> String {
    let number = number(value, digits: digits)
    return unit == "1" || unit.isEmpty ? number : "\(number) \(unit)"
  }

  /// "median 4.43 m/s".
  static func answer(_ answer: Answer, _ question: Question) -> String {
    let unit = question.quantity.unit
    switch answer {
    case .probability(let p): return "p = \(number(p, digits: 4))"
    case .point(let value): return quantity(value, unit, digits: 4)
    case .normal(let mean, let sd):
      return "\(quantity(mean, unit, digits: 4)), sd \(quantity(sd, unit))"
    case .ensemble(let values):
      let median = Ensemble(values).quantile(0.5)
      return "\(values.count) values, median \(quantity(median, unit, digits: 4))"
    case .quantiles(let ends) where question.rule == .interval && ends.count == 2:
      return "\(number(ends[0], digits: 4)) to \(quantity(ends[1], unit, digits: 4))"
    case .quantiles(let values):
      let levels = question.levels
      let index = levels.firstIndex { abs($0 - 0.5) < 1e-9 } ?? values.count / 2
      return "median \(quantity(values[index], unit, digits: 4))"
    case .probabilities(let p):
      let labels = question.derivation?.labels ?? []
      return zip(labels, p).map { "\($0): \(number($1))" }.joined(separator: "; ")
    case .pairs(let p):
      let items = question.derivation?.labels ?? []
      return zip(Derivation.pairs(of: items.count), p).map {
        "\(Derivation.name(items[$0.first], items[$0.second])) \(number($1))"
      }.joined(separator: ", ")
    case .paths(let paths):
      let first = paths.first.map { $0.map { number($0) }.joined(separator: ", ") } ?? ""
      return paths.count == 1 ? "\(first) \(unit)" : "\(paths.count) paths"
    case .bands(let bands):
      let middle = bands[bands.count / 2].map { number($0) }.joined(separator: ", ")
      return "medians \(middle) \(unit)"
    case .handoff(let reason): return "handed to a human (\(reason))"
    case .disposition(let action): return action.rawValue
    case .verification: return "a verification"
    }
  }

  /// "truth 4.42869 m/s (T0)".
  static func truth(_ truth: SlotTruth, _ rule: QuestionRule, _ question: Question) -> String {
    let unit = question.quantity.unit
    switch truth.law {
    case .event(let g, _):
      let label = truth.label.map { ", \($0.rawValue)" } ?? ""
      let remark = truth.label == .marginal ? ": the simulator cannot call this either" : ""
      return "truth g = \(formatted(g, 4, "g"))\(label)\(remark)"
    case .classes(let g, _):
      let labels = question.derivation?.labels ?? []
      return "truth "
        + zip(labels, g).map { "\($0): \(number($1))" }.joined(separator: "; ")
        + " (\(truth.tier.rawValue))"
    case .pairs(let g, _):
      return "truth \(answer(.pairs(g), question)) (\(truth.tier.rawValue))"
    case .series(let paths):
      let middle = paths[0].indices.map { k in
        number(rule.scale.value(at: Ensemble(paths.map { $0[k] }).quantile(0.5)), digits: 4)
      }
      return "truth medians \(middle.joined(separator: ", ")) \(unit) (\(truth.tier.rawValue))"
    case .scalar(let ensemble):
      let tier = "(\(truth.tier.rawValue))"
      guard ensemble.members.count > 1 else {
        // a band below the last printed figure says nothing
        let halfWidth =
          rule.scale.isLogarithmic
          ? truth.halfWidth * truth.value * M_LN10
          : truth.halfWidth
        let isVisible = halfWidth > 5e-7 * abs(truth.value)
        let band = isVisible ? " ± \(number(halfWidth, digits: 2))" : ""
        let value = number(truth.value, digits: 6) + band
        return "truth \(unit == "1" ? value : "\(value) \(unit)") \(tier)"
      }
      func text(_ level: Double) -> String {
        number(rule.scale.value(at: ensemble.quantile(level)), digits: 4)
      }
      let high = quantity(rule.scale.value(at: ensemble.quantile(0.95)), unit, digits: 4)
      return "truth \(text(0.05)) to \(high) in 90 % of members, median \(text(0.5)) \(tier)"
    }
  }
}
