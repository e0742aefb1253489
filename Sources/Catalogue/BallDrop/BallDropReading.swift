// Reads the outcomes of a ball drop out of the log of a run, with the noise of each.
//
// Noise  relative rounding of a time or speed after n impacts and s integration steps is taken as
//        (16 + 8·n + s/500)·2^-53 (measured drift: about s/3000); `Measure bands` checks that it covers.

import Experience
import Foundation
import RigidBody

struct BallDropReading {
  let setup: BallDropExperiment.Setup
  let log: BallLog
  let model: BallDropModel

  private static let ulp = 0x1p-53

  private func noise(_ value: Double, impacts: Int, scale: Double = 0) -> Double {
    BallDropReading.ulp * (16 + 8 * Double(impacts) + steps / 500 + curvature)
      * max(abs(value), scale)
  }

  /// Inverse-square gravity: the distance to the centre carries the rounding of the large radius.
  private var curvature: Double {
    setup.ball.flight.central.map { 4 * ($0.radius / max(setup.height, 1e-300)).squareRoot() } ?? 0
  }

  private var steps: Double {
    Double(max(log.impacts.last?.before.steps ?? 0, log.rest?.steps ?? 0))
  }

  private func distance(_ state: BallState) -> Double {
    hypot(state.x - setup.start.x, state.y - setup.start.y)
  }

  var result: RunResult {
    let names = BallDropFormat.outcomes.map(\.name)
    var values = Array(repeating: Double.nan, count: names.count)
    var floors = Array(repeating: 0.0, count: names.count)
    var scales = Array(repeating: 0.0, count: names.count)
    let lengthScale = max(setup.height, 0.5 * setup.diameter)
    func put(_ name: String, _ value: Double, _ floor: Double, scale: Double = 0) {
      guard let index = names.firstIndex(of: name) else { return }
      (values[index], floors[index], scales[index]) = (value, floor, scale)
    }
    if let first = log.impacts.first {
      let time = first.before.time
      let speed = first.before.velocity.length
      put("fall-time", time, noise(time, impacts: 0))
      put("impact-speed", speed, noise(speed, impacts: 0))
      let after = first.velocityAfter.length
      put("rebound-speed", after, noise(after, impacts: 1, scale: speed), scale: speed)
      let spinScale = setup.spin.length + speed / setup.ball.impact.radius
      put(
        "rebound-spin", first.spinAfter.y, noise(first.spinAfter.y, impacts: 1, scale: spinScale),
        scale: 1e-3 * spinScale)
      put(
        "first-range", distance(first.before),
        noise(distance(first.before), impacts: 0, scale: lengthScale),
        scale: 1e-3 * lengthScale)
      let energy = 0.5 * setup.mass * speed * speed
      put(
        "energy-lost", max(0, -first.energyChange), noise(energy, impacts: 1), scale: 1e-3 * energy)
      if first.velocityAfter.z <= 0 {
        put("rebound-height", 0, 0, scale: lengthScale)
      } else if let apex = log.apexes.first {
        let height = apex.gap / setup.cosine
        put("rebound-height", height, noise(height, impacts: 2), scale: 1e-3 * lengthScale)
      }
      if log.impacts.count > 1 {
        let time = log.impacts[1].before.time
        put("second-impact-time", time, noise(time, impacts: 2))
      }
    }
    // an apex that is as high as the threshold to rounding is counted or not by chance
    put("bounces", Double(log.apexesAboveThreshold), log.apexMargin < 1e-9 ? 1 : 0, scale: 1)
    if let rest = log.rest {
      put("rest-time", rest.time, noise(rest.time, impacts: log.impactCount) + log.closureError)
      let range = distance(rest)
      let drift = log.closureTime * hypot(rest.velocity.x, rest.velocity.y)
      put(
        "rest-position", range, noise(range, impacts: log.impactCount, scale: lengthScale) + drift,
        scale: 1e-3 * lengthScale)
    }
    put("max-speed", log.maxSpeed, noise(log.maxSpeed, impacts: log.impactCount))

    var result = RunResult(values: values, floors: floors, scales: scales)
    result.decisionTimes = names.map(decisionTime)
    result.events = events
    result.audits = [
      log.momentumError.map { NamedNumber("momentum", rounded($0)) }
        ?? NamedNumber("energy", rounded(log.energyError))
    ]
    result.range = range
    result.notes = notes
    return result
  }

  /// When an outcome is decided, in s; NaN at the end of the run.
  private func decisionTime(_ name: String) -> Double {
    let times = log.impacts.prefix(2).map(\.before.time)
    switch name {
    case "fall-time", "impact-speed", "rebound-speed", "rebound-spin", "first-range", "energy-lost":
      return times.first ?? .nan
    case "rebound-height": return log.apexes.first?.time ?? times.first ?? .nan
    case "second-impact-time": return times.count > 1 ? times[1] : .nan
    case "rest-time", "rest-position", "bounces": return log.rest?.time ?? .nan
    default: return .nan
    }
  }

  private var events: [RunEvent] {
    var list: [RunEvent] = []
    func add(_ name: String, _ time: Double, _ floor: Double) {
      list.append(RunEvent(name, time: time, floor: floor, bodies: ["ball", "floor"]))
    }
    for (index, impact) in log.impacts.enumerated() {
      let time = impact.before.time
      add("contact#\(index + 1)", time, noise(time, impacts: 2 * index))
      if index < log.apexes.count, log.apexes[index].gap > 0 {
        let time = log.apexes[index].time
        add("apex#\(index + 1)", time, noise(time, impacts: 2 * index + 1))
      }
    }
    if let rest = log.rest {
      add("rest#1", rest.time, noise(rest.time, impacts: log.impactCount) + log.closureError)
    }
    return list
  }

  private var range: [NamedNumber] {
    var list: [NamedNumber] = []
    let flight = setup.ball.flight
    if flight.drag != .none, flight.reynoldsPerSpeed > 0 {
      list.append(NamedNumber("reynolds", rounded(log.maxReynolds)))
      if let first = log.impacts.first, setup.fluidDensity > 0 {
        let reynolds = flight.reynoldsPerSpeed * -first.before.velocity.z
        let stokes = setup.density / setup.fluidDensity * reynolds / 9
        list.append(NamedNumber("stokes-number", rounded(stokes)))
      }
    }
    if let speeds = log.approachSpeeds {
      list.append(NamedNumber("approach-speed", rounded(speeds.upperBound)))
      list.append(NamedNumber("slowest-approach-speed", rounded(speeds.lowerBound)))
    }
    return list
  }

  /// Range groups and audits need no more than six figures.
  private func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    return Quantum.round(value, places: 5 - Int(Foundation.floor(log10(abs(value)))))
  }

  private var notes: [String] {
    var list: [String] = []
    if log.rest == nil { list.append("it does not come to rest: \(log.ending)") }
    if setup.history != nil, log.rest != nil {
      list.append("with the history force it is taken to stay where it lands")
    }
    if log.impacts.isEmpty { list.append("it does not touch the floor within the duration") }
    return list
  }
}
