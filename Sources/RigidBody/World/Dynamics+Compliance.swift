// Forces of contacts that give way.
//
// Equation    linear  F = k·δ + c·dδ/dt, never below 0;  Hertz  F = (4/3)·E*·√R·δ^1.5
// Source      Johnson 1985, Contact Mechanics, ch. 4 (Hertz)
// Validity    without friction; Hertz for curved surfaces: 1/R = 1/R_A + 1/R_B, flat faces do not count
// Checked by  EngineImpactTests: duration and peak force of Hertz, rebound of the spring and dashpot

import Foundation

extension Dynamics {
  /// Normal forces on body a of each compliant pair that pushes, with the points they act on.
  func compliantForces(_ frames: Frames, _ phase: Phase) -> [(
    pair: Int, force: Vector3, point: Vector3, dissipation: Double
  )] {
    var list: [(pair: Int, force: Vector3, point: Vector3, dissipation: Double)] = []
    for (index, pair) in setup.pairs.enumerated() where phase.pushes[index] {
      guard pair.law.compliance != .rigid else { continue }
      for point in manifold(index, frames, within: 0.5 * length).points where point.gap < 0 {
        let depth = -point.gap
        let geometry = ContactGeometry(point, a: pair.a, b: pair.b, frames)
        var size = 0.0
        var dissipation = 0.0
        switch pair.law.compliance {
        case .rigid: break
        case .linear(let k, let c):
          size = max(0, k * depth - c * geometry.approach)
          if size > 0 { dissipation = (size - k * depth) * -geometry.approach }
        case .hertz(let modulus):
          size = 4.0 / 3 * modulus * relativeRadius(pair).squareRoot() * depth * depth.squareRoot()
        }
        list.append((index, size * point.normal, point.point, dissipation))
      }
    }
    return list
  }

  /// 1/R = 1/R_A + 1/R_B; a flat face has no curvature.
  private func relativeRadius(_ pair: ContactPair) -> Double {
    func curvature(_ body: Int) -> Double {
      switch setup.bodies[body].shape {
      case .sphere(let radius), .capsule(let radius, _): 1 / radius
      case .bowl(let radius): -1 / radius
      default: 0
      }
    }
    let sum = curvature(pair.a) + curvature(pair.b)
    return sum > 0 ? 1 / sum : length
  }

  /// Elastic energy of compliant contacts, in J.
  func compliantEnergy(_ frames: Frames, _ phase: Phase) -> Double {
    var sum = 0.0
    for (index, pair) in setup.pairs.enumerated() where phase.pushes[index] {
      for point in manifold(index, frames, within: 0.5 * length).points where point.gap < 0 {
        let depth = -point.gap
        switch pair.law.compliance {
        case .rigid: break
        case .linear(let k, _): sum += 0.5 * k * depth * depth
        case .hertz(let modulus):
          sum +=
            8.0 / 15 * modulus * relativeRadius(pair).squareRoot() * depth * depth
            * depth.squareRoot()
        }
      }
    }
    return sum
  }
}
