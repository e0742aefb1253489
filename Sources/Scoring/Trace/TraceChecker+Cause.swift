// Why a claim with working is wrong: its arithmetic, its law, or an input from before.
//
// Equation    recomputed = the expression with the stated inputs;
//             residual = median over members of |expression with simulated inputs − simulated value|
// Cause       arithmetic: recomputed and stated differ by more than 0.5 %, or in their dimension; else
//             law: residual above the tolerance; else inherited.
// Inputs      a simulated input is the channel of that name at the line's anchor, at the anchor at which
//             the trace stated it, or the only one; else the scene's number, by members where the
//             record holds them and by its nominal value where not. The residual then contains the
//             scene's own spread, of which the tolerance is two standard deviations.
// Deviation   where an input was not recorded the law cannot be tested: the cause is then `inherited`
//             if an input was found wrong before, `law` if every input is the scene's or was found
//             right, and `value` otherwise.
// Checked by  WorkedTraceTests, TraceCheckerTests.

import Experience

extension TraceChecker {
  /// How a stated value follows from others.
  struct Link {
    let formula: Formula
    /// Names that the line itself binds.
    let bound: Set<String>
    var recomputed: Double?
    /// Whether the stated value is the recomputed one; `nil`: an input has no value.
    var isArithmeticRight: Bool?
    /// In tolerances; `nil`: not everything was recorded.
    var residual: Double?
  }

  func link(
    _ name: String, _ anchor: TraceAnchor?, _ formula: Formula?,
    _ support: (law: TraceLaw, bindings: [TraceBinding])?, _ stated: Double?, _ state: State
  ) -> Link? {
    guard let formula = formula ?? support?.law.formula, let stated else { return nil }
    var bindings: [String: DimensionedValue] = [:]
    for binding in support?.bindings ?? [] {
      bindings[binding.name] = binding.quantity.dimensioned
    }
    var link = Link(formula: formula, bound: Set(bindings.keys))
    do throws(Formula.DimensionFailure) {
      let value = try state.statements.evaluate(formula, with: bindings)
      let channel = truth.channel(name, at: anchor)
      let hasDimension = channel.map { value.hasDimension($0.unit.dimension) } ?? true
      link.recomputed = value.value.isFinite ? value.value : nil
      let size = max(abs(value.value), abs(stated))
      link.isArithmeticRight =
        hasDimension && abs(value.value - stated) <= TraceChecker.rounding * size
    } catch {
      if error == .dimension { link.isArithmeticRight = false }
    }
    link.residual = residual(formula, name, anchor, state)
    return link
  }

  func cause(_ link: Link, _ state: State) -> ClaimCause {
    if link.isArithmeticRight == false { return .arithmetic }
    if let residual = link.residual, link.isArithmeticRight != nil {
      return residual > TraceTruth.limit ? .law : .inherited
    }
    let inputs = link.formula.names.filter { !link.bound.contains($0) }
    if inputs.contains(where: state.wrong.contains) { return .inherited }
    let isKnown = inputs.allSatisfy { state.right.contains($0) || truth.parameters[$0] != nil }
    return isKnown && link.isArithmeticRight == true ? .law : .value
  }

  /// Law residual in tolerances.
  private func residual(
    _ formula: Formula, _ name: String, _ anchor: TraceAnchor?, _ state: State
  ) -> Double? {
    guard let target = truth.channel(name, at: anchor), !target.isUnresolved else { return nil }
    var inputs: [Input] = []
    for name in formula.names {
      guard let input = simulated(name, anchor, state) else { return nil }
      inputs.append(input)
    }
    let count = target.members?.count ?? 1
    let isJoint =
      target.members != nil
      && inputs.allSatisfy { $0.members.map { $0.count == count || $0.count == 1 } ?? false }
    var residuals: [Double] = []
    for member in 0..<(isJoint ? count : 1) {
      let values = inputs.map { input -> Double in
        guard isJoint, let members = input.members else { return input.median }
        return members[members.count == 1 ? 0 : member]
      }
      let value = isJoint ? target.members?[member] ?? .nan : target.median
      let difference = abs(formula.evaluate(inOrder: values) - value)
      // a member in which the event does not occur has no residual
      if !value.isNaN { residuals.append(difference) }
    }
    let median = Ensemble(residuals.map { $0.isNaN ? .infinity : $0 }).quantile(0.5)
    let tolerance = target.tolerance(rho: rho)
    return median.isNaN ? nil : tolerance > 0 ? median / tolerance : median == 0 ? 0 : .infinity
  }

  /// An input as it was simulated.
  private struct Input {
    let members: [Double]?
    let median: Double
  }

  private func simulated(_ name: String, _ anchor: TraceAnchor?, _ state: State) -> Input? {
    if let parameter = truth.parameters[name] {
      return Input(members: parameter.members ?? [parameter.nominal], median: parameter.nominal)
    }
    let channel =
      anchor.flatMap { truth.channel(name, at: $0) }
      ?? state.statements[name]?.anchor.flatMap { truth.channel(name, at: $0) }
      ?? truth.channel(name, at: nil)
    guard let channel, !channel.isUnresolved, channel.occurs >= 0.5 else { return nil }
    return Input(members: channel.members, median: channel.median)
  }
}
