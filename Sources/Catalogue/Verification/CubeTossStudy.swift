// Fits on the tosses with even numbers, judges on those with odd ones, and says what was found.
//
// Protocol    reference case RB39. Start, friction, restitution and one length scale
//             are fitted; nothing after the first contact of a judged toss is used to predict it
// Tier        T2 for tosses whose first impact is as fast as 5 % … 95 % of the fitted ones, else T3
// Validity    one cube, one board
// Checked by  CubeTossStudyTests: synthetic tosses, same result for any number of workers

import Experience
import Foundation
import RigidBody

/// What was fitted.
public struct CubeTossFitted: Sendable, Hashable {
  public var tracking: CubeTossTracking
  public var model: CubeTossModel
  /// Mean loss over the fitted tosses.
  public var loss: Double
  public var tosses: Int
  /// Speeds of first impacts, 5 % … 95 % of the fitted tosses, in m/s.
  public var impactSpeeds: ClosedRange<Double>
}

/// Rollouts from starts drawn from what is unsure about the start.
public struct CubeTossSpread: Sendable, Hashable {
  public var members: Int
  /// Over the tosses: the member with the least loss.
  public var best: CubeTossSummary
  /// Mean over the members of each toss: position in m, angle in degrees.
  public var meanPosition: CubeTossQuartiles
  public var meanAngle: CubeTossQuartiles
  /// Mean distance of the members from their own mean path, in m: what the start leaves open.
  public var width: CubeTossQuartiles
  /// Mean probability of the recorded face; share of tosses in which some member has it.
  public var faceProbability: Double
  public var faceIsReached: Double
}

public struct CubeTossReport: Sendable {
  public var fitted: CubeTossFitted
  /// Plumbline first, then the two baselines, then the variants of the model.
  public var summaries: [CubeTossSummary]
  public var spread: CubeTossSpread
  /// The recording itself: how deep its corners go, percent of the width.
  public var recordedPenetration: CubeTossQuartiles
  /// Judged tosses inside the range of impact speeds.
  public var inRange: Int
  public var judged: Int
  /// Tosses left out because they are copies of others.
  public var copies: Int
  /// Runs that the engine marked as unresolved, and the largest relative energy residual.
  public var unresolved: Int
  public var residual: Double

  /// Whether the median errors are below those of both baselines.
  public var beatsBaselines: Bool {
    summaries[1...2].allSatisfy {
      summaries[0].position.median < $0.position.median
        && summaries[0].angle.median < $0.angle.median
    }
  }
}

/// A study and how much work it may do.
public struct CubeTossStudy: Sendable {
  public var members = 16
  public var gridTosses = 32
  public var searchTosses = 48
  public var searchEvaluations = 14
  public var finalEvaluations = 8
  public var impactLaw = ContactLaw.ImpactLaw.newton
  public init() {}

  static let frictions = [0.08, 0.14, 0.2, 0.28]
  static let restitutions = [0.0, 0.12, 0.25]
  /// Edges of the search.
  static let search = SimplexSearch(x: 0.02...0.6, y: 0...0.6)

  /// Rollouts that will be made at most, for progress.
  public func work(_ file: CubeTosses) -> Int {
    let (fit, judge) = (file.fitted.count, file.judged.count)
    return Self.frictions.count * Self.restitutions.count * min(gridTosses, fit)
      + (searchEvaluations + 2) * min(searchTosses, fit) + (finalEvaluations + 3) * fit
      + (3 + members) * judge
  }

  /// - Parameter done: called after each rollout, from any thread.
  public func run(
    _ file: CubeTosses, jobs: Int, done: @escaping @Sendable () -> Void
  ) -> CubeTossReport {
    let copies = file.copies
    let unique = CubeTosses(
      setup: file.setup, tosses: file.tosses.filter { copies[$0.number] == nil })
    let fitted = fit(unique.fitted, file.setup, jobs: jobs, done)
    return judge(unique, fitted, copies: copies.count, jobs: jobs, done)
  }

  // MARK: Fit

  func fit(
    _ tosses: [CubeToss], _ setup: CubeTossSetup, jobs: Int, _ done: @escaping @Sendable () -> Void
  ) -> CubeTossFitted {
    let tracking = CubeTossTracking(tosses, setup)
    let law = impactLaw
    let paths = tosses.map { CubeTossPath($0, setup, scale: tracking.scale) }
    func spread(_ count: Int) -> [CubeTossPath] {
      count < paths.count ? (0..<count).map { paths[$0 * paths.count / count] } : paths
    }
    func model(_ p: SimplexSearch.Point) -> CubeTossModel {
      CubeTossModel(
        friction: p.x, restitution: p.y, scale: tracking.scale, impactLaw: law)
    }
    func loss(_ p: SimplexSearch.Point, _ some: [CubeTossPath]) -> Double {
      let model = model(p)
      let losses = Parallel.map(some.count, jobs: jobs) { index in
        defer { done() }
        return model.score(some[index], setup)?.loss ?? 1
      }
      return losses.reduce(0, +) / Double(losses.count)
    }
    let few = spread(gridTosses)
    var best = (point: (x: 0.18, y: 0.125), value: Double.infinity)
    for friction in Self.frictions {
      for restitution in Self.restitutions {
        let value = loss((friction, restitution), few)
        if value < best.value { best = ((friction, restitution), value) }
      }
    }
    let more = spread(searchTosses)
    best = Self.search.minimum(
      from: best.point, steps: (0.04, 0.06), evaluations: searchEvaluations
    ) { loss($0, more) }
    best = Self.search.minimum(
      from: best.point, steps: (0.015, 0.02), evaluations: finalEvaluations
    ) { loss($0, paths) }
    let final = model(best.point)
    let speeds = Parallel.map(paths.count, jobs: jobs) { index in
      defer { done() }
      return final.rollout(from: paths[index].start, rows: paths[index].poses.count, setup)
        .impactSpeed
    }.compactMap { $0 }.sorted()
    return CubeTossFitted(
      tracking: tracking, model: final, loss: best.value, tosses: tosses.count,
      impactSpeeds: Self.range(speeds))
  }

  /// 5 % … 95 % of sorted values.
  static func range(_ sorted: [Double]) -> ClosedRange<Double> {
    guard let first = sorted.first, let last = sorted.last else { return 0...0 }
    let skip = Int(0.05 * Double(sorted.count))
    return skip == 0 ? first...last : sorted[skip]...sorted[sorted.count - 1 - skip]
  }
}

extension CubeTossModel {
  func score(_ path: CubeTossPath, _ setup: CubeTossSetup) -> CubeTossScore? {
    let rollout = rollout(from: path.start, rows: path.poses.count, setup)
    return CubeTossScore(
      predicted: rollout.poses, recorded: path.poses, halfWidth: setup.halfWidth)
  }
}
