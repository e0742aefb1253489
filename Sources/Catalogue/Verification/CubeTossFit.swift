// What is fitted on one half of the tosses: the length scale, friction and restitution.
//
// Equation    scale: mean of two witnesses, 9.81 over the median apparent g of free flights and the half
//             width over the median height at rest. μ, e: least mean loss of rollouts (CubeTossScore)
// Method      grid on a few tosses, then Nelder & Mead 1965, Comput. J. 7, 308, on more, then on all;
//             fixed numbers of evaluations, no random numbers, so the same bytes each time
// Deviation   a point outside the box of the search is moved to its edge
// Validity    the loss is not smooth (tumbling is sensitive): μ and e are known to about the size of the
//             last simplex
// Checked by  CubeTossFitTests: the minimum of a known function; recovers what synthetic tosses used

import RigidBody

/// Tracking of the fitted half: scale, and what is unsure about every pose.
public struct CubeTossTracking: Sendable, Hashable {
  /// 9.81 over the median apparent acceleration, in recorded lengths; and tosses used.
  public var scaleOfFlight: Double
  public var flights: Int
  /// Half width over the median height of the centre at rest.
  public var scaleOfRest: Double
  /// Standard deviation of the height at rest, in m.
  public var heightNoise: Double
  /// Standard deviation of one component of the turn at rest, in rad.
  public var turnNoise: Double
  /// Relative spread of the apparent acceleration (quartiles as of a normal law).
  public var velocityNoise: Double

  public var scale: Double { 0.5 * (scaleOfFlight + scaleOfRest) }

  init(_ tosses: [CubeToss], _ setup: CubeTossSetup) {
    var (falls, heights, tilts) = ([Double](), [Double](), [Double]())
    for toss in tosses {
      let poses = toss.poses(setup, scale: 1)
      if let end = poses.last {
        heights.append(end.position.z)
        tilts.append(end.tiltOfNearestFace)
      }
      let count = CubeToss.firstContact(poses, setup) - 2
      guard count >= 12 else { continue }
      let times = (0..<count).map { Double($0) / setup.rate }
      if let fall = Self.acceleration(times, poses.prefix(count).map(\.position.z)) {
        falls.append(fall)
      }
    }
    let fall = CubeTossQuartiles(falls)
    flights = falls.count
    scaleOfRest = setup.halfWidth / CubeTossQuartiles(heights).median
    scaleOfFlight = falls.isEmpty ? scaleOfRest : setup.gravity / -fall.median
    heightNoise = CubeTossQuartiles(heights).deviation * scaleOfRest
    // the median of the length of two normal components is 1.177 standard deviations
    turnNoise = CubeTossQuartiles(tilts).median / 1.177
    velocityNoise =
      falls.count < 4 ? 0 : (fall.upper - fall.lower) / 1.349 / fall.median.magnitude
  }

  /// Second derivative of the parabola through points, by discrete orthogonal polynomials.
  static func acceleration(_ times: [Double], _ values: [Double]) -> Double? {
    let count = Double(times.count)
    let middle = times.reduce(0, +) / count
    let t = times.map { $0 - middle }
    let second = t.reduce(0) { $0 + $1 * $1 } / count
    let square = t.map { $0 * $0 - second }
    let size = square.reduce(0) { $0 + $1 * $1 }
    guard size > 0 else { return nil }
    return 2 * zip(square, values).reduce(0) { $0 + $1.0 * $1.1 } / size
  }
}

/// Nelder–Mead in two parameters inside a box.
struct SimplexSearch {
  typealias Point = (x: Double, y: Double)
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>

  /// Best of at most about `evaluations` points (up to two more to finish a move).
  func minimum(
    from start: Point, steps: Point, evaluations: Int, _ f: (Point) -> Double
  ) -> (point: Point, value: Double) {
    var used = 0
    func at(_ p: Point) -> (point: Point, value: Double) {
      used += 1
      let inside = (
        min(max(p.x, x.lowerBound), x.upperBound), min(max(p.y, y.lowerBound), y.upperBound)
      )
      return (inside, f(inside))
    }
    func mix(_ a: Point, _ b: Point, _ s: Double) -> Point {
      (a.x + s * (b.x - a.x), a.y + s * (b.y - a.y))
    }
    // away from the edge, so that the simplex has an area
    let dx = start.x + steps.x <= x.upperBound ? steps.x : -steps.x
    let dy = start.y + steps.y <= y.upperBound ? steps.y : -steps.y
    var simplex = [at(start), at((start.x + dx, start.y)), at((start.x, start.y + dy))]
    while used < evaluations {
      simplex.sort { $0.value < $1.value }
      let centre = mix(simplex[0].point, simplex[1].point, 0.5)
      let worst = simplex[2]
      let reflected = at(mix(worst.point, centre, 2))
      if reflected.value < simplex[0].value {
        let further = at(mix(worst.point, centre, 3))
        simplex[2] = further.value < reflected.value ? further : reflected
      } else if reflected.value < simplex[1].value {
        simplex[2] = reflected
      } else {
        let isOutside = reflected.value < worst.value
        let nearer = at(mix(worst.point, centre, isOutside ? 1.5 : 0.5))
        if nearer.value < min(reflected.value, worst.value) {
          simplex[2] = nearer
        } else {
          simplex[1] = at(mix(simplex[0].point, simplex[1].point, 0.5))
          simplex[2] = at(mix(simplex[0].point, simplex[2].point, 0.5))
        }
      }
    }
    simplex.sort { $0.value < $1.value }
    return simplex[0]
  }
}
