// A pendulum that swings from rest at any angle.
//
// Equation        a'' = -w^2 sin a, a(0) = A: sin(a/2) = k sn(K - w t, k), k = sin(A/2),
//                 K = pi / (2 agm(1, cos(A/2))), period 4 K / w; sn by descending Landen steps
// Source          Abramowitz & Stegun 1964, 16.4 and 17.6
// Validity        0 < A < pi

import Foundation

/// Exact swing of a plane pendulum.
public struct PendulumSwing: Sendable {
  /// sqrt(m g L / I), in rad/s.
  public let frequency: Double
  /// Largest angle from the lowest position, in rad.
  public let amplitude: Double

  /// Frequency of small swings in rad/s, amplitude in rad, between 0 and pi.
  public init(frequency: Double, amplitude: Double) {
    (self.frequency, self.amplitude) = (frequency, amplitude)
  }

  /// In s.
  public var period: Double { 4 * quarter / frequency }

  private var quarter: Double { 0.5 * Double.pi / means.a[means.a.count - 1] }

  /// Arithmetic means a_n and half differences c_n.
  private var means: (a: [Double], c: [Double]) {
    var (a, b, c) = ([1.0], cos(0.5 * amplitude), [sin(0.5 * amplitude)])
    while abs(c[c.count - 1]) > 1e-16, a.count < 30 {
      let last = a[a.count - 1]
      c.append(0.5 * (last - b))
      a.append(0.5 * (last + b))
      b = (last * b).squareRoot()
    }
    return (a, c)
  }

  /// Angle in rad, `time` s after the start.
  public func angle(at time: Double) -> Double {
    let (a, c) = means
    let n = a.count - 1
    var phase = exp2(Double(n)) * a[n] * (quarter - frequency * time)
    for i in stride(from: n, through: 1, by: -1) {
      phase = 0.5 * (phase + asin(c[i] / a[i] * sin(phase)))
    }
    return 2 * asin(sin(0.5 * amplitude) * sin(phase))
  }
}
