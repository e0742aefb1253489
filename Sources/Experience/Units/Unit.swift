// Units: SI = value·factor + offset, with a dimension.
//
// Source  BIPM, The International System of Units, 9th edition (2019), tables 1-8; exact factors of
//         inch, pound and pound-force from NIST SP 811 (2008), appendix B.
// Grammar  unit = factor { ("." | "*" | "·" | "/") factor };  factor = symbol [ "^" ["-"] digits ]
//          | "(" unit ")";  symbol = [prefix] name.  `/` acts on the next factor only.
// Checked by  UnitTests: the worked conversions, every symbol, refused texts.

/// A unit of measurement with its factor to coherent SI.
public struct Unit: Sendable, Hashable {
  /// The text as written.
  public let symbol: String
  /// SI value of one unit.
  public let factor: Double
  /// Added after multiplying: only for a lone degC or degF.
  public let offset: Double
  public let dimension: Dimension

  public init(symbol: String, factor: Double, offset: Double = 0, dimension: Dimension) {
    (self.symbol, self.factor, self.offset) = (symbol, factor, offset)
    self.dimension = dimension
  }

  /// The number 1, written without a unit.
  public static let one = Unit(symbol: "1", factor: 1, dimension: .none)

  public func toSI(_ value: Double) -> Double { value * factor + offset }
  public func fromSI(_ value: Double) -> Double { (value - offset) / factor }

  /// A text that cannot be read as a unit.
  public struct Unknown: Error, Sendable, Hashable {
    /// The part that is not understood.
    public let part: String
    /// The nearest known symbol, if one is near.
    public let suggestion: String?
  }

  /// Reads a unit such as `m/s^2`, `kg/(m.s)`, `uPa.s`, `rpm`, `%`.
  public static func parse(_ text: String) throws(Unknown) -> Unit {
    if let known = usual[text] {
      return Unit(symbol: text, factor: known.factor, dimension: known.dimension)
    }
    return try read(text)
  }

  /// Units that most outcomes and scenes are in, read once.
  private static let usual: [String: Unit] = {
    let symbols = [
      "m", "s", "m/s", "m/s^2", "rad", "rad/s", "kg", "kg/m^3", "N", "N.m", "Pa", "Pa.s", "J", "K",
      "mm", "%", "deg", "Hz", "m^2", "m^3",
    ]
    var table: [String: Unit] = [:]
    for symbol in symbols { table[symbol] = try? read(symbol) }
    return table
  }()

  private static func read(_ text: String) throws(Unknown) -> Unit {
    if text.isEmpty || text == "1" { return .one }
    if let affine = UnitTable.affine[text] { return affine }
    var reader = UnitReader(characters: Array(text))
    let (factor, dimension) = try reader.product()
    guard reader.position == reader.characters.count else {
      throw reader.unknown(String(reader.characters[reader.position...]))
    }
    return Unit(symbol: text, factor: factor, dimension: dimension)
  }
}

/// Recursive descent over the characters of a unit.
private struct UnitReader {
  /// Brackets inside brackets: no unit needs more, and a stack has an end.
  static let depthLimit = 8

  let characters: [Character]
  var position = 0
  private var depth = 0

  init(characters: [Character]) { self.characters = characters }

  func unknown(_ part: String) -> Unit.Unknown {
    Unit.Unknown(part: part, suggestion: Spelling.nearest(to: part, among: UnitTable.symbols))
  }

  mutating func product() throws(Unit.Unknown) -> (Double, Dimension) {
    var (value, dimension) = try factor()
    while position < characters.count {
      let sign: Int
      switch characters[position] {
      case ".", "*", "·", "⋅": sign = 1
      case "/": sign = -1
      default: return (value, dimension)
      }
      position += 1
      let (other, otherDimension) = try factor()
      value = sign > 0 ? value * other : value / other
      dimension = dimension.adding(otherDimension, times: sign)
    }
    return (value, dimension)
  }

  private mutating func factor() throws(Unit.Unknown) -> (Double, Dimension) {
    var (value, dimension): (Double, Dimension)
    if position < characters.count, characters[position] == "(" {
      guard depth < UnitReader.depthLimit else { throw unknown(String(characters)) }
      position += 1
      depth += 1
      (value, dimension) = try product()
      depth -= 1
      guard position < characters.count, characters[position] == ")" else {
        throw unknown(String(characters))
      }
      position += 1
    } else {
      let start = position
      while position < characters.count,
        characters[position].isLetter || "%°1".contains(characters[position])
      { position += 1 }
      let name = String(characters[start..<position])
      guard let unit = UnitTable.unit(named: name) else {
        throw unknown(name.isEmpty ? String(characters[start...]) : name)
      }
      (value, dimension) = unit
    }
    guard let power = try exponent() else { return (value, dimension) }
    var result = 1.0
    for _ in 0..<abs(power) { result *= value }
    return (power < 0 ? 1 / result : result, Dimension.none.adding(dimension, times: power))
  }

  private mutating func exponent() throws(Unit.Unknown) -> Int? {
    if position < characters.count, let power = ["²": 2, "³": 3][characters[position]] {
      position += 1
      return power
    }
    guard position < characters.count, characters[position] == "^" else { return nil }
    let start = position
    position += 1
    if position < characters.count, "+-".contains(characters[position]) { position += 1 }
    while position < characters.count, characters[position].isNumber { position += 1 }
    guard let power = Int(String(characters[(start + 1)..<position])), abs(power) <= 9 else {
      throw unknown(String(characters[start..<position]))
    }
    return power
  }
}
