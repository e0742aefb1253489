// What a run is asked to look at for the measures of a scene: report times, extremes, sign changes.

import Experience
import Foundation
import RigidBody

struct WorkbenchObservation: Sendable {
  let model: WorkbenchModel
  let world: WorkbenchWorld
  /// In ascending order.
  private(set) var times: [Double] = []
  private(set) var watches: [Watch] = []
  private(set) var crossings: [Watch] = []
  /// For each measure: its watch, and its sign changes.
  private(set) var watchOf: [Int?] = []
  private(set) var swingOf: [Int?] = []
  /// Sign changes that count the whole turns of a joint.
  private(set) var turnsOf: [Int: Int] = [:]
  /// Sign changes that are the events apex and tip of a body.
  private(set) var located: [WorkbenchMeasure.Filter: Int] = [:]

  init(model: WorkbenchModel, world: WorkbenchWorld) {
    (self.model, self.world) = (model, world)
    var times: Set<Double> = []
    for (index, measure) in model.measures.enumerated() {
      if case .time(let time) = measure.moment { times.insert(time) }
      addWatch(index, measure)
      addSwing(measure)
      if measure.quantity == .jointAngle, let joint = measure.joint { addTurns(joint) }
      if let filter = measure.filter, ["apex", "tip"].contains(filter.kind) { addEvent(filter) }
    }
    self.times = times.sorted()
  }

  /// The run need not be longer than its latest measure.
  func options(level: Int) -> RunOptions {
    var latest = 0.0
    for measure in model.measures {
      switch measure.moment {
      case .start: break
      case .time(let time): latest = max(latest, time)
      case .end, .maximum, .minimum: latest = model.duration
      case .event: latest = max(latest, measure.before)
      }
    }
    return RunOptions(
      duration: latest > 0 ? latest : model.duration, level: level, reportTimes: times,
      watches: watches, crossings: crossings, impactOrder: model.impactOrder)
  }

  // MARK: Watches

  private mutating func addWatch(_ index: Int, _ measure: WorkbenchMeasure) {
    switch measure.moment {
    case .maximum, .minimum:
      let values = WorkbenchValues(model: model, world: world)
      watches.append(
        Watch(name: measure.name) { values.value(measure, index, in: $0) })
      watchOf.append(watches.count - 1)
    default: watchOf.append(nil)
    }
  }

  private mutating func addSwing(_ measure: WorkbenchMeasure) {
    guard measure.quantity == .period, let rate = swing(measure) else {
      swingOf.append(nil)
      return
    }
    crossings.append(Watch(name: "\(measure.name) swing", value: rate))
    swingOf.append(crossings.count - 1)
  }

  /// A rate that changes its sign at the turning points of the swing.
  private func swing(_ measure: WorkbenchMeasure) -> (@Sendable (WorldSample) -> Double)? {
    let world = world
    if let component = measure.component, let body = measure.body {
      return { sample in sample.state.twists[body].velocity.component(component) }
    }
    let joints = world.setup.joints
    let own = joints.indices.filter { joints[$0].a == measure.body || joints[$0].b == measure.body }
    let candidates = measure.joint.map { [$0] } ?? own
    if let index = candidates.first(where: { joints[$0].kind.hasAxis }) {
      let joint = joints[index]
      return { sample in WorkbenchValues.rate(of: joint, in: sample.state) }
    }
    guard let index = candidates.first, let body = measure.body else { return nil }
    // about the point that holds the body, across the plane of the swing
    let joint = joints[index]
    let isFirst = joint.a == body
    let (other, anchor) = isFirst ? (joint.b, joint.anchorB) : (joint.a, joint.anchorA)
    @Sendable func arm(_ state: WorldState) -> Vector3 {
      state.poses[body].position - (other < 0 ? anchor : state.poses[other].world(anchor))
    }
    var normal = arm(world.start).cross(world.setup.gravity)
    if normal.length < 1e-12 * max(world.setup.gravity.length, 1e-300) {
      normal = arm(world.start).cross(world.start.twists[body].velocity)
    }
    guard normal.length > 0 else { return nil }
    let unit = (1 / normal.length) * normal
    return { sample in arm(sample.state).cross(sample.state.twists[body].velocity).dot(unit) }
  }

  private mutating func addTurns(_ joint: Int) {
    guard turnsOf[joint] == nil else { return }
    let entry = world.setup.joints[joint]
    crossings.append(
      Watch(name: "\(entry.name) turns") { WorkbenchValues.turn(of: entry, in: $0.state).sine })
    turnsOf[joint] = crossings.count - 1
  }

  private mutating func addEvent(_ filter: WorkbenchMeasure.Filter) {
    guard located[filter] == nil, let body = filter.bodies.first, body >= 0 else { return }
    let gravity = world.setup.gravity
    let up = gravity.length > 0 ? (-1 / gravity.length) * gravity : Vector3(x: 0, y: 0, z: 1)
    if filter.kind == "apex" {
      crossings.append(
        Watch(name: "apex") { $0.state.twists[body].velocity.dot(up) })
    } else {
      // the direction that points up at the start leans by 45 degrees
      let inBody = world.start.poses[body].orientation.conjugate.rotate(up)
      let limit = 0.5.squareRoot()
      crossings.append(
        Watch(name: "tip") { $0.state.poses[body].orientation.rotate(inBody).dot(up) - limit })
    }
    located[filter] = crossings.count - 1
  }
}

extension Joint.Kind {
  var hasAxis: Bool {
    switch self {
    case .hinge, .motor, .torqueMotor: true
    default: false
    }
  }
}

extension Vector3 {
  /// 0, 1, 2 for x, y, z.
  func component(_ index: Int) -> Double { index == 0 ? x : index == 1 ? y : z }
}
