// Pressure on a flat patch that rests on equal small compliance everywhere.
//
// Equation        p = max(0, α + β·x), x from the centroid of the patch;
//                 N = ∫ p,  Mx = ∫ y p,  My = −∫ x p  (moments of p along +normal)
// Discretisation  unclipped: linear system of second moments. Clipped: Newton with halving on the
//                 moments of the clipped polygon (the gradient of a convex function); a disc by one
//                 root of closed-form segment moments
// Source          Winkler 1867; derivation in methods/rigid.md section 2.6
// Deviation       none
// Validity        N > 0 and the centre of pressure inside the outline, nil otherwise. A clipped disc
//                 comes back as a polygon of 256 sides a circle, areas short by 1e-4
// Checked by      ContactPatchFrictionTests

import Foundation

/// A linear pressure and the part of the patch that carries it.
public struct WinklerPressure: Sendable, Hashable {
  /// Pressure at the centroid of the whole patch, in Pa.
  public var alpha: Double
  /// Gradient in Pa/m.
  public var beta: Planar
  /// The loaded part; the whole outline when no pressure is negative.
  public var loaded: PlanarOutline
  /// Whether part of the outline carries nothing.
  public var isClipped: Bool
}

/// Pressure that belongs to a normal force N (N) and moments about the centroid (N·m), clipped at 0.
///
/// Nil when nothing presses or the centre of pressure is not inside the outline.
public func winklerPressure(
  _ outline: PlanarOutline, force: Double, momentX: Double, momentY: Double
) -> WinklerPressure? {
  let m = outline.moments
  let determinant = m.xx * m.yy - m.xy * m.xy
  guard force > 0, m.area > 0, determinant > 0 else { return nil }

  // without clipping: N = α A and the second moments times β give ∫ x p
  let (px, py) = (-momentY, momentX)
  let alpha = force / m.area
  let beta = Planar(
    x: (m.yy * px - m.xy * py) / determinant, y: (m.xx * py - m.xy * px) / determinant)
  switch outline {
  case .disc(let centre, let radius):
    if alpha >= beta.length * radius {
      return WinklerPressure(alpha: alpha, beta: beta, loaded: outline, isClipped: false)
    }
    return clippedDisc(centre, radius, force, Planar(x: px, y: py))
  case .polygon(let corners):
    if corners.allSatisfy({ alpha + beta.dot($0 - m.centroid) >= -1e-14 * alpha }) {
      return WinklerPressure(alpha: alpha, beta: beta, loaded: outline, isClipped: false)
    }
    return clippedPolygon(corners, m.centroid, force, Planar(x: px, y: py), alpha, beta)
  }
}

/// The part of a convex polygon where α + β·(x − origin) ≥ 0.
private func positivePart(
  _ corners: [Planar], _ origin: Planar, _ alpha: Double, _ beta: Planar
) -> [Planar] {
  let values = corners.map { alpha + beta.dot($0 - origin) }
  var result: [Planar] = []
  for i in corners.indices {
    let next = (i + 1) % corners.count
    if values[i] >= 0 { result.append(corners[i]) }
    if (values[i] > 0 && values[next] < 0) || (values[i] < 0 && values[next] > 0) {
      let fraction = values[i] / (values[i] - values[next])
      result.append(corners[i] + fraction * (corners[next] - corners[i]))
    }
  }
  return result
}

private func clippedPolygon(
  _ corners: [Planar], _ origin: Planar, _ force: Double, _ first: Planar, _ startAlpha: Double,
  _ startBeta: Planar
) -> WinklerPressure? {
  // lengths in units of the reach, pressures in units of N/reach²: all numbers are of order 1
  let reach = PlanarOutline.polygon(corners).reach(from: origin)
  let scaled = corners.map { (1 / reach) * ($0 - origin) }
  let target = [1, first.x / (force * reach), first.y / (force * reach)]
  let unit = force / (reach * reach)
  var u = [startAlpha / unit, startBeta.x * reach / unit, startBeta.y * reach / unit]

  func system(_ u: [Double]) -> (residual: [Double], matrix: SymmetricTensor, worst: Double) {
    let loaded = positivePart(scaled, .zero, u[0], Planar(x: u[1], y: u[2]))
    let m = PlanarOutline.polygon(loaded).moments
    let (sx, sy) = (m.area * m.centroid.x, m.area * m.centroid.y)
    let matrix = SymmetricTensor(
      xx: m.area, yy: m.xx + sx * m.centroid.x, zz: m.yy + sy * m.centroid.y, xy: sx, xz: sy,
      yz: m.xy + sx * m.centroid.y)
    let product = matrix.times(Vector3(x: u[0], y: u[1], z: u[2]))
    let residual = [product.x - target[0], product.y - target[1], product.z - target[2]]
    return (residual, matrix, residual.reduce(0) { max($0, abs($1)) })
  }

  // ½∫p₊² − target·u is convex: Newton's direction with halving finds its minimum
  func objective(_ u: [Double]) -> Double {
    let (residual, _, _) = system(u)
    var value = 0.0
    for k in 0..<3 { value += 0.5 * u[k] * (residual[k] + target[k]) - target[k] * u[k] }
    return value
  }
  var best = system(u)
  for _ in 0..<100 {
    if best.worst < 1e-14 { break }
    guard let step = best.matrix.solve(best.residual) else { return nil }
    let slope = zip(step, best.residual).reduce(0) { $0 + $1.0 * $1.1 }
    var length = 1.0
    let start = objective(u)
    var next = u
    for _ in 0..<40 {
      next = zip(u, step).map { $0 - length * $1 }
      let trial = system(next)
      if objective(next) <= start - 1e-4 * length * slope || trial.worst < 0.5 * best.worst {
        break
      }
      length *= 0.5
    }
    u = next
    best = system(u)
  }
  guard best.worst < 1e-9 else { return nil }
  let (alpha, beta) = (u[0] * unit, (unit / reach) * Planar(x: u[1], y: u[2]))
  return WinklerPressure(
    alpha: alpha, beta: beta, loaded: .polygon(positivePart(corners, origin, alpha, beta)),
    isClipped: true)
}

/// Segment of a unit disc right of x = c with p = x − c: force and first moment.
private func segment(_ c: Double) -> (force: Double, moment: Double) {
  let s = max(0, 1 - c * c).squareRoot()
  // ∫√, ∫x√, ∫x²√ from c to 1, doubled
  let m0 = acos(c) - c * s
  let m1 = 2.0 / 3 * s * s * s
  let m2 = 0.25 * acos(c) - 0.25 * c * s * (2 * c * c - 1)
  return (m1 - c * m0, m2 - c * m1)
}

private func clippedDisc(
  _ centre: Planar, _ radius: Double, _ force: Double, _ first: Planar
) -> WinklerPressure? {
  let eccentricity = first.length / (force * radius)
  guard eccentricity < 1 else { return nil }
  let direction = (1 / first.length) * first

  // moment/force grows with c from 1/4 at c = −1 to 1 at c = 1: bisection to rounding
  var (low, high) = (-1.0, 1 - 1e-9)
  for _ in 0..<80 {
    let c = 0.5 * (low + high)
    let (f, m) = segment(c)
    if m < eccentricity * f { low = c } else { high = c }
  }
  let c = 0.5 * (low + high)
  let slope = force / (segment(c).force * radius * radius * radius)
  let (alpha, beta) = (-slope * c * radius, slope * direction)
  let count = 256
  let circle = (0..<count).map { i -> Planar in
    let angle = 2 * Double.pi * Double(i) / Double(count)
    return centre + radius * Planar(x: cos(angle), y: sin(angle))
  }
  return WinklerPressure(
    alpha: alpha, beta: beta, loaded: .polygon(positivePart(circle, centre, alpha, beta)),
    isClipped: true)
}

extension SymmetricTensor {
  /// Solution of T x = b by cofactors, nil when the determinant vanishes.
  func solve(_ b: [Double]) -> [Double]? {
    let (a, c, e) = (
      yy * zz - yz * yz, xz * yz - xy * zz, xy * yz - xz * yy
    )
    let determinant = xx * a + xy * c + xz * e
    guard determinant > 1e-300 else { return nil }
    let (f, g, h) = (xx * zz - xz * xz, xy * xz - xx * yz, xx * yy - xy * xy)
    return [
      (a * b[0] + c * b[1] + e * b[2]) / determinant,
      (c * b[0] + f * b[1] + g * b[2]) / determinant,
      (e * b[0] + g * b[1] + h * b[2]) / determinant,
    ]
  }
}
