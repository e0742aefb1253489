// A scene of the workbench as an experiment: inputs in, measures with their noise out.

import Experience
import Foundation
import RigidBody

struct WorkbenchExperiment: Experiment {
  let model: WorkbenchModel
  let inputs: [InputParameter]
  /// Inputs that say where the surface of a body is, with the body.
  private let surfaces: [Int: Int]
  let designOrder = 6.0
  let comparesEvents = true
  let extraLevels: Int? = 3
  let checksSensitivity = true

  init(model: WorkbenchModel, inputs: WorkbenchInputs) {
    (self.model, self.inputs, surfaces) = (model, inputs.list, inputs.surfaces)
  }

  var ownOutcomes: [OutcomeDefinition]? { model.measures.map(\.definition) }

  // MARK: Run

  func run(_ values: [Double], level: Int) throws(RunFailure) -> RunResult {
    try run(values, level: level, model)
  }

  /// Several impacts at one instant have no order of their own: the scene chooses one, and this is
  /// the other.
  func alternatives(
    to run: RunResult, _ values: [Double], level: Int
  ) throws(RunFailure) -> [(name: String, sentence: String, run: RunResult)] {
    guard run.range.contains(where: { $0.name == "multiple-impacts" && $0.value > 0 }) else {
      return []
    }
    var other = model
    let isSequential = model.impactOrder == .sequential
    other.impactOrder = isSequential ? .simultaneous : .sequential
    return [
      (
        "\(other.impactOrder.rawValue)-impacts",
        "with impacts \(isSequential ? "all at once" : "one after the other") instead",
        try self.run(values, level: level, other)
      )
    ]
  }

  private func run(
    _ values: [Double], level: Int, _ model: WorkbenchModel
  ) throws(RunFailure) -> RunResult {
    let world = try model.world(values)
    let observation = WorkbenchObservation(model: model, world: world)
    let log: RunLog
    do {
      var engine = try Engine(
        setup: world.setup, start: world.start, options: observation.options(level: level))
      log = try engine.run()
    } catch { throw RunFailure(code: error.code, error.description) }
    return WorkbenchReading(
      observation: observation, log: log, size: size(of: world)
    ).result
  }

  /// Everything by 1e-12 of itself, and gravity turned by 1e-12. Sizes and places of bodies that
  /// touch others or hang on joints stay, because a gap of 1e-12, or a linkage whose bars are no
  /// longer equal, is another scene.
  func perturbed(_ values: [Double]) -> [Double] {
    let held = Set(
      model.pairs.flatMap { [$0.a, $0.b] } + model.joints.flatMap { [$0.a, $0.b] } + [-1])
    var result = values
    for index in values.indices {
      if let body = surfaces[index], held.contains(body) { continue }
      result[index] *= 1 + (index.isMultiple(of: 2) ? 1e-12 : -0.7e-12)
    }
    if let down = model.downwardGravity {
      result[model.gravity[0]] += 1e-12 * values[down]
      result[model.gravity[1]] += 0.6e-12 * values[down]
    }
    return result
  }

  /// Length that positions refer to: the largest body, or how far the bodies are spread.
  func size(of world: WorkbenchWorld) -> Double {
    var size = 0.0
    let free = world.setup.bodies.indices.filter { !world.setup.bodies[$0].isPrescribed }
    for index in free {
      let extent = world.setup.bodies[index].shape.extent
      if extent.isFinite { size = max(size, extent) }
      let first = world.start.poses[free[0]].position
      size = max(size, (world.start.poses[index].position - first).length)
    }
    for joint in world.setup.joints {
      size = max(size, joint.anchorA.length * (joint.a < 0 ? 0 : 1))
      size = max(size, joint.anchorB.length * (joint.b < 0 ? 0 : 1))
    }
    return size
  }

  // MARK: What the runner asks

  var mechanisms: [String] {
    var list: [String] = []
    if model.downwardGravity.map({ inputs[$0].law.nominal != 0 }) ?? true { list.append("gravity") }
    if !model.pairs.isEmpty { list.append("impact") }
    if model.laws.contains(where: { inputs[$0.staticFriction].law.nominal > 0 }) {
      list.append("friction")
    }
    if !model.joints.isEmpty { list.append("joints") }
    if model.bodies.contains(where: { $0.spin.contains { inputs[$0].law.nominal != 0 } }) {
      list.append("spin")
    }
    if model.bodies.contains(where: { if case .none = $0.drag { false } else { true } }),
      model.fluid != nil
    {
      list.append("drag")
    }
    if model.bodies.contains(where: { $0.motion.map { !$0.isFixed } ?? false }) {
      list.append("driven-motion")
    }
    if !model.loads.isEmpty { list.append("applied-force") }
    return list
  }

  var descriptors: [NamedNumber] {
    let free = model.bodies.indices.filter { model.bodies[$0].motion == nil }
    var list = [
      NamedNumber("bodies", Double(free.count)), NamedNumber("joints", Double(model.joints.count)),
    ]
    if let world = try? model.world(inputs.map(\.law.nominal)), free.count > 1 {
      let masses = free.map { world.setup.bodies[$0].mass }
      if let heavy = masses.max(), let light = masses.min() {
        list.append(NamedNumber("log10-mass-ratio", log10(heavy / light)))
      }
    }
    func largest(_ path: KeyPath<WorkbenchModel.Law, Int>) -> Double {
      model.laws.map { inputs[$0[keyPath: path]].law.nominal }.max() ?? 0
    }
    if !model.laws.isEmpty {
      list.append(NamedNumber("mu", largest(\.staticFriction)))
      list.append(NamedNumber("e", largest(\.restitution)))
    }
    return list
  }

  func trust(in outcome: String, given run: RunResult) -> (tier: Tier, basis: String) {
    let dynamics = "event-driven integration of the equations of motion, converged over three steps"
    guard !model.pairs.isEmpty else { return (.t1, dynamics) }
    if run.range.contains(Jam.mark) { return (.t3, Jam.basis) }
    if run.range.contains(where: { $0.name == "multiple-impacts" && $0.value > 0 }) {
      return (
        .t1,
        "\(dynamics); several impacts at one instant by the scene's own model, \(model.impactOrder.rawValue)"
      )
    }
    return (
      .t1,
      "\(dynamics); contacts with the exact friction cone, impacts instantaneous"
    )
  }
}
