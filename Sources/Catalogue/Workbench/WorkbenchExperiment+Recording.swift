// Frames of a scene of the workbench, in its own axes.

import Experience
import RigidBody

extension WorkbenchExperiment {
  func recording(
    _ values: [Double], level: Int, times: [Double]
  ) throws(RunFailure) -> Recording? {
    let world = try model.world(values)
    let observation = WorkbenchObservation(model: model, world: world)
    let log: RunLog
    do {
      var options = observation.options(level: level)
      options.frameTimes = times
      var engine = try Engine(setup: world.setup, start: world.start, options: options)
      log = try engine.run()
    } catch { throw RunFailure(code: error.code, error.description) }
    var happenings = log.events.map { WorldHappening($0) }
    for (filter, index) in observation.located where index < log.crossings.count {
      guard let body = filter.bodies.first else { continue }
      // the engine's own events of this kind would stand twice
      happenings.removeAll { $0.kind == filter.kind && $0.a == body }
      for crossing in log.crossings[index] where !crossing.isRising {
        happenings.append(
          WorldHappening(
            filter.kind, time: crossing.time, body: body, state: crossing.sample.state))
      }
    }
    happenings.sort { ($0.time, $0.kind, $0.a) < ($1.time, $1.kind, $1.a) }
    let film = WorldRecording(
      setup: world.setup, start: world.start, axes: SceneAxes(), log: log)
    return film.recording(happenings)
  }
}
