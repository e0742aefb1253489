import Catalogue
import Experience
import Foundation
import Testing

@Suite("Live worlds")
struct LiveWorldTests {
  // Fails if short runs, one after another, do not give what the whole run gives: bodies within 1e-6 of
  // the scene, the same frames, the same kinds of events.
  @Test(
    "goes the way of the recording",
    arguments: [
      "scenes/backpack-drag/push-and-stop.yaml", "scenes/workbench/four-bar.yaml",
      "scenes/ball-drop/steel-on-concrete.yaml",
    ])
  func follows(path: String) throws {
    let scene = try SceneFiles.short(path)
    var live = try LiveWorld(scene)
    try live.advance(to: 0.5)
    let times = live.recording.times
    #expect(times.count == 31 && abs((times.last ?? 0) - 0.5) < 1e-12)
    let whole = try #require(
      try scene.experiment.recording(
        scene.experiment.inputs.map(\.law.nominal), level: 1, times: times))
    #expect(live.recording.stage.props == whole.stage.props)
    for (a, b) in zip(live.recording.frames, whole.frames) {
      for (p, q) in zip(a.poses, b.poses) {
        #expect(
          (p.position - q.position).length < 1e-6 && (p.velocity - q.velocity).length < 1e-5)
      }
    }
    #expect(!live.recording.notes.isPerturbed)
    #expect(live.recording.notes.series.allSatisfy { $0.values.count == times.count })
    #expect(live.recording.stage.scene == scene.name)
  }

  // Fails if a pull does nothing, is not marked, or makes energy: a ball in a spring of the hand above it
  // comes to rest m·g/k below the hand.
  @Test("a pulled ball hangs from the hand", arguments: ["ball-drop", "workbench"])
  func hangs(experience: String) throws {
    let text =
      experience == "ball-drop"
      ? """
      plumbline: 1
      experience: ball-drop
      ball: { diameter: 100 mm, mass: 1 kg }
      start: { height: 1 m }
      floor: { restitution: 0.5 }
      """
      : """
      plumbline: 1
      experience: workbench
      bodies:
        - { name: floor, shape: plane }
        - { name: ball, shape: { sphere: { radius: 50 mm } }, mass: 1 kg, position: "[0, 0, 1.05] m" }
      contacts:
        - { default: true, restitution: 0.5, friction: 0.3 }
      measure:
        - { name: height, of: ball, quantity: position, component: z, at: end }
      duration: 60 s
      """
    var live = try LiveWorld(try SceneFiles.scene(text))
    try live.advance(to: 0.1)
    let (stiffness, damping) = (100.0, 20.0)
    try live.pull(
      Pull(
        prop: 1, at: .zero, toward: Point3(0, 0, 1), stiffness: stiffness, damping: damping))
    try live.advance(to: 4)
    let frame = try #require(live.recording.frames.last)
    #expect(live.recording.notes.isPerturbed)
    #expect(abs(frame.poses[1].position.z - (1 - 9.80665 / stiffness)) < 1e-3)
    #expect(frame.poses.count == 2 && frame.lines.isEmpty)
    live.release()
    try live.advance(to: 10)
    #expect(abs((live.recording.frames.last?.poses[1].position.z ?? 0) - 0.05) < 1e-9)
    try live.restart()
    #expect(live.recording.frames.count == 1 && !live.recording.notes.isPerturbed)
  }

  // Fails if each of the short runs tells anew that a body slides or rests.
  @Test("an event is told once")
  func once() throws {
    var live = try LiveWorld(try SceneFiles.short("scenes/backpack-drag/push-and-stop.yaml"))
    try live.advance(to: 2)
    let kinds = live.notes.events.map(\.kind)
    #expect(kinds.filter { $0 == "rest" }.count == 1 && kinds.filter { $0 == "stick" }.count == 1)
    #expect(kinds.filter { $0 == "slip" }.count <= 1)
  }

  // Fails if what cannot be pulled is pulled, or crashes.
  @Test("a floor cannot be pulled")
  func fixed() throws {
    var live = try LiveWorld(try SceneFiles.short("scenes/ball-drop/steel-on-concrete.yaml"))
    for prop in [0, -1, 7] {
      #expect(throws: RunFailure.self) {
        try live.pull(Pull(prop: prop, at: .zero, toward: .zero, stiffness: 1, damping: 1))
      }
    }
    #expect(!live.recording.notes.isPerturbed)
  }
}
