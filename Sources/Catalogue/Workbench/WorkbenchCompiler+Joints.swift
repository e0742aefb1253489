// Joints and applied forces of a workbench scene.

import Experience
import RigidBody

extension WorkbenchCompiler {
  private static let axisKinds = ["hinge", "slider", "motor", "gear"]
  private static let springKinds = ["spring", "strap"]
  /// Joints between two points that may be apart.
  private static let lineKinds = ["rod", "spring", "strap", "rope"]

  mutating func addJoints() {
    var list = scene.list("joints") ?? []
    for (index, value) in list.enumerated() {
      guard case .section(var section) = value else { continue }
      let name = section.text("name") ?? "joint-\(index + 1)"
      check(
        name: name, at: section.entry("name")?.mark ?? section.mark,
        among: model.joints.map(\.name), what: "the joint")
      section.set("name", .text(name))
      list[index] = .section(section)
      if let joint = joint(section, name) { model.joints.append(joint) }
    }
    scene.set("joints", .list(list))
  }

  private mutating func joint(_ section: SceneSection, _ name: String) -> WorkbenchModel.Joint? {
    let kind = section.text("kind") ?? "hinge"
    guard let (a, b) = two(section, allowsWorld: true) else { return nil }
    checkKeys(section, kind)
    guard [a, b].contains(where: { $0 >= 0 && model.bodies[$0].motion == nil }) else {
      reader.report(
        "020", "neither of the two bodies of this joint can be moved by it",
        at: section.entry("between")?.mark, label: "both are fixed or driven")
      return nil
    }
    let path = "joints.\(name)"
    let axis = direction(section, "axis") ?? Vector3(x: 0, y: 0, z: 1)
    return WorkbenchModel.Joint(
      name: name, kind: kind, a: a, b: b, anchors: anchors(section, kind, path, a, b),
      axisA: axis, axisB: direction(section, "axis-b") ?? axis,
      length: inputs.addIfGiven(section, "length", at: path),
      stiffness: inputs.addIfGiven(section, "stiffness", at: path),
      damping: inputs.addIfGiven(section, "damping", at: path),
      rate: inputs.addIfGiven(section, "rate", at: path),
      torque: inputs.addIfGiven(section, "torque", at: path),
      radiusA: inputs.addIfGiven(section, "radius-a", at: path),
      radiusB: inputs.addIfGiven(section, "radius-b", at: path))
  }

  private mutating func checkKeys(_ section: SceneSection, _ kind: String) {
    let hasAxis = WorkbenchCompiler.axisKinds.contains(kind)
    let isSpring = WorkbenchCompiler.springKinds.contains(kind)
    let isLine = WorkbenchCompiler.lineKinds.contains(kind)
    var (needs, refuses): ([String], [String]) = ([], [])
    func sort(_ keys: [String], allowed: Bool, needed: Bool = false) {
      if needed { needs += keys }
      if !allowed { refuses += keys }
    }
    sort(["axis"], allowed: hasAxis, needed: hasAxis)
    sort(["axis-b", "radius-a", "radius-b"], allowed: kind == "gear")
    sort(["stiffness"], allowed: isSpring, needed: isSpring)
    sort(["damping"], allowed: isSpring)
    sort(["length"], allowed: isLine, needed: isSpring)
    sort(["rate", "torque"], allowed: kind == "motor")
    if !isLine, kind != "gear" { needs.append("at") }
    demand(section, "a \(kind)", needs: needs, refuses: refuses)
    if kind == "motor", section["rate"] == nil, section["torque"] == nil {
      reader.report(
        "004", "a motor needs `rate` or `torque`", at: section.mark, label: "in this mapping")
    }
  }

  private mutating func anchors(
    _ section: SceneSection, _ kind: String, _ path: String, _ a: Int, _ b: Int
  ) -> WorkbenchModel.Anchors {
    switch section["at"] {
    case .vector(let components, _)?:
      if WorkbenchCompiler.lineKinds.contains(kind), a >= 0, b >= 0 {
        reader.report(
          "005", "a \(kind) of two bodies needs two points or none",
          at: section.entry("at")?.mark,
          help: "write one for each body, in its own axes from its centre of mass")
      }
      return .world(inputs.add(components, at: "\(path).at", surface: -1))
    case .list(let points)?:
      let vectors = points.compactMap { value -> [Quantity]? in
        if case .vector(let components, _) = value { components } else { nil }
      }
      guard vectors.count == 2 else {
        reader.report(
          "005", "`at` needs one point or two, found \(vectors.count)",
          at: section.entry("at")?.mark)
        return .centres
      }
      return .own(
        inputs.add(vectors[0], at: "\(path).at.0", surface: -1),
        inputs.add(vectors[1], at: "\(path).at.1", surface: -1))
    default: return .centres
    }
  }

  // MARK: Forces

  mutating func addForces() {
    for (section, path) in items("forces") {
      let mark = section.entry("on")?.mark
      guard let index = body(section.text("on"), at: mark) else { continue }
      if section["force"] == nil, section["torque"] == nil {
        reader.report(
          "004", "an entry of `forces` needs `force` or `torque`", at: section.mark,
          label: "in this mapping")
      }
      if model.bodies[index].motion != nil {
        reader.report(
          "020", "`\(model.bodies[index].name)` cannot be moved by a force", at: mark,
          label: "it is fixed or driven")
      }
      if let from = section.quantity("from")?.law.extremes.upperBound,
        let until = section.quantity("until")?.law.extremes.lowerBound, until <= from
      {
        reader.report(
          "016", "the force ends before it begins", at: section.entry("until")?.mark,
          label: "from \(JSON.text(of: from)) s until \(JSON.text(of: until)) s")
      }
      model.loads.append(
        WorkbenchModel.Load(
          body: index, force: inputs.add(vector: section, "force", at: path),
          torque: inputs.add(vector: section, "torque", at: path),
          point: inputs.add(vector: section, "at", at: path),
          from: inputs.add(section, "from", at: path),
          until: inputs.addIfGiven(section, "until", at: path)))
    }
  }
}
