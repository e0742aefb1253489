import Experience
import Testing

@testable import Viewer

@Suite("Key table")
struct KeyTableTests {
  // Fails if two actions share a key, as they did in another viewer (mujoco #3403).
  @Test("no chord stands twice")
  func distinct() {
    let chords = KeyTable.bindings.flatMap(\.chords)
    #expect(Set(chords).count == chords.count)
    #expect(KeyTable.bindings.allSatisfy { !$0.chords.isEmpty && !$0.title.isEmpty })
  }

  // Fails if an action cannot be reached, or a row has no action of its own.
  @Test("every action has one row")
  func complete() {
    #expect(KeyTable.bindings.map(\.action).count == Action.allCases.count)
    #expect(Set(KeyTable.bindings.map(\.action)) == Set(Action.allCases))
    for binding in KeyTable.bindings {
      for chord in binding.chords { #expect(KeyTable.action(of: chord) == binding.action) }
    }
  }

  // Fails if the reference page or the help lacks a row that the handler knows.
  @Test("page and help hold every row")
  func documented() {
    let lines = KeyTable.markdown.split(separator: "\n")
    for binding in KeyTable.bindings {
      let keys = binding.chords.map { "`\($0)`" }.joined(separator: ", ")
      #expect(lines.contains("| \(keys) | \(binding.title) |"))
      #expect(KeyTable.search(binding.title).contains(binding))
    }
    #expect(KeyTable.search("").count == KeyTable.bindings.count)
    #expect(KeyTable.search("friction").map(\.action) == [.forces])
  }

  // Fails if a key that the help names does nothing.
  @Test("every key changes something", arguments: Action.allCases)
  func works(action: Action) throws {
    var session = try Session(.replay(Samples.slide()), ghosts: [])
    session.playback.time = 0.5
    session.playback.isPlaying = false
    session.camera.orbit(by: 0.1, 0.1)
    session.playback.faster()
    let before = Snapshot(session)
    session.perform(action)
    #expect(Snapshot(session) != before)
  }

  // Fails if an error does not pause the run, or cannot be taken away.
  @Test("an error pauses and is shown until a key is pressed")
  func errors() throws {
    var session = try Session(.replay(Samples.slide()))
    session.fail(ViewerError(.output, "cannot write", remedy: "choose a folder"))
    #expect(!session.playback.isPlaying)
    #expect(session.error == "cannot write; choose a folder")
    session.perform(.playPause)
    #expect(session.error == nil && !session.playback.isPlaying)
  }

  /// What a user can see of a session.
  private struct Snapshot: Equatable {
    var playback: Playback
    var camera: Camera
    var layers: Layers
    var flags: [Bool]
    var text: String
    var requests: [Session.Request]

    init(_ session: Session) {
      (playback, camera, layers) = (session.playback, session.camera, session.layers)
      flags = [
        session.isWireframe, session.showsHelp, session.showsPanel, session.showsInfo,
        session.showsFinder, session.theme.kind == .dark,
      ]
      (text, requests) = (session.message, session.requests)
    }
  }
}
