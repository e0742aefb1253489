// One run in three dimensions with what is watched on the way.

import Experience
import Fluid
import Foundation

struct VolumePourRun {
  private(set) var flow: VolumeFlow
  private(set) var radii: [Double] = []
  private(set) var coil = CoilWatch()

  static let stepLimit = 100_000

  /// `look`: called at each of `times` (s, ascending) with the flow then and the time.
  init(
    _ model: SyrupPourModel, _ values: [Double], level: Int, times: [Double] = [],
    look: (VolumeFlow, Double) -> Void = { _, _ in }
  ) throws(RunFailure) {
    flow = try VolumePour(model: model).flow(values, level: level)
    let stops = Set(model.reportAt + times + [model.duration]).sorted()
    var next = 0
    for stop in stops where stop <= model.duration {
      while flow.time < stop * (1 - 1e-13) {
        do throws(FlowProblem) { try flow.step(until: stop) } catch {
          throw RunFailure(code: "R201", error.description)
        }
        if flow.isPouring { coil.look(flow.weights.layers, at: flow.time) }
        if flow.audit.steps > VolumePourRun.stepLimit {
          throw RunFailure(
            code: "R202",
            "the flow needs more than \(VolumePourRun.stepLimit) steps: after them it is at \(JSON.text(of: Quantum.threeFigures(flow.time))) s of \(JSON.text(of: model.duration)) s"
          )
        }
      }
      if model.reportAt.contains(stop) { radii.append(VolumePourRun.radius(flow)) }
      while next < times.count, times[next] <= stop {
        look(flow, times[next])
        next += 1
      }
    }
  }

  /// At the thickness of the outcomes, about the middle, in m.
  static func radius(_ flow: VolumeFlow) -> Double {
    flow.radius(
      atThickness: SyrupPourOutcome.thickness, x: flow.setup.middle.x, y: flow.setup.middle.y)
  }
}
