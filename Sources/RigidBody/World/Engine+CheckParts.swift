// Refuses laws, joints, loads, motions and options that no scene can have.

extension Engine {
  static func check(_ options: RunOptions) throws(EngineProblem) {
    try require(options.duration >= 0, options.duration, "the duration", "a time from 0")
    guard (0...16).contains(options.level) else {
      throw problem("the level is \(options.level); it has to be from 0 to 16")
    }
    for time in options.reportTimes { try require(true, time, "a report time", "finite") }
  }

  static func checkParts(_ setup: WorldSetup) throws(EngineProblem) {
    for (value, name) in [(setup.gravity, "gravity"), (setup.frameSpin, "the spin of the frame")] {
      try require(true, value.length, name, "finite")
    }
    for (value, name) in [
      (setup.fluidDensity, "the density of the fluid"), (setup.fluidViscosity, "its viscosity"),
    ] { try require(value >= 0, value, name, "0 or more") }
    for body in setup.bodies { try checkBody(body) }
    for pair in setup.pairs {
      try checkLaw(pair.law, setup.bodies[pair.a].name, setup.bodies[pair.b].name)
    }
    for joint in setup.joints { try checkJoint(joint) }
    for load in setup.loads {
      guard setup.bodies.indices.contains(load.body) else {
        throw problem("a load acts on a body that is not there")
      }
      let size = load.force.length + load.torque.length + load.point.length
      try require(true, size, "a load on `\(setup.bodies[load.body].name)`", "finite")
      guard !load.from.isNaN, !load.until.isNaN else {
        throw problem("a load on `\(setup.bodies[load.body].name)` has no time")
      }
    }
  }

  // MARK: Parts

  private static func checkBody(_ body: Body) throws(EngineProblem) {
    let lengths: [Double]
    switch body.shape {
    case .sphere(let r), .bowl(let r), .pipe(let r): lengths = [r]
    case .box(let h): lengths = [h.x, h.y, h.z]
    case .capsule(let r, let h), .cylinder(let r, let h): lengths = [r, h]
    case .plane: lengths = []
    case .hull(let hull): lengths = hull.vertices.map(\.length).max().map { [$0] } ?? [0]
    }
    for length in lengths {
      try require(length > 0, length, "a length of the shape of `\(body.name)`", "above 0")
    }
    if !body.isPrescribed {
      switch body.shape {
      case .plane, .bowl, .pipe:
        throw problem("`\(body.name)` is a surface without end and cannot move freely")
      default: break
      }
    }
    switch body.motion {
    case .steady(let velocity, let spin):
      try require(true, velocity.length + spin.length, "the motion of `\(body.name)`", "finite")
    case .sinusoid(let direction, let amplitude, let frequency, let phase):
      let size = abs(amplitude) + abs(frequency) + abs(phase)
      try require(true, direction.length + size, "the motion of `\(body.name)`", "finite")
    case .table(let direction, let times, let displacements):
      let size = direction.length + displacements.reduce(0) { $0 + abs($1) }
      try require(true, size, "the motion of `\(body.name)`", "finite")
      guard times.count == displacements.count, times.allSatisfy(\.isFinite),
        zip(times, times.dropFirst()).allSatisfy({ $0 < $1 })
      else {
        throw problem("the motion of `\(body.name)` needs ascending times, one a displacement")
      }
    case .fixed, nil: break
    }
  }

  private static func checkLaw(_ law: ContactLaw, _ a: String, _ b: String) throws(EngineProblem) {
    let place = "between `\(a)` and `\(b)`"
    for (value, name) in [
      (law.staticFriction, "static friction"), (law.kineticFriction, "kinetic friction"),
      (law.stribeckSpeed, "the Stribeck speed"), (law.viscousFriction, "viscous friction"),
      (law.rollingResistance, "rolling resistance"),
      (law.spinningResistance, "spinning resistance"),
    ] { try require(value >= 0, value, "\(name) \(place)", "0 or more") }
    guard law.kineticFriction <= law.staticFriction else {
      throw problem(
        "kinetic friction \(place) is \(law.kineticFriction), above the static \(law.staticFriction)"
      )
    }
    try require(
      (0...1).contains(law.restitution), law.restitution, "the restitution \(place)", "from 0 to 1")
    try require((-1...1).contains(law.grip), law.grip, "the grip \(place)", "from −1 to 1")
    switch law.compliance {
    case .rigid: break
    case .hertz(let modulus): try require(modulus > 0, modulus, "the modulus \(place)", "above 0")
    case .linear(let stiffness, let damping):
      try require(stiffness > 0, stiffness, "the stiffness \(place)", "above 0")
      try require(damping >= 0, damping, "the damping \(place)", "0 or more")
    }
  }

  private static func checkJoint(_ joint: Joint) throws(EngineProblem) {
    let place = "of the joint `\(joint.name)`"
    try require(
      true, joint.anchorA.length + joint.anchorB.length, "an anchor \(place)", "finite")
    var usesAxes = false
    switch joint.kind {
    case .ball: break
    case .hinge, .slider: usesAxes = true
    case .weld: break
    case .rod(let length), .rope(let length):
      try require(length >= 0, length, "the length \(place)", "0 or more")
    case .spring(let stiffness, let damping, let length),
      .strap(let stiffness, let damping, let length):
      try require(stiffness > 0, stiffness, "the stiffness \(place)", "above 0")
      try require(damping >= 0, damping, "the damping \(place)", "0 or more")
      try require(length >= 0, length, "the length \(place)", "0 or more")
    case .motor(let rate):
      usesAxes = true
      try require(true, rate, "the rate \(place)", "finite")
    case .torqueMotor(let torque):
      usesAxes = true
      try require(true, torque, "the torque \(place)", "finite")
    case .gear(let ratioA, _, let ratioB, _):
      usesAxes = true
      try require(true, ratioA + ratioB, "a ratio \(place)", "finite")
    }
    guard usesAxes else { return }
    for axis in [joint.axisA, joint.axisB] {
      try require(abs(axis.length - 1) < 1e-6, axis.length, "the length of an axis \(place)", "1")
    }
  }

  private static func require(
    _ isRight: Bool, _ value: Double, _ name: String, _ range: String
  ) throws(EngineProblem) {
    guard value.isFinite, isRight else {
      throw problem("\(name) is \(value); it has to be \(range)")
    }
  }

  private static func problem(_ text: String) -> EngineProblem {
    EngineProblem(code: "R101", text)
  }
}
