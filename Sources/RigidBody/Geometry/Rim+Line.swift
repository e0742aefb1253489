// A circle against a line or against another circle.
//
// Equation        circle p(φ), line o + t·e: T·(p − o − t·e) = 0 with t = e·(p − o), T = dp/dφ.
//                 Two circles p(φ), q(ψ): T_p·(p − q) = 0, T_q·(p − q) = 0
// Discretisation  sign changes over 48 angles, then Newton to rounding; rates by the implicit function
// Source          definitions
// Deviation       none
// Validity        minima only; pairs that touch along a line or coincide have no unique point and are
//                 left to other features. Two roots within 7.5° of each other may be missed
// Checked by      ManifoldRateTests, ManifoldTests

import Foundation

extension Rim {
  private var across: MovingVector { frame.direction(Vector3(x: 0, y: 1, z: 0)) }

  /// The point at an angle that itself moves, and dp/dφ there.
  func point(angle: MovingScalar) -> (point: MovingVector, tangent: MovingVector) {
    let (c, s) = (cos(angle.value), sin(angle.value))
    let cosine = MovingScalar(c, rate: -s * angle.rate)
    let sine = MovingScalar(s, rate: c * angle.rate)
    let radial = cosine * frame.side + sine * across
    let tangent = cosine * across - sine * frame.side
    return (centre + radius * radial, radius * tangent)
  }

  /// Angles at which the distance from a line is a minimum, with their rates.
  func closestAngles(origin: MovingVector, direction: MovingVector) -> [MovingScalar] {
    // T·(p − o)⊥ and its derivative by the angle
    func condition(_ angle: Double) -> (value: MovingScalar, slope: Double) {
      let (point, tangent) = point(angle: MovingScalar(angle))
      let offset = point - origin
      let across = offset - offset.dot(direction) * direction
      let (t, e) = (tangent.value, direction.value)
      let te = t.dot(e)
      let turn = centre.value - point.value
      return (tangent.dot(across), turn.dot(across.value) + t.dot(t) - te * te)
    }
    // the condition as a trigonometric polynomial of degree 2, for the search
    let e = direction.value
    func project(_ v: Vector3) -> Vector3 { v - v.dot(e) * e }
    let (u, v) = (project(frame.axes.x), project(frame.axes.y))
    let w = project(centre.value - origin.value)
    let (uw, vw, difference, uv) = (
      u.dot(w), v.dot(w), radius * (v.dot(v) - u.dot(u)), radius * u.dot(v)
    )
    let starts = minima { c, s in
      c * vw - s * uw + difference * s * c + uv * (c * c - s * s)
    }
    return starts.compactMap { start in
      var angle = start
      for _ in 0..<20 {
        let (value, slope) = condition(angle)
        guard slope > 0 else { break }
        let step = value.value / slope
        angle -= max(-0.1, min(0.1, step))
        if abs(step) < 1e-15 { break }
      }
      let (value, slope) = condition(angle)
      guard slope > 1e-9 * radius * radius, abs(value.value) < 1e-9 * radius * radius
      else { return nil }
      return MovingScalar(angle, rate: -value.rate / slope)
    }
  }

  /// Where a function of cosine and sine goes from negative to positive.
  private func minima(_ f: (Double, Double) -> Double) -> [Double] {
    let samples = Self.samples
    var result: [Double] = []
    var old = f(samples[0].cosine, samples[0].sine)
    for i in 1..<samples.count {
      let new = f(samples[i].cosine, samples[i].sine)
      if old < 0, new >= 0 {
        var (low, high) = (samples[i - 1].angle, samples[i].angle)
        for _ in 0..<6 {
          let middle = 0.5 * (low + high)
          if f(cos(middle), sin(middle)) < 0 { low = middle } else { high = middle }
        }
        result.append(0.5 * (low + high))
      }
      old = new
    }
    return result
  }

  /// 48 angles and the first again, from an odd start: symmetric scenes have no root on a sample.
  private static let samples: [(angle: Double, cosine: Double, sine: Double)] = (0...48).map {
    let angle = 0.0137 + 2 * Double.pi * Double($0) / 48
    return (angle, cos(angle), sin(angle))
  }

  /// Pairs of angles of this rim and another at which the distance is a minimum, with rates.
  func closestAngles(to other: Rim) -> [(MovingScalar, MovingScalar)] {
    // along this rim, with the closest point of the other for each angle
    let (c, otherCentre) = (centre.value, other.centre.value)
    let (u, v, axis) = (radius * frame.axes.x, radius * frame.axes.y, other.frame.axes.z)
    let starts = minima { cosine, sine in
      let offset = c + cosine * u + sine * v - otherCentre
      let sideways = offset - offset.dot(axis) * axis
      let foot = (other.radius / max(sideways.length, 1e-300)) * sideways
      return (cosine * v - sine * u).dot(offset - foot)
    }
    return starts.compactMap { start in
      let (p, _) = point(angle: MovingScalar(start))
      let local = other.frame.local(other.closest(to: p).value)
      var (angle, otherAngle) = (start, atan2(local.y, local.x))
      var result: (MovingScalar, MovingScalar)?
      for pass in 0..<20 {
        let (p, tangent) = point(angle: MovingScalar(angle))
        let (q, otherTangent) = other.point(angle: MovingScalar(otherAngle))
        let offset = p - q
        let (f, g) = (tangent.dot(offset), otherTangent.dot(offset))
        // matrix of derivatives by both angles
        let a =
          (centre.value - p.value).dot(offset.value) + tangent.value.dot(tangent.value)
        let b = -tangent.value.dot(otherTangent.value)
        let d =
          (other.centre.value - q.value).dot(offset.value)
          - otherTangent.value.dot(otherTangent.value)
        let determinant = a * d + b * b
        let scale = radius * radius * other.radius * other.radius
        guard determinant < -1e-9 * scale else { return nil }
        let step = (f.value * d - b * g.value) / determinant
        let otherStep = (a * g.value + b * f.value) / determinant
        if pass == 19 || abs(step) + abs(otherStep) < 1e-15 {
          let rate = -(f.rate * d - b * g.rate) / determinant
          let otherRate = -(a * g.rate + b * f.rate) / determinant
          guard abs(step) + abs(otherStep) < 1e-9 else { return nil }
          result = (MovingScalar(angle, rate: rate), MovingScalar(otherAngle, rate: otherRate))
          break
        }
        angle -= max(-0.2, min(0.2, step))
        otherAngle -= max(-0.2, min(0.2, otherStep))
      }
      return result
    }
  }
}
