// Moving the surface: transport, wetting of walls, spacing of points, and the volume it must keep.

/// Walls that the surface can meet: the floor at z = 0, and a side wall at r = `width` up to `rim`.
struct SurfaceWalls: Sendable, Hashable {
  var hasFloor: Bool
  var width: Double
  /// Height of the side wall; above it liquid leaves.
  var rim: Double
  /// A point closer than this has wetted the wall, in m.
  var reach: Double
}

extension LiquidSurface {
  /// Moves every point for a time by the midpoint rule; the point at the lip of a nozzle stays.
  func moved(by field: StreamField, for step: Double, keepsFirst: Bool) -> LiquidSurface {
    var result = self
    for index in points.indices {
      if index == 0, keepsFirst { continue }
      let start = points[index]
      let first = field.velocity(start)
      let middle = MeridianPoint(
        start.r + 0.5 * step * first.x, start.z + 0.5 * step * first.y)
      let second = field.velocity(middle)
      // points on the axis stay there
      let r = start.r == 0 && !isPlane ? 0 : start.r + step * second.x
      result.points[index] = MeridianPoint(r, start.z + step * second.y)
    }
    return result
  }

  var touchesFloor: Bool { (points.last?.z ?? 1) == 0 }

  /// Applies the walls. What lies beyond an open side is cut off.
  /// - Returns: the volume that left, per radian.
  mutating func meet(_ walls: SurfaceWalls) -> Double {
    guard points.count > 1 else { return 0 }
    for index in points.indices {
      points[index].r = max(points[index].r, 0)
      if walls.hasFloor { points[index].z = max(points[index].z, 0) }
    }
    // the straight way down the side is put back at the end
    while points.count > 2, points[points.count - 1].r == walls.width,
      points[points.count - 2].r >= walls.width
    {
      points.removeLast()
    }
    var left = 0.0
    if walls.hasFloor { wetFloor(walls) } else { left += drop() }
    wetSide(walls)
    left += cut(walls)
    if let last = points.last, last.r == walls.width, last.z > 0 {
      points.append(MeridianPoint(walls.width, 0))
    }
    return left
  }

  /// The lowest points that reach the floor become the place where the liquid ends.
  private mutating func wetFloor(_ walls: SurfaceWalls) {
    guard points[points.count - 1].r < walls.width else { return }
    var last = points.count - 1
    let isDown = points[last].z == 0
    guard isDown || points[last].z < walls.reach else { return }
    if !isDown { points[last].z = 0 }
    // points before the end that hang over the floor and have come down to it are the new end
    while last > 1, points[last - 1].z < walls.reach, points[last - 1].r >= points[last].r {
      last -= 1
      points.removeLast()
      points[last].z = 0
    }
  }

  /// The first point that reaches the side wall ends the surface there: what lay below is liquid.
  private mutating func wetSide(_ walls: SurfaceWalls) {
    let limit = walls.width - walls.reach
    guard let first = points.firstIndex(where: { $0.r >= limit && $0.z < walls.rim }), first > 0
    else { return }
    points.removeSubrange((first + 1)...)
    points[first].r = walls.width
  }

  /// Liquid that passes the outer end above the rim leaves.
  private mutating func cut(_ walls: SurfaceWalls) -> Double {
    guard let first = points.firstIndex(where: { $0.r > walls.width }), first > 0 else { return 0 }
    let before = closed(walls).volume
    let (a, b) = (points[first - 1], points[first])
    let share = (walls.width - a.r) / (b.r - a.r)
    points.removeSubrange(first...)
    points.append(MeridianPoint(walls.width, a.z + share * (b.z - a.z)))
    return max(0, before - closed(walls).volume)
  }

  /// What has fallen below z = 0 is gone.
  private mutating func drop() -> Double {
    guard let first = points.firstIndex(where: { $0.z < 0 }), first > 0 else { return 0 }
    let before = volume
    let (a, b) = (points[first - 1], points[first])
    let share = a.z / (a.z - b.z)
    points.removeSubrange(first...)
    points.append(MeridianPoint(a.r + share * (b.r - a.r), 0))
    return max(0, before - volume)
  }

  /// With the straight way down from its end to the floor.
  private func closed(_ walls: SurfaceWalls) -> LiquidSurface {
    guard let last = points.last, last.z > 0, last.r > 0 else { return self }
    var result = self
    result.points.append(MeridianPoint(last.r, 0))
    return result
  }

  /// Keeps the spacing between `shortest` and `longest`, in m.
  mutating func space(shortest: Double, longest: Double) {
    var kept: [MeridianPoint] = []
    kept.reserveCapacity(points.count + 16)
    for index in points.indices {
      let point = points[index]
      guard let last = kept.last else {
        kept.append(point)
        continue
      }
      let distance = last.distance(to: point)
      if last.r == point.r, last.r > 0, index == points.count - 1 {
        // the straight way down a side needs no points
        kept.append(point)
        continue
      }
      if distance < shortest, kept.count > 1 || index == points.count - 1 {
        // the ends stay
        if index == points.count - 1, kept.count > 1 { kept[kept.count - 1] = point }
        continue
      }
      if distance > longest {
        let parts = Int((distance / longest).rounded(.up))
        let before = index > 1 ? points[index - 2] : nil
        let after = index + 1 < points.count ? points[index + 1] : nil
        for part in 1..<parts {
          kept.append(
            LiquidSurface.between(before, last, point, after, Double(part) / Double(parts)))
        }
      }
      kept.append(point)
    }
    points = kept
  }

  /// A point of the cubic through four neighbours; of the straight line where the corner is sharp.
  private static func between(
    _ a: MeridianPoint?, _ b: MeridianPoint, _ c: MeridianPoint, _ d: MeridianPoint?, _ s: Double
  ) -> MeridianPoint {
    let line = MeridianPoint(b.r + s * (c.r - b.r), b.z + s * (c.z - b.z))
    guard let a, let d else { return line }
    let (lab, lbc, lcd) = (a.distance(to: b), b.distance(to: c), c.distance(to: d))
    func cosine(
      _ p: MeridianPoint, _ q: MeridianPoint, _ r: MeridianPoint, _ x: Double, _ y: Double
    )
      -> Double
    {
      ((q.r - p.r) * (r.r - q.r) + (q.z - p.z) * (r.z - q.z)) / max(x * y, 1e-300)
    }
    guard lab > 0.3 * lbc, lcd > 0.3 * lbc, cosine(a, b, c, lab, lbc) > 0.5,
      cosine(b, c, d, lbc, lcd) > 0.5
    else { return line }
    // Catmull and Rom with chord lengths: tangents at b and c
    func tangent(_ p: Double, _ q: Double, _ r: Double, _ x: Double, _ y: Double) -> Double {
      ((q - p) / x * y + (r - q) / y * x) / (x + y)
    }
    let weights = hermite(s)
    func mix(_ p: Double, _ q: Double, _ r: Double, _ t: Double) -> Double {
      weights.0 * q + weights.1 * lbc * tangent(p, q, r, lab, lbc) + weights.2 * r
        + weights.3 * lbc * tangent(q, r, t, lbc, lcd)
    }
    return MeridianPoint(max(0, mix(a.r, b.r, c.r, d.r)), mix(a.z, b.z, c.z, d.z))
  }

  private static func hermite(_ s: Double) -> (Double, Double, Double, Double) {
    let (s2, s3) = (s * s, s * s * s)
    return (2 * s3 - 3 * s2 + 1, s3 - 2 * s2 + s, -2 * s3 + 3 * s2, s3 - s2)
  }

  /// Shifts the free points along their normals until the volume is the given one.
  /// - Returns: the shift in m, outward positive.
  mutating func correct(to target: Double, width: Double, keepsFirst: Bool) -> Double {
    var total = 0.0
    for _ in 0..<60 {
      let missing = target - volume
      guard abs(missing) > 1e-14 * abs(target) else { break }
      let shift = missing / max(area, 1e-300)
      total += shift
      let old = points
      for index in old.indices.dropFirst(keepsFirst ? 1 : 0).dropLast() {
        if old[index].r >= width { continue }
        let (a, b) = (old[max(0, index - 1)], old[min(old.count - 1, index + 1)])
        let length = max(a.distance(to: b), 1e-300)
        // the liquid lies to the right of the way down
        let (nr, nz) = (-(b.z - a.z) / length, (b.r - a.r) / length)
        if old[index].r > 0 { points[index].r = max(0, old[index].r + shift * nr) }
        points[index].z = max(0, old[index].z + shift * nz)
      }
    }
    return total
  }
}

extension MeridianPoint {
  @inlinable
  func distance(to other: MeridianPoint) -> Double {
    let (x, y) = (other.r - r, other.z - z)
    return (x * x + y * y).squareRoot()
  }
}
