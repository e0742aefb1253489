// Steady coiling of a viscous rope as nineteen first-order equations along the rope.
//
// Equation        in the frame that turns with the coil, rope at rest in it, s from the nozzle:
//                 x' = t,  t' = k,  (ln U)' = N·t/(3μA),  A U = Q
//                 ω = Ω e_z + U t×k + w t (angular velocity of a section),
//                 (ω')_⊥ = M_⊥/(3μI),  ω'·t = w' = M·t/(2μI),  I = A²/4π
//                 k'_⊥ = −t×[(ω')_⊥/U − (ln U)' t×k − w k/U],  k'·t = −|k|²
//                 N' = ρA (a + g e_z) (z up),  M' = −t×N,  Ω' = 0,  ℓ' = 0 (length, unknown)
//                 A a = Q [(U t)' + 2Ω e_z×t + (Ω²/U) e_z×(e_z×x)]
//                 nozzle  x = 0, t = −e_z, k = 0, w = Ω, U = U₀: it holds the rope and does not turn
//                 plate   z = −H, y = 0, t = −e_y, U = Ω x, k = −e_x/x, w = 0: laid at rest on a
//                         circle of radius R = x(ℓ)
// Discretisation  none here; units H, U₀, N in 3μA₀U₀/(Hβ), M in that times H, β = 4H²/a₀²
// Source          Ribe 2004, Proc. R. Soc. A 460, 3223 in outline; derived here from the balances
// Deviation       vectors instead of Euler parameters: |t| = 1 and t·k = 0 are kept by the equations.
//                 No rotary inertia. The bending moment is that of the turning of sections: stretching of a
//                 bent rope adds 3μI k U' times a factor of order 1, which is left out; it is of
//                 second order in a k
// Validity        a₀ ≪ H, no surface tension, no air, the coil below is rigid and one layer high
// Checked by      BendingThreadTests

import Foundation

/// The equations in the scaled length σ = s/ℓ, 0 to 1.
struct CoilEquations {
  /// 4 (H/a₀)²: force over bending.
  var slenderness: Double
  /// g H²/(3ν U₀): weight over stretching.
  var weight: Double

  /// U₀ H/(3ν): inertia over stretching; 0 for a rope without mass that still has weight.
  var inertia = 0.0

  /// Unknowns of a point: x, t, k (three each), w, N, M (three each), ln U, Ω, ℓ.
  static let size = 19
  static let spin = 9
  static let force = 10
  static let moment = 13
  static let speed = 16
  static let frequency = 17
  static let length = 18

  /// Conditions at the nozzle.
  static let above = 11

  private typealias Vector = SIMD3<Double>

  private static func cross(_ a: Vector, _ b: Vector) -> Vector {
    Vector(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
  }

  private static func dot(_ a: Vector, _ b: Vector) -> Double { a.x * b.x + a.y * b.y + a.z * b.z }

  private static func vector(_ y: UnsafePointer<Double>, _ start: Int) -> Vector {
    Vector(y[start], y[start + 1], y[start + 2])
  }

  /// dy/dσ.
  func rate(_ y: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>) {
    let (t, k) = (Self.vector(y, 3), Self.vector(y, 6))
    let (force, moment) = (Self.vector(y, Self.force), Self.vector(y, Self.moment))
    let spin = y[Self.spin]
    let speed = exp(y[Self.speed])
    let length = y[Self.length]

    let stretch = Self.dot(force, t) / slenderness
    let twist = Self.dot(moment, t)
    let bending = moment - twist * t
    let change = speed * bending - stretch * Self.cross(t, k) - spin / speed * k
    let curvature = -Self.cross(t, change) - Self.dot(k, k) * t
    let turn = -Self.cross(t, force)
    let pull = slenderness * (inertia * acceleration(y, stretch) + Vector(0, 0, weight / speed))
    for axis in 0..<3 {
      result[axis] = length * t[axis]
      result[3 + axis] = length * k[axis]
      result[6 + axis] = length * curvature[axis]
      result[Self.force + axis] = length * pull[axis]
      result[Self.moment + axis] = length * turn[axis]
    }
    result[Self.spin] = length * 1.5 * twist * speed * speed
    result[Self.speed] = length * stretch
    result[Self.frequency] = 0
    result[Self.length] = 0
  }

  /// Acceleration times the section, in units of U₀² A₀/H.
  private func acceleration(_ y: UnsafePointer<Double>, _ stretch: Double) -> Vector {
    let (t, k) = (Self.vector(y, 3), Self.vector(y, 6))
    let speed = exp(y[Self.speed])
    let turn = y[Self.frequency]
    let along = speed * (stretch * t + k)
    let coriolis = 2 * turn * Vector(-t.y, t.x, 0)
    let centripetal = turn * turn / speed * Vector(-y[0], -y[1], 0)
    return along + coriolis + centripetal
  }

  /// Residuals of the eleven conditions at the nozzle.
  func nozzle(_ y: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>) {
    for index in 0..<9 { result[index] = y[index] }
    result[5] += 1
    result[9] = y[Self.spin] - y[Self.frequency]
    result[10] = y[Self.speed]
  }

  /// Residuals of the eight conditions on the plate.
  func plate(_ y: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>) {
    result[0] = y[1]
    result[1] = y[2] + 1
    result[2] = y[3]
    result[3] = y[5]
    result[4] = y[Self.frequency] * y[0] - exp(y[Self.speed])
    result[5] = y[6] * y[0] + 1
    result[6] = y[8]
    result[7] = y[Self.spin]
  }

  /// Dissipation a length: 3μA U'² + M·ω', in units of 3μA₀U₀²/(H²β).
  func dissipation(_ y: UnsafePointer<Double>) -> Double {
    let t = Self.vector(y, 3)
    let (force, moment) = (Self.vector(y, Self.force), Self.vector(y, Self.moment))
    let speed = exp(y[Self.speed])
    let tension = Self.dot(force, t)
    let twist = Self.dot(moment, t)
    let bending = moment - twist * t
    return tension * tension * speed / slenderness
      + speed * speed * (Self.dot(bending, bending) + 1.5 * twist * twist)
  }

  /// Tension at a point.
  func tension(_ y: UnsafePointer<Double>) -> Double {
    Self.dot(Self.vector(y, Self.force), Self.vector(y, 3))
  }
}
