// A scene that goes on while someone watches it, and pulls: the contact engine in short runs.
//
// Discretisation  each frame is a run of its own, from the state of the frame before to the next instant:
//                 events are located and order 6 holds inside, at the coarsest level. A ball drop shows
//                 its own exact film. What is pulled, and what has too many events for a window, goes on
//                 in fixed steps of order 1, which always come to an end
// Deviation       a restitution that depends on the speed is taken at the speed of the first fall once a
//                 ball has been pulled, and a liquid forgets its history
// Validity        a look, not a truth: outcomes come from TruthRunner
// Checked by      LiveWorldTests: against the recording of the same scene, energy with a spring

import Experience
import RigidBody

public struct LiveWorld: LiveSource, SceneRun, Sendable {
  /// Stage, notes, and the frames so far.
  public private(set) var recording: Recording
  /// In s.
  public let duration: Double?
  /// Between frames, in s.
  public static let interval = 1.0 / 60

  private let setup: WorldSetup
  private let start: WorldState
  private let axes: SceneAxes
  /// Frames that are known already, until someone pulls.
  private let film: Recording?
  public let scene: Scene
  private let sceneHash: String
  private var state: WorldState
  private var pull: Pull?
  /// Bodies and the pairs that slide at the newest frame.
  private var sliding: Set<[Int]> = []

  init(
    setup: WorldSetup, start: WorldState, axes: SceneAxes, duration: Double, film: Recording?,
    scene: Scene
  ) throws(RunFailure) {
    (self.setup, self.start, self.axes) = (setup, start, axes)
    (self.duration, self.film, self.scene) = (duration, film, scene)
    sceneHash = scene.hash
    (state, recording) = (start, film ?? Recording(stage: Stage(scene: "", experience: "")))
    try restart()
  }

  public var stage: Stage { recording.stage }
  public var notes: RecordingNotes { recording.notes }
  public var times: [Double] { recording.times }
  public func frame(_ index: Int) -> Frame { recording.frames[index] }
  public var again: @Sendable () throws -> any FrameSource {
    let scene = scene
    return { try LiveWorld(scene) }
  }

  /// Back to the start: one frame, nobody pulls.
  public mutating func restart() throws(RunFailure) {
    (state, pull, sliding) = (start, nil, [])
    if let film {
      recording = film
      recording.frames = Array(film.frames.prefix(1))
      recording.notes.events = []
      for index in recording.notes.series.indices {
        recording.notes.series[index].values = Array(film.notes.series[index].values.prefix(1))
      }
    } else {
      recording = Recording(stage: Stage(scene: "", experience: ""))
      try run(until: start.time)
    }
    recording.stage.scene = scene.name
    recording.stage.experience = scene.definition.name
    recording.stage.about = scene.section.text("about") ?? ""
    recording.notes.sceneHash = sceneHash
  }

  /// Outcomes, audits and warnings of the record, once they are known.
  public mutating func tell(_ notes: RecordingNotes) {
    (recording.notes.outcomes, recording.notes.audits) = (notes.outcomes, notes.audits)
    recording.notes.warnings += notes.warnings.filter { !recording.notes.warnings.contains($0) }
  }

  /// Simulates up to an instant in s and appends the frames.
  public mutating func advance(to time: Double) throws(RunFailure) {
    while let last = recording.frames.last?.time {
      let next = Double((last / LiveWorld.interval).rounded() + 1) * LiveWorld.interval
      guard next <= min(time, duration ?? .infinity) + 1e-9 * LiveWorld.interval else { return }
      if let film, !recording.notes.isPerturbed {
        guard show(film) else { return }
      } else {
        try run(until: next)
      }
    }
  }

  /// From the newest frame on a spring with a damper pulls at a body; the run is no truth any more.
  public mutating func pull(_ new: Pull) throws(RunFailure) {
    guard setup.bodies.indices.contains(new.prop), !setup.bodies[new.prop].isPrescribed else {
      throw RunFailure(
        code: "R006", "`\(name(of: new.prop))` does not move by itself and cannot be pulled")
    }
    if film != nil, !recording.notes.isPerturbed { takeOver() }
    recording.notes.isPerturbed = true
    pull = new
  }

  public mutating func release() { pull = nil }

  private func name(of prop: Int) -> String {
    setup.bodies.indices.contains(prop) ? setup.bodies[prop].name : "nothing"
  }

  // MARK: Film

  /// Shows the next frame that is known; whether there is one.
  private mutating func show(_ film: Recording) -> Bool {
    let index = recording.frames.count
    guard index < film.frames.count else { return false }
    recording.frames.append(film.frames[index])
    for k in recording.notes.series.indices where index < film.notes.series[k].values.count {
      recording.notes.series[k].values.append(film.notes.series[k].values[index])
    }
    let (seen, time) = (recording.notes.events.count, film.frames[index].time)
    recording.notes.events += film.notes.events.dropFirst(seen).prefix { $0.time <= time }
    return true
  }

  /// The state of the newest frame of the film, in the axes of the engine.
  private mutating func takeOver() {
    guard let frame = recording.frames.last else { return }
    state.time = frame.time
    let back = axes.turn.conjugate
    for index in setup.bodies.indices where !setup.bodies[index].isPrescribed {
      let pose = frame.poses[index]
      state.poses[index] = Pose(
        position: back.rotate(Vector3(pose.position)),
        orientation: back
          * Quaternion(w: pose.turn.w, x: pose.turn.x, y: pose.turn.y, z: pose.turn.z))
      state.twists[index] = Twist(
        velocity: back.rotate(Vector3(pose.velocity)), spin: back.rotate(Vector3(pose.spin)))
    }
  }

  // MARK: Engine

  private mutating func run(until time: Double) throws(RunFailure) {
    var world = setup
    var from = state
    // prescribed bodies move from where they were at time 0
    for index in world.bodies.indices where world.bodies[index].isPrescribed {
      (from.poses[index], from.twists[index]) = (start.poses[index], start.twists[index])
    }
    if let pull {
      let hand = world.bodies.count
      world.bodies.append(Body(name: "hand", shape: .sphere(radius: 1e-3), motion: .fixed))
      from.poses.append(Pose(position: axes.turn.conjugate.rotate(Vector3(pull.toward))))
      from.twists.append(.zero)
      world.joints.append(
        Joint(
          name: "pull",
          kind: .spring(stiffness: pull.stiffness, damping: pull.damping, length: 0), a: pull.prop,
          b: hand, anchorA: world.bodies[pull.prop].shapePose.world(Vector3(pull.at)),
          anchorB: .zero))
    }
    let log: RunLog
    do {
      log = try pull == nil ? run(world, from, until: time) : coarse(world, from, until: time)
    } catch { throw RunFailure(code: error.code, error.description) }
    append(log, world, from)
    state = log.end.state
    state.poses.removeLast(world.bodies.count - setup.bodies.count)
    state.twists.removeLast(world.bodies.count - setup.bodies.count)
  }

  /// With events located; where that takes too long for a window, the rest in fixed steps.
  private func run(
    _ world: WorldSetup, _ from: WorldState, until time: Double
  ) throws(EngineProblem) -> RunLog {
    var options = RunOptions(duration: time, level: 0, stopsAtRest: false)
    options.frameTimes = [time]
    options.stepLimit = LiveWorld.patience
    var engine = try Engine(setup: world, start: from, options: options)
    var log = try engine.run()
    guard log.frames.isEmpty else { return log }
    var rest = log.end.state
    for index in world.bodies.indices where world.bodies[index].isPrescribed {
      (rest.poses[index], rest.twists[index]) = (from.poses[index], from.twists[index])
    }
    let coarse = try coarse(world, rest, until: time)
    (log.frames, log.end) = (coarse.frames, coarse.end)
    log.notes = ["where events crowd, this window goes on in fixed steps"]
    return log
  }

  /// Steps of the engine for one frame, at most.
  private static let patience = 200

  /// In 16 fixed steps, without contact forces to show.
  private func coarse(
    _ world: WorldSetup, _ from: WorldState, until time: Double
  ) throws(EngineProblem) -> RunLog {
    let count = 16
    var stepper = try TimeStepper(
      setup: world, start: from, step: (time - from.time) / Double(count))
    for _ in 0..<count { stepper.advance() }
    var end = stepper.current
    end.time = time
    let none = WorldSample(
      state: end, contactForces: Array(repeating: .zero, count: world.pairs.count),
      jointForces: Array(repeating: .zero, count: world.joints.count))
    var log = RunLog(start: none)
    var ledger = EnergyLedger()
    ledger.final = stepper.energy
    let kinetic = world.bodies.indices.reduce(0) { sum, index in
      let (body, twist) = (world.bodies[index], end.twists[index])
      guard !body.isPrescribed else { return sum }
      let spin = end.poses[index].orientation.conjugate.rotate(twist.spin)
      let turning =
        body.inertia.x * spin.x * spin.x + body.inertia.y * spin.y * spin.y
        + body.inertia.z * spin.z * spin.z
      return sum + 0.5 * body.mass * twist.velocity.dot(twist.velocity) + 0.5 * turning
    }
    log.frames = [
      WorldFrame(
        sample: none, contacts: [], isTaut: world.joints.map { _ in true },
        acts: world.loads.map { time >= $0.from && time < $0.until }, ledger: ledger,
        kineticEnergy: kinetic)
    ]
    log.end = none
    return log
  }

  private mutating func append(_ log: RunLog, _ world: WorldSetup, _ from: WorldState) {
    let begin = state.time
    let isNew = { (event: WorldEvent) in
      // what slides or rests already does so anew at the start of each short run
      guard event.time == begin, !recording.frames.isEmpty else { return true }
      return event.kind != .rest
        && !(event.kind == .slip && sliding.contains([event.a, event.b]))
    }
    let happenings = log.events.filter(isNew).map { WorldHappening($0) }
    var part = WorldRecording(setup: world, start: from, axes: axes, log: log).recording(happenings)
    guard var frame = part.frames.popLast() else { return }
    frame.poses.removeLast(world.bodies.count - setup.bodies.count)
    if pull != nil {
      // the window draws what its own hand does
      if frame.lines.last?.kind == .spring { frame.lines.removeLast() }
      if log.frames.last?.sample.jointForces.last != .zero, !frame.arrows.isEmpty {
        frame.arrows.removeLast()
      }
      part.notes.series.removeAll { $0.name == "pull-force" }
    }
    sliding = Set(
      frame.contacts.filter { $0.state == .sliding }.map { [$0.a, $0.b] })
    if recording.frames.isEmpty {
      recording.stage = part.stage
      recording.stage.poses = frame.poses
    }
    recording.frames.append(frame)
    recording.notes.events += part.notes.events
    recording.notes.warnings += log.notes.filter { !recording.notes.warnings.contains($0) }
    append(part.notes.series)
  }

  /// What adds up over a run starts anew in each short one.
  private static let sums: Set = [
    "friction-heat", "impact-loss", "damping-heat", "work-of-loads", "work-of-drives",
    "energy-balance",
  ]

  private mutating func append(_ series: [PlotSeries]) {
    let count = recording.frames.count
    for part in series {
      guard let value = part.values.last else { continue }
      let known = recording.notes.series.firstIndex { $0.name == part.name }
      let index = known ?? recording.notes.series.count
      if known == nil {
        recording.notes.series.append(PlotSeries(name: part.name, unit: part.unit))
      }
      // a film has series of other names: what is new starts where it begins
      let values = recording.notes.series[index].values
      let fill = values.last ?? 0
      recording.notes.series[index].values += Array(
        repeating: fill, count: max(0, count - 1 - values.count))
      recording.notes.series[index].values.append(
        LiveWorld.sums.contains(part.name) ? fill + value : value)
    }
    for index in recording.notes.series.indices
    where recording.notes.series[index].values.count < count {
      let last = recording.notes.series[index].values.last ?? 0
      recording.notes.series[index].values.append(last)
    }
  }
}

extension Vector3 {
  fileprivate init(_ point: Point3) { self.init(x: point.x, y: point.y, z: point.z) }
}
