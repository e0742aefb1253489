// A disclosed syrup pour in words, with every number that the truth depends on.

import Experience

enum SyrupPourPrompt {
  static func describe(_ scene: SceneSection) -> String {
    let json = scene.json
    func text(_ path: String) -> String {
      var node: JSON? = json
      for key in path.split(separator: ".") { node = node?[String(key)] }
      return node.map(SceneWords.text) ?? "not given"
    }
    var parts = [
      "A liquid has the density \(text("syrup.density")) and \(viscosity(json["syrup"]?["viscosity"]))",
      tension(json["syrup"]?["surface-tension"])
        + ", sticks to solid walls and moves in still air that does not act on it",
    ]
    let pour = json["pour"]
    if pour?["stream"] != nil {
      let cup = pour?["stream"]?["onto"]?["cup"] != nil
      parts += [
        "A volume of \(text("pour.stream.volume")) leaves a round vertical nozzle of inner diameter \(text("pour.stream.nozzle")) downward at \(text("pour.stream.rate")), with the velocity profile of a long pipe; then the stream is cut off at the nozzle and falls on",
        cup
          ? "Centred below stands a straight cup of inner diameter \(text("pour.stream.onto.cup.diameter")) and height \(text("pour.stream.onto.cup.height")); the nozzle is \(text("pour.stream.height")) above its rim, and what passes the rim is lost"
          : "Centred below lies a level round plate of diameter \(text("pour.stream.onto.plate")), \(text("pour.stream.height")) under the nozzle; what passes its edge is lost",
      ]
    } else if pour?["slump"] != nil {
      parts.append(
        "At the start it stands at rest on a level plate as a cylinder of radius \(text("pour.slump.radius")) and height \(text("pour.slump.height")), and is left alone"
      )
    } else {
      parts += [
        "It fills a round vessel of inner diameter \(text("pour.settle.vessel.diameter")) to a height of \(text("pour.settle.vessel.height"))",
        "A smooth ball of diameter \(text("pour.settle.ball.diameter")) and density \(text("pour.settle.ball.density")) is let go at rest on the axis, its centre \(text("pour.settle.start")) below the surface",
      ]
    }
    parts.append("Gravity is \(text("environment.gravity"))")
    parts.append("Outcomes count up to \(text("duration")) after the start")
    return parts.map(SceneWords.sentence).joined(separator: " ")
  }

  private static func tension(_ json: JSON?) -> String {
    let value = json.map(SceneWords.text) ?? "0 N/m"
    return value == "0 N/m"
      ? "It has no surface tension"
      : "Its surface tension is \(value), where it meets a wall only no slip holds it"
  }

  private static func viscosity(_ json: JSON?) -> String {
    guard let json else { return "a viscosity that is not given" }
    guard json.object != nil, let law = json["law"].map(SceneWords.text) else {
      return "the viscosity \(SceneWords.text(json))"
    }
    func text(_ key: String) -> String { json[key].map(SceneWords.text) ?? "not given" }
    switch law {
    case "power":
      return
        "the viscosity k (rate x 1 s)^(n-1) with k = \(text("consistency")) and n = \(text("index")), held between \(text("least")) and \(text("most"))"
    case "carreau":
      return
        "Carreau's viscosity with \(text("zero-viscosity")) at rest, \(text("infinite-viscosity")) at great rates, time constant \(text("time-constant")) and index \(text("index"))"
    case "herschel-bulkley":
      return
        "Herschel and Bulkley's viscosity with consistency \(text("consistency")) at 1/s, index \(text("index")) and yield stress \(text("yield-stress")), regularised by 1 - exp(-m rate) with m = \(text("regularisation"))"
    default:
      return
        "the viscosity \(text("viscosity")) at \(text("at")), which varies as exp(A/T) with A = \(text("activation")); its temperature is \(text("temperature"))"
    }
  }
}
