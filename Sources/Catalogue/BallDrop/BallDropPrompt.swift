// A disclosed ball drop in words, with every number that the truth depends on.

import Experience

enum BallDropPrompt {
  static func describe(_ scene: SceneSection) -> String {
    let json = scene.json
    func text(_ path: String) -> String {
      var node: JSON? = json
      for key in path.split(separator: ".") { node = node?[String(key)] }
      return node.map(SceneWords.text) ?? "not given"
    }
    let ball = json["ball"] ?? .null
    let weight =
      ball["mass"] != nil ? "mass \(text("ball.mass"))" : "mean density \(text("ball.density"))"
    var parts = [
      "A \(text("ball.fill") == "shell" ? "hollow ball (thin shell)" : "solid ball") of diameter \(text("ball.diameter")) and \(weight) starts with its underside \(text("start.height")) above a floor"
        + (text("floor.tilt") == "0 rad"
          ? " that is level" : " tilted by \(text("floor.tilt")) about y (+x points downhill)"),
      "Its velocity at the start is \(text("start.velocity")), its spin \(text("start.spin")) (x to the right, y away, z up)",
      "Gravity is \(text("environment.gravity"))",
    ]
    switch json["environment"]?["air"] {
    case .text("none"): parts.append("There is no air")
    case .text:
      let air = BallDropCompiler.standardAir
      parts.append(
        "It moves through dry air at 20 degC and 101325 Pa, of density \(JSON.text(of: air.density)) kg/m^3 and dynamic viscosity \(JSON.text(of: air.viscosity)) Pa.s"
      )
    case .some(let fluid):
      parts.append(
        "It moves through a fluid of density \(fluid["density"].map(SceneWords.text) ?? "") and dynamic viscosity \(fluid["viscosity"].map(SceneWords.text) ?? "")"
      )
    case nil: break
    }
    if json["environment"]?["air"] != .text("none") {
      switch json["drag"] {
      case .text("none"): parts.append("It feels no drag")
      case .text: parts.append("Its drag is that of a smooth sphere (Morrison's law)")
      case .some(let drag):
        parts.append(
          drag["coefficient"].map { "Its drag coefficient is \(SceneWords.text($0))" }
            ?? "Its drag follows the law \(drag["law"].map(SceneWords.text) ?? "")")
      case nil: break
      }
      let effects = [("buoyancy", "buoyancy"), ("added-mass", "added mass")].map { key, name in
        json["environment"]?[key] == .bool(true) ? "\(name) acts" : "\(name) is left out"
      }
      parts.append(effects.joined(separator: ", "))
      if json["environment"]?["history"] == .bool(true) {
        parts.append(
          "The Basset history force acts: the fluid is at rest before the start and remembers the motion"
        )
      }
    }
    if text("environment.rotation") != "[0, 0, 0] rad/s" {
      parts.append("The frame turns with \(text("environment.rotation"))")
    }
    parts.append("The coefficient of restitution is \(text("floor.restitution"))")
    parts.append(
      "the coefficient of friction \(text("floor.friction")), the tangential restitution \(text("floor.grip")), the rolling resistance \(text("floor.rolling-resistance"))"
    )
    parts.append("Outcomes count up to \(text("duration"))")
    return parts.map(SceneWords.sentence).joined(separator: " ")
  }
}
