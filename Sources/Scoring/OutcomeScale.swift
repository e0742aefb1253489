// From a value in the question's unit to the coordinate in which its loss is measured.
//
// Equation    x = min(max(value, low), high); on a logarithmic scale z = log10(x/reference).
// Why         clipping both sides to the published support bounds the loss by its width and keeps
//             the score proper (threshold-weighted CRPS: Gneiting & Ranjan 2011,
//             J. Bus. Econ. Stat. 29, 411). A ratio is then a difference, in decades.
// Checked by  ScalarRuleTests.

import Experience
import Foundation

/// The published support and scale of a slot.
public struct OutcomeScale: Sendable, Hashable {
  public let isLogarithmic: Bool
  public let reference: Double
  public let support: ClosedRange<Double>
  /// Ends of the support in the loss's coordinate.
  public let low: Double
  public let high: Double
  /// Unit of a loss.
  public let lossUnit: String

  public init(_ quantity: AnswerQuantity) {
    (reference, support) = (quantity.reference, quantity.support)
    // a logarithm needs a positive support; the writer of a template is refused otherwise
    isLogarithmic = quantity.isLogarithmic && support.lowerBound > 0 && reference > 0
    lossUnit = isLogarithmic ? "decades" : quantity.unit
    low = isLogarithmic ? log10(support.lowerBound / reference) : support.lowerBound
    high = isLogarithmic ? log10(support.upperBound / reference) : support.upperBound
  }

  /// The loss's coordinate of a finite value in the question's unit.
  public func coordinate(_ value: Double) -> Double {
    let clipped = min(max(value, support.lowerBound), support.upperBound)
    return isLogarithmic ? log10(clipped / reference) : clipped
  }

  /// The value in the question's unit that has this coordinate.
  public func value(at coordinate: Double) -> Double {
    isLogarithmic ? reference * pow(10, coordinate) : coordinate
  }

  /// A small half-width at `value`, both in the question's unit, as a half-width of the coordinate.
  public func halfWidth(_ halfWidth: Double, at value: Double) -> Double {
    guard isLogarithmic else { return halfWidth }
    let clipped = min(max(value, support.lowerBound), support.upperBound)
    return halfWidth / (clipped * M_LN10)
  }
}
