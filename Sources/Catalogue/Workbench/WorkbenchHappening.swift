// Events of a run as measures count them: those of the engine, and apexes and tips that were located.

import Experience
import Foundation
import RigidBody

struct WorkbenchHappening {
  var kind: String
  /// In s.
  var time: Double
  var noise: Double
  /// −1 for the world.
  var bodies: [Int]
  var joint: Int?
  var before: WorldSample
  var after: WorldSample
  /// Whether it belongs into the record; a rest that lasts from the start is none.
  var isLogged = true

  func matches(_ filter: WorkbenchMeasure.Filter) -> Bool {
    guard kind == filter.kind else { return false }
    if let wanted = filter.joint { return joint == wanted }
    return filter.bodies.allSatisfy(bodies.contains)
  }

  /// All of a run, in order of time.
  static func all(_ log: RunLog, _ observation: WorkbenchObservation) -> [WorkbenchHappening] {
    var list = resting(log, observation)
    for event in log.events {
      var bodies = [event.a]
      if event.b >= 0 || event.joint >= 0 { bodies.append(event.b) }
      list.append(
        WorkbenchHappening(
          kind: event.kind.rawValue, time: event.time, noise: event.noise,
          bodies: event.kind == .load ? [] : bodies,
          joint: event.joint >= 0 ? event.joint : nil, before: event.before, after: event.after))
    }
    let located = observation.located.sorted {
      ($0.key.kind, $0.key.bodies.first ?? -1) < ($1.key.kind, $1.key.bodies.first ?? -1)
    }
    for (filter, index) in located where index < log.crossings.count {
      // the engine's own events of this kind would count twice
      list.removeAll { $0.matches(filter) }
      for crossing in log.crossings[index] where !crossing.isRising {
        list.append(
          WorkbenchHappening(
            kind: filter.kind, time: crossing.time, noise: 4 * crossing.time.ulp,
            bodies: filter.bodies, joint: nil, before: crossing.sample, after: crossing.sample))
      }
    }
    return list.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
  }

  /// Bodies that rest from the start on.
  private static func resting(
    _ log: RunLog, _ observation: WorkbenchObservation
  ) -> [WorkbenchHappening] {
    let setup = observation.world.setup
    let pull = setup.gravity.length
    return setup.bodies.indices.compactMap { index in
      guard !setup.bodies[index].isPrescribed, log.start.state.twists[index] == .zero,
        index < log.start.accelerations.count,
        log.start.accelerations[index].velocity.length <= 1e-9 * pull
      else { return nil }
      return WorkbenchHappening(
        kind: "rest", time: log.start.state.time, noise: 0, bodies: [index], joint: nil,
        before: log.start, after: log.start, isLogged: false)
    }
  }
}
