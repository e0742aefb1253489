// The live form of a scene of each experience.

import Experience
import RigidBody

extension LiveWorld {
  /// The nominal scene, ready to run.
  /// - Throws: `RunFailure` where the scene cannot be set up; R005 if its experience has no live form.
  public init(_ scene: Scene) throws(RunFailure) {
    let inputs = scene.experiment.inputs.map(\.law.nominal)
    let duration = scene.section.quantity("duration")?.nominal ?? scene.definition.defaultDuration
    switch scene.experiment {
    case let workbench as WorkbenchExperiment:
      let world = try workbench.model.world(inputs)
      try self.init(
        setup: world.setup, start: world.start, axes: SceneAxes(), duration: duration, film: nil,
        scene: scene)
    case let drag as BackpackDragExperiment:
      let world = BackpackDragWorld(drag.model, inputs)
      try self.init(
        setup: world.setup, start: world.start, axes: SceneAxes(tilt: inputs[drag.model.tilt]),
        duration: duration, film: nil,
        scene: scene)
    case let drop as BallDropExperiment:
      let (setup, start) = drop.setup(inputs).world
      let count = Int(min(1e5, duration / LiveWorld.interval + 1e-9))
      let film = try drop.recording(
        inputs, level: 1, times: (0...count).map { Double($0) * LiveWorld.interval })
      try self.init(
        setup: setup, start: start, axes: SceneAxes(tilt: inputs[drop.model.tilt]),
        duration: duration, film: film,
        scene: scene)
    default:
      throw RunFailure(
        code: "R005", "`\(scene.definition.name)` has no live form: replay a recording")
    }
  }
}

extension BallDropExperiment.Setup {
  /// The ball and its floor as a world of the contact engine, in the floor's axes: one mass, with the
  /// added one, under gravity less buoyancy.
  var world: (setup: WorldSetup, start: WorldState) {
    let (radius, flight) = (0.5 * diameter, ball.flight)
    let inertia = ball.impact.inertiaFactor * mass * radius * radius
    let fall = (2 * flight.drive.length * max(0, start.gap)).squareRoot()
    let law = ContactLaw(
      staticFriction: ball.friction.along,
      restitution: restitution.coefficient(approachSpeed: max(fall, 1e-3)), grip: ball.grip,
      rollingResistance: ball.rollingResistance * radius)
    let bodies = [
      Body(name: "floor", shape: .plane, motion: .fixed),
      Body(
        name: "ball", shape: .sphere(radius: radius), mass: mass * flight.inertiaRatio,
        inertia: inertia * Vector3(x: 1, y: 1, z: 1),
        drag: flight.drag == .none ? .none : .sphere(flight.drag, diameter: diameter)),
    ]
    let setup = WorldSetup(
      bodies: bodies, pairs: [ContactPair(a: 1, b: 0, law: law)], gravity: flight.drive,
      frameSpin: 0.5 * flight.coriolis, fluidDensity: fluidDensity,
      fluidViscosity: flight.reynoldsPerSpeed > 0
        ? fluidDensity * diameter / flight.reynoldsPerSpeed : 0,
      hasBuoyancy: false, hasAddedMass: false)
    let position = Vector3(x: start.x, y: start.y, z: start.gap + radius)
    return (
      setup,
      WorldState(
        poses: [Pose(position: .zero), Pose(position: position)],
        twists: [.zero, Twist(velocity: start.velocity, spin: spin)])
    )
  }
}
