// From the values of a brick-break scene to an experiment: material, inputs with their laws and ranges.

import Experience
import Fracture

enum BrickBreakCompiler {
  private static let positive = 1e-300...1e300
  /// Compressive over tensile strength: the flexural strength is 0.10 of the compressive one
  /// (Noor-E-Khuda & Albermani 2019, Constr. Build. Mater. 219, 111; 52 kinds of clay brick) and 1.29 of
  /// the tensile one (Gooch et al. 2023, Constr. Build. Mater. 386, 131578).
  static let crushing = 12.9
  static let covariance = 0.2

  static func compile(
    _ scene: inout SceneSection, _ materials: MaterialTable, _ reader: inout TableReader
  ) -> (any Experiment)? {
    guard var brick = scene.section("brick"), let test = scene.section("test"),
      var pad = scene.section("pad"), var environment = scene.section("environment")
    else { return nil }
    surroundings(&environment, &reader)
    scene.set("environment", .section(environment))
    guard case .quantity(let gravity, let kind)? = environment["gravity"] else {
      reader.report(
        "020", "a brick test needs gravity along −z", at: environment.entry("gravity")?.mark,
        help: "give one number, such as `9.80665 m/s^2`")
      return nil
    }
    BrickMaterial.resolve(&brick, materials, &reader)
    scene.set("brick", .section(brick))
    guard !reader.hasErrors, let strength = brick.quantity("tensile-strength") else { return nil }
    if pad["cap"] == nil {
      let law = Law.exact(crushing * strength.nominal)
      let unit = Unit(symbol: "Pa", factor: 1, dimension: .pressure)
      pad.set("cap", .quantity(Quantity(law: law, unit: unit, source: ""), BrickBreakFormat.crush))
    }
    if pad["width"] == nil, let depth = brick.vector("size")?.last?.nominal {
      let unit = Unit(symbol: "m", factor: 1, dimension: .length)
      let width = Quantity(law: .exact(depth / 12), unit: unit, source: "")
      pad.set("width", .quantity(width, QuantityKind.positive(.length, "m")))
    }
    scene.set("pad", .section(pad))

    var inputs = InputList()
    func add(_ section: SceneSection, _ path: String, _ key: String) -> Int {
      inputs.add("\(path).\(key)", section.quantity(key)?.law ?? .exact(1), positive)
    }
    let size = inputs.add("brick.size", brick.vector("size"), positive)
    let lot = BrickLot(
      covariance: brick.quantity("strength-cov")?.nominal ?? covariance,
      correlation: brick.quantity("correlation-length")?.nominal,
      weibull: brick.quantity("weibull-modulus")?.nominal ?? 8)
    // 0 is the mean brick, every other number one brick of the lot
    func specimen(_ isScattered: Bool) -> Law {
      isScattered ? .uniform(low: -1, high: 1) : .exact(0)
    }
    var model = BrickBreakModel(
      size: size, density: add(brick, "brick", "density"),
      young: add(brick, "brick", "youngs-modulus"),
      poisson: inputs.add(
        "brick.poisson-ratio", brick.quantity("poisson-ratio")?.law ?? .exact(0.2), -0.99...0.49),
      strength: add(brick, "brick", "tensile-strength"),
      energy: add(brick, "brick", "fracture-energy"),
      factor: inputs.add("brick.factor", specimen(lot.covariance > 0), -1...1),
      field: inputs.add("brick.field", specimen(lot.correlation != nil), -1...1), lot: lot,
      bed: add(pad, "pad", "stiffness"), cap: add(pad, "pad", "cap"),
      strip: add(pad, "pad", "width"), gravity: inputs.add("environment.gravity", gravity, kind),
      test: .bend(span: 0, speed: 0), resolution: scene.quantity("resolution")?.nominal ?? 0.01,
      duration: scene.quantity("duration")?.nominal ?? 10)
    guard let loading = loading(test, &inputs, &reader) else { return nil }
    model.test = loading
    BrickBreakCheck(model: model, inputs: inputs.list, scene: scene).check(&reader)
    guard !reader.hasErrors else { return nil }
    return BrickBreakExperiment(model: model, inputs: inputs.list)
  }

  /// The moments of air and of a turning frame are far below those of a test on a brick.
  private static func surroundings(_ environment: inout SceneSection, _ reader: inout TableReader) {
    if let entry = environment.entry("air"), !entry.isDefault, environment.text("air") != "none" {
      reader.report(
        "020", "the models of a brick test have no air", at: entry.mark, label: "must be `none`",
        help: "leave `air:` out")
    }
    environment.set("air", .word("none"))
    if environment.flag("history") == true {
      reader.report(
        "020", "the history force is for balls that drop through a liquid",
        at: environment.entry("history")?.mark, label: "must be false")
    }
    if let spin = environment.vector("rotation"), spin.contains(where: { $0.law.extremes != 0...0 })
    {
      reader.report(
        "020", "a turning frame is not in the models of a brick test",
        at: environment.entry("rotation")?.mark, label: "must be zero")
    }
  }

  private static func curve(_ strike: SceneSection, _ reader: inout TableReader) -> [Double] {
    var heights: Set<Double> = []
    for case .quantity(let quantity, _) in strike.list("curve") ?? [] {
      let extremes = quantity.law.extremes
      if extremes.lowerBound < extremes.upperBound {
        reader.report(
          "011", "a height of the curve has no tolerance", at: strike.entry("curve")?.mark,
          label: "numbers alone", help: "the tolerance of a blow belongs to `height:`")
      }
      heights.insert(quantity.nominal)
    }
    return heights.sorted()
  }

  private static func loading(
    _ test: SceneSection, _ inputs: inout InputList, _ reader: inout TableReader
  ) -> BrickBreakModel.Test? {
    func add(_ section: SceneSection, _ path: String, _ key: String) -> Int {
      inputs.add("\(path).\(key)", section.quantity(key)?.law ?? .exact(1), positive)
    }
    if let bend = test.section("bend") {
      return .bend(span: add(bend, "test.bend", "span"), speed: add(bend, "test.bend", "speed"))
    }
    if let strike = test.section("strike"), let striker = strike.section("striker") {
      let isBall = striker.text("nose") == "ball"
      if isBall, striker.quantity("radius") == nil {
        reader.report(
          "004", "a ball needs its `radius`", at: striker.mark, help: "add `radius:`")
        return nil
      }
      return .strike(
        BrickBreakModel.Strike(
          span: add(strike, "test.strike", "span"),
          mass: add(striker, "test.strike.striker", "mass"),
          height: add(strike, "test.strike", "height"), isBall: isBall,
          radius: striker.quantity("radius") == nil
            ? nil : add(striker, "test.strike.striker", "radius"), curve: curve(strike, &reader)))
    }
    guard let fall = test.section("fall"), let floor = fall.section("floor") else { return nil }
    return .fall(
      height: add(fall, "test.fall", "height"),
      attitude: inputs.add("test.fall.attitude", fall.vector("attitude"), -6.3...6.3),
      restitution: inputs.add(
        "test.fall.floor.restitution", floor.quantity("restitution")?.law ?? .exact(0), 0...1),
      friction: inputs.add(
        "test.fall.floor.friction", floor.quantity("friction")?.law ?? .exact(0), 0...3))
  }
}
