// From an experiment to its truth record: refinement of the nominal scene, members of the declared
// tolerances, probabilities of events and requirements.

import Foundation

/// Runs experiments of any experience.
public struct TruthRunner: Sendable {
  /// Threads for the members of one scene.
  public var jobs: Int
  /// Halvings beyond the first three levels before a value is called unresolved.
  public var extraLevels: Int
  /// Events kept in a record.
  public static let eventLimit = 60

  public init(jobs: Int = 1, extraLevels: Int = 6) {
    (self.jobs, self.extraLevels) = (jobs, extraLevels)
  }

  /// A record with the nominal run behind it.
  public struct Account: Sendable {
    public let record: TruthRecord
    public let nominal: NominalRun
  }

  /// The whole record of a scene.
  public func truth(
    of scene: Scene, id: String? = nil, template: String? = nil, seed: UInt64? = nil
  ) throws(RunFailure) -> TruthRecord {
    try account(of: scene, id: id, template: template, seed: seed).record
  }

  /// The whole record of a scene, and the nominal run at all its levels.
  public func account(
    of scene: Scene, id: String? = nil, template: String? = nil, seed: UInt64? = nil,
    derived: [Derived] = []
  ) throws(RunFailure) -> Account {
    let experiment = scene.experiment
    var nominal = try nominal(
      experiment, accuracy: scene.accuracy, names: scene.outcomes.map(\.name))
    let seed = seed ?? scene.seed
    let sampling = Sampling(seed: seed, inputs: experiment.inputs)
    let count = sampling.isExact ? 1 : scene.samples

    // members at the finest level; the nominal run is not one of them
    let failure: RunFailure?
    var members: [RunResult] = []
    if sampling.isExact {
      (members, failure) = ([nominal.finest], nil)
    } else {
      let level = min(nominal.level, experiment.memberLevel ?? nominal.level)
      let paired = experiment.pairedMembers
      let results = Parallel.map(count, jobs: jobs) { index in
        Result { () throws(RunFailure) in
          try experiment.run(sampling.member(index), level: level)
        }
      }
      var first: RunFailure?
      for result in results {
        switch result {
        case .success(let member):
          members.append(
            level == nominal.level || paired > 0
              ? member : nominal.refined(member, from: level, scene.outcomes))
        case .failure(let problem): first = first ?? problem
        }
      }
      failure = first
      if failure == nil, paired > 0, level < nominal.level {
        nominal.pairs = try pairs(
          experiment, sampling, Array(members.prefix(paired)), level: level + 1)
      }
    }
    if let failure { throw failure }
    let others = try experiment.alternatives(
      to: nominal.finest, sampling.nominal, level: nominal.level)
    var record = record(
      scene, experiment, nominal, members, others.first?.run, id: id, template: template,
      seed: seed)
    for (name, derivation) in derived {
      if let outcome = TruthRunner.outcome(derivation, scene.outcomes, members, record) {
        record.outcomes.append((name, outcome))
      }
    }
    record.alternatives = alternatives(others, nominal, scene.outcomes)
    return Account(record: record, nominal: nominal)
  }

  private func pairs(
    _ experiment: any Experiment, _ sampling: Sampling, _ coarse: [RunResult],
    level: Int
  ) throws(RunFailure) -> PairedMembers {
    let fine = Parallel.map(coarse.count, jobs: jobs) { index in
      Result { () throws(RunFailure) in
        try experiment.run(sampling.member(index), level: level)
      }
    }
    var list: [RunResult] = []
    for result in fine { list.append(try result.get()) }
    return PairedMembers(coarse: coarse, fine: list)
  }

  private func record(
    _ scene: Scene, _ experiment: any Experiment, _ nominal: NominalRun, _ members: [RunResult],
    _ other: RunResult?, id: String?, template: String?, seed: UInt64
  ) -> TruthRecord {
    var record = TruthRecord(
      id: id, template: template, sceneName: scene.name, experience: scene.definition.name,
      sceneHash: scene.hash, seed: seed, mechanisms: experiment.mechanisms,
      descriptors: experiment.descriptors, audits: nominal.finest.audits,
      range: nominal.finest.range, notes: nominal.finest.notes + nominal.notes)
    if let pairs = nominal.pairs {
      let open = (members + pairs.fine).filter(\.isUnresolved)
      if let first = open.first {
        record.notes.append(
          "of \(members.count + pairs.count) runs of members the solver does not vouch for \(open.count), so that events are unresolved; of the first: \(first.notes.joined(separator: "; "))"
        )
      }
    }

    for (index, definition) in scene.outcomes.enumerated() {
      let trust = experiment.trust(in: definition.name, given: nominal.finest)
      if definition.isEvent {
        if let event = event(definition, index, nominal, members, trust) {
          record.outcomes.append((definition.name, .event(event)))
        }
        continue
      }
      var refinement = nominal.refinements[index]
      if let shift = nominal.pairs?.shift(index) {
        let width = abs(shift.mean) + shift.error
        let allowed = scene.accuracy * max(abs(refinement.value), nominal.finest.scales[index])
        refinement = refinement.widened(
          to: width, status: width > allowed ? .unresolved : refinement.status)
      }
      let alternative = other?.values[index]
      let values = members.map { $0.values[index] }.filter { !$0.isNaN }
      guard refinement.value.isFinite, !values.isEmpty else {
        if nominal.levels.contains(where: { $0.values[index].isFinite }) || !values.isEmpty {
          record.notes.append(
            "\(definition.name) occurs in some runs and not in the nominal one at its finest level")
        }
        continue
      }
      record.outcomes.append(
        (
          definition.name,
          .scalar(
            outcome(
              definition, refinement, values, occurs: Double(values.count) / Double(members.count),
              trust: trust, alternative: alternative, isVouched: nominal.isVouched))
        ))
    }
    if let pairs = nominal.pairs { record.notes += pairs.notes(scene.outcomes) }
    record.events = events(nominal, members, of: experiment)
    for requirement in scene.requirements {
      record.requirements.append(
        RequirementJudge.judge(requirement, outcome: record[outcome: requirement.criterion.outcome])
      )
    }
    return record
  }

  private func outcome(
    _ definition: OutcomeDefinition, _ refinement: Refinement, _ values: [Double], occurs: Double,
    trust: (tier: Tier, basis: String), alternative: Double?, isVouched: Bool
  ) -> ScalarOutcome {
    var status = refinement.status
    let law = Ensemble(values)
    // a band that the tolerances drown is no reason to call a value unresolved; a run that its solver does
    // not vouch for is
    if status == .unresolved, isVouched, refinement.halfWidth.isFinite,
      refinement.halfWidth <= 0.1 * (law.quantile(0.75) - law.quantile(0.25))
    {
      status = .unresolvedOrder
    }
    let places = Quantum.places(value: refinement.value, halfWidth: refinement.halfWidth)
    // the record's own rounding adds to the numerical error
    let rounding = definition.isCount ? 0 : 0.5 * pow(10, Double(-places))
    let halfWidth = refinement.halfWidth + rounding
    var tier: Tier = status == .unresolved ? .t3 : trust.tier
    var envelope: ClosedRange<Double>?
    if let alternative, alternative.isFinite, abs(alternative - refinement.value) > halfWidth {
      let ends = [refinement.value, alternative].map { Quantum.round($0, places: places) }
      envelope = min(ends[0], ends[1])...max(ends[0], ends[1])
      tier = .t3
    }
    return ScalarOutcome(
      value: Quantum.round(refinement.value, places: places), unit: definition.unit,
      halfWidth: Quantum.twoFigures(halfWidth), order: refinement.order.map(Quantum.threeFigures),
      status: status, members: values.map { Quantum.round($0, places: places) }, occurs: occurs,
      tier: tier, basis: trust.basis, envelope: envelope)
  }

  /// Outcomes that another model moves by more than their bands.
  private func alternatives(
    _ others: [(name: String, sentence: String, run: RunResult)], _ nominal: NominalRun,
    _ outcomes: [OutcomeDefinition]
  ) -> [Alternative] {
    others.map { other in
      var numbers: [NamedNumber] = []
      for (index, outcome) in outcomes.enumerated() {
        let (refinement, value) = (nominal.refinements[index], other.run.values[index])
        guard value.isFinite, !(abs(value - refinement.value) <= refinement.halfWidth) else {
          continue
        }
        let places = Quantum.places(value: value, halfWidth: refinement.halfWidth)
        numbers.append(NamedNumber(outcome.name, Quantum.round(value, places: places)))
      }
      return Alternative(name: other.name, sentence: other.sentence, outcomes: numbers)
    }
  }

  private func events(
    _ nominal: NominalRun, _ members: [RunResult], of experiment: any Experiment
  ) -> [DatedEvent] {
    var counts: [String: Int] = [:]
    for member in members { for event in member.events { counts[event.name, default: 0] += 1 } }
    // the same event on the two coarser levels, by name
    let coarser = nominal.levels.suffix(3).dropLast().map { level in
      Dictionary(level.events.map { ($0.name, $0.time) }, uniquingKeysWith: { first, _ in first })
    }
    return nominal.finest.events.prefix(TruthRunner.eventLimit).map { event in
      let width = Refinement.assess(
        coarse: coarser[0][event.name] ?? .nan, middle: coarser[1][event.name] ?? .nan,
        fine: event.time, floor: event.floor, designOrder: experiment.designOrder,
        allowed: .infinity, ratio: experiment.refinementRatio
      ).halfWidth
      let places = Quantum.places(value: event.time, halfWidth: width)
      return DatedEvent(
        name: event.name, bodies: event.bodies,
        time: Quantum.round(event.time, places: places),
        halfWidth: width.isFinite
          ? Quantum.twoFigures(max(width, 0.5 * pow(10, Double(-places)))) : 0,
        occurs: Double(counts[event.name] ?? 0) / Double(max(1, members.count)))
    }
  }
}

extension Quantum {
  /// Rounded up to two significant figures: a band must not shrink by being printed.
  static func twoFigures(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return value }
    let places = 1 - Int(Foundation.floor(log10(value)))
    let nearest = round(value, places: places)
    return nearest >= value
      ? nearest : round(value + 0.5 * pow(10, Double(-places)), places: places)
  }

  public static func threeFigures(_ value: Double) -> Double { rounded(value, to: 3) }

  /// For values without a band of their own that are shown and compared.
  static func sixFigures(_ value: Double) -> Double { rounded(value, to: 6) }

  private static func rounded(_ value: Double, to figures: Int) -> Double {
    value == 0 || !value.isFinite
      ? value : round(value, places: figures - 1 - Int(Foundation.floor(log10(abs(value)))))
  }
}
