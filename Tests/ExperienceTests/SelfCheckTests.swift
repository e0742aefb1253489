import Experience
import Foundation
import Testing

/// A run whose outcome and events are given by a closure of the level and the input.
private struct Scripted: Experiment {
  var inputs = [InputParameter(path: "x", law: .exact(1), range: -1e300...1e300)]
  let designOrder = 2.0
  let mechanisms: [String] = []
  let descriptors: [NamedNumber] = []
  var comparesEvents = true
  var checksSensitivity = false
  let result: @Sendable (Double, Int) -> RunResult

  func trust(in outcome: String, given run: RunResult) -> (tier: Tier, basis: String) {
    (.t1, "a script")
  }
  func run(_ inputs: [Double], level: Int) throws(RunFailure) -> RunResult {
    result(inputs[0], level)
  }
}

@Suite("Self-checks of a nominal run")
struct SelfCheckTests {
  /// A value of order 2 towards 1, decided at a time, with events at other times.
  private func scripted(
    value: @escaping @Sendable (Double, Int) -> Double, decided time: Double,
    events: @escaping @Sendable (Int) -> [RunEvent]
  ) -> Scripted {
    Scripted { x, level in
      RunResult(
        values: [value(x, level)], floors: [1e-15], scales: [1], decisionTimes: [time],
        events: events(level))
    }
  }

  private func contact(_ number: Int, _ time: Double, _ bodies: [String] = ["a", "b"]) -> RunEvent {
    RunEvent("contact#\(number)", time: time, floor: 1e-12, bodies: bodies)
  }

  // Fails if a value that is decided after the levels part keeps the band of a smooth limit, if one
  // that is decided before loses it, or if the note does not name the event.
  @Test("outcomes after a different event must agree by themselves")
  func split() throws {
    let value: @Sendable (Double, Int) -> Double = { _, level in 1 + 1e-4 / pow(4, Double(level)) }
    let events: @Sendable (Int) -> [RunEvent] = { level in
      [
        RunEvent("contact#1", time: 1, floor: 1e-12, bodies: ["a", "b"]),
        RunEvent(
          level.isMultiple(of: 2) ? "slip#1" : "lift-off#1", time: 2, floor: 1e-12,
          bodies: ["a", "b"]),
      ]
    }
    let runner = TruthRunner(extraLevels: 0)
    let early = try runner.nominal(
      scripted(value: value, decided: 1.5, events: events), accuracy: 1e-4)
    #expect(early.refinements[0].status == .converged)
    #expect(abs((early.refinements[0].order ?? 0) - 2) < 0.01)
    #expect(early.notes.first?.contains("slip#1 (a, b) at 2 s, lift-off#1 (a, b) at 2 s") == true)

    for time in [2.5, .nan] {
      let late = try runner.nominal(
        scripted(value: value, decided: time, events: events), accuracy: 1e-4)
      #expect(late.refinements[0].status == .unresolved, "\(time)")
      #expect(late.refinements[0].halfWidth >= 3 * 0.9375e-4)
      // the values agree to 1e-4, so a wider accuracy is met, and said to be without order
      let wide = try runner.nominal(
        scripted(value: value, decided: time, events: events), accuracy: 1e-3)
      #expect(wide.refinements[0].status == .unresolvedOrder)
    }
  }

  // Fails if the order of two events at one instant counts, or a missing event does not.
  @Test("events at one instant have no order; a missing one is a difference")
  func order() throws {
    let runner = TruthRunner(extraLevels: 0)
    let value: @Sendable (Double, Int) -> Double = { _, level in 1 + 1e-4 / pow(4, Double(level)) }
    let swapped = try runner.nominal(
      scripted(value: value, decided: .nan) { level in
        let pair = level == 1 ? ["c", "d"] : ["a", "b"]
        let other = level == 1 ? ["a", "b"] : ["c", "d"]
        return [
          RunEvent("contact#1", time: 1, floor: 1e-12, bodies: pair),
          RunEvent("contact#2", time: 1, floor: 1e-12, bodies: other),
        ]
      }, accuracy: 1e-4)
    #expect(swapped.notes.isEmpty && swapped.refinements[0].status == .converged)

    let missing = try runner.nominal(
      scripted(value: value, decided: .nan) { level in
        level == 0
          ? [] : [RunEvent("contact#1", time: 1, floor: 1e-12, bodies: ["a", "b"])]
      }, accuracy: 1e-4)
    #expect(missing.notes.first?.contains("nothing, contact#1 (a, b) at 1 s") == true)
    #expect(missing.refinements[0].status == .unresolved)
  }

  // Fails if an experiment that does not ask for it is held to its events.
  @Test("is asked for")
  func optional() throws {
    var experiment = scripted(
      value: { _, level in 1 + 1e-4 / pow(4, Double(level)) }, decided: .nan
    ) { level in
      level == 0 ? [] : [RunEvent("contact#1", time: 1, floor: 1e-12, bodies: [])]
    }
    experiment.comparesEvents = false
    let nominal = try TruthRunner(extraLevels: 0).nominal(experiment, accuracy: 1e-4)
    #expect(nominal.notes.isEmpty && nominal.refinements[0].status == .converged)
  }

  // Fails if a run that its solver does not vouch for is called converged.
  @Test("a solver's own doubt is kept")
  func doubt() throws {
    let experiment = Scripted { _, _ in
      RunResult(values: [1], floors: [0], scales: [1], isUnresolved: true)
    }
    let nominal = try TruthRunner(extraLevels: 1).nominal(experiment, accuracy: 1e-4)
    #expect(nominal.refinements[0].status == .unresolved)
  }

  // Three levels that agree by chance: fails if the band is narrower than what the finest run can tell apart,
  // or if a grain beyond the accuracy is called converged.
  @Test(
    "no band is below the grain of the finest run",
    arguments: [
      (grain: 1e-9, band: 1e-9...1e-7, status: ConvergenceStatus.converged),
      (1e-5, 1e-5...1e-5, .converged), (1e-3, 1e-3...1e-3, .unresolved),
    ])
  func grain(grain: Double, band: ClosedRange<Double>, status: ConvergenceStatus) throws {
    let experiment = Scripted { _, level in
      var result = RunResult(
        values: [1 + 1e-8 / pow(4, Double(level))], floors: [1e-15], scales: [1])
      result.grains[0] = grain
      return result
    }
    let nominal = try TruthRunner(extraLevels: 0).nominal(experiment, accuracy: 1e-4)
    #expect(band.contains(nominal.refinements[0].halfWidth))
    #expect(nominal.refinements[0].status == status)
    #expect(abs((nominal.refinements[0].order ?? 0) - 2) < 0.01)
  }

  // Levels that agree without an order: fails if a grain for that case does not hold, or if it widens the band
  // of levels that shrink as they should.
  @Test("agreement by chance has a grain of its own", arguments: [true, false])
  func chanceGrain(isOrdered: Bool) throws {
    let experiment = Scripted { _, level in
      let offsets = isOrdered ? [16e-8, 4e-8, 1e-8] : [1e-8, 3e-8, 0]
      var result = RunResult(values: [1 + offsets[min(level, 2)]], floors: [1e-15], scales: [1])
      result.chanceGrains[0] = 1e-3
      return result
    }
    let refinement = try TruthRunner(extraLevels: 0).nominal(experiment, accuracy: 1e-4)
      .refinements[0]
    #expect(refinement.status == (isOrdered ? .converged : .unresolved))
    #expect(isOrdered ? refinement.halfWidth < 1e-6 : refinement.halfWidth == 1e-3)
  }

  // An amplification of 1e-12 by g moves the outcome by 1e-12·g. Fails if the band stays below that,
  // if chaos beyond the accuracy is called resolved, or if the name is missing in the note.
  @Test(
    "inputs changed by 1e-12 widen the band, or leave it unresolved",
    arguments: [
      (gain: 1.0, status: ConvergenceStatus.converged, isNoted: false),
      (1e3, .converged, false), (3e5, .converged, true),
      (1e9, .unresolved, true),
    ])
  func sensitivity(gain: Double, status: ConvergenceStatus, isNoted: Bool) throws {
    var experiment = Scripted { x, _ in
      RunResult(values: [1 + gain * (x - 1)], floors: [1e-11], scales: [1])
    }
    experiment.checksSensitivity = true
    let nominal = try TruthRunner(extraLevels: 0).nominal(
      experiment, accuracy: 1e-4, names: ["height"])
    #expect(nominal.refinements[0].status == status)
    #expect(nominal.refinements[0].halfWidth >= gain * 0.99e-12)
    #expect(nominal.notes.isEmpty != isNoted)
    if isNoted { #expect(nominal.notes[0].contains("height")) }
    #expect(nominal.notes.first?.contains("is sensitive") ?? false == (status == .unresolved))
  }
}
