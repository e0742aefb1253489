// What only the whole scene can tell to be wrong.

import Experience
import RigidBody

extension BallDropExperiment {
  /// Reports combinations that the models do not cover.
  func check(_ scene: SceneSection, _ reader: inout TableReader) {
    checkHistory(scene, &reader)
    let environment = scene.section("environment")
    if case .central = model.gravity {
      if model.fluid != nil || (scene.section("floor")?.quantity("tilt")?.nominal ?? 0) != 0 {
        reader.report(
          "020", "inverse-square gravity needs `air: none` and a level floor",
          at: environment?.entry("gravity")?.mark,
          help: "the models have no atmosphere whose density falls with height")
      }
    }
    let spins = scene.section("environment")?.vector("rotation") ?? []
    if model.fluid != nil, spins.contains(where: { $0.law != .exact(0) }) {
      reader.report(
        "020", "in a turning frame the fluid is taken to turn with it",
        at: environment?.entry("rotation")?.mark, severity: .warning)
    }
  }

  /// The history force is derived for creeping flow along one line; an impact would need its own past.
  private func checkHistory(_ scene: SceneSection, _ reader: inout TableReader) {
    guard model.hasHistory else { return }
    let floor = scene.section("floor")
    func refuse(_ message: String, _ mark: SourceMark?, _ label: String, help: String) {
      reader.report("020", message, at: mark, label: label, help: help)
    }
    let here = scene.section("environment")?.entry("history")?.mark
    var isStokes = false
    if case .law(.stokes) = model.drag { isStokes = true }
    if model.fluid == nil || !isStokes {
      refuse(
        "the history force belongs to creeping flow", here, "needs Stokes drag in a fluid",
        help: "give `drag: { law: stokes }` and a liquid as `air:`, or `history: false`")
    }
    var isCentral = false
    if case .central = model.gravity { isCentral = true }
    let spin = scene.section("start")?.vector("spin") ?? []
    if isCentral || BallDropCompiler.isOblique(scene)
      || spin.contains(where: { $0.law != .exact(0) })
    {
      refuse(
        "the history force is modelled for a plumb fall without spin", here,
        "needs motion along the vertical only",
        help: "leave out sideways velocity, spin, tilt and rotation, or give `history: false`")
    }
    var isDead = false
    if case .constant(let index) = model.restitution { isDead = inputs[index].law == .exact(0) }
    if !isDead {
      refuse(
        "with the history force the ball stays where it lands",
        floor?.entry("restitution")?.mark ?? here, "must be 0",
        help: "nothing rebounds in a liquid at Stokes numbers below 10: give `restitution: 0`")
    }
    if model.duration > BallDropExperiment.longestHistory {
      refuse(
        "a history is followed for 1e6 s at most", scene.entry("duration")?.mark ?? here,
        "too long", help: "give a shorter `duration:`")
    }
  }

  /// In s; a mesh over the past has no end otherwise.
  private static let longestHistory = 1e6
}
