// What a flow solver refuses.

/// A quantity that is outside its range, or a solve that did not end.
public struct InvalidFlow: Error, Hashable, CustomStringConvertible {
  /// Name of the argument, such as `viscosity`.
  public let quantity: String
  /// What was given, or how far the solve came.
  public let value: Double
  /// What would have been accepted.
  public let expected: String

  public init(_ quantity: String, _ value: Double, expected: String) {
    (self.quantity, self.value, self.expected) = (quantity, value, expected)
  }

  public var description: String { "\(quantity) is \(value); expected \(expected)" }
}

/// Throws unless `value` is finite and above zero.
func requirePositive(_ name: String, _ value: Double) throws(InvalidFlow) {
  guard value.isFinite, value > 0 else {
    throw InvalidFlow(name, value, expected: "a finite number above 0")
  }
}
