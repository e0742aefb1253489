// The symbols that the reader of units knows. One row a unit; prefixes where they are customary.

enum UnitTable {
  struct Row: Sendable {
    let symbol: String
    let factor: Double
    let dimension: Dimension
    let takesPrefix: Bool
    let name: String
  }

  /// Units that need an offset and may only stand alone.
  static let affine: [String: Unit] = [
    "degC": Unit(symbol: "degC", factor: 1, offset: 273.15, dimension: .temperature),
    "°C": Unit(symbol: "°C", factor: 1, offset: 273.15, dimension: .temperature),
    "degF": Unit(
      symbol: "degF", factor: 5.0 / 9.0, offset: 273.15 - 32 * 5.0 / 9.0, dimension: .temperature),
  ]

  private static func row(
    _ symbol: String, _ factor: Double, _ dimension: Dimension, prefix: Bool = false,
    _ name: String
  ) -> Row {
    Row(symbol: symbol, factor: factor, dimension: dimension, takesPrefix: prefix, name: name)
  }

  private static let poundForce = 4.448_221_615_260_5

  static let rows: [Row] = [
    row("m", 1, .length, prefix: true, "metre"),
    row("g", 1e-3, .mass, prefix: true, "gram"),
    row("s", 1, .time, prefix: true, "second"),
    row("A", 1, Dimension(current: 1), prefix: true, "ampere"),
    row("K", 1, .temperature, prefix: true, "kelvin"),
    row("mol", 1, Dimension(amount: 1), prefix: true, "mole"),
    row("cd", 1, Dimension(luminosity: 1), prefix: true, "candela"),
    row("N", 1, .force, prefix: true, "newton"),
    row("Pa", 1, .pressure, prefix: true, "pascal"),
    row("J", 1, .energy, prefix: true, "joule"),
    row("W", 1, Dimension(length: 2, mass: 1, time: -3), prefix: true, "watt"),
    row("Hz", 1, .frequency, prefix: true, "hertz, cycles a second; not an angular speed"),
    row("L", 1e-3, .volume, prefix: true, "litre"),
    row("l", 1e-3, .volume, prefix: true, "litre"),
    row("P", 0.1, .dynamicViscosity, prefix: true, "poise"),
    row("St", 1e-4, .kinematicViscosity, prefix: true, "stokes"),
    row("bar", 1e5, .pressure, prefix: true, "bar"),
    row("t", 1e3, .mass, "tonne"),
    row("min", 60, .time, "minute"),
    row("h", 3600, .time, "hour"),
    row("rad", 1, .angle, prefix: true, "radian"),
    row("deg", .pi / 180, .angle, "degree of angle"),
    row("°", .pi / 180, .angle, "degree of angle"),
    row("rev", 2 * .pi, .angle, "revolution"),
    row("rpm", 2 * .pi / 60, .angularSpeed, "revolutions a minute"),
    row("in", 0.0254, .length, "inch"),
    row("ft", 0.3048, .length, "foot"),
    row("yd", 0.9144, .length, "yard"),
    row("mi", 1609.344, .length, "statute mile"),
    row("lb", 0.453_592_37, .mass, "pound"),
    row("oz", 0.453_592_37 / 16, .mass, "ounce"),
    row("lbf", poundForce, .force, "pound-force"),
    row("psi", poundForce / (0.0254 * 0.0254), .pressure, "pound-force a square inch"),
    row("mph", 0.44704, .speed, "mile an hour"),
    row("atm", 101_325, .pressure, "standard atmosphere"),
    row("%", 0.01, .none, "per cent"),
    row("ppm", 1e-6, .none, "part per million"),
    row("1", 1, .none, "the number one"),
  ]

  static let prefixes: [(symbol: String, factor: Double)] = [
    ("n", 1e-9), ("u", 1e-6), ("µ", 1e-6), ("μ", 1e-6), ("m", 1e-3), ("c", 1e-2), ("d", 1e-1),
    ("da", 1e1), ("h", 1e2), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12),
  ]

  private static let known: [String: (Double, Dimension)] = {
    var table: [String: (Double, Dimension)] = [:]
    for row in rows where row.takesPrefix {
      for prefix in prefixes {
        // 1e-3·1e-3 is not the nearest double to 1e-6: one division keeps gram prefixes exact
        let factor =
          row.symbol == "g" && prefix.factor >= 1e3
          ? prefix.factor / 1e3 : row.factor * prefix.factor
        table[prefix.symbol + row.symbol] = (factor, row.dimension)
      }
    }
    for row in rows { table[row.symbol] = (row.factor, row.dimension) }
    return table
  }()

  static func unit(named name: String) -> (Double, Dimension)? { known[name] }

  /// Symbols for suggestions, in an order that does not depend on hashing.
  static let symbols: [String] = (Array(known.keys) + Array(affine.keys)).sorted()
}

extension Unit {
  /// Rows for `list units`: symbol, name, SI factor, dimension, whether prefixes apply.
  public static var all: [(symbol: String, name: String, factor: Double, dimension: Dimension)] {
    UnitTable.rows.map { ($0.symbol, $0.name, $0.factor, $0.dimension) }
  }
}
