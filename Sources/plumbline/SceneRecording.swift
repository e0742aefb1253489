// A scene that was run to its end, with its record; it can be run again.

import Experience

struct SceneRecording: SceneRun {
  let scene: Scene
  private let recorder: SceneRecorder
  private let recording: Recording

  init(_ scene: Scene, _ recorder: SceneRecorder, jobs: Int) throws(RunFailure) {
    (self.scene, self.recorder) = (scene, recorder)
    recording = try recorder.recording(
      of: scene, account: try TruthRunner(jobs: jobs).account(of: scene))
  }

  var stage: Stage { recording.stage }
  var notes: RecordingNotes { recording.notes }
  var times: [Double] { recording.times }
  func frame(_ index: Int) -> Frame { recording.frames[index] }

  var again: @Sendable () throws -> any FrameSource {
    let (scene, recorder) = (scene, recorder)
    return { try SceneRecording(scene, recorder, jobs: 1) }
  }
}
