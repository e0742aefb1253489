// A disclosed workbench scene in words, with every number that the truth depends on.

import Experience

enum WorkbenchPrompt {
  static func describe(_ scene: SceneSection) -> String {
    let json = scene.json
    var parts = ["Rigid bodies (x to the right, y away, z up)"]
    parts += items(json["bodies"]).map(body)
    parts += items(json["motions"]).map(motion)
    parts += items(json["contacts"]).map(contact)
    if items(json["contacts"]).isEmpty { parts.append("the bodies do not touch each other") }
    parts += items(json["joints"]).map(joint)
    parts += items(json["forces"]).map(force)
    parts.append("gravity is \(text(json["environment"]?["gravity"]))")
    parts += surroundings(json)
    parts.append(
      "several impacts at one instant count \(json["impact-order"]?.text == "simultaneous" ? "all at once" : "one after the other, the fastest first")"
    )
    parts.append("the scene ends after \(text(json["duration"]))")
    return parts.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }.joined(separator: " ")
  }

  private static func items(_ json: JSON?) -> [JSON] { json?.array ?? [] }

  /// A value as a reader of prose takes it.
  private static func text(_ json: JSON?) -> String {
    switch json {
    case .text(let text)?: return text
    case .number(let value)?: return JSON.text(of: value)
    case .bool(let value)?: return value ? "yes" : "no"
    case .array(let values)?: return "(" + values.map { text($0) }.joined(separator: ", ") + ")"
    case .object(let object)?:
      if let low = object["low"], let high = object["high"] {
        return "uniform between \(text(low)) and \(text(high))"
      }
      if let value = object["value"], let sd = object["sd"] {
        return "normal with mean \(text(value)) and standard deviation \(text(sd))"
      }
      if case .array(let values)? = object["one-of"] {
        return "one of \(values.map { text($0) }.joined(separator: ", "))"
      }
      return list(object.pairs)
    default: return "not given"
    }
  }

  private static func list(_ pairs: [(key: String, value: JSON)]) -> String {
    pairs.map { "\($0.key.replacing("-", with: " ")) \(text($0.value))" }.joined(separator: ", ")
  }

  private static func rest(_ json: JSON, without keys: Set<String>) -> String {
    list((json.object?.pairs ?? []).filter { !keys.contains($0.key) })
  }

  private static func body(_ json: JSON) -> String {
    let name = text(json["name"])
    var form = "a half-space below its position, whose normal is its z"
    if let (word, sizes) = json["shape"]?.object?.pairs.first {
      form = "a \(word == "convex" ? "convex hull" : word) (\(text(sizes)))"
    }
    let isFixed = json["fixed"] == .bool(true)
    // what is zero and what does not move need no words
    var silent: Set<String> = ["name", "shape", "fixed"]
    for key in ["velocity", "spin"] where isFixed || text(json[key]).hasPrefix("[0, 0, 0]") {
      silent.insert(key)
    }
    if json["drag"] == .text("none") { silent.insert("drag") }
    return
      "`\(name)` is \(form)\(isFixed ? ", fixed" : ""): \(rest(json, without: silent))"
  }

  private static func motion(_ json: JSON) -> String {
    "`\(text(json["body"]))` is moved: \(rest(json, without: ["body"]))"
  }

  private static func contact(_ json: JSON) -> String {
    let names = items(json["between"]).map { "`\(text($0))`" }.joined(separator: " and ")
    var silent: Set<String> = ["between", "default"]
    for key in ["rolling-resistance", "spinning-resistance"] where json[key] == .text("0 m") {
      silent.insert(key)
    }
    if json["compliance"] == .text("none") { silent.insert("compliance") }
    return
      "\(names.isEmpty ? "all other bodies" : names) can touch: \(rest(json, without: silent))"
  }

  private static func joint(_ json: JSON) -> String {
    let names = items(json["between"]).map { "`\(text($0))`" }.joined(separator: " and ")
    return
      "a \(text(json["kind"])), \(text(json["name"])), joins \(names): \(rest(json, without: ["between", "kind", "name"]))"
  }

  private static func force(_ json: JSON) -> String {
    "a load acts on `\(text(json["on"]))`: \(rest(json, without: ["on"]))"
  }

  private static func surroundings(_ json: JSON) -> [String] {
    var parts: [String] = []
    let feelsAir = items(json["bodies"]).contains { $0["drag"] != .text("none") }
    if feelsAir {
      switch json["environment"]?["air"] {
      case .text("none"): parts.append("there is no air")
      case .text:
        let air = BallDropCompiler.standardAir
        parts.append(
          "bodies with drag move through air of density \(JSON.text(of: air.density)) kg/m^3 and dynamic viscosity \(JSON.text(of: air.viscosity)) Pa.s"
        )
      case .some(let fluid): parts.append("bodies with drag move through a fluid: \(text(fluid))")
      case nil: break
      }
      let effects = [("buoyancy", "buoyancy"), ("added-mass", "added mass")].map { key, name in
        json["environment"]?[key] == .bool(true)
          ? "\(name) acts on spheres with drag alone" : "\(name) is left out"
      }
      parts.append(effects.joined(separator: ", "))
    }
    if text(json["environment"]?["rotation"]) != "[0, 0, 0] rad/s" {
      parts.append("the frame turns with \(text(json["environment"]?["rotation"]))")
    }
    return parts
  }
}
