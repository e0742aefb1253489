// Reads the measures of a scene out of the log of a run, with the noise of each.
//
// Noise  relative rounding after n events and s steps is taken as (64 + 16·n + s/16)·2^-53 plus the
//        certificate of the contact solver; a value at an event also carries its rate times the
//        bracket of the event's time, and every value that of the slips which came late.

import Experience
import Foundation
import RigidBody

struct WorkbenchReading {
  let observation: WorkbenchObservation
  let log: RunLog
  /// Length of the scene, in m.
  let size: Double
  private let happenings: [WorkbenchHappening]
  private let scales: WorkbenchScales
  private let noise: Double

  init(observation: WorkbenchObservation, log: RunLog, size: Double) {
    (self.observation, self.log, self.size) = (observation, log, size)
    happenings = WorkbenchHappening.all(log, observation)
    scales = WorkbenchScales(log, observation.world, size: size)
    noise =
      0x1p-53 * (64 + 16 * Double(log.events.count) + Double(log.steps) / 16)
      + log.largestCertificate
  }

  private var model: WorkbenchModel { observation.model }
  private var world: WorkbenchWorld { observation.world }

  private struct Reading {
    var value: Double
    var floor: Double
    var scale: Double
    /// In s; NaN at the end or unknown.
    var time: Double
  }

  var result: RunResult {
    var result = RunResult(values: [], floors: [], scales: [])
    for (index, measure) in model.measures.enumerated() {
      let reading = read(measure, index)
      result.values.append(reading.value)
      result.floors.append(reading.floor)
      result.scales.append(reading.scale)
      result.decisionTimes.append(reading.time)
    }
    result.events = events
    result.audits = audits
    result.range = range
    result.notes = notes
    result.isUnresolved = log.isUnresolved
    return result
  }

  // MARK: Measures

  private func read(_ measure: WorkbenchMeasure, _ index: Int) -> Reading {
    switch measure.quantity {
    case .time, .occurs, .count: return event(measure)
    case .period: return period(measure, index)
    default: break
    }
    func reading(_ value: Double, time: Double, noise bracket: Double = 0) -> Reading {
      let size = max(abs(value), scales.noise(of: measure.quantity, until: time))
      return Reading(
        value: value,
        floor: noise * size
          + max(bracket, log.lateness) * scales.rate(of: measure.quantity, until: time),
        scale: scales.scale(of: measure.quantity, until: time), time: time)
    }
    func reading(_ sample: WorldSample, time: Double, noise bracket: Double = 0) -> Reading {
      reading(value(measure, index, sample), time: time, noise: bracket)
    }
    let nothing = Reading(value: .nan, floor: 0, scale: 0, time: .nan)
    switch measure.moment {
    case .start: return reading(log.start, time: 0)
    case .end: return reading(log.end, time: .nan)
    case .time(let time):
      guard let position = observation.times.firstIndex(of: time), position < log.reports.count
      else { return nothing }
      return reading(log.reports[position], time: time)
    case .maximum, .minimum:
      guard let watch = observation.watchOf[index], watch < log.extremes.count else {
        return nothing
      }
      let extreme = log.extremes[watch]
      let isMaximum = if case .maximum = measure.moment { true } else { false }
      let value = isMaximum ? extreme.maximum : extreme.minimum
      return value.isFinite ? reading(value, time: .nan) : nothing
    case .event(_, let isBefore):
      guard let happening = matching(measure) else { return nothing }
      return reading(
        isBefore ? happening.before : happening.after, time: happening.time,
        noise: happening.noise)
    }
  }

  private func value(_ measure: WorkbenchMeasure, _ index: Int, _ sample: WorldSample) -> Double {
    let values = WorkbenchValues(model: model, world: world)
    let value = values.value(measure, index, in: sample)
    guard measure.quantity == .jointAngle, let joint = measure.joint,
      let list = observation.turnsOf[joint], list < log.crossings.count
    else { return value }
    // sin changes its sign at half a turn: that is where whole turns are counted
    var turns = 0
    for crossing in log.crossings[list] where crossing.time <= sample.state.time {
      let angle = WorkbenchValues.turn(of: world.setup.joints[joint], in: crossing.sample.state)
        .angle
      if abs(angle) > 0.5 * Double.pi { turns += crossing.isRising ? -1 : 1 }
    }
    return value + 2 * Double.pi * Double(turns)
  }

  private func timeNoise(_ happening: WorkbenchHappening) -> Double {
    happening.noise + noise * max(happening.time, scales.duration(happening.time))
  }

  private func matches(_ measure: WorkbenchMeasure) -> [WorkbenchHappening] {
    guard let filter = measure.filter else { return [] }
    return happenings.filter { $0.matches(filter) && $0.time <= measure.before }
  }

  private func matching(_ measure: WorkbenchMeasure) -> WorkbenchHappening? {
    guard case .event(let nth, _) = measure.moment else { return nil }
    let list = matches(measure)
    return nth <= list.count ? list[nth - 1] : nil
  }

  private func event(_ measure: WorkbenchMeasure) -> Reading {
    let list = matches(measure)
    switch measure.quantity {
    case .count:
      return Reading(
        value: Double(list.count), floor: 0, scale: 1,
        time: measure.before < model.duration ? measure.before : .nan)
    case .occurs:
      let happening = matching(measure)
      return Reading(
        value: happening == nil ? 0 : 1, floor: 0, scale: 1,
        time: happening?.time ?? (measure.before < model.duration ? measure.before : .nan))
    default:
      guard let happening = matching(measure) else {
        return Reading(value: .nan, floor: 0, scale: 0, time: .nan)
      }
      return Reading(
        value: happening.time,
        floor: timeNoise(happening), scale: 0,
        time: happening.time)
    }
  }

  private func period(_ measure: WorkbenchMeasure, _ index: Int) -> Reading {
    let nothing = Reading(value: .nan, floor: 0, scale: 0, time: .nan)
    guard let list = observation.swingOf[index], list < log.crossings.count,
      case .event(let nth, _) = measure.moment
    else { return nothing }
    var turns = log.crossings[list].map(\.time)
    // a swing that is let go starts at a turning point
    let rate = observation.crossings[list].value
    if abs(rate(log.start)) <= 1e-14 * abs(rate(log.end)) || rate(log.start) == 0 {
      turns.insert(log.start.state.time, at: 0)
    }
    guard nth + 1 < turns.count else { return nothing }
    let (first, last) = (turns[nth - 1], turns[nth + 1])
    return Reading(
      value: last - first, floor: 4 * noise * max(last, scales.duration(last)), scale: 0,
      time: last)
  }

  // MARK: Events, audits, notes

  private var events: [RunEvent] {
    var counts: [String: Int] = [:]
    return happenings.filter { $0.isLogged }.map { happening in
      counts[happening.kind, default: 0] += 1
      return RunEvent(
        "\(happening.kind)#\(counts[happening.kind] ?? 1)", time: happening.time,
        floor: timeNoise(happening),
        bodies: happening.bodies.map { $0 < 0 ? "world" : model.bodies[$0].name })
    }
  }

  private func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return 0 }
    return Quantum.round(value, places: 5 - Int(Foundation.floor(log10(abs(value)))))
  }

  private var audits: [NamedNumber] {
    var list = [NamedNumber("energy", rounded(abs(log.ledger.residual) / scales.energy))]
    if !world.setup.pairs.isEmpty || !world.setup.joints.isEmpty {
      list.append(NamedNumber("contact", rounded(log.largestCertificate)))
      list.append(NamedNumber("momentum", rounded(log.momentumResidual)))
    }
    if !world.setup.pairs.isEmpty {
      list.append(NamedNumber("gap", rounded(max(0, log.largestPenetration) / max(size, 1e-300))))
    }
    return list
  }

  private var range: [NamedNumber] {
    guard !world.setup.pairs.isEmpty else { return [] }
    return [NamedNumber("multiple-impacts", log.hadMultipleImpact ? 1 : 0)]
      + (log.hadJam ? [Jam.mark] : [])
  }

  private var notes: [String] {
    var list = log.notes
    for (index, measure) in model.measures.enumerated() where measure.quantity == .period {
      if observation.swingOf[index] == nil {
        list.append("\(measure.name): name the `component` or the `joint` of the swing")
      }
    }
    if log.hadMultipleImpact {
      list.append(
        "several bodies were struck at one instant; their impacts are resolved \(model.impactOrder == .sequential ? "one after the other, the fastest approach first" : "all at once")"
      )
    }
    return list
  }
}
