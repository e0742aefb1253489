import Experience
import Foundation
import Testing

@testable import Viewer

@Suite("View memory")
struct ViewMemoryTests {
  // Fails if a switch is forgotten, or a damaged file stops the window from opening.
  @Test("comes back as it was; anything else counts as none")
  func roundTrip() throws {
    let memory = ViewMemory(
      width: 900, height: 700, theme: .light, layers: [.hud, .forces], showsPanel: true,
      showsInfo: false)
    let folder = NSTemporaryDirectory() + "plumbline-\(UUID().uuidString)"
    let path = folder + "/deep/view.json"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try memory.write(to: path)
    #expect(ViewMemory(path: path) == memory)
    for text in ["", "{", "[]", "{\"schema\":\"view/1\"}", memory.json.line.dropLast() + "!"] {
      try String(text).write(toFile: path, atomically: true, encoding: .utf8)
      #expect(ViewMemory(path: path) == nil)
    }
    #expect(ViewMemory(path: "/no/such/file") == nil)
    var json = memory.json.object ?? JSONObject()
    json["width"] = .number(1e9)
    #expect(ViewMemory(json: .object(json)) == nil)
  }

  // Fails if the scripted user leaves out a key, a button, the wheel or the close in mid-run.
  @Test("the script does everything a user can do")
  func script() {
    let steps = Script.exercise(seconds: 60).steps
    let inputs = Set(steps.map(\.input))
    for chord in KeyTable.bindings.flatMap(\.chords) {
      #expect(inputs.contains(.key(chord, isDown: true)), "\(chord)")
    }
    for button in 0...2 { #expect(inputs.contains(.button(button, isDown: true, shift: false))) }
    #expect(inputs.isSuperset(of: [.resize(1, 1), .minimise, .restore]))
    #expect(steps.last == Script.Step(at: 60, .close))
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.at <= $1.at })
  }
}
