// What the S key of the window writes: the frames so far as a recording, marks as its events, and of a
// run that was pulled at a scene that repeats the pulls as forces.

import Catalogue
import Experience
import Foundation
import Viewer

enum SessionSaving {
  /// Returns what to say.
  static func save(_ session: SavedSession) throws -> String {
    let source = session.source
    var recording = Recording(stage: source.stage, notes: source.notes)
    for index in source.times.indices { recording.frames.append(try source.frame(index)) }
    recording.notes.events += session.marks.enumerated().map { number, time in
      EventMark(kind: "mark", time: time, text: "mark \(number + 1)")
    }
    recording.notes.events += session.pulls.map { time, pull in
      EventMark(
        kind: pull == nil ? "release" : "pull", time: time,
        text: pull.map { "\(source.stage.props[$0.prop].name) is pulled" } ?? "nobody pulls",
        point: pull?.toward)
    }
    recording.notes.events.sort { $0.time < $1.time }
    _ = try RecordingFile.write(recording, to: session.path)
    guard session.pulls.contains(where: { $0.pull != nil }) else { return "wrote \(session.path)" }
    return "wrote \(session.path); \(try pulls(session))"
  }

  /// The scene with the pulls as forces, beside the recording. Returns what to say.
  private static func pulls(_ session: SavedSession) throws -> String {
    guard let source = session.source as? any SceneRun else { return "no scene for its pulls" }
    do {
      let pulled = try PulledScene(of: source.scene, source, pulls: session.pulls)
      let path = (session.path as NSString).deletingPathExtension + "-pulled.yaml"
      try Files.replace(path, with: Data((pulled.scene.line + "\n").utf8))
      return "\(pulled.count) forces in \((path as NSString).lastPathComponent)"
    } catch let failure as RunFailure { return failure.description }
  }
}
