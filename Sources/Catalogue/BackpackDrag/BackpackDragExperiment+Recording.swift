// Frames of a backpack drag, in the axes of the room.

import Experience
import RigidBody

extension BackpackDragExperiment {
  func recording(
    _ values: [Double], level: Int, times: [Double]
  ) throws(RunFailure) -> Recording? {
    let world = BackpackDragWorld(model, values)
    let log = try log(world, level: level, frameTimes: times)
    let film = WorldRecording(
      setup: world.setup, start: world.start, axes: SceneAxes(tilt: values[model.tilt]), log: log)
    return film.recording(log.events.map { WorldHappening($0) })
  }
}
