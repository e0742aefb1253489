import RigidBody
import Foundation
func drop(_ drag: SphereDrag, level: Int, h: Double, e: Double, mass: Double = 0.0027) -> [Double] {
  let flight = BallFlight(mass: mass, diameter: 0.04, gravity: Vector3(x: 0, y: 0, z: -9.80665), drag: drag, fluidDensity: 1.2041, viscosity: 1.8134e-5, hasBuoyancy: true, hasAddedMass: true)
  let piece = BallPiece(flight: flight, level: level)
  var s = BallState(gap: h, velocity: .zero)
  let a = piece.fall(s)!
  s = a; s.velocity.z *= -e
  let b = piece.rise(s)!
  let c = piece.fall(b)!
  return [a.time, -a.velocity.z, b.gap, c.time]
}
for drag in [SphereDrag.constant(0.5), .stokes, .morrison, .cliftGauvin] {
  let ref = drop(drag, level: 9, h: 2, e: 0.8)
  for l in 0..<6 {
    let v = drop(drag, level: l, h: 2, e: 0.8)
    print(drag.name, l, zip(v, ref).map { String(format: "%.2e", abs($0 / $1 - 1)) })
  }
}

for drag in [SphereDrag.constant(0.5), .morrison] { for (m, h) in [(0.2617, 1.0), (0.0027, 0.01), (0.0027, 1e-5), (7.0, 1e-3),(0.0027,100)] {
  let ref = drop(drag, level: 8, h: h, e: 0.8, mass: m)
  for l in 0..<5 {
    let v = drop(drag, level: l, h: h, e: 0.8, mass: m)
    print(drag.name, m, h, l, zip(v, ref).map { String(format: "%.2e", abs($0 / $1 - 1)) })
  }
}}
