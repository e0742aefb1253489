// Do the claims imply the answer?
//
// Equation    scalar: A* = the `answer:` expression with the stated values, δ = |A* − A|/max(|A*|, |A|),
//             A the median of the answer; event: p* = Φ((f − c)/s), δ = |p* − p|, s by first order from
//             the stated ± and sd (s = 0: 0 or 1); K = max(0, 1 − δ/0.10); coherent if δ ≤ 0.02.
// Events      a trace that ends in the opposite comparison of the outcome that is asked for says the
//             opposite probability.
// Deviation   the first `answer:` line counts; its name is not compared with the slot's, its dimension is.
// Checked by  WorkedTraceTests, TraceScoreTests.

import Experience

public struct Coherence: Sendable, Hashable {
  static let scale = 0.10
  static let limit = 0.02

  /// What the claims imply: SI, or a probability.
  public let answer: Double
  public let delta: Double
  public var score: Double { max(0, 1 - delta / Coherence.scale) }
  public var isCoherent: Bool { delta <= Coherence.limit }

  /// - Parameter stated: the prediction's median in SI, or its probability.
  init(answer: Double, stated: Double, isProbability: Bool) {
    self.answer = answer
    let size = isProbability ? 1 : max(abs(answer), abs(stated))
    delta = size > 0 ? abs(answer - stated) / size : 0
  }

  /// What the `answer:` line gives; `nil` without one, or where it cannot be evaluated.
  static func answer(
    of trace: Trace, _ statements: TraceStatements, _ subject: TraceChecker.Subject
  ) -> Double? {
    for case .answer(let answer)? in trace.lines {
      guard let value = try? statements.evaluate(answer.formula), value.value.isFinite else {
        return nil
      }
      switch answer {
      case .value:
        // an event is answered by a probability
        return value.hasDimension(subject.event == nil ? subject.unit.dimension : .none)
          ? value.value : nil
      case .comparison(_, let comparison, let limit):
        guard let event = subject.event, value.hasDimension(limit.unit.dimension) else {
          return nil
        }
        let own = statements.sd(of: answer.formula)
        let sd = (own * own + limit.sd * limit.sd).squareRoot()
        let distance = value.value - limit.value
        let above = sd > 0 ? NormalLaw.probability(distance / sd) : distance > 0 ? 1 : 0
        let probability = comparison.isUpperLimit ? 1 - above : above
        // only a comparison of the very outcome can be the opposite one
        let asked = try? Unit.parse(event.unit)
        let isOfOutcome =
          asked.map { !$0.dimension.isDimensionless && value.hasDimension($0.dimension) } ?? false
        let isOpposite =
          isOfOutcome && comparison.isUpperLimit != event.comparison.isUpperLimit
        return isOpposite ? 1 - probability : probability
      }
    }
    return nil
  }
}
