// One run of a scene at the coarsest level: what somebody sees who tries it once.
//
// Method      member 0 of the declared tolerances at level 0. No refinement, hence no band: half-widths are
//             0 for want of another number, every outcome is unresolved and of tier T3. Good for
//             climatology and for learners; never the truth of a question.
// Checked by  ExperiencesTests (of the program).

extension TruthRunner {
  static let glimpseBasis = "one run at the coarsest level: no band"

  /// The record of one member at the coarsest level.
  public func glimpse(
    of scene: Scene, id: String? = nil, template: String? = nil, seed: UInt64? = nil,
    derived: [Derived] = []
  ) throws(RunFailure) -> TruthRecord {
    let experiment = scene.experiment
    let seed = seed ?? scene.seed
    let run = try experiment.run(
      Sampling(seed: seed, inputs: experiment.inputs).member(0), level: 0)
    var record = TruthRecord(
      id: id, template: template, sceneName: scene.name, experience: scene.definition.name,
      sceneHash: scene.hash, seed: seed, mechanisms: experiment.mechanisms,
      descriptors: experiment.descriptors, audits: [], range: [], notes: [])
    for (definition, value) in zip(scene.outcomes, run.values) where value.isFinite {
      if definition.isEvent {
        let p = value > 0.5 ? 1.0 : 0
        let event = EventOutcome(
          probability: p, low: p, high: p, members: 1, status: .unresolved, label: .marginal,
          tier: .t3, basis: TruthRunner.glimpseBasis)
        record.outcomes.append((definition.name, .event(event)))
      } else {
        let rounded = Quantum.round(value, places: Quantum.places(value: value, halfWidth: 0))
        let scalar = ScalarOutcome(
          value: rounded, unit: definition.unit, halfWidth: 0, order: nil, status: .unresolved,
          members: [rounded], tier: .t3, basis: TruthRunner.glimpseBasis)
        record.outcomes.append((definition.name, .scalar(scalar)))
      }
    }
    for (name, derivation) in derived {
      if let outcome = TruthRunner.outcome(derivation, scene.outcomes, [run], record) {
        record.outcomes.append((name, outcome))
      }
    }
    return record
  }
}
