// `plumbline run`: scenes in, truth records out.

import ArgumentParser
import Experience
import Foundation

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Simulate scenes and print their outcomes with error bands.",
    discussion: """
      Without requirements the status is 0 when a record is written, even with unresolved outcomes.
      With requirements a FAIL gives 1, otherwise a MARGINAL or unresolved one 3.

      EXAMPLES
        plumbline run scenes/ball-drop/steel-on-concrete.yaml
        plumbline run --format json -j 2 scenes/ball-drop/*.yaml
        plumbline run --record drop.plr scenes/ball-drop/throw-up.yaml

      \(ExitStatus.table([.done, .answerIsNo, .noResult, .noVerdict, .usage, .badInput, .inputMissing, .cannotCreate, .inputOutput, .interrupted]))
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var format: FormatOption

  @Argument(help: "Scene files; - reads standard input.")
  var scenes: [String]

  @Option(help: "Ensemble members for the tolerances (default: the scene's).")
  var samples: Int?

  @Option(help: "Seed of the draws (default: the scene's).")
  var seed: UInt64?

  @Option(
    name: [.customShort("o"), .long],
    help: "Write the records to this file instead of standard output.")
  var out: String?

  @Option(help: "Also write the resolved scene (all defaults, SI) to this file; needs one scene.")
  var resolved: String?

  @Option(
    help: "Also write a recording of the nominal run to this file; needs one scene, no display.")
  var record: String?

  @Option(help: "Frames of the recording, in 1/s. (default: 60)")
  var fps: Double?

  @Flag(help: "Also list the events of the nominal run.")
  var events = false

  func validate() throws {
    if resolved != nil, scenes.count != 1 {
      throw ValidationError("--resolved needs exactly one scene, not \(scenes.count)")
    }
    if record != nil, scenes.count != 1 {
      throw ValidationError("--record needs exactly one scene, not \(scenes.count)")
    }
    if let fps {
      guard record != nil else { throw ValidationError("--fps needs --record") }
      guard fps > 0, fps <= RunRecording.fastest else {
        throw ValidationError("--fps must be above 0 and at most \(Int(RunRecording.fastest))")
      }
    }
    if let samples, samples < 1 { throw ValidationError("--samples must be at least 1") }
  }

  func run() throws {
    options.start()
    // all files are read before anything runs, so that an error costs no computing
    var list: [Scene] = []
    for path in scenes { list.append(try SceneLoading.scene(path, options)) }
    let runner = TruthRunner(jobs: options.workers)
    let progress = Progress(total: list.count, noun: "scene", options)
    var worst = ExitStatus.done
    var text = ""
    for scene in list {
      let scene = try sampled(scene)
      let start = Date()
      let account = try runner.account(of: scene, seed: seed)
      let record = account.record
      let seconds = Date().timeIntervalSince(start)
      let output: String
      switch format.value {
      case .json:
        var object = record.json.object ?? JSONObject()
        object["provenance"] = Release.provenance(jobs: options.workers)
        output = JSON.object(object).line + "\n"
      case .text:
        output =
          TruthText.table(record, scene: scene, withEvents: events)
          + (options.verbose ? "  computed in \(String(format: "%.3f", seconds)) s\n" : "") + "\n"
      }
      if out == nil { try Console.write(output) } else { text += output }
      if let path = self.record {
        try RunRecording(framesPerSecond: fps ?? 60).write(scene, account, to: path, options)
      }
      worst = Run.worse(worst, of: record)
      progress.advance(scene.name, seconds: seconds)
    }
    progress.finish()
    if let out { try Files.replace(out, with: Data(text.utf8)) }
    if let resolved {
      try Files.replace(resolved, with: Data((list[0].resolved.line + "\n").utf8))
    }
    if worst != .done { throw Ending(status: worst) }
  }

  private func sampled(_ scene: Scene) throws -> Scene {
    guard let samples else { return scene }
    return try scene.replacing(
      [("samples", .integer(samples))], name: scene.name, materials: try Assets.materials())
  }

  private static func worse(_ status: ExitStatus, of record: TruthRecord) -> ExitStatus {
    if status == .answerIsNo || record.requirements.contains(where: { $0.label == .fail }) {
      return .answerIsNo
    }
    return record.requirements.contains { $0.label == .marginal } ? .noVerdict : status
  }
}
