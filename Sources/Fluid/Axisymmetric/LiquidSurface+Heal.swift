// Creases of the surface close: where liquid meets liquid across a sliver of air, it is one liquid.
//
// Discretisation  two parts of the surface that face each other across less than `reach` of air are joined,
//                 and the points between them go; slivers of liquid stay
// Deviation       the air that was between them is not kept: its volume is told
// Checked by      LiquidSurfaceTests

extension LiquidSurface {
  /// Joins what is closer than `reach` (m).
  /// - Returns: the volume of air that was swallowed, per radian, by pockets wider than `reach`.
  mutating func heal(reach: Double, width: Double) -> Double {
    guard points.count > 4 else { return 0 }
    var swallowed = 0.0
    // points by squares of the size of the reach
    var squares: [SIMD2<Int32>: [Int]] = [:]
    squares.reserveCapacity(points.count)
    func square(_ point: MeridianPoint) -> SIMD2<Int32> {
      SIMD2(Int32((point.r / reach).rounded(.down)), Int32((point.z / reach).rounded(.down)))
    }
    var way = [0.0]
    way.reserveCapacity(points.count)
    for index in 1..<points.count {
      way.append(way[index - 1] + points[index - 1].distance(to: points[index]))
    }
    for index in points.indices { squares[square(points[index]), default: []].append(index) }
    var kept: [MeridianPoint] = []
    kept.reserveCapacity(points.count)
    var index = 0
    while index < points.count {
      let here = points[index]
      kept.append(here)
      var jump = index
      if here.r < width, here.z > 0 {
        let home = square(here)
        for x in -1...1 {
          for y in -1...1 {
            for other in squares[home &+ SIMD2(Int32(x), Int32(y))] ?? []
            where other > jump + 1 && points[other].r < width && points[other].z > 0 {
              let gap = here.distance(to: points[other])
              if gap < reach, way[other] - way[index] > 3 * max(gap, reach),
                added(index, other) > 0
              {
                jump = other
              }
            }
          }
        }
      }
      if jump > index {
        let air = added(index, jump)
        let narrow = reach * (way[jump] - way[index]) * (isPlane ? 1 : here.r)
        if air > narrow { swallowed += air }
        index = jump
      } else {
        index += 1
      }
    }
    points = kept
    return swallowed
  }

  /// Volume that the straight line between two points adds to the liquid.
  private func added(_ from: Int, _ to: Int) -> Double {
    let part = LiquidSurface(points: Array(points[from...to]), isPlane: isPlane)
    let chord = LiquidSurface(points: [points[from], points[to]], isPlane: isPlane)
    return chord.volume - part.volume
  }
}
