// Mean curvature of the surface, from a parabola through the points around each one.
//
// Equation        κ = κ₁ + κ₂: in the half plane (z′r″ − r′z″)/(r′² + z′²)^(3/2), about the axis n_r/r;
//                 positive where the liquid is a ball. On the axis both are the same
// Discretisation  r and z are parabolas of the length of the way, by least squares over the points within
//                 `window`, whose weight falls to none at its ends; beyond the axis stands the mirror image.
//                 Order 2 in the window; where the spacing changes, an odd term of order 1 that is small
// Validity        radii of curvature of at least `window`; the ends at walls look to one side only, so that no
//                 law of wetting enters
// Checked by      SurfaceTensionTests

extension LiquidSurface {
  /// κ at every point, in 1/m. `window` in m, to either side.
  func curvatures(window: Double) -> [Double] {
    guard points.count > 2 else { return [Double](repeating: 0, count: points.count) }
    let line = unfolded(window)
    var way = [0.0]
    way.reserveCapacity(line.points.count)
    for index in 1..<line.points.count {
      way.append(way[index - 1] + line.points[index - 1].distance(to: line.points[index]))
    }
    var first = 0
    return points.indices.map { index in
      let place = index + line.before
      while way[place] - way[first] > window { first += 1 }
      var last = place
      while last + 1 < way.count, way[last + 1] - way[place] <= window { last += 1 }
      // three points make a parabola, however far apart
      let from = max(0, min(first, place - 1, way.count - 3))
      let to = min(way.count - 1, max(last, place + 1, from + 2))
      return curvature(line.points, way, from...to, at: place, window)
    }
  }

  /// The points with what the axis mirrors of them, within a window of the ends.
  private func unfolded(_ window: Double) -> (points: [MeridianPoint], before: Int) {
    guard !isPlane else { return (points, 0) }
    func mirror(_ list: some Sequence<MeridianPoint>, _ end: MeridianPoint) -> [MeridianPoint] {
      list.prefix { $0.distance(to: end) <= 2 * window }.map { MeridianPoint(-$0.r, $0.z) }
    }
    let (first, last) = (points[0], points[points.count - 1])
    let head = first.r == 0 ? mirror(points.dropFirst(), first) : []
    let tail = last.r == 0 ? mirror(points.dropLast().reversed(), last) : []
    return (head.reversed() + points + tail, head.count)
  }

  private func curvature(
    _ line: [MeridianPoint], _ way: [Double], _ range: ClosedRange<Int>, at place: Int,
    _ window: Double
  ) -> Double {
    let here = line[place]
    let reach = max(window, way[range.upperBound] - way[place], way[place] - way[range.lowerBound])
    // sums of s^k, and of r and z times s^k, with s in parts of the reach
    var (s0, s1, s2, s3, s4) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var (r, z) = (SIMD3<Double>.zero, SIMD3<Double>.zero)
    for index in range {
      let s = (way[index] - way[place]) / reach
      let share = 1.001 - s * s
      let spacing =
        0.5 * (way[min(index + 1, range.upperBound)] - way[max(index - 1, range.lowerBound)])
      let weight = share * share * spacing
      let powers = weight * SIMD3(1, s, s * s)
      (s0, s1, s2) = (s0 + powers.x, s1 + powers.y, s2 + powers.z)
      (s3, s4) = (s3 + powers.z * s, s4 + powers.z * s * s)
      r += (line[index].r - here.r) * powers
      z += (line[index].z - here.z) * powers
    }
    // Cramer's rule for the slope and half the second derivative
    let determinant = s0 * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s2 * s3) + s2 * (s1 * s3 - s2 * s2)
    guard abs(determinant) > 1e-12 * s0 * s2 * s4 else { return 0 }
    func parabola(_ y: SIMD3<Double>) -> (slope: Double, bend: Double) {
      let slope =
        s0 * (y.y * s4 - y.z * s3) - y.x * (s1 * s4 - s2 * s3) + s2 * (s1 * y.z - s2 * y.y)
      let bend = s0 * (s2 * y.z - s3 * y.y) - s1 * (s1 * y.z - s2 * y.y) + y.x * (s1 * s3 - s2 * s2)
      return (slope / determinant / reach, 2 * bend / determinant / (reach * reach))
    }
    let (dr, dz) = (parabola(r), parabola(z))
    let speed = (dr.slope * dr.slope + dz.slope * dz.slope).squareRoot()
    guard speed > 0.1 else { return 0 }
    let plane = (dz.slope * dr.bend - dr.slope * dz.bend) / (speed * speed * speed)
    if isPlane { return plane }
    // within a fifth of a window of the axis the limit is closer than the quotient
    return here.r < 0.2 * window ? 2 * plane : plane - dz.slope / (speed * here.r)
  }
}
