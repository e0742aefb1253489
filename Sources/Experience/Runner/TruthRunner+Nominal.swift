// The nominal scene: refined until its outcomes settle, then questioned.
//
// Method      three levels a value (`Refinement`), no band below the grain of the finest. Where an experiment asks for it, an outcome that is
//             decided after the levels stop agreeing on the order of events counts only if its values
//             agree; and one more run with inputs changed by 1e-12 says what moves by more than its
//             band: the band is then at least that, and beyond the accuracy the outcome is unresolved.
// Checked by  SelfCheckTests, RecipeTests.

extension TruthRunner {
  /// The nominal scene at three levels.
  public struct NominalRun: Sendable {
    public let refinements: [Refinement]
    /// Of the margins of events; nil where there is none.
    public let margins: [Refinement?]
    public let finest: RunResult
    public let level: Int
    /// Every level that was run, coarse to fine.
    public let levels: [RunResult]
    /// What the levels and the perturbed run do not agree on.
    public let notes: [String]
    /// Members that ran on two levels, if the experiment asks for them.
    var pairs: PairedMembers?
    /// Whether the solver stands by the levels that the bands come from.
    var isVouched: Bool { !levels.suffix(3).contains(where: \.isUnresolved) }
  }

  /// Refines until every outcome meets the scene's accuracy, or the levels run out. `names`: of the
  /// outcomes, for notes.
  public func nominal(
    _ experiment: any Experiment, accuracy: Double, names: [String] = []
  ) throws(RunFailure) -> NominalRun {
    let inputs = experiment.inputs.map(\.law.nominal)
    let extraLevels = min(extraLevels, experiment.extraLevels ?? extraLevels)
    var levels: [RunResult] = []
    for level in 0..<3 { levels.append(try experiment.run(inputs, level: level)) }
    while true {
      let last = Array(levels.suffix(3))
      let split = experiment.comparesEvents ? EventSequence.split(of: last) : nil
      let refinements = assess(
        last, split, (experiment.designOrder, experiment.refinementRatio), accuracy)
      let settled = zip(refinements, last[1].values).allSatisfy { refinement, middle in
        refinement.status == .converged || (refinement.value.isNaN && middle.isNaN)
      }
      if settled || levels.count >= 3 + extraLevels {
        let nominal = NominalRun(
          refinements: refinements,
          margins: margins(
            last, (experiment.designOrder, experiment.refinementRatio)),
          finest: last[2], level: levels.count - 1, levels: levels,
          notes: split.map { [$0.sentence] } ?? [])
        return experiment.checksSensitivity
          ? try shaken(nominal, experiment, accuracy: accuracy, names) : nominal
      }
      levels.append(try experiment.run(inputs, level: levels.count))
    }
  }

  private func assess(
    _ last: [RunResult], _ split: EventSequence.Split?, _ design: (order: Double, ratio: Double),
    _ accuracy: Double
  ) -> [Refinement] {
    let finest = last[2]
    let isUnresolved = last.contains(where: \.isUnresolved)
    return finest.values.indices.map { index in
      let allowed = accuracy * max(abs(finest.values[index]), finest.scales[index])
      let (coarse, middle, fine) = (
        last[0].values[index], last[1].values[index], finest.values[index]
      )
      // an outcome that is decided before the levels part is a limit like any other
      let isBefore = split.map { finest.decisionTime(index) < $0.time } ?? true
      let refinement =
        isBefore
        ? Refinement.assess(
          coarse: coarse, middle: middle, fine: fine, floor: finest.floors[index],
          designOrder: design.order, allowed: allowed, ratio: design.ratio)
        : Refinement.agreement(
          coarse: coarse, middle: middle, fine: fine, floor: finest.floors[index],
          allowed: allowed)
      if isUnresolved { return refinement.widened(to: 0, status: .unresolved) }
      let grain = max(
        finest.grains[index] ?? 0,
        refinement.status == .converged ? 0 : finest.chanceGrains[index] ?? 0)
      guard grain > refinement.halfWidth else { return refinement }
      return refinement.widened(
        to: grain, status: grain > allowed ? .unresolved : refinement.status)
    }
  }

  private func margins(
    _ last: [RunResult], _ design: (order: Double, ratio: Double)
  ) -> [Refinement?] {
    last[2].values.indices.map { index in
      let values = last.map { $0.margin(index) }
      guard values.allSatisfy(\.isFinite) else { return nil }
      return Refinement.assess(
        coarse: values[0], middle: values[1], fine: values[2], floor: 0, designOrder: design.order,
        allowed: .infinity, ratio: design.ratio)
    }
  }

  /// The nominal run with bands that cover what inputs changed by 1e-12 make of it.
  private func shaken(
    _ nominal: NominalRun, _ experiment: any Experiment, accuracy: Double, _ names: [String]
  ) throws(RunFailure) -> NominalRun {
    let inputs = experiment.perturbed(experiment.inputs.map(\.law.nominal))
    let other = try experiment.run(inputs, level: nominal.level)
    var refinements = nominal.refinements
    var notes = nominal.notes
    for (index, refinement) in nominal.refinements.enumerated() {
      let (value, moved) = (nominal.finest.values[index], other.values[index])
      if value.isNaN && moved.isNaN { continue }
      let shift = value.isNaN || moved.isNaN ? .infinity : abs(moved - value)
      guard shift > refinement.halfWidth else { continue }
      let allowed = accuracy * max(abs(value), nominal.finest.scales[index])
      let isSensitive = shift > allowed
      refinements[index] = refinement.widened(
        to: shift, status: isSensitive ? .unresolved : refinement.status)
      // what stays far below the accuracy is rounding, and needs no words
      guard shift > 1e-3 * allowed else { continue }
      let size = shift.isFinite ? JSON.text(of: Quantum.twoFigures(shift)) : "more than its size"
      let name = index < names.count ? names[index] : "outcome \(index + 1)"
      notes.append(
        isSensitive
          ? "\(name) is sensitive: inputs changed by 1e-12 of their size move it by \(size)"
          : "inputs changed by 1e-12 of their size move \(name) by \(size): its band covers that")
    }
    return NominalRun(
      refinements: refinements, margins: nominal.margins, finest: nominal.finest,
      level: nominal.level, levels: nominal.levels, notes: notes)
  }
}
