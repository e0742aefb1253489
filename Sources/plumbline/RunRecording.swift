// The recording that `run --record` writes beside a record. It needs no display.

import Experience
import Foundation

struct RunRecording {
  /// In 1/s.
  let framesPerSecond: Double

  /// Most frames a second; `SceneRecorder.frameLimit` cuts long ones off.
  static let fastest = 100_000.0

  func write(
    _ scene: Scene, _ account: TruthRunner.Account, to path: String, _ options: GlobalOptions
  ) throws {
    let recorder = SceneRecorder(framesPerSecond: framesPerSecond)
    let recording = try recorder.recording(of: scene, account: account)
    // a signal removes what is half-written
    Interruption.inFlight.withLock { $0 = RecordingFile.neighbour(of: path) }
    defer { Interruption.inFlight.withLock { $0 = nil } }
    let bytes = try RecordingFile.write(recording, to: path)
    guard !options.quiet else { return }
    let last = recording.frames.last?.time ?? 0
    Console.note(
      "recorded \(recording.frames.count) frames, \(JSON.text(of: Quantum.round(last, places: 3))) s, in \(RunRecording.size(bytes)): \(path)"
    )
  }

  private static func size(_ bytes: Int) -> String {
    bytes < 1_000_000
      ? "\(JSON.text(of: Quantum.round(Double(bytes) / 1e3, places: 1))) kB"
      : "\(JSON.text(of: Quantum.round(Double(bytes) / 1e6, places: 1))) MB"
  }
}
