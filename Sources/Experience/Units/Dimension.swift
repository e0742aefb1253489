// Physical dimension: seven SI exponents, and a mark that tells an angle from a bare number.

/// Exponents of length, mass, time, current, temperature, amount and luminous intensity.
public struct Dimension: Sendable, Hashable {
  public var length = 0
  public var mass = 0
  public var time = 0
  public var current = 0
  public var temperature = 0
  public var amount = 0
  public var luminosity = 0
  /// Power of the plane angle. An angle is dimensionless in SI, so this never decides whether two
  /// dimensions are equal in a prediction; a scene uses it to refuse `Hz` where `rad/s` is meant.
  public var angle = 0

  public init(
    length: Int = 0, mass: Int = 0, time: Int = 0, current: Int = 0, temperature: Int = 0,
    amount: Int = 0, luminosity: Int = 0, angle: Int = 0
  ) {
    (self.length, self.mass, self.time, self.current) = (length, mass, time, current)
    (self.temperature, self.amount, self.luminosity) = (temperature, amount, luminosity)
    self.angle = angle
  }

  /// L, M, T, I, Θ, N, J: the order of the records.
  public var exponents: [Int] {
    [length, mass, time, current, temperature, amount, luminosity]
  }

  public init?(exponents: [Int]) {
    guard exponents.count == 7 else { return nil }
    self.init(
      length: exponents[0], mass: exponents[1], time: exponents[2], current: exponents[3],
      temperature: exponents[4], amount: exponents[5], luminosity: exponents[6])
  }

  /// Equal as SI sees it: the angle mark does not count.
  public func isSame(as other: Dimension) -> Bool {
    length == other.length && mass == other.mass && time == other.time
      && current == other.current && temperature == other.temperature
      && amount == other.amount && luminosity == other.luminosity
  }

  public var isDimensionless: Bool { exponents.allSatisfy { $0 == 0 } }

  public static func + (a: Dimension, b: Dimension) -> Dimension { a.adding(b, times: 1) }

  /// The dimension of x·yⁿ, where x has this dimension and y the other's.
  public func adding(_ other: Dimension, times power: Int) -> Dimension {
    Dimension(
      length: length + power * other.length, mass: mass + power * other.mass,
      time: time + power * other.time, current: current + power * other.current,
      temperature: temperature + power * other.temperature, amount: amount + power * other.amount,
      luminosity: luminosity + power * other.luminosity, angle: angle + power * other.angle)
  }
}

extension Dimension: CustomStringConvertible {
  /// SI base units, for messages: "kg/(m.s)", "1" for a number.
  public var description: String {
    let symbols = ["m", "kg", "s", "A", "K", "mol", "cd"]
    func product(_ sign: Int) -> [String] {
      zip(symbols, exponents).compactMap { symbol, exponent in
        let power = exponent * sign
        return power <= 0 ? nil : power == 1 ? symbol : "\(symbol)^\(power)"
      }
    }
    let (above, below) = (product(1), product(-1))
    if below.isEmpty { return above.isEmpty ? "1" : above.joined(separator: ".") }
    let numerator = above.isEmpty ? "1" : above.joined(separator: ".")
    let denominator = below.joined(separator: ".")
    return numerator + "/" + (below.count > 1 ? "(\(denominator))" : denominator)
  }
}

extension Dimension {
  public static let none = Dimension()
  public static let angle = Dimension(angle: 1)
  public static let length = Dimension(length: 1)
  public static let area = Dimension(length: 2)
  public static let volume = Dimension(length: 3)
  public static let mass = Dimension(mass: 1)
  public static let time = Dimension(time: 1)
  public static let temperature = Dimension(temperature: 1)
  public static let speed = Dimension(length: 1, time: -1)
  public static let acceleration = Dimension(length: 1, time: -2)
  public static let angularSpeed = Dimension(time: -1, angle: 1)
  public static let frequency = Dimension(time: -1)
  public static let density = Dimension(length: -3, mass: 1)
  public static let dynamicViscosity = Dimension(length: -1, mass: 1, time: -1)
  public static let kinematicViscosity = Dimension(length: 2, time: -1)
  public static let force = Dimension(length: 1, mass: 1, time: -2)
  public static let energy = Dimension(length: 2, mass: 1, time: -2)
  public static let pressure = Dimension(length: -1, mass: 1, time: -2)
}
