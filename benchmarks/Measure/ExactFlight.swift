// Flights with a closed form, in extended precision.
//
// Equation    vacuum     parabola, gravity (a, 0, -g) in the axes of the floor
//             quadratic  v' = -g (1 + v |v| / vt^2), vertical
//             linear     v' = -g - v / tau, vertical
//             turning    v' = -g - 2 W x v: x = t (S v) + t^2 (D g), angles 2 |W| t
//             central    r'' = -GM / r^2, from rest
// Source      textbook; the degenerate Kepler ellipse; the linear equation of a turning frame,
//             solved here for any axis
// Deviation   64-bit mantissa (x87), so that the rounding of these forms, some 1e-19, is far below
//             the bands that they judge; roots by Newton in a bracket
// Validity    `quadratic`, `linear` and `central` are vertical
// Checked by  the forms of Tests/ClosedForms, which are written apart, in double precision

import Foundation

/// Number of the closed forms.
typealias Exact = Float80

/// Three components in the axes of the floor.
struct ExactVector {
  var x: Exact = 0
  var y: Exact = 0
  var z: Exact = 0

  var squared: Exact { x * x + y * y + z * z }
  static func + (a: Self, b: Self) -> Self { Self(x: a.x + b.x, y: a.y + b.y, z: a.z + b.z) }
  static func - (a: Self, b: Self) -> Self { Self(x: a.x - b.x, y: a.y - b.y, z: a.z - b.z) }
  static func * (a: Exact, b: Self) -> Self { Self(x: a * b.x, y: a * b.y, z: a * b.z) }
  func dot(_ b: Self) -> Exact { x * b.x + y * b.y + z * b.z }
  func cross(_ b: Self) -> Self {
    Self(x: y * b.z - z * b.y, y: z * b.x - x * b.z, z: x * b.y - y * b.x)
  }
}

/// Time, place of the contact point (z is the gap), velocity, spin; SI.
struct ExactState {
  var time: Exact = 0
  var place = ExactVector()
  var velocity = ExactVector()
  var spin = ExactVector()
}

/// A flight between two contacts.
enum ExactFlight {
  case vacuum(along: Exact, down: Exact)
  case quadratic(down: Exact, terminal: Exact)
  case linear(down: Exact, relaxation: Exact)
  case turning(down: Exact, rotation: ExactVector)
  case central(parameter: Exact, radius: Exact)

  /// Acceleration towards the floor at the floor, in m/s^2.
  var pull: Exact {
    switch self {
    case .vacuum(_, let down), .quadratic(let down, _), .linear(let down, _),
      .turning(let down, _):
      down
    case .central(let parameter, let radius): parameter / (radius * radius)
    }
  }

  /// From a state that rises to its apex.
  func apex(_ start: ExactState) -> ExactState {
    let up = start.velocity.z
    switch self {
    case .vacuum(_, let g): return moved(start, by: up / g)
    case .turning:
      return moved(
        start,
        by: root(near: up / pull) { t in
          let end = moved(start, by: t)
          return (-end.velocity.z, pull)
        })
    case .quadratic(let g, let terminal):
      let w = up / terminal
      return vertical(
        start, time: terminal / g * atan(w),
        gap: start.place.z + terminal * terminal / (2 * g) * log1p(w * w), velocity: 0)
    case .linear(let g, let tau):
      let r = up / (g * tau)
      return vertical(
        start, time: tau * log1p(r), gap: start.place.z + g * tau * tau * Series.logDefect(r),
        velocity: 0)
    case .central(let parameter, let radius):
      let q = up * up * radius / (2 * parameter)
      let height = q * radius / (1 - q)
      return vertical(start, time: fromRest(height), gap: height, velocity: 0)
    }
  }

  /// From a state that does not rise to the floor.
  func landing(_ start: ExactState) -> ExactState {
    let (gap, u) = (start.place.z, -start.velocity.z)
    switch self {
    case .vacuum(_, let g):
      return landed(moved(start, by: 2 * gap / ((u * u + 2 * g * gap).squareRoot() + u)))
    case .turning(let g, _):
      let guess = 2 * gap / ((u * u + 2 * g * gap).squareRoot() + u)
      let time = root(near: guess) { t in
        let end = moved(start, by: t)
        return (-end.place.z, -end.velocity.z)
      }
      return landed(moved(start, by: time))
    case .quadratic(let g, let terminal):
      let (w, x) = (u / terminal, g * gap / (terminal * terminal))
      let angle: Exact
      if x < 1 {
        let grown = expm1(2 * x)
        angle = log1p((expm1(x) + grown / ((grown + w * w).squareRoot() + w)) / (1 + w))
      } else {
        angle = x + log((1 + (1 - (1 - w * w) * exp(-2 * x)).squareRoot()) / (1 + w))
      }
      let speed = terminal * (w * w * exp(-2 * x) - expm1(-2 * x)).squareRoot()
      return vertical(start, time: terminal / g * angle, gap: 0, velocity: -speed)
    case .linear(let g, let tau):
      let terminal = g * tau
      let guess = 2 * gap / ((u * u + 2 * g * gap).squareRoot() + u)
      let time = root(near: guess) { t in
        let x = t / tau
        let fallen = terminal * tau * Series.exponentialDefect(x) - u * tau * expm1(-x)
        return (fallen - gap, u * exp(-x) - terminal * expm1(-x))
      }
      let x = time / tau
      return vertical(start, time: time, gap: 0, velocity: terminal * expm1(-x) - u * exp(-x))
    case .central(let parameter, let radius):
      // from rest only: the speed is that of the energy
      let speed = (2 * parameter * gap / (radius * (radius + gap))).squareRoot()
      return vertical(start, time: fromRest(gap), gap: 0, velocity: -speed)
    }
  }

  // MARK: Parts

  private func vertical(
    _ start: ExactState, time: Exact, gap: Exact, velocity: Exact
  ) -> ExactState {
    var end = start
    end.time += time
    end.place.z = gap
    end.velocity.z = velocity
    return end
  }

  private func landed(_ state: ExactState) -> ExactState {
    var end = state
    end.place.z = 0
    return end
  }

  /// After `t` seconds of a parabola or of a flight in a turning frame.
  private func moved(_ start: ExactState, by t: Exact) -> ExactState {
    var end = start
    end.time += t
    switch self {
    case .vacuum(let along, let down):
      let g = ExactVector(x: along, z: -down)
      end.place = start.place + t * start.velocity + (0.5 * t * t) * g
      end.velocity = start.velocity + t * g
    case .turning(let down, let rotation):
      let rate = 2 * rotation.squared.squareRoot()
      let axis = (2 / rate) * rotation
      let a = rate * t
      let (v, g) = (start.velocity, ExactVector(z: -down))
      let (vAlong, gAlong) = (axis.dot(v) * axis, axis.dot(g) * axis)
      let (vAcross, gAcross) = (v - vAlong, g - gAlong)
      let (vTurned, gTurned) = (axis.cross(v), axis.cross(g))
      let (sine, haver) = (Series.sine(a), Series.haver(a))
      let (defect, half) = (Series.sineDefect(a), Series.haverOverSquare(a))
      let reach = vAlong + sine * vAcross - haver * vTurned
      let drop = 0.5 * gAlong + half * gAcross - defect * gTurned
      end.place = start.place + t * reach + (t * t) * drop
      let (c, s) = (cos(a), sin(a))
      end.velocity =
        vAlong + c * vAcross - s * vTurned
        + t * (gAlong + sine * gAcross - haver * gTurned)
    default: preconditionFailure("vertical flights do not move by time")
    }
    return end
  }

  private func fromRest(_ altitude: Exact) -> Exact {
    guard case .central(let parameter, let radius) = self else { return .nan }
    let start = radius + altitude
    let fallen = altitude / start
    return (start * start * start / (2 * parameter)).squareRoot()
      * (asin(fallen.squareRoot()) + (fallen * (radius / start)).squareRoot())
  }

  /// Zero of a function that is negative at 0 and grows through it; `f` gives value and slope.
  private func root(near guess: Exact, _ f: (Exact) -> (Exact, Exact)) -> Exact {
    var (low, high) = (Exact(0), guess)
    while f(high).0 < 0 { (low, high) = (high, 2 * high) }
    var x = guess
    for _ in 0..<200 {
      let (value, slope) = f(x)
      if value < 0 { low = x } else { high = x }
      var next = x - value / slope
      if !(low <= next && next <= high) { next = 0.5 * (low + high) }
      if abs(next - x) <= 2 * x.ulp { return next }
      x = next
    }
    return x
  }
}

/// Functions that cancel near 0, as series there.
private enum Series {
  /// r - ln(1 + r).
  static func logDefect(_ r: Exact) -> Exact {
    guard abs(r) < 0.05 else { return r - log1p(r) }
    var sum: Exact = 0
    for n in stride(from: 24, through: 2, by: -1) { sum = (1 / Exact(n) - sum) * r }
    return sum * r
  }

  /// x - 1 + exp(-x).
  static func exponentialDefect(_ x: Exact) -> Exact {
    guard abs(x) < 1 else { return x + expm1(-x) }
    var sum: Exact = 0
    for n in stride(from: 26, through: 3, by: -1) { sum = -(1 + sum) * x / Exact(n) }
    return 0.5 * x * x * (1 + sum)
  }

  /// sin(a) / a.
  static func sine(_ a: Exact) -> Exact { a == 0 ? 1 : sin(a) / a }

  /// (1 - cos a) / a.
  static func haver(_ a: Exact) -> Exact { a * haverOverSquare(a) }

  /// (1 - cos a) / a^2.
  static func haverOverSquare(_ a: Exact) -> Exact {
    let s = sine(0.5 * a)
    return 0.5 * s * s
  }

  /// (a - sin a) / a^2.
  static func sineDefect(_ a: Exact) -> Exact {
    guard abs(a) < 1 else { return (a - sin(a)) / (a * a) }
    var sum: Exact = 0
    for n in stride(from: 26, through: 4, by: -2) {
      sum = -(1 + sum) * a * a / Exact(n * (n + 1))
    }
    return a / 6 * (1 + sum)
  }
}
