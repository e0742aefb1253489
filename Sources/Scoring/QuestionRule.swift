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
  /// What decisions cost.
  static let policy = AuthorityPolicy()

  public init(rule: Rule, levels: [Double], quantity: AnswerQuantity, consequence: Int = 1) {
    (self.rule, self.levels, scale) = (rule, levels, OutcomeScale(quantity))
    self.consequence = consequence
  }

  public init(_ question: Question) {
    self.init(
      rule: question.rule, levels: question.levels, quantity: question.quantity,
      consequence: QuestionRule.consequence(question.rule, question.requirements))
  }

  public init(_ slot: Slot) {
    self.init(
      rule: slot.rule, levels: slot.levels, quantity: slot.quantity,
      consequence: QuestionRule.consequence(slot.rule, slot.requirements))
  }

  private static func consequence(_ rule: Rule, _ requirements: [AskedRequirement]) -> Int {
    rule == .decision ? requirements.first?.consequence ?? 1 : 1
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
    case (.wis, .quantiles(let values)): return .quantiles(values.map(scale.coordinate))
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
      return WIS.loss(values, levels: levels, truth: ensemble)
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
      rule == .wis ? WIS.ownLoss(ensemble, levels: levels) : CRPS.ownLoss(ensemble)
    }
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
    case .scalar(let ensemble):
      ignorance =
        rule == .wis
        ? MaximumEntropy.wis(truth: ensemble, levels: levels, on: scale)
        : MaximumEntropy.crps(truth: ensemble, on: scale)
    }
    return MaximumEntropy.surcharge * ignorance
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
