// Error against level for each drag law, with the observed order.

import Foundation
import RigidBody

struct RefinementTable {
  private func outcomes(_ drag: SphereDrag, _ level: Int) -> [Double] {
    let flight = BallFlight(
      mass: 0.0027, diameter: 0.04, gravity: Vector3(x: 0, y: 0, z: -9.80665), drag: drag,
      fluidDensity: 1.2041, viscosity: 1.8134e-5, hasBuoyancy: true, hasAddedMass: true)
    let piece = BallPiece(flight: flight, level: level)
    guard let landing = piece.fall(BallState(gap: 2, velocity: .zero)) else { return [] }
    var start = landing
    start.velocity.z *= -0.8
    guard let apex = piece.rise(start), let second = piece.fall(apex) else { return [] }
    return [landing.time, -landing.velocity.z, apex.gap, second.time]
  }

  func print() {
    Swift.print(
      "40 mm, 2.7 g ball from 2 m in air, e = 0.8; relative difference to level 9, order below it\n"
    )
    Swift.print(
      "drag law           level  fall time      impact speed   rebound height  second impact")
    for drag in [SphereDrag.constant(0.5), .stokes, .schillerNaumann, .cliftGauvin, .morrison] {
      let reference = outcomes(drag, 9)
      var last: [Double] = []
      for level in 0..<6 {
        let errors = zip(outcomes(drag, level), reference).map { abs($0 / $1 - 1) }
        let cells = errors.indices.map { index -> String in
          let order =
            last.isEmpty || errors[index] < 1e-14
            ? "     " : String(format: "(%.2f)", log2(last[index] / errors[index]))
          return String(format: "%.1e ", errors[index]) + order
        }
        let name = drag.name.padding(toLength: 17, withPad: " ", startingAt: 0)
        Swift.print(name, String(format: "%5d ", level), cells.joined(separator: "  "))
        last = errors
      }
    }
  }
}
