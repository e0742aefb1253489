// Reads the outcomes of a run in three dimensions.
//
// Coils           after two fifths of the time from landing to the end of the stream, its foot goes round at
//                 least twice, on a way wider than itself; the frequency is the slope of its angle

import Experience
import Fluid
import Foundation

struct VolumePourReading {
  let model: SyrupPourModel
  let values: [Double]
  let run: VolumePourRun

  /// Turns that make a coil.
  static let fewestTurns = 2.0

  private var flow: VolumeFlow { run.flow }

  var result: RunResult {
    var sheet = SyrupPourSheet(model)
    sheet.put(.volume, flow.volume + flow.waiting, floor: 1e-12 * flow.emitted)
    if let landing = flow.landing { sheet.put(.landingTime, landing, at: landing) }
    readCoil(&sheet)
    if case .stream(let stream) = model.pour, let cup = stream.cup {
      let (radius, rim) = (0.5 * values[cup.diameter], values[cup.height])
      let level = wallLevel(radius)
      sheet.put(.fillLevel, min(level, rim), scale: rim)
      if let time = flow.overflow { sheet.put(.fillTime, time, at: time) }
      let excess = flow.removed / (Double.pi * radius * radius)
      sheet.put(
        .overflows, flow.overflow == nil ? 0 : 1,
        margin: flow.overflow == nil ? level - rim : max(excess, 1e-12), at: flow.overflow ?? .nan)
    } else {
      let radius = VolumePourRun.radius(flow)
      if radius > 0 {
        sheet.put(
          .spreadRadius, radius, grain: SyrupPourSheet.frontGrain * flow.setup.grid.h)
      }
      if !flow.isPouring {
        sheet.put(
          .moundHeight, flow.topHeight, chanceGrain: SyrupPourSheet.topGrain * flow.setup.grid.h)
      }
      if case .stream(let stream) = model.pour, let plate = stream.plate {
        sheet.put(
          .overflows, flow.overflow == nil ? 0 : 1, margin: reach - 0.5 * values[plate],
          at: flow.overflow ?? .nan)
      }
    }
    sheet.put(radii: run.radii, edge: flow.setup.grid.h)
    sheet.put(landing: flow.landing, cutoff: flow.cutoff, overflow: flow.overflow)
    var result = sheet.result
    let audit = flow.audit
    result.audits = [
      NamedNumber("volume-ledger", ledger), NamedNumber("energy", audit.energy),
      NamedNumber("divergence", audit.divergence),
    ]
    result.range += range
    judge(&result)
    return result
  }

  private func readCoil(_ sheet: inout SyrupPourSheet) {
    guard case .stream = model.pour, let landing = flow.landing else { return }
    let end = flow.cutoff ?? flow.time
    let start = landing + 0.4 * max(end - landing, 0)
    guard let turning = run.coil.turning(from: start) else { return }
    let turns = abs(turning.turns)
    let width = model.fall(values)?.landing?.diameter ?? 0
    let coils = turns >= VolumePourReading.fewestTurns && turning.radius > 0.5 * width
    sheet.put(
      .coils, coils ? 1 : 0,
      margin: min(
        turns / VolumePourReading.fewestTurns, 2 * turning.radius / max(width, 1e-300)) - 1,
      at: end)
    if coils { sheet.put(.coilFrequency, turning.frequency, floor: turning.spread, at: end) }
    sheet.result.range.append(NamedNumber("turns", turns))
    sheet.result.range.append(NamedNumber("coil-radius", turning.radius))
  }

  /// Height of the liquid a cell inside the wall, the mean of 32 places.
  private func wallLevel(_ radius: Double) -> Double {
    let middle = flow.setup.middle
    let r = radius - flow.setup.grid.h
    var sum = 0.0
    for n in 0..<32 {
      let angle = 2 * Double.pi * (Double(n) + 0.5) / 32
      sum += flow.depth(x: middle.x + r * cos(angle), y: middle.y + r * sin(angle))
    }
    return sum / 32
  }

  /// Farthest particle from the middle, in m.
  private var reach: Double {
    let middle = flow.setup.middle
    return flow.particles.positions.reduce(0) {
      let (x, y) = ($1.x - middle.x, $1.y - middle.y)
      return max($0, (x * x + y * y).squareRoot())
    }
  }

  private var ledger: Double {
    abs(flow.emitted - flow.removed - flow.volume) / max(flow.emitted, 1e-300)
  }

  private func judge(_ result: inout RunResult) {
    if let fall = model.fall(values), fall.coils {
      result.notes.append("three-dimensional, because the stream coils: \(fall.words)")
    }
    if VolumePour(model: model).isCut(values) || isSlump, flow.removed > 1e-3 * flow.emitted {
      result.isUnresolved = true
      result.notes.append("liquid left the computed box before it came to the edge of the plate")
    }
    let all = flow.volume + flow.waiting
    let gap = all > 0 ? flow.weights.volume / all - 1 : 0
    if abs(gap) > 0.02 {
      result.isUnresolved = true
      result.notes.append(
        "the grid sees \(JSON.text(of: Quantum.threeFigures(100 * (1 + gap)))) % of the volume: parts are thinner than its cells"
      )
    }
  }

  private var isSlump: Bool { if case .slump = model.pour { true } else { false } }

  private var range: [NamedNumber] {
    let audit = flow.audit
    var list = [
      NamedNumber("steps", Double(audit.steps)),
      NamedNumber("particles", Double(flow.particles.count)),
      NamedNumber("solver-iterations", Double(audit.iterations)),
      NamedNumber("density-correction", audit.correction),
    ]
    if !flow.setup.law.isNewtonian {
      list.append(NamedNumber("viscosity-iteration", audit.viscosity))
    }
    return list
  }
}
