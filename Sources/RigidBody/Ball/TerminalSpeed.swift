// Terminal speeds of a sphere, all of them.
//
// Equation        Cd(Re) Re^2 = 8 rho F / (pi eta^2),  v = Re eta / (rho d)
// Discretisation  scan of log Re in steps of 0.02, extremes between samples are searched by
//                 golden sections, then each sign change is bisected to neighbouring Doubles
// Source          drag: SphereDrag; the balance is the definition of the terminal speed
// Deviation       none
// Validity        steady motion; roots beyond the law's Reynolds numbers are flagged, not hidden
// Checked by      TerminalSpeedTests: values from elsewhere, three roots in the drag crisis

import Foundation

/// A speed at which drag balances a force, with what it says about the law.
public struct TerminalSpeed: Sendable, Hashable {
  /// Speed relative to the fluid, in m/s.
  public let speed: Double
  /// Reynolds number at that speed.
  public let reynolds: Double
  /// Whether that Reynolds number lies in `SphereDrag.validReynolds`.
  public let isInsideLaw: Bool
  /// Whether drag grows with speed here, so that a disturbed sphere returns to this speed.
  public let isStable: Bool

  /// Force that drag has to balance, in N: weight, less the weight of the displaced fluid if
  /// `buoyancy`. Positive is down. `mass` in kg, `diameter` in m, density in kg/m^3, g in m/s^2.
  public static func drivingForce(
    mass: Double, diameter: Double, fluidDensity: Double, gravity: Double, buoyancy: Bool
  ) -> Double {
    let volume = Double.pi / 6 * diameter * diameter * diameter
    return (buoyancy ? mass - fluidDensity * volume : mass) * gravity
  }

  /// Every terminal speed, slowest first; empty if there is no force, no drag or no fluid.
  ///
  /// `drivingForce` in N, its sign does not matter (up or down); `diameter` in m,
  /// `fluidDensity` in kg/m^3, `viscosity` in Pa s, all above 0.
  /// Costs some thousand evaluations of the law.
  public static func all(
    law: SphereDrag, drivingForce: Double, diameter: Double, fluidDensity: Double,
    viscosity: Double
  ) -> [TerminalSpeed] {
    let target =
      8 * abs(drivingForce) / Double.pi * (fluidDensity / viscosity) / viscosity
    guard target.isFinite, target > 0, diameter > 0, fluidDensity > 0 else { return [] }

    let toSpeed = viscosity / (fluidDensity * diameter)
    return roots(law: law, target: target).map { root in
      TerminalSpeed(
        speed: root.reynolds * toSpeed, reynolds: root.reynolds,
        isInsideLaw: law.validReynolds.contains(root.reynolds), isStable: root.isStable)
    }
  }

  private static func roots(
    law: SphereDrag, target: Double
  ) -> [(reynolds: Double, isStable: Bool)] {
    // without a viscous term the balance is a square root
    switch law {
    case .none:
      return []
    case .constant(let coefficient):
      return coefficient > 0 ? [((target / coefficient).squareRoot(), true)] : []
    default:
      break
    }
    func excess(_ reynolds: Double) -> Double {
      law.coefficientTimesReynolds(reynolds) * reynolds - target
    }

    // 24 <= Cd Re everywhere, and Cd Re < 48 for Re < 0.01, so that every root is enclosed
    let first = min(target / 48, 0.01)
    let last = target / 24 * (1 + 1e-12)
    let count = Int((log(last / first) / 0.02).rounded(.up)) + 1
    let ratio = exp(log(last / first) / Double(count))
    let grid = (0...count).map { $0 == count ? last : first * pow(ratio, Double($0)) }
    let values = grid.map(excess)

    // a pair of roots may hide between samples, around an extreme that stays on one side
    var brackets: [(Double, Double)] = []
    for i in 0..<count {
      if (values[i] < 0) != (values[i + 1] < 0) { brackets.append((grid[i], grid[i + 1])) }
      guard i > 0 else { continue }
      let (before, here, after) = (values[i - 1], values[i], values[i + 1])
      guard (before < 0) == (here < 0), (here < 0) == (after < 0),
        abs(here) <= abs(before), abs(here) <= abs(after)
      else { continue }
      let extreme = lowest(in: grid[i - 1]...grid[i + 1]) { here < 0 ? -excess($0) : excess($0) }
      if (excess(extreme) < 0) != (here < 0) {
        brackets.append((grid[i - 1], extreme))
        brackets.append((extreme, grid[i + 1]))
      }
    }
    return brackets.sorted { $0.0 < $1.0 }.map { low, high in
      (bisect(low, high, excess), excess(low) < 0)
    }
  }

  // golden sections for the smallest value of `height`, which has one minimum in `range`
  private static func lowest(
    in range: ClosedRange<Double>, _ height: (Double) -> Double
  ) -> Double {
    let golden = (5.0.squareRoot() - 1) / 2
    var (low, high) = (range.lowerBound, range.upperBound)
    for _ in 0..<60 {
      let (left, right) = (high - golden * (high - low), low + golden * (high - low))
      if height(left) < height(right) { high = right } else { low = left }
    }
    return 0.5 * (low + high)
  }

  private static func bisect(
    _ low: Double, _ high: Double, _ excess: (Double) -> Double
  ) -> Double {
    var (low, high) = (low, high)
    let lowIsNegative = excess(low) < 0
    while true {
      let middle = 0.5 * (low + high)
      guard low < middle, middle < high else { return middle }
      if (excess(middle) < 0) == lowIsNegative { low = middle } else { high = middle }
    }
  }
}
