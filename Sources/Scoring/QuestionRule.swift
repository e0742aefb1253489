// The one rule that a question fixes, and how every form of answer is read under it.
//
//             event: brier; scalar: crps (point, normal, ensemble) or wis (these and quantiles);
//             decision: the published costs of accepting, rejecting and asking.
//             d = S(F, G) − S(G, G) is the excess loss: what the answer costs beyond the truth's own
//             uncertainty.
// Checked by  ScalarRuleTests, BrierTests, ScorerTests.

import Experience

/// Rule, levels and scale of a slot.
public struct QuestionRule: Sendable, Hashable {
  public let rule: Rule
  public let levels: [Double]
  public let scale: OutcomeScale
  /// Of the requirement that a decision is about; 1 elsewhere.
  public let consequence: Int
  /// Of the items of a series, by how much of each could be known; empty: equal.
  public let weights: [Double]
  /// Spread of each item of a series over climatology, in the loss's coordinate.
  public let scales: [Double]
  /// What decisions cost.
  static let policy = AuthorityPolicy()

  public init(
    rule: Rule, levels: [Double], quantity: AnswerQuantity, consequence: Int = 1,
    spread: Slot.Spread? = nil
  ) {
    (self.rule, self.levels, scale) = (rule, levels, OutcomeScale(quantity))
    self.consequence = consequence
    weights =
      spread.map {
        zip($0.truth, $0.climatology).map { SeriesSpread.weight(truth: $0, climatology: $1) }
      } ?? []
    scales = spread?.climatology ?? []
  }

  /// Whether a question asks by this rule; weights and scales are the template's alone.
  func isOf(_ question: Question) -> Bool {
    let other = QuestionRule(question)
    return rule == other.rule && levels == other.levels && scale == other.scale
      && consequence == other.consequence
  }

  public init(_ question: Question) {
    self.init(
      rule: question.rule, levels: question.levels, quantity: question.quantity,
      consequence: QuestionRule.consequence(question.rule, question.requirements))
  }

  public init(_ slot: Slot) {
    self.init(
      rule: slot.rule, levels: slot.levels, quantity: slot.quantity,
      consequence: QuestionRule.consequence(slot.rule, slot.requirements), spread: slot.spread)
  }

  private static func consequence(_ rule: Rule, _ requirements: [AskedRequirement]) -> Int {
    rule == .decision ? requirements.first?.consequence ?? 1 : 1
  }

  /// Unit of a loss; 1 for probabilities, and for paths whose components are divided by their spread.
  func lossUnit(of type: QuestionType) -> String {
    switch type {
    case .scalar, .interval: scale.lossUnit
    case .series: rule == .energy ? "1" : scale.lossUnit
    case .event, .category, .ordered, .ordering, .verification, .decision: "1"
    }
  }

  /// The answer as the rule reads it; `nil` for a handoff and for forms that it does not read.
  public func forecast(_ answer: Answer) -> Forecast? {
    switch (rule, answer) {
    case (.brier, .probability(let p)): return .probability(p)
    case (.crps, .point(let value)): return .empirical(EmpiricalLaw([scale.coordinate(value)]))
    case (.crps, .normal(let mean, let sd)):
      if scale.isLogarithmic || CRPS.isCut(mean: mean, sd: sd, by: scale.support) {
        return .empirical(CRPS.quantiles(mean: mean, sd: sd, on: scale))
      }
      return .normal(mean: mean, sd: sd)
    case (.crps, .ensemble(let values)):
      return values.isEmpty ? nil : .empirical(EmpiricalLaw(values.map(scale.coordinate)))
    case (.wis, .point(let value)):
      return .quantiles(levels.map { _ in scale.coordinate(value) })
    case (.wis, .normal(let mean, let sd)):
      return .quantiles(levels.map { scale.coordinate(mean + sd * NormalLaw.quantile($0)) })
    case (.wis, .ensemble(let values)):
      let ensemble = Ensemble(values)
      return values.isEmpty
        ? nil : .quantiles(levels.map { scale.coordinate(ensemble.quantile($0)) })
    case (.wis, .quantiles(let values)), (.interval, .quantiles(let values)):
      return .quantiles(values.map(scale.coordinate))
    case (.brier, .probabilities(let p)), (.rps, .probabilities(let p)), (.pairs, .pairs(let p)):
      return .probabilities(p)
    case (_, .bands), (_, .paths): return series(answer)
    case (.decision, .disposition(let action)): return .action(action)
    // a probability is translated: the action that it implies
    case (.decision, .probability(let p)):
      return .action(QuestionRule.policy.implied(p, consequence: consequence))
    default: return nil
    }
  }

  /// S(F, G): mean loss over the members of the truth.
  public func loss(_ forecast: Forecast, _ truth: TruthLaw) -> Double {
    switch (forecast, truth) {
    case (.probability(let p), .event(let g, _)): return Brier.loss(p, truth: g)
    case (.action(let action), .event(let g, _)):
      return QuestionRule.policy.loss(action, truth: g, consequence: consequence)
    case (.empirical(let law), .scalar(let ensemble)):
      return mean(ensemble) { CRPS.loss(law, outcome: $0) }
    case (.normal(let mu, let sd), .scalar(let ensemble)):
      return mean(ensemble) { CRPS.loss(normalMean: mu, sd: sd, outcome: $0) }
    case (.quantiles(let values), .scalar(let ensemble)):
      return intervalFactor * WIS.loss(values, levels: levels, truth: ensemble)
    case (.probabilities(let p), .classes(let g, _)):
      return rule == .rps ? ClassScore.ranked(p, truth: g) : ClassScore.category(p, truth: g)
    case (.probabilities(let p), .pairs(let g, _)): return ClassScore.pairs(p, truth: g)
    case (.series(let laws), .series(let paths)):
      return overItems(paths) { loss(laws[$0], .scalar($1)) }
    case (.paths(let own), .series(let paths)):
      return EnergyScore.loss(own, truth: paths, scales: spreads(paths[0].count))
    default: preconditionFailure("the law of a truth does not fit its own question")
    }
  }

  /// S(G, G), with the fair term where there is one.
  public func ownLoss(_ truth: TruthLaw) -> Double {
    switch truth {
    case .event(let g, _) where rule == .decision:
      QuestionRule.policy.leastLoss(truth: g, consequence: consequence)
    case .event(let g, let members): Brier.ownLoss(g, members: members)
    case .scalar(let ensemble):
      levels.isEmpty
        ? CRPS.ownLoss(ensemble) : intervalFactor * WIS.ownLoss(ensemble, levels: levels)
    case .classes(let g, let members):
      rule == .rps
        ? ClassScore.ownRanked(g, members: members) : ClassScore.ownCategory(g, members: members)
    case .pairs(let g, let members): ClassScore.ownPairs(g, members: members)
    case .series(let paths):
      rule == .energy
        ? EnergyScore.ownLoss(paths, scales: spreads(paths[0].count))
        : overItems(paths) { ownLoss(.scalar($1)) }
    }
  }

  /// The interval score is 2/α times the pinball losses of its two ends (Gneiting & Raftery 2007,
  /// equation 43), which a `WIS` of two levels sums.
  private var intervalFactor: Double {
    guard rule == .interval, levels.count == 2 else { return 1 }
    return 2 / (1 - (levels[1] - levels[0]))
  }

  /// S(INVALID, G).
  public func invalidLoss(_ truth: TruthLaw) -> Double {
    let ignorance: Double
    switch truth {
    // a decision that cannot be read costs as much as the worst one
    case .event(let g, _) where rule == .decision:
      ignorance =
        Disposition.allCases.map {
          QuestionRule.policy.loss($0, truth: g, consequence: consequence)
        }.max() ?? 0
    case .event(let g, _): ignorance = MaximumEntropy.brier(truth: g)
    case .scalar(let ensemble): ignorance = ignorantLoss(ensemble)
    case .classes(let g, _), .pairs(let g, _):
      let equal: Double = if case .pairs = truth { 0.5 } else { 1 / Double(g.count) }
      ignorance = loss(.probabilities(g.map { _ in equal }), truth)
    case .series(let paths):
      ignorance =
        rule == .energy
        ? loss(.paths(ignorantPaths(paths[0].count)), truth)
        : overItems(paths) { ignorantLoss($1) }
    }
    return MaximumEntropy.surcharge * ignorance
  }

  /// Loss of the uniform law on the support.
  private func ignorantLoss(_ truth: Ensemble) -> Double {
    levels.isEmpty
      ? MaximumEntropy.crps(truth: truth, on: scale)
      : intervalFactor * MaximumEntropy.wis(truth: truth, levels: levels, on: scale)
  }

  /// d = S(F, G) − S(G, G).
  public func excess(_ forecast: Forecast, _ truth: TruthLaw) -> Double {
    loss(forecast, truth) - ownLoss(truth)
  }

  private func mean(_ truth: Ensemble, _ loss: (Double) -> Double) -> Double {
    var sum = 0.0
    for y in truth.members { sum += loss(y) }
    return sum / Double(truth.members.count)
  }
}
