// The inputs of an experiment in the order in which they are drawn, and where each one is.

import Experience

/// Grows while a compiler reads a scene; each addition tells its index.
struct InputList: Sendable {
  private(set) var list: [InputParameter] = []

  mutating func add(_ path: String, _ law: Law, _ range: ClosedRange<Double>) -> Int {
    list.append(InputParameter(path: path, law: law, range: range))
    return list.count - 1
  }

  mutating func add(
    _ path: String, _ quantity: Quantity?, _ kind: QuantityKind, or value: Double = 0
  ) -> Int {
    add(path, quantity?.law ?? .exact(value), kind.range)
  }

  /// Three components under one path.
  mutating func add(
    _ path: String, _ vector: [Quantity]?, _ range: ClosedRange<Double> = -1e300...1e300
  ) -> [Int] {
    zip(["x", "y", "z"], vector?.map(\.law) ?? [.exact(0), .exact(0), .exact(0)]).map {
      add("\(path).\($0)", $1, range)
    }
  }
}
