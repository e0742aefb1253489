// The state at the first row of a toss, from its rows in free flight.
//
// Equation        x(t) = x₀ + v·t − ½·g·t²·ẑ;  q(t) = exp(ω·t)·q₀ (one moment of inertia: ω constant)
// Discretisation  least squares over all rows before the contact: positions by a straight line through
//                 x + ½·g·t²·ẑ; turns by a line through the rotation vectors of q·q_fit*, repeated
// Source          README of the data: velocities there are smeared by filters and are not used
// Deviation       –
// Validity        rows up to three before a corner is `clearance` above the board; drag left out
// Checked by      CubeTossFlightTests: exact for exact free flight

import RigidBody

/// A start with what is unsure about it. SI, world axes.
public struct CubeTossStart: Sendable {
  public var pose: Pose
  public var twist: Twist
  /// Rows that were used.
  public var rows: Int
  /// Mean time of these rows, in s: there position and velocity are uncorrelated.
  public var centre: Double
  /// Standard deviations of one component: of position (m), velocity (m/s), turn (rad), spin (rad/s),
  /// the first and the third at the time `centre`.
  public var positionNoise: Double
  public var velocityNoise: Double
  public var turnNoise: Double
  public var spinNoise: Double
}

extension CubeToss {
  /// Lowest corner, in half widths, below which a row is too near to the board.
  static let clearance = 0.06

  /// Poses in m when recorded lengths are multiplied by `scale`.
  func poses(_ setup: CubeTossSetup, scale: Double) -> [Pose] {
    let unit = scale * setup.lengthUnit
    return rows.map { Pose(position: unit * $0.position, orientation: $0.orientation) }
  }

  /// The first row that is at or near contact.
  static func firstContact(_ poses: [Pose], _ setup: CubeTossSetup) -> Int {
    poses.firstIndex {
      $0.lowestCorner(halfWidth: setup.halfWidth) < clearance * setup.halfWidth
    } ?? poses.count - 1
  }

  /// The first row as recorded, without any fit.
  func recordedStart(_ setup: CubeTossSetup, scale: Double) -> CubeTossStart {
    let row = rows[0]
    let unit = scale * setup.lengthUnit
    return CubeTossStart(
      pose: Pose(position: unit * row.position, orientation: row.orientation),
      twist: Twist(
        velocity: unit * row.velocity, spin: row.orientation.rotate(row.spinInBody)),
      rows: 1, centre: 0, positionNoise: 0, velocityNoise: 0, turnNoise: 0, spinNoise: 0)
  }

  /// The start that fits the free flight best; as recorded if fewer than three rows fly free.
  func fittedStart(_ setup: CubeTossSetup, scale: Double) -> CubeTossStart {
    let poses = poses(setup, scale: scale)
    let count = CubeToss.firstContact(poses, setup) - 2
    guard count >= 3 else { return recordedStart(setup, scale: scale) }
    let times = (0..<count).map { Double($0) / setup.rate }
    let centre = times.reduce(0, +) / Double(count)
    let spread = times.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }

    // a line in time through three components: value at the centre, slope, sum of squares left
    func line(_ values: [Vector3]) -> (middle: Vector3, slope: Vector3, rest: Double) {
      let middle = (1 / Double(count)) * values.reduce(Vector3.zero, +)
      var slope = Vector3.zero
      for (t, value) in zip(times, values) { slope = slope + ((t - centre) / spread) * value }
      let rest = zip(times, values).reduce(0) { sum, pair in
        let d = pair.1 - middle - (pair.0 - centre) * slope
        return sum + d.dot(d)
      }
      return (middle, slope, rest)
    }

    // without gravity the path is straight
    let path = line(
      zip(times, poses).map { t, pose in
        pose.position + Vector3(x: 0, y: 0, z: 0.5 * setup.gravity * t * t)
      })

    // turns: corrections to a first guess out of the first and the last row
    let whole = (poses[count - 1].orientation * poses[0].orientation.conjugate).normalized
    var spin = (1 / times[count - 1]) * whole.rotationVector
    var first = poses[0].orientation
    var rest = 0.0
    for _ in 0..<6 {
      let turns = line(
        zip(times, poses).map { t, pose in
          let guess = Quaternion(rotationVector: t * spin) * first
          return (pose.orientation * guess.conjugate).normalized.rotationVector
        })
      let start = turns.middle - centre * turns.slope
      first = (Quaternion(rotationVector: start) * first).normalized
      spin = spin + turns.slope
      rest = turns.rest
      if turns.slope.length < 1e-13, start.length < 1e-14 { break }
    }
    // three components, two parameters each
    let freedom = Double(3 * (count - 2))
    let (length, turn) = ((path.rest / freedom).squareRoot(), (rest / freedom).squareRoot())
    return CubeTossStart(
      pose: Pose(position: path.middle - centre * path.slope, orientation: first),
      twist: Twist(velocity: path.slope, spin: spin), rows: count, centre: centre,
      positionNoise: length / Double(count).squareRoot(),
      velocityNoise: length / spread.squareRoot(),
      turnNoise: turn / Double(count).squareRoot(), spinNoise: turn / spread.squareRoot())
  }
}
