// The law of a declared tolerance.

import Foundation

/// A probability law over one number, in SI.
public enum Law: Sendable, Hashable {
  case exact(Double)
  /// Uniform on centre ± half-width, as a tolerance on a drawing is read.
  case tolerance(centre: Double, halfWidth: Double)
  /// Uniform on [low, high].
  case uniform(low: Double, high: Double)
  case normal(mean: Double, sd: Double)
  /// One of the values, each as likely.
  case oneOf([Double])

  /// Centre of the law: the value of the nominal scene.
  public var nominal: Double {
    switch self {
    case .exact(let value): value
    case .tolerance(let centre, _): centre
    case .uniform(let low, let high): 0.5 * (low + high)
    case .normal(let mean, _): mean
    case .oneOf(let values): values[(values.count - 1) / 2]
    }
  }

  /// The value at probability `u` in (0, 1): the inverse distribution function.
  public func quantile(_ u: Double) -> Double {
    switch self {
    case .exact(let value): value
    case .tolerance(let centre, let halfWidth): centre + halfWidth * (2 * u - 1)
    case .uniform(let low, let high): low + (high - low) * u
    case .normal(let mean, let sd): mean + sd * NormalLaw.quantile(u)
    case .oneOf(let values): values[min(Int(u * Double(values.count)), values.count - 1)]
    }
  }

  public var isExact: Bool {
    switch self {
    case .exact: true
    case .tolerance(_, let halfWidth): halfWidth == 0
    case .uniform(let low, let high): low == high
    case .normal(_, let sd): sd == 0
    case .oneOf(let values): values.count == 1
    }
  }

  /// Smallest and largest value that a draw is allowed to take; a normal law ends at 9 sd.
  public var extremes: ClosedRange<Double> {
    switch self {
    case .exact(let value): value...value
    case .tolerance(let centre, let halfWidth): (centre - halfWidth)...(centre + halfWidth)
    case .uniform(let low, let high): low...high
    case .normal(let mean, let sd): (mean - 9 * sd)...(mean + 9 * sd)
    case .oneOf(let values): (values.min() ?? 0)...(values.max() ?? 0)
    }
  }

  /// The law of `x·factor + offset`.
  public func scaled(by factor: Double, offset: Double = 0) -> Law {
    switch self {
    case .exact(let value): return .exact(value * factor + offset)
    case .tolerance(let centre, let halfWidth):
      return .tolerance(centre: centre * factor + offset, halfWidth: halfWidth * abs(factor))
    case .uniform(let low, let high):
      let (a, b) = (low * factor + offset, high * factor + offset)
      return .uniform(low: min(a, b), high: max(a, b))
    case .normal(let mean, let sd):
      return .normal(mean: mean * factor + offset, sd: sd * abs(factor))
    case .oneOf(let values): return .oneOf(values.map { $0 * factor + offset })
    }
  }
}

/// The standard normal law.
///
/// Source: distribution function from `erfc`; quantile by Acklam's rational start (2003) and two
/// Newton steps of Halley's form on `erfc`, which reach the last few ulp.
public enum NormalLaw {
  public static func density(_ z: Double) -> Double {
    exp(-0.5 * z * z) / (2 * Double.pi).squareRoot()
  }
  public static func probability(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

  /// Inverse of `probability`, for `u` in (0, 1).
  public static func quantile(_ u: Double) -> Double {
    if u > 0.5 { return -quantile(1 - u) }
    var z: Double
    if u < 0.02425 {
      let q = (-2 * log(u)).squareRoot()
      let top =
        ((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q
          - 2.400758277161838e+00) * q - 2.549732539343734e+00) * q + 4.374664141464968e+00) * q
      let bottom =
        (((7.784695709041462e-03 * q + 3.224671290700398e-01) * q
          + 2.445134137142996e+00) * q + 3.754408661907416e+00) * q + 1
      z = (top + 2.938163982698783e+00) / bottom
    } else {
      let q = u - 0.5
      let r = q * q
      let top =
        ((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r
          - 2.759285104469687e+02) * r + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r
      let bottom =
        ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r
          - 1.556989798598866e+02) * r + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r
      z = (top + 2.506628277459239e+00) * q / (bottom + 1)
    }
    for _ in 0..<2 {
      let miss = probability(z) - u
      // a step of nothing
      if miss == 0 { break }
      let error = miss / density(z)
      z -= error / (1 + 0.5 * z * error)
    }
    return z
  }
}
