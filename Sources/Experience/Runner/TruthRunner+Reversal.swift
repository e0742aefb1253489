// A question backwards: the input at which an outcome takes a stated value.
//
// Definition  y* is the outcome of the nominal scene, rounded to the digits that are told. Member j of the
//             answer is the x with y(x; θ_j) = y*, where θ_j are the draws of all other tolerances: the
//             law of x over the tolerances, which needs no belief about x beforehand. An x outside the
//             asked range is its nearer end.
// Unique      only asked where y runs one way over the range: y is tried at 9 points, and a question whose
//             points rise and fall, or at which the outcome does not occur, is not asked.
// Band        H_x = H_y/|dy/dx| at the answer, with half a step of the search added.
// Method      regula falsi with halved ends (Illinois: Dowell & Jarratt 1971, BIT 11, 168), stopped at
//             1e-9 of the range.
// Checked by  ReversalTests (closed form).

import Foundation

extension TruthRunner {
  /// What was solved backwards.
  public struct Reversed: Sendable {
    /// The stated value, in SI.
    public let value: Double
    public let outcome: ScalarOutcome
  }

  private static let trialPoints = 9
  private static let searchTolerance = 1e-9
  private static let searchLimit = 60

  /// - Parameters:
  ///   - account: of the scene at its own value of the input.
  ///   - unit: of the input (SI symbol).
  ///   - digits: significant digits of the stated value.
  /// - Returns: nil where the question has no single answer.
  public func reversed(
    _ scene: Scene, _ reversal: Reversal, _ account: Account, unit: String, digits: Int
  ) throws(RunFailure) -> Reversed? {
    let experiment = scene.experiment
    guard let input = experiment.inputs.firstIndex(where: { $0.path == reversal.path }),
      let column = scene.outcomes.firstIndex(where: { $0.name == reversal.outcome }),
      let known = account.record[outcome: reversal.outcome]?.scalar,
      known.status != .unresolved, known.occurs == 1
    else { return nil }
    let level = account.nominal.level
    let (low, high) = (reversal.range.lowerBound, reversal.range.upperBound)
    let nominal = experiment.inputs.map(\.law.nominal)
    @Sendable func value(_ x: Double, _ inputs: [Double]) throws(RunFailure) -> Double {
      var inputs = inputs
      inputs[input] = x
      return try experiment.run(inputs, level: level).values[column]
    }
    var trials: [Double] = []
    for index in 0..<TruthRunner.trialPoints {
      let share = Double(index) / Double(TruthRunner.trialPoints - 1)
      trials.append(try value(low + (high - low) * share, nominal))
    }
    let steps = zip(trials, trials.dropFirst()).map { $1 - $0 }
    guard steps.allSatisfy({ $0 > 0 }) || steps.allSatisfy({ $0 < 0 }) else { return nil }

    let stated = Variation.rounded(account.nominal.finest.values[column], digits: digits)
    @Sendable func solve(_ inputs: [Double]) throws(RunFailure) -> Double {
      try TruthRunner.root(low, high) { x throws(RunFailure) in try value(x, inputs) - stated }
    }
    let answer = try solve(nominal)
    let seed = account.record.seed
    let sampling = Sampling(seed: seed, inputs: experiment.inputs)
    let count = sampling.isExact ? 1 : scene.samples
    let found = Parallel.map(count, jobs: jobs) { index in
      Result { () throws(RunFailure) in
        try solve(sampling.isExact ? nominal : sampling.member(index))
      }
    }
    var members: [Double] = []
    for result in found { members.append(try result.get()) }
    let width = 1e-3 * (high - low)
    let (left, right) = (max(low, answer - width), min(high, answer + width))
    let slope = try (value(right, nominal) - value(left, nominal)) / (right - left)
    let halfWidth =
      known.halfWidth / abs(slope) + TruthRunner.searchTolerance * (high - low)
    guard halfWidth.isFinite else { return nil }
    let places = Quantum.places(value: answer, halfWidth: halfWidth)
    let isLost = halfWidth > scene.accuracy * max(abs(answer), high - low)
    return Reversed(
      value: stated,
      outcome: ScalarOutcome(
        value: Quantum.round(answer, places: places), unit: unit,
        halfWidth: Quantum.twoFigures(halfWidth + 0.5 * pow(10, Double(-places))), order: nil,
        status: isLost ? .unresolved : known.status,
        members: members.map { Quantum.round($0, places: places) },
        tier: isLost ? .t3 : known.tier,
        basis: "\(reversal.path) at which \(reversal.outcome) is as stated; \(known.basis)"))
  }

  /// The zero of a monotonic function, or the end that is nearer to it.
  static func root(
    _ low: Double, _ high: Double, _ function: (Double) throws(RunFailure) -> Double
  ) throws(RunFailure) -> Double {
    var (a, b) = (low, high)
    var (fa, fb) = (try function(a), try function(b))
    guard fa.isFinite, fb.isFinite else {
      throw RunFailure(code: "R003", "the outcome does not occur at an end of the range asked")
    }
    if fa == 0 || fb == 0 { return fa == 0 ? a : b }
    guard (fa < 0) != (fb < 0) else { return abs(fa) < abs(fb) ? a : b }
    var side = 0
    for _ in 0..<searchLimit {
      let x = (fb * a - fa * b) / (fb - fa)
      let f = try function(x)
      if f == 0 { return x }
      if (f < 0) == (fb < 0) {
        if abs(x - b) <= searchTolerance * (high - low) { return x }
        (b, fb) = (x, f)
        if side == 1 { fa /= 2 }
        side = 1
      } else {
        if abs(x - a) <= searchTolerance * (high - low) { return x }
        (a, fa) = (x, f)
        if side == -1 { fb /= 2 }
        side = -1
      }
      guard f.isFinite else {
        throw RunFailure(code: "R003", "the outcome does not occur inside the range asked")
      }
    }
    return (fb * a - fa * b) / (fb - fa)
  }
}
