// From the values of a workbench scene to an experiment: names, laws, inputs with their ranges.

import Experience
import RigidBody

struct WorkbenchCompiler {
  static let bodyLimit = 200

  var scene: SceneSection
  let materials: MaterialTable
  var reader: TableReader
  var model = WorkbenchModel()
  var inputs = WorkbenchInputs()
  /// Materials of the bodies, for their pairs.
  var surfaces: [Int: String] = [:]

  static func compile(
    _ scene: inout SceneSection, _ materials: MaterialTable, _ reader: inout TableReader
  ) -> (any Experiment)? {
    var compiler = WorkbenchCompiler(scene: scene, materials: materials, reader: reader)
    let experiment = compiler.experiment()
    (scene, reader) = (compiler.scene, compiler.reader)
    return reader.hasErrors ? nil : experiment
  }

  private mutating func experiment() -> WorkbenchExperiment? {
    model.duration = scene.quantity("duration")?.nominal ?? 10
    if scene.text("impact-order") == "simultaneous" { model.impactOrder = .simultaneous }
    addBodies()
    addMotions()
    checkWeights()
    addContacts()
    addJoints()
    addForces()
    addEnvironment()
    addMeasures()
    guard !reader.hasErrors else { return nil }
    let experiment = WorkbenchExperiment(model: model, inputs: inputs)
    WorkbenchCheck(experiment, scene).report(to: &reader)
    return experiment
  }

  // MARK: Lists and names

  /// Sections of a list with the path of each: by its name, or by its number.
  func items(_ key: String) -> [(section: SceneSection, path: String)] {
    (scene.list(key) ?? []).enumerated().compactMap { index, value in
      guard case .section(let section) = value else { return nil }
      return (section, "\(key).\(section.text("name") ?? String(index))")
    }
  }

  static let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789-_")

  /// Refuses what cannot be part of a path.
  mutating func check(name: String, at mark: SourceMark?, among taken: [String], what: String) {
    let isName =
      name.count <= 60 && name.first?.isLetter == true
      && name.allSatisfy(WorkbenchCompiler.letters.contains)
    if !isName {
      reader.report(
        "031", "`\(name)` is not a name", at: mark, label: "begins with a letter; a-z, 0-9, - and _"
      )
    } else if taken.contains(name) {
      reader.report(
        "031", "\(what) `\(name)` stands twice", at: mark, label: "the second one",
        help: "give each its own name")
    }
  }

  /// Index of the body that a text names; −1 for the world where that is allowed.
  mutating func body(
    _ name: String?, at mark: SourceMark?, allowsWorld: Bool = false
  ) -> Int? {
    guard let name else { return nil }
    if name == "world", allowsWorld { return -1 }
    if let index = model.body(named: name) { return index }
    let known = model.bodies.map(\.name) + (allowsWorld ? ["world"] : [])
    let suggestion = Spelling.nearest(to: name, among: known)
    reader.report(
      "010", "there is no body `\(name)`", at: mark,
      label: suggestion.map { "did you mean `\($0)`?" } ?? "not known here",
      help: "bodies: \(known.joined(separator: ", "))",
      fix: suggestion.flatMap { s in mark.map { Diagnostic.Fix(mark: $0, replacement: s) } })
    return nil
  }

  /// The two bodies of `between`.
  mutating func two(
    _ section: SceneSection, allowsWorld: Bool = false
  ) -> (a: Int, b: Int)? {
    let mark = section.entry("between")?.mark
    let names = (section.list("between") ?? []).compactMap { value -> String? in
      if case .text(let text) = value { text } else { nil }
    }
    guard names.count == 2 else {
      reader.report(
        "005", "`between` needs two names, found \(names.count)", at: mark,
        help: "write `between: [a, b]`")
      return nil
    }
    guard let a = body(names[0], at: mark, allowsWorld: allowsWorld),
      let b = body(names[1], at: mark, allowsWorld: allowsWorld)
    else { return nil }
    guard a != b else {
      reader.report("020", "`between` names `\(names[0])` twice", at: mark)
      return nil
    }
    return (a, b)
  }

  /// A direction of length 1.
  func direction(_ section: SceneSection, _ key: String) -> Vector3? {
    guard case .direction(let numbers)? = section[key] else { return nil }
    let vector = Vector3(x: numbers[0], y: numbers[1], z: numbers[2])
    return (1 / vector.length) * vector
  }

  /// Keys that an entry has to have, and such as it may not have.
  mutating func demand(
    _ section: SceneSection, _ what: String, needs: [String] = [], refuses: [String] = []
  ) {
    for key in needs where section[key] == nil {
      reader.report(
        "004", "\(what) needs `\(key)`", at: section.mark, label: "in this mapping",
        help: "see `plumbline explain \(key)`")
    }
    for key in refuses where section.entry(key)?.mark != nil {
      reader.report(
        "042", "\(what) has no `\(key)`", at: section.entry(key)?.mark, label: "of no effect here",
        help: "leave it out")
    }
  }

  // MARK: Environment

  private mutating func addEnvironment() {
    let environment = scene.section("environment")
    let path = "environment.gravity"
    switch environment?["gravity"] {
    case .quantity(let quantity, let kind):
      model.downwardGravity = inputs.add(path, quantity.law, kind.range)
      // beside it, so that a perturbation can tilt it
      model.gravity = inputs.add(nil, at: path)
    case .vector(let components, _): model.gravity = inputs.add(components, at: path)
    default:
      model.gravity = inputs.add(nil, at: path)
      reader.report(
        "020", "gravity towards a centre is not part of the workbench",
        at: environment?.entry("gravity")?.mark, help: "give an acceleration or a vector")
    }
    model.frameSpin = inputs.add(vector: environment, "rotation", at: "environment")
    model.hasBuoyancy = environment?.flag("buoyancy") ?? true
    model.hasAddedMass = environment?.flag("added-mass") ?? true
    switch environment?["air"] {
    case .section(let fluid):
      model.fluid = (
        inputs.add(fluid, "density", at: "environment.air"),
        inputs.add(fluid, "viscosity", at: "environment.air")
      )
    case .word("standard"):
      let air = BallDropCompiler.standardAir
      model.fluid = (
        inputs.add("environment.air.density", .exact(air.density)),
        inputs.add("environment.air.viscosity", .exact(air.viscosity))
      )
    default: break
    }
    if environment?.flag("history") == true {
      reader.report(
        "020", "the history force is not in this release", at: environment?.entry("history")?.mark,
        label: "must be false")
    }
  }
}
