// Vertical motion in creeping flow with added mass and the Basset history force.
//
// Equation        w' = g - w/T - b (w0/sqrt t + int w'(s)/sqrt(t - s) ds), down; Laplace transform
//                 W = (w0 + g/q) / ((sqrt q - r1)(sqrt q - r2)), r1, r2 the roots of
//                 y^2 + b sqrt(pi) y + 1/T. With G_n(r) the original of 1/(q^(n/2) (sqrt q - r)):
//                 w = w0 D[r G_1] + g D[G_2], depth = w0 D[G_2] + g D[G_4],
//                 D[f] = (f(r1) - f(r2))/(r1 - r2); G_1(r) = exp(r^2 t) erfc(-r sqrt t) and
//                 G_(n+1) = (G_n - t^((n-1)/2)/Gamma((n+1)/2))/r
// Source          partial fractions of Boussinesq 1885 and Basset 1888; exp(z^2) erfc(z): its series and,
//                 for |z| >= 1, the trapezoidal rule of Chiarella & Reichel 1968, Math. Comp. 22, 137
// Validity        r1 apart from r2: D loses the figures of (r1 - r2)/r1
//
// Independent of our integrator: no mesh, no quadrature of the motion.

import Foundation

/// Exact fall of a sphere whose liquid remembers its motion.
public struct BassetFall: Sendable {
  /// Driving acceleration g downwards, in m/s^2.
  public let pull: Double
  /// T in s.
  public let relaxationTime: Double
  /// b in 1/sqrt s.
  public let memory: Double

  /// From the sphere (diameter m, density kg/m^3), the liquid (kg/m^3, Pa s) and gravity (m/s^2),
  /// with buoyancy and added mass.
  public init(
    diameter: Double, density: Double, fluidDensity: Double, viscosity: Double, gravity: Double
  ) {
    let effective = density + 0.5 * fluidDensity
    pull = (density - fluidDensity) * gravity / effective
    relaxationTime = effective * diameter * diameter / (18 * viscosity)
    // 6 a^2 sqrt(pi rho eta) over the mass: 9/(pi d) sqrt(pi rho eta) over the density
    memory = 9 / (.pi * diameter) * (.pi * fluidDensity * viscosity).squareRoot() / effective
  }

  /// Speed downwards, in m/s, at `time` > 0 after a start with `start` downwards.
  public func speed(start: Double = 0, time: Double) -> Double {
    divided { root in
      root * original(1, root, time) * start + original(2, root, time) * pull
    }
  }

  /// Depth below the start, in m.
  public func depth(start: Double = 0, time: Double) -> Double {
    divided { root in original(2, root, time) * start + original(4, root, time) * pull }
  }

  /// Time to a depth, in s, by bisection to the last bit; the ball must sink there.
  public func time(toDepth depth: Double, start: Double = 0) -> Double {
    var (low, high) = (0.0, relaxationTime)
    while self.depth(start: start, time: high) < depth { (low, high) = (high, 2 * high) }
    while true {
      let middle = 0.5 * (low + high)
      guard low < middle, middle < high else { return middle }
      if self.depth(start: start, time: middle) < depth { low = middle } else { high = middle }
    }
  }

  /// (f(r1) - f(r2))/(r1 - r2), which is real.
  private func divided(_ function: (Complex) -> Complex) -> Double {
    let half = -0.5 * memory * Double.pi.squareRoot()
    let square = half * half - 1 / relaxationTime
    let root = abs(square).squareRoot()
    let apart = square < 0 ? Complex(0, root) : Complex(root, 0)
    let (first, second) = (Complex(half, 0) + apart, Complex(half, 0) - apart)
    return ((function(first) - function(second)) / (apart + apart)).real
  }

  /// G_n at a time.
  private func original(_ n: Int, _ root: Complex, _ time: Double) -> Complex {
    let z = root * -time.squareRoot()
    if z.length < 1 {
      // the tail of the series of G_1: no cancellation
      var sum = Complex(0, 0)
      for k in stride(from: 60, through: 0, by: -1) {
        sum = sum * (root * time.squareRoot()) + Complex(1 / tgamma(0.5 * Double(k + n + 1)), 0)
      }
      return sum * pow(time, 0.5 * Double(n - 1))
    }
    var value = BassetFall.scaledErfc(z)
    for m in 1..<max(n, 2) where m < n {
      let power = pow(time, 0.5 * Double(m - 1)) / tgamma(0.5 * Double(m + 1))
      value = (value - Complex(power, 0)) / root
    }
    return value
  }

  /// exp(z^2) erfc(z) for |z| >= 1 in the right half-plane, to some 1e-15.
  private static func scaledErfc(_ z: Complex) -> Complex {
    let h = 0.5
    let square = z * z
    var sum = Complex(0.5, 0) / square
    for n in 1...13 {
      let node = Double(n) * h * Double(n) * h
      sum = sum + Complex(exp(-node), 0) / (square + Complex(node, 0))
    }
    sum = sum * z * (2 * h / .pi)
    // the pole of the integrand between the axis and pi/h
    guard z.real < .pi / h else { return sum }
    return sum + square.exponential * 2 / (Complex(1, 0) - (z * (2 * .pi / h)).exponential)
  }
}

/// As much of complex arithmetic as this needs.
private struct Complex {
  let real: Double
  let imaginary: Double

  init(_ real: Double, _ imaginary: Double) { (self.real, self.imaginary) = (real, imaginary) }

  var length: Double { hypot(real, imaginary) }
  var exponential: Complex {
    Complex(exp(real) * cos(imaginary), exp(real) * sin(imaginary))
  }

  static func + (a: Complex, b: Complex) -> Complex {
    Complex(a.real + b.real, a.imaginary + b.imaginary)
  }
  static func - (a: Complex, b: Complex) -> Complex {
    Complex(a.real - b.real, a.imaginary - b.imaginary)
  }
  static func * (a: Complex, b: Double) -> Complex { Complex(a.real * b, a.imaginary * b) }
  static func * (a: Complex, b: Complex) -> Complex {
    Complex(
      a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
  }
  static func / (a: Complex, b: Complex) -> Complex {
    let square = b.real * b.real + b.imaginary * b.imaginary
    return Complex(
      (a.real * b.real + a.imaginary * b.imaginary) / square,
      (a.imaginary * b.real - a.real * b.imaginary) / square)
  }
}
