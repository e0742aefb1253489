// What the S key of the window writes: the frames so far as a recording, marks as its events.

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
    return "wrote \(session.path)"
  }
}
