import RigidBody

/// A scene put together body by body, with what the tests of the engine do to whole scenes.
struct Scene {
  var setup: WorldSetup
  var start = WorldState(poses: [], twists: [])

  init(gravity: Double = 9.80665) {
    setup = WorldSetup(bodies: [], gravity: Vector3(x: 0, y: 0, z: -gravity))
  }

  /// Adds a homogeneous body; moments of inertia from closed forms of the shape unless given.
  @discardableResult
  mutating func add(
    _ shape: Shape, mass: Double = 1, inertia: Vector3? = nil, at position: Vector3 = .zero,
    turned orientation: Quaternion = .identity, velocity: Vector3 = .zero, spin: Vector3 = .zero
  ) -> Int {
    setup.bodies.append(
      Body(
        name: "body \(setup.bodies.count)", shape: shape, mass: mass,
        inertia: inertia ?? mass * shape.solidInertia))
    start.poses.append(Pose(position: position, orientation: orientation))
    start.twists.append(Twist(velocity: velocity, spin: spin))
    return setup.bodies.count - 1
  }

  /// Adds a body whose motion is given.
  @discardableResult
  mutating func fix(
    _ shape: Shape, at position: Vector3 = .zero, turned orientation: Quaternion = .identity,
    motion: Motion = .fixed
  ) -> Int {
    setup.bodies.append(Body(name: "body \(setup.bodies.count)", shape: shape, motion: motion))
    start.poses.append(Pose(position: position, orientation: orientation))
    start.twists.append(.zero)
    return setup.bodies.count - 1
  }

  mutating func pair(_ a: Int, _ b: Int, _ law: ContactLaw = ContactLaw()) {
    setup.pairs.append(ContactPair(a: a, b: b, law: law))
  }

  mutating func join(
    _ kind: Joint.Kind, _ a: Int, _ b: Int = -1, at anchorA: Vector3 = .zero,
    and anchorB: Vector3 = .zero, axisA: Vector3 = .unitY, axisB: Vector3 = .unitY
  ) {
    setup.joints.append(
      Joint(
        name: "joint \(setup.joints.count)", kind: kind, a: a, b: b, anchorA: anchorA,
        anchorB: anchorB, axisA: axisA, axisB: axisB))
  }

  func run(_ options: RunOptions) throws -> RunLog {
    var engine = try Engine(setup: setup, start: start, options: options)
    return try engine.run()
  }

  /// Runs for `duration` s without a stop at rest.
  func run(
    for duration: Double, level: Int = 0, reports: [Double] = [], watches: [Watch] = [],
    crossings: [Watch] = []
  ) throws -> RunLog {
    try run(
      RunOptions(
        duration: duration, level: level, reportTimes: reports, watches: watches,
        crossings: crossings, stopsAtRest: false))
  }
}

extension Shape {
  /// Principal moments about the centre per unit mass, in m² (textbook).
  var solidInertia: Vector3 {
    switch self {
    case .sphere(let r): return 0.4 * r * r * Vector3(x: 1, y: 1, z: 1)
    case .box(let h):
      return 1.0 / 3
        * Vector3(x: h.y * h.y + h.z * h.z, y: h.x * h.x + h.z * h.z, z: h.x * h.x + h.y * h.y)
    case .cylinder(let r, let h):
      let across = 0.25 * r * r + h * h / 3
      return Vector3(x: across, y: across, z: 0.5 * r * r)
    case .capsule(let r, let h):
      // cylinder of length 2h and two half balls
      let (rod, balls) = (2 * h * r * r, 4.0 / 3 * r * r * r)
      let whole = rod + balls
      let along = (0.5 * rod + 0.4 * balls) * r * r / whole
      let across =
        (rod * (0.25 * r * r + h * h / 3) + balls * (0.4 * r * r + 0.75 * r * h + h * h)) / whole
      return Vector3(x: across, y: across, z: along)
    default: return Vector3(x: 1, y: 1, z: 1)
    }
  }
}

extension RunLog {
  func events(_ kind: EventKind) -> [WorldEvent] { events.filter { $0.kind == kind } }
  func position(_ body: Int) -> Vector3 { end.state.poses[body].position }
  func velocity(_ body: Int) -> Vector3 { end.state.twists[body].velocity }
  func spin(_ body: Int) -> Vector3 { end.state.twists[body].spin }

  /// Whether every number of the end is finite.
  var isFinite: Bool {
    zip(end.state.poses, end.state.twists).allSatisfy { pose, twist in
      (pose.position + twist.velocity + twist.spin).length.isFinite
        && pose.orientation.norm.isFinite
    }
  }
}

extension Quaternion {
  /// Turn by `angle` rad about a unit axis.
  init(_ axis: Vector3, _ angle: Double) { self.init(rotationVector: angle * axis) }
}
