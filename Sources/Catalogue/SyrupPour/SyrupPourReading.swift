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
    var sheet = SyrupPourSheet(model)
    let turn = 2 * Double.pi
    if let fall = model.fall(values) {
      sheet.put(.coils, fall.coils ? 1 : 0, margin: fall.margin, at: flow.landing ?? .nan)
      if let frequency = fall.frequency(level: level) {
        sheet.put(.coilFrequency, frequency, floor: 1e-6 * frequency)
      }
    }
    if model.endsAtLanding {
      sheet.result.notes.append(
        "the stream is followed to its landing only, because it coils there")
    } else {
      sheet.put(.volume, turn * flow.volume, floor: 1e-12 * turn * flow.emitted)
    }
    if let landing = flow.landing, flow.setup.nozzle != nil {
      sheet.put(.landingTime, landing, at: landing)
    }
    let grid = flow.setup.grid
    if model.endsAtLanding {
      // what follows has no symmetry
    } else if flow.setup.rim > 0 {
      let rim = Double(flow.setup.rim) * grid.hz
      let level = flow.surface.height(atRadius: grid.width) ?? 0
      sheet.put(.fillLevel, min(level, rim), scale: rim)
      if let time = flow.overflow { sheet.put(.fillTime, time, at: time) }
      // once it runs over, what has left says how much
      let excess = turn * flow.removed / (Double.pi * grid.width * grid.width)
      sheet.put(
        .overflows, flow.overflow == nil ? 0 : 1,
        margin: flow.overflow == nil ? level - rim : max(excess, 1e-12), at: flow.overflow ?? .nan)
    } else {
      let radius = flow.surface.radius(atThickness: SyrupPourOutcome.thickness)
      if radius > 0 {
        sheet.put(.spreadRadius, radius, grain: SyrupPourSheet.frontGrain * grid.hr)
      }
      if !flow.isPouring {
        sheet.put(
          .moundHeight, flow.surface.top, chanceGrain: SyrupPourSheet.topGrain * grid.hz)
      }
      if case .stream = model.pour {
        let reach = flow.surface.points.map(\.r).max() ?? 0
        sheet.put(
          .overflows, flow.overflow == nil ? 0 : 1, margin: reach - grid.width,
          at: flow.overflow ?? .nan)
      }
    }
    if !model.endsAtLanding { sheet.put(radii: run.radii, edge: grid.hr) }
    sheet.put(
      landing: flow.setup.nozzle == nil ? nil : flow.landing, cutoff: flow.cutoff,
      overflow: flow.overflow)
    var result = sheet.result
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
