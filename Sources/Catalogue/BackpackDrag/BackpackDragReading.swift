// Reads the outcomes of a backpack drag out of the log of a run, with the noise of each.
//
// Noise  a time or a length after n events carries (64 + 16·n)·2^-53 and the certificate of the contact
//        solves, relative. The end of sticking is seen as an acceleration above 1e-10 of gravity: under
//        a strap that tightens at k·V it is late by δ = 1e-10·m·g/(k·V), and every later slip by 2δ
//        more, because the strap is then stretched by V·δ more and springs back by as much.

import Experience
import Foundation
import RigidBody

struct BackpackDragReading {
  let world: BackpackDragWorld
  let log: RunLog
  let model: BackpackDragModel

  private typealias World = BackpackDragWorld

  // MARK: What happened

  /// Events between the pack and the floor.
  private func contactEvents(_ kind: EventKind) -> [WorldEvent] {
    log.events.filter {
      $0.kind == kind && Set([$0.a, $0.b]) == Set([World.pack, World.floor])
    }
  }

  private var slips: [WorldEvent] { contactEvents(.slip) }

  private var moves: Bool {
    !slips.isEmpty || !contactEvents(.liftOff).isEmpty || turns
  }

  /// Whether the pack tips up: it has turned at the end, or it has fallen back.
  private var turns: Bool { turn > 1e-9 || !contactEvents(.contact).isEmpty }

  /// Angle in rad between the attitudes at the start and at the end.
  private var turn: Double {
    let (a, b) = (
      log.start.state.poses[World.pack].orientation, log.end.state.poses[World.pack].orientation
    )
    return (a.conjugate * b).normalized.rotationVector.length
  }

  /// The instant from which the pack rests for good.
  private var stop: (time: Double, floor: Double)? {
    guard moves else { return nil }
    if case .strap = model.pull, world.start.twists[World.hand] != .zero { return nil }
    // a force that is still to begin or to end changes what is at rest now
    if log.end.state.time < world.forceBegins { return nil }
    let pack = [EventKind.slip, .stick, .liftOff, .contact, .rest]
    guard
      let last = log.events.last(where: {
        ($0.a == World.pack || $0.b == World.pack) && pack.contains($0.kind)
      }), last.kind == .stick || last.kind == .rest
    else { return nil }
    let stick = contactEvents(.stick).last
    let event = stick.map { $0.time >= last.time - $0.noise ? $0 : last } ?? last
    return (event.time, event.noise)
  }

  private func position(_ sample: WorldSample) -> Vector3 {
    sample.state.poses[World.pack].position
  }

  private func along(_ a: WorldSample, _ b: WorldSample) -> Double {
    let d = position(b) - position(a)
    return hypot(d.x, d.y)
  }

  // MARK: Noise

  private var relative: Double {
    (64 + 16 * Double(log.events.count)) * 0x1p-53 + 4 * log.largestCertificate
  }

  private func noise(_ value: Double, scale: Double = 0) -> Double {
    relative * max(abs(value), scale)
  }

  /// Twice the delay of a slip, in s.
  private var delay: Double {
    world.jerk > 0 ? 2e-10 * world.setup.gravity.length / world.jerk : 0
  }

  /// By how much all slips together may be late, in s.
  private var lateness: Double { delay * Double(slips.count) }

  /// Weight of the pack, in N.
  private var weight: Double {
    world.setup.bodies[World.pack].mass * world.setup.gravity.length
  }

  /// Speed of the hand, in m/s.
  private var handSpeed: Double {
    world.start.twists.count > World.hand ? world.start.twists[World.hand].velocity.length : 0
  }

  // MARK: Result

  var result: RunResult {
    let outcomes = BackpackDragOutcome.allCases
    var values = Array(repeating: Double.nan, count: outcomes.count)
    var floors = Array(repeating: 0.0, count: outcomes.count)
    var scales = Array(repeating: 0.0, count: outcomes.count)
    var margins = Array(repeating: Double.nan, count: outcomes.count)
    var decided = Array(repeating: Double.nan, count: outcomes.count)
    func put(
      _ outcome: BackpackDragOutcome, _ value: Double, _ floor: Double, scale: Double = 0,
      at time: Double = .nan
    ) {
      guard let index = outcomes.firstIndex(of: outcome) else { return }
      (values[index], floors[index], scales[index]) = (value, floor, scale)
      decided[index] = time
    }
    func hedge(_ outcome: BackpackDragOutcome, _ margin: Double?) {
      if let margin, let index = outcomes.firstIndex(of: outcome) { margins[index] = margin }
    }
    let gravity = world.setup.gravity.length
    let size = 2 * max(world.half.x, world.half.y)
    let pace = (gravity * size).squareRoot()
    let end = log.end
    let travel = max(along(log.start, end), 1e-3 * size)

    put(.moves, moves ? 1 : 0, 0, at: moves ? firstMotion : .nan)
    hedge(.moves, moveMargin)
    if let first = slips.first {
      put(
        .slipTime, first.time, noise(first.time) + first.noise + delay, scale: 1e-3,
        at: first.time)
    }
    let lever = log.extremes[0].minimum
    put(.tips, lever < 0 ? 1 : 0, 0)
    hedge(.tips, lever.isFinite ? -lever : nil)
    put(
      .distance, along(log.start, end), noise(travel) + handSpeed * lateness, scale: travel)
    let velocity = end.state.twists[World.pack].velocity
    // two components of one vector: its size says what is small
    let fastest = max(pace, velocity.length)
    for (outcome, value) in [
      (BackpackDragOutcome.finalVelocityX, velocity.x), (.finalVelocityY, velocity.y),
    ] {
      put(
        outcome, value, noise(value, scale: 1e-3 * fastest) + gravity * lateness, scale: fastest)
    }
    if let stop {
      put(
        .stopTime, stop.time, noise(stop.time) + stop.floor + lateness, scale: 1e-3, at: stop.time)
    }
    let place: Put = { put($0, $1, $2, scale: $3, at: $4) }
    pull(place)
    cycles(place)
    work(place)

    var result = RunResult(values: values, floors: floors, scales: scales)
    (result.margins, result.decisionTimes) = (margins, decided)
    result.events = events
    result.audits = audits
    result.range = range
    result.notes = log.notes + notes
    result.isUnresolved = log.isUnresolved
    return result
  }

  private typealias Put = (BackpackDragOutcome, Double, Double, Double, Double) -> Void

  private var firstMotion: Double {
    let times = (slips + contactEvents(.liftOff)).map(\.time)
    return times.min() ?? .nan
  }

  /// In N, positive where the pack moves; nil where it starts in motion or nothing says how far.
  private var moveMargin: Double? {
    if !moves {
      let reserve = log.extremes[1].minimum
      return reserve.isFinite ? -reserve : nil
    }
    guard world.start.twists.prefix(2).allSatisfy({ $0 == .zero }) else { return nil }
    var worst = world.staticExcess(force: .zero)
    if let force = world.force, world.forceBegins < log.end.state.time {
      worst = max(worst, world.staticExcess(force: force))
    }
    return worst > 0 ? worst : nil
  }

  // MARK: Pull, cycles, energy

  private func pull(_ put: Put) {
    let end = log.end.state.time
    if let force = world.force {
      guard world.forceBegins < end else { return }
      put(.peakPull, force.length, noise(force.length), 0, .nan)
      put(.meanPull, force.length, noise(force.length), 0, .nan)
    }
    guard log.extremes.count > 2 else { return }
    let tension = log.extremes[2]
    // the strap is taut from the start or from its first event on
    var (since, duration): (Double?, Double) = (world.isTautAtStart ? 0 : nil, 0)
    for event in log.events where event.joint == 0 {
      if event.kind == .taut { since = since ?? event.time }
      if event.kind == .slack, let begin = since {
        duration += event.time - begin
        since = nil
      }
    }
    if let since { duration += end - since }
    guard duration > 0, tension.maximum > 0 else { return }
    let late = lateness > 0 ? 2e-10 * weight : 0
    put(.peakPull, tension.maximum, noise(tension.maximum) + late, 0, .nan)
    let mean = tension.integral / duration
    put(.meanPull, mean, noise(mean, scale: tension.maximum) + late, 0, .nan)
  }

  private func cycles(_ put: Put) {
    let slips = slips
    let full = slips.count - 2
    put(.stickSlip, full >= 1 ? 1 : 0, 0, 0, full >= 1 ? slips[2].time : .nan)
    guard full >= 1, let last = slips.last else { return }
    let (period, length) = (
      (last.time - slips[1].time) / Double(full),
      along(slips[1].before, last.before) / Double(full)
    )
    put(.stickSlipPeriod, period, noise(last.time) + delay, 0, .nan)
    put(
      .slipPerCycle, length, noise(along(log.start, last.before)) + handSpeed * delay, 0, .nan)
  }

  private func work(_ put: Put) {
    let ledger = log.ledger
    let turnover =
      abs(ledger.workOfLoads) + abs(ledger.workOfMotions) + ledger.frictionHeat
      + abs(ledger.final - ledger.initial)
    let floor = noise(turnover) + weight * handSpeed * lateness
    switch model.pull {
    case .push: break
    case .force: put(.work, ledger.workOfLoads, floor, 1e-3 * turnover, .nan)
    case .strap, .belt: put(.work, ledger.workOfMotions, floor, 1e-3 * turnover, .nan)
    }
    put(.heat, ledger.frictionHeat, floor, 1e-3 * turnover, .nan)
  }

  // MARK: Record

  private var events: [RunEvent] {
    var counts: [String: Int] = [:]
    let names = world.setup.bodies.map(\.name)
    let restsForGood = stop != nil
    var slipCount = 0.0
    return log.events.enumerated().compactMap { index, event in
      // a pack that only waits for the next pull is no pack at rest
      if event.kind == .rest, !restsForGood || index < log.events.count - 1 { return nil }
      if event.kind == .slip { slipCount += 1 }
      let kind = event.kind.rawValue
      counts[kind, default: 0] += 1
      let bodies = [event.a, event.b].filter { names.indices.contains($0) }.map { names[$0] }
      return RunEvent(
        "\(kind)#\(counts[kind] ?? 1)", time: event.time,
        floor: noise(event.time) + event.noise + delay * slipCount, bodies: bodies)
    }
  }

  private var audits: [NamedNumber] {
    let ledger = log.ledger
    let turnover =
      abs(ledger.initial) + abs(ledger.final) + abs(ledger.workOfLoads) + abs(ledger.workOfMotions)
      + ledger.frictionHeat
    let energy = turnover > 0 ? abs(ledger.residual) / turnover : 0
    return [
      NamedNumber("energy", rounded(energy)),
      NamedNumber("momentum", rounded(log.momentumResidual)),
      NamedNumber("certificate", rounded(log.largestCertificate)),
      NamedNumber("penetration", rounded(log.largestPenetration)),
    ]
  }

  private var range: [NamedNumber] {
    [
      NamedNumber("tipping-lever", rounded(log.extremes[0].minimum)),
      NamedNumber("turn", rounded(turn)),
    ] + (log.hadJam ? [Jam.mark] : [])
  }

  private var notes: [String] {
    guard moves else { return ["the pack does not move"] }
    guard stop == nil else { return [] }
    if case .strap = model.pull { return ["the hand still pulls at the end of the duration"] }
    return ["the pack still moves at the end of the duration"]
  }

  /// Range groups and audits need no more than six figures.
  private func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value == 0 ? 0 : value }
    return Quantum.round(value, places: 5 - Int(Foundation.floor(log10(abs(value)))))
  }
}
