// What the fracture solver refuses.

/// A quantity that is outside its range.
public struct InvalidFracture: Error, Hashable, CustomStringConvertible {
  /// Name of the argument, such as `poisson`.
  public let quantity: String
  /// What was given.
  public let value: Double
  /// What would have been accepted.
  public let expected: String

  public init(_ quantity: String, _ value: Double, expected: String) {
    (self.quantity, self.value, self.expected) = (quantity, value, expected)
  }

  public var description: String { "\(quantity) is \(value); expected \(expected)" }
}

/// Throws unless `value` is finite and above zero.
func requirePositive(_ name: String, _ value: Double) throws(InvalidFracture) {
  guard value.isFinite, value > 0 else {
    throw InvalidFracture(name, value, expected: "a finite number above 0")
  }
}

/// Throws unless `value` is finite and not negative.
func requireNonnegative(_ name: String, _ value: Double) throws(InvalidFracture) {
  guard value.isFinite, value >= 0 else {
    throw InvalidFracture(name, value, expected: "a finite number, 0 or above")
  }
}
