// A physical quantity as an author wrote it: number, unit, tolerance, and what they mean in SI.
//
// Grammar  quantity = number [unit] [ ("±" | "+/-") number [unit] ].  A tolerance in `%` of a
//          dimensional or bare quantity is relative; the law is uniform on the interval.
// Checked by  QuantityTests.

/// A number with a unit, and the law of its tolerance.
public struct Quantity: Sendable, Hashable {
  /// In SI.
  public let law: Law
  public let unit: Unit
  /// The author's own text, for messages and reports.
  public let source: String

  public init(law: Law, unit: Unit, source: String) {
    (self.law, self.unit, self.source) = (law, unit, source)
  }

  /// Nominal value in SI.
  public var nominal: Double { law.nominal }

  /// What is wrong with a text, and where in it.
  public struct Failure: Error, Sendable, Hashable {
    public enum Reason: Sendable, Hashable {
      case number
      case nonfinite
      case unit(Unit.Unknown)
      case toleranceDimension(Unit)
      case negativeTolerance
    }
    public let reason: Reason
    /// Character offset and length of the part.
    public let offset: Int
    public let length: Int
  }

  /// Reads a quantity such as `1 m ± 5 mm`, `0.8 ± 2 %`, `30 deg`, `0.3`.
  public static func parse(_ text: String) throws(Failure) -> Quantity {
    var head = text[...]
    var tail: Substring?
    if let sign = onlySign(in: text) {
      (head, tail) = (text[..<sign.lowerBound], text[sign.upperBound...])
    } else {
      for sign in signs(in: text) {
        if let range = text.firstRange(of: sign) {
          (head, tail) = (text[..<range.lowerBound], text[range.upperBound...])
          break
        }
      }
    }
    let (value, unit) = try numberAndUnit(head, in: text)
    let centre = unit.toSI(value)
    guard centre.isFinite else { throw failure(.nonfinite, head, in: text) }
    guard let tail else { return Quantity(law: .exact(centre), unit: unit, source: text) }

    let (width, widthUnit) = try numberAndUnit(tail, in: text)
    let halfWidth: Double
    if widthUnit.symbol == "%", unit.symbol != "%" {
      halfWidth = abs(centre) * width * 0.01
    } else if widthUnit.dimension == unit.dimension {
      halfWidth = width * widthUnit.factor  // a difference: the offset of degC does not enter
    } else {
      throw failure(.toleranceDimension(widthUnit), tail, in: text)
    }
    guard halfWidth >= 0 else { throw failure(.negativeTolerance, tail, in: text) }
    guard halfWidth.isFinite else { throw failure(.nonfinite, tail, in: text) }
    let law: Law =
      halfWidth == 0
      ? .exact(centre) : .tolerance(centre: centre, halfWidth: halfWidth)
    return Quantity(law: law, unit: unit, source: text)
  }

  /// Where `±` stands in a text that has nothing else outside ASCII, so that nothing can change it into
  /// another character.
  private static func onlySign(in text: String) -> Range<String.Index>? {
    let bytes = text.utf8
    guard let start = bytes.firstIndex(where: { $0 >= 0x80 }), bytes[start] == 0xc2 else {
      return nil
    }
    let end = bytes.index(start, offsetBy: 2)
    guard bytes[bytes.index(after: start)] == 0xb1, bytes[end...].allSatisfy({ $0 < 0x80 })
    else { return nil }
    return start..<end
  }

  /// Signs of a tolerance that may stand in a text: looking for one by character is slow, and most have none.
  private static func signs(in text: String) -> [String] {
    let isPlain = text.utf8.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "+") }
    return isPlain ? [] : ["±", "+/-"]
  }

  private static func failure(
    _ reason: Failure.Reason, _ part: Substring, in text: String
  ) -> Failure {
    let trimmed = part.drop { $0 == " " }
    let end = trimmed.lastIndex { $0 != " " }.map { trimmed.index(after: $0) }
    let core = trimmed[..<(end ?? trimmed.endIndex)]
    return Failure(
      reason: reason, offset: text.distance(from: text.startIndex, to: core.startIndex),
      length: max(core.count, 1))
  }

  private static func numberAndUnit(
    _ part: Substring, in text: String
  ) throws(Failure) -> (Double, Unit) {
    let trimmed = part.drop { $0 == " " }
    let bytes = Array(trimmed.utf8)
    let length = NumberGrammar.prefixLength(bytes[...])
    guard length > 0 else {
      let word = trimmed.lowercased().drop { "+-. ".contains($0) }
      let nonfinite = ["nan", "inf", "infinity"].contains { word.hasPrefix($0) }
      throw failure(nonfinite ? .nonfinite : .number, part, in: text)
    }
    let value: Double
    do { value = try NumberGrammar.parse(String(decoding: bytes[..<length], as: UTF8.self)) } catch
    {
      throw failure(.nonfinite, part, in: text)
    }
    var rest = trimmed.utf8.dropFirst(length).drop { $0 == 0x20 }
    while rest.last == 0x20 { rest.removeLast() }
    let symbol = Substring(rest)
    do { return (value, try Unit.parse(String(symbol))) } catch {
      // `2,5` and `1:30` are numbers gone wrong, not units
      let isNumber = symbol.first.map { ",:_".contains($0) || $0.isNumber } ?? false
      throw failure(isNumber ? .number : .unit(error), isNumber ? part : symbol, in: text)
    }
  }
}

extension Quantity {
  /// A text that reads back to the same law, in SI with the unit `symbol` ("1" or empty: no unit).
  public static func text(of law: Law, unit symbol: String) -> String {
    let suffix = symbol.isEmpty || symbol == "1" ? "" : " \(symbol)"
    switch law {
    case .exact(let value): return JSON.text(of: value) + suffix
    case .tolerance(let centre, let half):
      return "\(JSON.text(of: centre))\(suffix) ± \(JSON.text(of: half))\(suffix)"
    case .uniform(let low, let high):
      return "\(JSON.text(of: low)) to \(JSON.text(of: high))\(suffix)"
    case .normal(let mean, _): return JSON.text(of: mean) + suffix
    case .oneOf(let values): return JSON.text(of: values.first ?? 0) + suffix
    }
  }

  /// The law as a scene writes it in JSON: a text, or an object for laws that need one.
  public static func json(of law: Law, unit symbol: String) -> JSON {
    func json(_ value: Double) -> JSON { .text(Quantity.text(of: .exact(value), unit: symbol)) }
    switch law {
    case .exact(let value): return json(value)
    case .tolerance: return .text(Quantity.text(of: law, unit: symbol))
    case .uniform(let low, let high): return .object([("low", json(low)), ("high", json(high))])
    case .normal(let mean, let sd): return .object([("value", json(mean)), ("sd", json(sd))])
    case .oneOf(let values): return .object([("one-of", .array(values.map(json)))])
    }
  }
}
