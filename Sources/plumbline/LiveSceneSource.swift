// A scene that runs while it is watched; its record is made beside it, on a thread of its own.

import Catalogue
import Experience
import Foundation
import Synchronization
import Viewer

struct LiveSceneSource: LiveSource, SceneRun {
  private var world: LiveWorld
  private let record: RecordInBackground

  init(_ scene: Scene) throws {
    world = try LiveWorld(scene)
    record = RecordInBackground(of: scene)
  }

  var stage: Stage { world.stage }
  var notes: RecordingNotes { world.notes }
  var times: [Double] { world.times }
  var duration: Double? { world.duration }
  var scene: Scene { world.scene }
  var again: @Sendable () throws -> any FrameSource { world.again }
  func frame(_ index: Int) -> Frame { world.frame(index) }

  mutating func advance(to time: Double) throws {
    try world.advance(to: time)
    // outcomes are those of the scene, not of one that somebody pulls at
    guard notes.outcomes.isEmpty, !notes.isPerturbed else { return }
    if let found = try record.notes() { world.tell(found) }
  }

  mutating func restart() throws { try world.restart() }

  mutating func pull(_ pull: Pull) throws { try world.pull(pull) }

  mutating func release() { world.release() }
}

/// The truth of a scene, computed by one worker while the window is open.
private final class RecordInBackground: Sendable {
  private enum Progress: Sendable {
    case running
    case done(RecordingNotes)
    case failed(RunFailure)
  }
  private let progress = Mutex(Progress.running)

  init(of scene: Scene) {
    let thread = Thread { self.make(scene) }
    thread.stackSize = 8 << 20
    thread.start()
  }

  private func make(_ scene: Scene) {
    let result: Progress
    do throws(RunFailure) {
      let account = try TruthRunner(jobs: 1).account(of: scene)
      // one frame is enough: the notes are wanted
      let recorder = SceneRecorder(framesPerSecond: 1e-9)
      result = .done(try recorder.recording(of: scene, account: account).notes)
    } catch { result = .failed(error) }
    progress.withLock { $0 = result }
  }

  /// Nil while it runs.
  func notes() throws(RunFailure) -> RecordingNotes? {
    switch progress.withLock({ $0 }) {
    case .running: return nil
    case .done(let notes): return notes
    case .failed(let failure):
      // told once
      progress.withLock { $0 = .running }
      throw failure
    }
  }
}
