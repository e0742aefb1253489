// From the values of a ball-drop scene to an experiment: materials, laws, inputs with their ranges.

import Experience
import Foundation
import RigidBody

enum BallDropCompiler {
  /// Dry air at 20 °C and 101325 Pa: ideal gas with 287.05287 J/(kg.K), Sutherland's viscosity
  /// (ICAO standard atmosphere, 1993).
  static let standardAir = (density: 1.204_106_277_409_222_4, viscosity: 1.813_405_882_148_823_8e-5)

  static func compile(
    _ scene: inout SceneSection, _ materials: MaterialTable, _ reader: inout TableReader
  ) -> (any Experiment)? {
    guard var ball = scene.section("ball"), let start = scene.section("start"),
      var floor = scene.section("floor"), let environment = scene.section("environment")
    else { return nil }
    resolveMaterial(&ball, materials, &reader)
    scene.set("ball", .section(ball))
    var pair: SurfacePair?
    if let name = floor.text("material"), materials.material(name) == nil {
      unknownMaterial(name, floor.entry("material")?.mark, materials, &reader)
    } else if let mine = ball.text("surface"), let other = floor.text("material") {
      pair = materials.pair(mine, other)
    }
    scene.set("ball", .section(withoutSurface(&ball)))
    resolvePair(&floor, pair, scene, &reader)
    // its numbers stand in the scene now: a resolved scene needs no table
    floor.remove("material")
    scene.set("floor", .section(floor))

    var inputs = InputList()
    let kinds = BallDropFormat.self
    let positive = 1e-300...1e300
    var model = BallDropModel(
      diameter: inputs.add("ball.diameter", ball.quantity("diameter")?.law ?? .exact(1), positive),
      heaviness: ball.quantity("mass") != nil
        ? .mass(inputs.add("ball.mass", ball.quantity("mass")?.law ?? .exact(1), positive))
        : .density(
          inputs.add("ball.density", ball.quantity("density")?.law ?? .exact(1), positive)),
      isShell: ball.text("fill") == "shell",
      height: inputs.add("start.height", start.quantity("height"), kinds.length),
      velocity: inputs.add("start.velocity", start.vector("velocity")),
      spin: inputs.add("start.spin", start.vector("spin")),
      tilt: inputs.add("floor.tilt", floor.quantity("tilt")?.law ?? .exact(0), 0...1.5),
      grip: inputs.add("floor.grip", floor.quantity("grip")?.law ?? .exact(0), -1...1),
      rollingResistance: inputs.add(
        "floor.rolling-resistance", floor.quantity("rolling-resistance")?.law ?? .exact(0),
        0...1e300),
      duration: scene.quantity("duration")?.nominal ?? 60)
    gravity(environment, &model, &inputs)
    fluid(environment, scene, &model, &inputs)
    model.hasBuoyancy = environment.flag("buoyancy") ?? true
    model.hasAddedMass = environment.flag("added-mass") ?? true
    model.hasHistory = environment.flag("history") ?? false
    model.frameSpin = inputs.add("environment.rotation", environment.vector("rotation"))
    restitution(floor, &model, &inputs, &reader)
    friction(floor, &model, &inputs)
    guard !reader.hasErrors else { return nil }

    let experiment = BallDropExperiment(model: model, inputs: inputs.list)
    experiment.check(scene, &reader)
    return reader.hasErrors ? nil : experiment
  }

  // MARK: Materials

  private static func unknownMaterial(
    _ name: String, _ mark: SourceMark?, _ materials: MaterialTable, _ reader: inout TableReader
  ) {
    let known = materials.materials.map(\.name)
    let suggestion = Spelling.nearest(to: name, among: known)
    reader.report(
      "010", "`\(name)` is not in the materials table", at: mark,
      label: suggestion.map { "did you mean `\($0)`?" } ?? "not known here",
      help: "`plumbline list materials` shows them; or give `density:`",
      fix: suggestion.flatMap { s in mark.map { Diagnostic.Fix(mark: $0, replacement: s) } })
  }

  /// Replaces `material` by the density that it stands for; its surface is kept for the pair.
  private static func resolveMaterial(
    _ ball: inout SceneSection, _ materials: MaterialTable, _ reader: inout TableReader
  ) {
    guard let name = ball.text("material") else { return }
    let mark = ball.entry("material")?.mark
    guard let material = materials.material(name) else {
      unknownMaterial(name, mark, materials, &reader)
      return
    }
    guard let density = material["density"] else {
      reader.report("010", "the materials table has no density for `\(name)`", at: mark)
      return
    }
    let kind = QuantityKind.positive(.density, "kg/m^3")
    ball.remove("material")
    ball.set("density", .quantity(density.quantity(kind), kind))
    ball.set("surface", .text(name))
  }

  private static func withoutSurface(_ ball: inout SceneSection) -> SceneSection {
    ball.remove("surface")
    return ball
  }

  /// Fills restitution and friction in from the pair of surfaces.
  private static func resolvePair(
    _ floor: inout SceneSection, _ pair: SurfacePair?, _ scene: SceneSection,
    _ reader: inout TableReader
  ) {
    if floor["restitution"] == nil {
      if let value = pair?["restitution"] {
        let kind = BallDropFormat.restitutionValue
        var law = SceneSection(mark: nil)
        law.set("law", .word("constant"))
        law.set("value", .quantity(value.quantity(kind), kind))
        if let speeds = value.speeds {
          let speed = QuantityKind(.speed, unit: "m/s", range: 0...1e5)
          let range = Law.uniform(low: speeds.lowerBound, high: speeds.upperBound)
          let unit = Unit(symbol: "m/s", factor: 1, dimension: .speed)
          law.set("speed", .quantity(Quantity(law: range, unit: unit, source: ""), speed))
        }
        floor.set("restitution", .section(law))
      } else {
        reader.report(
          "022", "`floor` does not say how the ball rebounds", at: floor.mark ?? scene.mark,
          label: "no `restitution:`",
          help:
            "give `restitution:`, or name two materials that the table has as a pair (`plumbline list materials`)"
        )
      }
    }
    if floor["friction"] == nil {
      let kind = BallDropFormat.frictionValue
      if let value = pair?["friction"] {
        floor.set("friction", .quantity(value.quantity(kind), kind))
      } else if isOblique(scene) {
        reader.report(
          "022", "`floor` does not say how the ball is held by friction",
          at: floor.mark ?? scene.mark, label: "no `friction:`",
          help:
            "the ball meets the floor at an angle or spinning: give `friction:` (0 for a frictionless floor)"
        )
      } else {
        // a plumb drop without spin never feels friction
        let zero = Quantity(law: .exact(0), unit: .one, source: "0")
        floor.set("friction", .quantity(zero, kind))
      }
    }
  }

  /// Whether friction can matter: tangential motion, spin, a slope or a turning frame.
  static func isOblique(_ scene: SceneSection) -> Bool {
    func isZero(_ section: String, _ key: String, _ components: Range<Int>) -> Bool {
      let vector = scene.section(section)?.vector(key) ?? []
      return vector.indices.allSatisfy { !components.contains($0) || vector[$0].law == .exact(0) }
    }
    let tilt = scene.section("floor")?.quantity("tilt")?.law ?? .exact(0)
    let gravity = scene.section("environment")?.vector("gravity")
    let hasSidewaysPull = gravity.map { $0[0].law != .exact(0) || $0[1].law != .exact(0) } ?? false
    return !isZero("start", "velocity", 0..<2) || !isZero("start", "spin", 0..<2)
      || tilt != .exact(0) || hasSidewaysPull || !isZero("environment", "rotation", 0..<3)
  }

  // MARK: Environment

  private static func gravity(
    _ environment: SceneSection, _ model: inout BallDropModel, _ inputs: inout InputList
  ) {
    switch environment["gravity"] {
    case .quantity(let quantity, let kind):
      model.gravity = .down(inputs.add("environment.gravity", quantity, kind))
    case .vector(let components, _):
      model.gravity = .vector(inputs.add("environment.gravity", components))
    case .section(let central):
      model.gravity = .central(
        parameter: inputs.add(
          "environment.gravity.parameter", central.quantity("parameter")?.law ?? .exact(1),
          1e-300...1e300),
        radius: inputs.add(
          "environment.gravity.radius", central.quantity("radius")?.law ?? .exact(1),
          1e-300...1e300))
    default: break
    }
  }

  private static func fluid(
    _ environment: SceneSection, _ scene: SceneSection, _ model: inout BallDropModel,
    _ inputs: inout InputList
  ) {
    switch environment["air"] {
    case .section(let fluid):
      let positive = 1e-300...1e300
      model.fluid = (
        inputs.add(
          "environment.air.density", fluid.quantity("density")?.law ?? .exact(1), positive),
        inputs.add(
          "environment.air.viscosity", fluid.quantity("viscosity")?.law ?? .exact(1), positive)
      )
    case .word("standard"):
      model.fluid = (
        inputs.add("environment.air.density", .exact(standardAir.density), 0...1e300),
        inputs.add("environment.air.viscosity", .exact(standardAir.viscosity), 0...1e300)
      )
    default: model.fluid = nil
    }
    switch scene["drag"] {
    case .section(let drag):
      if let coefficient = drag.quantity("coefficient") {
        model.drag = .coefficient(inputs.add("drag.coefficient", coefficient.law, 0...1e3))
      } else {
        switch drag.text("law") {
        case "stokes": model.drag = .law(.stokes)
        case "schiller-naumann": model.drag = .law(.schillerNaumann)
        case "clift-gauvin": model.drag = .law(.cliftGauvin)
        default: model.drag = .law(.morrison)
        }
      }
    case .word("none"): model.drag = .law(.none)
    default: model.drag = .law(.morrison)
    }
  }

  // MARK: Contact

  private static func restitution(
    _ floor: SceneSection, _ model: inout BallDropModel, _ inputs: inout InputList,
    _ reader: inout TableReader
  ) {
    if case .quantity(let quantity, _) = floor["restitution"] {
      model.restitution = .constant(inputs.add("floor.restitution", quantity.law, 0...1))
      return
    }
    guard let law = floor.section("restitution") else { return }
    let mark = floor.entry("restitution")?.mark
    if case .uniform(let low, let high) = law.quantity("speed")?.law { model.speeds = low...high }
    func need(_ key: String, _ range: ClosedRange<Double>) -> Int {
      if law.quantity(key) == nil {
        reader.report(
          "004", "the law `\(law.text("law") ?? "")` needs `\(key)`", at: mark,
          help: "see `plumbline explain restitution`")
      }
      return inputs.add("floor.restitution.\(key)", law.quantity(key)?.law ?? .exact(0), range)
    }
    switch law.text("law") {
    case "viscoelastic":
      model.restitution = .viscoelastic(
        modulus: need("effective-modulus", 1e-300...1e300), dissipation: need("dissipation", 0...1))
    case "hunt-crossley": model.restitution = .huntCrossley(damping: need("damping", 0...1e6))
    case "spring-dashpot":
      model.restitution = .springDashpot(ratio: need("damping-ratio", 0...10))
    default: model.restitution = .constant(need("value", 0...1))
    }
  }

  private static func friction(
    _ floor: SceneSection, _ model: inout BallDropModel, _ inputs: inout InputList
  ) {
    switch floor["friction"] {
    case .quantity(let quantity, _):
      model.friction = .isotropic(inputs.add("floor.friction", quantity.law, 0...100))
    case .section(let ellipse):
      var direction = [1.0, 0, 0]
      if case .direction(let numbers) = ellipse["direction"] { direction = numbers }
      model.friction = .elliptic(
        along: inputs.add(
          "floor.friction.along", ellipse.quantity("along")?.law ?? .exact(0), 0...100),
        across: inputs.add(
          "floor.friction.across", ellipse.quantity("across")?.law ?? .exact(0), 0...100),
        angle: atan2(direction[1], direction[0]))
    default: break
    }
  }
}

extension SourcedQuantity {
  /// The value with the tolerance that the table says to assume.
  func quantity(_ kind: QuantityKind) -> Quantity {
    let low = max(value - tolerance, kind.range.lowerBound)
    let high = min(value + tolerance, kind.range.upperBound)
    let law: Law =
      tolerance == 0
      ? .exact(value)
      : low == value - tolerance && high == value + tolerance
        ? .tolerance(centre: value, halfWidth: tolerance) : .uniform(low: low, high: high)
    return Quantity(
      law: law, unit: Unit(symbol: kind.unit, factor: 1, dimension: kind.dimension),
      source: Quantity.json(of: law, unit: kind.unit).line)
  }
}
