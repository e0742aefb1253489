// The same knowledge in the form of every kind of question: a law of the speed and the probability of its
// limit.

import Experience

extension Attack {
  /// - Parameters:
  ///   - values: equally likely values of the speed, ascending; five for `wis`.
  ///   - p: that the speed stays below the limit.
  static func derived(_ question: Question, values: [Double], p: Double) -> JSON {
    let levels = question.levels.map { JSON.text(of: $0) }
    switch question.type {
    case .category, .ordered:
      // the class below the limit has p; the others share the rest
      let labels = question.derivation?.labels ?? []
      let rest = (1 - p) / Double(labels.count - 1)
      return .object([
        ("probs", .object(labels.enumerated().map { ($1, .number($0 == 0 ? p : rest)) }))
      ])
    case .ordering:
      let items = question.derivation?.labels ?? []
      return .object([
        ("pairs", .object([(Derivation.name(items[0], items[1]), .number(p))]))
      ])
    case .interval:
      return .object([
        ("low", .number(values[0])), ("high", .number(values[values.count - 1])),
        ("unit", .text("m/s")),
      ])
    case .series:
      if question.rule == .energy {
        let paths = values.map { JSON.numbers([$0, AttackField.ratio * $0]) }
        return .object([("paths", .array(paths)), ("unit", .text("m/s"))])
      }
      let law = Ensemble(values)
      let pairs = zip(levels, question.levels).map { name, level -> (String, JSON?) in
        let value = law.quantile(level)
        return (name, .numbers([value, AttackField.ratio * value]))
      }
      return .object([("quantiles", .object(pairs)), ("unit", .text("m/s"))])
    case .event, .scalar, .verification, .decision:
      preconditionFailure("not a derived question")
    }
  }

  static func isDerived(_ question: Question) -> Bool {
    question.derivation != nil || question.type == .interval
  }
}
