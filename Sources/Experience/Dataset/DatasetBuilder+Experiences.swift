// Experiences of a plan: many scenes, each tried once at the coarsest level.
//
// They are a split of their own with an open key, so they are no instance of any other split. With the
// designs sobol and random the first n of N experiences are the n experiences; with the other designs
// the points depend on N.
// Checked by  ExperiencesTests (of the program).

extension DatasetBuilder {
  static let experienceSplit = "experience"

  /// `count` scenes, with ids `name/version/experience/index`.
  public func experiences(_ count: Int) -> [Instance] {
    let key = DatasetBuilder.openKey(plan, split: DatasetBuilder.experienceSplit)
    let design = DesignPoints(
      plan.design, count: count, dimensions: plan.variations.count, key: key)
    return (0..<count).map { number in
      let id = plan.experience(number)
      return Instance(
        id: id, split: DatasetBuilder.experienceSplit, seed: Hashes.seed(key: key, message: id),
        values: zip(plan.variations, design.point(number)).map { ($0.path, $0.text(at: $1)) })
    }
  }

  /// One member at the coarsest level; only the outcomes that the plan asks are kept.
  public func experience(of instance: Instance) throws(Problem) -> ExperienceRecord {
    let scene: Scene
    do { scene = try self.scene(of: instance) } catch { throw .scene(error) }
    let truth = try glimpse(instance, scene)
    let disclosed = scene.disclosed
    let inputs = instance.values.map { path, text in
      let place = path.split(separator: ".").reduce(Optional(disclosed)) { $0?[String($1)] }
      return (path, place?.text ?? text)
    }
    guard let record = ExperienceRecord(truth, inputs: inputs) else {
      throw .run(RunFailure(code: "R003", "\(instance.id) has no template"))
    }
    return record
  }

  /// The one run of an instance, with what the plan asks.
  func glimpse(_ instance: Instance, _ scene: Scene) throws(Problem) -> TruthRecord {
    var truth: TruthRecord
    do {
      truth = try TruthRunner().glimpse(
        of: scene, id: instance.id, template: plan.template, seed: instance.seed,
        derived: plan.derived)
    } catch { throw .run(error) }
    for (slot, reversal, variation) in reversals {
      guard let value = scene.experiment.inputs.first(where: { $0.path == reversal.path })
      else { continue }
      // somebody who tried it knows the input; the outcome is what it is
      truth.outcomes.append(
        (
          slot,
          .scalar(
            ScalarOutcome(
              value: value.law.nominal, unit: variation.kind.unit, halfWidth: 0, order: nil,
              status: .unresolved, members: [value.law.nominal], tier: .t3,
              basis: TruthRunner.glimpseBasis))
        ))
    }
    let asked = askedOutcomes(scene)
    truth.outcomes.removeAll { !asked.contains($0.name) }
    return truth
  }
}
