// What happens on average: the baseline that knows the slot and nothing of the scene.
//
// Definition  the outcomes of the public calibration instances of the same template and slot, each
//             instance with equal weight: an ensemble (crps), its type 1 quantiles (wis), or the mean
//             of g (brier, rps, pairs); of a series each item by itself, or its paths (energy). At least
//             1,000 instances; with fewer it is used, and reports say so.
// Loss scale  s = mean excess of climatology over the same instances, in the loss's unit. It is fixed
//             before any test, and never depends on a question's own truth. A slot with
//             s < 10·mean H is degenerate: the truth cannot tell its answers apart.
// Cost        O(n·log n) once for n pooled members, then O(log n) for each member of a truth.
// Checked by  ClimatologyTests.

import Experience

public struct Climatology: Sendable {
  public static let wantedInstances = 1000

  /// Calibration instances in which the slot has an outcome.
  public let instances: Int
  public let forecast: Forecast
  public let scale: LossScale

  /// The loss scale of a slot.
  public struct LossScale: Sendable, Hashable {
    /// s, in the loss's unit.
    public let value: Double
    /// Mean numerical half-width H in the loss's coordinate.
    public let meanHalfWidth: Double
    public let instances: Int
    public var isDegenerate: Bool { !(value > 0) || value < 10 * meanHalfWidth }
  }

  /// - Parameters:
  ///   - template: `name@version`; records of other templates are passed over.
  ///   - calibration: truth records of calibration instances; those in which the outcome does not
  ///     occur are passed over.
  /// - Throws: when no record decides the slot.
  public init(
    slot: Slot, template: String, calibration: [TruthRecord]
  ) throws(ScoringProblem) {
    let rule = QuestionRule(slot)
    var truths: [SlotTruth] = []
    for record in calibration where record.template == template {
      if let truth = try? SlotTruth(slot: slot, record: record) { truths.append(truth) }
    }
    guard !truths.isEmpty else {
      throw ScoringProblem("no calibration instance of \(template) decides `\(slot.name)`")
    }
    let forecast = Climatology.forecast(rule, truths)
    var (excess, halfWidth) = (0.0, 0.0)
    for truth in truths {
      excess += rule.excess(forecast, truth.law)
      halfWidth += truth.halfWidth
    }
    let count = Double(truths.count)
    (instances, self.forecast) = (truths.count, forecast)
    scale = LossScale(
      value: excess / count, meanHalfWidth: halfWidth / count, instances: truths.count)
  }

  /// Mean excess loss of climatology over its own instances, for the template record.
  public static func lossScale(
    slot: Slot, template: String, calibration: [TruthRecord]
  ) throws(ScoringProblem) -> LossScale {
    try Climatology(slot: slot, template: template, calibration: calibration).scale
  }

  private static func forecast(_ rule: QuestionRule, _ truths: [SlotTruth]) -> Forecast {
    var probability = 0.0
    var members: [[Double]] = []
    var shares: [[Double]] = []
    var paths: [[[Double]]] = []
    for truth in truths {
      switch truth.law {
      case .event(let g, _): probability += g
      case .scalar(let ensemble): members.append(ensemble.members)
      case .classes(let g, _), .pairs(let g, _): shares.append(g)
      case .series(let own): paths.append(own)
      }
    }
    if let first = shares.first {
      return .probabilities(
        first.indices.map { k in shares.reduce(0) { $0 + $1[k] } / Double(shares.count) })
    }
    if !paths.isEmpty { return rule.pooled(paths) }
    if members.isEmpty {
      let share = probability / Double(truths.count)
      guard rule.rule == .decision else { return .probability(share) }
      return .action(QuestionRule.policy.implied(share, consequence: rule.consequence))
    }
    let law = EmpiricalLaw(mixing: members)
    return rule.rule == .wis ? .quantiles(rule.levels.map(law.quantile)) : .empirical(law)
  }
}
