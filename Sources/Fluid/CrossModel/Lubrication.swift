// A shallow viscous pool that spreads on a level plate under its weight.
//
// Equation        h_t = (g/3ν) (1/r) (r h³ h_r)_r, with a volume at the start, a constant inflow Q
//                 at r = 0, or both
// Discretisation  rings of equal width; the flux through a face is −(g/12ν) 2πr Δ(h⁴)/Δr, which is
//                 conservative and needs no mean of h³; time by Alexander's two-stage implicit
//                 Runge–Kutta method (L-stable, order 2), Newton with a tridiagonal factor.
//                 Order 2 away from the front; the radius of the front converges with order 1 or
//                 better, for h ~ (r_N − r)^(1/3) there
// Source          equation: Huppert 1982, J. Fluid Mech. 121, 43; time: Alexander 1977, SIAM J.
//                 Numer. Anal. 14, 1006
// Deviation       none
// Validity        Re ≪ 1 and h ≪ r (against a Stokes solver the power of a mound is 6 % lower at
//                 h₀/r_N = 0.05 and 15 % at 0.1); no surface tension, dry plate, no slip
// Checked by      LubricationTests: Huppert's similarity solutions, volume, order

import Foundation
import LinearAlgebra

/// Height of an axisymmetric pool over its radius, and its time.
public struct Lubrication: Sendable {
  /// In m/s².
  public let gravity: Double
  /// Kinematic, in m²/s.
  public let viscosity: Double
  /// Radius of the plate, in m; the pool must not reach it.
  public let radius: Double
  /// Inflow at the centre, in m³/s, 0 or more.
  public let inflow: Double
  /// Mean height in each ring, from the centre, in m.
  public private(set) var heights: [Double]
  /// In s.
  public private(set) var time = 0.0
  /// Newton steps so far.
  public private(set) var iterations = 0

  /// A dry plate.
  /// - Throws: `InvalidFlow` for a gravity, viscosity or radius that is not above 0, a negative
  ///   inflow, or cells outside 8…100,000.
  public init(
    gravity: Double, viscosity: Double, radius: Double, cells: Int, inflow: Double = 0
  ) throws(InvalidFlow) {
    try requirePositive("gravity", gravity)
    try requirePositive("viscosity", viscosity)
    try requirePositive("radius", radius)
    guard inflow.isFinite, inflow >= 0 else {
      throw InvalidFlow("inflow", inflow, expected: "a finite number, 0 or above")
    }
    guard (8...100_000).contains(cells) else {
      throw InvalidFlow("cells", Double(cells), expected: "a number from 8 to 100000")
    }
    (self.gravity, self.viscosity, self.radius) = (gravity, viscosity, radius)
    self.inflow = inflow
    heights = [Double](repeating: 0, count: cells)
  }

  /// Width of a ring, in m.
  public var spacing: Double { radius / Double(heights.count) }

  /// Puts a pool on the plate, at time zero; `height` of a radius is in m.
  /// - Throws: `InvalidFlow` if a height is negative or not finite.
  public mutating func start(_ height: (Double) -> Double) throws(InvalidFlow) {
    // the mean over a ring in r², by 16 midpoints: a cliff or a front needs no more
    let count = 16
    for i in heights.indices {
      let (inside, outside) = (Double(i * i), Double((i + 1) * (i + 1)))
      var sum = 0.0
      for k in 0..<count {
        let square = inside + (outside - inside) * (Double(k) + 0.5) / Double(count)
        sum += height(spacing * square.squareRoot())
      }
      heights[i] = sum / Double(count)
      guard heights[i].isFinite, heights[i] >= 0 else {
        throw InvalidFlow("height", heights[i], expected: "a finite number, 0 or above")
      }
    }
    time = 0
  }

  /// Goes forward by `duration` in `count` steps that end at duration·(k/count)^`grading`. A pool
  /// spreads as a power of time: a grading of 8 (a volume from rest) or 2 (an inflow) moves the front
  /// evenly; 1 is for equal steps.
  /// - Throws: `InvalidFlow` if the pool reaches the edge or Newton's method does not end.
  public mutating func advance(
    by duration: Double, steps count: Int, grading: Double = 1
  ) throws(InvalidFlow) {
    try requirePositive("duration", duration)
    try requirePositive("grading", grading)
    guard count > 0 else { throw InvalidFlow("steps", Double(count), expected: "1 or more") }
    let start = time
    var matrix = BandLU()
    for k in 1...count {
      let end = start + duration * pow(Double(k) / Double(count), grading)
      try move(end - time, &matrix)
      time = end
      let edge = heights[heights.count - 1]
      guard edge <= 1e-9 * (heights.max() ?? 0) else {
        throw InvalidFlow("radius", radius, expected: "a plate that the pool does not reach")
      }
    }
  }

  // two stages with the same diagonal; the last one is the end of the step
  private mutating func move(_ step: Double, _ matrix: inout BandLU) throws(InvalidFlow) {
    let diagonal = 1 - 0.5.squareRoot()
    let before = heights
    try solve(before, diagonal * step, &matrix)
    let rate = growth(heights)
    var right = before
    for i in right.indices { right[i] += (1 - diagonal) * step * rate[i] }
    try solve(right, diagonal * step, &matrix)
  }

  /// (g/12ν)·2πr/Δr at the face inside a ring: times a difference of h⁴ it is a volume a second.
  private func conductance(_ face: Int) -> Double {
    gravity / (12 * viscosity) * 2 * Double.pi * Double(face)
  }

  private func area(_ ring: Int) -> Double {
    Double.pi * spacing * spacing * Double(2 * ring + 1)
  }

  // h⁴ with the sign of h, so that a dry cell a rounding below zero is filled
  private func power(_ h: Double) -> Double { abs(h) * h * h * h }

  private func growth(_ h: [Double]) -> [Double] {
    var rate = [Double](repeating: 0, count: h.count)
    rate[0] = inflow / area(0)
    for face in 1..<h.count {
      let flow = conductance(face) * (power(h[face - 1]) - power(h[face]))
      rate[face - 1] -= flow / area(face - 1)
      rate[face] += flow / area(face)
    }
    return rate
  }

  // h − s·growth(h) = right, from the present heights
  private mutating func solve(
    _ right: [Double], _ step: Double, _ matrix: inout BandLU
  ) throws(InvalidFlow) {
    let n = heights.count
    var change = Double.infinity
    for _ in 0..<200 {
      iterations += 1
      let rate = growth(heights)
      matrix.reset(size: n, halfBand: 1)
      for i in 0..<n { matrix[i, i] = 1 }
      for face in 1..<n {
        let (inner, outer) = (face - 1, face)
        let push = 4 * step * conductance(face)
        let (a, b) = (abs(heights[inner]), abs(heights[outer]))
        let (slopeIn, slopeOut) = (push * a * a * a, push * b * b * b)
        matrix[inner, inner] += slopeIn / area(inner)
        matrix[inner, outer] -= slopeOut / area(inner)
        matrix[outer, outer] += slopeOut / area(outer)
        matrix[outer, inner] -= slopeIn / area(outer)
      }
      var delta = [Double](repeating: 0, count: n)
      for i in 0..<n { delta[i] = right[i] + step * rate[i] - heights[i] }
      guard matrix.factor() else { break }
      matrix.solve(&delta)
      var largest = 0.0
      change = 0
      for i in 0..<n {
        heights[i] += delta[i]
        largest = max(largest, abs(heights[i]))
        change = max(change, abs(delta[i]))
      }
      if change <= 1e-13 * largest { return }
      guard change.isFinite else { break }
    }
    throw InvalidFlow("change of Newton's last step", change, expected: "1e-13 of the height")
  }
}

extension Lubrication {
  /// In m³.
  public var volume: Double { heights.indices.reduce(0) { $0 + area($1) * heights[$1] } }

  /// Height at the centre, in m: the parabola through the first two rings.
  public var apex: Double {
    // means over rings of a − b r²: a − b Δr²/2 and a − 5b Δr²/2
    (5 * heights[0] - heights[1]) / 4
  }

  /// Root of the mean of r² over the volume, in m. For a similar profile of constant volume the front
  /// is √(7/3) times as far.
  public var rootMeanSquareRadius: Double {
    var (sum, volume) = (0.0, 0.0)
    for i in heights.indices {
      let part = area(i) * heights[i]
      sum += part * spacing * spacing * (Double(i * i + i) + 0.5)
      volume += part
    }
    return volume > 0 ? (sum / volume).squareRoot() : 0
  }

  /// Radius of the front, in m; 0 on a pool of fewer than eight rings. Near the front h³ is linear in
  /// r², and exactly so for a similar profile of constant volume: the line through the third and the
  /// sixth ring behind the outermost wet one.
  public var frontRadius: Double {
    let scale = volume / (Double.pi * radius * radius)
    guard let last = heights.lastIndex(where: { $0 > 1e-3 * scale }), last >= 8 else { return 0 }
    let cube = { (ring: Int) in heights[ring] * heights[ring] * heights[ring] }
    let square = { (ring: Int) in (Double(ring) + 0.5) * (Double(ring) + 0.5) }
    let (outer, inner) = (last - 3, last - 6)
    let slope = (cube(outer) - cube(inner)) / (square(outer) - square(inner))
    guard slope < 0 else { return spacing * Double(last + 1) }
    return spacing * (square(outer) - cube(outer) / slope).squareRoot()
  }

  /// Radius at which the pool is `height` (m) deep, linear between the rings' middles; nil if it is
  /// nowhere so deep.
  public func radius(atHeight height: Double) -> Double? {
    guard let ring = heights.lastIndex(where: { $0 >= height }), ring + 1 < heights.count else {
      return nil
    }
    let part = (heights[ring] - height) / (heights[ring] - heights[ring + 1])
    return spacing * (Double(ring) + 0.5 + part)
  }
}
