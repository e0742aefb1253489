import Experience
import Foundation
import Testing

@Suite("plumbline run --record")
struct RecordTests {
  static let scene = Program.sources + "/scenes/ball-drop/throw-up.yaml"

  // Fails if looking changes the record, if the file is none, if its frames are not the ones asked for,
  // or if it needs a display (there is none here) or says nothing about its size.
  @Test("writes a recording, and the same record as without")
  func records() throws {
    let folder = try Folder()
    let path = folder.path("drop.plr")
    let plain = try Program.run(["run", "--format", "json", Self.scene])
    let recorded = try Program.run(["run", "--format", "json", "--record", path, Self.scene])
    #expect(recorded.status == plain.status, "\(recorded.stderr)")
    func record(_ text: String) throws -> String {
      var object = try #require(try jsonLines(text).first?.object)
      object["provenance"] = nil
      return JSON.object(object).line
    }
    #expect(try record(recorded.stdout) == record(plain.stdout))
    #expect(recorded.stderr.contains("recorded ") && recorded.stderr.contains("kB: \(path)"))
    let file = try RecordingFile(path: path)
    #expect(file.stage.scene == "throw-up" && !file.notes.outcomes.isEmpty)
    #expect(abs(file.times[60] - 1) < 1e-12)

    let fast = folder.path("fast.plr")
    _ = try Program.run(["run", "-q", "--record", fast, "--fps", "240", Self.scene])
    #expect(try RecordingFile(path: fast).times[240] == 1)
  }

  // Fails if a usage error runs the scene first, or an unwritable place has another status than 73.
  @Test("says what it cannot do")
  func refuses() throws {
    let folder = try Folder()
    let path = folder.path("drop.plr")
    #expect(try Program.run(["run", "--record", path, Self.scene, Self.scene]).status == 64)
    #expect(try Program.run(["run", "--fps", "30", Self.scene]).status == 64)
    #expect(try Program.run(["run", "--record", path, "--fps", "0", Self.scene]).status == 64)
    let nowhere = try Program.run(["run", "--record", "/nowhere/drop.plr", Self.scene])
    #expect(nowhere.status == 73 && nowhere.stderr.contains("/nowhere/drop.plr"))
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
