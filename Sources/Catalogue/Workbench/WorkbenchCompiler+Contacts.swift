// Which bodies touch, and how.

import Experience
import RigidBody

extension WorkbenchCompiler {
  private struct PairKey: Hashable {
    let low: Int
    let high: Int
    init(_ a: Int, _ b: Int) { (low, high) = (min(a, b), max(a, b)) }
  }

  mutating func addContacts() {
    var list = scene.list("contacts") ?? []
    var named: Set<PairKey> = []
    var fallback: Int?
    for (index, value) in list.enumerated() {
      guard case .section(var section) = value else { continue }
      let path = "contacts.\(index)"
      let isDefault = section["default"] != nil
      var pair: (a: Int, b: Int)?
      if isDefault {
        if section.flag("default") == false || fallback != nil {
          reader.report(
            "013", fallback == nil ? "`default` is true or absent" : "there are two defaults",
            at: section.entry("default")?.mark, help: "keep one entry with `default: true`")
        }
      } else {
        guard let found = two(section) else { continue }
        pair = found
        if !named.insert(PairKey(found.a, found.b)).inserted {
          reader.report(
            "013",
            "the contact of `\(model.bodies[found.a].name)` and `\(model.bodies[found.b].name)` stands twice",
            at: section.entry("between")?.mark, label: "the second one")
        }
        check(found, section)
        resolve(&section, found)
      }
      demandLaw(section)
      list[index] = .section(section)
      model.laws.append(law(section, path))
      if let pair {
        model.pairs.append(
          WorkbenchModel.Pair(a: pair.a, b: pair.b, law: model.laws.count - 1))
      } else {
        fallback = model.laws.count - 1
      }
    }
    scene.set("contacts", .list(list))
    guard let fallback else { return }
    for a in model.bodies.indices {
      for b in model.bodies.indices where b > a && !named.contains(PairKey(a, b)) {
        // what never moves never meets
        guard model.bodies[a].motion == nil || model.bodies[b].motion == nil else { continue }
        model.pairs.append(WorkbenchModel.Pair(a: a, b: b, law: fallback))
      }
    }
  }

  private mutating func check(_ pair: (a: Int, b: Int), _ section: SceneSection) {
    if model.bodies[pair.a].motion != nil, model.bodies[pair.b].motion != nil {
      reader.report(
        "020", "neither of the two bodies of this contact can be moved by it",
        at: section.entry("between")?.mark, label: "both are fixed or driven")
    }
  }

  /// Fills restitution and friction in from the pair of materials.
  private func resolve(_ section: inout SceneSection, _ pair: (a: Int, b: Int)) {
    guard let first = surfaces[pair.a], let second = surfaces[pair.b],
      let entry = materials.pair(first, second)
    else { return }
    for (key, kind) in [
      ("restitution", WorkbenchKinds.restitution), ("friction", WorkbenchKinds.friction),
    ] {
      guard section[key] == nil, let value = entry[key] else { continue }
      section.set(key, .quantity(value.quantity(kind), kind))
    }
  }

  private mutating func demandLaw(_ section: SceneSection) {
    let isRigid = section["compliance"]?.json == .text("none")
    for (key, isNeeded) in [("restitution", isRigid), ("friction", true)]
    where isNeeded && section[key] == nil {
      reader.report(
        "022", "the contact does not say its `\(key)`", at: section.mark, label: "no `\(key):`",
        help: "give `\(key):`, or name two materials that the table has as a pair")
    }
    if !isRigid, section.entry("restitution")?.mark != nil {
      reader.report(
        "013", "`restitution` and `compliance` both say how the bodies rebound",
        at: section.entry("restitution")?.mark, help: "keep one of them")
    }
  }

  private mutating func law(_ section: SceneSection, _ path: String) -> WorkbenchModel.Law {
    let friction = section.section("friction")
    let inner = "\(path).friction"
    let staticFriction =
      friction == nil
      ? inputs.add(section, "friction", at: path) : inputs.add(friction, "static", at: inner)
    if let kinetic = friction?.quantity("kinetic")?.nominal,
      let still = friction?.quantity("static")?.nominal, kinetic > still
    {
      reader.report(
        "011", "the kinetic friction is above the static one",
        at: friction?.entry("kinetic")?.mark,
        label: "at most \(JSON.text(of: still))", help: "sliding would hold better than sticking")
    }
    var compliance = WorkbenchModel.Compliance.none
    if let law = section.section("compliance") {
      let path = "\(path).compliance"
      if law["stiffness"] != nil {
        compliance = .linear(
          stiffness: inputs.add(law, "stiffness", at: path),
          damping: inputs.add(law, "damping", at: path))
      } else if law["effective-modulus"] != nil {
        demand(law, "an effective modulus", refuses: ["poisson-ratio"])
        compliance = .hertz(modulus: inputs.add(law, "effective-modulus", at: path))
      } else {
        compliance = .material(
          modulus: inputs.add(law, "youngs-modulus", at: path, or: 1),
          poisson: inputs.add(law, "poisson-ratio", at: path, or: 0.3))
      }
    }
    return WorkbenchModel.Law(
      staticFriction: staticFriction,
      kineticFriction: inputs.addIfGiven(friction, "kinetic", at: inner),
      stribeckSpeed: inputs.addIfGiven(friction, "stribeck-speed", at: inner),
      viscousFriction: inputs.addIfGiven(friction, "viscous", at: inner),
      restitution: inputs.add(section, "restitution", at: path),
      grip: inputs.add(section, "grip", at: path),
      rollingResistance: inputs.add(section, "rolling-resistance", at: path),
      spinningResistance: inputs.add(section, "spinning-resistance", at: path),
      impactLaw: section.text("impact-law") == "poisson" ? .poisson : .newton,
      compliance: compliance)
  }
}
