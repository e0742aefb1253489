// One backpack drag as an experiment: inputs in, outcomes with their noise out.

import Experience
import Foundation
import RigidBody

struct BackpackDragExperiment: Experiment {
  let model: BackpackDragModel
  let inputs: [InputParameter]
  let designOrder = 6.0
  let extraLevels: Int? = 2
  let comparesEvents = true
  let checksSensitivity = true

  var ownFirstCourse: [String: String]? { BackpackDragFirstCourse.forms(model) }

  /// The engine's account of one run.
  func log(
    _ world: BackpackDragWorld, level: Int, frameTimes: [Double] = []
  ) throws(RunFailure) -> RunLog {
    do {
      var options = RunOptions(
        duration: model.duration, level: level, watches: world.watches())
      options.frameTimes = frameTimes
      var engine = try Engine(setup: world.setup, start: world.start, options: options)
      return try engine.run()
    } catch {
      throw RunFailure(code: error.code, error.description)
    }
  }

  func run(_ values: [Double], level: Int) throws(RunFailure) -> RunResult {
    let world = BackpackDragWorld(model, values)
    return BackpackDragReading(world: world, log: try log(world, level: level), model: model).result
  }

  // MARK: What the runner asks

  private var nominal: BackpackDragWorld { BackpackDragWorld(model, inputs.map(\.law.nominal)) }

  var mechanisms: [String] {
    let world = nominal
    let law = world.setup.pairs[0].law
    var list = ["gravity", "friction"]
    if law.staticFriction > law.kineticFriction { list.append("static-friction") }
    if law.stribeckSpeed > 0 || law.viscousFriction > 0 { list.append("friction-of-speed") }
    list.append(model.pull.name)
    if case .push = model.pull, world.start.twists[0].spin != .zero { list.append("spin") }
    if world.setup.gravity.x != 0 || world.setup.gravity.y != 0 { list.append("slope") }
    return list
  }

  var descriptors: [NamedNumber] {
    let values = inputs.map(\.law.nominal)
    let world = nominal
    let law = world.setup.pairs[0].law
    let weight = world.setup.bodies[0].mass * world.setup.gravity.length
    let length = 2 * world.half.x
    // speeds against that of a fall through the pack's length
    let pace = (world.setup.gravity.length * length).squareRoot()
    var list = [
      NamedNumber("mu-static", law.staticFriction), NamedNumber("mu-kinetic", law.kineticFriction),
      NamedNumber("tilt", values[model.tilt]),
      NamedNumber("slenderness", (world.half.z + world.centre.z) / max(world.half.x, 1e-300)),
    ]
    func relative(_ value: Double, _ unit: Double) -> Double {
      log10(max(value, 1e-9 * unit) / unit)
    }
    switch model.pull {
    case .push:
      let twist = world.start.twists[0]
      list.append(NamedNumber("log10-speed", relative(twist.velocity.length, pace)))
      list.append(NamedNumber("log10-spin", relative(twist.spin.length * length, pace)))
    case .force(let force):
      list.append(NamedNumber("pull-over-weight", values[force.magnitude] / weight))
      list.append(NamedNumber("angle", values[force.hold.angle]))
      list.append(NamedNumber("height", values[force.hold.height] / (2 * world.half.z)))
    case .strap(let strap):
      list.append(NamedNumber("log10-speed", relative(values[strap.speed], pace)))
      let sag = weight / values[strap.stiffness]
      list.append(NamedNumber("log10-stretch", relative(sag, length)))
      list.append(NamedNumber("angle", values[strap.hold.angle]))
      list.append(NamedNumber("height", values[strap.hold.height] / (2 * world.half.z)))
    case .belt(let speed):
      list.append(NamedNumber("log10-speed", relative(abs(values[speed]), pace)))
    }
    return list
  }

  func trust(in outcome: String, given run: RunResult) -> (tier: Tier, basis: String) {
    let isSpinning = run.range.contains { $0.name == "turn" && $0.value > 1e-6 }
    let pressure =
      isSpinning
      ? "; pressure under the pack as on a bed of springs, which friction torque rests on" : ""
    return (
      .t1,
      "converged integration of rigid bodies with Coulomb's cone, checked against closed forms of sliding, sticking and tipping\(pressure)"
    )
  }
}
