import Experience
import Foundation
import Testing

@testable import Catalogue

@Suite("Scenes of pulls")
struct PulledSceneTests {
  /// A box of 2 kg that falls onto a floor, and a ball that hangs on a spring.
  static let text = """
    plumbline: 1
    experience: workbench
    name: bench
    bodies:
      - { name: floor, shape: plane }
      - name: box
        shape: { box: { size: "[0.2, 0.1, 0.1] m" } }
        mass: 2 kg
        position: "[0, 0, 0.05] m"
      - { name: ball, shape: { sphere: { radius: 50 mm } }, mass: 1 kg, position: "[0, 1, 1] m" }
    contacts:
      - { default: true, restitution: 0, friction: 0.3 }
    joints:
      - { name: spring, kind: spring, between: [world, ball], at: ["[0, 1, 2] m", "[0, 0, 0] m"], stiffness: 40 N/m, length: 0.8 m }
    measure:
      - { name: way, of: box, quantity: position, component: x, at: end }
    duration: 2 s
    """

  // Fails if a force has another body, place, time or size than the pull, or the scene cannot be read.
  // While it is pulled the window steps with h = 1/960 s at order 1. Then its places are off by h/2 times
  // the change of speed, and its impulses by h/2 times the change of force: for a free ball of 1 kg with
  // 40 N and 2 m/s 21 mm/s for a second at worst, and less for a curve; here 10 mm. Fixed steps let the
  // corners of a box slide, the run its whole face: 5 % of the way.
  @Test("the run of the written scene follows the session", arguments: [(1, 0.033), (2, 0.01)])
  func follows(prop: Int, tolerance: Double) throws {
    let scene = try SceneFiles.scene(PulledSceneTests.text)
    var live = try LiveWorld(scene)
    var pulls: [(time: Double, pull: Pull?)] = []
    let at = Point3(0.05, 0, 0.03)
    try live.advance(to: 0.2)
    let middle = live.recording.frames.last?.poses[prop].position ?? .zero
    // a hand that draws a curve
    for step in 0..<30 {
      let angle = 0.1 * Double(step)
      let hand = middle + Point3(0.4 * sin(angle), 0.2 * (1 - cos(angle)), 0.1)
      let pull = Pull(prop: prop, at: at, toward: hand, stiffness: 80, damping: 10)
      pulls.append((live.times.last ?? 0, pull))
      try live.pull(pull)
      try live.advance(to: 0.2 + Double(step + 1) / 60)
    }
    pulls.append((live.times.last ?? 0, nil))
    live.release()
    try live.advance(to: 1.5)

    let written = try PulledScene(of: scene, live, pulls: pulls)
    #expect(written.count == 30)
    let again = try SceneFiles.scene(written.scene.line)
    #expect(again.name == "bench-pulled")
    let run = try #require(
      try again.experiment.recording(
        again.experiment.inputs.map(\.law.nominal), level: 1, times: live.times))
    var (worst, way) = (0.0, 0.0)
    for (a, b) in zip(live.recording.frames, run.frames) {
      worst = max(worst, (a.poses[prop].position - b.poses[prop].position).length)
      way = max(way, (a.poses[prop].position - middle).length)
    }
    #expect(run.frames.count == live.times.count)
    #expect(way > 0.1, "the pull moves nothing: \(way)")
    #expect(worst < tolerance, "\(worst)")
  }

  // Fails if the mean of a force that is known in closed form is wrong: a point on a cubic.
  @Test("the mean of a spring and damper along a cubic is exact")
  func mean() {
    // x = t³ + 2 t from 0 to h; mean of x is h³/4 + h, of v it is h² + 2
    let h = 0.25
    let pull = Pull(
      prop: 0, at: .zero, toward: Point3(1, 0, 0), stiffness: 7, damping: 3)
    let force = PulledScene.mean(
      pull, about: .zero, FramePose(position: .zero, velocity: Point3(2, 0, 0)),
      FramePose(
        position: Point3(h * h * h + 2 * h, 0, 0), velocity: Point3(3 * h * h + 2, 0, 0)), over: h)
    let (place, speed) = (h * h * h / 4 + h, h * h + 2)
    let exact = 7 * (1 - place) - 3 * speed
    #expect(abs(force.force.x - exact) < 1e-12 && force.torque == .zero)
  }

  // Fails if pulls of a scene that has no forces are written as if it had.
  @Test("a ball drop cannot hold pulls")
  func refused() throws {
    let scene = try SceneFiles.short("scenes/ball-drop/steel-on-concrete.yaml")
    let live = try LiveWorld(scene)
    #expect(throws: RunFailure.self) { try PulledScene(of: scene, live, pulls: []) }
  }
}
