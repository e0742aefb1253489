// Judges the fitted model on the other half of the tosses, beside the baselines and variants.
//
// Method      16 members a toss by default: the start moved by normal draws with the larger of the fit's
//             own standard deviation and what the tracking shows at rest and over the flights
// Random      CounterRandom by toss and member, Box & Muller 1958: the same for any order and workers
// Checked by  CubeTossStudyTests

import Experience
import Foundation
import RigidBody

extension CubeTossStudy {
  private struct Judged: Sendable {
    var scores: [CubeTossScore?] = []
    var speed: Double?
    var penetration = 0.0
    var unresolved = 0
    var residual = 0.0
    var members: Members?
  }

  private struct Members: Sendable {
    var scores: [CubeTossScore]
    var width: Double
  }

  func judge(
    _ file: CubeTosses, _ fitted: CubeTossFitted, copies: Int, jobs: Int,
    _ done: @escaping @Sendable () -> Void
  ) -> CubeTossReport {
    let setup = file.setup
    let model = fitted.model
    var other = model
    other.impactLaw = model.impactLaw == .newton ? .poisson : .newton
    let raw = CubeTossModel(
      friction: model.friction, restitution: model.restitution, scale: 1,
      impactLaw: model.impactLaw)
    let everything = file.tosses.map { CubeTossPath($0, setup, scale: model.scale) }
    let tosses = file.judged
    let variant = other
    let rows = Parallel.map(tosses.count, jobs: jobs) { index -> Judged in
      let toss = tosses[index]
      let path = CubeTossPath(toss, setup, scale: model.scale)
      func score(_ poses: [Pose]) -> CubeTossScore? {
        CubeTossScore(predicted: poses, recorded: path.poses, halfWidth: setup.halfWidth)
      }
      var judged = Judged()
      let own = model.rollout(from: path.start, rows: path.poses.count, setup)
      done()
      let second = variant.rollout(from: path.start, rows: path.poses.count, setup)
      done()
      let recorded = toss.poses(setup, scale: 1)
      let plain = raw.rollout(
        from: toss.recordedStart(setup, scale: 1), rows: recorded.count, setup)
      done()
      judged.scores = [
        score(own.poses), score(path.stays),
        score(CubeTossNeighbour.prediction(for: path, among: everything, setup)),
        score(second.poses),
        CubeTossScore(
          predicted: plain.poses, recorded: recorded, halfWidth: setup.halfWidth),
      ]
      judged.speed = own.impactSpeed
      judged.penetration = score(path.poses)?.largestPenetration ?? 0
      judged.members = spread(path, model, fitted.tracking, setup, done)
      judged.unresolved = own.isUnresolved ? 1 : 0
      judged.residual = abs(own.residual)
      return judged
    }
    let otherLaw = variant.impactLaw == .poisson ? "Poisson's" : "Newton's"
    let names = [
      "plumbline", "stays where first contact occurred", "rows of the nearest other toss",
      "plumbline, \(otherLaw) impact law, same friction and restitution",
      "plumbline, first row and lengths as recorded",
    ]
    let summaries = names.enumerated().map { k, name in
      CubeTossSummary(name, rows.compactMap { $0.scores[k] })
    }
    return CubeTossReport(
      fitted: fitted, summaries: summaries, spread: summary(rows.compactMap(\.members)),
      recordedPenetration: CubeTossQuartiles(rows.map(\.penetration)),
      inRange: rows.count { row in row.speed.map(fitted.impactSpeeds.contains) ?? false },
      judged: rows.count, copies: copies, unresolved: rows.reduce(0) { $0 + $1.unresolved },
      residual: rows.map(\.residual).max() ?? 0)
  }

  // MARK: Members

  private func spread(
    _ path: CubeTossPath, _ model: CubeTossModel, _ tracking: CubeTossTracking,
    _ setup: CubeTossSetup, _ done: () -> Void
  ) -> Members? {
    var (scores, runs) = ([CubeTossScore](), [[Pose]]())
    for member in 0..<members {
      let start = path.start.moved(
        by: CubeTossDraw(toss: path.number, member: member), tracking)
      let rollout = model.rollout(from: start, rows: path.poses.count, setup)
      done()
      guard
        let score = CubeTossScore(
          predicted: rollout.poses, recorded: path.poses, halfWidth: setup.halfWidth)
      else { continue }
      scores.append(score)
      runs.append(rollout.poses)
    }
    guard !runs.isEmpty else { return nil }
    let scale = 1 / Double(runs.count)
    var width = 0.0
    for row in path.poses.indices {
      let mean = runs.reduce(Vector3.zero) { $0 + scale * $1[row].position }
      width += runs.reduce(0) { $0 + scale * ($1[row].position - mean).length }
    }
    return Members(scores: scores, width: width / Double(path.poses.count))
  }

  private func summary(_ tosses: [Members]) -> CubeTossSpread {
    func mean(_ list: [CubeTossScore], _ value: (CubeTossScore) -> Double) -> Double {
      list.reduce(0) { $0 + value($1) } / Double(list.count)
    }
    let best = tosses.compactMap { $0.scores.min { $0.loss < $1.loss } }
    let faces = tosses.map { mean($0.scores) { $0.hasFace ? 1 : 0 } }
    return CubeTossSpread(
      members: members, best: CubeTossSummary("plumbline, best of \(members)", best),
      meanPosition: CubeTossQuartiles(tosses.map { mean($0.scores, \.position) }),
      meanAngle: CubeTossQuartiles(tosses.map { mean($0.scores, \.angle) }),
      width: CubeTossQuartiles(tosses.map(\.width)),
      faceProbability: faces.reduce(0, +) / Double(max(faces.count, 1)),
      faceIsReached: Double(faces.count { $0 > 0 }) / Double(max(faces.count, 1)))
  }
}

/// Twelve independent normal numbers of a member.
struct CubeTossDraw {
  private let values: [Double]

  init(toss: Int, member: Int) {
    let random = CounterRandom(seed: 2009_11193)
    let base = UInt64(member) * 12
    values = (0..<6).flatMap { pair in
      let index = base + 2 * UInt64(pair)
      let u = random.uniform(stream: UInt64(toss), index: index)
      let v = random.uniform(stream: UInt64(toss), index: index + 1)
      let radius = (-2 * log(u)).squareRoot()
      return [radius * cos(2 * .pi * v), radius * sin(2 * .pi * v)]
    }
  }

  func vector(_ index: Int) -> Vector3 {
    Vector3(x: values[3 * index], y: values[3 * index + 1], z: values[3 * index + 2])
  }
}

extension CubeTossStart {
  /// The start moved by a draw, in position and turn at the middle of the flight and in both rates.
  func moved(by draw: CubeTossDraw, _ tracking: CubeTossTracking) -> CubeTossStart {
    let place = max(positionNoise, tracking.heightNoise)
    let speed = max(velocityNoise, tracking.velocityNoise * twist.velocity.length)
    let turn = max(turnNoise, tracking.turnNoise)
    let rate = max(spinNoise, tracking.velocityNoise * twist.spin.length)
    var moved = self
    let velocity = speed * draw.vector(1)
    let spin = rate * draw.vector(3)
    moved.twist = Twist(velocity: twist.velocity + velocity, spin: twist.spin + spin)
    moved.pose.position = pose.position + place * draw.vector(0) - centre * velocity
    // turns at the middle, then back to the first row with the moved spin
    let middle =
      Quaternion(rotationVector: turn * draw.vector(2))
      * Quaternion(rotationVector: centre * twist.spin) * pose.orientation
    moved.pose.orientation =
      (Quaternion(rotationVector: -centre * moved.twist.spin) * middle).normalized
    return moved
  }
}
