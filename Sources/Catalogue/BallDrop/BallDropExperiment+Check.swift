// What only the whole scene can tell to be wrong.

import Experience
import RigidBody

extension BallDropExperiment {
  /// Reports combinations that the models do not cover.
  func check(_ scene: SceneSection, _ reader: inout TableReader) {
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
}
