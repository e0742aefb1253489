// A run that remembers its scene: it can be made again, and with other draws of its tolerances.

/// A source whose scene is at hand.
public protocol SceneRun: FrameSource {
  var scene: Scene { get }
  /// Makes the same run anew, for any thread: a live one stands at its start.
  var again: @Sendable () throws -> any FrameSource { get }
}

/// Runs of a scene at draws of its declared tolerances, the same draws as those of its truth.
public struct SceneMembers: Sendable {
  public let scene: Scene
  private let sampling: Sampling
  private let times: [Double]

  /// - Parameter framesPerSecond: in 1/s, above 0.
  public init(of scene: Scene, framesPerSecond: Double = 60) {
    self.scene = scene
    sampling = Sampling(seed: scene.seed, inputs: scene.experiment.inputs)
    times = SceneRecorder(framesPerSecond: framesPerSecond).times(of: scene)
  }

  /// No input has a tolerance: every member would be the run itself.
  public var isExact: Bool { sampling.isExact }

  /// Member `index` of the truth as poses over time, at a level that serves a look.
  /// - Throws: `RunFailure`; R005 if the experience has nothing to show.
  public func run(_ index: Int) throws(RunFailure) -> Recording {
    guard
      let whole = try scene.experiment.recording(
        sampling.member(index), level: 1, times: times)
    else {
      throw RunFailure(code: "R005", "`\(scene.definition.name)` makes no recordings")
    }
    var member = Recording(stage: whole.stage)
    member.frames = whole.frames.map { Frame(time: $0.time, poses: $0.poses) }
    return member
  }
}
