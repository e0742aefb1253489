// Steady thread of a viscous liquid that falls from a nozzle.
//
// Equation        U U' = g + 3ν U (U'/U)', a² = Q/(πU). With w = ln U:
//                 3ν w'' − U w' + g/U = 0; U(0) given; w' = 0 at the end (no tension), or U given
// Discretisation  central differences on equal cells, order 2; the end is mirrored; Newton with a
//                 tridiagonal factor, a step changes ln U by 1 at most
// Source          Trouton 1906, Proc. R. Soc. A 77, 426 (viscosity 3ν); the equation is the momentum
//                 of a slice of the thread
// Deviation       the end without tension is a choice: a plate pushes back within about one radius
// Validity        slender (a' ≪ 1), no surface tension, no air. The layer 3ν/U at a free end needs
//                 two cells at least: fewer are refused
// Checked by      ViscousThreadTests: three closed forms without inertia, free fall, momentum, order

import Foundation
import LinearAlgebra

/// Speed along a falling thread.
public struct ViscousThread: Sendable {
  /// What holds the lower end.
  public enum End: Sendable, Hashable {
    /// No tension.
    case free
    /// A given speed, in m/s, as of a drum.
    case speed(Double)
  }

  /// Kinematic, in m²/s.
  public let viscosity: Double
  /// Flow rate, in m³/s.
  public let inflow: Double
  /// Length, in m.
  public let height: Double
  /// Speed downwards at equal distances from the nozzle to the end, in m/s.
  public private(set) var speeds: [Double]
  /// Newton steps taken.
  public private(set) var iterations = 0

  /// Solves for the thread; `hasInertia` false drops U U'. SI units.
  /// - Throws: `InvalidFlow` for arguments that are not above 0, cells outside 4…1,000,000 or too few
  ///   for the end layer, or if Newton's method does not end.
  public init(
    viscosity: Double, inflow: Double, nozzleSpeed: Double, height: Double, gravity: Double,
    cells: Int, end: End = .free, hasInertia: Bool = true
  ) throws(InvalidFlow) {
    try requirePositive("viscosity", viscosity)
    try requirePositive("inflow", inflow)
    try requirePositive("nozzleSpeed", nozzleSpeed)
    try requirePositive("height", height)
    guard gravity.isFinite, gravity >= 0 else {
      throw InvalidFlow("gravity", gravity, expected: "a finite number, 0 or above")
    }
    guard (4...1_000_000).contains(cells) else {
      throw InvalidFlow("cells", Double(cells), expected: "a number from 4 to 1000000")
    }
    (self.viscosity, self.inflow, self.height) = (viscosity, inflow, height)
    speeds = []

    var logarithms = [Double](repeating: log(nozzleSpeed), count: cells + 1)
    if case .speed(let last) = end {
      try requirePositive("speed of the end", last)
      for i in 0...cells {
        let part = Double(i) / Double(cells)
        logarithms[i] = (1 - part) * log(nozzleSpeed) + part * log(last)
      }
    }
    let spacing = height / Double(cells)
    try solve(
      &logarithms, friction: 3 * viscosity / (spacing * spacing),
      inertia: hasInertia ? 0.5 / spacing : 0, gravity: gravity, isFree: end == .free)
    speeds = logarithms.map { exp($0) }

    // a central difference across a layer thinner than two cells oscillates
    let fastest = speeds.max() ?? 0
    if hasInertia, fastest * spacing > 6 * viscosity {
      throw InvalidFlow(
        "cells", Double(cells), expected: "\(Int(fastest * height / (6 * viscosity)) + 1) or more")
    }
  }

  private mutating func solve(
    _ w: inout [Double], friction: Double, inertia: Double, gravity: Double, isFree: Bool
  ) throws(InvalidFlow) {
    let n = w.count - 1
    let unknowns = isFree ? n : n - 1
    var matrix = BandLU()
    var delta = [Double](repeating: 0, count: unknowns)
    var change = Double.infinity
    while change > 1e-13 * Double(n) {
      guard iterations < 200, change.isFinite || iterations == 0 else {
        throw InvalidFlow("change of Newton's last step", change, expected: "rounding")
      }
      iterations += 1
      matrix.reset(size: unknowns, halfBand: 1)
      for row in 0..<unknowns {
        let i = row + 1
        let next = i == n ? w[n - 1] : w[i + 1]
        let speed = exp(w[i])
        let slope = inertia * (next - w[i - 1])
        delta[row] =
          -(friction * (w[i - 1] - 2 * w[i] + next) - speed * slope + gravity / speed)
        matrix[row, row] = -2 * friction - speed * slope - gravity / speed
        if row > 0 {
          matrix[row, row - 1] = i == n ? 2 * friction : friction + speed * inertia
        }
        if row + 1 < unknowns { matrix[row, row + 1] = friction - speed * inertia }
      }
      guard matrix.factor() else {
        throw InvalidFlow("viscosity", viscosity, expected: "a thread with a regular derivative")
      }
      matrix.solve(&delta)
      change = delta.reduce(0) { $1.isNaN ? .infinity : max($0, abs($1)) }
      let part = min(1, 1 / change)
      for row in 0..<unknowns { w[row + 1] += part * delta[row] }
    }
  }
}

extension ViscousThread {
  /// U₁, in m/s.
  public var impactSpeed: Double { speeds[speeds.count - 1] }

  /// D₁ = 2 √(Q/(π U₁)), in m.
  public var impactDiameter: Double { 2 * (inflow / (Double.pi * impactSpeed)).squareRoot() }

  /// Re₁ = U₁ D₁/ν, which decides with height/D₁ whether the thread buckles.
  public var impactReynolds: Double { impactSpeed * impactDiameter / viscosity }

  /// Time from the nozzle to the floor, in s.
  public var fallTime: Double {
    let step = height / Double(speeds.count - 1)
    return zip(speeds, speeds.dropFirst()).reduce(0) { $0 + 2 * step / ($1.0 + $1.1) }
  }

  /// Speed at a distance from the nozzle, linear between the points, in m/s.
  public func speed(at distance: Double) -> Double {
    precondition((0...height).contains(distance), "distance \(distance) is outside the thread")
    let place = distance / height * Double(speeds.count - 1)
    let index = min(Int(place), speeds.count - 2)
    return speeds[index] + (place - Double(index)) * (speeds[index + 1] - speeds[index])
  }
}
