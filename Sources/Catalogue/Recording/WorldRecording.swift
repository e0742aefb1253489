// A run of the contact engine as a recording: stage, frames, events.

import Experience
import RigidBody

/// What was filmed of a world.
struct WorldRecording {
  let setup: WorldSetup
  let start: WorldState
  let axes: SceneAxes
  let log: RunLog

  /// Seconds that are shown after everything rests.
  static let tail = 1.0
  /// Most events of a recording.
  static let eventLimit = 5000

  /// Frames up to a second after the end of a run that came to rest.
  private var film: [WorldFrame] {
    guard log.isAtRest else { return log.frames }
    let end = log.end.state.time + WorldRecording.tail
    return log.frames.filter { $0.sample.state.time <= end }
  }

  /// - Parameter happenings: events in order of time.
  func recording(_ happenings: [WorldHappening]) -> Recording {
    var stage = Stage(scene: "", experience: "", gravity: axes.point(setup.gravity))
    for (index, body) in setup.bodies.enumerated() {
      stage.props.append(prop(index, body, &stage))
    }
    let film = film
    let frames = film.map(frame)
    stage.poses =
      frames.first?.poses
      ?? setup.bodies.indices.map { pose($0, start.poses[$0], start.twists[$0]) }
    var notes = RecordingNotes()
    notes.events = happenings.prefix(WorldRecording.eventLimit).map(event)
    if happenings.count > WorldRecording.eventLimit {
      notes.warnings = [
        "of \(happenings.count) events the first \(WorldRecording.eventLimit) are kept"
      ]
    }
    notes.series = WorldSeries(setup: setup, axes: axes, film: film).series
    return Recording(stage: stage, frames: frames, notes: notes)
  }

  // MARK: Stage

  private func prop(_ index: Int, _ body: Body, _ stage: inout Stage) -> Prop {
    let turned = body.shapePose.orientation.conjugate.rotate(-body.shapePose.position)
    // bodies of one kind have one colour; what is fixed has number 0
    let first = setup.bodies.firstIndex {
      $0.shape == body.shape && $0.mass == body.mass && $0.isPrescribed == body.isPrescribed
    }
    return Prop(
      name: body.name, shape: PropShape(body.shape, &stage),
      mass: body.isPrescribed ? 0 : body.mass, isFixed: body.motion == .fixed,
      colour: body.motion == .fixed ? 0 : 1 + (first ?? index),
      centreOfMass: Point3(turned.x, turned.y, turned.z))
  }

  // MARK: Frames

  private func pose(_ index: Int, _ pose: Pose, _ twist: Twist) -> FramePose {
    let local = setup.bodies[index].shapePose
    let offset = pose.orientation.rotate(local.position)
    return FramePose(
      position: axes.point(pose.position + offset),
      turn: axes.attitude(pose.orientation * local.orientation),
      velocity: axes.point(twist.velocity(at: offset)), spin: axes.point(twist.spin))
  }

  private func frame(_ frame: WorldFrame) -> Frame {
    let state = frame.sample.state
    var result = Frame(
      time: state.time,
      poses: setup.bodies.indices.map { pose($0, state.poses[$0], state.twists[$0]) })
    result.contacts = frame.contacts.map(contact)
    result.arrows = loads(frame) + jointForces(frame)
    for (index, joint) in setup.joints.enumerated() { addLine(index, joint, frame, &result) }
    return result
  }

  private func contact(_ reading: ContactReading) -> ContactMark {
    let state: ContactMark.State =
      switch reading.mode {
      case .sticking: .sticking
      case .sliding: .sliding
      case .rolling: .rolling
      }
    return ContactMark(
      point: axes.point(reading.point), normal: axes.point(reading.normal),
      force: axes.point(reading.force), friction: reading.friction, state: state,
      a: setup.pairs[reading.pair].a, b: setup.pairs[reading.pair].b)
  }

  private func loads(_ frame: WorldFrame) -> [ArrowMark] {
    var list: [ArrowMark] = []
    for (index, load) in setup.loads.enumerated() where frame.acts[index] {
      let pose = frame.sample.state.poses[load.body]
      if load.force != .zero {
        list.append(
          ArrowMark(
            kind: .load, point: axes.point(pose.world(load.point)),
            vector: axes.point(load.force), prop: load.body))
      }
      if load.torque != .zero {
        list.append(
          ArrowMark(
            kind: .moment, point: axes.point(pose.position), vector: axes.point(load.torque),
            prop: load.body))
      }
    }
    return list
  }

  private func anchor(_ body: Int, _ anchor: Vector3, _ state: WorldState) -> Vector3 {
    body < 0 ? anchor : state.poses[body].world(anchor)
  }

  private func jointForces(_ frame: WorldFrame) -> [ArrowMark] {
    setup.joints.indices.compactMap { index in
      let (joint, force) = (setup.joints[index], frame.sample.jointForces[index])
      guard force != .zero else { return nil }
      // on the body that can move
      let isA = joint.a >= 0 && !setup.bodies[joint.a].isPrescribed
      guard isA || joint.b >= 0 else { return nil }
      return ArrowMark(
        kind: .joint,
        point: axes.point(
          isA
            ? anchor(joint.a, joint.anchorA, frame.sample.state)
            : anchor(joint.b, joint.anchorB, frame.sample.state)),
        vector: axes.point(isA ? force : -force), prop: isA ? joint.a : joint.b)
    }
  }

  private func addLine(
    _ index: Int, _ joint: Joint, _ frame: WorldFrame, _ result: inout Frame
  ) {
    let kind: LineMark.Kind
    switch joint.kind {
    case .strap, .rope: kind = frame.isTaut[index] ? .taut : .slack
    case .rod: kind = .rod
    case .spring: kind = .spring
    default: return
    }
    let state = frame.sample.state
    let ends = [
      axes.point(anchor(joint.a, joint.anchorA, state)),
      axes.point(anchor(joint.b, joint.anchorB, state)),
    ]
    result.lines.append(LineMark(kind: kind, points: ends))
    let force = frame.sample.jointForces[index].length
    guard kind == .taut, force > 0 else { return }
    result.labels.append(
      LabelMark(
        text: "\(joint.name) \(JSON.text(of: Quantum.threeFigures(force))) N",
        point: 0.5 * (ends[0] + ends[1])))
  }

  // MARK: Events

  private func event(_ happening: WorldHappening) -> EventMark {
    EventMark(
      kind: happening.kind, time: happening.time, text: text(happening),
      point: place(happening).map(axes.point))
  }

  private func text(_ happening: WorldHappening) -> String {
    func name(_ body: Int) -> String { body < 0 ? "the world" : setup.bodies[body].name }
    let a = name(happening.a)
    let b = name(happening.b)
    let joint = happening.joint >= 0 ? setup.joints[happening.joint].name : "the strap"
    switch happening.kind {
    case "contact":
      let impulse = happening.impulse
      return impulse > 0
        ? "\(a) hits \(b): \(JSON.text(of: Quantum.threeFigures(impulse))) N.s" : "\(a) meets \(b)"
    case "lift-off": return "\(a) lifts off \(b)"
    case "stick": return "\(a) stops sliding on \(b)"
    case "slip": return "\(a) slides on \(b)"
    case "taut": return "\(joint) is taut"
    case "slack": return "\(joint) is slack"
    case "rest": return "\(a) rests"
    case "apex": return "\(a) is at its apex"
    case "tip": return "\(a) tips"
    case "load": return "a load or a drive changes"
    default: return happening.kind
    }
  }

  /// Where two bodies touch at that instant; the centre of a body that is alone.
  private func place(_ happening: WorldHappening) -> Vector3? {
    let (a, b, state) = (happening.a, happening.b, happening.state)
    guard happening.kind != "load" else { return nil }
    if happening.joint >= 0 {
      let joint = setup.joints[happening.joint]
      return anchor(joint.a, joint.anchorA, state)
    }
    guard a >= 0 else { return nil }
    guard b >= 0 else { return state.poses[a].position }
    func shape(_ body: Int) -> (Shape, Pose, Twist) {
      let (pose, local) = (state.poses[body], setup.bodies[body].shapePose)
      let placed = Pose(
        position: pose.world(local.position), orientation: pose.orientation * local.orientation)
      return (setup.bodies[body].shape, placed, .zero)
    }
    let (first, second) = (shape(a), shape(b))
    let size = [first.0.extent, second.0.extent].filter(\.isFinite).max() ?? 1
    let manifold = contactManifold(
      first.0, first.1, first.2, second.0, second.1, second.2, within: 1e-3 * size)
    guard let nearest = manifold.points.map(\.gap).min() else { return state.poses[a].position }
    // corners of a face count together
    let points = manifold.points.filter { $0.gap <= nearest + 1e-9 * size }.map(\.point)
    return (1 / Double(points.count)) * points.reduce(.zero, +)
  }
}

/// Something that happened in a world.
struct WorldHappening {
  /// Word of the record.
  var kind: String
  /// In s.
  var time: Double
  /// Bodies; −1 for the world or none.
  var a: Int
  var b: Int
  /// Index of the joint, or −1.
  var joint: Int
  /// In N·s.
  var impulse: Double
  /// After it.
  var state: WorldState

  init(_ event: WorldEvent) {
    (kind, time, a, b) = (event.kind.rawValue, event.time, event.a, event.b)
    (joint, impulse, state) = (event.joint, event.impulse, event.after.state)
  }

  init(_ kind: String, time: Double, body: Int, state: WorldState) {
    (self.kind, self.time, a, b, joint, impulse) = (kind, time, body, -1, -1, 0)
    self.state = state
  }
}
