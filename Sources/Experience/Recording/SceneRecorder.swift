// From a scene and its truth to a recording: frames of the nominal run, and what the record says.

/// Makes recordings of scenes.
public struct SceneRecorder: Sendable {
  /// In 1/s, above 0.
  public var framesPerSecond: Double
  /// Most frames of a recording.
  public static let frameLimit = 20_000

  public init(framesPerSecond: Double = 60) { self.framesPerSecond = framesPerSecond }

  /// Times of the frames of a scene, in s: from 0 to its duration.
  public func times(of scene: Scene) -> [Double] {
    let duration = scene.section.quantity("duration")?.nominal ?? scene.definition.defaultDuration
    let count = min(
      Double(SceneRecorder.frameLimit - 1), (duration * framesPerSecond).rounded(.down))
    return (0...max(0, Int(count))).map { Double($0) / framesPerSecond }
  }

  /// The nominal run at the finest level of its account, with outcomes, audits and notes of the record.
  /// - Throws: `RunFailure`; R005 if the experience has nothing to show.
  public func recording(
    of scene: Scene, account: TruthRunner.Account
  ) throws(RunFailure) -> Recording {
    let experiment = scene.experiment
    let inputs = experiment.inputs.map(\.law.nominal)
    guard
      var recording = try experiment.recording(
        inputs, level: account.nominal.level, times: times(of: scene))
    else {
      throw RunFailure(code: "R005", "`\(scene.definition.name)` makes no recordings")
    }
    recording.stage.scene = scene.name
    recording.stage.experience = scene.definition.name
    recording.stage.about = scene.section.text("about") ?? ""
    recording.notes.outcomes = outcomes(scene, account)
    recording.notes.audits = account.record.audits
    if times(of: scene).count == SceneRecorder.frameLimit {
      recording.notes.warnings.append(
        "only the first \(SceneRecorder.frameLimit) frames are recorded: take fewer a second")
    }
    recording.notes.warnings +=
      account.record.notes + scene.warnings.filter { !$0.isError }.map(\.message)
    recording.notes.sceneHash = account.record.sceneHash
    return recording
  }

  private func outcomes(_ scene: Scene, _ account: TruthRunner.Account) -> [OutcomeMark] {
    account.record.outcomes.compactMap { name, outcome in
      let index = scene.outcomes.firstIndex { $0.name == name }
      let time = index.map { account.nominal.finest.decisionTime($0) } ?? .nan
      let knownAt = time.isFinite ? time : nil
      switch outcome {
      case .scalar(let scalar):
        return OutcomeMark(
          name: name, unit: scalar.unit, value: scalar.value, band: scalar.halfWidth,
          status: scalar.status.rawValue, tier: scalar.tier.rawValue, knownAt: knownAt)
      case .event(let event):
        return OutcomeMark(
          name: name, unit: "1", value: event.probability,
          band: 0.5 * (event.high - event.low), status: event.status.rawValue,
          tier: event.tier.rawValue, isEvent: true, knownAt: knownAt)
      // of plans alone, and a recording is of a scene
      case .classes, .ordering, .series: return nil
      }
    }
  }
}
