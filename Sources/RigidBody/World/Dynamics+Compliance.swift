// Forces of contacts that give way.
//
// Equation    linear  F = k·δ + c·dδ/dt, never below 0;  Hertz  F = (4/3)·E*·√R·δ^1.5
// Source      Johnson 1985, Contact Mechanics, ch. 4 (Hertz)
// Validity    without friction; Hertz for curved surfaces: 1/R = 1/R_A + 1/R_B, flat faces do not count
// Checked by  EngineComplianceTests: duration and peak force of Hertz, rebound of the spring and dashpot

import Foundation

extension Dynamics {
  /// Normal forces on body a of each compliant pair that pushes, with the points they act on.
  func compliantForces(_ frames: Frames, _ phase: Phase) -> [(
    pair: Int, force: Vector3, point: Vector3, dissipation: Double
  )] {
    var list: [(pair: Int, force: Vector3, point: Vector3, dissipation: Double)] = []
    for (index, pair) in setup.pairs.enumerated() {
      let pushes = phase.pushes[index]
      switch pair.law.compliance {
      case .rigid: continue
      case .hertz: if !pushes { continue }
      case .linear: break
      }
      let points = manifold(index, frames, within: 0.5 * length).points
      for point in points where point.gap < 0 {
        let depth = -point.gap
        let geometry = ContactGeometry(point, a: pair.a, b: pair.b, frames)
        var size = 0.0
        var dissipation = 0.0
        switch pair.law.compliance {
        case .rigid: break
        case .linear(let k, let c):
          // one point stops to push at an event, and trials beyond it stay smooth; corners are cut
          if pushes { size = k * depth - c * geometry.approach }
          if points.count > 1 { size = max(0, size) }
          // a corner without a force relaxes against its dashpot alone
          if pushes { dissipation = (size - k * depth) * -geometry.approach }
        case .hertz(let modulus):
          size = 4.0 / 3 * modulus * relativeRadius(pair).squareRoot() * depth * depth.squareRoot()
        }
        list.append((index, size * point.normal, point.point, dissipation))
      }
    }
    return list
  }

  /// How far a compliant pair is from pushing (above 0) while it does not, or from letting go while it
  /// pushes, in m: the overlap less what the dashpot takes away.
  func pushMargin(_ pair: Int, _ point: ContactPoint, _ frames: Frames, pushes: Bool) -> Double {
    let law = setup.pairs[pair].law
    guard case .linear(let k, let c) = law.compliance, c > 0 else {
      return pushes ? -point.gap : point.gap
    }
    let geometry = ContactGeometry(point, a: setup.pairs[pair].a, b: setup.pairs[pair].b, frames)
    let force = -point.gap - c / k * geometry.approach
    return pushes ? force : max(point.gap, -force)
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

  /// Elastic energy of compliant contacts that push, in J. What a spring still holds when its contact
  /// lets go is lost to the dashpot at once: nothing moves by it any more.
  func compliantEnergy(_ frames: Frames, _ phase: Phase) -> Double {
    var sum = 0.0
    for (index, pair) in setup.pairs.enumerated()
    where pair.law.compliance != .rigid && phase.pushes[index] {
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
