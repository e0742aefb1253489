// From the values of a syrup-pour scene to an experiment: inputs with their laws and ranges.

import Experience

enum SyrupPourCompiler {
  private static let positive = 1e-300...1e300

  static func compile(
    _ scene: inout SceneSection, _ reader: inout TableReader
  ) -> (any Experiment)? {
    guard let syrup = scene.section("syrup"), let pour = scene.section("pour"),
      var environment = scene.section("environment")
    else { return nil }
    surroundings(&environment, syrup, &reader)
    scene.set("environment", .section(environment))
    guard case .quantity(let gravity, let kind)? = environment["gravity"] else {
      reader.report(
        "020", "a syrup pour needs gravity along −z", at: environment.entry("gravity")?.mark,
        help: "give one number, such as `9.80665 m/s^2`")
      return nil
    }
    var inputs = InputList()
    let density = inputs.add("syrup.density", syrup.quantity("density")?.law ?? .exact(1), positive)
    guard let viscosity = viscosity(syrup, &inputs, &reader) else { return nil }
    let down = inputs.add("environment.gravity", gravity, kind)
    guard let drive = self.pour(pour, &inputs) else { return nil }
    let times = (scene.list("report-at") ?? []).compactMap { value -> Double? in
      if case .quantity(let quantity, _) = value { quantity.nominal } else { nil }
    }
    var model = SyrupPourModel(
      density: density, viscosity: viscosity, gravity: down, pour: drive,
      resolution: scene.quantity("resolution")?.nominal ?? 1e-3,
      duration: scene.quantity("duration")?.nominal ?? 10,
      reportAt: Array(Set(times)).sorted())
    if let tension = syrup.quantity("surface-tension"), tension.law.extremes != 0...0 {
      model.surfaceTension = inputs.add("syrup.surface-tension", tension.law, 0...10)
    }
    let nominal = inputs.list.map(\.law.nominal)
    model.choose(geometry: scene.text("geometry") ?? "automatic", nominal)
    SyrupPourCheck(model: model, values: nominal, scene: scene)
      .check(&reader)
    guard !reader.hasErrors else { return nil }
    return SyrupPourExperiment(model: model, inputs: inputs.list)
  }

  /// Air does nothing to a thick liquid here: the default is taken out, a declared one refused.
  private static func surroundings(
    _ environment: inout SceneSection, _ syrup: SceneSection, _ reader: inout TableReader
  ) {
    if let entry = environment.entry("air"), !entry.isDefault, environment.text("air") != "none" {
      reader.report(
        "020", "the models of a syrup pour have no air around the liquid", at: entry.mark,
        label: "must be `none`", help: "leave `air:` out")
    }
    environment.set("air", .word("none"))
    if environment.flag("history") == true {
      reader.report(
        "020", "the history force is for balls that drop; here the liquid itself is computed",
        at: environment.entry("history")?.mark, label: "must be false")
    }
    if let spin = environment.vector("rotation"), spin.contains(where: { $0.nominal != 0 }) {
      reader.report(
        "020", "a turning frame would give the liquid a swirl, which these models leave out",
        at: environment.entry("rotation")?.mark, label: "must be zero")
    }
  }

  // MARK: Viscosity

  private static func viscosity(
    _ syrup: SceneSection, _ inputs: inout InputList, _ reader: inout TableReader
  ) -> SyrupPourModel.Viscosity? {
    if let value = syrup.quantity("viscosity") {
      return .newtonian(inputs.add("syrup.viscosity", value.law, positive))
    }
    guard let law = syrup.section("viscosity"), let name = law.text("law") else { return nil }
    let needed: [String] =
      switch name {
      case "power": ["consistency", "index", "least", "most"]
      case "carreau": ["zero-viscosity", "infinite-viscosity", "time-constant", "index"]
      case "herschel-bulkley": ["consistency", "index", "yield-stress", "regularisation"]
      default: ["viscosity", "at", "activation", "temperature"]
      }
    var indices: [Int] = []
    for key in needed {
      guard let quantity = law.quantity(key) else {
        reader.report(
          "004", "the law `\(name)` needs `\(key)`", at: law.mark,
          help: "it takes \(needed.joined(separator: ", "))")
        return nil
      }
      indices.append(inputs.add("syrup.viscosity.\(key)", quantity.law, positive))
    }
    for entry in law.entries
    where entry.key != "law" && !entry.isDefault && !needed.contains(entry.key) {
      reader.report(
        "013", "the law `\(name)` has no `\(entry.key)`", at: entry.mark,
        help: "it takes \(needed.joined(separator: ", "))")
      return nil
    }
    switch name {
    case "power":
      return .power(
        consistency: indices[0], index: indices[1], least: indices[2], most: indices[3])
    case "carreau":
      return .carreau(
        zero: indices[0], infinite: indices[1], time: indices[2], index: indices[3])
    case "herschel-bulkley":
      return .herschelBulkley(
        consistency: indices[0], index: indices[1], yield: indices[2], regularisation: indices[3])
    default:
      return .arrhenius(
        viscosity: indices[0], at: indices[1], activation: indices[2], temperature: indices[3])
    }
  }

  // MARK: Pour

  private static func pour(
    _ pour: SceneSection, _ inputs: inout InputList
  ) -> SyrupPourModel.Pour? {
    func add(_ section: SceneSection, _ path: String, _ key: String) -> Int {
      inputs.add("\(path).\(key)", section.quantity(key)?.law ?? .exact(1), positive)
    }
    if let stream = pour.section("stream"), let onto = stream.section("onto") {
      let path = "pour.stream"
      var result = SyrupPourModel.Stream(
        volume: add(stream, path, "volume"), rate: add(stream, path, "rate"),
        nozzle: add(stream, path, "nozzle"), height: add(stream, path, "height"))
      if let cup = onto.section("cup") {
        result.cup = (
          add(cup, "\(path).onto.cup", "diameter"), add(cup, "\(path).onto.cup", "height")
        )
      } else {
        result.plate = add(onto, "\(path).onto", "plate")
      }
      return .stream(result)
    }
    if let slump = pour.section("slump") {
      return .slump(
        radius: add(slump, "pour.slump", "radius"), height: add(slump, "pour.slump", "height"))
    }
    guard let settle = pour.section("settle"), let ball = settle.section("ball"),
      let vessel = settle.section("vessel")
    else { return nil }
    return .settle(
      SyrupPourModel.Settle(
        diameter: add(ball, "pour.settle.ball", "diameter"),
        density: add(ball, "pour.settle.ball", "density"),
        vessel: add(vessel, "pour.settle.vessel", "diameter"),
        height: add(vessel, "pour.settle.vessel", "height"),
        start: add(settle, "pour.settle", "start")))
  }
}
