// Checks a trace line by line against a simulated truth.
//
// Restates    a claim of the answer slot itself (of an event question: the very comparison that is
//             asked), or of a (name, anchor) that was stated before, earns nothing.
// Vacuous     a right claim that at least 95 % of the public calibration instances would call right as
//             well, each with its own tolerance: it says nothing of this scene.
// Scene       a bare claim about a number of the scene is read as `given:`.
// Checked by  WorkedTraceTests, TraceCheckerTests.

import Experience

public struct TraceChecker: Sendable {
  /// What the trace leads to.
  public struct Subject: Sendable, Hashable {
    /// Outcome that is asked for, as in records.
    public let outcome: String
    /// Of an event question.
    public let event: Criterion?
    /// Unit of the answer; of an event 1.
    public let unit: Unit

    public init(outcome: String, event: Criterion? = nil, unit: Unit) {
      (self.outcome, self.event, self.unit) = (outcome, event, unit)
    }

    public init(_ question: Question) {
      self.init(
        outcome: question.event?.outcome ?? question.slot, event: question.event,
        unit: (try? Unit.parse(question.quantity.unit)) ?? .one)
    }
  }

  public static let defaultRho = 0.02
  /// Relative difference up to which a recomputed value is the stated one.
  static let rounding = 0.005
  /// Relative difference up to which a `given:` agrees with the scene.
  static let sceneLimit = 0.001

  let subject: Subject
  let truth: TraceTruth
  let calibration: [TraceTruth]
  let laws: TraceLaws
  let rho: Double

  /// - Parameter calibration: truths of the public calibration instances, without parameters.
  public init(
    subject: Subject, truth: TraceTruth, calibration: [TraceTruth] = [], laws: TraceLaws,
    rho: Double = TraceChecker.defaultRho
  ) {
    (self.subject, self.truth, self.calibration) = (subject, truth, calibration)
    (self.laws, self.rho) = (laws, rho)
  }

  /// The checks of a trace, one a line, and what was stated by its end.
  func check(_ trace: Trace) -> (checks: [ClaimCheck], statements: TraceStatements) {
    var state = State(statements: TraceStatements(truth: truth))
    for index in trace.lines.indices {
      state.checks.append(check(trace, index, &state))
    }
    return (state.checks, state.statements)
  }

  /// What earlier lines leave behind.
  struct State {
    var checks: [ClaimCheck] = []
    var statements: TraceStatements
    /// (name, anchor) pairs that were claimed.
    var claimed: Set<String> = []
    /// Names whose last check was wrong, and those whose was right.
    var wrong: Set<String> = []
    var right: Set<String> = []
  }

  private func check(_ trace: Trace, _ index: Int, _ state: inout State) -> ClaimCheck {
    var check = ClaimCheck(line: index + 1, .unparseable)
    switch trace.lines[index] {
    case nil: break
    case .given(let bindings)?: given(bindings, nil, &check, &state)
    case .assume(let mechanism)?:
      check.verdict = once("assume \(mechanism)", &state) {
        repeated { $0.judge(assumeNo: mechanism, rho: rho) }
      }
    case .order(let events)?:
      check.verdict = once("order \(events.map(\.name))", &state) {
        repeated { $0.judge(order: events) }
      }
    case .occurs(let event, let happens)?:
      (check.name, check.anchor) = (event.kind, .event(event))
      check.verdict = once("occurs \(event.name)", &state) {
        repeated { $0.judge(event, happens: happens) }
      }
    case .claim(let name, let relation, let anchor)?:
      claim(name, relation, anchor, nil, support(trace, after: index), &check, &state)
    case .so(let name, let formula, let quantity, let anchor)?:
      claim(name, .value(quantity), anchor, formula, nil, &check, &state)
    case .because(let law, let bindings)?: because(law, bindings, &check, state)
    case .answer(let answer)?:
      check.verdict = .answer
      if case .value(let name, _) = answer { check.name = name }
      check.recomputed = try? state.statements.evaluate(answer.formula).value
    }
    if check.verdict.isWrong, check.cause == nil { check.cause = .value }
    return check
  }

  /// The law that the lines below call, if it gives what this line states.
  private func support(
    _ trace: Trace, after index: Int
  ) -> (law: TraceLaw, bindings: [TraceBinding])? {
    guard case .claim(let name, _, _)? = trace.lines[index] else { return nil }
    var next = index + 1
    while next < trace.lines.count, case .because(let law, let bindings)? = trace.lines[next] {
      if let law = laws[law], isSame(law.target, name) { return (law, bindings) }
      next += 1
    }
    return nil
  }

  /// Whether two names mean the same quantity.
  func isSame(_ one: String, _ other: String) -> Bool {
    if one == other { return true }
    let (a, b) = (truth.channel(one, at: nil)?.name, truth.channel(other, at: nil)?.name)
    return a != nil && a == b
  }

  private func once(_ key: String, _ state: inout State, _ verdict: () -> ClaimVerdict)
    -> ClaimVerdict
  {
    state.claimed.insert(key).inserted ? verdict() : .restates
  }

  /// A verdict on the truth, vacuous where calibration instances say the same.
  private func repeated(_ judge: (TraceTruth) -> ClaimVerdict) -> ClaimVerdict {
    let verdict = judge(truth)
    guard verdict == .right, !calibration.isEmpty else { return verdict }
    // most claims fail at once elsewhere: as soon as too many do, the rest need not be looked at
    let least = TraceTruth.shareHigh * Double(calibration.count)
    var count = calibration.count
    for other in calibration where judge(other) != .right {
      count -= 1
      if Double(count) < least { return .right }
    }
    return .vacuous
  }

  // MARK: Lines

  private func given(
    _ bindings: [TraceBinding], _ anchor: TraceAnchor?, _ check: inout ClaimCheck,
    _ state: inout State
  ) {
    check.verdict = .given
    for binding in bindings {
      if let parameter = truth.parameters[binding.name] {
        let stated = binding.quantity
        let difference = abs(stated.value - parameter.nominal)
        let isSame =
          stated.unit.dimension.isSame(as: parameter.unit.dimension)
          && difference <= TraceChecker.sceneLimit * abs(parameter.nominal)
        if !isSame, check.verdict == .given {
          (check.verdict, check.cause, check.name) = (.wrong, .scene, binding.name)
          (check.stated, check.simulated) = (stated.value, parameter.nominal)
          check.unit = TraceChecker.symbol(parameter.unit)
        }
        if !isSame { state.wrong.insert(binding.name) }
      }
      state.statements.state(
        [binding.name], key: "\(binding.name)@", binding.quantity, at: anchor)
    }
  }

  private func claim(
    _ name: String, _ relation: TraceRelation, _ anchor: TraceAnchor?, _ formula: Formula?,
    _ support: (law: TraceLaw, bindings: [TraceBinding])?, _ check: inout ClaimCheck,
    _ state: inout State
  ) {
    let channel = truth.channel(name, at: anchor)
    if channel == nil, formula == nil, truth.parameters[name] != nil,
      case .value(let quantity) = relation
    {
      return given([TraceBinding(name: name, quantity: quantity)], anchor, &check, &state)
    }
    (check.name, check.anchor) = (name, anchor)
    if case .value(let quantity) = relation { check.stated = quantity.value }

    // where the line leads does not depend on whether it is right
    let link = self.link(name, anchor, formula, support, check.stated, state)
    (check.recomputed, check.lawResidual) = (link?.recomputed, link?.residual)
    let place = channel?.anchors.first ?? anchor?.name ?? ""
    let key = "\(channel?.name ?? name)@\(place)"
    if case .value(let quantity) = relation {
      let names = [name, channel?.name].compactMap { $0 }
      state.statements.state(names, key: key, quantity, at: anchor, by: formula)
    }
    let isRepeated = !state.claimed.insert(key).inserted
    if isRepeated || isAnswer(channel?.name ?? name, relation) {
      check.verdict = .restates
      return
    }
    let judgement = truth.judge(name, relation, at: anchor, rho: rho)
    check.verdict = judgement.verdict
    (check.tolerance, check.distance) = (judgement.tolerance, judgement.distance)
    check.simulated = judgement.channel?.median
    check.unit = judgement.channel.map { TraceChecker.symbol($0.unit) }
    if judgement.verdict == .right {
      check.verdict = repeated { $0.judge(name, relation, at: anchor, rho: rho).verdict }
    }
    if check.verdict == .right { state.right.insert(name) }
    if check.verdict.isWrong {
      state.wrong.insert(name)
      check.cause = link.map { cause($0, state) } ?? .value
      if judgement.verdict == .eventAbsent { check.cause = .value }
    }
  }

  private func isAnswer(_ name: String, _ relation: TraceRelation) -> Bool {
    guard name == TraceVocabulary.name(subject.outcome) else { return false }
    guard let event = subject.event else { return true }
    guard case .bound(let comparison, let quantity) = relation else { return false }
    return comparison.isUpperLimit == event.comparison.isUpperLimit
      && abs(quantity.value - event.limit) <= TraceChecker.rounding * abs(event.limit)
  }

  private func because(
    _ name: String, _ bindings: [TraceBinding], _ check: inout ClaimCheck, _ state: State
  ) {
    check.verdict = .unverifiable
    guard let law = laws[name] else { return }
    check.name = law.target
    // the last line that states what the law gives
    guard
      let target = state.checks.last(where: { claim in
        claim.stated != nil && (claim.name.map { isSame($0, law.target) } ?? false)
      })
    else { return }
    let link = self.link(
      target.name ?? law.target, target.anchor, nil, (law, bindings), target.stated, state)
    (check.recomputed, check.lawResidual) = (link?.recomputed, link?.residual)
    guard let link, let residual = link.residual, let isRepeated = link.isArithmeticRight else {
      return
    }
    check.verdict = isRepeated && residual <= TraceTruth.limit ? .holds : .fails
  }

  static func symbol(_ unit: Unit) -> String {
    unit.factor == 1 && unit.offset == 0 ? unit.symbol : unit.dimension.description
  }
}

extension TraceAnswer {
  /// The expression of the answer.
  var formula: Formula {
    switch self {
    case .value(_, let formula), .comparison(let formula, _, _): formula
    }
  }
}
