// A disclosed backpack drag in words, with every number that the truth depends on.

import Experience

enum BackpackDragPrompt {
  static func describe(_ scene: SceneSection) -> String {
    let json = scene.json
    func text(_ path: String) -> String {
      var node: JSON? = json
      for key in path.split(separator: ".") { node = node?[String(key)] }
      return node.map(SceneWords.text) ?? "not given"
    }
    let level = text("floor.tilt") == "0 rad"
    var parts = [
      "A pack stands on a flat floor that is "
        + (level ? "level" : "tilted by \(text("floor.tilt")) about y, so that +x points downhill"),
      "Axes are those of the floor: x along it\(level ? "" : " (downhill)"), y across, z up along its normal",
      "The pack is a rigid box with edges \(text("pack.size")) and mass \(text("pack.mass")); its centre of mass lies \(text("pack.centre-of-mass")) from the middle of the box, and its moments of inertia about the centre of mass are those of a uniform box of this size about its middle",
      friction(json["floor"]?["friction"]),
      "Its underside presses on the floor as a bed of equal springs would, and it does not rebound",
    ]
    parts += pull(json["pull"], text)
    parts.append("Gravity is \(text("environment.gravity")); no air acts on it")
    if text("environment.rotation") != "[0, 0, 0] rad/s" {
      parts.append("The frame turns with \(text("environment.rotation"))")
    }
    parts.append("Outcomes count up to \(text("duration")) after the start")
    return parts.map(SceneWords.sentence).joined(separator: " ")
  }

  private static func friction(_ json: JSON?) -> String {
    guard let json, json.object != nil, let held = json["static"] else {
      return
        "the coefficient of friction between them is \(json.map(SceneWords.text) ?? "not given"), at rest and in motion (Coulomb's law, the same in every direction)"
    }
    var text = "the coefficient of static friction between them is \(SceneWords.text(held))"
    text +=
      json["kinetic"].map { ", that of kinetic friction \(SceneWords.text($0))" }
      ?? ", that of kinetic friction the same"
    let speed = json["stribeck-speed"].map(SceneWords.text) ?? "0 m/s"
    let viscous = json["viscous"].map(SceneWords.text) ?? "0 s/m"
    if speed == "0 m/s" {
      text += ", with a jump between them where sliding begins"
    } else {
      text +=
        "; at sliding speed u it is kinetic + (static - kinetic) exp(-(u/us)^2) with us = \(speed)"
    }
    if viscous != "0 s/m" { text += ", plus \(viscous) times u" }
    return text
  }

  private static func pull(_ json: JSON?, _ text: (String) -> String) -> [String] {
    if json?["push"] != nil {
      return [
        "At the start its centre of mass has the velocity \(text("pull.push.velocity")) and it turns with \(text("pull.push.spin")); nothing pulls it"
      ]
    }
    if json?["belt"] != nil {
      return [
        "The floor is a belt that moves with \(text("pull.belt.speed")) along +x; the pack is laid on it at rest in the room, and distances, velocities and work are those in the room"
      ]
    }
    let key = json?["force"] != nil ? "force" : "strap"
    let base = "pull.\(key)"
    let place =
      "at a height of \(text("\(base).height")) above the floor on the side of the pack that faces the pull, in the plane through the middle of the box"
    let direction =
      "\(text("\(base).angle")) above the floor and, along the floor, \(text("\(base).azimuth")) from +x towards +y"
    if key == "force" {
      let until = json?["force"]?["until"] == nil ? "on" : "until \(text("\(base).until"))"
      return [
        "A force of \(text("\(base).magnitude")) acts \(place), always in the direction \(direction), from \(text("\(base).from")) \(until)"
      ]
    }
    return [
      "A strap holds \(place); it leads to a hand \(text("\(base).length")) away in the direction \(direction)",
      "The hand moves with \(text("\(base).speed")) along the floor in that azimuth, at constant height",
      "The strap has a stiffness of \(text("\(base).stiffness")) and a damping of \(text("\(base).damping")); it is without force while it is shorter than its first length plus \(text("\(base).slack")), and never pushes",
    ]
  }
}
