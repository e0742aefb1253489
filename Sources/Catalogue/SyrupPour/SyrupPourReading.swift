// Reads the outcomes of a stream or slump out of its run.

import Experience
import Fluid
import Foundation

struct SyrupPourReading {
  let model: SyrupPourModel
  let values: [Double]
  let run: SyrupPourRun
  let level: Int

  private var flow: MeridianFlow { run.flow }

  var result: RunResult {
    let outcomes = SyrupPourOutcome.allCases
    let count = outcomes.count + model.reportAt.count
    var result = RunResult(
      values: Array(repeating: .nan, count: count), floors: Array(repeating: 0, count: count),
      scales: Array(repeating: 0, count: count), margins: Array(repeating: .nan, count: count),
      decisionTimes: Array(repeating: .nan, count: count))
    func put(
      _ outcome: SyrupPourOutcome, _ value: Double, floor: Double = 0, scale: Double = 0,
      margin: Double = .nan, at time: Double = .nan
    ) {
      guard let index = outcomes.firstIndex(of: outcome) else { return }
      result.values[index] = value
      result.floors[index] = floor
      result.scales[index] = scale
      result.margins[index] = margin
      result.decisionTimes[index] = time
    }
    let turn = 2 * Double.pi
    if let fall = model.fall(values) {
      put(.coils, fall.coils ? 1 : 0, margin: fall.margin, at: flow.landing ?? .nan)
      if let frequency = fall.frequency(level: level) {
        put(.coilFrequency, frequency, floor: 1e-6 * frequency)
      }
    }
    if model.endsAtLanding {
      result.notes.append("the stream is followed to its landing only, because it coils there")
    } else {
      put(.volume, turn * flow.volume, floor: 1e-12 * turn * flow.emitted)
    }
    if let landing = flow.landing, flow.setup.nozzle != nil {
      put(.landingTime, landing, at: landing)
    }
    let grid = flow.setup.grid
    if model.endsAtLanding {
      // what follows has no symmetry
    } else if flow.setup.rim > 0 {
      let rim = Double(flow.setup.rim) * grid.hz
      let level = flow.surface.height(atRadius: grid.width) ?? 0
      put(.fillLevel, min(level, rim), scale: rim)
      if let time = flow.overflow { put(.fillTime, time, at: time) }
      // once it runs over, what has left says how much
      let excess = turn * flow.removed / (Double.pi * grid.width * grid.width)
      put(
        .overflows, flow.overflow == nil ? 0 : 1,
        margin: flow.overflow == nil ? level - rim : max(excess, 1e-12), at: flow.overflow ?? .nan)
    } else {
      let radius = flow.surface.radius(atThickness: SyrupPourOutcome.thickness)
      if radius > 0 { put(.spreadRadius, radius) }
      if !flow.isPouring { put(.moundHeight, flow.surface.top) }
      if case .stream = model.pour {
        let reach = flow.surface.points.map(\.r).max() ?? 0
        put(
          .overflows, flow.overflow == nil ? 0 : 1, margin: reach - grid.width,
          at: flow.overflow ?? .nan)
      }
    }
    for (index, radius) in (model.endsAtLanding ? [] : run.radii).enumerated() where radius > 0 {
      result.values[outcomes.count + index] = radius
      result.decisionTimes[outcomes.count + index] = model.reportAt[index]
    }
    result.events = events
    let audit = flow.audit
    result.audits = [
      NamedNumber("volume-ledger", ledger), NamedNumber("energy", audit.energy),
      NamedNumber("solve", audit.refinement),
    ]
    result.range = range
    if audit.overlap > 0.02 {
      result.isUnresolved = true
      result.notes.append(
        "the surface folds over itself: more than 2 % of the volume is where the grid cannot see it"
      )
    }
    if audit.air > 0.01 * flow.volume {
      result.isUnresolved = true
      result.notes.append("the liquid closes in air, which these models leave out")
    }
    return result
  }

  /// Emitted less removed less carried, over emitted.
  private var ledger: Double {
    abs(flow.emitted - flow.removed - flow.volume) / max(flow.emitted, 1e-300)
  }

  private var events: [RunEvent] {
    var list: [RunEvent] = []
    if let time = flow.landing, flow.setup.nozzle != nil {
      list.append(RunEvent("landing#1", time: time, floor: 1e-3 * time, bodies: []))
    }
    if let time = flow.cutoff {
      list.append(RunEvent("cutoff#1", time: time, floor: 1e-12 * time, bodies: []))
    }
    if let time = flow.overflow {
      list.append(RunEvent("overflow#1", time: time, floor: 1e-3 * time, bodies: []))
    }
    return list.sorted { $0.time < $1.time }
  }

  private var range: [NamedNumber] {
    var list = [
      NamedNumber("steps", Double(flow.audit.steps)),
      // volume that the surface hides from the grid, and that moved as walls were wetted
      NamedNumber("folded-volume", flow.audit.overlap),
      NamedNumber("wetting-volume", flow.audit.drift),
    ]
    if !flow.setup.law.isNewtonian {
      list.append(NamedNumber("viscosity-iteration", flow.audit.viscosity))
    }
    if let nozzle = flow.setup.nozzle {
      let viscosity = model.law(values).viscosity(rate: 1) / values[model.density]
      list.append(NamedNumber("reynolds", flow.nozzleSpeed * 2 * nozzle.radius / viscosity))
    }
    return list
  }
}
