// How far a predicted toss is from the recorded one.
//
// Equation    position: mean over rows of |Δx|, also as |Δx|/(2a) in percent of the width 2a;
//             angle: mean angle of q_predicted·q_recorded*; penetration: mean and largest
//             max(0, −lowest corner)/(2a) of the prediction; near rows: |Δx| < 0.1·a and angle < 0.1 rad
// Source      definitions of github.com/DAIRLab/contact-nets, in lengths of the recording
// Deviation   lengths are true ones here, recorded length times the fitted scale (2 % more)
// Validity    tracking leaves about 4 mm: smaller differences between predictors mean nothing
// Checked by  CubeTossScoreTests: poses at known distances, quartiles of known lists

import RigidBody

/// Errors of one predicted toss.
public struct CubeTossScore: Sendable, Hashable {
  /// Mean distance of the centres, in m.
  public var position: Double
  /// The same in percent of the width of the cube.
  public var positionPercent: Double
  /// Mean angle, in degrees.
  public var angle: Double
  /// Percent of the width.
  public var meanPenetration: Double
  public var largestPenetration: Double
  /// Percent of the rows that are near in position and angle.
  public var nearRows: Double
  /// Whether the last row lies on the recorded face.
  public var hasFace: Bool
  /// Bounded and robust: mean over rows of r/(1 + r), r² = (|Δx|/a)² + angle²; from 0 to 1.
  public var loss: Double

  /// What is known below is noise of the tracking, in m.
  public static let floor = 0.004

  /// - Returns: `nil` if there are not as many predicted poses as recorded ones.
  init?(predicted: [Pose], recorded: [Pose], halfWidth a: Double) {
    guard predicted.count == recorded.count, let end = predicted.last, let rest = recorded.last
    else { return nil }
    var (distance, turn, depth, deepest, near, loss) = (0.0, 0.0, 0.0, 0.0, 0, 0.0)
    for (guess, truth) in zip(predicted, recorded) {
      let (d, t) = ((guess.position - truth.position).length, guess.angle(to: truth))
      let p = max(0, -guess.lowestCorner(halfWidth: a))
      let r = ((d / a) * (d / a) + t * t).squareRoot()
      distance += d
      turn += t
      depth += p
      deepest = max(deepest, p)
      near += d < 0.1 * a && t < 0.1 ? 1 : 0
      loss += r / (1 + r)
    }
    let count = Double(predicted.count)
    position = distance / count
    positionPercent = 50 * position / a
    angle = turn / count * 180 / .pi
    meanPenetration = 50 * depth / count / a
    largestPenetration = 50 * deepest / a
    nearRows = 100 * Double(near) / count
    hasFace = end.lowestFace == rest.lowestFace
    self.loss = loss / count
  }
}

/// Median, quartiles, mean and standard deviation of a list.
public struct CubeTossQuartiles: Sendable, Hashable {
  public var lower: Double
  public var median: Double
  public var upper: Double
  public var mean: Double
  public var deviation: Double

  public init(_ values: [Double]) {
    let sorted = values.sorted()
    // linear between order statistics, the first at 0 and the last at 1
    func at(_ level: Double) -> Double {
      guard let last = sorted.last else { return .nan }
      let place = level * Double(sorted.count - 1)
      let index = min(Int(place), sorted.count - 1)
      let next = index + 1 < sorted.count ? sorted[index + 1] : last
      return sorted[index] + (place - Double(index)) * (next - sorted[index])
    }
    (lower, median, upper) = (at(0.25), at(0.5), at(0.75))
    let centre = values.reduce(0, +) / Double(values.count)
    mean = centre
    let squares = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    deviation = (squares / Double(max(values.count - 1, 1))).squareRoot()
  }
}

/// A predictor over many tosses.
public struct CubeTossSummary: Sendable, Hashable {
  public var predictor: String
  public var count: Int
  public var position: CubeTossQuartiles
  public var positionPercent: CubeTossQuartiles
  public var angle: CubeTossQuartiles
  public var meanPenetration: CubeTossQuartiles
  public var largestPenetration: CubeTossQuartiles
  public var nearRows: CubeTossQuartiles
  /// Share of the tosses that end on the predicted face, 0 … 1.
  public var faces: Double

  init(_ predictor: String, _ scores: [CubeTossScore]) {
    func over(_ value: (CubeTossScore) -> Double) -> CubeTossQuartiles {
      CubeTossQuartiles(scores.map(value))
    }
    (self.predictor, count) = (predictor, scores.count)
    position = over(\.position)
    positionPercent = over(\.positionPercent)
    angle = over(\.angle)
    meanPenetration = over(\.meanPenetration)
    largestPenetration = over(\.largestPenetration)
    nearRows = over(\.nearRows)
    faces = Double(scores.count(where: \.hasFace)) / Double(max(scores.count, 1))
  }
}
