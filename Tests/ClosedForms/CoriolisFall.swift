// Fall in a uniformly rotating frame with uniform gravity.
//
// Equation        x'' = g - 2 W x x';  x east, y north, z up, W = W (0, cos L, sin L)
//                 along W: uniform acceleration; across W, with a = 2 W t: east
//                 g cos L (a - sin a) / (4 W^2), towards -e2: g cos L (1 - cos a) / (4 W^2)
// Source          the linear equation solved here; east to lowest order W g t^3 cos L / 3,
//                 Gauss 1803
// Validity        vacuum; g is the measured one, which contains the centrifugal term

import Foundation

/// Exact motion of a body that falls in a rotating frame.
public struct CoriolisFall: Sendable {
  /// Acceleration along -z, in m/s^2, above 0.
  public let gravity: Double
  /// Rate of rotation, in rad/s, not 0.
  public let rotation: Double
  /// Latitude, in rad, positive in the north.
  public let latitude: Double

  /// Gravity in m/s^2, rotation in rad/s, latitude in rad.
  public init(gravity: Double, rotation: Double, latitude: Double) {
    self.gravity = gravity
    self.rotation = rotation
    self.latitude = latitude
  }

  /// Displacement in m, `time` s after a start with velocity (m/s, east, north, up).
  public func displacement(
    velocity: (east: Double, north: Double, up: Double) = (0, 0, 0), time t: Double
  ) -> (east: Double, north: Double, up: Double) {
    let (c, s) = (cos(latitude), sin(latitude))
    let twice = 2 * rotation
    let angle = twice * t

    // components along the axis b = (0, c, s), and along e2 = (0, -s, c), b x e2 = east
    let along = c * velocity.north + s * velocity.up
    let second = -s * velocity.north + c * velocity.up
    let (sine, haver) = (sin(angle), 2 * pow(sin(0.5 * angle), 2))

    // the defects 1 - C and (angle - sin) are summed as series: they decide the small components
    let east =
      gravity * c * t * t * sineDefect(angle)
      + (velocity.east * sine - second * haver) / twice
    let fall = 0.5 * gravity * t * t
    let bent = (second * sine + velocity.east * haver) / twice
    let north = -s * bent + c * along * t - s * c * fall * cosineDefect(angle)
    let up = c * bent + s * along * t - fall * (1 - c * c * cosineDefect(angle))
    return (east, north, up)
  }

  /// Time to fall `height` (m) from rest, in s.
  public func fallTime(height: Double) -> Double {
    // the height falls monotonically while the angle is below half a turn
    var low = 0.0
    var high = 2 * (2 * height / gravity).squareRoot()
    while true {
      let middle = 0.5 * (low + high)
      guard low < middle, middle < high else { return middle }
      if displacement(time: middle).up > -height { low = middle } else { high = middle }
    }
  }

  /// Deflection to the east after a fall of `height` (m) from rest, in m.
  public func eastwardDeflection(height: Double) -> Double {
    displacement(time: fallTime(height: height)).east
  }

  // (a - sin a) / a^2 = a/6 - a^3/120 + ...
  private func sineDefect(_ a: Double) -> Double {
    guard abs(a) < 1 else { return (a - sin(a)) / (a * a) }
    var sum = 0.0
    for n in stride(from: 20.0, through: 4, by: -2) { sum = -(1 + sum) * a * a / (n * (n + 1)) }
    return a / 6 * (1 + sum)
  }

  // 1 - 2 (1 - cos a) / a^2 = a^2/12 - a^4/360 + ...
  private func cosineDefect(_ a: Double) -> Double {
    guard abs(a) < 1 else { return 1 - 2 * (1 - cos(a)) / (a * a) }
    var sum = 0.0
    for n in stride(from: 20.0, through: 6, by: -2) { sum = -(1 + sum) * a * a / (n * (n - 1)) }
    return a * a / 12 * (1 + sum)
  }
}
