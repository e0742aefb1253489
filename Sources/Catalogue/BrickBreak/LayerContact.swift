// A rigid ball on an elastic layer that lies on a rigid, smooth base.
//
// Equation    δ = x − a₀·F/(π·E*·D) + p₀/(2ε), F = 4/3·E*·√R·x^1.5, p₀ = (2/π)·E*·√(x/R);
//             a₀ = ∫(1 − L)du, L = (cosh 2u − 1)/(sinh 2u + 2u); duration 2∫dδ/√(v² − 2W/m)
// Source      Hertz: Johnson 1985, Contact Mechanics, 4.2; kernel L of the layer: 5.8 there, from memory;
//             the third term is that of a thin bed of springs of stiffness ε on the surface, by the
//             energy ∫p²/(2ε)dA of Hertz's pressure
// Deviation   the relief of the base is that of its value in the middle; its curvature adds 0.2·(a/D)³ to
//             the force, 0.3 % here
// Validity    a layer that is wide beside its depth; a ball that is slow beside waves
// Checked by  BK13: a₀ against 1.168, the duration on a half-space against 2.94·δ/v

import Foundation

struct LayerContact {
  /// E* of the layer, in Pa; radius of the ball and depth of the layer, in m.
  let modulus, radius, depth: Double
  /// Of the bed on the surface, in Pa/m.
  let bed: Double

  /// a₀.
  static let relief: Double = {
    let step = 1e-3
    return (0..<20_000).reduce(0) { sum, index in
      let u = step * (Double(index) + 0.5)
      return sum + step * (1 - (cosh(2 * u) - 1) / (sinh(2 * u) + 2 * u))
    }
  }()

  /// Force (N) at the approach `x` (m) of Hertz's half-space.
  private func hertz(_ x: Double) -> Double {
    4.0 / 3 * modulus * (radius * x * x * x).squareRoot()
  }

  /// Approach of ball and base (m) at which Hertz's is `x`.
  private func approach(_ x: Double) -> Double {
    let base: Double = Self.relief * hertz(x) / (Double.pi * modulus * depth)
    let squeeze: Double = modulus * (x / radius).squareRoot() / (Double.pi * bed)
    return x - base + squeeze
  }

  /// Largest force (N), its approach (m), and duration (s) of an impact of `mass` (kg) at `speed` (m/s).
  func impact(mass: Double, speed: Double) -> (force: Double, approach: Double, duration: Double) {
    let energy = 0.5 * mass * speed * speed
    // a bound of x: Hertz alone, and more for the softer bed
    let alone: Double = pow(1.875 * energy / (modulus * radius.squareRoot()), 0.4)
    let limit: Double = 1.5 * alone
    let steps = 20_000
    var (work, last) = (0.0, (force: 0.0, way: 0.0))
    var path = [(work: 0.0, way: 0.0)]
    var peak = last
    for index in 1...steps {
      let x = limit * Double(index) / Double(steps)
      let next = (force: hertz(x), way: approach(x))
      let more = work + 0.5 * (next.force + last.force) * (next.way - last.way)
      if more >= energy {
        let part = (energy - work) / (more - work)
        peak = (
          last.force + part * (next.force - last.force), last.way + part * (next.way - last.way)
        )
        break
      }
      (work, last) = (more, next)
      path.append((work, next.way))
    }
    // 2∫dδ/v; the rest before the turn falls with constant force: √(2·way·m/F) each way
    var duration = 0.0
    func pace(_ work: Double) -> Double { (2 * max(energy - work, 0) / mass).squareRoot() }
    for index in 1..<path.count {
      let (a, b) = (path[index - 1], path[index])
      duration += 2 * (b.way - a.way) * 2 / (pace(a.work) + pace(b.work))
    }
    duration += 2 * (2 * (peak.way - last.way) * mass / peak.force).squareRoot()
    return (peak.force, peak.way, duration)
  }
}
