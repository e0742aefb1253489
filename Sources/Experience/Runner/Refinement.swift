// The numerical band of a value from three resolutions h, h/r, h/r²; r = 2 unless an experiment says so.
//
// Equation    p = log |(f0 − f1)/(f1 − f2)| / log r; band = 2·|f1 − f2|/(r^p − 1) with the design order.
// Source      Roache 1994, J. Fluids Eng. 116, 405 (grid convergence index).
// Deviation   safety factor 2 for Roache's 1.25, which missed 2 % of the outcomes with ruling linear
//             drag, by up to 1.6 (measured over 500 random scenes). The design order is used where the observed one is within 0.25 of it; between half and
//             one and a half times the design order (any higher one for methods of order 1 and 2), where
//             a mesh is not yet asymptotic, the smaller
//             of both with safety factor 2.5; differences at rounding level give the rounding floor;
//             everything else is refined again, and in the end widened to three times the largest
//             difference and said so. benchmarks/bands measures that the bands cover.
// Checked by  RefinementTests.

import Foundation

/// A value with its numerical band.
public struct Refinement: Sendable, Hashable {
  public let value: Double
  /// Absolute half-width.
  public let halfWidth: Double
  /// Observed order, where the differences are above rounding.
  public let order: Double?
  public let status: ConvergenceStatus

  /// Values of three levels, coarse to fine. `floor`: noise of the finest value; `allowed`: the
  /// half-width that was asked for; `ratio`: step of a level over that of the next.
  public static func assess(
    coarse: Double, middle: Double, fine: Double, floor: Double, designOrder: Double,
    allowed: Double, ratio: Double = 2
  ) -> Refinement {
    guard coarse.isFinite, middle.isFinite, fine.isFinite else {
      // it happens on one level and not on another: no band can cover that
      return Refinement(value: fine, halfWidth: .infinity, order: nil, status: .unresolved)
    }
    let (first, second) = (abs(coarse - middle), abs(middle - fine))
    if max(first, second) <= 16 * floor {
      let width = max(floor, first, second)
      return Refinement(
        value: fine, halfWidth: width, order: nil,
        status: width <= allowed ? .converged : .unresolved)
    }
    let order = second > 0 ? log2(first / second) / log2(ratio) : .infinity
    /// How much smaller errors of an order are on the next level.
    func gain(_ order: Double) -> Double { exp2(order * log2(ratio)) }
    // a difference that is small by chance is not trusted: the coarser one says what to expect
    let expected = max(second, first / gain(designOrder))
    if abs(order - designOrder) <= 0.25 {
      let width = 2 * expected / (gain(designOrder) - 1) + floor
      return Refinement(
        value: fine, halfWidth: width, order: order,
        status: width <= allowed ? .converged : .unresolved)
    }
    // a method of low order whose errors of higher order rule shrinks faster than its design
    let highest = designOrder > 2 ? 1.5 * designOrder : .infinity
    if order >= 0.5 * designOrder, order <= highest {
      let width = 2.5 * expected / (gain(min(order, designOrder)) - 1) + floor
      if width <= allowed || designOrder <= 2 {
        return Refinement(
          value: fine, halfWidth: width, order: order.isFinite ? order : nil,
          status: width <= allowed ? .converged : .unresolved)
      }
    }
    let width = 3 * max(first, second, abs(coarse - fine)) + floor
    return Refinement(
      value: fine, halfWidth: width, order: order.isFinite ? order : nil,
      status: width <= allowed ? .unresolvedOrder : .unresolved)
  }
}

extension Refinement {
  /// Values of levels on which other things happened before: no order can be expected, so only
  /// their agreement counts, with a band of three times the largest difference.
  static func agreement(
    coarse: Double, middle: Double, fine: Double, floor: Double, allowed: Double
  ) -> Refinement {
    let difference = max(abs(coarse - middle), abs(middle - fine), abs(coarse - fine))
    guard difference.isFinite else {
      return Refinement(value: fine, halfWidth: .infinity, order: nil, status: .unresolved)
    }
    let width = 3 * difference + floor
    return Refinement(
      value: fine, halfWidth: width, order: nil,
      status: width > allowed
        ? .unresolved : difference <= 16 * floor ? .converged : .unresolvedOrder)
  }

  /// The same value with another status, and at least another band.
  func widened(to width: Double, status: ConvergenceStatus) -> Refinement {
    Refinement(value: value, halfWidth: max(width, halfWidth), order: order, status: status)
  }
}

/// Values are rounded before anything is hashed or compared.
public enum Quantum {
  /// Decimal places that a band leaves: two figures of the band, at most 12 significant ones.
  public static func places(value: Double, halfWidth: Double) -> Int {
    let significant = value == 0 ? 12 : 11 - Int(Foundation.floor(log10(abs(value))))
    // of a value whose band is not known two figures are shown, so that nobody takes it for a sharp one
    guard halfWidth < .infinity else { return significant - 10 }
    guard halfWidth > 0 else { return significant }
    return min(significant, 1 - Int(Foundation.floor(log10(halfWidth))))
  }

  /// The nearest double to the decimal with that many places.
  public static func round(_ value: Double, places: Int) -> Double {
    guard value.isFinite else { return value }
    if places > 22 { return Double(String(format: "%.\(places)f", value)) ?? value }
    // powers of ten up to 22 are exact, so one division rounds once
    let power = pow(10, Double(abs(places)))
    let scaled = places >= 0 ? value * power : value / power
    // beyond this the product itself is rounded too coarsely: go through the decimal text
    guard abs(scaled) < 0x1p46 else {
      return places >= 0 ? Double(String(format: "%.\(places)f", value)) ?? value : value
    }
    let whole = scaled.rounded()
    return places >= 0 ? whole / power : whole * power
  }
}
