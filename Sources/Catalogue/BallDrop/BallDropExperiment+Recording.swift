// Frames of a ball drop, in the axes of the room.
//
// Energies: those of the mass with its added mass and of the spin; gravity less buoyancy. What drag has
// taken is a series of its own, so that total and drag together only change at impacts and on the floor.

import Experience
import Foundation
import RigidBody

extension BallDropExperiment {
  /// Impacts and apexes that a recording marks.
  private static let kept = 1000

  func recording(
    _ values: [Double], level: Int, times: [Double]
  ) throws(RunFailure) -> Recording? {
    let setup = setup(values, kept: BallDropExperiment.kept)
    let times = times.filter { $0 <= model.duration }
    var film: BallFilm? = BallFilm(times: times, spin: setup.spin)
    let log: BallLog
    if let history = setup.history {
      log = history.run(
        from: setup.start, mass: setup.mass, duration: model.duration, level: level, film: &film)
    } else {
      do {
        log = try setup.ball.run(from: setup.start, spin: setup.spin, level: level, film: &film)
      } catch {
        throw RunFailure(
          code: "R002", "more than \(BouncingBall.impactLimit) impacts by t = \(error.time) s")
      }
    }
    let end = (log.rest?.time).map { $0 + WorldRecording.tail } ?? .infinity
    let shots = (film?.shots ?? []).filter { $0.state.time <= end }
    return BallDropFilm(
      setup: setup, log: log, shots: shots, axes: SceneAxes(tilt: values[model.tilt])
    ).recording
  }
}
