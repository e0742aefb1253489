// One run of a stream or slump with what is watched on the way.

import Experience
import Fluid
import Foundation

/// A flow run to its end, with the radii at the reported times.
struct SyrupPourRun {
  private(set) var flow: MeridianFlow
  private(set) var radii: [Double] = []

  /// Steps that a run may take.
  static let stepLimit = 400_000

  /// `look`: called at each of `times` (s, ascending) with the flow then and the time.
  init(
    _ model: SyrupPourModel, _ values: [Double], level: Int, times: [Double] = [],
    look: (MeridianFlow, Double) -> Void = { _, _ in }
  ) throws(RunFailure) {
    guard let start = model.flow(values, level: level) else {
      throw RunFailure(code: "R001", "the scene has no liquid with a surface")
    }
    flow = start
    let stops = Set(model.reportAt + times + [model.duration]).sorted()
    var next = 0
    for stop in stops where stop <= model.duration {
      while flow.time < stop * (1 - 1e-13) {
        if model.endsAtLanding, flow.landing != nil { break }
        do { try flow.step(until: stop) } catch {
          throw RunFailure(code: "R201", error.description)
        }
        if flow.audit.steps > SyrupPourRun.stepLimit {
          throw RunFailure(
            code: "R202",
            "the flow needs more than \(SyrupPourRun.stepLimit) steps: after them it is at \(JSON.text(of: Quantum.threeFigures(flow.time))) s of \(JSON.text(of: model.duration)) s"
          )
        }
      }
      if model.reportAt.contains(stop) {
        radii.append(flow.surface.radius(atThickness: SyrupPourOutcome.thickness))
      }
      while next < times.count, times[next] <= stop {
        look(flow, times[next])
        next += 1
      }
    }
  }
}
