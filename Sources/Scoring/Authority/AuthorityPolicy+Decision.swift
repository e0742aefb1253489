// What an action on a requirement costs, and which one a stated probability implies.
//
// Equation    L(accept) = (1 − g)·C_FA(c), L(reject) = g·C_FR, L(handoff) = C_H, g = P(pass);
//             d = L − min over the actions. The implied action has the least expected cost at the
//             stated probability; ties go to the safer: handoff, reject, accept.
// Checked by  DecisionTests (`verification.decision-loss`; honest reports are best).

import Experience

extension AuthorityPolicy {
  /// L of an action where the requirement holds with probability `g`.
  public func loss(_ action: Disposition, truth g: Double, consequence: Int) -> Double {
    switch action {
    case .accept: (1 - g) * falseAcceptCost(consequence)
    case .reject: g * falseReject
    case .handoff: handoff
    }
  }

  /// L of the best action.
  public func leastLoss(truth g: Double, consequence: Int) -> Double {
    Disposition.allCases.reduce(Double.infinity) {
      min($0, loss($1, truth: g, consequence: consequence))
    }
  }

  /// The action that P(pass) = `p` implies.
  public func implied(_ p: Double, consequence: Int) -> Disposition {
    var best = Disposition.handoff
    for action in Disposition.allCases
    where loss(action, truth: p, consequence: consequence)
      < loss(best, truth: p, consequence: consequence) - 1e-12
    {
      best = action
    }
    return best
  }
}
