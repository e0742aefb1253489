// The closed form that a first course gives, as a prediction like any other.
//
// Method      64 draws of the disclosed tolerances through the slot's expression, each multiplied by
//             1 + r·z with the published relative sd r and a standard normal z. `g` is standard
//             gravity unless the template binds it.
// Form        rule wis: type 1 quantiles at the question's levels; crps: the 64 values; event: the
//             share of draws that meets the criterion. A draw without a finite value does not count;
//             without any, the baseline hands off.
// Random      counter-based, seeded by FNV-1a (64 bit) of the question's id: the same bytes in any
//             order and on any number of workers.
// Checked by  Physics101Tests.

import Experience

public struct Physics101: Sendable {
  public static let draws = 64
  public static let standardGravity = 9.80665  // m/s², exact: 3rd CGPM 1901

  struct ClosedForm: Sendable {
    let expression: Formula
    /// Path in the scene of each name; `nil`: standard gravity.
    let paths: [String?]
    let relativeSD: Double

    /// In SI, with the values of the scene's paths.
    func evaluate(_ value: (String) -> Double?) -> Double {
      expression.evaluate(
        inOrder: paths.map { $0.map { value($0) ?? .nan } ?? Physics101.standardGravity })
    }
  }
  private let template: String
  private let forms: [String: ClosedForm]
  /// Of the outcomes behind a slot, where all of them have one.
  let parts: [String: [ClosedForm]]

  /// - Throws: the slot whose expression cannot be read, or uses a name that is not bound.
  public init(template: Template) throws(ScoringProblem) {
    self.template = template.id
    func closedForm(_ source: String, _ slot: Slot) throws(ScoringProblem) -> ClosedForm {
      let expression: Formula
      do { expression = try Formula(source) } catch {
        throw ScoringProblem(
          "physics-101 of `\(slot.name)`: \(error.message) at byte \(error.offset) of `\(source)`")
      }
      var paths: [String?] = []
      for name in expression.names {
        let path = template.bindings.first { $0.symbol == name }?.path
        guard path != nil || name == "g" else {
          throw ScoringProblem("physics-101 of `\(slot.name)`: `\(name)` is not bound to the scene")
        }
        paths.append(path)
      }
      return ClosedForm(
        expression: expression, paths: paths, relativeSD: slot.physics101RelativeSD)
    }
    var forms: [String: ClosedForm] = [:]
    var parts: [String: [ClosedForm]] = [:]
    for slot in template.slots.flatMap(VerificationParts.slots) {
      if let source = slot.physics101 { forms[slot.name] = try closedForm(source, slot) }
      guard let count = slot.derivation?.outcomes.count, slot.partForms.count == count else {
        continue
      }
      var list: [ClosedForm] = []
      for source in slot.partForms { list.append(try closedForm(source, slot)) }
      parts[slot.name] = list
    }
    (self.forms, self.parts) = (forms, parts)
  }

  func form(of slot: String) -> ClosedForm? { forms[slot] }

  /// The answer to a question of the template; `nil` where a first course has none.
  /// - Throws: what the scene does not disclose.
  public func answer(to question: Question) throws(ScoringProblem) -> Answer? {
    var memory = ScoringMemory()
    return try answer(to: question, &memory)
  }

  func answer(
    to question: Question, _ memory: inout ScoringMemory
  ) throws(ScoringProblem) -> Answer? {
    guard question.template == template else { return nil }
    if let derivation = question.derivation { return try derived(derivation, question) }
    guard let form = forms[question.slot] else { return nil }
    var laws: [Law] = []
    for path in form.paths {
      guard let path else {
        laws.append(.exact(Physics101.standardGravity))
        continue
      }
      laws.append(try memory.law(at: path, in: question.scene))
    }
    // a decision follows from the draws that its probability is made of
    let id =
      question.type == .decision
      ? String(question.id.dropLast("decision".count)) + "pass" : question.id
    let values = draw(form, laws, CounterRandom(seed: StableHash.fnv1a(id)))
    guard !values.isEmpty else { return .handoff(reason: "out-of-range") }
    if question.type == .event || question.type == .decision {
      guard let criterion = question.event else {
        throw ScoringProblem("the event question \(question.id) has no criterion")
      }
      let hits = values.reduce(0) { $0 + (criterion.holds($1) ? 1 : 0) }
      return .probability(Double(hits) / Double(values.count))
    }
    guard let unit = try? Unit.parse(question.quantity.unit) else {
      throw ScoringProblem("the unit `\(question.quantity.unit)` of \(question.id) is unknown")
    }
    // the margin of a requirement: the closed form is that of its outcome
    let requirement = question.requirements.first
    let members = values.map { unit.fromSI(requirement?.margin(of: $0) ?? $0) }
    guard question.rule != .crps else { return .ensemble(members) }
    let ensemble = Ensemble(members)
    return .quantiles(question.levels.map(ensemble.quantile))
  }

  /// The closed form at the nominal values of the question's scene, in SI; `nil` without one.
  func nominal(_ question: Question) throws(ScoringProblem) -> Double? {
    var memory = ScoringMemory()
    return try nominal(question, &memory)
  }

  func nominal(
    _ question: Question, _ memory: inout ScoringMemory
  ) throws(ScoringProblem) -> Double? {
    guard question.template == template, question.derivation == nil,
      let form = forms[question.slot]
    else { return nil }
    var inputs: [Double] = []
    for path in form.paths {
      guard let path else {
        inputs.append(Physics101.standardGravity)
        continue
      }
      inputs.append(try memory.law(at: path, in: question.scene).nominal)
    }
    let value = form.expression.evaluate(inOrder: inputs)
    return value.isFinite ? value : nil
  }

  /// The answer as a line of a prediction file.
  public func prediction(for question: Question) throws(ScoringProblem) -> Prediction? {
    if question.type == .verification { return try verification(question) }
    guard let answer = try answer(to: question) else { return nil }
    return Prediction(
      id: question.id, model: "physics-101", track: "own-code", answer: answer.json(for: question))
  }

  /// The answers to the parts, put together; requirements without a closed form are handed off.
  private func verification(_ question: Question) throws(ScoringProblem) -> Prediction? {
    var answers: [String: Answer] = [:]
    for part in VerificationParts.questions(of: question) {
      answers[part.slot] = try answer(to: part)
    }
    guard !answers.isEmpty else { return nil }
    return Prediction(
      id: question.id, model: "physics-101", track: "own-code",
      answer: Answer.verification(of: question, from: answers))
  }

  private func draw(_ form: ClosedForm, _ laws: [Law], _ random: CounterRandom) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(Physics101.draws)
    var inputs = laws.map(\.nominal)
    // without tolerances every draw gives the same
    let fixed = laws.allSatisfy(\.isExact) ? form.expression.evaluate(inOrder: inputs) : nil
    for index in 0..<UInt64(Physics101.draws) {
      for (stream, law) in laws.enumerated() where !law.isExact {
        inputs[stream] = law.quantile(random.uniform(stream: UInt64(stream), index: index))
      }
      // the model's own error, which the tolerances do not contain
      let z = NormalLaw.quantile(random.uniform(stream: UInt64(laws.count), index: index))
      let value =
        (fixed ?? form.expression.evaluate(inOrder: inputs)) * (1 + form.relativeSD * z)
      if value.isFinite { values.append(value) }
    }
    return values
  }
}

extension Answer {
  /// The object of a prediction line; dimensional numbers in the question's unit.
  public func json(for question: Question) -> JSON {
    let symbol = question.quantity.unit
    let unit: JSON? = symbol == "1" || symbol.isEmpty ? nil : .text(symbol)
    switch self {
    case .probability(let p): return .object([("p", .number(p))])
    case .point(let value): return .object([("value", .number(value)), ("unit", unit)])
    case .normal(let mean, let sd):
      return .object([("value", .number(mean)), ("sd", .number(sd)), ("unit", unit)])
    case .ensemble(let values): return .object([("values", .numbers(values)), ("unit", unit)])
    case .quantiles(let ends) where question.rule == .interval && ends.count == 2:
      return .object([("low", .number(ends[0])), ("high", .number(ends[1])), ("unit", unit)])
    case .probabilities(let p):
      let labels = question.derivation?.labels ?? []
      return .object([("probs", .object(zip(labels, p).map { ($0, .number($1)) }))])
    case .pairs(let p):
      let items = question.derivation?.labels ?? []
      let names = Derivation.pairs(of: items.count).map {
        Derivation.name(items[$0.first], items[$0.second])
      }
      return .object([("pairs", .object(zip(names, p).map { ($0, .number($1)) }))])
    case .paths(let paths):
      return .object([("paths", .array(paths.map { .numbers($0) })), ("unit", unit)])
    case .bands(let bands):
      let pairs = zip(question.levels, bands).map { (JSON.text(of: $0), JSON.numbers($1)) }
      return .object([("quantiles", .object(pairs.map { ($0.0, $0.1) })), ("unit", unit)])
    case .quantiles(let values):
      let pairs = zip(question.levels, values).map { (JSON.text(of: $0), JSON.number($1)) }
      return .object([("quantiles", .object(pairs.map { ($0.0, $0.1) })), ("unit", unit)])
    case .handoff(let reason):
      return .object([("handoff", .bool(true)), ("reason", .text(reason))])
    case .disposition(let action): return .object([("disposition", .text(action.rawValue))])
    case .verification: return .object([("requirements", .array([]))])
    }
  }
}
