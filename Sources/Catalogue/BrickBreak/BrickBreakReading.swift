// Reads the outcomes out of a run.

import Experience
import Foundation
import Fracture

struct BrickBreakReading {
  let model: BrickBreakModel
  let values: [Double]
  let run: BrickBreakRun
  /// What the pieces of a dropped brick did next.
  let fall: PieceFall?

  private var test: BrickTest { run.test }

  var result: RunResult {
    let outcomes = BrickBreakOutcome.allCases
    let blank = Array(repeating: Double.nan, count: outcomes.count)
    var result = RunResult(
      values: blank, floors: blank.map { _ in 0 }, scales: blank.map { _ in 0 }, margins: blank,
      decisionTimes: blank)
    func put(_ outcome: BrickBreakOutcome, _ value: Double, floor: Double = 0, scale: Double = 0) {
      guard let index = outcomes.firstIndex(of: outcome) else { return }
      result.values[index] = value
      result.floors[index] = floor
      result.scales[index] = scale
    }
    let size = model.size(values)
    let section = size.y * size.z
    let crack = values[model.energy] * section
    let breaks = run.pieces.count >= 2
    put(.breaks, breaks ? 1 : 0)
    put(.peakForce, test.peak.force)
    put(.pieces, Double(run.pieces.count))
    let whole = run.pieces.pieces.reduce(0) { $0 + $1.mass }
    put(.largestPiece, (run.pieces.pieces.first?.mass ?? whole) / whole, floor: 1e-12)
    // a crack across the brick is what both are measured by
    put(.crackArea, test.crackArea, scale: section)
    put(.fractureWork, test.fractureWork, scale: crack)
    switch model.test {
    case .bend(_, let speed):
      put(.deflectionAtPeak, test.deflectionAtPeak)
      if let modulus = test.modulusOfRupture(test.peak.force) { put(.modulusOfRupture, modulus) }
      if breaks { put(.breakTime, test.peak.travel / values[speed]) }
    case .strike:
      put(.deflectionAtPeak, test.deflectionAtPeak)
      if breaks, let time = run.halfWork { put(.breakTime, time) }
      // velocity half a step ago, and free fall since it let go
      let since = test.time - test.lastTouch
      put(.striker, test.toolVelocity + values[model.gravity] * since, scale: impact)
    case .fall:
      if breaks, let time = run.halfWork { put(.breakTime, freeFall + time) }
      if let fall, let rest = fall.rest {
        put(.restTime, freeFall + fall.handOver + rest)
        put(.spread, fall.spread, scale: size.max())
      }
    }
    result.events = events
    result.audits = [NamedNumber("energy", lack), NamedNumber("softening", softening)]
    result.range = range(crack)
    result.notes = notes
    result.isUnresolved = isTied || max(lack, softening) > BrickBreakReading.allowedLack
    if breaks != (run.lenient.count >= 2), let index = outcomes.firstIndex(of: .breaks) {
      result.undecided = [index]
    }
    return result
  }

  /// Lack of the balance of energy over the input, beyond which no outcome of a run holds.
  static let allowedLack = 1e-3
  private var lack: Double { run.residual / max(test.ledger.input, 1e-300) }

  /// What steps of softening took beside the law, over the input: the ledger holds it, so that its residual
  /// cannot tell.
  private var softening: Double { abs(test.ledger.softening) / max(test.ledger.input, 1e-300) }

  /// From the release to the first touch, in s; 0 in other tests.
  private var freeFall: Double { model.freeFall(values) }

  private var impact: Double { model.impactSpeed(values) ?? 0 }

  private var events: [RunEvent] {
    var list: [RunEvent] = []
    if let time = test.firstOpening {
      list.append(RunEvent("first-crack#1", time: time, floor: test.step, bodies: ["brick"]))
    }
    if test.peak.force > 0 {
      list.append(
        RunEvent("peak-force#1", time: test.peak.time, floor: test.step, bodies: ["brick"]))
    }
    if let fall, let rest = fall.rest {
      let time = freeFall + fall.handOver + rest
      list.append(RunEvent("rest#1", time: time, floor: test.step, bodies: ["pieces"]))
    }
    return list.sorted { $0.time < $1.time }
  }

  private func range(_ crack: Double) -> [NamedNumber] {
    let edges = test.setup.lattice.edges
    var list = [
      NamedNumber("elements", Double(test.elementCount)),
      NamedNumber("steps", Double(test.steps)),
      NamedNumber(
        "edge-over-largest", max(edges.x, edges.y, edges.z) / test.setup.largestEdge),
      NamedNumber("pieces-by-lenient-count", Double(run.lenient.count)),
      NamedNumber("work-over-one-crack", test.fractureWork / crack),
    ]
    if let platen = model.platen(values) { list.append(NamedNumber("bar-speed", platen.speed)) }
    if impact > 0 { list.append(NamedNumber("impact-speed", impact)) }
    if let fall {
      list.append(NamedNumber("steps-of-the-fall", Double(fall.log.steps)))
      list.append(NamedNumber("lift-at-hand-over", fall.world.lift))
      let input = max(test.ledger.input, 1e-300)
      let left = run.pieces.pieces.reduce(0) { $0 + $1.vibration + $1.strain }
      list.append(NamedNumber("vibration-over-input", left / input))
    }
    return list
  }

  /// The mean brick is symmetric: two planes that share the work of fracture like mirror images are
  /// a tie that rounding decides.
  private var isTied: Bool {
    guard test.setup.field == nil, case .strike = model.test else { return false }
    let lattice = test.setup.lattice
    let places = (1..<lattice.counts.x).map { (Double($0) - 0.5 * Double(lattice.counts.x)) }
    let works = places.map { test.fractureWork(axis: 0, at: $0 * lattice.edges.x) }
    let crack = values[model.energy] * lattice.size.y * lattice.size.z
    return places.indices.contains { places[$0] > 0.5 && works[$0] > 0.1 * crack }
  }

  private var notes: [String] {
    var list: [String] = []
    if let platen = model.platen(values), case .bend(_, let speed) = model.test {
      let text = JSON.text(of: Quantum.threeFigures(platen.speed))
      if values[speed] < platen.speed {
        list.append(
          "bent at \(text) m/s instead of \(JSON.text(of: values[speed])) m/s: the law of the crack has no rate, and times are told at the speed of the scene"
        )
      }
    }
    if isTied {
      list.append(
        "the mean brick cracks in mirrored planes at once, and rounding decides between them: outcomes of this one run are unresolved; the members, whose strength varies, break the tie"
      )
    }
    if run.pieces.count != run.lenient.count {
      list.append(
        "strict and lenient counting of pieces differ: \(run.pieces.count) and \(run.lenient.count)"
      )
    } else if !run.isSettled {
      list.append("the cracks were not at rest when the run ended")
    }
    if softening > BrickBreakReading.allowedLack {
      list.append(
        "steps of softening took \(JSON.text(of: Quantum.threeFigures(softening))) of the input beside the law: every value of this run is unresolved"
      )
    }
    if lack > BrickBreakReading.allowedLack {
      list.append(
        "the balance of energy lacks \(JSON.text(of: Quantum.threeFigures(lack))) of the input: every value of this run is unresolved"
      )
    }
    if let fall {
      list.append(
        "from \(JSON.text(of: Quantum.threeFigures(freeFall + fall.handOver))) s on the pieces are rigid bodies, which bounce and slide and do not break again"
      )
      if fall.world.overlapping > 0 {
        list.append(
          "pairs of pieces that go through each other, because they interlock at a crooked crack or there are more than \(PieceWorld.mostThatMeet) pieces: \(fall.world.overlapping); rest-time and spread are theirs as if they had not met"
        )
      }
      if let unrest = fall.unrest {
        list.append("the pieces do not all come to rest: \(unrest)")
      }
    }
    return list
  }
}
