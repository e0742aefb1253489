// What the S key of the window writes: the frames so far as a recording, marks as its events.

import Experience
import Foundation
import Viewer

enum SessionSaving {
  /// Writes `<scene>-001.plr` or the next free name; returns what to say.
  static func save(_ session: SavedSession, in folder: String) throws -> String {
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
    let path = freshPath(source.stage.scene, folder)
    _ = try RecordingFile.write(recording, to: path)
    return "wrote \(path)"
  }

  private static func freshPath(_ scene: String, _ folder: String) -> String {
    let stem = scene.isEmpty ? "scene" : scene
    for number in 1..<1000 {
      let digits = String(number)
      let path =
        "\(folder)/\(stem)-\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits).plr"
      if !FileManager.default.fileExists(atPath: path) { return path }
    }
    return "\(folder)/\(stem)-\(UUID().uuidString).plr"
  }
}
