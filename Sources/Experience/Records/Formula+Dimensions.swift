// A closed form over numbers with dimensions: the value in SI and the dimension that follows.
//
// Rules       + − min max: equal dimensions; * / add and subtract exponents; x^n multiplies them by n,
//             which is a number; sqrt halves them; exp, ln, log10, sin, cos, tan and exponents take
//             numbers. Exponents are doubles, because sqrt(h)*sqrt(2/g) passes through halves.
// Deviation   a plane angle is a number here, as in SI: 30 deg is 0.5236.
// Checked by  FormulaDimensionTests; the values are those of `Formula.evaluate`.

/// A value in SI with the exponents of its dimension.
public struct DimensionedValue: Sendable, Hashable {
  public let value: Double
  /// L, M, T, I, Θ, N, J and one place that stays 0.
  public let exponents: SIMD8<Double>

  public init(_ value: Double, exponents: SIMD8<Double> = .zero) {
    (self.value, self.exponents) = (value, exponents)
  }

  public init(_ value: Double, _ dimension: Dimension) {
    var exponents = SIMD8<Double>.zero
    for (index, exponent) in dimension.exponents.enumerated() {
      exponents[index] = Double(exponent)
    }
    self.init(value, exponents: exponents)
  }

  public var isNumber: Bool { DimensionedValue.isSame(exponents, .zero) }

  /// Equal exponents, apart from the rounding of roots.
  public func hasDimension(of other: DimensionedValue) -> Bool {
    DimensionedValue.isSame(exponents, other.exponents)
  }

  public func hasDimension(_ dimension: Dimension) -> Bool {
    hasDimension(of: DimensionedValue(0, dimension))
  }

  private static func isSame(_ a: SIMD8<Double>, _ b: SIMD8<Double>) -> Bool {
    let difference = a - b
    for index in 0..<7 where !(abs(difference[index]) < 1e-9) { return false }
    return true
  }
}

extension Formula {
  /// Why a formula has no value with a dimension.
  public enum DimensionFailure: Error, Sendable, Hashable {
    /// Nothing has this name.
    case unbound(String)
    /// Terms, arguments or exponents whose dimensions do not go together.
    case dimension
  }

  /// Value and dimension with the names looked up.
  /// - Throws: the first name without a value, or that dimensions do not go together.
  public func evaluate(
    _ lookup: (String) -> DimensionedValue?
  ) throws(DimensionFailure) -> DimensionedValue {
    var bound: [DimensionedValue] = []
    for name in names {
      guard let value = lookup(name) else { throw .unbound(name) }
      bound.append(value)
    }
    let exponents = try dimension(bound)
    return DimensionedValue(evaluate(inOrder: bound.map(\.value)), exponents: exponents)
  }
}

extension Formula.Node {
  /// Exponents of this part, with `names` in the order of the formula's.
  func dimension(
    _ names: [DimensionedValue]
  ) throws(Formula.DimensionFailure) -> SIMD8<Double> {
    switch self {
    case .number: return .zero
    case .name(let index, _): return names[index].exponents
    case .negative(let a): return try a.dimension(names)
    case .sum(let a, let b), .difference(let a, let b):
      return try same(a.dimension(names), b.dimension(names))
    case .product(let a, let b): return try a.dimension(names) + b.dimension(names)
    case .quotient(let a, let b): return try a.dimension(names) - b.dimension(names)
    case .power(let a, let b):
      _ = try same(b.dimension(names), .zero)
      let base = try a.dimension(names)
      if DimensionedValue(0, exponents: base).isNumber { return .zero }
      return base * b.value(names.map(\.value))
    case .call(let function, let arguments):
      let first = try arguments[0].dimension(names)
      switch function {
      case .sqrt: return 0.5 * first
      case .abs: return first
      case .min, .max:
        for argument in arguments.dropFirst() { _ = try same(first, argument.dimension(names)) }
        return first
      case .exp, .ln, .log10, .sin, .cos, .tan: return try same(first, .zero)
      }
    }
  }

  private func same(
    _ a: SIMD8<Double>, _ b: SIMD8<Double>
  ) throws(Formula.DimensionFailure) -> SIMD8<Double> {
    guard DimensionedValue(0, exponents: a).hasDimension(of: DimensionedValue(0, exponents: b))
    else { throw .dimension }
    return a
  }
}
