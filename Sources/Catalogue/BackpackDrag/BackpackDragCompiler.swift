// From the values of a backpack-drag scene to an experiment: inputs with their laws and ranges.

import Experience

enum BackpackDragCompiler {
  private static let positive = 1e-300...1e300

  static func compile(
    _ scene: inout SceneSection, _ reader: inout TableReader
  ) -> (any Experiment)? {
    guard let pack = scene.section("pack"), let floor = scene.section("floor"),
      let pull = scene.section("pull"), var environment = scene.section("environment")
    else { return nil }
    leaveAirOut(&environment, &reader)
    scene.set("environment", .section(environment))

    var inputs = InputList()
    let size = inputs.add("pack.size", pack.vector("size"), positive)
    let mass = inputs.add("pack.mass", pack.quantity("mass")?.law ?? .exact(1), positive)
    let centre = inputs.add("pack.centre-of-mass", pack.vector("centre-of-mass"))
    let tilt = inputs.add("floor.tilt", floor.quantity("tilt")?.law ?? .exact(0), 0...1.5)
    let friction = friction(floor, &inputs)
    guard let drive = self.pull(pull, &inputs),
      let gravity = gravity(environment, &inputs, &reader)
    else { return nil }
    let spin = inputs.add("environment.rotation", environment.vector("rotation"))
    let model = BackpackDragModel(
      size: size, mass: mass, centre: centre, tilt: tilt, friction: friction, pull: drive,
      gravity: gravity, frameSpin: spin, duration: scene.quantity("duration")?.nominal ?? 10)
    BackpackDragCheck.check(scene, &reader)
    guard !reader.hasErrors else { return nil }
    return BackpackDragExperiment(model: model, inputs: inputs.list)
  }

  // MARK: Surroundings

  /// No fluid acts on a pack: the default air is taken out of the scene, a declared one is refused.
  private static func leaveAirOut(
    _ environment: inout SceneSection, _ reader: inout TableReader
  ) {
    let entry = environment.entry("air")
    if let entry, !entry.isDefault, environment.text("air") != "none" {
      reader.report(
        "020", "the models of a backpack drag have no fluid", at: entry.mark,
        label: "must be `none`",
        help: "leave `air:` out; at 3 m/s the air would hold a pack back with about 0.5 N")
    }
    environment.set("air", .word("none"))
    if environment.flag("history") == true {
      reader.report(
        "020", "the history force needs a fluid, and a backpack drag has none",
        at: environment.entry("history")?.mark, label: "must be false")
    }
  }

  private static func gravity(
    _ environment: SceneSection, _ inputs: inout InputList, _ reader: inout TableReader
  ) -> BackpackDragModel.Gravity? {
    switch environment["gravity"] {
    case .quantity(let quantity, let kind):
      return .down(inputs.add("environment.gravity", quantity, kind))
    case .vector(let components, _):
      return .vector(inputs.add("environment.gravity", components))
    default:
      reader.report(
        "020", "inverse-square gravity is for drops from great heights",
        at: environment.entry("gravity")?.mark,
        help: "give the gravity at the floor, such as `9.80665 m/s^2`")
      return nil
    }
  }

  // MARK: Contact

  private static func friction(
    _ floor: SceneSection, _ inputs: inout InputList
  ) -> BackpackDragModel.Friction {
    guard let law = floor.section("friction") else {
      return BackpackDragModel.Friction(
        held: inputs.add("floor.friction", floor.quantity("friction")?.law ?? .exact(0), 0...100))
    }
    var friction = BackpackDragModel.Friction(
      held: inputs.add("floor.friction.static", law.quantity("static")?.law ?? .exact(0), 0...100))
    if let kinetic = law.quantity("kinetic") {
      friction.sliding = inputs.add("floor.friction.kinetic", kinetic.law, 0...100)
    }
    friction.stribeckSpeed = inputs.add(
      "floor.friction.stribeck-speed", law.quantity("stribeck-speed")?.law ?? .exact(0), 0...1e3)
    friction.viscous = inputs.add(
      "floor.friction.viscous", law.quantity("viscous")?.law ?? .exact(0), 0...1e3)
    return friction
  }

  // MARK: Pull

  private static func pull(_ pull: SceneSection, _ inputs: inout InputList)
    -> BackpackDragModel.Pull?
  {
    if let push = pull.section("push") {
      return .push(
        velocity: inputs.add("pull.push.velocity", push.vector("velocity")),
        spin: inputs.add("pull.push.spin", push.vector("spin")))
    }
    if let force = pull.section("force") {
      var number = Numbers(section: force, path: "pull.force")
      let hold = number.hold(&inputs)
      return .force(
        BackpackDragModel.Force(
          hold: hold, magnitude: number.add("magnitude", 0...1e9, &inputs),
          from: number.add("from", 0...1e9, &inputs),
          until: force.quantity("until") == nil ? nil : number.add("until", 0...1e9, &inputs)))
    }
    if let strap = pull.section("strap") {
      var number = Numbers(section: strap, path: "pull.strap")
      let hold = number.hold(&inputs)
      return .strap(
        BackpackDragModel.Strap(
          hold: hold, speed: number.add("speed", 0...1e3, &inputs),
          stiffness: number.add("stiffness", positive, &inputs),
          damping: number.add("damping", 0...1e9, &inputs),
          length: number.add("length", positive, &inputs),
          slack: number.add("slack", 0...1e4, &inputs)))
    }
    guard let belt = pull.section("belt") else { return nil }
    var number = Numbers(section: belt, path: "pull.belt")
    return .belt(speed: number.add("speed", -1e3...1e3, &inputs))
  }

  /// Quantities of one section under one path.
  private struct Numbers {
    let section: SceneSection
    let path: String

    mutating func add(
      _ key: String, _ range: ClosedRange<Double>, _ inputs: inout InputList
    ) -> Int {
      inputs.add("\(path).\(key)", section.quantity(key)?.law ?? .exact(0), range)
    }

    mutating func hold(_ inputs: inout InputList) -> BackpackDragModel.Hold {
      BackpackDragModel.Hold(
        angle: add("angle", -1.57...1.57, &inputs), azimuth: add("azimuth", -7...7, &inputs),
        height: add("height", 0...1e4, &inputs))
    }
  }
}
