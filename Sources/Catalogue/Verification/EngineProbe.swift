// A world run at three levels for a reference case that reads more than the outcomes of a scene.

import Experience
import RigidBody

/// The logs of one world, coarse to fine.
struct EngineProbe {
  let logs: [RunLog]

  /// Relative rounding of a number read from a log.
  static let floor = 1e-13

  init(
    _ setup: WorldSetup, _ start: WorldState, duration: Double, watches: [Watch] = [],
    crossings: [Watch] = [], reportTimes: [Double] = [], stopsAtRest: Bool = true,
    from level: Int = 0
  ) throws {
    logs = try (level..<(level + 3)).map { level in
      var engine = try Engine(
        setup: setup, start: start,
        options: RunOptions(
          duration: duration, level: level, reportTimes: reportTimes, watches: watches,
          crossings: crossings, stopsAtRest: stopsAtRest))
      return try engine.run()
    }
  }

  /// A number with its band.
  func refined(scale: Double = 0, _ value: (RunLog) -> Double) -> Refinement {
    let values = logs.map(value)
    return Refinement.assess(
      coarse: values[0], middle: values[1], fine: values[2],
      floor: EngineProbe.floor * max(abs(values[2]), scale), designOrder: 6, allowed: .infinity)
  }

  func row(
    _ label: String, _ unit: String, expected: Double, within tolerance: VerificationRow.Tolerance,
    scale: Double = 0, _ value: (RunLog) -> Double
  ) -> VerificationRow {
    let result = refined(scale: scale, value)
    return VerificationRow(
      label, unit, expected: expected, got: result.value, band: result.halfWidth, within: tolerance)
  }

  /// The log of one short run at the coarsest level.
  static func log(
    _ setup: WorldSetup, _ start: WorldState, duration: Double, watches: [Watch] = []
  ) throws -> RunLog {
    var engine = try Engine(
      setup: setup, start: start, options: RunOptions(duration: duration, watches: watches))
    return try engine.run()
  }
}

/// A parameter at which the answer of a run changes.
struct Threshold {
  /// Middle of the bracket, and half its width.
  let value: Double
  let halfWidth: Double

  /// Halves until the bracket is `relative` of its value wide. The answer is `false` at `low` and
  /// `true` at `high`; if it is not, the threshold is not a number.
  init(
    from low: Double, to high: Double, relative: Double, _ answer: (Double) throws -> Bool
  ) rethrows {
    guard try !answer(low), try answer(high) else {
      (value, halfWidth) = (.nan, .infinity)
      return
    }
    var (low, high) = (low, high)
    while abs(high - low) > relative * abs(high + low) {
      let middle = 0.5 * (low + high)
      if try answer(middle) { high = middle } else { low = middle }
    }
    (value, halfWidth) = (0.5 * (low + high), 0.5 * abs(high - low))
  }

  func row(
    _ label: String, _ unit: String, expected: Double, within tolerance: VerificationRow.Tolerance,
    factor: Double = 1
  ) -> VerificationRow {
    VerificationRow(
      label, unit, expected: expected, got: factor * value, band: abs(factor) * halfWidth,
      within: tolerance)
  }
}
