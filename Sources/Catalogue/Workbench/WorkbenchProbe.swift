// A world at three levels for a reference case that reads more than the outcomes of a scene, and the
// halving of a parameter at which the answer of a run changes.

import Experience
import RigidBody

/// The logs of one world, coarse to fine.
struct WorkbenchProbe {
  let logs: [RunLog]

  /// Relative rounding of a number read from a log.
  private static let floor = 1e-13

  init(
    _ setup: WorldSetup, _ start: WorldState, duration: Double, crossings: [Watch] = [],
    reportTimes: [Double] = [], from level: Int = 0
  ) throws {
    logs = try (level..<(level + 3)).map { level in
      var engine = try Engine(
        setup: setup, start: start,
        options: RunOptions(
          duration: duration, level: level, reportTimes: reportTimes, crossings: crossings))
      return try engine.run()
    }
  }

  /// A number with its band; `scale` is the size that its rounding refers to, if that is larger.
  func row(
    _ label: String, _ unit: String, expected: Double, within tolerance: VerificationRow.Tolerance,
    scale: Double = 0, _ value: (RunLog) -> Double
  ) -> VerificationRow {
    let values = logs.map(value)
    let result = Refinement.assess(
      coarse: values[0], middle: values[1], fine: values[2],
      floor: WorkbenchProbe.floor * max(abs(values[2]), scale), designOrder: 6, allowed: .infinity)
    return VerificationRow(
      label, unit, expected: expected, got: result.value, band: result.halfWidth, within: tolerance)
  }

  /// The log of one run at one level.
  static func log(
    _ setup: WorldSetup, _ start: WorldState, duration: Double, level: Int = 0,
    crossings: [Watch] = []
  ) throws -> RunLog {
    var engine = try Engine(
      setup: setup, start: start,
      options: RunOptions(duration: duration, level: level, crossings: crossings))
    return try engine.run()
  }

  /// The world that a scene of the workbench describes.
  static func world(_ text: String) throws -> (setup: WorldSetup, start: WorldState) {
    let scene = try Scene.parse(
      SourceText(path: "case", text: text), catalogue: [Workbench.definition], materials: .empty)
    guard let experiment = scene.experiment as? WorkbenchExperiment else {
      throw RunFailure(code: "R001", "the scene is not one of the workbench")
    }
    let world = try experiment.model.world(experiment.inputs.map(\.law.nominal))
    return (world.setup, world.start)
  }
}

/// Where the answer of a run changes: a bracket that was halved until it was narrow.
struct Bracket {
  /// Middle of the bracket, and half its width.
  let value: Double
  let halfWidth: Double

  /// The answer is `false` at `low` and `true` at `high`; if it is not, the value is not a number.
  /// `width`: of the last bracket.
  init(
    from low: Double, to high: Double, width: Double, _ answer: (Double) throws -> Bool
  ) rethrows {
    guard try !answer(low), try answer(high) else {
      (value, halfWidth) = (.nan, .infinity)
      return
    }
    var (low, high) = (low, high)
    while abs(high - low) > width {
      let middle = 0.5 * (low + high)
      guard middle != low, middle != high else { break }
      if try answer(middle) { high = middle } else { low = middle }
    }
    (value, halfWidth) = (0.5 * (low + high), 0.5 * abs(high - low))
  }

  /// A row of the value times `factor`.
  func row(
    _ label: String, _ unit: String, expected: Double, within tolerance: VerificationRow.Tolerance,
    factor: Double = 1
  ) -> VerificationRow {
    VerificationRow(
      label, unit, expected: expected, got: factor * value, band: abs(factor) * halfWidth,
      within: tolerance)
  }
}
