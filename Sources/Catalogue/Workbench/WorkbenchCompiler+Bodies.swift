// Bodies, prescribed motions and contacts of a workbench scene.

import Experience
import RigidBody

extension WorkbenchCompiler {
  mutating func addBodies() {
    var list = scene.list("bodies") ?? []
    let mark = scene.entry("bodies")?.mark
    if list.isEmpty {
      reader.report("004", "the scene has no bodies", at: mark, help: "add at least one")
    }
    guard list.count <= WorkbenchCompiler.bodyLimit else {
      reader.report(
        "039", "the scene has \(list.count) bodies", at: mark,
        label: "at most \(WorkbenchCompiler.bodyLimit)")
      return
    }
    for (index, value) in list.enumerated() {
      guard case .section(var section) = value, let name = section.text("name") else { continue }
      let mark = section.entry("name")?.mark
      check(
        name: name, at: mark, among: model.bodies.map(\.name) + ["world"], what: "the body")
      resolveMaterial(&section, index)
      list[index] = .section(section)
      add(section, name, index)
    }
    scene.set("bodies", .list(list))
  }

  private mutating func add(_ section: SceneSection, _ name: String, _ index: Int) {
    let path = "bodies.\(name)"
    let shape = shape(section, "\(path).shape", index)
    var heaviness = WorkbenchModel.Heaviness.none
    if section["mass"] != nil {
      heaviness = .mass(inputs.add(section, "mass", at: path))
    } else if section["density"] != nil {
      heaviness = .density(inputs.add(section, "density", at: path))
    }
    let isFixed = section.flag("fixed") ?? false
    if isFixed {
      // zero is true of it, and stands in every resolved scene
      for key in ["velocity", "spin"] where !isZero(section[key]) {
        reader.report(
          "042", "the fixed body `\(name)` has no `\(key)`", at: section.entry(key)?.mark,
          label: "of no effect here", help: "leave `fixed` out, or describe a motion")
      }
    }
    model.bodies.append(
      WorkbenchModel.Body(
        name: name, shape: shape, heaviness: heaviness,
        inertia: section["inertia"] == nil
          ? nil : inputs.add(vector: section, "inertia", at: path),
        position: inputs.add(vector: section, "position", at: path, surface: index),
        attitude: attitude(section, path, index),
        velocity: inputs.add(vector: section, "velocity", at: path),
        spin: inputs.add(vector: section, "spin", at: path), drag: drag(section, path),
        motion: isFixed || shape.isUnbounded ? .fixed : nil))
  }

  private func isZero(_ value: SceneValue?) -> Bool {
    guard case .vector(let parts, _)? = value else { return value == nil }
    return parts.allSatisfy { $0.law == .exact(0) }
  }

  private mutating func resolveMaterial(_ section: inout SceneSection, _ index: Int) {
    guard let name = section.text("material") else { return }
    let mark = section.entry("material")?.mark
    guard let material = materials.material(name) else {
      let known = materials.materials.map(\.name)
      let suggestion = Spelling.nearest(to: name, among: known)
      reader.report(
        "010", "`\(name)` is not in the materials table", at: mark,
        label: suggestion.map { "did you mean `\($0)`?" } ?? "not known here",
        help: "`plumbline list materials` shows them; or give `density:`",
        fix: suggestion.flatMap { s in mark.map { Diagnostic.Fix(mark: $0, replacement: s) } })
      return
    }
    section.remove("material")
    surfaces[index] = name
    if section["shape"]?.json == .text("plane") || section.flag("fixed") == true { return }
    guard let density = material["density"] else {
      reader.report("010", "the materials table has no density for `\(name)`", at: mark)
      return
    }
    let kind = WorkbenchKinds.density
    section.set("density", .quantity(density.quantity(kind), kind), mark: mark)
  }

  // MARK: Shape and attitude

  private mutating func shape(
    _ section: SceneSection, _ path: String, _ body: Int
  ) -> WorkbenchModel.Shape {
    guard let shape = section.section("shape"),
      let (word, inner) = shape.entries.first.flatMap({
        entry -> (String, SceneSection)? in
        if case .section(let inner) = entry.value { (entry.key, inner) } else { nil }
      })
    else { return .plane }
    let path = "\(path).\(word)"
    func size(_ key: String) -> Int { inputs.add(inner, key, at: path, surface: body) }
    switch word {
    case "sphere": return .sphere(size("radius"))
    case "bowl": return .bowl(size("radius"))
    case "pipe": return .pipe(size("radius"))
    case "capsule": return .capsule(radius: size("radius"), length: size("length"))
    case "cylinder": return .cylinder(radius: size("radius"), length: size("length"))
    case "box": return .box(inputs.add(vector: inner, "size", at: path, surface: body))
    default:
      let points = (inner.list("points") ?? []).enumerated().map { number, value -> [Int] in
        if case .vector(let components, _) = value {
          return inputs.add(components, at: "\(path).points.\(number)", surface: body)
        }
        return inputs.add(nil, at: "\(path).points.\(number)", surface: body)
      }
      return .convex(points)
    }
  }

  private mutating func attitude(
    _ section: SceneSection, _ path: String, _ body: Int
  ) -> WorkbenchModel.Attitude {
    if section["attitude"] != nil {
      return .angles(inputs.add(vector: section, "attitude", at: path, surface: body))
    }
    guard let list = section.list("quaternion") else { return .none }
    let numbers = list.compactMap { value -> Quantity? in
      if case .quantity(let quantity, _) = value { quantity } else { nil }
    }
    let mark = section.entry("quaternion")?.mark
    guard numbers.count == 4 else {
      reader.report(
        "005", "`quaternion` needs four numbers, found \(numbers.count)", at: mark,
        label: "expected [w, x, y, z]")
      return .none
    }
    let length = numbers.reduce(0) { $0 + $1.nominal * $1.nominal }.squareRoot()
    guard abs(length - 1) <= 1e-6 else {
      reader.report(
        "037", "`quaternion` has length \(JSON.text(of: length))", at: mark,
        label: "must be 1 to within 1e-6", help: "divide its numbers by that length")
      return .none
    }
    return .quaternion(
      numbers.enumerated().map {
        inputs.add("\(path).quaternion.\($0)", $1.law, surface: body)
      })
  }

  private mutating func drag(_ section: SceneSection, _ path: String) -> WorkbenchModel.Drag {
    switch section["drag"] {
    case .word("sphere"):
      guard let shape = section.section("shape"), shape["sphere"] != nil else {
        reader.report(
          "020", "`drag: sphere` needs a sphere", at: section.entry("drag")?.mark,
          help: "give `drag: { coefficient, area }`")
        return .none
      }
      return .sphere
    case .section(let drag):
      return .area(
        coefficient: inputs.add(drag, "coefficient", at: "\(path).drag"),
        area: inputs.add(drag, "area", at: "\(path).drag"))
    default: return .none
    }
  }

  // MARK: Motions

  mutating func addMotions() {
    for (section, path) in items("motions") {
      let mark = section.entry("body")?.mark
      guard let index = body(section.text("body"), at: mark) else { continue }
      if case .fixed? = model.bodies[index].motion, !model.bodies[index].shape.isUnbounded {
        reader.report(
          "013", "`\(model.bodies[index].name)` is fixed and has a motion", at: mark,
          label: "which of them?")
        continue
      }
      if let other = model.bodies[index].motion, !other.isFixed {
        reader.report(
          "013", "`\(model.bodies[index].name)` has two motions", at: mark, label: "the second one")
        continue
      }
      model.bodies[index].motion = motion(section, path)
    }
  }

  private mutating func motion(_ section: SceneSection, _ path: String) -> WorkbenchModel.Motion {
    let isSinusoid = section["amplitude"] != nil || section["frequency"] != nil
    let isTable = section["times"] != nil || section["displacements"] != nil
    let isSteady = section["velocity"] != nil || section["spin"] != nil
    let forms =
      "along with amplitude and frequency, along with times and displacements, or velocity and spin"
    guard [isSinusoid, isTable, isSteady].filter({ $0 }).count == 1 else {
      reader.report(
        isSinusoid || isTable ? "013" : "004", "a motion needs one of its forms", at: section.mark,
        label: "in this mapping", help: forms)
      return .fixed
    }
    if isSteady {
      demand(section, "a steady motion", refuses: ["along", "phase"])
      return .steady(
        velocity: inputs.add(vector: section, "velocity", at: path),
        spin: inputs.add(vector: section, "spin", at: path))
    }
    demand(section, "this motion", needs: ["along"])
    let along = direction(section, "along") ?? Vector3(x: 0, y: 0, z: 1)
    if isSinusoid {
      demand(section, "a sinusoidal motion", needs: ["amplitude", "frequency"])
      return .sinusoid(
        direction: along, amplitude: inputs.add(section, "amplitude", at: path),
        frequency: inputs.add(section, "frequency", at: path, or: 1),
        phase: inputs.add(section, "phase", at: path))
    }
    demand(section, "a table", needs: ["times", "displacements"], refuses: ["phase"])
    func numbers(_ key: String) -> [Quantity] {
      (section.list(key) ?? []).compactMap {
        if case .quantity(let quantity, _) = $0 { quantity } else { nil }
      }
    }
    let (times, shifts) = (numbers("times"), numbers("displacements"))
    checkTable(times.map(\.nominal), shifts.map(\.nominal), section)
    return .table(
      direction: along,
      times: times.enumerated().map { inputs.add("\(path).times.\($0)", $1.law) },
      displacements: shifts.enumerated().map { inputs.add("\(path).displacements.\($0)", $1.law) })
  }

  private mutating func checkTable(
    _ times: [Double], _ shifts: [Double], _ section: SceneSection
  ) {
    let mark = section.entry("times")?.mark
    guard times.count == shifts.count, times.count >= 2 else {
      reader.report(
        "038", "a table needs as many displacements as times, and two at least",
        at: mark ?? section.mark, label: "\(times.count) times, \(shifts.count) displacements")
      return
    }
    for (first, second) in zip(times, times.dropFirst()) where second <= first {
      let value = JSON.text(of: second)
      reader.report(
        "038",
        second == first
          ? "the table jumps: \(value) s stands twice" : "the times of the table do not ascend",
        at: mark, label: "\(JSON.text(of: first)) s, then \(value) s",
        help: second == first
          ? "a body cannot be at two places at once: leave some time between them"
          : "sort the table by time")
      return
    }
  }

  /// Bodies that move by themselves need a mass.
  mutating func checkWeights() {
    for (section, _) in items("bodies") {
      guard let name = section.text("name"), let index = model.body(named: name) else { continue }
      let body = model.bodies[index]
      if body.motion == nil, case .none = body.heaviness {
        reader.report(
          "004", "the body `\(name)` does not say how heavy it is", at: section.mark,
          label: "in this mapping",
          help: "add one of `mass:`, `density:`, `material:`, or `fixed: true`")
      }
    }
  }
}

extension WorkbenchModel.Motion {
  var isFixed: Bool { if case .fixed = self { true } else { false } }
}
